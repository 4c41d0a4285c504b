"""The report of `digest check`: what an editor reads first, and no wall of text."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from digest.check import Proof, report
from digest.check.facts import Limits
from digest.cli.checked import Detail, short, show
from digest.cli.screen import Screen
from proofs import bare, changed, in_body, proof_of, put, sound
from running import digest, newsroom, on_a_terminal
from torture import torture_issue

PLAIN = Screen()


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> "Said":
    return Said(capsys)


class Said:
    """What the report of a proof says."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, proof: Proof, detail: Detail | None = None) -> list[str]:
        show(PLAIN, proof, report(proof), detail or Detail())
        return self.capsys.readouterr().out.splitlines()


def limited(proof: Proof, limits: Limits) -> Proof:
    return replace(proof, facts=replace(proof.facts, limits=limits))


def table(lines: list[str], head: str) -> list[str]:
    """The indented lines below a heading."""
    start = next(place for place, line in enumerate(lines) if line.startswith(head)) + 1
    end = next(place for place in range(start, len(lines)) if not lines[place].startswith(" "))
    return lines[start:end]


def test_what_must_be_mended_comes_first_and_notes_last(said: Said) -> None:
    broken = changed(html=put("</h1>", '</h1><a href="https://[bad">Map</a><p style="font-size:9px">Small</p>'))
    lines = said(broken)
    heads = [line.partition(":")[0] for line in lines[1:] if line and not line.startswith(" ")]
    assert heads[:3] == ["error", "warning", "Size"]
    assert heads[3].startswith("Who sees what")
    assert heads[4] == "note"
    assert lines[-1] == "1 error, 1 warning, 1 note"


def test_five_stories_and_a_line_for_the_rest_add_up_to_the_size(said: Said) -> None:
    proof = limited(proof_of(torture_issue()), Limits(near=200_000, mail=300_000))
    lines = said(proof)
    head = next(line for line in lines if line.startswith("Size: "))
    total = int(re.findall(r"[\d,]+", head)[0].replace(",", ""))
    rows = table(lines, "Size: ")
    figures = [int(row.split()[0].replace(",", "")) for row in rows]
    assert sum(figures) == total
    assert len(rows) == 7
    assert figures[:5] == sorted(figures[:5], reverse=True)
    assert rows[5].endswith(f"{len(proof.issue.entries) - 5} lighter stories: --sizes")
    assert rows[6].endswith("all around the stories")


def test_every_story_is_told_in_the_mails_order_on_request(said: Said) -> None:
    proof = proof_of(torture_issue())
    lines = said(proof, Detail(sizes=True))
    rows = table(lines, "Size: ")
    titles = [short(entry.title.text) for entry in proof.issue.entries]
    assert [row.strip().partition("  ")[2] for row in rows[:-1]] == titles
    styles = r"In it: [\d,]+ bytes of style blocks as written, of 16,000 that Gmail reads"
    assert any(re.fullmatch(styles, line) for line in lines)


@pytest.mark.parametrize("limits", [Limits(mail=12_000, near=9_000), Limits(near=9_000)], ids=["over", "near"])
def test_where_a_story_has_to_go_all_of_them_are_told(said: Said, limits: Limits) -> None:
    rows = table(said(limited(sound(), limits)), "Size: ")
    assert len(rows) == len(sound().issue.entries) + 1
    marked = [row for row in rows if row.endswith("   <- Gmail cuts here")]
    assert len(marked) == (limits.mail == 12_000)


def test_a_long_headline_is_cut_in_a_table() -> None:
    assert short("x" * 60) == "x" * 60
    assert short("word " * 30) == ("word " * 12).rstrip()[:59] + "…"


def test_a_client_has_one_line_of_words(said: Said) -> None:
    rows = table(said(sound()), "Who sees what")
    assert len(rows) == 13
    assert rows[0].split("  ")[1] == "Gmail"
    assert rows[1].split() == ["Apple", "Mail", "everything", "that", "readers", "would", "notice"]
    assert not any(word in "".join(rows) for word in ("element", "property", "selector", "@media"))


def test_without_the_matrix_nothing_is_said_of_clients(said: Said) -> None:
    assert not any(line.startswith("Who sees") for line in said(bare(in_body("x"))))


def test_a_terminal_gets_colours_a_bar_and_wrapped_columns(tmp_path: Path, plain_environment: dict[str, str]) -> None:
    newsroom(tmp_path)
    assert digest(tmp_path, "build", "--week", "2024-W43").code == 0
    plain = {name: value for name, value in plain_environment.items() if name not in {"NO_COLOR", "FORCE_COLOR"}}
    terminal = plain | {"TERM": "xterm-256color", "COLUMNS": "60"}
    code, shown = on_a_terminal(tmp_path, terminal, "check")
    assert code == 1
    colours = re.compile(r"\x1b\[[\d;]+m")
    assert "\x1b[1;31merror: tag-unsubscribe" in shown
    assert "━╌" in colours.sub("", shown)
    lines = colours.sub("", shown).splitlines()
    assert max(map(len, lines)) <= 60
    start = next(place for place, line in enumerate(lines) if line.startswith("  GMX"))
    column = lines[start].index("in the browser")
    assert lines[start + 1][:column].isspace()
    assert not lines[start + 1][column].isspace()
    assert not re.search(r"\x1b\[[\d;]*3\d", on_a_terminal(tmp_path, terminal | {"NO_COLOR": "1"}, "check")[1])
