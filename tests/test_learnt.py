"""digest.summarizer.learnt: lines that many pages have are no part of a story, unless they are all of it."""

from dataclasses import replace
from datetime import UTC, datetime

from digest.model.article import Article, Block, BlockKind, Cut
from digest.summarizer.learnt import without_repeated

PLUG = "Support our lighthouse with a pound a month."


def article(*blocks: tuple[BlockKind, str]) -> Article:
    seen = datetime(2024, 10, 25, tzinfo=UTC)
    return Article(
        id="a", title="T", first_seen=seen, blocks=tuple(Block(kind=kind, text=text) for kind, text in blocks)
    )


def test_a_repeated_line_goes_and_is_told() -> None:
    share = Cut(text="Share", why="share")
    story = article(("paragraph", PLUG), ("paragraph", "The tide went out."), ("paragraph", PLUG))
    kept = without_repeated(replace(story, left_out=(share,)), frozenset({PLUG}))
    assert [block.text for block in kept.blocks] == ["The tide went out."]
    assert kept.left_out == (share, *(Cut(text=PLUG, why="repeated"),) * 2)


def test_a_story_that_is_itself_repeated_stays() -> None:
    story = article(("heading", "Tides"), ("paragraph", PLUG))
    assert without_repeated(story, frozenset({PLUG})) == story


def test_a_story_without_such_a_line_is_as_it_was() -> None:
    story = article(("paragraph", "The tide went out."))
    assert without_repeated(story, frozenset({PLUG})) == story


def test_what_announces_the_items_of_every_column_stays() -> None:
    lines = ("In brief", "Other harbour news this week:", PLUG)
    column = article(("paragraph", "The tide went out."), ("heading", lines[0]), ("paragraph", lines[1]))
    assert without_repeated(column, frozenset(lines)) == column
    kept = without_repeated(
        article(("paragraph", "The tide."), ("heading", "Tides"), ("heading", PLUG)), frozenset(lines)
    )
    assert [block.text for block in kept.blocks] == ["The tide.", "Tides"]


def test_a_question_that_everybody_is_asked_stays_with_its_answer() -> None:
    lines = ("What do you read?", "Do you like this?", PLUG)
    asked: tuple[tuple[BlockKind, str], ...] = (
        ("paragraph", "Ida Holm steers."),
        ("question", lines[0]),
        ("answer", "The tide tables."),
    )
    below = article(*asked, ("question", lines[1]), ("paragraph", PLUG), ("question", lines[1]))
    kept = without_repeated(below, frozenset(lines))
    assert kept.blocks == article(*asked).blocks
    assert [cut.text for cut in kept.left_out] == [lines[1], PLUG, lines[1]]


def test_an_article_without_a_text_is_as_it_was() -> None:
    link = Article(id="0123456789ab", title="Elsewhere", first_seen=datetime(2024, 10, 21, tzinfo=UTC))
    assert without_repeated(link, frozenset({"a line"})) == link
