"""Ghost on loopback, as measured at Ghost 6.65: a slug that is taken gets a number, what is stale is refused (409).

Its clock stands still: a token counts by it.
"""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, Literal

from digest.config.schema import MailerTable
from services.serving import Call, RefusalError, Service, Told, on

NOW = datetime(2024, 10, 24, 9, tzinfo=UTC)
_CARD = ("<!--kg-card-begin: html-->\n", "\n<!--kg-card-end: html-->")


class Ghost(Service):
    """A site with the newsletter `weekly` and another that is archived."""

    key = "0123456789abcdef01234567:" + "5ea5" * 16
    date = format_datetime(NOW, usegmt=True)
    unique = True
    denied = 400

    def __init__(self) -> None:
        super().__init__()
        self.posts: dict[str, dict[str, Any]] = {}
        self.newsletters = [{"slug": "weekly", "status": "active"}, {"slug": "daily", "status": "archived"}]
        self._changes = 0

    def allowed(self, call: Call) -> bool:
        return call.path == "/ghost/api/admin/site/" or self._believed(call.headers.get("authorization", ""))

    def _believed(self, said: str) -> bool:
        number, _, secret = self.key.partition(":")
        scheme, _, token = said.partition(" ")
        signed, _, signature = token.rpartition(".")
        if scheme != "Ghost" or not signed:
            return False
        head, claims = (json.loads(_read(piece)) for piece in signed.split("."))
        own = hmac.new(bytes.fromhex(secret), signed.encode(), hashlib.sha256).digest()
        fresh = claims["iat"] <= NOW.timestamp() < claims["exp"] <= claims["iat"] + 300
        return (
            hmac.compare_digest(own, _read(signature))
            and (head["alg"], head["kid"], claims["aud"]) == ("HS256", number, "/admin/")
            and fresh
        )

    def refusal(self, status: int, said: str) -> Told:
        return Told(status=status, said={"errors": [{"message": said, "context": None, "type": "Error", "id": "1"}]})

    def table(self) -> MailerTable:
        return MailerTable(service="ghost", url=self.url, key="GHOST_KEY", audience="weekly")

    def titles(self) -> list[str]:
        return [self._named(post["slug"]) for post in self.posts.values()]

    def near(self, name: str) -> tuple[str, ...]:
        return (f"{name}-b", name[:-1], f"{name} copy")

    def put(self, title: str, state: Literal["draft", "sent"] = "draft") -> str:
        return str(self._kept({"title": title, "slug": title, "status": state, "html": ""})["id"])

    def content(self, remote: str) -> tuple[str, ...]:
        post = self.posts[remote]
        assert post["html"].startswith(_CARD[0])
        assert post["html"].endswith(_CARD[1])
        return post["title"], post["html"].removeprefix(_CARD[0]).removesuffix(_CARD[1])

    def finish(self, remote: str) -> None:
        self.posts[remote]["email"] = {"status": "submitted"}

    @on("GET", r"/ghost/api/admin/site/")
    def site(self, call: Call) -> Told:  # noqa: ARG002 - what answers gets the call
        return Told(said={"site": {"title": "Harbour", "url": self.url, "version": "6.65"}})

    @on("GET", r"/ghost/api/admin/newsletters/")
    def newsletters_(self, call: Call) -> Told:  # noqa: ARG002 - as above
        return Told(said={"newsletters": self.newsletters})

    @on("GET", r"/ghost/api/admin/posts/slug/([^/]+)/")
    def by_slug(self, call: Call, slug: str) -> Told:  # noqa: ARG002 - as above
        for post in self.posts.values():
            if post["slug"] == slug:
                return Told(said={"posts": [post]})
        raise RefusalError(404, "Resource not found error, cannot read post.")

    @on("POST", r"/ghost/api/admin/posts/")
    def create(self, call: Call) -> Told:
        (post,) = call.said["posts"]
        return Told(status=201, said={"posts": [self._kept(post)]})

    @on("GET", r"/ghost/api/admin/posts/([^/]+)/")
    def one(self, call: Call, number: str) -> Told:  # noqa: ARG002 - as above
        return Told(said={"posts": [self._post(number)]})

    @on("PUT", r"/ghost/api/admin/posts/([^/]+)/")
    def update(self, call: Call, number: str) -> Told:
        kept, (said,) = self._post(number), call.said["posts"]
        if said["updated_at"] != kept["updated_at"]:
            raise RefusalError(409, "Saving failed! Someone else is editing this post.")
        was, becomes = kept["status"], said.get("status", kept["status"])
        if becomes == "scheduled" and datetime.fromisoformat(said["published_at"]) < NOW - timedelta(minutes=2):
            raise RefusalError(422, "Date must be at least -2 minutes in the future.")
        kept.update(said)
        if becomes == "published" and was in {"draft", "scheduled"} and call.first("newsletter"):
            kept.update(status="sent" if kept["email_only"] else "published", email={"status": "pending"})
            self.sends.append(self._named(kept["slug"]))
        elif was in {"sent", "published"}:
            kept["status"] = was
        return Told(said={"posts": [self._stamped(kept)]})

    def _named(self, slug: str) -> str:
        """Return the key that a slug was made of: its week is a capital letter there."""
        return slug.replace("-w43", "-W43")

    def _post(self, number: str) -> dict[str, Any]:
        if number not in self.posts:
            raise RefusalError(404, "Resource not found error, cannot read post.")
        return self.posts[number]

    def _kept(self, said: dict[str, Any]) -> dict[str, Any]:
        slug, taken = said["slug"].lower().replace(" ", "-"), {post["slug"] for post in self.posts.values()}
        number = next(count for count in range(1, 1000) if count == 1 or f"{slug}-{count}" not in taken)
        if slug in taken:
            slug = f"{slug}-{number + 1}"
        blank = {"published_at": None, "email": None, "email_only": False}
        post = {**blank, **said, "slug": slug, "id": f"{len(self.posts):024x}"}
        self.posts[post["id"]] = post
        return self._stamped(post)

    def _stamped(self, post: dict[str, Any]) -> dict[str, Any]:
        self._changes += 1
        post["updated_at"] = (NOW + timedelta(seconds=self._changes)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        return post


def _read(piece: str) -> bytes:
    return base64.urlsafe_b64decode(piece + "=" * (-len(piece) % 4))
