"""The mailer `ghost`: a post that goes to one newsletter's members as mail alone, known by its slug.

Facts measured at Ghost 6.65. Ghost takes no test from an integration, and puts its own frame around what it is given:
it gets the body, with the style blocks. A key is `ID:SECRET`, of a custom integration's Admin API.
"""

import hashlib
import hmac
import re
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import quote

from digest.config.schema import MailerTable
from digest.errors import AmbiguousError, MailerUnsupportedError, RefusedError, UnsentError
from digest.mailers.message import Terms, make_message
from digest.mailers.remote import instant, looked, saying, shaped, state_of
from digest.model.finding import Finding
from digest.model.issue import Issue
from digest.model.mailer import Capabilities, Remote, RemoteState
from digest.model.message import Message, Rendered
from digest.web.api import Api
from digest.wire import to_json

CAN: Final = Capabilities(form="fragment", drafts=True, schedule=True, send=True, asked=True, native_preheader=True)
_ADMIN: Final = "/ghost/api/admin"
_STATES: dict[str, RemoteState] = {
    "draft": "draft",
    "scheduled": "scheduled",
    "published": "sent",
    "sent": "sent",
}
_MAILS: dict[str, RemoteState] = {
    "pending": "sending",
    "submitting": "sending",
    "submitted": "sent",
    "failed": "failed",
}
"""What became of the mail of a post that was published."""
_BODY: Final = re.compile(r"<body\b[^>]*>(.*)</body>", re.DOTALL)
_STYLE: Final = re.compile(r"<style\b.*?</style>", re.DOTALL)
_TOKEN: Final = re.compile(r"(?<=%)&#123;")
"""The brace of a story's `%%{…}%%`: Ghost reads references as what they stand for, and fills in what it finds then."""
_NOT_FOUND: Final = 404
_KEPT: Final = 120.0
"""Seconds for which a token is said again; Ghost believes one for at most 300."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mail:
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Post:
    id: str
    status: str
    slug: str = ""
    updated_at: str = ""
    published_at: str | None = None
    email: _Mail | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Posts:
    posts: tuple[_Post, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Newsletter:
    slug: str
    status: str = "active"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Newsletters:
    newsletters: tuple[_Newsletter, ...]


class Signer:
    """Makes of a key the token that Ghost believes for five minutes, by Ghost's own clock: ours may go wrong."""

    def __init__(self, table: MailerTable) -> None:
        self._site = table.url.rstrip("/")
        self._said: dict[str, tuple[float, str]] = {}

    def __call__(self, key: str) -> str:
        """Return a token.

        Raises:
            RefusedError: the key is none of Ghost's Admin API.
            UnsentError: Ghost does not say what time it is.

        """
        at, token = self._said.get(key, (0.0, ""))
        if not token or time.monotonic() - at > _KEPT:
            at, token = time.monotonic(), _token(key, self._now())
            self._said[key] = (at, token)
        return token

    def _now(self) -> int:
        with Api(self._site) as api:
            date = api.read(f"{_ADMIN}/site/").headers.get("date", "")
        try:
            return int(parsedate_to_datetime(date).timestamp())
        except ValueError as error:
            raise UnsentError("Ghost does not say what time it is", where=self._site) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Ghost:
    """Hands over to the newsletter whose slug is `table.audience`; `table.segment` is Ghost's filter of its members."""

    terms: Terms
    table: MailerTable
    api: Api
    name: str = "ghost"
    can: Capabilities = CAN

    @property
    def account(self) -> str:
        """The site, the newsletter and the segment."""
        segment = f" segment {self.table.segment}" if self.table.segment else ""
        return f"{self.table.url.rstrip('/')} newsletter {self.table.audience}{segment}"

    def message(self, issue: Issue, rendered: Rendered) -> Message:
        """Return the message with Ghost's tags: its HTML is the body, behind the style blocks."""
        made = make_message(issue, rendered, self.terms)
        body = _BODY.search(made.html)
        styles = "".join(_STYLE.findall(made.html.partition("<body")[0]))
        fragment = styles + (body[1] if body else made.html)
        return replace(made, html=_TOKEN.sub("&#8288;&#123;", fragment))

    def check(self) -> tuple[Finding, ...]:
        """Ask for the newsletter; of a key that it does not know Ghost says 400, as of nothing else that is asked."""
        found = looked("mailer-list", self._newsletter)
        return tuple(replace(each, code="mailer-key") if "answered 400" in each.message else each for each in found)

    def find(self, key: str) -> Remote | None:
        """Return the post whose slug is `key`; Ghost has one of a slug at most, and writes it in small letters."""
        path = f"{_ADMIN}/posts/slug/{quote(key.lower(), safe='')}/?include=email"
        try:
            return self._answered(self.api.read(path).json, path)
        except RefusedError as error:
            if error.status != _NOT_FOUND:
                raise
            return None

    def save(self, message: Message, remote: Remote | None) -> Remote:
        """Create the draft, or update it; one that somebody has changed meanwhile is refused (409)."""
        post: dict[str, object] = {
            "title": message.subject,
            "slug": message.key.lower(),
            "html": f"<!--kg-card-begin: html-->\n{message.html}\n<!--kg-card-end: html-->",
            "custom_excerpt": message.preheader or None,
            "email_only": True,
            "status": "draft",
        }
        if remote:
            return self._put(remote, post, "?source=html&include=email")
        path = f"{_ADMIN}/posts/?source=html"
        dry = {"posts": [{"id": "NEW", "status": "draft", "slug": message.key.lower()}]}
        return self._answered(self.api.write("POST", path, {"posts": [post]}, dry=dry).json, path)

    def send_test(self, message: Message, remote: Remote, addresses: Sequence[str]) -> None:  # noqa: ARG002 - the port's
        """Raise that there is none.

        Raises:
            MailerUnsupportedError: always.

        """
        hint = "send it from Ghost's editor: Preview > Email > Send test"
        raise MailerUnsupportedError("Ghost takes a test from a person alone", where="ghost", hint=hint)

    def schedule(self, remote: Remote, at: datetime) -> Remote:
        """Say when, and to which newsletter."""
        return self._put(remote, {"status": "scheduled", "published_at": saying(at)}, self._to())

    def unschedule(self, remote: Remote) -> Remote:
        """Make it a draft again."""
        return self._put(remote, {"status": "draft"}, "?include=email")

    def send(self, message: Message, remote: Remote) -> Remote:  # noqa: ARG002 - the post holds it
        """Publish it to the newsletter."""
        return self._put(remote, {"status": "published"}, self._to())

    def status(self, remote: Remote) -> Remote:
        """Return the post as it is now."""
        path = f"{_ADMIN}/posts/{remote.id}/?include=email"
        return self._answered(self.api.read(path).json, path)

    def _to(self) -> str:
        segment = f"&email_segment={quote(self.table.segment, safe='')}" if self.table.segment else ""
        return f"?newsletter={quote(self.table.audience, safe='')}{segment}&include=email"

    def _put(self, remote: Remote, post: dict[str, object], query: str) -> Remote:
        path = f"{_ADMIN}/posts/{remote.id}/{query}"
        said = {**post, "updated_at": remote.version}
        dry = {"posts": [{"id": remote.id, "status": post["status"], "updated_at": remote.version}]}
        return self._answered(self.api.write("PUT", path, {"posts": [said]}, dry=dry).json, path)

    def _answered(self, said: object, path: str) -> Remote:
        posts = shaped(said, _Posts, path).posts
        if len(posts) != 1:
            raise AmbiguousError(f"Ghost answered with {len(posts)} posts instead of one", where=path)
        post = posts[0]
        state = state_of(_STATES, post.status, post.slug)
        note = ""
        if state == "sent" and post.email:
            state = state_of(_MAILS, post.email.status, post.slug)
        elif post.status == "published":
            state, note = "failed", "published on the site, without a mail"
        at = None if state == "draft" else instant(post.published_at)
        url = f"{self.table.url.rstrip('/')}/ghost/#/editor/post/{post.id}"
        return Remote(id=post.id, state=state, at=at, version=post.updated_at, url=url, note=note)

    def _newsletter(self) -> Iterator[Finding]:
        path = f"{_ADMIN}/newsletters/?limit=all"
        known = shaped(self.api.read(path).json, _Newsletters, path).newsletters
        active = [each.slug for each in known if each.status == "active"]
        if self.table.audience not in active:
            hint = f"audience = one of: {', '.join(active)}"
            message = f"Ghost has no newsletter {self.table.audience!r} that is active"
            yield Finding(code="mailer-list", level="error", message=message, where=self.account, hint=hint)


def _token(key: str, now: int) -> str:
    """Return a JSON Web Token (RFC 7519) for Ghost's Admin API, signed with HMAC-SHA-256."""
    number, _, secret = key.partition(":")
    try:
        signing = bytes.fromhex(secret)
    except ValueError:
        signing = b""
    if not signing:
        hint = "copy the Admin API key of a custom integration: Ghost, Settings > Integrations"
        raise RefusedError("the key is none of Ghost's Admin API (ID:SECRET)", where="ghost", hint=hint, status=401)
    head = {"alg": "HS256", "typ": "JWT", "kid": number}
    claims = {"iat": now, "exp": now + 300, "aud": "/admin/"}
    said = b".".join(_coded(to_json(each)) for each in (head, claims))
    return (said + b"." + _coded(hmac.new(signing, said, hashlib.sha256).digest())).decode()


def _coded(piece: bytes) -> bytes:
    return urlsafe_b64encode(piece).rstrip(b"=")
