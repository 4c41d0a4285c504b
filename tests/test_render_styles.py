import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from digest.render import render
from digest.render.styles import READ_BY, Element, _known, styles_of
from digest.theme import find_theme, shipped
from render_samples import sample_issue

CSS = "p { margin: 0 } .a { color: red; font-family: A, B }"
PLAIN, RED = Element("p", "", ""), Element("p", "a", "")


@pytest.fixture(autouse=True)
def fresh() -> None:
    _known.cache_clear()


def test_what_a_sheet_makes_of_elements() -> None:
    assert styles_of({PLAIN, RED, Element("b", "", "")}, CSS, None) == {
        PLAIN: "margin:0",
        RED: "margin:0;color:red;font-family:A,B",
        Element("b", "", ""): "",
    }


def test_what_was_kept_is_taken_and_what_is_new_is_added(tmp_path: Path) -> None:
    styles_of({PLAIN}, CSS, tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes().replace(b"margin:0", b"margin:1px"))
    _known.cache_clear()
    assert styles_of({PLAIN, RED}, CSS, tmp_path) == {PLAIN: "margin:1px", RED: "margin:0;color:red;font-family:A,B"}
    _known.cache_clear()
    assert styles_of({RED}, CSS, tmp_path)[RED] == "margin:0;color:red;font-family:A,B"
    assert styles_of({PLAIN}, CSS + " ", tmp_path)[PLAIN] == "margin:0"
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("damage", [b"", b"[1]", b"{", b"\xff"])
def test_what_is_damaged_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    styles_of({PLAIN}, CSS, tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_bytes(damage)
    _known.cache_clear()
    assert styles_of({PLAIN}, CSS, tmp_path) == {PLAIN: "margin:0"}


def test_a_folder_that_is_none_costs_time_alone(tmp_path: Path) -> None:
    assert styles_of({PLAIN}, CSS, tmp_path / "nowhere") == {PLAIN: "margin:0"}


def test_what_is_kept_names_the_premailer_that_made_it() -> None:
    assert READ_BY.startswith(f"premailer {version('premailer')},")


def test_a_known_theme_needs_no_premailer_and_gives_the_same_bytes(tmp_path: Path) -> None:
    theme = find_theme("roundup", [shipped()])
    first = render(sample_issue(), theme, tmp_path)
    script = (
        "import sys; from pathlib import Path; from digest.render import render;"
        "from render_samples import sample_issue;"
        "from digest.theme import find_theme, shipped;"
        f"made = render(sample_issue(), find_theme('roundup', [shipped()]), Path({str(tmp_path)!r}));"
        "assert 'premailer' not in sys.modules; sys.stdout.buffer.write(made.html.encode())"
    )
    again = subprocess.run([sys.executable, "-c", script], cwd=Path(__file__).parent, capture_output=True, check=True)
    assert again.stdout.decode() == first.html
