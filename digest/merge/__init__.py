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

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from digest.merge.believed import PLAIN, is_gone, winners, witness
from digest.merge.dates import EDITOR, disputed
from digest.model.article import AGAIN, Article, Sighting, Witness, stands_again
from digest.text.digests import sha256
from digest.text.words import fingerprint, short_id, words
from digest.wire import to_json

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
    by = {field: winner or silent for field, winner in winners(ordered).items()}
    known_as, dated = _names(ordered), by["published"]
    said: dict[str, Any] = {field: getattr(by[field], field) for field in (*PLAIN, "blocks", "image", "updated")}
    return Article(
        **said,
        id=known_as[0],
        aliases=tuple(name for name in known_as[1:] if name != by["url"].url),
        published=dated.published,
        precision=dated.precision,
        date_source=dated.date_source,
        dates=disputed(ordered),
        first_seen=first_seen,
        gone=is_gone(ordered, by["url"].url),
        left_out=by["blocks"].left_out,
        witnesses=tuple(
            Witness(field=field, name=name) for field, each in by.items() if (name := witness(each, field))
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
    if stands_again(sighting):
        return f"{sighting.url} {AGAIN}"
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


def _utc(instant: datetime | None) -> datetime | None:
    return instant and instant.astimezone(UTC)
