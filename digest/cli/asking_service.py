"""What `digest status` asks of the mailing service, and of the stories of an issue that is not sent yet."""

from dataclasses import replace
from typing import TYPE_CHECKING

from digest.cli.clock import now
from digest.cli.sending import fresh

if TYPE_CHECKING:
    from digest.cli.screen import Screen
    from digest.issues.folder import IssueFolder
    from digest.pipeline.approving import Status
    from digest.pipeline.delivering.truth import Truth
    from digest.pipeline.newsroom import Newsroom


def asked_again(screen: "Screen", room: "Newsroom", folder: "IssueFolder") -> tuple[str, ...]:
    """Ask the stories of an issue that a service is to send what they say now; return what is otherwise, in words."""
    from digest.pipeline.delivering.opening import TALKED_TO
    from digest.pipeline.handing import state_of

    if room.config.mailer.service not in TALKED_TO or state_of(folder) in {"sent", "unknown"}:
        return ()
    told = fresh(screen, room, folder)
    for words in told.unknown:
        screen.warn(f"warning: nobody knows whether it has changed: {words}")
    return told.changed


def with_service(room: "Newsroom", folder: "IssueFolder", told: "Status", changed: tuple[str, ...]) -> "Status":
    """Return the status with what the service says; as it is where there is none that Digest talks to.

    `changed` is what the stories say otherwise now; of an issue that may still be built the status says it already.
    """
    from digest.handover import LOCKED
    from digest.pipeline.delivering.opening import TALKED_TO

    if room.config.mailer.service not in TALKED_TO:
        return told
    truth = _truth(room, folder)
    reasons = list(told.to_decide)
    if truth.differs:
        reasons.append(f"{truth.differs}: digest deliver {folder.label} --to {truth.service} writes down what it says")
    if told.state in LOCKED:
        reasons += [f"changed at its source since it was built: {words}" for words in changed]
    return replace(told, service=truth, to_decide=tuple(reasons))


def _truth(room: "Newsroom", folder: "IssueFolder") -> "Truth":
    from digest.errors import DigestError
    from digest.pipeline.delivering.opening import opened, service_of
    from digest.pipeline.delivering.truth import truth, unasked

    try:
        with opened(room, folder.label, service_of(room, ""), now=now) as mailer:
            return truth(room, folder, mailer)
    except DigestError as error:
        return unasked(room, error)


def in_words(room: "Newsroom", truth: "Truth") -> str:
    """Return what the service says, on a line."""
    if truth.error:
        return f"{truth.service}: {truth.error}"
    if truth.remote is None:
        return f"{truth.service}: it has nothing of this issue"
    at = truth.remote.at
    when = f" {room.speller.day(at)}, {room.speller.moment(at)}" if at else ""
    more = ", ".join(part for part in (truth.remote.note, truth.remote.url) if part)
    return f"{truth.service}: {truth.remote.state}{when}" + (f", {more}" if more else "")
