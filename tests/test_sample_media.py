"""The sample magazine's pages, scrapes and notes are built as real ones are."""

import re

import pytest

from sample_raw import SAMPLE, json_ld, manifest, note_named, page, page_names, said

# Pages


def test_pages_have_the_furniture_that_sites_have() -> None:
    sources = {
        name: (SAMPLE / "pages" / f"{name}.html").read_text(encoding="utf-8").casefold() for name in page_names()
    }
    furniture = ("<nav", "cookie", "share", "advert", "sign up", "related", "comment", "figcaption", "og:title")
    assert {word: sum(word in source for source in sources.values()) >= 2 for word in furniture} == dict.fromkeys(
        furniture, True
    )
    skeletons = {tuple(node.tag for node in page(name).iter()) for name in page_names()}
    assert len(skeletons) == 9


def test_on_one_page_alone_json_ld_and_open_graph_disagree() -> None:
    at_odds = [name for name in page_names() if json_ld(name)["headline"] != said(name, "og:title")]
    assert at_odds == ["the-lighthouse-that-was-sold-twice"]
    stated = json_ld(at_odds[0])
    assert stated["datePublished"] != said(at_odds[0], "article:published_time")
    assert stated["articleSection"] != said(at_odds[0], "article:section")


def test_one_page_is_an_interview() -> None:
    assert len(page("a-chart-is-a-promise").xpath("//p/strong[contains(., '?')]")) == 4


# Scrapes


@pytest.mark.parametrize("row", manifest(), ids=lambda row: row["file"])
def test_a_scrape_is_built_as_crawlers_leave_them(row: dict[str, str]) -> None:
    text = (SAMPLE / "scrapes" / row["file"]).read_text(encoding="utf-8")
    top, rest = text.split("\n\n\n", 1)
    assert top.startswith("Follow us on social\n\n")
    assert rest.count("\nkeep readingShow less\n") == 3
    assert len(re.findall(r"^Top (?:photo|image) credit[:\"]", rest, re.MULTILINE | re.IGNORECASE)) >= 3
    assert re.search(r"\nLATEST\n\nTIDEWATER\n\nNewsletter\n\nSubscribe now to [^\n]+\n\Z", rest)


def test_scrapes_differ_in_kind_credit_and_date() -> None:
    files = {row["file"]: (SAMPLE / "scrapes" / row["file"]).read_text(encoding="utf-8") for row in manifest()}
    assert sum(1 for text in files.values() if re.search(r"^\w+ \| \w+$", text, re.MULTILINE)) == 2
    assert sum(1 for text in files.values() if text.split("\n\n\n", 1)[1].startswith("Top image credit:")) == 2
    assert sum(1 for text in files.values() if "google cta" in text) == 2
    assert [row["file"] for row in manifest() if not row["published"]] == ["a-stone-with-a-hole-in-it.txt"]


# Notes


def test_notes_have_front_matter_of_two_houses() -> None:
    full, hugo = note_named("2024-10-18-tide-table")[0], note_named("counting-gannets-by-ear")[0]
    assert {"title", "date", "authors", "section", "dek", "tags", "series", "image"} <= full.keys()
    assert full["image"].keys() == {"url", "alt", "credit"}
    assert {"draft", "lastmod", "slug", "categories", "author", "description"} <= hugo.keys()
    assert not {"section", "authors", "dek"} & hugo.keys()


def test_a_note_has_links_a_quotation_and_a_list() -> None:
    body = note_named("2024-10-02-five-books-for-a-wet-pocket")[1]
    assert len(re.findall(r"\]\(https://", body)) == 2
    assert re.search(r"^> ", body, re.MULTILINE)
    assert len(re.findall(r"^\d\. ", body, re.MULTILINE)) == 5


def test_it_is_small_enough_to_ship() -> None:
    assert sum(path.stat().st_size for path in SAMPLE.rglob("*") if path.is_file()) < 900_000
