"""Mailers: a file each; an issue is made a message and handed over."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from digest.errors import MailerError
from digest.mailers.eml import EmlMailer
from digest.mailers.folder import FolderMailer
from digest.mailers.message import Terms
from digest.ports import Files

_OPEN: dict[str, Callable[[Terms, Path, datetime], Files]] = {
    "folder": lambda terms, out, _: FolderMailer(terms=terms, out=out),
    "eml": lambda terms, out, date: EmlMailer(terms=terms, out=out, date=date),
}
MAILERS = tuple(_OPEN)
"""The names that `digest deliver --to` takes."""


def open_mailer(name: str, terms: Terms, out: Path, date: datetime) -> Files:
    """Return the mailer called `name`, which writes below `out`.

    Raises:
        MailerError: there is no such mailer.

    """
    if name not in _OPEN:
        raise MailerError(f"there is no mailer {name!r}", where="--to", hint=f"one of: {', '.join(MAILERS)}")
    return _OPEN[name](terms, out, date)
