"""Invented issues that the tests of rendering share."""

from datetime import UTC, datetime, timedelta

from digest.model.article import Image
from digest.model.issue import (
    Brand,
    Correction,
    Entry,
    Issue,
    IssueSection,
    Picture,
    SocialLink,
    Support,
    ThemeStamp,
    Words,
)
from digest.model.window import Window

START = datetime(2024, 10, 18, 10, tzinfo=UTC)
WEEK = Window(
    start=START,
    end=START + timedelta(days=7),
    kind="week",
    label="2024-W43",
    zone="Europe/London",
    words="18–25 October 2024",
)
BRAND = Brand(
    name="The Harbour Review",
    url="https://harbour.example/",
    tagline="Ports, rivers and the people who live by them",
    language="en-GB",
    address="4 Quay Street, Port Ellery",
    social=(
        SocialLink(name="Mastodon", url="https://social.example/@harbour"),
        SocialLink(name="Bluesky", url="https://sky.example/harbour"),
        SocialLink(name="RSS", url="https://harbour.example/feed"),
    ),
    support=Support(
        label="Support the Review",
        title="Reporting from the waterline costs money",
        text="Four in five of our readers read for free. If you are able to, help us send a reporter to the next port.",
        url="https://harbour.example/support",
        button="Become a member",
    ),
)
LEAD_STORY = Entry(
    id="a" * 12,
    slot="lead",
    url="https://harbour.example/2024/10/dredgers",
    mail_url="https://harbour.example/2024/10/dredgers?utm_source=mail",
    title=Words(text="The dredgers that keep a city above water are running out of crew"),
    kicker=Words(text="Reporting"),
    dek=Words(text="Ellery's fleet clears two million tonnes of silt a year. Half of its pilots retire by 2030."),
    byline=Words(text="Marta Osei and Jón Þórsson"),
    lead=Words(
        text="At four in the morning the bucket chain of the Constance starts to turn, and the windows along Mill Quay "
        "begin to hum. The oldest of the city's six dredgers has worked the same bend for forty-one years. Her "
        "captain, who is sixty-three, has trained eleven deputies; nine of them left for the wind farms, where the "
        "pay is better and the nights are shorter."
    ),
    published=START + timedelta(days=5),
    date="2024-10-23T12:00:00+01:00",
    date_words="23 October 2024",
    picture=Picture(
        image=Image(
            url="https://harbour.example/i/dredger.jpg",
            alt="A bucket dredger at dawn, its chain lit by two work lamps",
            credit="Photograph by Ines Valdano",
            caption="The Constance at Mill Quay.",
            width=1600,
            height=900,
        )
    ),
)
TITLES = (
    "Who owns the sand?",
    (
        "A lighthouse keeper's log, read by a machine that has never seen the sea: what forty thousand pages of wind, "
        "fog and boredom tell us about the storms to come"
    ),
    "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente: a pension and its long name",
    "The ferry timetable that nobody dares to change",
)
LEAD = (
    "The council has bought the same sandbank three times since 1912, and each time it has moved out of the map that "
    "proves it. A court will now decide whether land that travels can be property at all. The fishermen, who were "
    "never asked, have started to sell tickets to the hearing."
)


def story(number: int, title: str, *, slot: str = "story") -> Entry:
    """One ordinary story."""
    return Entry(
        id=f"{number:012x}",
        slot="brief" if slot == "brief" else "headline" if slot == "headline" else "story",
        url=f"https://harbour.example/2024/10/story-{number}",
        mail_url=f"https://harbour.example/2024/10/story-{number}",
        title=Words(text=title),
        kicker=Words(text=("Analysis", "", "Letter from Ellery")[number % 3] if slot == "story" else ""),
        dek=Words(text="A river moves its own borders, and the law runs after it.") if number % 2 else Words(),
        byline=Words(text=("Ana Brandão", "Tomás Ó Sé, Li Wei and Aylin Kaya")[number % 2]),
        lead=Words(text=LEAD if slot == "story" else LEAD.partition(". ")[0] + "." if slot == "brief" else ""),
        published=START + timedelta(days=number % 7),
        date=f"2024-10-{18 + number % 7}",
        date_words=f"{18 + number % 7} October 2024",
    )


ARABIC = Entry(
    id="b" * 12,
    url="https://harbour.example/ar/minaa",
    mail_url="https://harbour.example/ar/minaa",
    title=Words(text="الميناء القديم يفتح أبوابه للصيادين من جديد"),
    byline=Words(text="ليلى حداد"),
    lead=Words(
        text="بعد عشرين عاما من الإغلاق عاد القارب الأول إلى الرصيف الشرقي. وقف الأطفال على الجدار يعدون الأشرعة."
    ),
    date_words="22 October 2024",
    language="ar",
    direction="rtl",
)
JAPANESE = Entry(
    id="c" * 12,
    url="https://harbour.example/ja/minato",
    mail_url="https://harbour.example/ja/minato",
    title=Words(text="港の時計はなぜ五分進んでいるのか"),
    byline=Words(text="佐伯みどり"),
    lead=Words(text="連絡船に乗り遅れる人を減らすため、百年前の港長が針を進めた。いまも誰も戻そうとしない。"),
    date_words="21 October 2024",
    language="ja",
)
ELSEWHERE = Entry(
    id="d" * 12,
    entry="link",
    slot="brief",
    url="https://other.example/tides",
    mail_url="https://other.example/tides",
    title=Words(text="How the tide tables of 1944 were computed", origin="editor"),
    lead=Words(text="A machine of brass and pulleys, and the two people who cranked it.", origin="editor"),
    source="The Almanac Quarterly",
)
UNLINKED = Entry(
    id="e" * 12,
    slot="brief",
    title=Words(text="From our print edition: the knots supplement"),
    lead=Words(text="Only on paper, as it should be."),
)


def pictured(entry: Entry) -> Entry:
    """The same story with a picture of its own."""
    from dataclasses import replace  # noqa: PLC0415 - one use

    image = Image(
        url="https://harbour.example/i/sand.jpg", alt="A sandbank", credit="Ellery Archive", width=1200, height=800
    )
    return replace(entry, picture=Picture(image=image))


def sample_issue(stories: int = 4, *, brand: Brand = BRAND) -> Issue:
    """An issue with every kind of entry; `stories` more of the ordinary kind."""
    ordinary = tuple(story(number, TITLES[number % len(TITLES)]) for number in range(stories))
    return Issue(
        digest="0.1.0",
        newsletter="weekly",
        newsletter_title="The Weekly Tide",
        number=212,
        window=WEEK,
        brand=brand,
        theme=ThemeStamp(name="roundup", sha256=""),
        subject=Words(text=LEAD_STORY.title.text),
        preheader=Words(text="Who owns the sand? · The ferry timetable that nobody dares to change"),
        opening=Words(
            text="Good morning. This week the river asked the questions.\n\nWe went out with the night crew "
            "of a dredger, read forty thousand pages of fog, and missed a ferry on purpose."
        ),
        sections=(
            IssueSection(name="", title="", entries=(LEAD_STORY,)),
            IssueSection(name="Reporting", title="Reporting", entries=ordinary),
            IssueSection(
                name="World", title="From other shores", entries=(pictured(story(90, TITLES[3])), ARABIC, JAPANESE)
            ),
            IssueSection(
                name="Briefs",
                title="In brief",
                entries=(*(story(70 + number, TITLES[number], slot="brief") for number in range(3)), UNLINKED),
            ),
            IssueSection(name="Elsewhere", title="Elsewhere", entries=(ELSEWHERE,)),
        ),
        headlines=tuple(story(80 + number, title, slot="headline") for number, title in enumerate(TITLES)),
        corrections=(Correction(day="2024-10-28", text="Ellery has six dredgers, not seven."),),
    )
