"""A model is asked within limits, its texts are kept, and nothing that it does ends a build."""

import errno
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest

from digest.errors import DiskError, WriterError
from digest.model.article import Article, Block
from digest.model.lead import Assignment, Draft
from digest.writer import Limits, asking, kept, open_writer
from digest.writer.asking import INSTRUCTIONS, ModelWriter, question
from digest.writer.kept import KeptWriter
from making import article
from scripted_model import NAME, Answer, Scripted, installed, saying

LIMITS = Limits(seconds=5, texts=3, words=50)


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LLM_USER_PATH", str(tmp_path / "llm"))


def asked(about: Article, least: int, most: int) -> Assignment:
    return Assignment(articles=(about,), at_least=least, at_most=most)


def writer(answer: Answer, limits: Limits = LIMITS) -> tuple[ModelWriter, Scripted]:
    model = Scripted(answer)
    return ModelWriter(model, limits), model


def keeping(folder: Path, asker: ModelWriter | None, name: str = NAME, words: int = LIMITS.words) -> KeptWriter:
    return KeptWriter(folder, name, words, (lambda: asker) if asker else None)


def test_the_model_is_asked_about_one_article_with_the_lengths_that_count() -> None:
    asker, model = writer(saying("The ferry left late."))
    assert asker.draft(asked(article(3), 20, 40)) == Draft(text="The ferry left late.", model=NAME)
    (instructions, question_asked), *rest = model.asked
    assert not rest
    assert "20 to 40 words" in instructions
    assert question_asked.startswith("<article>\nStory number 3\n\nThe ferry number 3 left late.")


def test_no_more_of_an_article_is_sent_than_is_allowed_and_no_mark_of_it_is_taken_for_ours() -> None:
    long = article(
        blocks=(Block(text="one </article> three"), Block(text="four five"), Block(text="six " * 100)), dek="D."
    )
    assert question((long,), 7) == "<article>\nStory number 1\n\nD.\n\none ‹/article› three\n\nfour five\n</article>"


def test_of_several_articles_an_equal_share_is_sent_and_the_opening_is_asked_for_in_words_of_its_own() -> None:
    asker, model = writer(saying("Late."), Limits(seconds=5, texts=3, words=9))
    articles = (article(1), article(2, dek="A dek."), article(3))
    asker.draft(Assignment(part="opening", articles=articles, at_least=30, at_most=60))
    ((instructions, sent),) = model.asked
    assert instructions.startswith("You write the first paragraph of a magazine's newsletter")
    assert "30 to 60 words" in instructions
    assert sent.split("\n\n<") == [
        "<article>\nStory number 1\n\nThe ferry number\n</article>",
        "article>\nStory number 2\n\nA dek.\n\nThe ferry number\n</article>",
        "article>\nStory number 3\n\nThe ferry number\n</article>",
    ]


def test_an_opening_is_another_text_than_the_lead_of_the_same_story(tmp_path: Path) -> None:
    asker, model = writer(saying("Late."))
    kept_texts = keeping(tmp_path, asker)
    kept_texts.draft(asked(article(), 5, 9))
    kept_texts.draft(Assignment(part="opening", articles=(article(),), at_least=5, at_most=9))
    kept_texts.draft(Assignment(part="opening", articles=(article(), article(2)), at_least=5, at_most=9))
    assert len(model.asked) == 3


def test_texts_are_counted() -> None:
    asker, model = writer(saying("Late."))
    drafts = [asker.draft(asked(article(number), 5, 9)) for number in range(5)]
    assert [bool(draft.fault) for draft in drafts] == [False, False, False, True, True]
    assert drafts[4].fault == "was not asked: 3 texts are the most in one build"
    assert len(model.asked) == 3


def test_what_takes_too_long_is_left_alone() -> None:
    def slowly(system: str, asked: str) -> Iterator[str]:
        del system, asked
        time.sleep(3)
        yield "Late."

    asker, _ = writer(slowly, Limits(seconds=1, texts=9, words=50))
    began = time.monotonic()
    assert asker.draft(asked(article(), 5, 9)).fault == "took more than 1 s"
    assert time.monotonic() - began < 2


def test_an_answer_without_end_is_read_no_further_than_a_lead_needs() -> None:
    def endless(system: str, asked: str) -> Iterator[str]:
        del system, asked
        while True:
            yield "and so on "

    asker, _ = writer(endless)
    assert 9 * 12 < len(asker.draft(asked(article(), 5, 9)).text) < 9 * 12 + 20


def test_an_answer_that_trickles_is_given_up_too() -> None:
    ended = []

    def trickling(system: str, asked: str) -> Iterator[str]:
        del system, asked
        try:
            for _ in range(40):
                time.sleep(0.1)
                yield "x"
        finally:
            ended.append(True)

    asker, _ = writer(trickling, Limits(seconds=1, texts=9, words=50))
    assert asker.draft(asked(article(), 50, 90)).fault == "took more than 1 s"
    time.sleep(0.5)
    assert ended


def test_what_fails_is_a_fault_and_after_two_in_a_row_nobody_is_asked_any_more() -> None:
    def failing(system: str, asked: str) -> Iterator[str]:
        del system
        if asked:
            raise ConnectionError("no\nroute " + "x" * 900)
        yield asked

    asker, model = writer(failing)
    faults = [asker.draft(asked(article(number), 5, 9)).fault for number in range(3)]
    assert faults[0].startswith("failed (ConnectionError: no route xxx")
    assert len(faults[0]) < 220
    assert faults[2] == f"{faults[1]}; after 2 faults in a row it was not asked again"
    assert len(model.asked) == 2


def test_a_model_is_found_by_its_name() -> None:
    with installed(Scripted(saying("Late."))):
        assert open_writer(NAME, LIMITS).draft(asked(article(), 5, 9)).text == "Late."


def test_an_unknown_model_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(WriterError) as caught:
        open_writer("no-such-model", LIMITS)
    assert str(caught.value).startswith("writer.model: there is no model 'no-such-model' (hint: llm models lists")


def test_without_the_library_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "llm", None)
    with pytest.raises(WriterError, match=r"digest-roundup\[model\]"):
        open_writer(NAME, LIMITS)


def test_a_text_is_kept_and_asked_for_once(tmp_path: Path) -> None:
    asker, model = writer(saying("Late."))
    kept_texts = keeping(tmp_path / "written", asker)
    assert (
        kept_texts.draft(asked(article(), 5, 9))
        == kept_texts.draft(asked(article(), 5, 9))
        == Draft(text="Late.", model=NAME)
    )
    assert len(model.asked) == 1
    assert keeping(tmp_path / "written", None).draft(asked(article(), 5, 9)).text == "Late."


@pytest.mark.parametrize(
    ("other", "most", "name"),
    [
        (article(blocks=(Block(text="Another text."),)), 9, NAME),
        (article(dek="A dek"), 9, NAME),
        (article(), 10, NAME),
        (article(), 9, "another"),
    ],
)
def test_another_article_length_or_model_is_another_text(tmp_path: Path, other: Article, most: int, name: str) -> None:
    asker, model = writer(saying("Late."))
    keeping(tmp_path, asker).draft(asked(article(), 5, 9))
    keeping(tmp_path, asker, name).draft(asked(other, 5, most))
    assert len(model.asked) == 2


@pytest.mark.parametrize("part", ["lead", "opening"])
def test_other_instructions_are_another_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: Literal["lead", "opening"]
) -> None:
    asker, model = writer(saying("Late."))
    wanted = Assignment(part=part, articles=(article(),), at_least=5, at_most=9)
    keeping(tmp_path, asker).draft(wanted)
    told = {**INSTRUCTIONS, part: f"{INSTRUCTIONS[part]} Write as the sea does."}
    monkeypatch.setattr(asking, "INSTRUCTIONS", told)
    keeping(tmp_path, asker).draft(wanted)
    assert [instructions.endswith("as the sea does.") for instructions, _ in model.asked] == [False, True]


def test_who_lets_more_of_an_article_be_sent_has_another_text_and_of_a_short_one_the_same(tmp_path: Path) -> None:
    asker, model = writer(saying("Late."))
    long = article(blocks=(Block(text="The ferry left late. " * 9),))
    for words in (9, 30, 90, 900):
        keeping(tmp_path, asker, words=words).draft(asked(long, 5, 9))
    assert len(model.asked) == 3


def test_what_no_longer_fits_into_the_question_is_a_part_of_the_article_all_the_same(tmp_path: Path) -> None:
    asker, model = writer(saying("Late."))
    for end in ("It was found.", "It was not found."):
        keeping(tmp_path, asker, words=3).draft(asked(article(blocks=(Block(text=f"The ferry left. {end}"),)), 5, 9))
    assert len(model.asked) == 2


def test_the_model_is_opened_once_and_only_for_a_text_that_is_not_kept(tmp_path: Path) -> None:
    opened = []

    def opens() -> ModelWriter:
        opened.append(NAME)
        return writer(saying("Late."))[0]

    for _ in range(2):
        texts = KeptWriter(tmp_path, NAME, LIMITS.words, opens)
        for number in range(2):
            assert texts.draft(asked(article(number), 5, 9)).text == "Late."
    assert opened == [NAME]


def test_offline_nobody_is_asked_and_a_failure_is_not_kept(tmp_path: Path) -> None:
    assert keeping(tmp_path, None).draft(asked(article(), 5, 9)).fault == "was not asked: nothing is fetched offline"
    asker, _ = writer(saying("Late."), Limits(seconds=1, texts=0, words=1))
    assert keeping(tmp_path, asker).draft(asked(article(), 5, 9)).fault
    assert list(tmp_path.glob("*.json")) == []


def test_a_kept_text_that_cannot_be_read_says_which(tmp_path: Path) -> None:
    kept_texts = keeping(tmp_path, writer(saying("Late."))[0])
    kept_texts.draft(asked(article(), 5, 9))
    (file,) = tmp_path.glob("*.json")
    file.write_bytes(b"{")
    with pytest.raises(WriterError, match="delete the file"):
        kept_texts.draft(asked(article(), 5, 9))
    file.unlink()
    file.mkdir()
    with pytest.raises(DiskError, match="a kept text cannot be read"):
        kept_texts.draft(asked(article(), 5, 9))


def test_a_text_that_cannot_be_kept_says_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: bytes) -> None:
        raise OSError(errno.ENOSPC, f"no space for {len(content)} bytes", str(path))

    monkeypatch.setattr(kept, "replace", full)
    with pytest.raises(DiskError, match="a model's text cannot be kept"):
        keeping(tmp_path / "written", writer(saying("Late."))[0]).draft(asked(article(), 5, 9))
