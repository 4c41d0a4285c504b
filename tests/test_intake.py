"""What is taken in of a source, and what is held of it meanwhile."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from digest.archive import open_archive
from digest.config.schema import SourceTable
from digest.model.article import Document
from digest.model.freshness import SourceState
from digest.pipeline.ingest.intake import take_in
from digest.pipeline.ingest.opening import opened
from digest.pipeline.ingest.reading import Order, at_work
from digest.pipeline.newsroom import open_newsroom
from running import newsroom

NOW = datetime(2024, 10, 25, 12, tzinfo=UTC)
FEED = """<rss version="2.0"><channel><title>Quay</title><item><title>Story {0}</title>
<link>https://quay.example/{0}</link><description>{1}</description></item></channel></rss>"""


class Body(bytes):
    """The bytes of a document, counted while somebody holds them."""

    held = 0

    def __init__(self, *_: object) -> None:
        type(self).held += 1

    def __del__(self) -> None:
        type(self).held -= 1


def test_of_documents_that_wait_to_be_stored_nothing_is_held_but_what_they_said(tmp_path: Path) -> None:
    newsroom(tmp_path)
    room, most = open_newsroom(tmp_path), 0

    def documents() -> Iterator[Document]:
        nonlocal most
        for number in range(24):
            body = Body(FEED.format(number, f"All that is to be said of story {number}. " * 9).encode())
            yield Document(source="quay", url=f"https://quay.example/{number}.xml", body=body, retrieved_at=NOW)
            del body
            most = max(most, Body.held)

    table = SourceTable(name="quay", kind="feed", path="notes")
    with (
        closing(open_archive(room.archive_path)) as archive,
        at_work(room, archive, Order(now=NOW, offline=True), lambda *_: None) as working,
    ):
        row = take_in(working, opened(working, table, SourceState(name="quay")), documents())
    assert (row.tally.new, row.problems) == (24, ())
    assert most <= 4
