"""An error that a person lets stand, from the command line: who, why, for what, and for how long."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from digest.text.digests import sha256
from running import TOML, Done, digest, newsroom, note, serving
from scripted_model import NAME, Scripted, installed

WEEK = ("--week", "2024-W43")
ISSUE = "issues/2024-W43"
SAID = "Late again, the ferry of anchor left the quay; it rained all day, and nobody minded."
WHY = ("--why", "read beside its story")
ANN = ("--as", "Ann Roe")
MODEL = f'[writer]\nmodel = "{NAME}"\n[mailer]\nunsubscribe_url = "https://harbour.example/leave"\n'


def telling(system: str, asked: str) -> Iterator[str]:
    """Write of each story something else, and of one that changed too."""
    del system
    slug = asked.split("The story of ")[1].split("\n", maxsplit=1)[0]
    told = SAID.replace("anchor", slug)
    yield told.replace("minded", "in the harbour minded") if "harbour" in asked else told


@pytest.fixture(autouse=True)
def _own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    monkeypatch.setenv("LLM_USER_PATH", str(tmp_path_factory.mktemp("llm")))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    with installed(Scripted(telling)):
        yield


def asking(folder: Path, *slugs: str) -> Path:
    """Make a newsroom whose editor has a model write the text of some stories."""
    newsroom(folder, TOML + MODEL)
    (folder / ISSUE).mkdir(parents=True)
    edits = (f'[[story]]\narticle = "https://harbour.example/{slug}"\nsummary = "model"\n' for slug in slugs)
    (folder / ISSUE / "edits.toml").write_text("schema = 1\n" + "".join(edits), encoding="utf-8")
    assert digest(folder, "build", *WEEK).code == 0
    return folder


def waive(folder: Path, *arguments: str) -> Done:
    return digest(folder, "waive", "2024-W43", *arguments)


def findings(folder: Path, code: str, *options: str) -> list[Any]:
    rows = digest(folder, "check", "--json", *options).data["report"]["findings"]
    return [row for row in rows if row["code"] == code]


def events(folder: Path) -> list[Any]:
    path = folder / ISSUE / "delivery.jsonl"
    return [json.loads(line) for line in path.read_bytes().splitlines()] if path.exists() else []


def test_a_models_text_is_approved_by_name_and_with_a_reason(tmp_path: Path) -> None:
    asking(tmp_path, "anchor")
    checked = digest(tmp_path, "check")
    assert (checked.code, f"\n    “{SAID}”\n" in checked.out) == (1, True)
    done = waive(tmp_path, "model-text", *ANN, *WHY)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "The story of anchor: a model wrote this lead, and a person must approve it",
        f"    “{SAID}”",
        "waived by Ann Roe: read beside its story",
    ]
    (event,) = events(tmp_path)
    assert (event["event"], event["by"], event["code"], event["note"], event["where"], event["content"]) == (
        *("waived", "Ann Roe", "model-text", "read beside its story", "The story of anchor", sha256(SAID)),
    )
    checked = digest(tmp_path, "check")
    assert checked.code == 0
    (line,) = (line for line in checked.out.splitlines() if "model-text" in line)
    assert line.startswith("note: model-text: The story of anchor: ")
    assert line.endswith(f"; on {event['at'][:10]} Ann Roe waived it: read beside its story")
    (row,) = findings(tmp_path, "model-text")
    assert (row["level"], row["about"], row["waived"]["by"]) == ("note", SAID, "Ann Roe")
    assert "a model wrote" not in digest(tmp_path, "build", *WEEK).err
    assert digest(tmp_path, "check").code == 0


def test_the_command_that_the_report_names_approves_that_text_alone(tmp_path: Path) -> None:
    asking(tmp_path, "anchor", "buoy")
    first, second = findings(tmp_path, "model-text")
    command = second["hint"].partition("approve it: digest ")[2].partition(";")[0]
    assert digest(tmp_path, *command.replace("…", "read").split()).code == 0
    assert [row["where"] for row in findings(tmp_path, "model-text") if row["level"] == "error"] == [first["where"]]


def test_what_the_report_says_to_paste_makes_the_text_the_editors_own(tmp_path: Path) -> None:
    asking(tmp_path, "anchor")
    (finding,) = findings(tmp_path, "model-text")
    table, _, keys = finding["hint"].partition("in edits.toml: ")[2].partition(" ")
    article, lead = keys.replace("…", "She wrote it.").split(", ")
    (tmp_path / ISSUE / "edits.toml").write_text(f"schema = 1\n{table}\n{article}\n{lead}\n", encoding="utf-8")
    assert digest(tmp_path, "build", *WEEK).code == 0
    assert findings(tmp_path, "model-text") == []
    assert "She wrote it." in (tmp_path / ISSUE / "email.txt").read_text(encoding="utf-8")


def test_who_changes_the_text_has_it_back_as_an_error_that_says_what_was_approved(tmp_path: Path) -> None:
    asking(tmp_path, "anchor")
    assert waive(tmp_path, "model-text", *ANN, *WHY).code == 0
    note(tmp_path, "anchor", "2024-10-19 09:00", body=f"{SAID} All the boats stayed in the harbour for the whole week.")
    assert "Ann Roe waived what stood there then" in digest(tmp_path, "build", *WEEK).err
    checked = digest(tmp_path, "check")
    assert checked.code == 1
    assert "Ann Roe waived what stood there then" in checked.out


def test_several_are_named_one_by_one_or_all_at_once(tmp_path: Path) -> None:
    asking(tmp_path, "anchor", "buoy", "capstan")
    done = waive(tmp_path, "model-text", *WHY)
    assert (done.code, events(tmp_path)) == (2, [])
    assert "model-text is found at 3 places (hint: name them, or say --all: The story of " in done.err
    assert waive(tmp_path, "model-text", "the story of anchor", "https://harbour.example/buoy", *WHY).code == 0
    assert {event["where"] for event in events(tmp_path)} == {"The story of anchor", "The story of buoy"}
    assert [row["where"] for row in findings(tmp_path, "model-text") if row["level"] == "error"] == [
        "The story of capstan"
    ]
    assert waive(tmp_path, "model-text", "--all", *WHY).code == 0
    assert {row["level"] for row in findings(tmp_path, "model-text")} == {"note"}


def test_a_place_without_that_error_is_told_where_it_is(tmp_path: Path) -> None:
    asking(tmp_path, "anchor")
    done = waive(tmp_path, "model-text", "The story of buoy", *WHY)
    assert done.code == 1
    assert done.err == "error: The story of buoy: has no such error (hint: it is found at: The story of anchor)\n"


def test_any_error_may_stand_for_as_long_as_it_is_the_same(tmp_path: Path) -> None:
    newsroom(tmp_path, TOML.replace('address = "1 Quay Street, Harbour"\n', ""))
    assert digest(tmp_path, "build", *WEEK).code == 0
    places = [row["where"] for row in findings(tmp_path, "tag-address")]
    assert len(places) == 2
    done = waive(tmp_path, "tag-address", places[0], *ANN, "--why", "a proof for the house", "--json")
    assert [row["where"] for row in done.data["waived"]] == places[:1]
    assert [row["level"] for row in findings(tmp_path, "tag-address")] == ["error", "note"]
    assert waive(tmp_path, "tag-address", "--all", "--why", "a proof").code == 0
    assert waive(tmp_path, "tag-unsubscribe", "--all", "--why", "a proof").code == 0
    assert digest(tmp_path, "check").code == 0


def test_a_text_that_is_longer_than_its_line_in_the_report_voids_it_all_the_same(tmp_path: Path) -> None:
    newsroom(tmp_path, TOML + MODEL)
    path = tmp_path / ISSUE / "edits.toml"
    path.parent.mkdir(parents=True)
    edit = 'schema = 1\n[issue]\nopening = "It was a long and very quiet week on the quay of the harbour, cafÃ©{}."\n'
    for end, code in (("", 0), (" and all", 1)):
        path.write_text(edit.format(end), encoding="utf-8")
        assert digest(tmp_path, "build", *WEEK).code == 0
        if not end:
            assert waive(tmp_path, "char-mojibake", *WHY).code == 0
        assert digest(tmp_path, "check", "--select", "char").code == code


def test_a_dead_link_may_stand_too_and_is_asked_for_only_where_links_are(tmp_path: Path) -> None:
    with serving() as site:
        site.status = 404
        home = f"http://127.0.0.1:{site.server_port}"
        newsroom(tmp_path, TOML.replace("https://harbour.example", home) + MODEL)
        assert digest(tmp_path, "build", *WEEK).code == 0
        assert digest(tmp_path, "check", "--links", "--select", "link-dead").code == 1
        assert waive(tmp_path, "link-dead", "--all", "--why", "it opens on Monday").code == 0
        assert {row["level"] for row in findings(tmp_path, "link-dead", "--links")} == {"note"}
    done = waive(tmp_path, "size-gmail", *WHY)
    assert done.code == 1
    assert "2024-W43: has no error size-gmail (hint: what there is: digest check 2024-W43)" in done.err


def test_what_was_waived_is_taken_back(tmp_path: Path) -> None:
    asking(tmp_path, "anchor")
    assert "is not waived" in waive(tmp_path, "model-text", "--undo").err
    waive(tmp_path, "model-text", *ANN, *WHY)
    done = waive(tmp_path, "model-text", "--undo")
    assert "is an error again: Ann Roe had waived it (read beside its story)" in done.out
    assert digest(tmp_path, "check").code == 1
    assert [event["event"] for event in events(tmp_path)] == ["waived", "unwaived"]
    waive(tmp_path, "model-text", *WHY)
    assert waive(tmp_path, "model-text", "--undo", "--json").data["waived"] == []


def test_of_two_waivers_the_later_one_is_shown(tmp_path: Path) -> None:
    asking(tmp_path, "anchor")
    waive(tmp_path, "model-text", *ANN, *WHY)
    waive(tmp_path, "model-text", "--as", "Bea Lind", "--why", "asked the author")
    (row,) = findings(tmp_path, "model-text")
    assert row["message"].endswith("Bea Lind waived it: asked the author")


def test_a_sent_issue_is_past_waiving(tmp_path: Path) -> None:
    asking(tmp_path, "anchor")
    assert digest(tmp_path, "sent").code == 0
    for done in (waive(tmp_path, "model-text", *WHY), waive(tmp_path, "model-text", "--undo")):
        assert done.code == 4
        assert "this issue is locked" in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("model-text",), "--why: why may it stand?"),
        (("model-text", "--why", "  "), "--why: why may it stand?"),
        (("model-txt", *WHY), "CODE: there is no code 'model-txt' (hint: did you mean 'model-text'?)"),
        (("tag", *WHY), "CODE: 'tag' is a group of codes (hint: one at a time: tag-unsubscribe, tag-address, "),
        (("subject-long", *WHY), "CODE: subject-long is a warning: only errors are waived (hint: it stops nothing; "),
        (("model-text", "--undo", *WHY), "--why does not go with --undo"),
        (("model-text", "The story of anchor", "--all", *WHY), "places does not go with --all"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_written(
    tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    asking(tmp_path, "anchor")
    done = waive(tmp_path, *arguments)
    assert done.code == 2
    assert said in done.err
    assert events(tmp_path) == []
