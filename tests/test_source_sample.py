"""The sample magazine as the sources read it: whole stories, and none of what stands around them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.archive import open_archive
from digest.model.article import Document, Sighting
from digest.model.freshness import Tally
from digest.sources import SourceSettings, open_source
from digest.sources.settings import Kind
from sources_making import READING

LATER = replace(READING, now=datetime(2024, 11, 30, tzinfo=UTC))
SAMPLE = Path(__file__).resolve().parents[1] / "digest" / "sample"
PLACES: tuple[tuple[Kind, str], ...] = (
    ("feed", "feed.xml"),
    ("page", "pages"),
    ("scrape", "scrapes"),
    ("markdown", "notes"),
)


def read(kind: Kind, at: str) -> Iterator[Sighting]:
    source = open_source(SourceSettings(name=kind, at=at, kind=kind), folder=SAMPLE, reading=LATER)
    for found in source.documents():
        assert isinstance(found, Document), found
        for sighting in source.parse(found):
            assert isinstance(sighting, Sighting), sighting
            yield sighting


@pytest.fixture(scope="module")
def pages() -> dict[str, Sighting]:
    return {sighting.url.rsplit("/", 1)[-1]: sighting for sighting in read("page", "pages")}


def test_no_page_begins_with_its_dek_and_each_has_one(pages: dict[str, Sighting]) -> None:
    assert len(pages) == 9
    assert [name for name, page in pages.items() if not page.dek or page.blocks[0].text == page.dek] == []
    assert {block.kind for page in pages.values() for block in page.blocks} == {
        *("paragraph", "heading", "quote", "question", "answer")
    }


@pytest.mark.parametrize(
    ("name", "kind", "section", "credit"),
    [
        ("a-chart-is-a-promise", "Interview", "Culture", "Jean-Baptiste Kerléo"),
        ("the-harbour-that-would-not-drain", "Investigation", "Reporting", "Rhodri Pask/Tidewater"),
        ("the-lighthouse-that-was-sold-twice", "", "Reporting", "Dilys Marchbanks"),
        ("walter-inchbold-postman-of-skerrow", "Obituary", "Culture", "Dilys Marchbanks"),
        ("what-a-millimetre-costs", "Explainer", "Analysis", None),
        ("brackholme-second-tide-of-visitors", "", "Reporting", "Maeve Corcoran-Tighe/Tidewater"),
    ],
)
def test_kinds_sections_and_credits(
    pages: dict[str, Sighting], name: str, kind: str, section: str, credit: str | None
) -> None:
    page = pages[name]
    assert (page.kind, page.section, page.kicker) == (kind, section, "")
    assert (page.image and page.image.credit) == credit
    assert not page.image or page.image.credit not in page.image.caption


@pytest.mark.parametrize(
    ("name", "around"),
    [
        ("what-a-millimetre-costs", ("1974–75", "How we did it", "spreadsheet")),
        ("brackholme-second-tide-of-visitors", ("Like what you read", "6,000 readers")),
    ],
)
def test_boxes_in_a_story_are_told_as_left_out(pages: dict[str, Sighting], name: str, around: tuple[str, ...]) -> None:
    story = " ".join(block.text for block in pages[name].blocks)
    cuts = " ".join(cut.text for cut in pages[name].left_out)
    assert [(words in story, words in cuts) for words in around] == [(False, True)] * len(around)


def test_the_feeds_categories_are_sections_kinds_series_and_tags() -> None:
    items = list(read("feed", "feed.xml"))
    assert {item.kind for item in items} == {"", "Investigation", "Review", "Explainer", "Dispatch"}
    assert {item.series for item in items} == {"", "The Tide Table"}
    assert all(item.section for item in items)
    assert not {tag for item in items for tag in item.tags} & {item.kind or item.series for item in items}


def test_no_picture_is_the_page_itself() -> None:
    images = [sighting.image for kind, at in PLACES for sighting in read(kind, at) if sighting.image]
    stated = [image.url for image in images if image.url]
    assert len(stated) > 20
    assert [url for url in stated if not url.endswith(".jpg")] == []


def test_reading_the_magazine_twice_changes_nothing(tmp_path: Path) -> None:
    archive = open_archive(tmp_path / "articles.db")
    first, again = (
        sum((archive.put(tuple(read(kind, at))) for kind, at in PLACES), Tally()) for _ in ("first", "again")
    )
    archive.close()
    assert first.new == 47
    assert (again.new, again.updated) == (0, 0)
    assert again.same == first.new + first.updated + first.same
