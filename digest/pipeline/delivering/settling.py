"""Settling: a person says of a sending whose outcome nobody knows whether it took place."""

from digest.errors import IssueError
from digest.issues.folder import LEDGER, IssueFolder
from digest.issues.ledger import read_events
from digest.mailers.message import content_hash
from digest.pipeline.delivering import channel_of
from digest.pipeline.delivering.log import Log
from digest.pipeline.handing import rendered_of
from digest.pipeline.newsroom import Newsroom
from digest.pipeline.waiving import Said
from digest.ports import Mailer


def settle(room: Newsroom, folder: IssueFolder, mailer: Mailer, said: Said, *, was_sent: bool) -> None:
    """Write down what a person has found out at the service.

    Raises:
        IssueError: nothing is unknown: there is no such issue, or how it is, is known.

    """
    folder.must_exist()
    with folder.exclusive():
        issue = folder.read()
        log = Log(
            path=folder.path / LEDGER,
            channel=channel_of(room, mailer),
            said=said,
            issue=issue,
            content=content_hash(mailer.message(issue, rendered_of(folder, issue))),
            events=list(read_events(folder.path / LEDGER)),
        )
        if log.progress.stage not in {"unknown", "sending", "scheduling"}:
            hint = f"see how it is: digest status {folder.label}"
            raise IssueError(f"there is nothing to settle at {mailer.name}", where=folder.label, hint=hint)
        log.add("sent" if was_sent else "resolved", note=said.why or "settled by hand")
