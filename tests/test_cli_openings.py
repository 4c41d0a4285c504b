"""The issue's first paragraph, by a template or by a model, from the command line."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from running import TOML, digest, files, newsroom
from scripted_model import NAME, Scripted, installed

WEEK = ("--week", "2024-W43")
ISSUE = "issues/2024-W43"
TEMPLATE = "This week: {headline}."
BY_MODEL = TOML + f'opening = "{TEMPLATE}"\nopening_by = "model"\n[writer]\nmodel = "{NAME}"\n'
SAID = "Late again, the ferry of {} left the quay, and nobody minded the rain of the whole day."


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("LLM_USER_PATH", str(tmp_path_factory.mktemp("llm")))


def telling(system: str, asked: str) -> Iterator[str]:
    """Tell a sentence of each story that is asked about, in their order."""
    assert "first paragraph" in system
    for part in asked.split("The story of ")[1:]:
        yield SAID.format(part.split("\n", maxsplit=1)[0]) + " "


def record(folder: Path) -> Any:
    return json.loads((folder / ISSUE / "issue.json").read_bytes())


def stories(folder: Path) -> list[str]:
    entries = [entry for section in record(folder)["sections"] for entry in section["entries"]]
    return [entry["url"].rpartition("/")[2] for entry in entries]


def edit(folder: Path, lines: str) -> None:
    (folder / ISSUE).mkdir(parents=True, exist_ok=True)
    (folder / ISSUE / "edits.toml").write_text(f"schema = 1\n{lines}", encoding="utf-8")


def test_a_template_makes_an_opening_of_the_first_sentences_of_the_first_stories(tmp_path: Path) -> None:
    newsroom(tmp_path, TOML + 'opening = "Good morning. {firsts}"\n')
    assert digest(tmp_path, "build", *WEEK).code == 0
    one, two, three, _ = stories(tmp_path)
    told = " ".join(f"The ferry of {slug} left the quay late again." for slug in (one, two, three))
    assert record(tmp_path)["opening"] == {"text": f"Good morning. {told}", "origin": "template", "was": ""}
    assert record(tmp_path)["opening_note"] == ""


def test_a_model_tells_of_the_first_three_stories_and_a_person_approves_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom(tmp_path, BY_MODEL + '[mailer]\nunsubscribe_url = "https://harbour.example/leave"\n')
    with installed(Scripted(telling)) as model:
        done = digest(tmp_path, "build", *WEEK)
        assert (done.code, len(model.asked)) == (0, 1)
        said = " ".join(SAID.format(slug) for slug in stories(tmp_path)[:3])
        assert record(tmp_path)["opening"] == {"text": said, "origin": "model", "was": ""}
        assert record(tmp_path)["opening_note"] == "by the model scripted"
        assert "error: opening: a model wrote this opening, and a person must approve it" in done.err
        assert said in (tmp_path / ISSUE / "email.txt").read_text(encoding="utf-8").replace("\n", " ")
        before = files(tmp_path / "issues")
        assert digest(tmp_path, "build", *WEEK).code == 0
        assert len(model.asked) == 1
    monkeypatch.setitem(sys.modules, "llm", None)  # a colleague has the texts, and not the library
    for how in ((), ("--offline",)):
        assert digest(tmp_path, "build", *WEEK, *how).code == 0
        assert files(tmp_path / "issues") == before
    assert digest(tmp_path, "check").code == 1
    approved = digest(tmp_path, "waive", "2024-W43", "model-text", "opening", "--why", "read beside the stories")
    assert said in approved.out
    assert digest(tmp_path, "check").code == 0


def test_an_opening_that_mixes_two_stories_gives_way_to_the_template_and_says_why(tmp_path: Path) -> None:
    def mixing(system: str, asked: str) -> Iterator[str]:
        del system
        one, two, *_ = (part.split("\n", maxsplit=1)[0] for part in asked.split("The story of ")[1:])
        yield f"Late again, the ferry left the quay, said Ada {one.title()} and Ada {two.title()} of the harbour."

    newsroom(tmp_path, BY_MODEL)
    with installed(Scripted(mixing)):
        done = digest(tmp_path, "build", *WEEK)
    made = record(tmp_path)
    assert (made["opening"]["text"], made["opening"]["origin"]) == (
        f"This week: {made['subject']['text']}.",
        "template",
    )
    assert "the model scripted gave a name that the article does not have (" in made["opening_note"]
    assert f"note: opening: {made['opening_note']}: the template's opening instead" in done.err


def test_offline_the_template_stands_there_until_the_model_was_asked(tmp_path: Path) -> None:
    newsroom(tmp_path, BY_MODEL.replace(f'opening = "{TEMPLATE}"\n', ""))
    done = digest(tmp_path, "build", *WEEK, "--offline")
    assert record(tmp_path)["opening"]["text"] == ""
    assert "opening: the model scripted was not asked: nothing is fetched offline: there is none" in done.err


def test_the_editors_words_go_before_all_and_nobody_is_asked(tmp_path: Path) -> None:
    newsroom(tmp_path, BY_MODEL)
    edit(tmp_path, '[issue]\nopening = "A quiet week."\n')
    with installed(Scripted(telling)) as model:
        assert "model" not in digest(tmp_path, "build", *WEEK).err
        assert model.asked == []
    assert record(tmp_path)["opening"]["origin"] == "editor"


def test_an_editor_may_ask_for_the_other_way_in_a_single_issue(tmp_path: Path) -> None:
    newsroom(tmp_path, BY_MODEL.replace('opening_by = "model"\n', ""))
    with installed(Scripted(telling)) as model:
        digest(tmp_path, "build", *WEEK)
        assert (record(tmp_path)["opening"]["origin"], model.asked) == ("template", [])
        edit(tmp_path, '[issue]\nopening_by = "model"\n')
        digest(tmp_path, "build", *WEEK)
        assert record(tmp_path)["opening"]["origin"] == "model"
        (tmp_path / "digest.toml").write_text(BY_MODEL, encoding="utf-8")
        edit(tmp_path, '[issue]\nopening_by = "template"\n')
        digest(tmp_path, "build", *WEEK)
        assert record(tmp_path)["opening"]["origin"] == "template"
        assert len(model.asked) == 1


def test_who_asks_for_a_model_that_nobody_named_is_told(tmp_path: Path) -> None:
    newsroom(tmp_path)
    edit(tmp_path, '[issue]\nopening_by = "model"\n')
    done = digest(tmp_path, "build", *WEEK)
    assert "opening: digest.toml names no model (writer.model): there is none" in done.err
    (tmp_path / "digest.toml").write_text(TOML + 'opening_by = "model"\n', encoding="utf-8")
    done = digest(tmp_path, "build", *WEEK)
    assert done.code == 2
    assert "newsletters[0].opening_by: asks for a model, and writer.model names none" in done.err


def test_an_issue_without_stories_has_nothing_to_tell(tmp_path: Path) -> None:
    newsroom(tmp_path, BY_MODEL)
    with installed(Scripted(telling)) as model:
        assert digest(tmp_path, "build", "--week", "2024-W30", "--thin-ok").code == 0
        assert model.asked == []
    made = json.loads((tmp_path / "issues/2024-W30/issue.json").read_bytes())
    assert made["opening_note"] == "there is no story to tell of"
