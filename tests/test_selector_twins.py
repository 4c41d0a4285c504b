import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model.article import Article, Block
from digest.model.edits import Standing, StoryEdit
from digest.model.selection import Reason
from digest.selector import select
from digest.selector.rules import Rules
from digest.text.words import Shingle, shingles, words
from selector_samples import article, body, brief, day, reasons, sent

LONG = body("same", 100)


def mixed(shared: int, own: int, seed: str) -> tuple[Block, ...]:
    """Return a body that begins as `LONG` does and goes on by itself."""
    return (*body("same", shared), *body(seed, own))


def verdicts(*articles: Article, **fields: object) -> dict[str, Reason]:
    return reasons(select(articles, brief(**fields)))  # type: ignore[arg-type] # handed through


def test_the_fuller_of_two_stays_and_the_pair_is_named() -> None:
    told = verdicts(article("cut", blocks=body("same", 50)), article("full", blocks=LONG))
    assert told["full"].code == "chosen"
    assert told["cut"] == Reason(code="duplicate", of="full", count=100, limit=50)


@pytest.mark.parametrize(("shared", "code", "count"), [(52, "duplicate", 50), (51, "chosen", None)])
def test_half_of_the_shorter_text_makes_a_twin(shared: int, code: str, count: int | None) -> None:
    told = verdicts(
        article("a", blocks=mixed(shared, 100 - shared, "own")), article("full", blocks=mixed(100, 20, "on"))
    )
    assert (told["a"].code, told["a"].count) == (code, count)


def test_how_alike_twins_are_is_configurable() -> None:
    pair = (article("a", blocks=mixed(52, 48, "own")), article("full", blocks=LONG))
    assert verdicts(*pair, rules=Rules(twin=51))["a"].code == "chosen"


def test_of_equal_texts_the_earlier_stays_then_the_lower_id() -> None:
    assert verdicts(article("a", day(3), blocks=LONG), article("b", day(2), blocks=LONG))["a"].of == "b"
    assert verdicts(article("a", day(2), blocks=LONG), article("b", day(2), blocks=LONG))["b"].of == "a"


def test_the_closest_twin_is_named() -> None:
    told = verdicts(
        article("a", blocks=(*LONG, *body("other", 150))),
        article("b", blocks=(*body("other", 200), *body("more", 10))),
        article("c", blocks=(*body("same", 30), *body("other", 60))),
    )
    assert told["b"].code == "duplicate"
    assert (told["c"].of, told["c"].count) == ("a", 95)


def test_what_repeats_only_a_repetition_stays() -> None:
    full, middle, end = (
        article("full", blocks=(*body("one", 60), *body("two", 50))),
        article("middle", blocks=(*body("two", 50), *body("three", 45))),
        article("end", blocks=(*body("three", 45), *body("four", 40))),
    )
    assert {id_: it.of for id_, it in verdicts(full, middle, end).items()} == {"full": "", "middle": "full", "end": ""}
    assert verdicts(middle, end)["end"].of == "middle"


def test_two_articles_at_one_address_are_one_story() -> None:
    told = verdicts(article("a", url="http://mag.example/x/"), article("b", url="https://mag.example/x"))
    assert told["b"] == Reason(code="duplicate", of="a", count=100, limit=50)


def test_equal_fingerprints_are_one_text_however_short() -> None:
    pair = [article(id_, blocks=body("short", 25)) for id_ in "ab"]
    assert verdicts(*pair, rules=Rules(shortest=10, twin=101))["b"].code == "chosen"
    told = verdicts(*pair, rules=Rules(shortest=10))
    assert told["b"].code == "duplicate"
    edits = [StoryEdit(article="a", do="add")]
    assert reasons(select(pair, brief(None, *edits)))["b"].code == "too-short"


def test_very_short_texts_are_not_compared() -> None:
    short = article("short", blocks=body("same", 39))
    selection = select([short, article("full", blocks=LONG)], brief(None, StoryEdit(article="short", do="add")))
    assert [choice.article.id for choice in selection.chosen] == ["full", "short"]


def test_what_was_sent_is_not_told_again_in_other_words() -> None:
    old = article("old", day(-2), blocks=body("same", 60))
    told = verdicts(old, article("new", blocks=LONG), sent=(sent(-1, old),))
    assert told["old"].code == "sent-before"
    assert told["new"] == Reason(code="duplicate", of="old", count=100, limit=50)


def test_nothing_that_repeats_a_sent_story_is_offered() -> None:
    old, late = article("old", day(-9)), article("late", day(-2))
    twin = article("twin", day(-2), blocks=(*body("old"), *body("end", 9)))
    told = verdicts(old, late, twin, sent=(sent(-2, old),), rules=Rules(since=day(-90)))
    assert (told["late"].offer, told["twin"].offer) == ("skipped-week", None)
    told = verdicts(old, late, twin, sent=(sent(-2, old),), rules=Rules(since=day(-90), late="include"))
    assert (told["late"].how, told["twin"].code) == ("late", "duplicate")


def test_what_an_editor_brought_in_stays_and_its_twin_goes() -> None:
    pair = [article("cut", day(-3), blocks=body("same", 50)), article("full", blocks=LONG)]
    added = reasons(select(pair, brief(None, StoryEdit(article="cut", do="add"))))
    assert (added["cut"].how, added["full"].of) == ("added", "cut")
    held = reasons(select(pair, brief(standing=(Standing(article="cut", do="hold", label="2024-W39"),))))
    assert (held["cut"].how, held["full"].of) == ("held", "cut")
    both = reasons(select(pair, brief(None, *(StoryEdit(article=it.id, do="add") for it in pair))))
    assert both["cut"].how == both["full"].how == "added"


def test_an_undated_twin_that_the_editor_added_stays() -> None:
    pair = [article("a", blocks=LONG), article("b", None, blocks=LONG)]
    assert reasons(select(pair, brief(None, StoryEdit(article="b", do="add"))))["a"].of == "b"


def test_real_stories_on_one_subject_are_no_twins(shared: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((shared / "seeds").glob("*.txt"))]
    stories = [
        article(f"{at}", blocks=tuple(Block(text=line) for line in re.split(r"\n+", text) if len(line) > 120))
        for at, text in enumerate(texts)
    ]
    told = verdicts(*stories)
    assert len(told) == 2
    assert {it.code for it in told.values()} == {"chosen"}
    cut = article("cut", blocks=stories[0].blocks[: len(stories[0].blocks) // 2])
    assert (verdicts(*stories, cut)["cut"].code, verdicts(*stories, cut)["cut"].of) == ("duplicate", "0")


def test_a_thousand_candidates_are_compared_quickly() -> None:
    ending = body("about the magazine", 30)
    them = [article(f"{at:03}", blocks=(*body(f"s{at % 900}", 400), *ending)) for at in range(1000)]
    start = time.process_time()
    told = verdicts(*them)
    taken = time.process_time() - start
    assert sum(it.code == "duplicate" for it in told.values()) == 100
    assert taken < 15  # 1.3 s measured, three times that under coverage; every pair of texts would take minutes


PIECES = st.lists(st.sampled_from([body(seed, 8)[0] for seed in "abcdef"]), min_size=1, max_size=6)


@settings(max_examples=150)
@given(st.lists(PIECES, min_size=2, max_size=8), st.integers(1, 100))
def test_every_pair_is_judged_as_containment_says(bodies: list[list[Block]], twin: int) -> None:
    them = [article(f"{at}", url="", blocks=tuple(blocks), fingerprint="") for at, blocks in enumerate(bodies)]
    told = verdicts(*them, rules=Rules(shortest=1, twin=twin))
    runs = {it.id: shingles([word for block in it.blocks for word in words(block.text)]) for it in them}
    kept: list[str] = []
    for it in sorted(them, key=lambda it: (-len(it.blocks), it.id)):
        shares = {other: _percent(runs[it.id], runs[other]) for other in kept}
        if max(shares.values(), default=-1) < twin:
            kept.append(it.id)
            assert told[it.id].code == "chosen"
        else:
            assert told[it.id].count == max(shares.values()) == shares[told[it.id].of]


def _percent(one: frozenset[Shingle], other: frozenset[Shingle]) -> int:
    """Return the share of the smaller set that also stands in the other."""
    return 100 * len(one & other) // min(len(one), len(other))
