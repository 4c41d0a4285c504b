"""The mailer `eml`: one file that any mail program opens and sends."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from digest.disk import explain, make_folder, replace
from digest.errors import MailerError
from digest.mailers.mail import Heading, mail
from digest.mailers.message import RECIPIENT, Terms, content_hash, make_message
from digest.model.finding import Receipt
from digest.model.issue import Issue
from digest.model.message import Message, Rendered
from digest.model.tags import SERVICES


@dataclass(frozen=True, slots=True, kw_only=True)
class EmlMailer:
    """Writes `out/KEY.eml`, for a service `out/KEY-SERVICE.eml`; `date` is what its Date header says.

    Where no service is to send it, it says which list it is of and by which address of `digest.toml` one leaves that.
    """

    terms: Terms
    out: Path
    date: datetime

    def message(self, issue: Issue, rendered: Rendered) -> Message:
        """Return the message with the service's own tags."""
        return make_message(issue, rendered, self.terms)

    def save(self, message: Message) -> Receipt:
        """Write the file; doing it again replaces it."""
        service = "" if message.service == "none" else f"-{message.service}"
        path = self.out / f"{message.key}{service}.eml"
        content = mail(message, self._heading())
        try:
            make_folder(self.out)
            replace(path, content)
        except OSError as error:
            raise explain(error, path, "the message cannot be written") from error
        return Receipt(service="eml", remote_id=str(path), state="written", content=content_hash(message))

    def _heading(self) -> Heading:
        is_list = SERVICES[self.terms.service].unsubscribe is None
        address = self.terms.values.get("unsubscribe", "")
        if RECIPIENT in address:
            hint = "--service none takes the unsubscribe_url of [mailer]"
            raise MailerError("a file has no reader for {recipient}", where="digest.toml: smtp", hint=hint)
        return Heading(date=self.date, is_list=is_list, leave=(address,) if address else ())
