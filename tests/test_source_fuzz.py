"""No bytes make a parser raise, and what it gives is clean, sealed and dated with an aware instant."""

import contextlib
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import SourceError
from digest.model.article import Problem, Sighting
from digest.sources.opml import read_opml
from digest.sources.settings import Kind
from digest.text.clean import clean_text
from digest.text.dates import DateError, read_date
from source_pieces import KINDS, PIECES, WHOLE
from sources_making import READING, document, parsed


def documents(kind: str) -> st.SearchStrategy[bytes]:
    """Bytes of all sorts: some at random, most put together from what the parser looks for."""
    pieces = st.lists(st.sampled_from(PIECES[kind]) | st.text(max_size=8), max_size=40).map("".join)
    return st.binary(max_size=200) | pieces.map(lambda text: text.encode(errors="ignore"))


def check(kind: Kind, body: bytes) -> None:
    for found in parsed(kind, document(body, url="file:a")):
        if isinstance(found, Problem):
            assert found.message
            assert not found.message.startswith("cannot be read: ")  # it came from an exception
        else:
            check_sighting(found)


def check_opml(body: bytes) -> None:
    with contextlib.suppress(SourceError):
        for outline in read_opml(document(body)):
            assert outline.url
            assert outline.name


def check_date(body: bytes) -> None:
    with contextlib.suppress(DateError):
        read_date(body.decode(errors="ignore"), READING.zone)


def check_sighting(found: Sighting) -> None:
    assert found.title or found.url
    assert len(found.hash) == 64
    assert found.published is None or found.published.tzinfo
    texts = (
        found.title,
        found.dek,
        found.section,
        *found.authors,
        *found.tags,
        *(block.text for block in found.blocks),
    )
    assert [clean_text(text) for text in texts] == list(texts)


@pytest.mark.parametrize("kind", KINDS)
def test_the_pieces_make_articles(kind: str) -> None:
    [found] = parsed(KINDS[kind], document(WHOLE[kind]))
    assert isinstance(found, Sighting)
    check(KINDS[kind], WHOLE[kind].encode())


@pytest.mark.parametrize("kind", KINDS)
def test_any_bytes_of_each_kind(kind: str) -> None:
    @settings(max_examples=60 if kind == "page" else 100)
    @given(documents(kind))
    def read(body: bytes) -> None:
        check(KINDS[kind], body)

    read()


@settings(max_examples=300)
@given(documents("date"))
def test_any_date(body: bytes) -> None:
    check_date(body)


@settings(max_examples=100)
@given(documents("opml"))
def test_any_opml(body: bytes) -> None:
    check_opml(body)


@settings(max_examples=60)
@given(st.binary(max_size=300))
def test_any_bytes_of_any_kind(body: bytes) -> None:
    check("auto", body)


@pytest.mark.heavy
@pytest.mark.parametrize("kind", PIECES)
def test_a_fuzzer_that_watches_the_branches_finds_nothing_that_breaks_a_parser(kind: str, tmp_path: Path) -> None:
    driver = Path(__file__).parent / "drivers" / "fuzz_sources.py"
    command = (
        sys.executable,
        str(driver),
        kind,
        str(tmp_path),
        "-max_total_time=60",
        "-timeout=20",
        "-rss_limit_mb=2048",
    )
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr[-3_000:]
