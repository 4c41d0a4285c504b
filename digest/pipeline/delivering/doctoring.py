"""Doctoring: what stands in the way of handing an issue over, before there is one."""

from collections.abc import Iterator

from digest.errors import DigestError
from digest.mailers.message import Terms
from digest.model.finding import Finding
from digest.model.tags import SERVICES
from digest.pipeline.delivering.opening import opened, service_of
from digest.pipeline.handing import terms
from digest.pipeline.newsroom import Newsroom

_WHERE = "digest.toml: mailer"


def doctor(room: Newsroom, name: str = "") -> tuple[Finding, ...]:
    """Return what is wrong with how mails are to go out; the service `name` is asked, and nothing is changed there.

    Without a name it is the service of digest.toml; where Digest does not talk to that, what digest.toml says is all.
    """
    told = terms(room, "")
    return (*_written(told), *_asked(room, name))


def _written(told: Terms) -> Iterator[Finding]:
    """Yield what the law or every mail provider wants and digest.toml does not say."""
    tags = SERVICES[told.service]
    if not told.sender.address:
        yield _missing("mailer-sender", "says no address that the mail is from", "write sender_address")
    if not (tags.unsubscribe or told.values.get("unsubscribe")):
        yield _missing("mailer-unsubscribe", "nobody could unsubscribe", "set service, or unsubscribe_url")
    if not (tags.address or told.values.get("address")):
        message = "the mail would say no postal address, which the law of many countries wants"
        yield _missing("mailer-address", message, "write address under [magazine]")


def _missing(code: str, message: str, hint: str) -> Finding:
    return Finding(code=code, level="error", message=message, where=_WHERE, hint=hint)


def _asked(room: Newsroom, name: str) -> Iterator[Finding]:
    """Yield what the service says of key, list, sender and template."""
    if room.config.mailer.service == "none" and not name:
        message = "names no service: files are all that Digest can make of an issue"
        yield Finding(code="mailer-none", level="note", message=message, where=_WHERE)
        return
    try:
        with opened(room, "", service_of(room, name)) as mailer:
            yield from mailer.check()
    except DigestError as error:
        message, where = error.message, error.where or _WHERE
        yield Finding(code="mailer-set-up", level="error", message=message, where=where, hint=error.hint)
