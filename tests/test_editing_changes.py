"""What changed between two issues: nothing is kept quiet, nothing is told that is not so, no move is told in vain."""

from collections.abc import Sequence
from dataclasses import fields, replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.editing.changes import changes, spots
from digest.editing.quoting import in_words
from digest.model.article import Cut, Image
from digest.model.change import Change
from digest.model.edits import Slot
from digest.model.issue import (
    Brand,
    BuiltFile,
    Correction,
    Entry,
    Issue,
    IssueSection,
    PassedOver,
    Picture,
    SocialLink,
    Support,
    ThemeStamp,
    Words,
)
from digest.model.selection import Reason
from digest.selector.reasons import in_words as reason_in_words
from digest.text.orders import rising
from render_samples import sample_issue, story

BEACH = story(1, "Whose beach is it?")
SECTIONS = ("Science", "Culture", "World")


def issue(top: Sequence[Entry] = (), *, headlines: Sequence[Entry] = (), **sections: Sequence[Entry]) -> Issue:
    named = (IssueSection(name=name, title=name, entries=tuple(entries)) for name, entries in sections.items())
    first = (IssueSection(name="", title="", entries=tuple(top)),) if top else ()
    return replace(sample_issue(0), sections=(*first, *named), headlines=tuple(headlines))


def stories(ids: str, slot: Slot = "story") -> tuple[Entry, ...]:
    return tuple(replace(story(1, f"Story {each}", slot=slot), id=each) for each in ids)


def words(before: Issue, after: Issue) -> list[str]:
    return [change.words for change in changes(before, after)]


def test_a_story_that_moved_is_told_with_both_places() -> None:
    lead = replace(BEACH, slot="lead")
    old = issue(Culture=(BEACH, *stories("ab")))
    assert changes(old, issue((lead,), Culture=stories("ab"))) == (
        Change(
            kind="moved",
            story=BEACH.id,
            title="Whose beach is it?",
            field="section",
            was="Culture",
            now="the top",
            words="Whose beach is it? moved from Culture to the top",
        ),
    )
    assert words(issue((lead,), Culture=stories("ab")), old) == ["Whose beach is it? moved from the top to Culture"]
    listed = replace(BEACH, slot="headline")
    assert words(old, issue(Culture=stories("ab"), headlines=(listed,))) == [
        "Whose beach is it? moved from Culture to the headlines"
    ]


def test_what_leaves_the_top_as_a_brief_is_said_to_be_one() -> None:
    old, new = issue((replace(BEACH, slot="lead"),)), issue(Culture=(replace(BEACH, slot="brief"),))
    assert words(old, new) == [
        "Whose beach is it? moved from the top to Culture",
        "Whose beach is it?: a brief now, was a lead",
    ]
    assert words(issue(Culture=(BEACH,)), new) == ["Whose beach is it?: a brief now, was a story"]


def test_of_a_reordered_section_the_fewest_stories_have_moved() -> None:
    old = issue(Culture=stories("abcde"))
    assert words(old, issue(Culture=stories("eabcd"))) == ["Story e moved in Culture: now first"]
    assert words(old, issue(Culture=stories("bcdae"))) == ["Story a moved in Culture: now after “Story d”"]
    assert words(old, issue(Culture=stories("bacde"))) == ["Story b moved in Culture: now first"]


def test_what_came_and_what_went_is_told_and_why_where_it_is_known() -> None:
    dropped = PassedOver(id=BEACH.id, title=BEACH.title.text, reason=Reason(code="dropped"))
    old, new = issue(Culture=(BEACH,)), replace(issue(Culture=stories("a")), left_out=(dropped,))
    assert [change.words for change in changes(old, new, reason_in_words)] == [
        "in: Story a (Culture)",
        "out: Whose beach is it? (dropped by the editor)",
    ]
    assert words(old, new)[-1] == "out: Whose beach is it?"
    assert [(change.kind, change.was, change.now) for change in changes(old, new)] == [
        ("in", "", "Culture"),
        ("out", "Culture", ""),
    ]


def test_texts_are_told_with_what_they_were() -> None:
    new = replace(BEACH, title=Words(text="The beach", origin="editor"), dek=Words(), kicker=Words(text="Essay"))
    assert words(issue(Culture=(BEACH,)), issue(Culture=(new,))) == [
        "headline: “The beach” (was “Whose beach is it?”)",
        "kicker of “The beach”: “Essay” (there was none)",
        f"dek of “The beach”: none (was “{BEACH.dek.text}”)",
    ]
    (change,) = changes(issue(), replace(issue(), subject=Words(text="Sand")))
    assert (change.story, change.field, change.now) == ("", "subject", "Sand")
    assert change.words.startswith("subject: “Sand” (was “The dredgers that keep a city above water")


def test_another_picture_is_told_once() -> None:
    image = Image(url="https://a.example/1.jpg", alt="One", credit="A", caption="C", width=10, height=10)
    old = replace(BEACH, picture=Picture(image=image))
    other = replace(image, url="https://a.example/2.jpg", alt="Two", width=20)
    (change,) = changes(issue(Culture=(old,)), issue(Culture=(replace(old, picture=Picture(image=other)),)))
    assert change.words == "picture of “Whose beach is it?”: “https://a.example/2.jpg” (was “https://a.example/1.jpg”)"
    assert words(issue(Culture=(old,)), issue(Culture=(BEACH,)))[0].startswith("picture of “Whose beach is it?”: none")
    credited = replace(old, picture=Picture(image=replace(image, credit="B")))
    assert words(issue(Culture=(old,)), issue(Culture=(credited,))) == [
        "picture's credit of “Whose beach is it?”: “B” (was “A”)"
    ]


def test_sections_that_change_places_or_names_are_told() -> None:
    old = issue(Science=stories("a"), Culture=stories("b"), World=stories("c"))
    new = issue(World=stories("c"), Science=stories("a"), Culture=stories("b"))
    assert words(old, new) == ["section World moved: now first"]
    assert words(new, old) == ["section World moved: now after Culture"]
    renamed = replace(old, sections=(replace(old.sections[0], title="Nature"), *old.sections[1:]))
    assert words(old, renamed) == ["title of section Science: “Nature” (was “Science”)"]


def test_two_links_to_one_address_are_two() -> None:
    twice = issue(Elsewhere=stories("aa"))
    assert changes(twice, twice) == ()
    assert words(twice, issue(Elsewhere=stories("a"))) == ["out: Story a"]


def test_a_long_text_is_quoted_from_where_it_differs() -> None:
    was = "The council has bought the same sandbank three times since 1912, and each time it moved. " * 3
    told = in_words("lead", was, was[:-7] + "was sold. " + "x" * 100)
    assert told.startswith("lead: “…since 1912, and each time it was sold. xxx")
    assert told.endswith("(was “…since 1912, and each time it moved.”)")
    assert "…" not in in_words("lead", "short", "shorter")
    assert in_words("lead", was, was + "More.").endswith("(was “…and each time it moved.”)")


def test_two_long_addresses_are_quoted_from_the_part_that_differs() -> None:
    start = "https://harbour.example/newsletter/2024-W43/images/of-the-week/by-our-own-people/"
    assert (
        in_words("picture", f"{start}a.jpg", f"{start}b.jpg")
        == "picture: “…of-the-week/by-our-own-people/b.jpg” (was “…of-the-week/by-our-own-people/a.jpg”)"
    )


SEEN = {
    "title": Words(text="other"),
    "kicker": Words(text="other"),
    "kind": "other",
    "dek": Words(text="other"),
    "byline": Words(text="other"),
    "lead": Words(text="other"),
    "picture": Picture(image=Image(url="https://a.example/other.jpg")),
    "slot": "brief",
    "url": "https://a.example/other",
    "mail_url": "https://a.example/other",
    "date": "2024-01-01",
    "date_words": "1 January 2024",
    "series": "other",
    "source": "other",
    "language": "fr",
    "direction": "rtl",
    "id": "f" * 12,
}
UNSEEN = {
    "entry": "item",
    "lead_mode": "extract",
    "lead_note": "other",
    "published": None,
    "also_in": ("https://b.example/",),
    "reason": Reason(code="chosen"),
    "left_out": (Cut(text="other", why="teaser"),),
    "aliases": ("e" * 12,),
    "fingerprint": "other",
}


def test_every_field_of_an_entry_is_told_or_no_readers_business() -> None:
    assert {*SEEN, *UNSEEN} == {each.name for each in fields(Entry)}
    old = issue(Culture=(BEACH,))
    for name, value in SEEN.items():
        assert changes(old, issue(Culture=(replace(BEACH, **{name: value}),))), name  # type: ignore[arg-type]
    for name, value in UNSEEN.items():
        assert not changes(old, issue(Culture=(replace(BEACH, **{name: value}),))), name  # type: ignore[arg-type]


ISSUE_SEEN = {
    "newsletter_title": "other",
    "number": 1,
    "window": replace(sample_issue(0).window, words="other"),
    "web_url": "https://a.example/other",
    "editor": "other",
    "theme": ThemeStamp(name="letter", sha256=""),
    "subject": Words(text="other"),
    "preheader": Words(text="other"),
    "opening": Words(text="other"),
    "sections": (),
    "headlines": (BEACH,),
    "corrections": (),
    "amends": (Correction(day="2024-01-01", text="other", of="2024-W01", number=1),),
}
ISSUE_UNSEEN = {
    "schema": 1,
    "digest": "0.0.0",
    "newsletter": "other",
    "opening_note": "other",
    "edits": "other",
    "left_out": (PassedOver(id="f" * 12, title="other", reason=Reason(code="dropped")),),
    "files": (BuiltFile(name="email.html", sha256="other"),),
}


def test_every_field_of_an_issue_is_told_or_no_readers_business() -> None:
    assert {*ISSUE_SEEN, *ISSUE_UNSEEN, "brand"} == {each.name for each in fields(Issue)}
    old = sample_issue(1)
    for name, value in ISSUE_SEEN.items():
        assert changes(old, replace(old, **{name: value})), name  # type: ignore[arg-type]
    for name, value in ISSUE_UNSEEN.items():
        assert not changes(old, replace(old, **{name: value})), name  # type: ignore[arg-type]


@pytest.mark.parametrize("name", [each.name for each in fields(Brand) if not each.name.endswith("_picture")])
def test_every_field_of_the_magazine_is_told(name: str) -> None:
    old = sample_issue(0)
    other: object = {"social": (SocialLink(name="A", url="b"),), "support": Support(text="other")}.get(name, "other")
    (change, *_) = changes(old, replace(old, brand=replace(old.brand, **{name: other})))  # type: ignore[arg-type]
    assert change.field.startswith(f"magazine.{name}")
    assert change.words.startswith(f"magazine: {name.replace('_', ' ')}")


ORDERS = st.lists(st.sampled_from("abcdefghij"), unique=True)


@st.composite
def arranged(draw: st.DrawFn) -> Issue:
    """An issue of some of ten stories, in some of three sections, at the top and in the headlines."""
    order = draw(ORDERS)
    where = [draw(st.sampled_from(("", "headline", *SECTIONS))) for _ in order]
    names = draw(st.permutations(SECTIONS))

    def of(place: str, slot: Slot) -> tuple[Entry, ...]:
        return stories("".join(each for each, at in zip(order, where, strict=True) if at == place), slot)

    return issue(of("", "lead"), headlines=of("headline", "headline"), **{name: of(name, "story") for name in names})


def shown(one: Issue) -> list[tuple[str, str]]:
    return [(spot.section, spot.entry.id) for spot in spots(one)]


@given(arranged(), arranged())
def test_nothing_is_told_exactly_where_readers_see_the_same(before: Issue, after: Issue) -> None:
    assert changes(before, before) == ()
    assert (changes(before, after) == ()) == (shown(before) == shown(after))


@given(arranged(), arranged())
def test_without_what_is_told_both_issues_are_one_order(before: Issue, after: Issue) -> None:
    told = {change.story for change in changes(before, after) if change.kind != "changed"}
    moved = {change.words.split()[1] for change in changes(before, after) if change.words.startswith("section ")}

    def rest(one: Issue) -> list[tuple[str, str]]:
        return [each for each in shown(one) if each[1] not in told and each[0] not in moved]

    assert rest(before) == rest(after)


@given(arranged(), arranged())
def test_what_comes_one_way_goes_the_other(before: Issue, after: Issue) -> None:
    def ids(one: Issue, other: Issue, kind: str) -> set[str]:
        return {change.story for change in changes(one, other) if change.kind == kind}

    assert ids(before, after, "in") == ids(after, before, "out")
    moves = [
        sum(c.kind == "moved" and bool(c.story) for c in changes(*two)) for two in ((before, after), (after, before))
    ]
    assert moves[0] == moves[1]


@given(st.lists(st.integers(0, 50), unique=True, max_size=9))
def test_no_rising_subsequence_is_longer(numbers: list[int]) -> None:
    found = [numbers[place] for place in rising(numbers)]
    assert found == sorted(found)
    longer = combinations(numbers, len(found) + 1)
    assert not any(list(each) == sorted(each) for each in longer)
