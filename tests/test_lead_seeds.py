"""The leads of the two real scrapes, from their own paragraphs; none of their words are kept here."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.model.article import Article, Block
from digest.summarizer import Budget, make_lead

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
BUDGET = Budget(20, 60)
# Both were read: whole sentences, quotations closed, nothing of the page around them.
FIRST = "7a2b02fccb5f"
SECOND = "e1ef1cdd9715"


def article(name: str, *, title: int, dek: int, body: slice) -> Article:
    if not SEEDS.is_dir():
        pytest.skip("../shared is not here")
    lines = next(SEEDS.glob(name)).read_text("utf-8").splitlines()
    return Article(
        id="0" * 12,
        title=lines[title],
        dek=lines[dek],
        first_seen=datetime(2024, 10, 26, tzinfo=UTC),
        blocks=tuple(Block(text=line) for line in lines[body] if line),
    )


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def test_the_first_opens_with_its_own_first_two_paragraphs() -> None:
    seed = article("000_*.txt", title=4, dek=6, body=slice(10, 51))
    lead = make_lead(seed, BUDGET)
    assert lead.sentences == (seed.blocks[0].text, seed.blocks[1].text)
    assert digest(lead.text) == FIRST
    assert (lead.mode, lead.left_out, lead.note) == ("lead", (), "")


def test_the_second_opens_with_its_own_first_paragraph_and_a_whole_quotation() -> None:
    seed = article("002_*.txt", title=5, dek=7, body=slice(13, 48))
    lead = make_lead(seed, BUDGET)
    assert len(lead.sentences) == 2
    assert lead.sentences[0] == seed.blocks[0].text
    assert digest(lead.text) == SECOND


def test_headline_dek_and_section_are_not_taken_for_the_story() -> None:
    for seed in (
        article("000_*.txt", title=4, dek=6, body=slice(0, 51)),
        article("002_*.txt", title=5, dek=7, body=slice(0, 48)),
    ):
        bare = make_lead(seed, BUDGET)
        assert digest(bare.text) in {FIRST, SECOND}
        assert seed.title in [cut.text for cut in bare.left_out]


@pytest.mark.parametrize(("name", "at"), [("000_*.txt", 6), ("002_*.txt", 7)])
def test_their_deks_are_sound(name: str, at: int) -> None:
    seed = article(name, title=4, dek=at, body=slice(10, 51))
    lead = make_lead(seed, BUDGET, mode="dek")
    assert (lead.mode, lead.sentences) == ("dek", (seed.dek,))
