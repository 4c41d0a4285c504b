"""The sample magazine read raw, with none of Digest's own reading: what tests hold its traits against."""

import csv
import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from zoneinfo import ZoneInfo

import feedparser
import yaml
from lxml import html

SAMPLE = Path(__file__).resolve().parents[1] / "digest" / "sample"
LONDON = ZoneInfo("Europe/London")
STARTS = {f"2024-W{39 + week}": datetime(2024, 9, 20, 12, tzinfo=LONDON) + timedelta(weeks=week) for week in range(6)}
SECTIONS = {"Reporting", "Analysis", "Opinion", "Culture", "Field Notes", "Letters"}
EXCERPT = "The Harbour That Would Not Drain"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """What one file, or one item of the feed, says of an article."""

    medium: str
    url: str
    title: str
    section: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    text: str = ""

    @property
    def slug(self) -> str:
        return self.url.rsplit("/", 1)[-1]


@cache
def feed() -> Any:
    return feedparser.parse((SAMPLE / "feed.xml").read_bytes())


def item(title: str) -> Any:
    return next(entry for entry in feed().entries if entry.title.startswith(title))


def markup(entry: Any) -> str:
    return str(entry.get("content", [{"value": entry.summary}])[0]["value"])


def text_of(fragment: str) -> str:
    return " ".join(str(html.fromstring(f"<div>{fragment}</div>").text_content()).split())


def canonical(url: str) -> str:
    return urlunsplit(urlsplit(url)._replace(query="", fragment=""))


@cache
def page(name: str) -> Any:
    return html.fromstring((SAMPLE / "pages" / f"{name}.html").read_bytes().decode())


def page_names() -> list[str]:
    return sorted(path.stem for path in (SAMPLE / "pages").glob("*.html"))


def said(name: str, key: str) -> str:
    found = page(name).xpath(f"//meta[@property='{key}']/@content")
    return str(found[0]) if found else ""


def json_ld(name: str) -> dict[str, Any]:
    raw = str(page(name).xpath("//script[@type='application/ld+json']/text()")[0])
    data = json.loads(re.sub(r"^\s*//.*$", "", raw, flags=re.MULTILINE))
    nodes = data if isinstance(data, list) else data.get("@graph", [data])
    return dict(next(node for node in nodes if "headline" in node))


def story(name: str) -> str:
    """The text of the paragraphs whose parent holds the most of it."""
    parents: dict[Any, str] = {}
    for paragraph in page(name).xpath("//body//p"):
        parents[paragraph.getparent()] = f"{parents.get(paragraph.getparent(), '')} {paragraph.text_content()}"
    return max(parents.values(), key=len)


def note(path: Path) -> tuple[dict[str, Any], str]:
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return dict(yaml.safe_load(front)), body


def note_named(stem: str) -> tuple[dict[str, Any], str]:
    return note(SAMPLE / "notes" / f"{stem}.md")


def instant(stated: object) -> datetime | None:
    """What a date in front matter or in a page means: in the magazine's zone where it names none."""
    if isinstance(stated, str) and stated:
        stated = datetime.fromisoformat(stated)
    elif isinstance(stated, date) and not isinstance(stated, datetime):
        stated = datetime.combine(stated, time.min)
    if not isinstance(stated, datetime):
        return None
    return (stated if stated.tzinfo else stated.replace(tzinfo=LONDON)).astimezone(UTC)


def manifest() -> list[dict[str, str]]:
    with (SAMPLE / "scrapes" / "manifest.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def scrape_body(name: str) -> str:
    """What stands between the section line and the first double blank line."""
    top = (SAMPLE / "scrapes" / name).read_text(encoding="utf-8").split("\n\n\n", 1)[0]
    return re.split(rf"^(?:\w+ \| )?(?:{'|'.join(sorted(SECTIONS))})$", top, maxsplit=1, flags=re.MULTILINE)[1]


@cache
def pieces() -> tuple[Piece, ...]:
    found = [
        Piece(
            medium="feed",
            url=canonical(entry.link),
            title=text_of(entry.title),
            section=entry.tags[0].term,
            authors=tuple(author.name for author in entry.authors),
            published=parsedate_to_datetime(entry.published).astimezone(UTC),
            text=text_of(markup(entry)),
        )
        for entry in feed().entries
    ]
    for name in page_names():
        url = str(page(name).xpath("//link[@rel='canonical']/@href")[0])
        stated = instant(json_ld(name).get("datePublished") or "")
        title = str(json_ld(name)["headline"])
        found.append(Piece(medium="page", url=url, title=title, published=stated, text=story(name)))
    for row in manifest():
        title = (SAMPLE / "scrapes" / row["file"]).read_text(encoding="utf-8").split("\n\n")[2]
        stated = instant(row["published"])
        body = scrape_body(row["file"])
        found.append(Piece(medium="scrape", url=row["url"], title=title, published=stated, text=body))
    for path in sorted((SAMPLE / "notes").glob("*.md")):
        front, body = note(path)
        authors = tuple(front.get("authors") or [front["author"]])
        section = str(front.get("section") or front["categories"][0])
        stated = instant(front["date"])
        facts: dict[str, Any] = {"title": str(front["title"]), "section": section, "authors": authors, "text": body}
        found.append(Piece(medium="note", url=str(front["url"]), published=stated, **facts))
    return tuple(found)


def in_week(label: str) -> set[str]:
    """The URLs of what was published in a week that opens at noon on a Friday in London."""
    start, end = STARTS[label], STARTS[label] + timedelta(weeks=1)  # wall-clock time: 169 hours over the change
    inside = (piece for piece in pieces() if piece.published)
    return {p.url for p in inside if p.published and start.astimezone(UTC) <= p.published < end.astimezone(UTC)}


def all_text() -> str:
    return "\n".join(piece.text for piece in pieces())
