"""What the services have in common: which of their objects is ours, what they answer, how they say an instant."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

from digest.config.schema import MailerTable
from digest.errors import AmbiguousError, ConfigError, MailerError, RefusedError, UnsentError
from digest.model.finding import Finding
from digest.model.mailer import Remote
from digest.web.replies import Reply
from digest.wire import WireError, from_mapping

T = TypeVar("T")

PAGES = 400
"""Pages of a service's objects that are looked through at most: at 50 a page, 20,000 issues."""
_KEY = (401, 403)


def ours(key: str, found: Iterable[Remote]) -> Remote | None:
    """Return the one object that is called `key`; of several the one that readers have had, or are about to have.

    Raises:
        MailerError: there are two that nobody has had, or two that somebody has.

    """
    remotes = tuple({remote.id: remote for remote in found}.values())
    gone = tuple(remote for remote in remotes if remote.state not in {"draft", "failed"})
    candidates = gone or tuple(remote for remote in remotes if remote.state == "draft") or remotes
    if len(candidates) > 1:
        named = " and ".join(sorted(f"{remote.id} ({remote.url})" for remote in candidates))
        hint = "delete at the service the one that is not meant, and do it again"
        raise MailerError(f"the service has {len(candidates)} of this name: {named}", where=key, hint=hint)
    return candidates[0] if candidates else None


def account_of(table: MailerTable, site: str) -> str:
    """Return which account is meant, by its address and its key's variable, and which of its lists or segments."""
    part = f"segment {table.segment}" if table.segment else f"list {table.audience}"
    return f"{table.url or site} {table.key} {part}"


def state_of(states: dict[str, T], said: str, where: str) -> T:
    """Return what a service's word for a state means.

    Raises:
        MailerError: it is a word that nobody told of; nothing is guessed from it.

    """
    if said not in states:
        hint = "look at it there; Digest does nothing about it"
        raise MailerError(f"the service says a state that Digest does not know: {said!r}", where=where, hint=hint)
    return states[said]


def endless(where: str) -> MailerError:
    """Return the error that a service has more pages of objects than are looked through."""
    return MailerError(f"the service has more than {PAGES} pages of them", where=where, hint="delete old ones there")


def shaped(said: Any, kind: type[T], where: str) -> T:  # noqa: ANN401 - JSON as it came
    """Return the `kind` that an answer's JSON holds; what else it says is left out.

    Raises:
        AmbiguousError: it is another answer than the service documents, so that nobody knows what it did.

    """
    try:
        return from_mapping(said, kind)
    except WireError as error:
        raise AmbiguousError(f"the service answered something else: {error.message}", where=where) from error


def looked(code: str, ask: Callable[[], Iterable[Finding]]) -> tuple[Finding, ...]:
    """Return what `ask` finds; that it says no, or nothing, is a finding too (`code` for a no)."""
    try:
        return tuple(ask())
    except MailerError as error:
        if isinstance(error, RefusedError) and error.status in _KEY:
            code = "mailer-key"
        elif isinstance(error, UnsentError | AmbiguousError):
            code = "mailer-unreached"
        return (Finding(code=code, level="error", message=error.message, where=error.where, hint=error.hint),)


def whole(said: str, key: str) -> int:
    """Return the number that digest.toml says under `mailer.key`.

    Raises:
        ConfigError: it is none.

    """
    if not said.isascii() or not said.isdecimal():
        hint = "the service shows it where the list, the segment or the template is"
        raise ConfigError(f"is not a number: {said!r}", where=f"digest.toml: mailer.{key}", hint=hint)
    return int(said)


def instant(said: str | None) -> datetime | None:
    """Return the instant that a service says in ISO 8601; UTC where it says no zone; None where it says nothing.

    Raises:
        AmbiguousError: what it says is none.

    """
    if not said:
        return None
    try:
        at = datetime.fromisoformat(said)
    except ValueError as error:
        raise AmbiguousError(f"the service says an instant that is none: {said!r}") from error
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def is_due(at: datetime | None, reply: Reply) -> bool:
    """Tell whether an instant had come when a service answered, by its own clock: what is scheduled for now is sent."""
    try:
        return at is not None and at <= parsedate_to_datetime(reply.headers.get("date", ""))
    except (ValueError, TypeError):  # it does not say; or without a zone
        return False


def saying(at: datetime) -> str:
    """Return an instant as every service takes it: `2024-10-25T07:00:00Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def named(sender_name: str, address: str) -> str:
    """Return a sender as services take it in one field: the name quoted, its letters as they are."""
    quoted = sender_name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}" <{address}>' if sender_name else address
