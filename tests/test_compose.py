from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.compose import compose
from digest.compose.frame import Phrases, SectionStyle, Tracking
from digest.compose.links import tracked
from digest.compose.phrases import unknown_names
from digest.model.article import Block, Cut, Image
from digest.model.edits import Edits, LinkEdit, PromoEdit, StoryEdit
from digest.model.issue import Issue
from digest.model.lead import Lead
from digest.model.selection import LeftOut, Reason, Selection
from digest.text.digests import sha256
from digest.text.direction import direction
from digest.wire import from_json, to_json
from making import W43, article, choice, frame

LEADS = {f"{number:012x}": Lead(sentences=(f"Lead {number}.", "And more.")) for number in range(1, 9)}
PICTURE = Image(url="https://harbour.example/quay.jpg", alt="The quay", credit="Photo: B. Lens")


def test_lead_story_stands_first_and_sections_keep_the_order_of_the_selection() -> None:
    chosen = (
        choice(1, slot="lead", section="Opinion"),
        choice(2, section="Reporting"),
        choice(3, section="Opinion"),
        choice(4, section="Reporting", slot="brief"),
        choice(5, slot="headline"),
    )
    styles = (SectionStyle(name="Opinion", title="What we think"), SectionStyle(name="Reporting"))
    issue = compose(Selection(chosen=chosen), LEADS, frame(sections=styles))
    shown = [(section.title, [entry.title.text for entry in section.entries]) for section in issue.sections]
    assert shown == [
        ("", ["Story number 1"]),
        ("Reporting", ["Story number 2", "Story number 4"]),
        ("What we think", ["Story number 3"]),
    ]
    assert [entry.id for entry in issue.headlines] == ["000000000005"]
    assert [entry.id[-1] for entry in issue.entries] == ["1", "2", "4", "3", "5"]


def test_subject_and_preheader_come_from_the_stories_and_the_editor_goes_first() -> None:
    selection = Selection(chosen=(choice(1, slot="lead"), choice(2), choice(3), choice(4)))
    phrases = Phrases(subject="{magazine} No. {number}: {headline}", preheader="{also}", opening="{count} of {dates}")
    issue = compose(selection, LEADS, frame(phrases=phrases))
    assert issue.subject.text == "The Harbour No. 7: Story number 1"
    assert issue.preheader.text == "Story number 2 · Story number 3"
    assert issue.opening.text == "4 of 18–25 October 2024"
    edited = compose(selection, LEADS, frame(phrases=phrases, edits=Edits(subject="My own", opening="")))
    assert (edited.subject.text, edited.subject.origin) == ("My own", "editor")
    assert edited.subject.was == sha256(issue.subject.text)
    assert (edited.opening.text, edited.opening.origin) == ("", "editor")


def test_a_headline_with_braces_is_text_and_never_a_template() -> None:
    chosen = (choice(1, slot="lead", title="Why {number} and {{ name }} stay"),)
    issue = compose(Selection(chosen=chosen), LEADS, frame())
    assert issue.subject.text == "Why {number} and {{ name }} stay"


def test_an_issue_without_stories_is_called_by_the_newsletters_name() -> None:
    assert compose(Selection(), {}, frame()).subject.text == "The Harbour Weekly"


def test_templates_may_name_only_what_an_issue_has() -> None:
    assert unknown_names("{headline} {moon} {Big} {}") == ("moon",)


def test_the_editors_words_replace_the_sources_and_remember_them() -> None:
    edit = StoryEdit(
        article="000000000001",
        headline="A better headline",
        kicker="Harbour",
        byline="",
        lead="By hand.",
        image="https://harbour.example/own.jpg",
    )
    chosen = choice(1, image=PICTURE, edit=edit)
    leads = {"000000000001": Lead(sentences=("By hand.",), mode="hand")}
    entry = compose(Selection(chosen=(chosen,)), leads, frame()).entries[0]
    assert entry.title.text == "A better headline"
    assert entry.title.was == sha256("Story number 1")
    assert (entry.kicker.text, entry.byline.text) == ("Harbour", "")
    assert (entry.lead.text, entry.lead.origin, entry.lead_mode) == ("By hand.", "editor", "hand")
    assert entry.lead.was == sha256(chosen.article.blocks[0].text)
    assert entry.picture is not None
    assert entry.picture.image.url == "https://harbour.example/own.jpg"


def test_the_editor_may_change_a_dek_and_a_credit() -> None:
    edit = StoryEdit(article="000000000001", dek="Another dek.", credit="Photo: C. Chart")
    chosen = replace(choice(1, slot="lead", dek="A dek.", image=PICTURE), edit=edit)
    entry = compose(Selection(chosen=(chosen,)), LEADS, frame()).entries[0]
    assert (entry.dek.text, entry.dek.origin, entry.dek.was) == ("Another dek.", "editor", sha256("A dek."))
    assert entry.picture is not None
    assert (entry.picture.image.url, entry.picture.image.credit) == (PICTURE.url, "Photo: C. Chart")


def test_a_models_lead_is_marked() -> None:
    leads = {"000000000001": Lead(sentences=("By a model.",), mode="model")}
    entry = compose(Selection(chosen=(choice(1),)), leads, frame()).entries[0]
    assert entry.lead.origin == "model"


@pytest.mark.parametrize(
    ("slot", "pictures", "edit", "shown"),
    [
        ("lead", False, None, True),
        ("story", False, None, False),
        ("story", True, None, True),
        ("brief", True, None, False),
        ("lead", True, "none", False),
        ("lead", True, "", False),
        ("brief", False, "https://harbour.example/x.png", True),
    ],
)
def test_where_a_picture_is_shown(slot: str, pictures: bool, edit: str | None, shown: bool) -> None:  # noqa: FBT001 - a table
    setting = frame(sections=(SectionStyle(name="Reporting", pictures=pictures),))
    chosen = choice(1, slot=slot, image=PICTURE, edit=StoryEdit(article="000000000001", image=edit))
    entry = compose(Selection(chosen=(chosen,)), LEADS, setting).entries[0]
    assert (entry.picture is not None) is shown
    if shown and edit is None and entry.picture is not None:
        assert entry.picture.image.credit == "Photo: B. Lens"


def test_a_picture_without_an_address_is_none() -> None:
    chosen = choice(1, slot="lead", image=Image(credit="Somebody"))
    assert compose(Selection(chosen=(chosen,)), LEADS, frame()).entries[0].picture is None


@pytest.mark.parametrize(
    ("fields", "kicker"),
    [
        ({"kicker": "Tides", "series": "The Log"}, "Tides"),
        ({"series": "The Log", "kind": "Column"}, "The Log"),
        ({"kind": "Column"}, "Column"),
        ({"series": "The Log", "title": "The Log: A quiet week"}, ""),
        ({"kind": "reporting"}, ""),
        ({}, ""),
    ],
)
def test_the_kicker_is_the_most_telling_line_and_never_the_section(fields: dict[str, Any], kicker: str) -> None:
    entry = compose(Selection(chosen=(choice(1, **fields),)), LEADS, frame()).entries[0]
    assert entry.kicker.text == kicker


def test_language_and_direction_are_said_where_they_are_not_the_magazines() -> None:
    chosen = (
        choice(1, title="عن البحر", language="ar"),
        choice(2, language="en-US"),
        choice(3, title="12 : 30", published=None),
    )
    entries = compose(Selection(chosen=chosen), LEADS, frame()).entries
    assert [(entry.language, entry.direction) for entry in entries] == [("ar", "rtl"), ("", None), ("", None)]
    assert entries[2].date_words == ""
    assert direction("שלום") == "rtl"


def test_a_date_says_no_more_than_is_known_by_the_magazines_clocks() -> None:
    midnight = datetime(2024, 10, 21, 23, tzinfo=UTC)  # which opens 22 October in London
    chosen = (
        choice(1, published=midnight, precision="day"),
        choice(2, published=midnight, precision="instant"),
        choice(3, published=None),
    )
    entries = compose(Selection(chosen=chosen), LEADS, frame()).entries
    assert [entry.date for entry in entries] == ["2024-10-22", "2024-10-22T00:00:00+01:00", ""]


def test_a_dek_that_serves_as_the_lead_is_not_shown_twice() -> None:
    chosen = (choice(1, dek="What it is about."), choice(2, dek="What it is about."))
    leads = {
        "000000000001": Lead(sentences=("What it is about.",), mode="dek"),
        "000000000002": Lead(sentences=("A.",)),
    }
    entries = compose(Selection(chosen=chosen), leads, frame()).entries
    assert [(entry.dek.text, entry.lead.text) for entry in entries] == [
        ("", "What it is about."),
        ("What it is about.", "A."),
    ]


def test_links_from_elsewhere_stand_last_or_where_the_editor_put_them() -> None:
    links = (
        LinkEdit(url="https://other.example/a", title="Elsewhere one", source="The Other", text="Worth it."),
        LinkEdit(url="https://other.example/b", title="In a section", section="Reporting"),
    )
    setting = frame(edits=Edits(links=links), links_section="Seen elsewhere")
    issue = compose(Selection(chosen=(choice(1),)), LEADS, setting)
    assert [(section.name, len(section.entries)) for section in issue.sections] == [
        ("Reporting", 2),
        ("Seen elsewhere", 1),
    ]
    entry = issue.sections[1].entries[0]
    assert (entry.entry, entry.source, entry.lead.text, entry.lead.origin) == (
        "link",
        "The Other",
        "Worth it.",
        "editor",
    )


def test_what_was_left_out_and_what_was_cut_stand_in_the_record() -> None:
    late = LeftOut(article=article(9), reason=Reason(code="outside", when=W43.end, offer="late"))
    chosen = choice(1, left_out=(Cut(text="Follow the harbour", why="share"),))
    leads = {"000000000001": Lead(sentences=("A.",), left_out=(Cut(text="PORT —", why="dateline"),))}
    issue = compose(Selection(chosen=(chosen,), left_out=(late,)), leads, frame())
    assert [cut.why for cut in issue.entries[0].left_out] == ["share", "dateline"]
    assert issue.left_out[0].reason == late.reason
    assert issue.left_out[0].title == "Story number 9"


TRACKING = Tracking(parameters=(("utm_source", "digest"), ("utm_campaign", "2024 W43")), hosts=("harbour.example",))


@pytest.mark.parametrize(
    ("url", "mail_url"),
    [
        ("https://harbour.example/a", "https://harbour.example/a?utm_source=digest&utm_campaign=2024%20W43"),
        (
            "https://www.harbour.example/a?b=%C3%A9&c#d",
            "https://www.harbour.example/a?b=%C3%A9&c&utm_source=digest&utm_campaign=2024%20W43#d",
        ),
        ("https://harbour.example/a?utm_source=x", "https://harbour.example/a?utm_source=x&utm_campaign=2024%20W43"),
        ("https://notharbour.example/a", "https://notharbour.example/a"),
        ("https://HARBOUR.example/a", "https://HARBOUR.example/a?utm_source=digest&utm_campaign=2024%20W43"),
        ("https://harbour.example]/a", "https://harbour.example]/a"),
        ("https://harbour.example:port/a", "https://harbour.example:port/a"),
        ("http://[broken", "http://[broken"),
        ("", ""),
    ],
)
def test_only_own_links_are_tracked_and_their_queries_stay(url: str, mail_url: str) -> None:
    assert tracked(url, TRACKING) == mail_url


def test_tracking_is_off_unless_set_and_never_in_the_web_version() -> None:
    assert tracked("https://harbour.example/a", Tracking(hosts=("harbour.example",))) == "https://harbour.example/a"
    entry = compose(Selection(chosen=(choice(1),)), LEADS, frame(tracking=TRACKING)).entries[0]
    assert "utm_" in entry.mail_url
    assert entry.url == "https://harbour.example/story-1"


TEXT = st.text(max_size=40)


@given(TEXT | st.tuples(st.sampled_from(["http://", "https://harbour.example", "//"]), TEXT).map("".join))
def test_whatever_a_source_calls_its_address_it_stays_or_grows(url: str) -> None:
    grown = tracked(url, TRACKING)
    assert grown == url or "utm_source=digest" in grown


@given(st.lists(st.tuples(TEXT, TEXT, TEXT), max_size=5), TEXT, TEXT)
def test_a_record_comes_back_from_its_bytes_as_it_was(stories: list[tuple[str, str, str]], name: str, alt: str) -> None:
    chosen = tuple(
        choice(
            number,
            title=title,
            authors=(author,),
            slot=("lead", "story", "brief", "headline")[number % 4],
            image=Image(url="https://harbour.example/i.png", alt=alt),
            blocks=(Block(text=text),),
            updated=W43.start + timedelta(microseconds=number),
        )
        for number, (title, author, text) in enumerate(stories)
    )
    issue = compose(Selection(chosen=chosen), LEADS, frame(newsletter_title=name))
    data = to_json(issue)
    assert from_json(data, Issue) == issue
    assert to_json(from_json(data, Issue)) == data


def test_a_promotion_stands_where_the_editor_wants_it_and_says_what_it_is() -> None:
    promos = (
        PromoEdit(
            title="A cruise", url="https://packet.example/", text="Cabins.", label="Sponsor", section="Reporting"
        ),
        PromoEdit(title="Our own books", text="On paper."),
    )
    issue = compose(Selection(chosen=(choice(2),)), LEADS, frame(edits=Edits(promos=promos)))
    (reporting, below) = issue.sections
    assert [entry.entry for entry in reporting.entries] == ["story", "promo"]
    advert = reporting.entries[-1]
    assert (advert.kicker.text, advert.kicker.origin, advert.lead.text) == ("Sponsor", "editor", "Cabins.")
    assert (advert.slot, advert.mail_url) == ("brief", "https://packet.example/")
    assert (below.title, below.entries[0].title.text, below.entries[0].kicker.text) == ("", "Our own books", "")
