"""Rows of the report: what could not be read, where, and what to do about it."""

from urllib.parse import unquote

from digest.model.article import Document, Problem

_FILE = "file://"


def place(document: Document) -> str:
    """Return where a document came from as a person would write it: an address, or a path."""
    return unquote(document.url.removeprefix(_FILE)) if document.url.startswith(_FILE) else document.url


def problem(document: Document, message: str, *, hint: str = "", part: str = "") -> Problem:
    """Return a row about a document; `part` names the place inside."""
    where = f"{place(document)}: {part}" if part else place(document)
    return Problem(source=document.source, where=where, message=message, hint=hint)
