"""A list of other magazines' stories, from the file to the mail: whose each story is stands at it, in every theme."""

from pathlib import Path

import pytest

from running import TOML, digest, newsroom

LIST = """\
title,url,source,published,section,text
Salt and who paid,https://gate.example/salt,The Gate,2024-10-24,Elsewhere,They paid twice.
A lock gone missing,https://lamp.example/lock,The Lamp,2024-10-24 10:00,Elsewhere,It was there on Monday.
Mud for sale,https://mire.example/mud,The Mire,2024-10-23,Elsewhere,
"""
SOURCE = """
[[sources]]
name = "elsewhere"
kind = "list"
path = "elsewhere.csv"

[[sections]]
name = "Elsewhere"
title = "Other news this week"
slot = "{slot}"
"""
WEEK = ("--week", "2024-W43")


def built(folder: Path, theme: str, slot: str) -> tuple[str, str, str]:
    toml = TOML.replace('name = "weekly"\n', f'name = "weekly"\ntheme = "{theme}"\n')
    newsroom(folder, toml + SOURCE.format(slot=slot))
    (folder / "elsewhere.csv").write_text(LIST)
    done = digest(folder, "build", *WEEK)
    assert done.code == 0, done.err
    issue = folder / "issues" / "2024-W43"
    mail, text, web = ((issue / name).read_text() for name in ("email.html", "email.txt", "web.html"))
    return mail, text, web


@pytest.mark.parametrize("theme", ["roundup", "letter", "headlines"])
@pytest.mark.parametrize("slot", ["story", "brief", "headline"])
def test_whose_story_it_is_stands_at_it(tmp_path: Path, theme: str, slot: str) -> None:
    for whole in built(tmp_path, theme, slot):
        for title, magazine in (("Salt and who paid", "The Gate"), ("A lock gone missing", "The Lamp")):
            shown = whole.partition("<body")[2] or whole
            at = shown.index(title)
            assert magazine in shown[max(0, at - 300) : at + 400], title


def test_a_link_is_as_short_as_the_editor_made_it_and_leads_out_of_the_house(tmp_path: Path) -> None:
    mail, text, _ = built(tmp_path, "roundup", "brief")
    assert "They paid twice." in text
    assert "Mud for sale" in text
    assert "https://gate.example/salt" in mail
