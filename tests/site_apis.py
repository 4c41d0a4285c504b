"""The invented magazine's content systems: WordPress's REST API and Ghost's Content API, in their documented shapes.

`WordPress(site)` and `Ghost(site)` put themselves among the site's routes. What they answer follows the systems' own
references: developer.wordpress.org/rest-api/reference/posts and docs.ghost.org/content-api. Tests change their table of
articles as its own, and say in `post` or `posts` what else an article is to have.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from site_articles import Piece
from site_of_its_own import Answer, Site
from site_shapes import Shelf, body

Json = dict[str, Any]
API = "application/json; charset=UTF-8"


@dataclass
class WordPress:
    """WordPress 6: `/wp-json/` with pretty addresses, `?rest_route=/` without.

    `extra` are fields of posts by their number; `closed` is the error that every route answers; `counting` tells
    whether the headers with the totals come through; `old` is a WordPress before 5.7, which does not know
    `modified_after`; `asked` notes the query of each listing.
    """

    site: Site
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/London"))
    pretty: bool = True
    old: bool = False
    counting: bool = True
    closed: tuple[int, str, str] | None = None
    extra: dict[int, Json] = field(default_factory=dict)
    asked: list[Mapping[str, str]] = field(default_factory=list)
    while_asked: Callable[[int], None] = lambda _: None

    def __post_init__(self) -> None:
        self.site.routes["/wp-json/"] = self.pretty_route
        self.site.routes["/"] = lambda _, query: self.plain_route(query)

    def pretty_route(self, path: str, query: Mapping[str, str]) -> Answer | None:
        return self.route(path.removeprefix("/wp-json"), query) if self.pretty else None

    def plain_route(self, query: Mapping[str, str]) -> Answer | None:
        return self.route(query["rest_route"], query) if "rest_route" in query else None

    def route(self, path: str, query: Mapping[str, str]) -> Answer:
        if self.closed:
            status, code, message = self.closed
            return refused(status, code, message)
        if path.rstrip("/") != "/wp/v2/posts":
            return refused(404, "rest_no_route", "No route was found matching the URL and request method.")
        self.asked.append(query)
        return self.posts(query)

    def posts(self, query: Mapping[str, str]) -> Answer:
        found = self.chosen(query)
        size, page = int(query.get("per_page", 10)), int(query.get("page", 1))
        pages = -(-len(found) // size)
        if size > 100:
            return refused(400, "rest_invalid_param", "Invalid parameter(s): per_page")
        if page > max(pages, 1):
            message = "The page number requested is larger than the number of pages available."
            return refused(400, "rest_post_invalid_page_number", message)
        shown = [self.post(piece, query) for piece in found[size * (page - 1) : size * page]]
        totals = {"X-WP-Total": str(len(found)), "X-WP-TotalPages": str(pages)} if self.counting else {}
        answer = Answer(body=json.dumps(shown).encode(), headers={"Content-Type": API, **totals})
        self.while_asked(page)
        return answer

    def chosen(self, query: Mapping[str, str]) -> list[Piece]:
        """Return the posts that are asked for: times are compared by the site's own clocks, as `post_date` has them."""
        known = ("after", "before") if self.old else ("after", "before", "modified_after", "modified_before")
        pieces = self.site.live()
        for name in known:
            if name in query:
                stamp = datetime.fromisoformat(query[name])
                bound = (stamp if stamp.tzinfo else stamp.replace(tzinfo=self.zone)).astimezone(self.zone)
                pieces = [piece for piece in pieces if self.fits(piece, name, bound)]
        ordered = {"date": lambda piece: piece.published, "modified": lambda piece: piece.changed}
        by = ordered[query.get("orderby", "date")]
        return sorted(pieces, key=by, reverse=query.get("order", "desc") == "desc")

    def fits(self, piece: Piece, name: str, bound: datetime) -> bool:
        said = piece.changed if name.startswith("modified") else piece.published
        shown = said.astimezone(self.zone).replace(tzinfo=None, microsecond=0)
        limit = bound.replace(tzinfo=None)
        return shown > limit if name.endswith("after") else shown < limit

    def post(self, piece: Piece, query: Mapping[str, str]) -> Json:
        """Return a post as it is asked for: what is embedded needs its links, and both a place among the fields."""
        fields = [name for name in query.get("_fields", "").split(",") if name]
        said = {**self.whole(piece), **self.extra.get(piece.number, {})}
        if "_embed" in query and (not fields or "_links" in fields):
            said = {"_embedded": self.embedded(piece), **said}
        return {name: value for name, value in said.items() if not fields or name in fields}

    def whole(self, piece: Piece) -> Json:
        shelf = Shelf(base=self.site.base, pieces=())
        opening = " ".join(" ".join(piece.text).split()[:55])
        excerpt = escape(piece.dek) if piece.dek else f"{escape(opening)} [&hellip;]"
        return {
            "id": piece.number,
            "date": self.local(piece.published),
            "date_gmt": utc(piece.published),
            "guid": {"rendered": shelf.guid(piece)},
            "modified": self.local(piece.changed),
            "modified_gmt": utc(piece.changed),
            "slug": piece.slug,
            "status": "publish",
            "type": "post",
            "link": shelf.address(piece),
            "title": {"rendered": escape(piece.title)},
            "content": {"rendered": "\n".join(f"<p>{escape(text)}</p>" for text in piece.text), "protected": False},
            "excerpt": {"rendered": f"<p>{excerpt}</p>\n", "protected": False},
            "author": 7,
            "featured_media": piece.number + 5_000 if piece.picture else 0,
            "comment_status": "closed",
            "ping_status": "closed",
            "sticky": False,
            "template": "",
            "format": "standard",
            "meta": {"footnotes": ""},
            "categories": [3],
            "tags": [8],
            "_links": {"self": [{"href": f"{self.site.base}/wp-json/wp/v2/posts/{piece.number}"}]},
        }

    def embedded(self, piece: Piece) -> Json:
        terms = [[{"id": 3, "name": escape(piece.section), "slug": piece.section.lower(), "taxonomy": "category"}]]
        terms += [[{"id": 8, "name": "Water &amp; weirs", "slug": "water", "taxonomy": "post_tag"}]]
        said: Json = {"author": [{"id": 7, "name": piece.author, "link": self.site.at("/author/a/")}], "wp:term": terms}
        if piece.picture:
            said["wp:featuredmedia"] = [self.media(piece)]
        return said

    def media(self, piece: Piece) -> Json:
        whole = self.site.at(piece.picture)
        sizes = {
            "thumbnail": {"file": "a-150x150.png", "width": 150, "height": 150, "source_url": f"{whole}?150"},
            "square": {"file": "a-1300x1300.png", "width": 1300, "height": 1300, "source_url": f"{whole}?1300"},
            "1536x1536": {"file": "a-1536x1024.png", "width": 1536, "height": 1024, "source_url": f"{whole}?1536"},
            "2048x2048": {"file": "a-2048x1365.png", "width": 2048, "height": 1365, "source_url": f"{whole}?2048"},
        }
        return {
            "id": piece.number + 5_000,
            "media_type": "image",
            "mime_type": "image/png",
            "alt_text": "Seen from the towpath",
            "caption": {"rendered": f"<p>{escape(piece.caption)} Photo: {escape(piece.credit)}</p>\n"},
            "source_url": whole,
            "media_details": {"width": 6000, "height": 4000, "image_meta": {"credit": "IPTC"}, "sizes": sizes},
        }

    def local(self, instant: datetime) -> str:
        return f"{instant.astimezone(self.zone):%Y-%m-%dT%H:%M:%S}"


def utc(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"


def refused(status: int, code: str, message: str) -> Answer:
    """Return one of WordPress's errors."""
    said = {"code": code, "message": message, "data": {"status": status}}
    return Answer(status=status, body=json.dumps(said).encode(), headers={"Content-Type": API})


_CONDITION = re.compile(r"(published_at|updated_at):(>=|<|>|<=)'(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)'")
_COMPARED: dict[str, Callable[[str, str], bool]] = {
    ">=": lambda said, bound: said >= bound,
    "<=": lambda said, bound: said <= bound,
    ">": lambda said, bound: said > bound,
    "<": lambda said, bound: said < bound,
}


@dataclass
class Ghost:
    """Ghost 6's Content API, which answers those alone who have its key.

    `extra` are fields of posts by their number. Posts for members are cut as Ghost cuts them: at their paywall, or to
    nothing.
    """

    site: Site
    key: str = "22444f78447824223cefc48062"
    extra: dict[int, Json] = field(default_factory=dict)
    asked: list[Mapping[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.site.routes["/ghost/api/content/"] = self.route

    def route(self, path: str, query: Mapping[str, str]) -> Answer:
        if query.get("key") != self.key:
            return _unkind(401, "Unknown Content API Key", "UNKNOWN_CONTENT_API_KEY")
        if path == "/ghost/api/content/settings/":
            settings = {"title": "Lock & Weir", "lang": "en-GB", "timezone": "Europe/London", "accent_color": "#0a6e5b"}
            return _json({"settings": settings, "meta": {}})
        if path != "/ghost/api/content/posts/":
            return _unkind(404, "Resource not found", "NotFoundError")
        self.asked.append(query)
        return self.posts(query)

    def posts(self, query: Mapping[str, str]) -> Answer:
        wanted = query.get("filter", "")
        conditions = [_CONDITION.fullmatch(each) for each in wanted.split("+") if each]
        if not all(conditions):
            return _unkind(400, "Error parsing filter", "BadRequestError")
        pieces = [piece for piece in self.site.live() if all(_fits(piece, each) for each in conditions if each)]
        pieces.sort(key=lambda piece: piece.published, reverse=query.get("order", "published_at desc").endswith("desc"))
        size, page = min(int(query.get("limit", 15)), 100), int(query.get("page", 1))
        pages = max(-(-len(pieces) // size), 1)
        pagination = {"page": page, "limit": size, "pages": pages, "total": len(pieces)}
        pagination |= {"next": page + 1 if page < pages else None, "prev": page - 1 if page > 1 else None}  # type: ignore[dict-item] # JSON has null
        shown = [self.post(piece, query.get("include", "")) for piece in pieces[size * (page - 1) : size * page]]
        return _json({"posts": shown, "meta": {"pagination": pagination}})

    def post(self, piece: Piece, include: str) -> Json:
        said = {**self.whole(piece), **self.extra.get(piece.number, {})}
        if said["visibility"] != "public" and "access" not in self.extra.get(piece.number, {}):
            html = said["html"]
            said |= {"access": False, "html": html.partition("<!--members-only-->")[0] if "<!--members" in html else ""}
        for name in ("authors", "tags", "primary_tag", "primary_author"):
            if name.removeprefix("primary_").rstrip("s") not in include:
                said.pop(name)
        return said

    def whole(self, piece: Piece) -> Json:
        shelf = Shelf(base=self.site.base, pieces=())
        tag = {"id": "t1", "name": piece.section, "slug": piece.section.lower(), "visibility": "public"}
        tags = [tag, {"id": "t2", "name": "#newsletter", "slug": "hash-newsletter", "visibility": "internal"}]
        author = {"id": "a1", "name": piece.author, "slug": "a", "url": self.site.at("/author/a/")}
        return {
            "id": f"{piece.number:024x}",
            "uuid": f"00000000-0000-4000-8000-{piece.number:012x}",
            "title": piece.title,
            "slug": piece.slug,
            "html": body(Shelf(base=self.site.base, pieces=()), piece),
            "comment_id": f"{piece.number:024x}",
            "feature_image": self.site.at(piece.picture) if piece.picture else None,
            "feature_image_alt": "Seen from the towpath" if piece.picture else None,
            "feature_image_caption": f"<span>{escape(piece.caption)} Photo: {escape(piece.credit)}</span>",
            "featured": False,
            "visibility": "public",
            "created_at": stamp(piece.published),
            "updated_at": stamp(piece.changed),
            "published_at": stamp(piece.published),
            "custom_excerpt": piece.dek or None,
            "excerpt": piece.dek or " ".join(piece.text)[:500],
            "canonical_url": None,
            "url": shelf.address(piece),
            "access": True,
            "reading_time": 1,
            "authors": [author],
            "tags": tags,
            "primary_author": author,
            "primary_tag": tag,
        }


def stamp(instant: datetime) -> str:
    """Return an instant as Ghost writes it."""
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000+00:00"


def _fits(piece: Piece, condition: "re.Match[str]") -> bool:
    said = piece.published if condition[1] == "published_at" else piece.changed
    return _COMPARED[condition[2]](f"{said.astimezone(UTC):%Y-%m-%d %H:%M:%S}", condition[3])


def _json(said: Json) -> Answer:
    return Answer(body=json.dumps(said).encode(), headers={"Content-Type": "application/json; charset=utf-8"})


def _unkind(status: int, message: str, code: str) -> Answer:
    said = {"errors": [{"message": message, "context": None, "type": "UnauthorizedError", "code": code}]}
    return Answer(status=status, body=json.dumps(said).encode(), headers={"Content-Type": API})
