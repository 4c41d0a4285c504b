"""digest.text.repeats: what is one story told twice, and what only looks like it."""

from datetime import UTC, datetime

import pytest

from digest.model.article import Article, Block
from digest.text.repeats import Told, contained, repeats, told
from digest.text.words import shingles, words

HALF = 50
STORY = (
    "The council voted on Tuesday to close the old ferry landing, which eleven families still use every morning.",
    "“Nobody asked us,” said Mara Quill, who has run the kiosk beside it since her father gave it up.",
    "The port says that the piles are rotten and that a new landing would cost more than the service ever earned.",
    "Engineers who looked at them in the spring found four that have to be replaced, and no reason to hurry now.",
    "A petition lies in the bakery. It had three hundred names on it by Friday, and the baker has sent for more paper.",
)


def tale(*texts: str, title: str = "A landing closes", series: str = "") -> Told:
    """Return a story as it is compared."""
    runs = shingles([word for text in texts for word in words(text)])
    return Told(title=words(title), series=series.casefold(), texts=texts, runs=runs)


def passage(seed: str, count: int) -> str:
    """Return so many words that no other seed has."""
    return " ".join(
        f"{seed.replace(' ', '')}x{'abcdefghij'[number % 10]}{number // 10 * 'o'}" for number in range(count)
    )


def test_the_same_text_under_another_headline_is_a_repetition() -> None:
    assert repeats(tale(*STORY), tale(*STORY, title="Families fight for their ferry"), HALF) == 100


def test_a_text_that_was_cut_is_a_repetition_of_the_whole() -> None:
    assert repeats(tale(*STORY[:3]), tale(*STORY), HALF) == 100
    assert repeats(tale(*STORY), tale(*STORY[1:4]), HALF) == 100


def test_a_text_in_foreign_furniture_is_a_repetition() -> None:
    framed = tale(passage("first published elsewhere", 12), *STORY, passage("about the network", 60))
    assert (repeats(tale(*STORY), framed, HALF) or 0) > 95


def test_a_text_that_was_edited_here_and_there_is_a_repetition() -> None:
    edited = [text.replace("old ", "").replace("said", "says").replace("next", "yearly") for text in STORY]
    percent = repeats(tale(*STORY), tale(*edited), HALF)
    assert percent is not None
    assert HALF < percent < 95


def test_a_correction_is_a_repetition() -> None:
    corrected = [text.replace("eleven", "twelve").replace("three hundred", "200") for text in STORY]
    note = "Correction, 5 March: an earlier version gave the number of families as 11."
    assert repeats(tale(*STORY), tale(note, *corrected), HALF) is not None


def test_an_update_with_a_new_opening_is_a_repetition() -> None:
    opening = "The mayor has called the vote off, she told reporters on the quay, and asks for another report."
    assert repeats(tale(*STORY), tale(opening, *STORY[1:]), HALF) is not None


def test_stories_that_share_less_than_asked_for_are_two() -> None:
    other = tale(STORY[1], passage("own", 80))
    assert repeats(tale(*STORY), other, HALF) is None
    assert repeats(tale(*STORY), tale(*STORY[:4]), 101) is None


def test_the_next_part_of_a_series_is_another_story() -> None:
    box, foot = passage("what happened so far", 90), passage("about the author", 30)
    one, other = tale(box, passage("one", 80), foot), tale(box, passage("two", 80), foot, title="The other bank")
    assert contained(one.runs, other.runs) >= HALF
    assert repeats(one, other, HALF) is None


@pytest.mark.parametrize(
    ("ours", "theirs", "series"),
    [
        ("Down the river, part 2", "Down the river, part 3", ""),
        ("Rain", "Snow", "Down the river"),
        ("Rome II", "Rome III", ""),
    ],
)
def test_parts_that_say_so_must_be_nearly_the_same_to_be_one(ours: str, theirs: str, series: str) -> None:
    box = passage("what happened so far", 90)
    one, other = passage("one", 20), passage("two", 20)
    assert repeats(tale(box, one), tale(box, other), HALF) is not None
    parts = tale(box, one, title=ours, series=series), tale(box, other, title=theirs, series=series)
    assert repeats(*parts, HALF) is None
    assert repeats(parts[0], tale(box, one, title=theirs, series=series), HALF) == 100


WEATHER = (
    "Good morning from the harbour office. Today the wind comes from the {} with {} knots, the tide is highest at {} "
    "and the water has {} degrees. Ships for {} leave from pier {} as usual, those for {} from pier {} unless a board "
    "at the gate says otherwise. The lock keeper is {} until noon and the next report follows at {} this evening."
)


def weather(*values: object) -> Told:
    return tale(WEATHER.format(*values), title="The harbour today")


def test_a_form_that_is_filled_in_anew_is_another_story() -> None:
    monday = weather("West", 14, "6.40", "12.5", "Skerrow", 4, "Callan", 7, "Ines Valdano", 8)
    tuesday = weather("North", 22, "7.25", "11.9", "Brandon", 3, "Tolley", 9, "Tom Marsh", 6)
    assert repeats(monday, tuesday, 30) is None
    assert contained(monday.runs, tuesday.runs) >= 30


def test_a_form_in_which_one_value_was_mended_is_a_repetition() -> None:
    monday = weather("West", 14, "6.40", "12.5", "Skerrow", 4, "Callan", 7, "Ines Valdano", 8)
    mended = weather("West", 14, "6.40", "13.5", "Skerrow", 4, "Callan", 7, "Ines Valdano", 8)
    assert repeats(monday, mended, HALF) is not None


def test_a_name_that_is_spelled_right_throughout_is_a_repetition() -> None:
    told = " ".join(f"{passage(f'way{at}', 9)} says Mara Quill and {passage(f'then{at}', 5)}" for at in range(8))
    assert repeats(tale(told), tale(told.replace("Quill", "Quille")), 30) is not None
    assert repeats(tale(told), tale(told.replace("Mara Quill", "Maria Quille")), 30) is not None


def test_an_update_of_a_few_figures_in_a_long_story_is_a_repetition() -> None:
    report = " ".join(
        [passage("flood", 40), "{} dead", passage("boats", 40), "{} missing", passage("tents", 60), "{} km"]
    )
    one, other = (tale(report.format(*figures) + passage("end", 40)) for figures in ((12, 40, 7), (15, 31, 9)))
    assert repeats(one, other, HALF) is not None


def test_paragraphs_in_another_order_are_the_same_story() -> None:
    assert repeats(tale(*STORY), tale(*reversed(STORY)), HALF) is not None


def test_a_headline_of_figures_alone_names_no_series() -> None:
    box = passage("so far", 90)
    ours, theirs = tale(box, passage("one", 20), title="1984"), tale(box, passage("two", 20), title="2001")
    assert repeats(ours, theirs, HALF) is not None


def article(*texts: str) -> Article:
    blocks = tuple(Block(text=text) for text in texts)
    return Article(
        id="a", title="The Tide", series="Shores", first_seen=datetime(2024, 10, 1, tzinfo=UTC), blocks=blocks
    )


def test_furniture_is_not_compared_unless_there_is_nothing_else() -> None:
    foot = passage("sign up", 9)
    assert told(article(STORY[0], foot), frozenset({foot})) == tale(STORY[0], title="The Tide", series="shores")
    assert told(article(foot), frozenset({foot})).texts == (foot,)


def test_empty_texts_share_nothing() -> None:
    assert contained(frozenset(), frozenset()) == 0
    assert repeats(tale(), tale(), 1) is None
    assert repeats(tale(), tale(), 0) == 0
