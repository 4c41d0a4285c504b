"""Leads of invented stories of every kind, as a sub-editor would cut them."""

from datetime import UTC, datetime
from unittest.mock import Mock

import pytest

from digest.model.article import Article, Block, BlockKind, Cut
from digest.model.lead import Lead
from digest.summarizer import Budget, make_lead, pieces
from digest.summarizer.budget import length
from digest.summarizer.furniture import furniture

SHORT = Budget(20, 40)
LONG = Budget(20, 90)

FERRY = "The last ferry left Port Eynon on Sunday with eleven people, two dogs and a piano on its deck."  # 19 words
CREW = "The crew had been told a week before that the line would close after ninety-four years."  # 16
MAYOR = "The mayor, Ida Holm, said the town would look for another company before the winter comes."  # 16
PIANO = "Nobody on the quay could say who owned the piano or where it was going."  # 15


def story(*blocks: str | tuple[BlockKind, str], title: str = "The last ferry", dek: str = "") -> Article:
    made = [Block(text=each) if isinstance(each, str) else Block(kind=each[0], text=each[1]) for each in blocks]
    return Article(id="0" * 12, title=title, dek=dek, first_seen=datetime(2025, 1, 6, tzinfo=UTC), blocks=tuple(made))


def cuts(lead: Lead) -> list[tuple[str, str]]:
    return [(cut.why, cut.text) for cut in lead.left_out]


def test_whole_sentences_from_the_beginning_up_to_the_end_of_a_paragraph() -> None:
    lead = make_lead(story(f"{FERRY} {CREW}", f"{MAYOR} {PIANO}"), SHORT)
    assert lead == Lead(sentences=(FERRY, CREW))
    assert lead.text == f"{FERRY} {CREW}"


def test_the_end_of_a_paragraph_goes_before_a_longer_lead() -> None:
    assert make_lead(story(f"{FERRY} {CREW}", f"{MAYOR} {PIANO} {PIANO}"), Budget(20, 60)).sentences == (FERRY, CREW)


def test_within_a_long_paragraph_as_many_sentences_as_fit() -> None:
    assert make_lead(story(f"{FERRY} {CREW} {MAYOR} {PIANO}"), SHORT).sentences == (FERRY, CREW)


def test_short_paragraphs_are_taken_together() -> None:
    assert make_lead(story("It was quiet.", FERRY, CREW, MAYOR), SHORT).sentences == ("It was quiet.", FERRY, CREW)


def test_a_story_that_is_too_short_is_taken_whole() -> None:
    assert make_lead(story("The ferry sank.", "Who saw it?"), SHORT) == Lead(
        sentences=("The ferry sank.", "Who saw it?")
    )


def test_a_short_opening_that_cannot_go_on_says_so() -> None:
    lead = make_lead(story(CREW, f"{MAYOR[:-1]}, {'and so on ' * 40}."), SHORT)
    assert lead.sentences == (CREW,)
    assert lead.note == "only 16 words: the opening gives no more that is whole"


def test_what_stands_around_the_story_is_passed_over_and_told() -> None:
    lead = make_lead(
        story(
            "By Ana Kovács",
            "Oct. 23, 2024",
            "The last ferry",
            ("heading", "A farewell"),
            "Listen to this article",
            f"PORT EYNON, Wales (Reuters) — {FERRY}",
            "Advertisement",
            f"{CREW} Sign up for our newsletter here.",
            "Read more: The pier that fell",
        ),
        SHORT,
    )
    assert lead.sentences == (FERRY, CREW)
    assert cuts(lead) == [
        ("by-line", "By Ana Kovács"),
        ("date", "Oct. 23, 2024"),
        ("repeats the headline", "The last ferry"),
        ("heading", "A farewell"),
        ("audio", "Listen to this article"),
        ("dateline", "PORT EYNON, Wales (Reuters) —"),
        ("advertisement", "Advertisement"),
    ]


@pytest.mark.parametrize(
    "dateline",
    [
        "LONDON —",
        "PORT EYNON (Reuters) —",
        "ST. HELIER, Jersey --",
        "BERGEN –",
        "Bergen (dpa) -",
        "(AP) —",
        "KYIV, Ukraine —",
        "Bergen (CNN) --",
        "Feb. 23, 2015 --",
        "Havn/Sund (dpa) -",
    ],
)
def test_a_dateline_is_no_part_of_the_lead(dateline: str) -> None:
    lead = make_lead(story(f"{dateline} {FERRY} {CREW}"), SHORT)
    assert lead.sentences == (FERRY, CREW)
    assert lead.left_out == (Cut(text=dateline, why="dateline"),)


def test_a_dateline_may_touch_the_story() -> None:
    assert make_lead(story(f"PORT EYNON--{FERRY} {CREW}"), SHORT).sentences == (FERRY, CREW)


@pytest.mark.parametrize(
    "opening",
    [
        "NATO—Russia's ferries, her piers and her pianos—has said nothing about the line on Monday.",
        "NATO – Russia’s old foe in the north – has no ferries at all, and wants none.",
        "NATO — which has no ferries — said on Monday that it would not buy any of them.",
        "The pier — ninety metres of it — fell into the sea on a quiet Sunday in October.",
        "A U.S. - China deal on ferries was signed on Monday after nine long years of talks.",
    ],
)
def test_what_only_looks_like_a_dateline_stays(opening: str) -> None:
    assert make_lead(story(opening, FERRY), SHORT).sentences[0] == opening


def test_a_sentence_that_is_the_headline_is_not_said_twice() -> None:
    lead = make_lead(story(f"The Last Ferry! {FERRY} {CREW}"), SHORT)
    assert lead.sentences == (FERRY, CREW)
    assert cuts(lead) == [("repeats the headline", "The Last Ferry!")]


def test_what_the_dek_has_said_is_not_said_again() -> None:
    lead = make_lead(story(FERRY, f"{CREW} {MAYOR}", PIANO, dek=FERRY), SHORT)
    assert lead.sentences == (CREW, MAYOR)
    assert cuts(lead) == [("repeats the dek", FERRY)]
    two = make_lead(story(FERRY, f"{CREW} {MAYOR}", f"{MAYOR} {PIANO}", dek=f"{FERRY} {CREW} {MAYOR}"), SHORT)
    assert two.sentences == (PIANO,)


def test_a_dek_of_its_own_changes_nothing() -> None:
    assert make_lead(
        story(FERRY, CREW, dek="How a line that had run for ninety-four years came to its end"), SHORT
    ).sentences == (
        FERRY,
        CREW,
    )


def test_a_quotation_of_several_sentences_is_never_cut() -> None:
    quoted = (
        "“We knew it. We all knew it. Nobody wanted to say it aloud,” said Bo Dahl, who steered her for thirty years."
    )
    lead = make_lead(story(FERRY, quoted), Budget(20, 32))
    assert lead.sentences == (FERRY,)
    assert make_lead(story(FERRY, quoted), LONG).text == f"{FERRY} {quoted}"


def test_a_quotation_over_two_paragraphs_is_taken_whole_or_not_at_all() -> None:
    first, second = "“We knew it, and we had known it for years.", "“Nobody wanted to say it aloud,” said Bo Dahl."
    assert make_lead(story(FERRY, first), SHORT).sentences == (FERRY,)
    assert make_lead(story(FERRY, first, second), SHORT).text == f"{FERRY} {first} {second}"


def test_a_parenthesis_is_closed() -> None:
    lead = make_lead(story(f"{FERRY} {CREW} (They were told by letter. {PIANO}) {MAYOR}"), Budget(20, 45))
    assert lead.sentences == (FERRY, CREW)


def test_a_lead_in_goes_with_what_it_leads_to() -> None:
    lead_in = "The mayor answered her critics in a speech at the harbour school on Monday:"
    quoted = "“For ninety-four years we had a ferry. We shall have one again.”"
    assert make_lead(story(FERRY, CREW, lead_in, quoted), SHORT).sentences == (FERRY, CREW)
    assert make_lead(story(FERRY, lead_in, quoted), Budget(20, 50)).text == f"{FERRY} {lead_in} {quoted}"
    assert make_lead(story(FERRY, lead_in, ("quote", quoted)), Budget(20, 50)).text == f"{FERRY} {lead_in} {quoted}"


def test_a_lead_in_to_a_list_is_left_with_its_list() -> None:
    lead = make_lead(story(f"{FERRY} {CREW}", "The crew left three things on the quay:", ("item", "A rope.")), LONG)
    assert lead.sentences == (FERRY, CREW)


@pytest.mark.parametrize(
    "pointer",
    [
        "Here is what the crew told us about it.",
        "Here are five things that you should know.",
        "Let’s take a look at how it came to this.",
        "The reasons that they gave are as follows.",
        "Read on for the whole of the captain’s story.",
    ],
)
def test_no_lead_ends_on_a_sentence_that_points_at_what_is_cut(pointer: str) -> None:
    assert make_lead(story(f"{FERRY} {CREW} {pointer}", ("heading", "One"), MAYOR), LONG).sentences == (FERRY, CREW)


def test_a_question_is_not_torn_from_its_answer() -> None:
    assert make_lead(story(f"{FERRY} {CREW} Who will take the children to school?", MAYOR), SHORT).sentences == (
        FERRY,
        CREW,
    )
    asked = make_lead(story(f"Who will take the children to school? {MAYOR} {CREW}"), SHORT)
    assert asked.sentences == ("Who will take the children to school?", MAYOR, CREW)[: len(asked.sentences)]
    assert not asked.text.endswith("?")


def test_a_heading_ends_the_lead_once_there_is_enough() -> None:
    assert make_lead(story(f"{FERRY} {CREW}", ("heading", "Ninety-four years"), MAYOR), LONG).sentences == (FERRY, CREW)
    crossed = make_lead(story(FERRY, "What comes next", CREW), LONG)
    assert crossed.sentences == (FERRY, CREW)
    assert cuts(crossed) == [("heading", "What comes next")]


def test_behind_a_list_the_lead_goes_on_only_with_what_stands_alone() -> None:
    listed: tuple[tuple[BlockKind, str], ...] = (("item", "A rope"), ("item", "A bell"))
    assert make_lead(story(FERRY, *listed, CREW), LONG).sentences == (FERRY, CREW)
    assert make_lead(story(FERRY, *listed, "It was theirs.", CREW), LONG).sentences == (FERRY,)


def test_bullets_above_the_story_are_not_its_opening() -> None:
    lead = make_lead(story("Key Takeaways", ("item", "The line is closed."), f"{FERRY} {CREW}"), SHORT)
    assert lead.sentences == (FERRY, CREW)
    assert [cut.why for cut in lead.left_out] == ["navigation", "list"]


def test_a_story_that_is_a_list_opens_with_its_first_items() -> None:
    lead = make_lead(story(("item", FERRY), ("item", CREW), ("item", MAYOR)), SHORT)
    assert lead.sentences == (FERRY, CREW)


def test_a_quotation_set_above_the_story_is_an_epigraph() -> None:
    lead = make_lead(story(("quote", "The sea is never in a hurry."), FERRY, CREW), SHORT)
    assert lead.sentences == (FERRY, CREW)
    assert cuts(lead) == [("quotation set apart", "The sea is never in a hurry.")]


def test_an_interview_opens_with_its_introduction_or_with_question_and_answer() -> None:
    question: tuple[BlockKind, str] = ("question", "Did you know that it was the last one?")
    answer: tuple[BlockKind, str] = ("answer", f"We all knew it. {CREW}")
    assert make_lead(story(f"{FERRY} {MAYOR}", question, answer), SHORT).sentences == (FERRY, MAYOR)
    assert make_lead(story(question, answer), SHORT).sentences == (question[1], "We all knew it.", CREW)


def test_a_letter_begins_behind_its_salutation() -> None:
    lead = make_lead(story("Dear editor,", FERRY, CREW), SHORT)
    assert lead.sentences == (FERRY, CREW)


def test_a_broken_paragraph_is_no_opening_and_what_leans_on_it_is_none_either() -> None:
    broken = "The harbour board met on Tuesday to hear what the crews had to say and then it"
    lead = make_lead(story(broken, "She was not there.", f"{FERRY} {CREW}"), SHORT)
    assert lead.sentences == (FERRY, CREW)
    assert cuts(lead) == [("no whole sentence", broken), ("passed over", "She was not there.")]


def test_where_the_first_sentence_is_too_long_the_next_that_stands_alone_is_taken() -> None:
    endless = f"The ferry, {'which was old, ' * 20} sank."
    lead = make_lead(story(f"{endless} It was cold. “Very cold,” she said.", f"{FERRY} {CREW}"), SHORT)
    assert lead.sentences == (FERRY, CREW)
    assert [cut.why for cut in lead.left_out] == ["passed over"] * 3


def test_no_sentence_far_down_is_taken_for_an_opening() -> None:
    endless = f"It, {'which was old, ' * 20} sank."
    lead = make_lead(
        story(endless, "It sank.", "It sank.", "It sank.", "It sank.", "It sank.", "It sank.", FERRY), SHORT
    )
    assert lead.sentences == ()
    assert (
        lead.note == "no whole sentence of at most 40 words opens the story, and the dek is missing: write one by hand"
    )


def test_a_few_words_are_no_lead_where_a_later_start_gives_one() -> None:
    endless = f"The ferry, {'which was old, ' * 20} sank."
    assert make_lead(story(f"It rained. {endless}", f"{FERRY} {CREW}"), SHORT).sentences == (FERRY, CREW)
    poor = story(f"It rained. {endless}")
    assert make_lead(poor, SHORT).sentences == ("It rained.",)
    assert make_lead(poor, SHORT).note.startswith("only 2 words")


def test_the_words_of_scripts_without_spaces_are_counted_too() -> None:
    sentences = tuple(f"港の{each}の船は日曜日の朝に静かに出て行きました。" for each in "一二三四五六")
    assert length(sentences[0]) > 10
    assert make_lead(story("".join(sentences)), Budget(5, 30)).sentences == sentences[:2]


def test_a_dateline_keeps_its_own_apostrophe() -> None:
    lead = make_lead(story(f"O’NEILL’S FORT — {FERRY} {CREW}"), SHORT)
    assert lead == Lead(sentences=(FERRY, CREW), left_out=(Cut(text="O’NEILL’S FORT —", why="dateline"),))


def test_a_story_is_read_no_further_than_its_lead_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Mock(wraps=furniture)
    monkeypatch.setattr(pieces, "furniture", asked)
    lead = make_lead(story(f"{FERRY} {CREW}", f"{MAYOR} {PIANO}", *(PIANO,) * 8, "By Ana Kovács"), SHORT)
    assert lead == Lead(sentences=(FERRY, CREW))
    lines = [call.args[0] for call in asked.call_args_list]
    assert lines == [f"{FERRY} {CREW}", FERRY, CREW, f"{MAYOR} {PIANO}", MAYOR]


def test_an_empty_block_is_nothing() -> None:
    assert make_lead(story(" ", FERRY, CREW), SHORT) == Lead(sentences=(FERRY, CREW))


def test_a_dateline_in_capitals_may_be_any_place() -> None:
    text = "ON BOARD THE CALLOWAY — It is half past midnight, and the purser has put out the lamps in the saloon."
    lead = make_lead(story(text), Budget(at_least=5, at_most=40))
    assert lead.sentences == ("It is half past midnight, and the purser has put out the lamps in the saloon.",)
    assert [cut.why for cut in lead.left_out] == ["dateline"]
    short = make_lead(
        story("I — A. B. — saw it. It was the long way round the harbour."), Budget(at_least=5, at_most=40)
    )
    assert short.sentences[0].startswith("I — A. B.")


def test_where_the_dek_is_not_shown_the_lead_may_say_it() -> None:
    text = "The quay was empty at noon today. Nobody had come to see the ferry off, and nobody would."
    article = story(text, dek="The quay was empty at noon today.")
    budget = Budget(at_least=5, at_most=40)
    assert make_lead(article, budget).sentences[0].startswith("Nobody had come")
    assert make_lead(article, budget, dek_shown=False).sentences[0].startswith("The quay was empty")
