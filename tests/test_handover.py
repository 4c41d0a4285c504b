from datetime import UTC, datetime, timedelta
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import IssueError
from digest.handover import locked, sent_issue, state, waivers
from digest.model.ledger import Event, EventKind, State
from digest.model.selection import Carried

NOON = datetime(2024, 10, 25, 12, tzinfo=UTC)
ONE, TWO, THREE = (Carried(id=str(number) * 12) for number in (1, 2, 3))


def ledger(*kinds: str, **fields: Any) -> list[Event]:
    """Return an event a kind, an hour apart; `sent@x` was sent by the service x, `sent` by hand."""
    events = []
    for hour, kind in enumerate(kinds):
        event, _, service = kind.partition("@")
        at = NOON + timedelta(hours=hour)
        events.append(Event(event=event, at=at, service=service, **fields))  # type: ignore[arg-type] # one of the kinds
    return events


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ("", "built"),
        ("waived", "built"),
        ("approved", "approved"),
        ("approved waived", "approved"),
        ("approved draft@mc", "draft"),
        ("approved draft@mc tested@mc", "tested"),
        ("draft@mc tested@mc draft@mc", "draft"),
        ("tested@mc approved", "approved"),
        ("approved draft@mc scheduled@mc", "scheduled"),
        ("approved draft@mc scheduled@mc cancelled@mc", "draft"),
        ("scheduled@mc draft@mc", "scheduled"),
        ("scheduled@mc draft@mc cancelled@mc", "draft"),
        ("scheduled@mc sent@mc", "sent"),
        ("tested@mc sending@mc", "sending"),
        ("tested@mc sending@mc sent@mc", "sent"),
        ("tested@mc sending@mc failed@mc", "failed"),
        ("tested@mc sending@mc failed@mc sending@mc", "sending"),
        ("failed@mc tested@mc", "tested"),
        ("tested@mc sending@mc unknown@mc", "unknown"),
        ("sending@mc unknown@mc approved tested@mc", "unknown"),
        ("tested@mc sending@mc unknown@mc resolved", "tested"),
        ("sending@mc unknown@mc cancelled@mc", "unknown"),
        ("sending@mc unknown@mc sent@mc", "sent"),
        ("sending@mc unknown@mc sent", "unknown"),
        ("sending@mc unknown@mc sent resolved", "sent"),
        ("sent", "sent"),
        ("sent unsent", "built"),
        ("approved sent unsent", "approved"),
        ("sent sent unsent", "sent"),
        ("sent@mc unsent", "sent"),
        ("sent@mc sent unsent", "sent"),
        ("sent sent@mc unsent", "sent"),
        ("unsent sent", "sent"),
        ("sent approved draft@mc", "sent"),
        ("sent@mc sending@smtp", "sending"),
        ("sent@mc sending@smtp failed@smtp", "sent"),
        ("sent@mc sending@smtp unknown@smtp", "unknown"),
    ],
)
def test_the_state_is_a_fold_over_the_ledger(kinds: str, expected: State) -> None:
    assert state(ledger(*kinds.split())) == expected


@pytest.mark.parametrize("one", get_args(State))
def test_the_files_stay_from_the_schedule_on(one: State) -> None:
    events = [] if one == "built" else ledger(one)
    assert state(events) == one
    assert locked(events) == (one in {"scheduled", "sending", "sent", "unknown"})


def test_a_waiver_stands_until_it_is_said_anew_or_taken_back_by_the_magazines_clocks() -> None:
    first, again = (
        ledger("waived", code="size-gmail", content="a" * 64, where="email.html", by=name, note="we know")[0]
        for name in ("Ann Roe", "Bea Lind")
    )
    other = ledger("waived", code="size-gmail", content="b" * 64, by="Ann Roe")[0]
    told = waivers((first, other, again, *ledger("approved", "sent")), ZoneInfo("Europe/London"))
    assert [(each.by, each.content[0], each.where, each.why) for each in told] == [
        ("Ann Roe", "b", "", ""),
        ("Bea Lind", "a", "email.html", "we know"),
    ]
    assert told[0].at.isoformat() == "2024-10-25T13:00:00+01:00"
    back = ledger("unwaived", code="size-gmail", content="a" * 64)[0]
    assert [each.content[0] for each in waivers((first, other, back), UTC)] == ["b"]
    assert len(waivers((back, first, ledger("unwaived", code="size-near", content="a" * 64)[0]), UTC)) == 1


def test_what_was_sent_is_told_from_the_ledger() -> None:
    span = {"start": NOON - timedelta(weeks=1), "end": NOON}
    issue = sent_issue("2024-W43", ledger("approved", "sent", carried=(ONE, TWO), **span))
    assert issue is not None
    assert (issue.label, issue.start, issue.end) == ("2024-W43", span["start"], NOON)
    assert issue.sent_at == NOON + timedelta(hours=1)
    assert issue.carried == (ONE, TWO)


@pytest.mark.parametrize("kinds", ["", "approved scheduled@mc", "sent unsent", "sending@mc unknown@mc"])
def test_what_was_not_sent_is_no_sent_issue(kinds: str) -> None:
    assert sent_issue("2024-W43", ledger(*kinds.split())) is None


def test_several_sendings_are_one_issue_with_all_that_they_carried() -> None:
    span = {"start": NOON - timedelta(weeks=1), "end": NOON}
    events = [
        *ledger("sent@mc", carried=(ONE, TWO), **span),
        *ledger("draft@smtp", "sent@smtp", carried=(TWO, THREE), **span),
    ]
    issue = sent_issue("2024-W43", events)
    assert issue is not None
    assert (issue.carried, issue.sent_at) == ((ONE, TWO, THREE), NOON)


def test_taking_back_leaves_what_a_service_sent() -> None:
    span = {"start": NOON - timedelta(weeks=1), "end": NOON}
    by_hand = ledger("sent", carried=(ONE,), **span)
    events = [*by_hand, *ledger("sent@mc", carried=(TWO,), **span), *ledger("unsent")]
    issue = sent_issue("2024-W43", events)
    assert issue is not None
    assert issue.carried == (TWO,)


@pytest.mark.parametrize("known", ["start", "end"])
def test_a_sending_without_its_window_is_told(known: str) -> None:
    with pytest.raises(IssueError, match=r"2024-W43: .*not for which window \(hint: ") as caught:
        sent_issue("2024-W43", ledger("sent", **{known: NOON}))
    assert caught.value.where == "2024-W43"


@given(st.lists(st.sampled_from([*get_args(EventKind), "sent@mc", "unknown@mc"]), max_size=12))
def test_whatever_happened_what_was_sent_is_locked(kinds: list[str]) -> None:
    events = ledger(*kinds, start=NOON, end=NOON)
    assert state(events) in get_args(State)
    assert locked(events) or sent_issue("2024-W43", events) is None
