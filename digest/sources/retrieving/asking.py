"""Asking the web for a source: a page, or the row of the report that says why there is none."""

from digest.errors import DigestError
from digest.model.article import Document, Problem
from digest.model.page import Page
from digest.sources.settings import Reading, SourceSettings
from digest.text.urls import host


def asked(url: str, settings: SourceSettings, reading: Reading) -> Page | Problem:
    """Return what an address answers. A page that is `unchanged` has no body: nothing is to be read from it."""
    if not host(url):
        hint = "start it with https://"
        return Problem(source=settings.name, where=url, message="not a web address", hint=hint)
    if reading.web is None:
        return offline(settings)
    try:
        return reading.web.get(url)
    except DigestError as error:
        return refused(error, url, settings)


def offline(settings: SourceSettings) -> Problem:
    """Return the row about a source on the web that nobody may ask now."""
    hint = "run it again without --offline"
    return Problem(source=settings.name, where=settings.at, message="offline: not fetched", hint=hint, incomplete=True)


def refused(error: DigestError, url: str, settings: SourceSettings) -> Problem:
    """Return the row about an address that did not answer as it should."""
    where = error.where or url
    return Problem(source=settings.name, where=where, message=error.message, hint=error.hint, incomplete=True)


def document_of(page: Page, settings: SourceSettings, reading: Reading) -> Document:
    """Return the document that an answer is."""
    return Document(
        source=settings.name,
        url=page.url,
        body=page.body,
        media_type=page.media_type,
        charset=page.charset,
        retrieved_at=reading.now,
    )
