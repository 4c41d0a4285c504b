"""What tests of the sources share: a document from bytes, and what a source makes of it."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from digest.model.article import Document, Problem, Sighting
from digest.sources import Reading, SourceSettings, open_source
from digest.sources.settings import Kind

NOW = datetime(2024, 10, 26, 12, tzinfo=UTC)
READING = Reading(zone=ZoneInfo("Europe/London"), now=NOW, site="https://quay.example")
STORY = " ".join(["The tide went out at nine and the quay stayed dry until the evening bell rang twice."] * 4)


def document(body: str | bytes, url: str = "https://quay.example/here", **said: str) -> Document:
    """Return a document as a source would have retrieved it."""
    raw = body.encode() if isinstance(body, str) else body
    return Document(source="quay", url=url, body=raw, retrieved_at=NOW, **said)  # type: ignore[arg-type] # strings all


def parsed(kind: Kind, from_document: Document, **settings: str) -> list[Sighting | Problem]:
    """Return all that a source of a kind makes of a document."""
    asked = SourceSettings(**{"name": "quay", "at": "x", "kind": kind, **settings})  # type: ignore[arg-type] # strings all
    return list(open_source(asked, folder=Path("nowhere"), reading=READING).parse(from_document))


def sightings(kind: Kind, from_document: Document, **settings: str) -> list[Sighting]:
    """Return the sightings in a document that is read without a problem."""
    found = parsed(kind, from_document, **settings)
    assert not [each for each in found if isinstance(each, Problem)]
    return [each for each in found if isinstance(each, Sighting)]


def sighting(kind: Kind, from_document: Document, **settings: str) -> Sighting:
    """Return the one sighting in a document that is read without a problem."""
    [only] = sightings(kind, from_document, **settings)
    return only


def problem(kind: Kind, from_document: Document) -> Problem:
    """Return the one problem that a document is."""
    [only] = parsed(kind, from_document)
    assert isinstance(only, Problem)
    assert only.source == "quay"
    return only
