"""Texts whose sentences are known, for the tests and for the benchmark that compares segmenters.

`data/golden_rules_en.jsonl`: the Golden Rules for English, 48 lines, as pySBD 0.3.4 has them
(https://github.com/nipunsadvilkar/pySBD, MIT licence, copyright 2019 Nipun Sadvilkar), made for the Pragmatic Segmenter
(https://github.com/diasks2/pragmatic_segmenter, MIT licence, copyright 2015 Kevin S. Dias).
`data/sentences_*.txt`: invented for this project; "|" stands where a sentence ends within a line.
"""

import json
from pathlib import Path
from typing import Final

DATA: Final = Path(__file__).resolve().parent / "data"
SEEDS: Final = Path(__file__).resolve().parents[2] / "shared" / "seeds"
GOLDEN_BY_TASTE: Final = 48
"""The golden rule that is not followed: it gives the dots of an omission to the sentence behind them."""

# Line (from 0): where each of its sentences ends, in characters.
SEED_ENDS: Final = {
    "000_*.txt": {
        6: (96,),
        10: (214,),
        12: (172,),
        14: (186,),
        16: (176, 333),
        18: (67, 155),
        20: (125, 339),
        22: (121,),
        24: (108, 205, 240, 306),
        28: (155, 252),
        30: (251, 503),
        32: (150, 359),
        34: (166, 384),
        36: (42,),
        38: (177, 328, 481),
        40: (151, 264),
        42: (21, 272),
        44: (41,),
        46: (220,),
        48: (265,),
        50: (289,),
        65: (43,),
        67: (172, 411),
        77: (210, 317),
        79: (227, 354),
        83: (216, 240),
        89: (200,),
        91: (268, 408),
        93: (186, 543),
        95: (242, 462),
        105: (219,),
    },
    "002_*.txt": {
        5: (28, 45),
        13: (99,),
        15: (196, 226, 243, 287),
        17: (141,),
        19: (168, 318),
        21: (88, 263, 290),
        23: (67, 282),
        25: (144, 341),
        27: (329,),
        29: (443,),
        31: (165, 250, 361, 420),
        33: (333,),
        35: (186,),
        37: (340,),
        39: (159, 298),
        41: (228, 586),
        43: (187, 357, 436),
        45: (174,),
        47: (314, 358),
        50: (245, 262),
        54: (211, 244),
        60: (185,),
        62: (220,),
        73: (142,),
        75: (168, 326, 395),
        77: (175, 244),
        79: (212, 355),
        81: (141, 232, 367),
        83: (220,),
        93: (324,),
        95: (248,),
        108: (219,),
    },
}


def golden() -> list[list[str]]:
    """Return the Golden Rules, each as the sentences of one text."""
    return [json.loads(line) for line in (DATA / "golden_rules_en.jsonl").read_text("utf-8").splitlines()]


def lines(name: str, end: str = " | ") -> list[list[str]]:
    """Return the texts of one of our own sets, each as its sentences."""
    return [line.split(end) for line in (DATA / f"sentences_{name}.txt").read_text("utf-8").splitlines()]


def seed_lines() -> list[list[str]]:
    """Return the prose lines of the two real scrapes, each as its sentences; none where they are not here."""
    return [_cut(line, ends) for name in SEED_ENDS for line, ends in seed(name)]


def seed(name: str) -> list[tuple[str, tuple[int, ...]]]:
    """Return the prose lines of one scrape, and where the sentences of each end."""
    if not SEEDS.is_dir():
        return []
    text = next(SEEDS.glob(name)).read_text("utf-8").splitlines()
    return [(text[at], ends) for at, ends in SEED_ENDS[name].items()]


def _cut(line: str, ends: tuple[int, ...]) -> list[str]:
    folded = " ".join(line.split())
    return [folded[start:end].strip() for start, end in zip((0, *ends), ends, strict=False)]
