"""The sentences that carry a story: which they are, what is never among them, and what they are worth."""

import gzip
import statistics
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from digest.merge import merge, seal
from digest.model.article import Article, BlockKind, Sighting
from digest.model.edits import Summary
from digest.sources import Given, Reading, read_file
from digest.summarizer import Budget, make_lead, shown_dek
from test_lead import story

STRIKE = "The ferry strike began at noon, and the ferry company closed the ferry line for good."
CREWS = "Ferry crews say that the strike will go on until the company opens the line again."
QUIET = "It was a quiet morning on the old wooden quay, and a dog slept by the wall."
GULLS = "Gulls sat in a row, as they do when rain is on its way from the west."
Spoken = tuple[BlockKind, str]
TITLE = "Strike closes the ferry line"


def carried(*paragraphs: str) -> tuple[str, ...]:
    return make_lead(story(*paragraphs, title=TITLE), Budget(20, 60), mode="extract").sentences


def test_a_story_that_comes_late_to_its_point_is_carried_by_other_sentences_than_its_first() -> None:
    told = story("It rained.", GULLS, STRIKE, CREWS, title=TITLE)
    lead = make_lead(told, Budget(20, 40), mode="extract")
    assert (lead.mode, lead.sentences, lead.note) == ("extract", (STRIKE, CREWS), "")
    assert make_lead(told, Budget(20, 40)).sentences == ("It rained.", GULLS, STRIKE)


def test_they_stand_in_the_storys_order_and_are_as_many_as_the_least_length_asks_for() -> None:
    paragraphs = (QUIET, STRIKE, GULLS, CREWS, "The company says nothing about the strike.")
    told = make_lead(story(*paragraphs, title=TITLE), Budget(40, 90), mode="extract").sentences
    assert len(told) == 3
    assert list(told) == sorted(told, key=paragraphs.index)
    assert len(carried(*paragraphs)) == 2


@pytest.mark.parametrize(
    "sentence",
    [
        "They say that the ferry strike closes the ferry line.",
        "Does the ferry strike close the ferry line?",
        "The ferry strike at the ferry line is seen from the chart below.",
        "The ferry company said of the ferry strike:",
        "“The ferry strike closes the ferry line. It does so for good,” said Bo Dahl.",
    ],
)
def test_what_leans_asks_points_or_stands_in_a_quotation_that_goes_on_is_not_among_them(sentence: str) -> None:
    said = carried(GULLS, f"{QUIET} {sentence} And so on.", CREWS)
    assert not any(part in sentence for part in said)
    assert CREWS in said


def test_where_none_carries_it_by_itself_the_opening_does() -> None:
    lead = make_lead(
        story("“We go. They stay. Nobody asks. That was how the strike began,” he said."), Budget(5, 30), mode="extract"
    )
    assert lead.mode == "lead"
    assert lead.note == "no sentences carry the story by themselves: the story's opening instead"


def test_it_repeats_neither_headline_nor_dek() -> None:
    said = make_lead(story(STRIKE, CREWS, GULLS, dek=STRIKE, title=CREWS), Budget(10, 60), mode="extract").sentences
    assert said == (GULLS,)


@pytest.fixture(scope="module")
def pages(shared: Path) -> list[Article]:
    """Every second of the real pages, those with a dek of their own that is written in other words."""
    folder = shared / "leads" / "pages"
    if not folder.is_dir():
        pytest.skip("../shared/leads is not here")
    reading = Reading(zone=ZoneInfo("UTC"), now=datetime(2026, 11, 24, tzinfo=UTC), web=None)
    found = []
    for path in sorted(folder.glob("*.html.gz"))[::2]:
        page = path.with_suffix("").name
        given = Given(source=page, kind="page")
        found += [each for each in _read(path, given, reading) if len(shown_dek(each).split()) >= 8]
    return found


def _read(path: Path, given: Given, reading: Reading) -> list[Article]:
    import tempfile  # noqa: PLC0415 - pages are read from files

    with tempfile.NamedTemporaryFile(suffix=".html") as file:
        file.write(gzip.decompress(path.read_bytes()))
        file.flush()
        seen = [each for each in read_file(Path(file.name), given, reading) if isinstance(each, Sighting)]
    return [merge([seal(each)]) for each in seen]


def test_on_real_pages_they_are_as_near_to_the_dek_as_the_opening_is(pages: list[Article]) -> None:
    from rouge_score.rouge_scorer import RougeScorer  # noqa: PLC0415 - heavy: NumPy and NLTK, for this test alone

    scorer = RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=True)

    def worth(mode: Summary) -> float:
        told = [(shown_dek(page), make_lead(page, Budget(20, 70), mode=mode, dek_shown=False).text) for page in pages]
        scores = [scorer.score(dek, text) for dek, text in told]
        return 100 * statistics.mean(float(score.fmeasure) for each in scores for score in each.values())

    opening, carrying = worth("lead"), worth("extract")
    print(f"ROUGE-1, -2, -L, mean of {len(pages)}: opening {opening:.1f}, carrying sentences {carrying:.1f}")
    assert len(pages) > 50
    assert carrying >= opening


def test_of_an_interview_no_answer_is_taken_for_the_magazines_own_words() -> None:
    asked: Spoken = ("question", "Why does the harbour board talk of its cranes, Ms Holm?")
    told: Spoken = (
        "answer",
        f"{STRIKE} We closed it, and the harbour board knows why the crews of its cranes are on strike.",
    )
    interview = story(GULLS, CREWS, asked, told, title=TITLE)
    lead = make_lead(interview, Budget(10, 60), mode="extract")
    assert lead.mode == "extract"
    assert set(lead.sentences) <= {GULLS, CREWS}
    bare = make_lead(story(asked, told, title=TITLE), Budget(10, 60), mode="extract")
    assert (bare.mode, bare.sentences[0]) == ("lead", asked[1])
    assert bare.note.startswith("no sentences carry the story by themselves: the story's opening instead")
