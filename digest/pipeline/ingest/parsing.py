"""Parsing, where a process of its own may do it: a document and all that reading it depends on, and what it says."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from digest.config.schema import SourceTable
from digest.following import pages_of
from digest.model.article import Document, Problem, Sighting
from digest.model.wanted import Pages
from digest.sources import Reading, SourceSettings, open_source

_NO_PAGES: Final[frozenset[str]] = frozenset({"list"})
"""Kinds whose items lead to other magazines: their pages are read only where that is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A document, the source that it is read for, the folder of that one's paths, and what it is read with."""

    document: Document
    settings: SourceSettings
    folder: Path
    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a document said, and what of it could not be read."""

    sightings: tuple[Sighting, ...] = ()
    problems: tuple[Problem, ...] = ()


def said_of(found: Iterable[Sighting | Problem]) -> Said:
    """Return what a parser found, sorted."""
    sightings: list[Sighting] = []
    problems: list[Problem] = []
    for each in found:
        if isinstance(each, Problem):
            problems.append(each)
        else:
            sightings.append(each)
    return Said(sightings=tuple(sightings), problems=tuple(problems))


def parse(job: Job) -> Said:
    """Read a document. Never raises."""
    source = open_source(job.settings, folder=job.folder, reading=job.reading)
    return said_of(source.parse(job.document))


def settings_of(table: SourceTable) -> SourceSettings:
    """Return a source as its table of digest.toml describes it."""
    return SourceSettings(
        name=table.name,
        kind=table.kind,
        at=table.url or table.path,
        section=table.section,
        language=table.language,
        day_order=table.day_order,
        key=table.key,
    )


def page_settings(settings: SourceSettings) -> SourceSettings:
    """Return what the pages are read as that a source leads to."""
    return replace(settings, name=pages_of(settings.name), kind="page")


def pages_for(table: SourceTable) -> Pages:
    """Return which pages of a source are read."""
    return "never" if table.pages == "auto" and table.kind in _NO_PAGES else table.pages
