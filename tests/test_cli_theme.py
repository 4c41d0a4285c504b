"""Themes of a newsroom's own, as the README tells a newcomer to make one."""

import re
from pathlib import Path

import pytest

from digest.theme import REQUIRED
from running import digest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("### A theme of your own\n")[2].partition("\n## ")[0]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's newsroom, in which the README's first block was typed (but for the preview)."""
    folder = tmp_path_factory.mktemp("theme") / "paper"
    assert digest(folder.parent, "init", "--sample", "paper").code == 0
    typed = SECTION.partition("```sh\n")[2].partition("```")[0].splitlines()
    commands = [line.partition("#")[0].split() for line in typed]
    assert [command[1] for command in commands] == ["theme", "build", "preview"]
    for command in commands[:2]:
        done = digest(folder, *command[1:])
        assert done.code == 0, done.err
    return folder


def mail(room: Path) -> str:
    done = digest(room, "build", "--week", "2024-W43", "--theme", "harbour", "--offline")
    assert done.code == 0, done.err
    return (room / "issues" / "2024-W43" / "email.html").read_text(encoding="utf-8")


def test_a_copy_is_whole_and_looks_like_what_it_was_copied_from(room: Path) -> None:
    assert set(REQUIRED) <= {path.name for path in (room / "templates" / "harbour").iterdir()}
    assert not (room / "templates" / "harbour" / "parts").exists()
    own = mail(room)
    assert digest(room, "build", "--week", "2024-W43", "--offline").code == 0
    assert (room / "issues" / "2024-W43" / "email.html").read_text(encoding="utf-8") == own


def test_the_readmes_css_wins_over_the_parts(room: Path) -> None:
    css = SECTION.partition("```css\n")[2].partition("```")[0]
    path = room / "templates" / "harbour" / "theme.css"
    path.write_text(path.read_text(encoding="utf-8") + css, encoding="utf-8")
    made = mail(room)
    assert re.search(r'<h1 [^>]*style="[^"]*font-size:54px;line-height:60px;[^"]*font-style:italic"', made)
    assert re.search(r'<h2 [^>]*style="[^"]*border-top:1px solid #0f5e6e', made)


def test_the_readmes_dark_colour_comes_last_in_the_kept_block(room: Path) -> None:
    css = SECTION.split("```css\n")[2].partition("```")[0]
    path = room / "templates" / "harbour" / "clients.css"
    path.write_text(path.read_text(encoding="utf-8") + css, encoding="utf-8")
    kept = mail(room).rpartition("<style>")[2].partition("</style>")[0]
    assert re.search(r"\.bar \{ color: #[0-9a-f]{6} !important \} \}\s*\Z", kept)


def test_the_readmes_word_goes_before_the_shared_one(room: Path) -> None:
    word = re.search(r'`headlines = "(.*)"`', SECTION)
    assert word
    (room / "templates" / "harbour" / "strings.toml").write_text(f'[en]\nheadlines = "{word[1]}"\n', encoding="utf-8")
    assert word[1] in mail(room)


def test_a_piece_that_is_taken_out_of_the_list_is_gone(room: Path) -> None:
    path = room / "templates" / "harbour" / "email.html"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("{{ mail.support(issue.brand.support) -}}\n", ""), encoding="utf-8")
    assert "Keep the lamp lit" not in mail(room)


def test_a_rule_that_cannot_work_is_refused_with_its_mend(room: Path) -> None:
    path = room / "templates" / "harbour" / "theme.css"
    before = path.read_text(encoding="utf-8")
    path.write_text(before + ".link:hover { color: red }\n", encoding="utf-8")
    done = digest(room, "build", "--week", "2024-W43", "--theme", "harbour", "--offline")
    path.write_text(before, encoding="utf-8")
    assert done.code == 1
    assert "'.link:hover' cannot be written into elements (hint: move the rule to clients.css" in done.err


def test_the_list_says_which_are_ones_own_and_which_is_used(room: Path) -> None:
    rows = digest(room, "theme", "list", "--json").data
    assert {row["name"]: (row["own"], row["used"]) for row in rows} == {
        "harbour": (True, False),
        "headlines": (False, False),
        "letter": (False, False),
        "roundup": (False, True),
    }
    assert digest(room, "theme", "list").out.splitlines()[0] == "harbour  (with files of your own)"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("harbour",), "there is a theme 'harbour' already"),
        (("letter",), "there is a theme 'letter' already"),
        (("parts",), "no theme can be called 'parts'"),
        (("../up",), "no theme can be called '../up'"),
        (("quay", "--from", "roundupp"), "did you mean 'roundup'?"),
    ],
)
def test_what_cannot_be_copied_is_refused_and_writes_nothing(room: Path, arguments: tuple[str, ...], says: str) -> None:
    before = sorted(room.rglob("*"))
    done = digest(room, "theme", "new", *arguments)
    assert done.code == 1
    assert says in done.err
    assert sorted(room.rglob("*")) == before


def test_half_a_copy_is_no_theme(room: Path) -> None:
    (room / "templates" / ".quay.new").mkdir()
    (room / "templates" / ".quay.new" / "email.html").write_text("half")
    assert digest(room, "theme", "new", "quay").code == 0
    assert not (room / "templates" / ".quay.new").exists()
    assert len((room / "templates" / "quay" / "email.html").read_text(encoding="utf-8")) > 100


def test_in_a_checkout_the_shipped_themes_are_nobodys_own() -> None:
    rows = digest(ROOT, "theme", "list", "--json").data
    assert {row["name"]: row["own"] for row in rows} == {"headlines": False, "letter": False, "roundup": False}


def test_the_parts_come_along_where_they_are_asked_for(tmp_path: Path) -> None:
    assert digest(tmp_path, "init", "--name", "The Quay").code == 0
    made = digest(tmp_path, "theme", "new", "quay", "--from", "letter", "--parts", "--json").data
    assert "parts/mail_pieces.html" in made["files"]
    assert (tmp_path / "templates" / "quay" / "parts" / "mail.css").exists()
