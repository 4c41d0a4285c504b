"""The torture issue: forty stories of every awkward kind, all invented, for whatever reads, draws or judges a mail.

`torture_issue()` is of a magazine that runs from left to right; `mirrored()` makes it one that runs from right to left,
in Arabic; `bare_issue()` has next to nothing. The pictures stand at addresses that end in their true size
(`…/tall-400x4000.jpg`), also where the record does not know it.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

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
from render_samples import WEEK

HOST = "https://gannet.example"
START = datetime(2024, 10, 18, 11, tzinfo=UTC)

TEMPLATE_SYNTAX = (
    "{{ 7 * 7 }} {{unsubscribe_url}} {{{ raw }}} {% if x %} {%- raw -%} {# note #} {# never closed *|UNSUB|* *|IF:X|* "
    "<% asm %> <%= user.name %> [[ first_name ]] %recipient% %recipient.name% %%unsubscribe%% -name- -unsubscribe- "
    "${x} {$x} #{x} @{x} [unsubscribe] <unsubscribe> <webversion>here</webversion> &unsub; &amp;lt; digest-tag:address"
)
"""What services and template engines would act on, as a story that explains them prints it."""

QUOTES = (
    '“Double”, ‘single’, „low“, ‚low single‘, «angled», ‹single angled›, 「corner」, 『white corner』, "straight", '
    "'straight', `back`, ″prime″, ＂wide＂, ״גרשיים״ and “one that is never closed"
)
NINE = (
    "Ada Fenn-Okonkwo, Bärbel Grünwald-Szabó, Ciarán Mac Aonghusa, Dmytro Ковальчук, Emīlija Āboliņa, "
    "فاطمة الزهراء, 後藤さくら, Hrafnhildur Þorsteinsdóttir and Ifeọma Ńwankwọ-de Sá"
)
FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
EMOJI = f"{FAMILY} \U0001f3f4\u200d\u2620\ufe0f \U0001f469\U0001f3fe\u200d\U0001f680 1\ufe0f\u20e3 \U0001f1f2\U0001f1fa"
LONG_TITLE = (
    "A long and patient account of how the clerk of a drowned parish kept the register of its dead for thirty-one "
    "years after the last house was taken, whom she wrote to when the ink ran out, what the bishop answered, and why "
    "the ledger now belongs to nobody, is wanted by four museums, and is read aloud once a year at low tide"
)
GERMAN = (
    "Küstenschutzmaßnahmenfinanzierungsbeschleunigungsgesetz: die Hochwasserrückhaltebeckenaufsichtsbehörde und "
    "ihr Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"
)
UNBROKEN = "https://gannet.example/" + "a-very-long-address-without-any-place-to-break" * 4

ENGLISH = """
The pilot cutter leaves before the bakers are up, and on most mornings nobody sees her go. This year the harbour
office counted how many ships she had met in fog, and the figure was so much larger than anyone had guessed that the
clerk added it up again with a pencil. It was right. Nobody has yet said who will pay for a second boat, or who would
steer her.

Every spring the island's only postman weighs the winter's letters and writes the sum on the inside of a cupboard
door. The pencil marks go back to his grandfather, and they fall like a shoreline: a little each year, then a whole
ledge at once. He was asked last month what he will do when the line meets the floor. He has, he said, another
cupboard upstairs.

When the causeway flooded for the ninth time, the school stopped closing and began to teach by the tide instead.
Mathematics moves with the moon; geography is taught on whichever side of the water the class has been left.
Inspectors came for a day and stayed for two, because the road had gone. Their report praises the soup and asks, in a
footnote, whether other schools could be moved nearer the sea.

There were eleven foghorns on this coast and now there are two, both of them kept by people who are not paid to do it.
One is a retired dentist. She oils the diaphragm on Sundays, sounds it on the first of the month, and keeps a book in
which strangers write what they thought it was. A cow, mostly. Once a wedding; twice the end of the world, with the
date.
"""
LEADS = tuple(" ".join(text.split()) for text in ENGLISH.split("\n\n"))
ARABIC = (
    "منذ أن أغلقت المنارة أبوابها لم يعد أحد يعرف متى يبدأ الليل في القرية. كان الحارس يشعل الفانوس قبل "
    "الغروب بدقائق، فيعود الصيادون من البحر ويجمع الأطفال شباكهم ويغلق الخباز نافذته. واليوم يقيس كل بيت "
    "المساء بساعته الخاصة، وقد صار في القرية الواحدة سبع أمسيات. تقول صاحبة المقهى إنها لا تغلق حتى يتفق "
    "اثنان على الوقت، ولم يتفقا منذ الخريف الماضي."
)
HEBREW = (
    "שלוש פעמים בשנה עולה הים על הרציף הישן ומכסה את המדרגה השביעית, ומנהל הנמל רושם את השעה בפנקס שירש "
    "מאביו. בפנקס אין מילים, רק שעות ומדרגות, ובכל זאת קוראים בו אנשים כמו בסיפור. בשנה שעברה הגיע הים עד "
    "המדרגה התשיעית, ואיש לא ידע אם לרשום אותה בעט או בעיפרון. הדיון נמשך עד השפל, ואז הלכו כולם הביתה לאכול."
)
JAPANESE = (
    "この町の時計台は五分進んでいる。船に乗り遅れる人を減らすために、昔の港長が針を進めたのだという。ところが町の人はみな"
    "そのことを知っているので、五分遅れて家を出る。旅人だけが早く着き、誰もいない桟橋で海を眺めている。市は時計を直すかどうか"
    "を三度議論したが、そのたびに会議は五分遅れて始まり、結論は出なかった。"
)
DEVANAGARI = (
    "समुद्र के किनारे का यह पुस्तकालय दिन में दो बार खुलता है, जब पानी उतर जाता है। पुस्तकें ऊँची अलमारियों में रखी हैं और "
    "पाठक अपने जूते दरवाज़े पर टाँग देते हैं। पुस्तकालय की देखभाल करने वाली महिला कहती हैं कि देर से लौटाने वालों से वे कभी "
    "जुर्माना नहीं लेतीं, क्योंकि देरी अक्सर ज्वार की होती है। पिछले वर्ष केवल एक पुस्तक खोई, और वह तैरना सिखाती थी।"
)
GERMAN_LEAD = (
    "Als die Fähre zum letzten Mal ablegte, stand der Fahrkartenverkäufer noch immer hinter seinem Schalter und zählte "
    "die Rückfahrscheine, die niemand mehr einlösen würde. Die Schifffahrtsverwaltungsgemeinschaftsleitung hatte ihm "
    "geschrieben, er möge die Überzähligen vernichten. Er hat sie stattdessen nummeriert, in eine Schachtel gelegt und "
    "sie jedem gegeben, der ihm versprach, eines Tages zurückzukommen. Drei haben ihr Wort gehalten, der vierte hat "
    "eine Postkarte aus dem Hafen geschickt."
)


def picture(name: str, width: int, height: int, *, known: bool = True) -> Picture:
    """A picture whose true size ends its address; `known`: whether the record has that size too."""
    size = {"width": width, "height": height} if known else {}
    image = Image(
        url=f"{HOST}/i/{name}-{width}x{height}.jpg",
        alt=f"The {name} picture of a sea wall",
        caption="The wall at low water." if known else "",
        credit=f"Photograph by {name.title()} Ó Dálaigh / Gannet & Co.",
        **size,
    )
    return Picture(image=image, source=image.url)


def story(number: int, title: str, told: str = "", **fields: Any) -> Entry:
    """A story with an address of its own, a by-line, a day and a lead of some sixty words; `fields` replace those."""
    ordinary = Entry(
        id=f"{number:012x}",
        url=f"{HOST}/2024/10/piece-{number}",
        mail_url=f"{HOST}/2024/10/piece-{number}?utm_source=weekly&utm_medium=email",
        title=Words(text=title),
        byline=Words(text=("Ana Brandão", "Tomás Ó Sé and Aylin Kaya", "")[number % 3]),
        kicker=Words(text=("Reporting", "", "Letter from the wall")[number % 3]),
        dek=Words(text="What the sea leaves, somebody has to carry up the beach.") if number % 4 == 1 else Words(),
        lead=Words(text=told or LEADS[number % len(LEADS)]),
        published=START + timedelta(days=number % 7),
        date=f"2024-10-{18 + number % 7}",
        date_words=f"{18 + number % 7} October 2024",
    )
    return replace(ordinary, **fields)


def said(text: str) -> Words:
    """Words of the source."""
    return Words(text=text)


def scripts() -> tuple[Entry, ...]:
    """Stories in other languages, each with its language and, where it runs the other way, its direction."""
    own = (
        story(20, "القرية التي لها سبع أمسيات", ARABIC, language="ar", direction="rtl", byline=said("ليلى حداد")),
        story(21, "המדרגה התשיעית", HEBREW, language="he", direction="rtl", byline=said("נעמי בן־דוד")),
        story(22, "港の時計はなぜ五分進んでいるのか", JAPANESE, language="ja", byline=said("佐伯みどり")),
        story(23, GERMAN, GERMAN_LEAD, language="de", byline=said("Jörg-Ümit Schleßwig-Mäßler")),
        story(24, "ज्वार का पुस्तकालय: क्‍षमा और क्षमा", DEVANAGARI, language="hi", byline=said("मीरा जोशी")),
        story(25, "القارب ABC-12 (نسخة 3.0) يعود: 50% أقل", ARABIC, language="ar", direction="rtl"),
        story(26, "港" * 80, JAPANESE * 2, language="ja", kicker=said("連載"), series="連載"),
    )
    return tuple(replace(entry, dek=Words()) for entry in own)


def awkward() -> tuple[Entry, ...]:
    """Stories whose texts are the trouble."""
    return (
        story(1, "Sea"),
        story(2, LONG_TITLE[:300]),
        story(3, "How to write {{ name }} in a newsletter, and what *|FNAME|* does", TEMPLATE_SYNTAX),
        story(4, TEMPLATE_SYNTAX, byline=said("{{ author }} and %recipient%"), kicker=said("<% kicker %>")),
        story(5, QUOTES, QUOTES + ". " + LEADS[0], dek=said(QUOTES)),
        story(6, f"What {EMOJI} say when nobody types them", f"{EMOJI} " + LEADS[1], kicker=said(EMOJI)),
        story(7, "Nine people write one sentence", byline=said(NINE)),
        story(8, "W" * 60 + " " + "m" * 120, UNBROKEN + " " + LEADS[2]),
        story(9, UNBROKEN, mail_url=UNBROKEN, url=UNBROKEN),
        story(10, "<b>Bold</b> & <script>alert('brave')</script> &amp; <!-- not --> ]]>", "<p>" + LEADS[3] + "</div>"),
        story(
            11,
            "a\u0301e\u0302n\u0303 z\u0351\u036b\u0343\u036aa\u0321l\u0322g\u0323o\u0324 and \u202eturned\u202c round",
        ),
        story(12, "Soft\u00adhy\u00adphens, non\u00a0breaking\u202fspaces and zero\u200bwidth\u2060ones"),
        story(13, "Two paragraphs and a line of verse", LEADS[0] + "\n\n" + LEADS[1] + "\n\n/ tide / tide /"),
        story(14, "Only a headline and a date", lead=Words(), byline=Words(), kicker=Words(), dek=Words()),
        story(15, "From the print edition: a piece without an address", url="", mail_url=""),
        story(16, "A dek that is longer than its lead", "Short.", dek=said(LEADS[1]), kicker=said("K" * 90)),
    )


def pictured() -> tuple[Entry, ...]:
    """Stories with pictures of every shape, and two that are a series."""
    return (
        story(30, "A tall picture", picture=picture("tall", 400, 4000)),
        story(31, "A wide picture", picture=picture("wide", 4000, 200)),
        story(32, "A picture of unknown size", picture=picture("unknown", 3000, 2000, known=False)),
        story(33, "A picture smaller than its slot", picture=picture("small", 40, 30)),
        story(34, "A picture without an alternative text", picture=replace_alt(picture("plain", 1200, 800), "")),
        story(35, "A picture on a story without an address", url="", mail_url="", picture=picture("print", 900, 900)),
        story(36, "A picture that cannot be had", picture=Picture(image=Image(alt="Gone"), problem="404 Not Found")),
        story(37, "The long wall, part two", series="The Long Wall", kicker=said("The Long Wall")),
        story(38, "The long wall, part three", series="The Long Wall", kicker=said("The Long Wall")),
        story(39, "No picture at all, and a credit that nobody gave", byline=said('"Rook" <rook@gannet.example>')),
    )


def replace_alt(shown: Picture, alt: str) -> Picture:
    """The same picture with another alternative text."""
    return replace(shown, image=replace(shown.image, alt=alt, credit="", caption=""))


def briefs() -> tuple[Entry, ...]:
    """Short pieces, a list's item, two links from elsewhere (one without an address) and a promotion."""
    short = "One tide, two clocks, and a bell that belongs to neither."
    return (
        story(50, "A brief", short, slot="brief"),
        story(51, LONG_TITLE[:200], short, slot="brief"),
        story(52, "An item of a series", short, slot="brief", entry="item", series="The Log"),
        story(53, "ספינה ולה שני שמות", HEBREW, slot="brief", language="he", direction="rtl"),
        story(54, "A machine of brass", short, slot="brief", entry="link", source="The Almanac & <Quarterly>"),
        story(55, "Said elsewhere, nowhere to link", short, slot="brief", entry="link", source="Z" * 70, mail_url=""),
        story(56, "A week on the water", short, slot="brief", entry="promo", kicker=Words(), byline=Words()),
    )


def headlines() -> tuple[Entry, ...]:
    """Stories that keep only a line."""
    titles = ("Tin", LONG_TITLE[:300], "השעון שהלך לים", f"{EMOJI} again", TEMPLATE_SYNTAX[:120], "港の朝")
    rtl: dict[int, dict[str, Any]] = {2: {"language": "he", "direction": "rtl"}, 5: {"language": "ja"}}
    bare: dict[str, Any] = {"slot": "headline", "lead": Words(), "dek": Words(), "kicker": Words()}
    return tuple(story(60 + place, title, **bare, **rtl.get(place, {})) for place, title in enumerate(titles))


BRAND = Brand(
    name="Gannet & “The Rest”",
    url=f"{HOST}/",
    tagline="Sea walls, <tide> tables, and {{ everything }} between them",
    language="en-GB",
    accent="#ffd400",
    logo=f"{HOST}/logo-480x96.png",
    logo_dark=f"{HOST}/logo-dark-480x96.png",
    address="Gannet, 3 Wall Street & Slip, Øster Ouze OO1 1OO",
    social=tuple(
        SocialLink(name=name, url=f"{HOST}/{name.lower()}") for name in ("Mastodon", "RSS", "播客", "بودكاست")
    ),
    support=Support(
        label="Support {{ us }}",
        title="A wall costs money, and so does “watching” it",
        text=LEADS[3] + "\n\n" + TEMPLATE_SYNTAX,
        url=f"{HOST}/support?a=1&b=2",
        button="Become a member of the wall’s friends and of their very long-named association",
    ),
)


def torture_issue(*, opening: str = "\n\n".join(LEADS)) -> Issue:
    """The issue: forty stories in the sections, then briefs, links, a promotion, headlines and a correction."""
    lead = story(0, LONG_TITLE[:139], slot="lead", picture=picture("lead", 1600, 900), dek=said(QUOTES))
    filling = tuple(story(40 + place, f"An ordinary week, number {place + 1}") for place in range(6))
    return Issue(
        digest="0.1.0",
        newsletter="weekly",
        newsletter_title="The Gannet’s Week <in> {{ brief }}",
        number=1904,
        window=replace(WEEK, start=START, end=START + timedelta(days=7)),
        web_url=f"{HOST}/weekly/2024-W43",
        editor="Ottilie Râmniceanu-Fitzgerald",
        brand=BRAND,
        theme=ThemeStamp(name="roundup", sha256=""),
        subject=Words(text=f"“{LONG_TITLE[:90]}” & *|MORE|* for {{{{ first_name }}}}"),
        preheader=Words(text=f"<b>{QUOTES[:60]}</b> · {EMOJI} · %recipient% · {TEMPLATE_SYNTAX[:60]}"),
        opening=Words(text=opening),
        sections=(
            IssueSection(name="", title="", entries=(lead,)),
            IssueSection(name="Awkward", title="Awkward & <b>long</b> " + "S" * 50, entries=awkward()),
            IssueSection(name="Shores", title="From other shores", entries=scripts()),
            IssueSection(name="Pictures", title="With pictures", entries=pictured()),
            IssueSection(name="Weeks", title="{{ weeks }}", entries=filling),
            IssueSection(name="Briefs", title="In brief", entries=briefs()),
        ),
        headlines=headlines(),
        corrections=(Correction(day="2024-10-28", text="The wall has 1,904 stones, not 1,903 {{ sic }}."),),
        amends=(
            Correction(day="2024-10-21", text="We wrote “bell” & meant <buoy>.", of="2024-W42", number=1903),
            Correction(day="2024-10-22", text=LEADS[2], of="2024-W41", number=1902),
        ),
    )


def bare_issue() -> Issue:
    """An issue without all that may be missing: no opening, preheader, picture, brief or headline; six stories."""
    full = torture_issue(opening="")
    stories = tuple(replace(entry, picture=None, dek=Words(), kicker=Words()) for entry in full.sections[-2].entries)
    return replace(
        full,
        web_url="",
        editor="",
        brand=Brand(name="Gannet"),
        newsletter_title="The Gannet",
        subject=Words(text="{{ first_name }}, “&” *|MORE|*"),
        preheader=Words(),
        sections=(IssueSection(name="Weeks", title="Weeks", entries=stories),),
        headlines=(),
        corrections=(),
        amends=(),
    )


def mirrored(issue: Issue) -> Issue:
    """The same issue of a magazine in Arabic: what was the magazine's own language is now the stories'."""
    brand = replace(issue.brand, name="الغانِت", tagline="أسوار البحر وما بينها", language="ar", direction="rtl")
    sections = tuple(
        replace(section, entries=tuple(_turned(entry) for entry in section.entries)) for section in issue.sections
    )
    return replace(
        issue,
        brand=brand,
        newsletter_title="أسبوع الغانِت",
        window=replace(issue.window, words="18–25 أكتوبر 2024"),
        opening=Words(text=ARABIC),
        sections=sections,
        headlines=tuple(_turned(entry) for entry in issue.headlines),
    )


def _turned(entry: Entry) -> Entry:
    """The entry as composed for an Arabic magazine: Arabic goes without saying, all else says what it is."""
    entry = replace(entry, date_words=entry.date_words.replace("October", "أكتوبر"))
    if entry.language == "ar":
        return replace(entry, language="", direction=None)
    return replace(entry, language=entry.language or "en", direction=None if entry.direction == "rtl" else "ltr")
