"""Truth: what the mailing service itself says of an issue, beside what the ledger says."""

from dataclasses import dataclass, replace

from digest.errors import DigestError, MailerError
from digest.handover.progress import Progress, Stage, progress
from digest.issues.folder import LEDGER, IssueFolder
from digest.issues.ledger import read_events
from digest.model.mailer import Remote
from digest.pipeline.delivering import channel_of
from digest.pipeline.newsroom import Newsroom
from digest.ports import Mailer


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """`known` is the ledger's word, `remote` the service's; None: it has nothing of ours, or `error` says why not.

    `differs`, in words, is what the two say otherwise; "" where they agree.
    """

    service: str
    account: str
    known: Progress
    remote: Remote | None = None
    error: str = ""
    differs: str = ""


def truth(room: Newsroom, folder: IssueFolder, mailer: Mailer) -> Truth:
    """Ask the service for its object of an issue; nothing is changed, neither there nor here."""
    known = progress(read_events(folder.path / LEDGER), channel_of(room, mailer))
    told = Truth(service=mailer.name, account=mailer.account, known=known)
    if not mailer.can.asked:
        return replace(told, error="it cannot be asked")
    try:
        remote = mailer.find(f"{room.newsletter.name}-{folder.label}")
    except MailerError as error:
        return replace(told, error=str(error))
    return replace(told, remote=remote, differs=_differs(known, remote))


def unasked(room: Newsroom, error: DigestError) -> Truth:
    """Return what is known of a service that cannot be asked as things stand here."""
    return Truth(service=room.config.mailer.service, account="", known=Progress(), error=str(error))


def _differs(known: Progress, remote: Remote | None) -> str:
    """Return what the service says otherwise than the ledger."""
    here = _STAGES[known.stage]
    there = "nothing" if remote is None else _STAGES["sent" if remote.state == "sending" else remote.state]
    if here == there or {here, there} == {"nothing", "a failure"}:
        return ""
    return f"the ledger says {here}, the service has {there}"


_STAGES: dict[Stage, str] = {
    "none": "nothing",
    "draft": "a draft",
    "scheduling": "an attempt to schedule",
    "scheduled": "a scheduled issue",
    "sending": "an attempt to send",
    "sent": "a sent issue",
    "failed": "a failure",
    "unknown": "that nobody knows",
}
