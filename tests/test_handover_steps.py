"""The table of a hand-over: what is done next, row by row, and that it ends whatever a service says."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.handover import state
from digest.handover.progress import Channel, Progress, Stage, progress
from digest.handover.steps import Aim, Do, Situation, Step, Wish, next_step
from digest.model.ledger import Event, EventKind
from digest.model.mailer import Capabilities, Remote, RemoteState

NOW = datetime(2024, 10, 25, 12, tzinfo=UTC)
FRIDAY, LATER = NOW + timedelta(hours=3), NOW + timedelta(hours=5)
ALL = Capabilities(text=True, drafts=True, test=True, schedule=True, send=True, asked=True)
SMTP = Capabilities(form="mail", text=True, test=True, send=True)
LOGGED = replace(SMTP, resumes=True)
BARE = Capabilities(drafts=True, asked=True)

FRESH = Progress()
DRAFT = Progress(stage="draft", remote_id="7", drafted="c")
TESTED = replace(DRAFT, tested="c")
OLD = Progress(stage="draft", remote_id="7", drafted="b", tested="b")
SCHEDULED = replace(TESTED, stage="scheduled", when=FRIDAY)
ROWS: list[tuple[str, Aim, Progress, RemoteState | None, str]] = [
    # what is wished, what the ledger knows, what the service says, what is done
    ("the first draft is made", "draft", FRESH, None, "create"),
    ("a draft that stands is left alone", "draft", DRAFT, "draft", "nothing done"),
    ("a draft of another content is brought up to date", "draft", OLD, "draft", "update"),
    ("a draft that another checkout made is taken over", "draft", FRESH, "draft", "update"),
    ("a draft that was deleted there is made anew", "draft", DRAFT, None, "create"),
    ("what has failed before is a draft again", "draft", replace(DRAFT, stage="failed"), "draft", "nothing done"),
    ("a test wants a draft", "test", FRESH, None, "create"),
    ("a test wants the draft of now", "test", OLD, "draft", "update"),
    ("a test is sent", "test", DRAFT, "draft", "test"),
    ("a test is sent again", "test", TESTED, "draft", "test"),
    ("nothing untested is sent", "send", DRAFT, "draft", "refuse untested"),
    ("a test of another content is none", "send", replace(DRAFT, tested="b"), "draft", "refuse untested"),
    ("nothing untested is scheduled", "schedule", DRAFT, "draft", "refuse untested"),
    ("what is tested is sent", "send", TESTED, "draft", "send"),
    ("what is tested is scheduled", "schedule", TESTED, "draft", "schedule"),
    ("what is sent first becomes the draft of now", "send", OLD, "draft", "update"),
    ("what is scheduled stays for the same time", "schedule", SCHEDULED, "scheduled", "nothing done"),
    ("what is scheduled stays as it is: a draft", "draft", SCHEDULED, "scheduled", "refuse locked"),
    ("what is scheduled stays as it is: a test", "test", SCHEDULED, "scheduled", "refuse locked"),
    ("what is scheduled stays as it is: a send", "send", SCHEDULED, "scheduled", "refuse locked"),
    ("what is scheduled is called off", "cancel", SCHEDULED, "scheduled", "unschedule"),
    ("what is not scheduled need not be", "cancel", TESTED, "draft", "nothing"),
    ("nothing is called off where nothing is", "cancel", FRESH, None, "nothing"),
    ("what the service calls scheduled is", "send", TESTED, "scheduled", "adopt scheduled"),
    ("what the service has made a draft is one", "send", SCHEDULED, "draft", "adopt draft"),
    ("what was scheduled and is not there is in doubt", "send", SCHEDULED, None, "doubt"),
    ("what was scheduled and has gone out was sent", "draft", SCHEDULED, "sent", "adopt sent"),
    ("what is going out is sent", "send", TESTED, "sending", "adopt sent"),
    ("what another checkout sent is sent", "send", FRESH, "sent", "adopt sent"),
    ("what was sent is not sent again", "send", replace(TESTED, stage="sent"), "sent", "nothing sent"),
    ("nor where the service calls it a draft", "send", replace(TESTED, stage="sent"), "draft", "nothing sent"),
    ("nor where it has forgotten it", "send", replace(TESTED, stage="sent"), None, "nothing sent"),
    ("nor where it says that it failed", "send", replace(TESTED, stage="sent"), "failed", "nothing sent"),
    ("what was sent is not called back", "cancel", replace(TESTED, stage="sent"), "sent", "refuse sent"),
    ("what was broken off and is a draft is one", "send", replace(TESTED, stage="sending"), "draft", "adopt draft"),
    ("what was broken off and was sent is", "send", replace(TESTED, stage="sending"), "sent", "adopt sent"),
    ("what was broken off and is gone is in doubt", "send", replace(TESTED, stage="sending"), None, "doubt"),
    (
        "a broken scheduling is asked for",
        "schedule",
        replace(TESTED, stage="scheduling"),
        "scheduled",
        "adopt scheduled",
    ),
    ("a broken scheduling came to nothing", "schedule", replace(TESTED, stage="scheduling"), "draft", "adopt draft"),
    ("a broken scheduling is in doubt", "cancel", replace(TESTED, stage="scheduling"), None, "doubt"),
    ("what nobody knows is a person's to say", "send", replace(TESTED, stage="unknown"), "draft", "refuse unknown"),
    ("for every wish", "draft", replace(TESTED, stage="unknown"), None, "refuse unknown"),
    ("unless the service knows: sent", "send", replace(TESTED, stage="unknown"), "sent", "adopt sent"),
    ("unless the service knows: scheduled", "send", replace(TESTED, stage="unknown"), "scheduled", "adopt scheduled"),
    ("what the service could not send has failed", "send", TESTED, "failed", "adopt failed"),
    ("and is looked at there", "send", replace(TESTED, stage="failed"), "failed", "refuse failed"),
]


def step(text: str) -> Step:
    """Read "adopt sent" or "refuse unknown"."""
    do, _, more = text.partition(" ")
    for known in get_args(Do):
        if known == do:
            return Step(do=known, stage=more) if do == "adopt" else Step(do=known, why=more)  # type: ignore[arg-type]
    raise AssertionError(text)


def remote(told: RemoteState | None) -> Remote | None:
    return Remote(id="7", state=told, at=FRIDAY if told == "scheduled" else None) if told else None


def situation(aim: Aim, known: Progress, told: RemoteState | None, **fields: object) -> Situation:
    wish = Wish(aim=aim, at=FRIDAY if aim == "schedule" else None)
    plain = Situation(wish=wish, progress=known, remote=remote(told), can=ALL, content="c")
    return replace(plain, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_the_next_step(row: tuple[str, Aim, Progress, RemoteState | None, str]) -> None:
    _, aim, known, told, expected = row
    assert next_step(situation(aim, known, told)) == step(expected)


@pytest.mark.parametrize("aim", get_args(Aim))
def test_what_a_service_cannot_do_is_refused_before_all_else(aim: Aim) -> None:
    """Whatever the ledger says."""
    nothing = Capabilities(asked=True)
    for known in (FRESH, TESTED, SCHEDULED, replace(TESTED, stage="sent")):
        assert next_step(situation(aim, known, "draft", can=nothing)) == step("refuse unsupported")


def test_a_service_that_keeps_no_draft_is_given_none() -> None:
    assert next_step(situation("test", FRESH, None, can=SMTP)) == step("test")
    assert next_step(situation("send", FRESH, None, can=SMTP)) == step("refuse untested")
    assert next_step(situation("send", Progress(tested="c"), None, can=SMTP)) == step("send")
    assert next_step(situation("draft", FRESH, None, can=SMTP)) == step("refuse unsupported")


def test_a_service_that_cannot_test_is_not_waited_for() -> None:
    can = replace(BARE, send=True, schedule=True)
    assert next_step(situation("send", DRAFT, "draft", can=can)) == step("send")
    assert next_step(situation("send", DRAFT, "draft", test_first=False)) == step("send")


def test_what_nobody_can_ask_is_in_doubt_unless_every_recipient_is_written_down() -> None:
    broken = Progress(stage="sending", tested="c")
    assert next_step(situation("send", broken, None, can=SMTP)) == step("doubt")
    assert next_step(situation("send", broken, None, can=LOGGED)) == step("send")
    assert next_step(situation("test", broken, None, can=LOGGED)) == step("refuse locked")
    assert next_step(situation("send", broken, None, can=LOGGED, done=True)) == step("nothing done")


def test_nothing_goes_to_readers_that_nobody_has_approved() -> None:
    for aim in ("send", "schedule"):
        assert next_step(situation(aim, FRESH, None, approved=False)) == step("refuse unapproved")
        assert next_step(situation(aim, TESTED, "draft", approved=False)) == step("refuse unapproved")
    assert next_step(situation("test", DRAFT, "draft", approved=False)) == step("test")
    assert next_step(situation("draft", FRESH, None, approved=False)) == step("create")


def test_what_was_wished_is_done_once() -> None:
    assert next_step(situation("test", TESTED, "draft", done=True)) == step("nothing done")
    assert next_step(situation("send", SCHEDULED, "scheduled", done=True)) == step("nothing done")
    assert next_step(situation("send", replace(TESTED, stage="failed"), "failed", done=True)) == step("refuse failed")


def test_another_time_than_is_scheduled_is_refused_and_one_that_the_service_changed_is_written_down() -> None:
    wish = Wish(aim="schedule", at=LATER)
    assert next_step(situation("schedule", SCHEDULED, "scheduled", wish=wish)) == step("refuse locked")
    moved = Remote(id="7", state="scheduled", at=LATER)
    assert next_step(situation("schedule", SCHEDULED, "scheduled", remote=moved)) == step("adopt scheduled")
    silent = Remote(id="7", state="scheduled")
    assert next_step(situation("schedule", SCHEDULED, "scheduled", remote=silent)) == step("nothing done")


HERE = Channel(service="quay", account="one", audience="readers")


def event(kind: EventKind, **fields: object) -> Event:
    plain = Event(event=kind, at=NOW, service="quay", account="one", audience="readers", remote_id="7", content="c")
    return replace(plain, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("events", "known"),
    [
        ([], Progress()),
        (["draft"], DRAFT),
        (["draft", "tested"], TESTED),
        (["tested"], Progress(tested="c")),
        (["draft", "tested", "scheduling"], replace(SCHEDULED, stage="scheduling")),
        (["draft", "tested", "scheduling", "scheduled"], SCHEDULED),
        (["draft", "tested", "scheduling", "scheduled", "cancelled"], TESTED),
        (["draft", "tested", "sending"], replace(TESTED, stage="sending")),
        (["draft", "tested", "sending", "unknown"], replace(TESTED, stage="unknown")),
        (["draft", "tested", "sending", "unknown", "resolved"], TESTED),
        (["draft", "tested", "sending", "failed"], replace(TESTED, stage="failed")),
        (["draft", "tested", "sending", "failed", "draft"], TESTED),
        (["draft", "tested", "sending", "sent"], replace(TESTED, stage="sent")),
        (["sending", "attempting", "accepted", "refused", "deferred"], Progress(stage="sending", remote_id="7")),
        (["sending", "unknown", "resolved"], Progress(remote_id="7")),
    ],
)
def test_progress_is_a_fold_over_the_events_of_one_channel(events: list[EventKind], known: Progress) -> None:
    told = [event(kind, when=FRIDAY if kind in {"scheduling", "scheduled"} else None) for kind in events]
    elsewhere = [replace(each, audience="others") for each in told]
    assert progress([*told, *elsewhere], HERE) == known
    assert progress(elsewhere, HERE) == Progress()


def test_an_issue_that_is_being_scheduled_is_locked_until_its_outcome_is_known() -> None:
    assert state([event("draft"), event("scheduling")]) == "sending"
    assert state([event("draft"), event("scheduling"), event("scheduled")]) == "scheduled"
    assert state([event("draft"), event("scheduling"), event("cancelled")]) == "draft"
    assert state([event("draft"), event("sending"), event("cancelled")]) == "draft"


stages = st.sampled_from(get_args(Stage))


@given(
    aim=st.sampled_from(get_args(Aim)),
    known=st.builds(
        Progress, stage=stages, remote_id=st.sampled_from(["", "7"]), drafted=st.sampled_from(["", "b", "c"])
    ),
    told=st.sampled_from([None, *get_args(RemoteState)]),
    can=st.sampled_from([ALL, SMTP, LOGGED, BARE]),
)
def test_no_hand_over_goes_round_in_a_circle_and_none_sends_twice(
    aim: Aim, known: Progress, told: RemoteState | None, can: Capabilities
) -> None:
    """A service that does what it is told: the steps end, with at most one sending, none of what was sent."""
    told = told if can.asked else None
    now = situation(aim, known, told, can=can, test_first=False)
    told_to_send = 0
    for _ in range(8):
        taken = next_step(now)
        if taken.do in {"nothing", "refuse"}:
            break
        told_to_send += taken.do in {"send", "schedule"}
        now = replace(_after(now, taken), done=now.done or taken.do in {aim, "unschedule"})
    else:
        pytest.fail("it does not end")
    assert told_to_send <= (aim in {"send", "schedule"})
    if known.stage in {"sent", "unknown"} or told in {"sent", "sending"}:
        assert told_to_send == 0


def _after(now: Situation, taken: Step) -> Situation:
    """Return the situation after a step that went well."""
    known = now.progress
    asked = now.can.asked
    changed: dict[str, tuple[Progress, Remote | None]] = {
        "create": (replace(known, stage="draft", remote_id="7", drafted="c"), remote("draft")),
        "update": (replace(known, stage="draft", remote_id="7", drafted="c"), remote("draft")),
        "adopt": (replace(known, stage=taken.stage, when=now.remote.at if now.remote else None), now.remote),
        "doubt": (replace(known, stage="unknown"), now.remote),
        "unschedule": (replace(known, stage="draft", when=None), remote("draft")),
        "schedule": (replace(known, stage="scheduled", when=FRIDAY), remote("scheduled")),
        "send": (replace(known, stage="sent"), remote("sent") if asked else None),
        "test": (replace(known, tested="c"), now.remote),
    }
    known, told = changed[taken.do]
    return replace(now, progress=known, remote=told)
