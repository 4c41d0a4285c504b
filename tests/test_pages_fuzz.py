"""No page makes `digest lead` raise, print what the page does not hold, exceed its budget or take its time."""

import re
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.pipeline.leading import Asked, NoLead, PageLead, Row, leads_at
from digest.pipeline.wording import Wish
from digest.sources.markup.body import parse_html
from digest.sources.markup.shown import seen_text
from digest.summarizer import Budget
from digest.summarizer.budget import length
from digest.text.clean import clean_text
from page_shapes import SHAPES, STORY, page

ASKED = Asked(
    zone=ZoneInfo("UTC"), now=datetime(2024, 11, 10, tzinfo=UTC), wish=Wish(budget=Budget(at_least=20, at_most=70))
)
TAGS = (
    *(
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<h1>",
        "</h1>",
        "<h2>",
        "<main>",
        "</main>",
        "<aside>",
        "<button>",
        "<header>",
    ),
    *(
        "<article>",
        "</article>",
        "<ul><li>",
        "</ul>",
        "<br><br>",
        "<b>",
        "</b>",
        "<table><tr><td>",
        "</table>",
        "<nav>",
    ),
    *(
        "<div class='post-author'>",
        "<div class='post-excerpt'>",
        "<div class='related'>",
        "<a href='/author/x'>",
        "</a>",
    ),
    *("<time datetime='2024-10-25'>", "</time>", "<span class='updated'>", "</span>", "<blockquote>", "</blockquote>"),
    *("<div itemscope itemtype='https://schema.org/Article'>", "<span itemprop='author'>", "<figure>", "</figure>"),
    *("<meta property='og:title' content='The gate'>", "<title>The gate | Quay</title>", "<section class='hero'>"),
)
TEXTS = (
    *(STORY, "By Ann Roe", "October 25, 2024", "Updated October 26, 2024", "The gate", "5 min read", "Advertisement"),
    *("Written by", "“Nobody told us,” said the clerk.", "Sign up for our newsletter", "Who ordered it?", "One: "),
    *("The clerk wrote the hour in pencil, as she has done since the ink froze in the winter of the long ice.", " "),
)
PAGES = st.lists(st.sampled_from(TAGS) | st.sampled_from(TEXTS) | st.text(max_size=12), max_size=60).map("".join)


def read(html: str) -> Row:
    """Return what is made of a page, the first row where it is more than one."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text(html, encoding="utf-8", errors="ignore")
        return leads_at(str(path), ASKED)[0]


def squeezed(text: str) -> str:
    """Return a text's letters and digits: what cleaning makes of quotation marks and controls is another matter."""
    return "".join(filter(str.isalnum, text))


def check(html: str, row: Row, *, spliced: bool = False) -> None:
    """Check what is made of a page. Of a `spliced` one, torn inside its tags, the words need only stand in order."""
    if isinstance(row, NoLead):
        assert not row.error.startswith("cannot be read: ")  # it came from an exception
        return
    assert length(" ".join(row.sentences)) <= ASKED.wish.budget.at_most
    if row.mode == "lead":
        holds = in_order if spliced else verbatim
        assert [sentence for sentence in row.sentences if not holds(html, sentence)] == []


def verbatim(html: str, sentence: str) -> bool:
    return squeezed(sentence) in squeezed(seen_text(parse_html(html.encode(errors="ignore").decode())))


def in_order(html: str, sentence: str) -> bool:
    characters = iter(squeezed(html + clean_text(html)))
    return all(character in characters for character in squeezed(sentence))


@settings(max_examples=150)
@given(PAGES)
def test_a_lead_is_the_pages_own_words_within_the_budget(html: str) -> None:
    check(html, read(html))


@settings(max_examples=60)
@given(PAGES)
def test_what_stands_in_a_page_that_is_whole_is_read_all_the_same(noise: str) -> None:
    html = f"<title>The gate that stayed shut</title><h1>The gate that stayed shut</h1><p>{STORY * 3}</p>{noise}"
    check(html, read(html))


def reading(shape: str, size: int) -> tuple[float, Row]:
    """Return how many seconds of work a page took, and what was made of it."""
    html = page(shape, size)
    began = time.process_time()
    row = read(html)
    took = time.process_time() - began
    assert isinstance(row, PageLead) or not row.error.startswith("cannot be read: ")  # it came from an exception
    return took, row


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_the_page(shape: str) -> None:
    reading(shape, 10_000)  # whatever is loaded or compiled by the first page
    (small, _), (large, _) = (min(reading(shape, size) for _ in range(2)) for size in (25_000, 200_000))
    assert large < 20 * small + 0.5  # eight times the page: a quadratic step would take 64 times as long


@pytest.mark.heavy
@pytest.mark.parametrize("shape", SHAPES)
def test_five_megabytes_end_in_seconds(shape: str, record_property: Callable[[str, object], None]) -> None:
    (half, _), (whole, row) = reading(shape, 2_500_000), reading(shape, 5_000_000)
    record_property("figures", f"5 MB of {shape}: {whole:.1f} s, half of it {half:.1f} s")
    assert isinstance(row, PageLead) or re.match(r"its text has|an article was left out|the page holds no", row.error)
    assert whole < 3 * half + 3  # the last three are for what a page of one kind is tried with, and another is not
    assert whole < 20


@pytest.mark.heavy
def test_a_fuzzer_that_watches_the_branches_finds_no_page_that_breaks(tmp_path: Path) -> None:
    driver = Path(__file__).parent / "drivers" / "fuzz_pages.py"
    seeds = Path(__file__).parent / "pages"
    command = (sys.executable, str(driver), str(tmp_path), str(seeds), "-max_total_time=120", "-timeout=30")
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr[-3_000:]
