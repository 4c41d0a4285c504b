"""A magazine whose truth is known, seen through every channel at once before and after its articles change.

`Truth(count)` makes the articles, changes them (`change`), and judges an archive (`judged`): articles that were joined
wrongly, split, lost, and changes that are no updates. What no rule could know again is not asked for: an article whose
address, id and text change at once.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from digest.merge.history import history
from digest.model.article import Article, Document, Sighting
from digest.ports import Archive
from digest.sources import Reading, SourceSettings, open_source
from digest.sources.gone import vanished
from digest.text.urls import page_key
from site_articles import LATEST, Piece, generated, paragraph
from site_of_its_own import Site

LONDON = ZoneInfo("Europe/London")
FIRST, SECOND = LATEST + timedelta(hours=1), LATEST + timedelta(days=1)
"""When the magazine is read."""

SHOWN = 5_000
"""Items of the feed: more than are read of one. The API and the sitemap list all."""

KINDS: tuple[frozenset[str], ...] = tuple(
    frozenset(changed.split())
    for changed in (
        *("slug", "title", "guid", "text", "gone", "recycled", "reprinted"),
        *("slug title", "slug guid", "title guid", "slug text", "title text", "guid text", "slug title guid"),
        "slug title text",
    )
)
"""What becomes of articles between the two readings; most stay as they are."""


_ITSELF = frozenset({"url", "title", "blocks", "published", "gone"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What an archive got wrong, counted in articles."""

    joined: int
    split: int
    lost: int
    missed: int
    invented: int

    def __str__(self) -> str:
        return (
            f"joined wrongly {self.joined}, split {self.split}, lost {self.lost}, "
            f"updates missed {self.missed}, updates invented {self.invented}"
        )


@dataclass
class Truth:
    """The magazine: `changed` says by an article's number what became of it, `slugs` which article has an address."""

    count: int
    seed: int = 5
    changed: dict[int, frozenset[str]] = field(default_factory=dict)
    slugs: dict[str, int] = field(default_factory=dict)
    texts: dict[str, int] = field(default_factory=dict)
    since: datetime = SECOND

    def __post_init__(self) -> None:
        self.dice = random.Random(f"changes {self.seed}")  # noqa: S311 - stories, not secrets
        pieces = [_weekly(piece) for piece in generated(self.count, seed=self.seed, newest=LATEST)]
        self.site = Site(pieces)
        self.site.shown = min(2 * self.count, SHOWN)
        self.before = {piece.number: piece for piece in pieces}
        self._learn()

    def serve(self, site: Site) -> None:
        """Move the magazine to another site, which answers over HTTP."""
        site.pieces, site.shown = self.site.pieces, self.site.shown
        self.site = site

    def change(self) -> None:
        """Let a day go by: a twentieth of the articles undergoes each kind of change, and new ones come."""
        share = max(1, self.count // (2 * len(KINDS)))
        numbers = self.dice.sample(sorted(self.before), share * len(KINDS))
        for place, number in enumerate(numbers):
            self._change(self.before[number], KINDS[place // share])
        for piece in generated(share, seed=self.seed + 1, first=900_000, newest=SECOND - timedelta(hours=1)):
            self.site.publish(piece)
        self._learn()

    def _change(self, piece: Piece, kinds: frozenset[str]) -> None:
        self.changed[piece.number] = kinds
        fields: dict[str, Any] = {
            "slug": f"another-way-to-say-it-{piece.number}",
            "title": f"A second thought about item {piece.number}",
            "guid": f"urn:lockandweir:{piece.number}",
            "text": (paragraph(self.dice), *piece.text[1:]),
        }
        own = {name: value for name, value in fields.items() if name in kinds}
        if own:
            self.site.change(piece.slug, **own, **({"updated": SECOND} if kinds - {"guid"} else {}))
        if "gone" in kinds or "recycled" in kinds:
            self.site.take_down(piece.slug)
        if "recycled" in kinds:
            self._publish(piece.number + 500_000, guid=f"{self.site.base}/?p={piece.number}")
        if "reprinted" in kinds:
            self._publish(piece.number + 600_000, text=piece.text, title=f"{piece.title} again")

    def _publish(self, number: int, **fields: Any) -> None:
        (fresh,) = generated(1, seed=number, first=number, newest=SECOND - timedelta(minutes=number % 600 + 1))
        self.site.publish(replace(fresh, **fields))

    def _learn(self) -> None:
        for piece in self.site.pieces:
            self.slugs[piece.slug] = piece.number
            for text in piece.text:
                self.texts.setdefault(text, piece.number)

    def number_of(self, said: Sighting | Article) -> int:
        """Return which article is meant: by its address, else by its text."""
        if said.url:
            return next(self.slugs[part] for part in urlsplit(said.url).path.split("/") if part in self.slugs)
        return next(self.texts[block.text] for block in said.blocks if block.text in self.texts)

    def stored(self, archive: Archive) -> list[Article]:
        """Return every article of an archive, each once."""
        every = (*archive.window(LATEST - timedelta(days=9_999), SECOND), *archive.unplaced(None))
        return list({each.id: each for each in every}.values())

    def judged(self, archive: Archive) -> Counts:
        """Count what is wrong in an archive that has read the magazine before and after."""
        every = self.stored(archive)
        meant = {each.id: {self.number_of(said) for said in archive.said(each.id)} for each in every}
        borne = Counter(number for numbers in meant.values() for number in numbers)
        return Counts(
            joined=sum(len(numbers) > 1 for numbers in meant.values()),
            split=sum(times > 1 for times in borne.values()),
            lost=len({piece.number for piece in self.site.pieces} - set(borne)),
            missed=sum(not self._is_updated(archive, piece) for piece in self.site.pieces),
            invented=sum(self._is_invented(archive, each, meant[each.id]) for each in every),
        )

    def _is_updated(self, archive: Archive, piece: Piece) -> bool:
        """Tell whether what is known of an article is what its publisher has now, and its history says when it came."""
        found = archive.find([self.site.at(f"/{piece.slug}/")])
        if len(found) != 1:
            return False
        [article] = found
        kinds = self.changed.get(piece.number, frozenset())
        told = {change.field for each in history(archive.said(article.id), LONDON)[1:] for change in each.changed}
        shown = {"slug": "url", "title": "title", "text": "blocks"}
        return (
            page_key(article.url) == page_key(self.site.at(f"/{piece.slug}/"))
            and article.title == piece.title
            and tuple(block.text for block in article.blocks) == piece.text
            and article.published == piece.published
            and article.gone == (piece.status != 200)
            and {name for kind, name in shown.items() if kind in kinds} <= told
            and ("guid" not in kinds or archive.find([piece.guid]) == found)
        )

    def _is_invented(self, archive: Archive, article: Article, numbers: set[int]) -> bool:
        """Tell whether an article that its publisher has not touched has changed in what makes it that article."""
        if numbers & self.changed.keys():
            return False
        told = (each for each in history(archive.said(article.id), LONDON) if each.at >= self.since.isoformat())
        return any(change.field in _ITSELF for each in told for change in each.changed)

    def read(self, archive: Archive, now: datetime, *, pages: int, scrapes: int) -> None:
        """Store what every channel says at one time; of so many articles the page and a text scrape as well."""
        reading = Reading(zone=LONDON, now=now, web=self.site, site=self.site.base)
        for settings in self._channels():
            told = list(_said(settings, reading))
            archive.put(told)
            if settings.kind == "wordpress":
                span = now - timedelta(days=9_999), now
                known = [each for each in archive.window(*span) if _is_listed(archive, each)]
                archive.put(vanished(told, known, now, span))
        shown = self.dice.sample(self.site.live(), pages)
        documents = [self._page(piece, now) for piece in shown]
        archive.put(list(_parsed(SourceSettings(name="wire (pages)", kind="page", at="-"), reading, documents)))
        texts = [
            self._scrape(piece, now) for piece in self.site.live()[: scrapes * 3 : 3] if piece.number in self.before
        ]
        archive.put(list(_parsed(SourceSettings(name="scrapes", kind="scrape", at="-"), reading, texts)))

    def _channels(self) -> Iterator[SourceSettings]:
        yield SourceSettings(name="wire", kind="feed", at=self.site.at("/feed.xml"))
        yield SourceSettings(name="cms", kind="wordpress", at=self.site.at("/"))
        yield SourceSettings(name="map", kind="sitemap", at=self.site.at("/sitemap.xml"))

    def _page(self, piece: Piece, now: datetime) -> Document:
        """Return an article's page as it is found at one of its addresses."""
        path = self.dice.choice(
            (f"/{piece.slug}/", f"/{piece.slug}/amp/", f"/m/{piece.slug}/", f"/{piece.slug}/?utm_source=x")
        )
        body = self.site.answered(f"/{piece.slug}/").body
        return Document(
            source="wire (pages)", url=self.site.at(path), body=body, media_type="text/html", retrieved_at=now
        )

    def _scrape(self, piece: Piece, now: datetime) -> Document:
        """Return what a crawler keeps of an article as text: neither date nor address."""
        body = "\n\n".join((piece.title, *piece.text)).encode()
        return Document(source="scrapes", url=f"file:{piece.number}.txt", body=body, retrieved_at=now)


def _is_listed(archive: Archive, article: Article) -> bool:
    """Tell whether the API has had an article."""
    return any(said.source == "cms" for said in archive.said(article.id))


def _weekly(piece: Piece) -> Piece:
    """Give every ninth article the headline of a column that comes again and again."""
    return replace(piece, title="Letters to the lock-keeper") if piece.number % 9 == 0 else piece


def _said(settings: SourceSettings, reading: Reading) -> Iterator[Sighting]:
    source = open_source(settings, folder=Path("nowhere"), reading=reading)
    found = list(source.documents())
    assert all(isinstance(each, Document) for each in found), found
    yield from _parsed(settings, reading, [each for each in found if isinstance(each, Document)])


def _parsed(settings: SourceSettings, reading: Reading, documents: Iterable[Document]) -> Iterator[Sighting]:
    source = open_source(settings, folder=Path("nowhere"), reading=reading)
    for document in documents:
        for each in source.parse(document):
            assert isinstance(each, Sighting), each
            yield each
