"""Many sightings, one article: who is believed about what. Pure, and blind to the order of its input.

- What a source said last stands in place of what it said before; silence takes nothing back.
- Among sources the better witness of a field wins: editor, then API and front matter, feed, page, guess; among equals
  the one that spoke last.
- The date is the first one published: `digest.merge.dates` states the rule.
- The body is that of the best witness among those that have at least four fifths of the words of the fullest: a page's
  own text is surrounded by what is none of it. What a source of whole bodies has taken out of its text since is not
  kept by a lesser one that has not spoken again. The picture is the one that most is said about.
- The article is gone from when a source says so until that source sees it again, or a page or an API has it. A feed of
  another source that lists it still has only not been built anew. Gone from an address that it had before is not gone.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from itertools import groupby

from digest.merge.dates import EDITOR, RANKS, disputed, standing
from digest.model.article import Article, Image, Sighting, Witness
from digest.text.digests import sha256
from digest.text.urls import page_key
from digest.text.words import fingerprint, short_id, words
from digest.wire import to_json

_NEARLY = 0.8
"""Of the words of the fullest body: pages that are read whole have up to a fifth that is none of the story."""

_SEES = frozenset({"api", "page", "guess"})
"""Whose dates tell that a source has the article itself before it, and not a list of what was there."""

_EDITOR, _PAGE = RANKS[EDITOR], RANKS["page"]
_PLAIN_WORD = frozenset({"api", "feed"})
"""Kinds of source that name no witness where they say a thing plainly; their date tells them."""

_PLAIN = (
    *("url", "title", "dek", "kicker", "kind", "section", "tags", "series", "authors", "language", "publication"),
    "also_in",
)
"""The fields that have no rule of their own."""

_UNIVERSAL = ("http://", "https://", "tag:", "urn:")
"""A guid that starts so is one the world over; any other is a name within its source."""

_SAID = tuple((field.name, field.default) for field in fields(Sighting) if field.name not in {"seen_at", "hash"})


def seal(sighting: Sighting) -> Sighting:
    """Bring the instants to UTC and fill in `hash`: the SHA-256 of all that was said.

    What was left unsaid is left out, so that a field which the model gains later makes no article look updated.
    """
    published, updated = _utc(sighting.published), _utc(sighting.updated)
    instants = {"published": published, "updated": updated}
    said = {
        name: value
        for name, silent in _SAID
        if (value := instants[name] if name in instants else getattr(sighting, name)) != silent
    }
    return replace(
        sighting,
        published=published,
        updated=updated,
        seen_at=sighting.seen_at.astimezone(UTC),
        hash=sha256(to_json(said).decode()),
    )


def merge(sightings: Sequence[Sighting]) -> Article:
    """Return the article that its sightings, at least one, make together."""
    ordered = changes(sightings)
    first_seen = ordered[0].seen_at
    silent = Sighting(source="", seen_at=first_seen)
    by = {field: winner or silent for field, winner in _winners(ordered).items()}
    known_as = _names(ordered)
    return Article(
        id=known_as[0],
        url=by["url"].url,
        aliases=tuple(name for name in known_as[1:] if name != by["url"].url),
        title=by["title"].title,
        dek=by["dek"].dek,
        kicker=by["kicker"].kicker,
        kind=by["kind"].kind,
        section=by["section"].section,
        tags=by["tags"].tags,
        series=by["series"].series,
        authors=by["authors"].authors,
        published=by["published"].published,
        precision=by["published"].precision,
        date_source=by["published"].date_source,
        dates=disputed(ordered),
        updated=by["updated"].updated,
        first_seen=first_seen,
        gone=_is_gone(ordered, by["url"].url),
        blocks=by["blocks"].blocks,
        image=by["image"].image,
        language=by["language"].language,
        publication=by["publication"].publication,
        also_in=by["also_in"].also_in,
        left_out=by["blocks"].left_out,
        witnesses=tuple(
            Witness(field=field, name=name) for field, said in by.items() if (name := _witness(said, field))
        ),
        fingerprint=body_print(by["blocks"]),
    )


def changes(sightings: Iterable[Sighting]) -> list[Sighting]:
    """Return the sightings in order of time, without those of a reading that says nothing new.

    A reading is what one source said at one time. It says nothing new when all of it stood in that source's last one:
    a feed that lists an article twice, in two versions, has not changed it each time that it is read.
    """
    kept: list[Sighting] = []
    standing: dict[str, set[str]] = {}
    sealed = sorted((said if said.hash else seal(said) for said in sightings), key=order)
    for (_, source), said in groupby(sealed, key=lambda each: (each.seen_at, each.source)):
        reading = {each.hash: each for each in said}
        if not reading.keys() <= standing.get(source, set()):
            kept.extend(reading.values())
            standing[source] = set(reading)
    return kept


def order(sighting: Sighting) -> tuple[object, ...]:
    """Return what sightings are ordered by: their time, and where that is the same, always the same way."""
    return sighting.seen_at, sighting.source, sighting.url, sighting.guid, sighting.hash


def key(sighting: Sighting) -> str:
    """Return what names the article of this sighting best: its URL, else its guid, else its text."""
    if sighting.url or sighting.guid:
        return sighting.url or guid_name(sighting)
    texts = (sighting.title, sighting.dek, *(block.text for block in sighting.blocks))
    return "text:" + (body_print(sighting) or sha256(" ".join(word for text in texts for word in words(text))))


def guid_name(sighting: Sighting) -> str:
    """Return the guid so that no other source's is taken for it; "" where there is none."""
    guid, scope = sighting.guid, f"{sighting.source}:"
    return guid if not guid or sighting.source == EDITOR or guid.startswith((*_UNIVERSAL, scope)) else scope + guid


def body_print(sighting: Sighting) -> str:
    """Return the fingerprint of a sighting's body."""
    return fingerprint(block.text for block in sighting.blocks)


def _names(ordered: Sequence[Sighting]) -> tuple[str, ...]:
    """Return the article's id, then every URL, guid and id under which any of the sightings alone would be known.

    An editor calls an article by a name that it has.
    """
    spoken = [sighting for sighting in ordered if sighting.source != EDITOR] or ordered
    ids = [short_id(key(sighting)) for sighting in spoken]
    others = [name for each in spoken for name in (each.url, guid_name(each), *each.also_at) if name]
    return tuple(dict.fromkeys([ids[0], *others, *ids]))


def _winners(ordered: Sequence[Sighting]) -> dict[str, Sighting | None]:
    """Return, field by field, the sighting that is believed; None where all are silent."""
    winners = {field: _best(_latest(ordered, field), field, _alike) for field in _PLAIN}
    there = [said for said in ordered if not said.gone]
    winners["url"] = _best(_latest(there, "url"), "url", _alike) or winners["url"]
    bodies, images = _latest(ordered, "blocks"), _latest(ordered, "image")
    winners["blocks"] = _fullest(
        [said for said in bodies if not _is_outdated(said, ordered)] if len(bodies) > 1 else bodies
    )
    winners["image"] = _best(images, "image", _detail)
    winners["language"] = _exactest(_latest(ordered, "language"), winners["language"])
    winners["published"] = standing(ordered)
    winners["updated"] = max(_latest(ordered, "updated"), key=lambda said: said.updated or said.seen_at, default=None)
    return winners


def _latest(ordered: Sequence[Sighting], field: str) -> list[Sighting]:
    """Return each source's latest word on `field`, the latest of all first."""
    latest: dict[str, Sighting] = {}
    for said in reversed(ordered):
        if getattr(said, field):
            latest.setdefault(said.source, said)
    return list(latest.values())


def _best(candidates: Sequence[Sighting], field: str, weight: Callable[[Sighting], int]) -> Sighting | None:
    """Return the candidate of the editor, else the weightiest, else the one with the best witness, else the first."""

    def standing(said: Sighting) -> tuple[bool, int, int]:
        rank = _rank(said, field)
        return rank != _EDITOR, -weight(said), rank

    return min(candidates, key=standing) if len(candidates) > 1 else next(iter(candidates), None)


def _exactest(said: Sequence[Sighting], believed: Sighting | None) -> Sighting | None:
    """Return who says the language that is believed with its country ("en-GB" for "en"), if anybody does."""
    exact = [each for each in said if believed and each.language.lower().startswith(f"{believed.language.lower()}-")]
    return _best(exact, "language", _alike) or believed


def _fullest(bodies: Sequence[Sighting]) -> Sighting | None:
    """Return the body of the best witness among those that lack little; an editor's may be as short as she likes."""
    if len(bodies) <= 1:
        return next(iter(bodies), None)
    ranked = [(_rank(said, "blocks"), -_length(said), said) for said in bodies]
    least = _NEARLY * max(-length for _, length, _ in ranked)
    return min((each for each in ranked if each[0] == _EDITOR or -each[1] >= least), key=lambda each: each[:2])[2]


def _is_outdated(said: Sighting, ordered: Sequence[Sighting]) -> bool:
    """Tell whether a source that is believed as much or more had as full a body, and has changed it since."""
    rank, whole = _rank(said, "blocks"), _NEARLY * _length(said)
    had: set[str] = set()
    for other in ordered:
        if other.source == said.source or not other.blocks or _rank(other, "blocks") > rank:
            continue
        if other.source in had and other.seen_at > said.seen_at:
            return True
        if _length(other) >= whole:
            had.add(other.source)
    return False


def _is_gone(ordered: Iterable[Sighting], url: str) -> bool:
    said_by = ""
    for said in ordered:
        if said.gone and page_key(said.url) in {"", page_key(url)}:
            said_by = said.source
        elif said.source == said_by or said.date_source in _SEES:
            said_by = ""
    return bool(said_by)


def _rank(sighting: Sighting, field: str) -> int:
    """Return how far behind the best kind of witness stands the one that this sighting has for `field`."""
    plain = sighting.date_source if sighting.date_source in _PLAIN_WORD else "page"
    return RANKS.get(_witness(sighting, field) or plain, _PAGE)


def _witness(sighting: Sighting, field: str) -> str:
    return next((witness.name for witness in sighting.witnesses if witness.field == field), "")


def _utc(instant: datetime | None) -> datetime | None:
    return instant and instant.astimezone(UTC)


def _alike(_: Sighting) -> int:
    return 0


def _length(sighting: Sighting) -> int:
    return sum(len(words(block.text)) for block in sighting.blocks)


def _detail(sighting: Sighting) -> int:
    """Return how much is said about the picture."""
    return sum(bool(getattr(sighting.image, field.name)) for field in fields(Image))
