import re
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model.article import Article, Block
from digest.model.edits import Standing, StoryEdit
from digest.model.selection import Reason
from digest.selector import select
from digest.selector.rules import Rules
from digest.text.repeats import repeats, told
from digest.text.words import words
from selector_samples import article, body, brief, day, reasons, sent

LONG = body("same", 100)


def edited(*places: int) -> tuple[Block, ...]:
    """Return `LONG` with other words at some places: one in the middle changes five of its 96 runs."""
    said = LONG[0].text.split()
    return (Block(text=" ".join("edited" if at in places else word for at, word in enumerate(said))),)


def verdicts(*articles: Article, **fields: object) -> dict[str, Reason]:
    return reasons(select(articles, brief(**fields)))  # type: ignore[arg-type] # handed through


def test_the_fuller_of_two_stays_and_the_pair_is_named() -> None:
    told = verdicts(article("cut", blocks=body("same", 50)), article("full", blocks=LONG))
    assert told["full"].code == "chosen"
    assert told["cut"] == Reason(code="duplicate", of="full", count=100, limit=50)


TENS = tuple(range(10, 100, 10))


@pytest.mark.parametrize(("places", "code", "count"), [((2, *TENS), "duplicate", 50), ((3, *TENS), "chosen", None)])
def test_half_of_the_shorter_text_makes_a_twin(places: tuple[int, ...], code: str, count: int | None) -> None:
    told = verdicts(article("a", blocks=edited(*places)), article("full", blocks=(*LONG, *body("on", 20))))
    assert (told["a"].code, told["a"].count) == (code, count)


def test_how_alike_twins_are_is_configurable() -> None:
    pair = (article("a", blocks=edited(2, *TENS)), article("full", blocks=(*LONG, *body("on", 20))))
    assert verdicts(*pair, rules=Rules(twin=51))["a"].code == "chosen"


def test_the_next_part_of_a_series_is_chosen_too() -> None:
    box = body("what happened so far", 120)
    parts = [article(id_, blocks=(*box, *body(f"part {id_}", 90))) for id_ in "abc"]
    assert {it.code for it in verdicts(*parts).values()} == {"chosen"}
    whole = article("d", blocks=(*parts[0].blocks, *body("on", 20)))
    told = verdicts(*parts, whole)
    assert (told["a"].of, told["b"].code, told["c"].code) == ("d", "chosen", "chosen")


def test_the_copy_behind_a_part_that_shares_more_is_found() -> None:
    box = body("box", 100)
    cut = article("cut", blocks=(*box, *body("own", 30)))
    part = article("part", blocks=(*box, *body("new", 60)))
    first = article("first", blocks=(*edited(*TENS), *body("long", 120)))
    assert verdicts(cut, part, first)["cut"].of == "part"
    serial = (replace(cut, series="Shores"), replace(part, series="Shores", title="Two"))
    assert verdicts(*serial, first)["cut"].code == "chosen"


def test_of_equal_texts_the_earlier_stays_then_the_lower_id() -> None:
    assert verdicts(article("a", day(3), blocks=LONG), article("b", day(2), blocks=LONG))["a"].of == "b"
    assert verdicts(article("a", day(2), blocks=LONG), article("b", day(2), blocks=LONG))["b"].of == "a"


def test_the_closest_twin_is_named() -> None:
    told = verdicts(
        article("a", blocks=(*LONG, *body("other", 150))),
        article("b", blocks=(*body("other", 150), *body("more", 10))),
        article("c", blocks=(*body("same", 30), *body("other", 60))),
    )
    assert told["b"].code == "duplicate"
    assert (told["c"].of, told["c"].count) == ("a", 95)


def test_what_repeats_only_a_repetition_stays() -> None:
    last = Block(text=" ".join(body("two", 80)[0].text.split()[-20:]))
    full, middle, end = (
        article("full", blocks=(*body("one", 40), *body("two", 80))),
        article("middle", blocks=(*body("two", 80), *body("three", 26))),
        article("end", blocks=(last, *body("three", 26))),
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
def test_every_pair_is_judged_as_the_one_verdict_says(bodies: list[list[Block]], twin: int) -> None:
    them = [article(f"{at}", url="", blocks=tuple(blocks), fingerprint="") for at, blocks in enumerate(bodies)]
    verdict = verdicts(*them, rules=Rules(shortest=1, twin=twin))
    stories = {it.id: told(it) for it in them}
    kept: list[str] = []
    for it in sorted(them, key=lambda it: (-sum(len(words(block.text)) for block in it.blocks), it.id)):
        found = {other: repeats(stories[it.id], stories[other], twin) for other in kept}
        shares = {other: percent for other, percent in found.items() if percent is not None}
        if not shares:
            kept.append(it.id)
            assert verdict[it.id].code == "chosen"
        else:
            assert verdict[it.id].count == max(shares.values()) == shares[verdict[it.id].of]


SENT_LONG_AGO = day(-200)


def test_what_was_sent_long_ago_is_not_told_again_from_another_site() -> None:
    old = article("old", SENT_LONG_AGO, blocks=LONG)
    new = article("new", url="https://other.example/new", blocks=(*LONG, *body("end", 9)))
    found = verdicts(old, new, sent=(sent(-29, old),))
    assert found["old"].code == "sent-before"
    assert found["new"] == Reason(code="duplicate", of="old", count=100, limit=50)


def also_in(*articles: Article, **fields: Any) -> dict[str, tuple[str, ...]]:
    return {it.article.id: it.article.also_in for it in select(articles, brief(**fields)).chosen}


def test_a_story_says_on_which_other_sites_it_stands() -> None:
    full = article("full", blocks=(*LONG, *body("on", 9)), also_in=("The Quay",))
    copies = [article(id_, url=f"https://{id_}.example/x", blocks=LONG) for id_ in ("beta", "alpha")]
    own = article("own", url="https://mag.example/again", blocks=LONG)
    nowhere = article("nowhere", url="", blocks=LONG)
    assert also_in(full, *copies, own, nowhere) == {"full": ("The Quay", "alpha.example", "beta.example")}


def test_of_two_copies_the_one_on_the_magazines_own_site_stays() -> None:
    ours = article("ours", url="https://www.mag.example/x", blocks=LONG)
    theirs = article("theirs", url="https://other.example/x", blocks=(*body("first in the magazine", 9), *LONG))
    assert verdicts(ours, theirs)["ours"].of == "theirs"
    assert verdicts(ours, theirs, hosts=("mag.example",))["theirs"].of == "ours"
    assert also_in(ours, theirs, hosts=("mag.example",)) == {"ours": ("other.example",)}


def test_a_copy_that_appeared_elsewhere_before_and_was_not_sent_keeps_no_story_out() -> None:
    before = article("before", day(-60), url="https://other.example/x", blocks=LONG)
    gone = article("gone", day(-60), url="https://gone.example/x", blocks=LONG, gone=True)
    alike = {id_: frozenset[str]() for id_ in ("before", "gone", "new")}
    assert also_in(before, gone, article("new", blocks=LONG), alike=alike) == {"new": ("other.example",)}


def test_learnt_furniture_is_not_compared() -> None:
    foot = Block(text=" ".join(f"foot{number}" for number in range(120)))
    pair = [article(id_, blocks=(*body(id_, 40), foot)) for id_ in "ab"]
    assert verdicts(*pair)["b"].count == 74
    assert verdicts(*pair, alike={id_: frozenset({foot.text}) for id_ in "ab"})["b"].code == "chosen"
