"""What holds for every lead of every story, however broken."""

import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model.article import Article, Block, BlockKind
from digest.model.edits import Summary
from digest.summarizer import Budget, make_lead
from digest.summarizer.budget import length

KINDS: tuple[BlockKind, ...] = ("paragraph", "heading", "quote", "item", "question", "answer")
SENTENCES = (
    "The ferry left.",
    "It was cold on the quay and nobody had thought of bringing a coat.",
    "“We go,” he said.",
    "“We go. They stay. Nobody asks,” he said.",
    "He asked (twice, and loudly. Nobody answered) for tea.",
    "Who saw it?",
    "Ida Holm said on Monday:",
    "Here is what we know.",
    "Advertisement",
    "By Ana Kovács",
    "LONDON — The mayor left for the U.S. on Oct. 23 with J. K. Marsh.",
    "A " + "very " * 30 + "long day came to its end.",
    "What comes next",
    "Ça va ? « Oui. » 船は出ません。",
)
PROSE = st.lists(st.sampled_from(SENTENCES), max_size=5).map(" ".join)
MESS = st.text(alphabet=st.sampled_from("aB .!?…:;,“”\"'‘’«»„()[]—-–\n\u00a0\u200b。」と1$U.S.")) | st.text(max_size=80)


def articles(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Article]:
    blocks = st.lists(st.builds(Block, kind=st.sampled_from(KINDS), text=texts), max_size=8)
    return st.builds(
        Article,
        id=st.just("0" * 12),
        title=texts,
        dek=texts,
        first_seen=st.just(datetime(2025, 1, 6, tzinfo=UTC)),
        blocks=blocks.map(tuple),
    )


MODES: tuple[Summary, ...] = ("lead", "dek", "extract")
BUDGETS = st.integers(1, 60).flatmap(lambda least: st.builds(Budget, st.just(least), st.integers(least, 120)))


def story(title: str, blocks: Iterable[tuple[BlockKind, str]]) -> Article:
    """Return a story whose dek is its headline."""
    told = tuple(Block(kind=kind, text=text) for kind, text in blocks)
    return Article(id="0" * 12, title=title, dek=title, first_seen=datetime(2025, 1, 6, tzinfo=UTC), blocks=told)


def check(article: Article, budget: Budget, mode: Summary) -> None:
    """Check what a lead is whatever the story is."""
    lead = make_lead(article, budget, mode=mode)
    held = [" ".join(article.dek.split())] if lead.mode == "dek" else [" ".join(b.text.split()) for b in article.blocks]
    assert all(any(sentence in text for text in held) for sentence in lead.sentences)
    assert sum(length(sentence) for sentence in lead.sentences) <= budget.at_most
    assert bool(lead.sentences) or lead.note
    for cut in lead.left_out:
        assert any(cut.text in " ".join(block.text.split()) for block in article.blocks)
        assert cut.why
    assert lead == make_lead(replace(article), budget, mode=mode)


@settings(max_examples=150)
@given(articles(PROSE) | articles(MESS) | articles(PROSE | MESS), BUDGETS, st.sampled_from(MODES))
def test_a_lead_is_the_sources_own_words_within_the_budget(article: Article, budget: Budget, mode: Summary) -> None:
    check(article, budget, mode)


@settings(max_examples=100)
@given(articles(PROSE), BUDGETS)
def test_what_is_opened_is_closed_and_the_end_is_an_end(article: Article, budget: Budget) -> None:
    lead = make_lead(article, budget)
    for opening, closing in ("“”", "()", "«»"):
        assert lead.text.count(opening) == lead.text.count(closing)
    if lead.mode == "lead" and lead.sentences:
        assert lead.text.endswith((".", "”", "»", "?", "。"))


@settings(max_examples=100)
@given(st.text(), articles(MESS), BUDGETS)
def test_a_hand_written_lead_keeps_all_its_words(hand: str, article: Article, budget: Budget) -> None:
    lead = make_lead(article, budget, hand=hand)
    assert lead.mode == "hand"
    assert "".join(lead.text.split()) == "".join(hand.split())


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "unit",
    [f"{sentence} " for sentence in SENTENCES]
    + ["(", "“", '"', ".", "a", "U.S. ", "’ ", "? ", "AB ", "AB-", "Ab ", "—"],
)
def test_the_work_grows_no_faster_than_the_text(unit: str, mode: Summary) -> None:
    # Sixteen times the text: quadratic work would take 256 times as long. The floor keeps the clock's grain out.
    def took(characters: int) -> float:
        text = (unit * characters)[:characters]
        article = Article(
            id="0" * 12,
            title=text,
            dek=text,
            first_seen=datetime(2025, 1, 6, tzinfo=UTC),
            blocks=(Block(text=text), *(Block(text=unit),) * (characters // 100)),
        )
        began = time.process_time()
        make_lead(article, Budget(20, 90), mode=mode)
        return max(time.process_time() - began, 0.002)

    assert took(32_000) < 100 * took(2_000)


@pytest.mark.parametrize("mode", MODES)
def test_a_story_of_five_megabytes_has_its_lead_at_once(mode: Summary) -> None:
    blocks = tuple(Block(text=" ".join(SENTENCES)) for _ in range(10_000))
    article = Article(id="0" * 12, title="T", dek="D", first_seen=datetime(2025, 1, 6, tzinfo=UTC), blocks=blocks)
    assert sum(len(block.text) for block in blocks) > 5_000_000
    began = time.process_time()
    make_lead(article, Budget(20, 90), mode=mode)
    assert time.process_time() - began < 1


@pytest.mark.heavy
def test_a_fuzzer_that_watches_the_branches_finds_no_story_that_breaks(tmp_path: Path) -> None:
    driver = Path(__file__).parent / "drivers" / "fuzz_texts.py"
    command = (sys.executable, str(driver), str(tmp_path / "corpus"), "-max_total_time=120", "-timeout=10")
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr[-3_000:]
