"""What holds for every file of the repository."""

import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

LEFT_OVER = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX)\b")
"""Notes to oneself; written so that this file holds none."""

HOMES = re.compile(r"(?<![\w.:/\"'])/(?:home|root|work|Users|mnt|tmp)/\w+")
"""Absolute paths that exist on somebody's machine only; URLs and quoted patterns of theirs do not match."""

OTHERS = "digest/preview/vendor/"
"""Where the files of others stand, word for word theirs (test_preview_vendor.py)."""

RUN = 5
"""So many words in a row that two texts share were copied: the measure by which Digest tells twins."""

EVERYBODYS = frozenset({"Creative Commons", "New York", "United States", "White House"})
"""Names that no text owns."""


@cache
def texts() -> dict[str, str]:
    """Return every text file of our own that git knows or would add, by name."""
    listed = subprocess.run(
        ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"),
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    found = {}
    for name in listed.decode().split("\0"):
        path = ROOT / name
        if name and path.is_file() and not name.startswith(OTHERS):
            body = path.read_bytes()
            if b"\0" not in body:
                found[name] = body.decode("utf-8", errors="replace")
    assert "tasks.py" in found
    return found


def runs(text: str) -> set[tuple[str, ...]]:
    """Return every run of five words."""
    words = re.findall(r"\w+", text.casefold())
    return set(zip(*(words[start:] for start in range(RUN)), strict=False))


def names(text: str) -> set[str]:
    """Return pairs of capitalised words: people, magazines, series."""
    return set(re.findall(r"\b(?!The|In|As|From|To|While|Will|Other)[A-Z]\w+ [A-Z]\w+\b", text))


def offences(pattern: re.Pattern[str]) -> Iterator[str]:
    """Yield `file:line: what` for every match."""
    for name, text in texts().items():
        for number, line in enumerate(text.splitlines(), 1):
            found = pattern.search(line)
            if found:
                yield f"{name}:{number}: {found[0]}"


def test_no_note_to_oneself_is_left() -> None:
    assert list(offences(LEFT_OVER)) == []


def test_no_path_of_a_machine_stands_in_a_file() -> None:
    assert list(offences(HOMES)) == []
    assert [name for name, text in texts().items() if str(ROOT) in text] == []


def test_the_look_for_paths_sees_what_it_should() -> None:
    home = "/ho" + "me/ana/x"
    assert HOMES.search(f"see {home}")
    assert HOMES.search(f"({home})")
    assert not HOMES.search(f"https://example.org{home}")


def test_sources_end_with_one_newline_and_hold_no_tab_or_carriage_return() -> None:
    ours = {name: text for name, text in texts().items() if name.endswith((".py", ".toml", ".md")) and text}
    assert [name for name, text in ours.items() if not text.endswith("\n") or text.endswith("\n\n")] == []
    assert [name for name, text in ours.items() if "\r" in text or "\t" in text] == []


def test_nothing_was_copied_from_the_real_pages(shared: Path) -> None:
    seeds = [path.read_text() for path in sorted((shared / "seeds").glob("*.txt"))]
    if not seeds:
        pytest.skip("../shared holds no seeds")
    sentences, people = set().union(*map(runs, seeds)), set().union(*map(names, seeds)) - EVERYBODYS
    copied = {name: (runs(text) & sentences, names(text) & people) for name, text in texts().items()}
    assert {name: found for name, found in copied.items() if any(found)} == {}
