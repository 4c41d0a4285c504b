"""The mailer `folder`: files to paste into a service by hand."""

from dataclasses import dataclass
from pathlib import Path

from digest.disk import explain, make_folder, replace
from digest.mailers.message import Terms, content_hash, make_message
from digest.model.finding import Receipt
from digest.model.issue import Issue
from digest.model.message import Message, Rendered
from digest.model.tags import SERVICES


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderMailer:
    """Writes `email.html`, `email.txt` and `README.txt` into `out/KEY-SERVICE/`."""

    terms: Terms
    out: Path

    def message(self, issue: Issue, rendered: Rendered) -> Message:
        """Return the message with the service's own tags."""
        return make_message(issue, rendered, self.terms)

    def save(self, message: Message) -> Receipt:
        """Write the files; doing it again replaces them."""
        folder = self.out / f"{message.key}-{message.service}"
        files = {
            "email.html": message.html,
            "email.txt": message.text,
            "README.txt": _note(message, SERVICES[self.terms.service].paste),
        }
        try:
            make_folder(folder)
            for name, content in files.items():
                replace(folder / name, content.encode())
        except OSError as error:
            raise explain(error, folder, "the message cannot be written") from error
        content = content_hash(message)
        return Receipt(service=message.service, remote_id=str(folder), state="written", content=content)


def _note(message: Message, paste: str) -> str:
    return (
        f"Subject:   {message.subject}\n"
        f"Preheader: {message.preheader}\n\n"
        f"{paste}\n"
        "Send a test to yourself first. When it went out, tell Digest: digest sent ISSUE\n"
    )
