"""The hand-over's rules: what state an issue is in, and what readers have had. A fold over its ledger, no more."""

from collections.abc import Sequence
from datetime import tzinfo

from digest.errors import IssueError
from digest.model.finding import Waiver
from digest.model.issue import Correction
from digest.model.ledger import Event, State
from digest.model.selection import SentIssue

LOCKED: frozenset[State] = frozenset({"scheduled", "sending", "sent", "unknown"})
"""The states in which an issue's files stay as they are."""


def state(events: Sequence[Event]) -> State:
    """Return the state after `events`, in the ledger's order.

    What was sent stays sent, whatever else is tried or fails, until that is taken back. A hand-over that is under way
    or of unknown outcome shows until it is settled: preparing another meanwhile settles nothing, nor does a note that
    the issue was sent by hand. What is called off or settled goes back to the last step of preparation.
    """
    prepared: State = "built"
    now: State = "built"
    for event in events:
        match event.event:
            case "approved" | "draft" | "tested":
                prepared = event.event
                now = now if now in LOCKED else prepared
            case "scheduled" | "sending" | "failed" | "unknown":
                now = event.event
            case "scheduling":  # until its outcome is known, it may go out
                now = "sending"
            case "sent":
                now = prepared if event.service else now
            case "cancelled":
                now = prepared if now in {"scheduled", "sending"} else now
            case "resolved":
                now = prepared
            case _:  # waivers and corrections move nothing, and `unsent` is for `_sends` to weigh
                pass
    return "sent" if _sends(events) and now not in LOCKED else now


def locked(events: Sequence[Event]) -> bool:
    """Tell whether the issue's files must stay as they are: it is scheduled, being sent, sent, or nobody knows."""
    return state(events) in LOCKED


def waivers(events: Sequence[Event], zone: tzinfo) -> tuple[Waiver, ...]:
    """Return the errors that a person has waived, the first first, each with its time by the clocks of `zone`.

    Of two for the same content the later one stands; `unwaived` takes both back.
    """
    standing: dict[tuple[str, str], Waiver] = {}
    for event in events:
        if event.event in {"waived", "unwaived"}:
            standing.pop((event.code, event.content), None)
        if event.event == "waived":
            standing[event.code, event.content] = Waiver(
                code=event.code,
                content=event.content,
                where=event.where,
                by=event.by,
                at=event.at.astimezone(zone),
                why=event.note,
            )
    return tuple(standing.values())


def sent_issue(label: str, events: Sequence[Event]) -> SentIssue | None:
    """Return what readers have had of the issue `label`; None where it was not sent.

    Sent more than once (to several audiences): the window as last recorded, the time of the first sending, and all
    that any of them carried.

    Raises:
        IssueError: the ledger says that it was sent, but not for which window.

    """
    sends = _sends(events)
    if not sends:
        return None
    start, end = sends[-1].start, sends[-1].end
    if start is None or end is None:
        hint = "record it again: digest sent --undo, then digest sent"
        raise IssueError("the ledger says that it was sent, but not for which window", where=label, hint=hint)
    carried = dict.fromkeys(carried for event in sends for carried in event.carried)
    return SentIssue(
        label=label, start=start, end=end, sent_at=min(event.at for event in sends), carried=tuple(carried)
    )


def corrected(events: Sequence[Event]) -> tuple[Event, ...]:
    """Return the corrections that stand, the oldest first; `uncorrected` takes back the last one."""
    standing: list[Event] = []
    for event in events:
        if event.event == "corrected":
            standing.append(event)
        elif event.event == "uncorrected":
            standing = standing[:-1]
    return tuple(standing)


def corrections(events: Sequence[Event], zone: tzinfo) -> tuple[Correction, ...]:
    """Return the corrections that stand as readers see them, each with its day by the clocks of `zone`."""
    return tuple(
        Correction(day=event.at.astimezone(zone).date().isoformat(), text=event.note) for event in corrected(events)
    )


def _sends(events: Sequence[Event]) -> list[Event]:
    """Return the sendings that stand: `unsent` takes back the last one that was recorded by hand."""
    sends: list[Event] = []
    for event in events:
        if event.event == "sent":
            sends.append(event)
        elif event.event == "unsent":
            last = next((sending for sending in reversed(sends) if not sending.service), None)
            sends = [sending for sending in sends if sending is not last]
    return sends
