from dataclasses import replace
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from digest.model.selection import Code, How, Reason
from digest.selector.reasons import in_words
from selector_samples import day

WHEN = day(0)
SHORT = Reason(code="too-short", count=32, limit=40)
TWIN = Reason(code="duplicate", of="0a1b2c3d4e5f", count=83, limit=50)
CAPPED = Reason(code="author-cap", of="Ana Ruiz", count=4, limit=2)
OVER = Reason(code="chosen", how="over-cap", of="Culture", count=7, limit=3)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason(code="dropped"), "dropped by the editor"),
        (Reason(code="held"), "held back for the next issue"),
        (Reason(code="sent-before", of="2024-W42"), "sent in 2024-W42"),
        (Reason(code="gone"), "gone from the magazine's site"),
        (Reason(code="undated"), "no date of publication is known"),
        (Reason(code="guessed-date", when=WHEN), "its date is only a guess: published Fri 27 Sep 2024"),
        (Reason(code="future", when=WHEN), "not out yet: published Fri 27 Sep 2024"),
        (Reason(code="outside", when=WHEN), "outside the window: published Fri 27 Sep 2024"),
        (
            Reason(code="outside", when=WHEN, offer="passed-over"),
            "outside the window: published Fri 27 Sep 2024; on offer: passed over",
        ),
        (Reason(code="section-excluded", of="Sponsored"), "section left out: Sponsored"),
        (Reason(code="section-excluded"), "section left out: none given"),
        (SHORT, "too short: 32 words, at least 40 are asked for"),
        (TWIN, "repeats 0a1b2c3d4e5f (83 % of the shorter text)"),
        (CAPPED, "over the limit of 2 by Ana Ruiz, who has 4"),
        (replace(CAPPED, offer="late"), "over the limit of 2 by Ana Ruiz, who has 4; on offer: came in late"),
        (Reason(code="section-cap", of="Culture", count=7, limit=3), "over the limit of 3 in Culture, which has 7"),
        (Reason(code="chosen", how="window", when=WHEN), "published Fri 27 Sep 2024"),
        (Reason(code="chosen"), "undated"),
        (Reason(code="chosen", how="pinned", when=WHEN), "pinned by the editor: published Fri 27 Sep 2024"),
        (Reason(code="chosen", how="added"), "added by the editor: undated"),
        (Reason(code="chosen", how="held", of="2024-W39"), "held from 2024-W39: undated"),
        (
            Reason(code="chosen", how="late", offer="skipped-week", when=WHEN),
            "carried over, from a skipped week: published Fri 27 Sep 2024",
        ),
        (OVER, "headline only: over the limit of 3 for Culture, 7 in all"),
    ],
)
def test_every_reason_has_its_words(reason: Reason, words: str) -> None:
    assert in_words(reason) == words


@pytest.mark.parametrize("code", get_args(Code))
@pytest.mark.parametrize("how", get_args(How))
def test_no_code_is_without_words(code: Code, how: How) -> None:
    assert in_words(Reason(code=code, how=how))


def test_a_duplicate_names_the_story_that_it_repeats() -> None:
    assert in_words(TWIN, {TWIN.of: "A bridge opens"}) == "repeats “A bridge opens” (83 % of the shorter text)"


def test_dates_are_said_in_the_magazines_zone() -> None:
    late = Reason(code="chosen", when=day(0.5))
    assert in_words(late) == "published Sat 28 Sep 2024"
    assert in_words(late, zone=ZoneInfo("America/New_York")) == "published Fri 27 Sep 2024"
