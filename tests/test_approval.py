"""An approval as a fold: it holds for what was there, to the letter, and names what changed since."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.handover.approval import Stamp, approval
from digest.handover.parts import parts_of
from digest.model.approval import Approval
from digest.model.article import Image
from digest.model.issue import Correction, Entry, Issue, IssueSection, Picture, Words
from digest.model.ledger import Event, EventKind, Part, PartText
from digest.model.message import Sender
from digest.text.digests import sha256
from digest.wire import from_json, to_json
from render_samples import sample_issue

NOON = datetime(2024, 10, 25, 12, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


def story(number: int, **fields: object) -> Entry:
    plain = Entry(
        id=f"{number:012}",
        title=Words(text=f"Story {number}"),
        lead=Words(text=f"It was day {number}."),
        mail_url=f"https://harbour.example/{number}",
    )
    return replace(plain, **fields)  # type: ignore[arg-type] # a test names the fields of an entry


ONE, TWO, THREE, FOUR = (story(number) for number in (1, 2, 3, 4))


def issue(*news: Entry, opinion: tuple[Entry, ...] = (), headlines: tuple[Entry, ...] = ()) -> Issue:
    sections = (
        IssueSection(name="News", title="News", entries=news),
        IssueSection(name="Opinion", title="Opinion", entries=opinion),
    )
    return replace(sample_issue(), sections=sections, headlines=headlines)


def stamp(of: Issue, content: str = "", service: str = "none") -> Stamp:
    return Stamp(content=content or repr(of), parts=parts_of(of, Sender(name="The Harbour"), {"service": service}))


def approved(of: Stamp, by: str = "Ann Roe", hour: int = 0) -> Event:
    return Event(event="approved", at=NOON + timedelta(hours=hour), by=by, content=of.content, parts=of.parts)


def changed(before: Issue, after: Issue) -> list[str]:
    told = approval([approved(stamp(before, "before"))], stamp(after, "after"), UTC)
    assert told.status == "void"
    return [change.words for change in told.changed]


def test_an_issue_that_nobody_approved_has_no_approval() -> None:
    assert approval([Event(event="waived", at=NOON)], stamp(issue(ONE)), UTC) == Approval()


def test_an_approval_stands_for_the_same_content_and_is_told_by_the_magazines_clocks() -> None:
    now = stamp(issue(ONE, TWO))
    told = approval([approved(now), Event(event="draft", at=NOON)], now, LONDON)
    assert (told.status, told.by, told.changed) == ("stands", "Ann Roe", ())
    assert told.at is not None
    assert told.at.isoformat() == "2024-10-25T13:00:00+01:00"


def test_the_last_word_counts_and_what_comes_back_to_the_letter_stands_again() -> None:
    first, second = stamp(issue(ONE)), stamp(issue(ONE, TWO))
    events = [approved(first), approved(second, "Bea Lind", 1)]
    assert approval(events, second, UTC).by == "Bea Lind"
    void = approval(events, first, UTC)
    assert (void.status, void.by, [change.words for change in void.changed]) == ("void", "Bea Lind", ["out: Story 2"])
    assert approval(events, second, UTC).status == "stands"


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (issue(ONE, TWO, THREE, FOUR), ["in: Story 4"]),
        (issue(ONE, THREE), ["out: Story 2"]),
        (issue(TWO, THREE, ONE), ["Story 1 moved"]),
        (issue(ONE, THREE, opinion=(TWO,)), ["Story 2 moved to Opinion"]),
        (
            issue(ONE, TWO, headlines=(replace(THREE, slot="headline"),)),
            ["Story 3 moved to the headlines", "Story 3: a headline now, was a story"],
        ),
        (issue(replace(ONE, title=Words(text="First")), TWO, THREE), ["headline of “First” changed"]),
        (issue(replace(ONE, lead=Words()), TWO, THREE), ["lead of “Story 1” taken away"]),
        (issue(replace(ONE, dek=Words(text="Why?")), TWO, THREE), ["dek of “Story 1” added"]),
        (
            issue(replace(ONE, picture=Picture(image=Image(url="https://harbour.example/a.png"))), TWO, THREE),
            ["picture of “Story 1” added"],
        ),
        (replace(issue(ONE, TWO, THREE), subject=Words(text="Mind the gap")), ["subject changed"]),
        (replace(issue(ONE, TWO, THREE), opening=Words()), ["opening taken away"]),
        (
            replace(issue(ONE, TWO, THREE), amends=(Correction(day="2024-10-20", text="Six.", of="2024-W42"),)),
            ["corrections to earlier issues added"],
        ),
        (replace(issue(ONE, TWO, THREE), number=99), ["what stands around the stories changed, none of the texts"]),
    ],
)
def test_what_changed_since_is_named(after: Issue, expected: list[str]) -> None:
    assert changed(issue(ONE, TWO, THREE), after) == expected


def test_the_mailing_service_and_the_sender_are_part_of_what_was_approved() -> None:
    before, after = stamp(issue(ONE), "1"), stamp(issue(ONE), "2", service="mailchimp")
    told = approval([approved(before)], after, UTC)
    assert [(change.field, change.words) for change in told.changed] == [("mailing service", "mailing service changed")]


def test_two_links_to_one_address_are_two_parts() -> None:
    assert changed(issue(ONE, ONE, TWO), issue(ONE, TWO)) == ["out: Story 1"]


def test_an_approval_that_does_not_say_of_what_is_void_all_the_same() -> None:
    bare = Event(event="approved", at=NOON, by="Ann Roe", content="x")
    told = approval([bare], stamp(issue(ONE)), UTC)
    assert (told.status, [change.field for change in told.changed]) == ("void", ["layout"])


def test_a_picture_that_is_not_shown_is_no_part() -> None:
    missing = Picture(image=Image(url=""), problem="the server answered 404")
    of = replace(ONE, picture=missing)
    assert parts_of(issue(of), Sender(), {}) == parts_of(issue(ONE), Sender(), {})


def test_parts_are_written_and_read_again() -> None:
    event = approved(stamp(issue(ONE, TWO)))
    assert from_json(to_json(event), Event) == event
    assert event.parts[1] == Part(
        story=ONE.id,
        title="Story 1",
        section="News",
        slot="story",
        texts=(
            PartText(name="headline", content=sha256("Story 1")[:8]),
            PartText(name="lead", content=sha256("It was day 1.")[:8]),
            PartText(name="link", content=sha256("https://harbour.example/1")[:8]),
        ),
    )


@given(st.lists(st.sampled_from(range(8)), unique=True), st.lists(st.sampled_from(range(8)), unique=True))
def test_something_is_named_wherever_the_order_is_another(before: list[int], after: list[int]) -> None:
    told = approval(
        [approved(stamp(issue(*map(story, before)), "before"))], stamp(issue(*map(story, after)), "after"), UTC
    )
    kinds = [change.kind for change in told.changed if change.story]
    assert kinds.count("in") == len(set(after) - set(before))
    assert kinds.count("out") == len(set(before) - set(after))
    shared = [number for number in after if number in before]
    assert bool(kinds.count("moved")) == (shared != [number for number in before if number in after])


@given(st.lists(st.sampled_from(["approved", "waived", "draft", "sent", "unsent"])))
def test_only_an_approval_approves(kinds: list[EventKind]) -> None:
    now = stamp(issue(ONE))
    events = [Event(event=kind, at=NOON, content=now.content, parts=now.parts) for kind in kinds]
    assert approval(events, now, UTC).status == ("stands" if "approved" in kinds else "none")
