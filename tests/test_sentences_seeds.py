"""The sentences of the two real scrapes, checked by eye: only the places where they end are kept here."""

from pathlib import Path

import pytest

from digest.summarizer.sentences import split

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"

# Line (from 0): where each of its sentences ends, in characters.
ENDS = {
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
        38: (177, 328, 481),
        40: (151, 264),
        42: (21, 272),
        46: (220,),
        48: (265,),
        50: (289,),
        65: (43,),
        67: (172, 411),
        77: (210, 317),
        79: (227, 354),
        89: (200,),
        91: (268, 408),
        93: (186, 543),
        95: (242, 462),
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
        60: (185,),
        62: (220,),
        73: (142,),
        75: (168, 326, 395),
        77: (175, 244),
        79: (212, 355),
        81: (141, 232, 367),
        93: (324,),
        95: (248,),
    },
}


@pytest.mark.parametrize("name", ENDS)
def test_every_prose_line_of_a_real_page_parts_where_a_reader_parts_it(name: str) -> None:
    if not SEEDS.is_dir():
        pytest.skip("../shared is not here")
    lines = next(SEEDS.glob(name)).read_text("utf-8").splitlines()
    for at, ends in ENDS[name].items():
        sentences = split(lines[at])
        found = tuple(len(" ".join(sentences[: n + 1])) for n in range(len(sentences)))
        assert found == ends, f"line {at}"
