"""Rows of the report: what could not be read, where, and what to do about it."""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import unquote

from digest.model.article import Document, Problem

T = TypeVar("T")

_FILE = "file:"


def place(document: Document) -> str:
    """Return where a document came from as a person would write it: an address, or a path."""
    return unquote(document.url.removeprefix(_FILE)) if document.url.startswith(_FILE) else document.url


def problem(document: Document, message: str, *, hint: str = "", part: str = "", incomplete: bool = False) -> Problem:
    """Return a row about a document; `part` names the place inside, `incomplete` says that more was to come."""
    where = f"{place(document)}: {part}" if part else place(document)
    return Problem(source=document.source, where=where, message=message, hint=hint, incomplete=incomplete)


def attempt(document: Document, read: Callable[[], T], *, part: str = "") -> T | Problem:
    """Return what `read` makes of foreign bytes; what it raises over them becomes a row, and the next item is read."""
    try:
        return read()
    except Exception as error:  # noqa: BLE001 - five libraries read foreign bytes here; each may fail in its own way
        message = f"cannot be read: {type(error).__name__}: {error}"
        return problem(document, message, hint="if it stays so, report it with the file", part=part)
