"""Floors 0-4 read no clock, no environment, no disk and no network."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tasks import pure_rooms

ROOT = Path(__file__).resolve().parents[1]
DRIVER = ROOT / "tests" / "drivers" / "pure_core.py"

MAY_IMPORT = frozenset(
    {
        "__future__",
        "base64",
        "binascii",
        "bisect",
        "codecs",
        "collections",
        "collections.abc",
        "cssselect",
        "colorsys",
        "contextlib",
        "dataclasses",
        "datetime",
        "dateutil.parser",
        "difflib",
        "email.utils",
        "enum",
        "functools",
        "hashlib",
        "heapq",
        "html",
        "html.parser",
        "itertools",
        "lxml",
        "math",
        "msgspec",
        "operator",
        "re",
        "string",
        "tinycss2",
        "tinycss2.color4",
        "types",
        "typing",
        "unicodedata",
        "urllib.parse",
        "zoneinfo",
    }
)
"""What the pure floors may import besides each other: nothing here reaches outside by itself.

lxml could read files and addresses; `check.page`, its only user there, gives it bytes and shuts the network, and the
watch below sees that it asks for neither.
"""

NEVER_CALLED = frozenset({"open", "input", "print", "eval", "exec", "__import__", "ZoneInfo"})
"""Names that read or write what is outside; a `ZoneInfo` is read from the disk and comes as an argument."""

CLOCKS = frozenset({"now", "today", "utcnow", "localtime", "gmtime"})
"""Methods that read the clock."""


def pure_modules() -> list[Path]:
    found = [
        path
        for room in pure_rooms()
        for path in (*ROOT.glob(f"digest/{room}.py"), *sorted(ROOT.glob(f"digest/{room}/**/*.py")))
    ]
    assert len(found) > len(pure_rooms())
    return found


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def reaching_calls(tree: ast.AST) -> Iterator[str]:
    """Yield calls that read the clock or something outside, and `astimezone()`, which asks for the system's zone."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called, bare = node.func, not node.args and not node.keywords
        if isinstance(called, ast.Name) and called.id in NEVER_CALLED:
            yield called.id
        if isinstance(called, ast.Attribute) and (called.attr in CLOCKS or (called.attr == "astimezone" and bare)):
            yield called.attr


@pytest.mark.parametrize("path", pure_modules(), ids=lambda path: str(path.relative_to(ROOT / "digest")))
def test_a_pure_module_imports_and_calls_nothing_that_reaches_outside(path: Path) -> None:
    tree = ast.parse(path.read_text())
    outside = {name for name in imported(tree) if not name.startswith("digest.")} - MAY_IMPORT
    assert not outside
    assert list(reaching_calls(tree)) == []


@pytest.mark.parametrize(
    ("code", "calls"),
    [
        ("datetime.now(UTC)", ["now"]),
        ("brief.now", []),
        ("x.astimezone()", ["astimezone"]),
        ("x.astimezone(zone)", []),
        ("open('x')", ["open"]),
        ("ZoneInfo('Asia/Tokyo')", ["ZoneInfo"]),
        ("date.today()", ["today"]),
    ],
)
def test_the_look_at_the_code_sees_what_it_should(code: str, calls: list[str]) -> None:
    assert list(reaching_calls(ast.parse(code))) == calls


def run_core(environment: Mapping[str, str], *arguments: str, before: tuple[str, ...] = ()) -> tuple[int, bytes, str]:
    command = (*before, sys.executable, str(DRIVER), *arguments)
    found = {**environment, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    done = subprocess.run(command, cwd=ROOT, env=found, capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr.decode()


def test_a_golden_issue_is_made_without_reaching_outside(plain_environment: dict[str, str]) -> None:
    code, record, said = run_core(plain_environment)
    assert (code, said) == (0, "")
    assert b'"chosen"' in record
    assert b'"dropped"' in record


def test_the_watch_ends_a_program_that_opens_a_file(plain_environment: dict[str, str]) -> None:
    code, record, said = run_core(plain_environment, "--reach-outside")
    assert (code, record) == (3, b"")
    assert "reached outside: open" in said


def test_clock_zone_and_hash_seed_change_nothing(plain_environment: dict[str, str]) -> None:
    faketime = shutil.which("faketime")
    if faketime is None:
        pytest.skip("faketime is not installed; `python3 tasks.py test` does it as root")
    here = run_core({**plain_environment, "TZ": "UTC", "PYTHONHASHSEED": "1"})
    there = run_core(
        {**plain_environment, "TZ": "Pacific/Apia", "PYTHONHASHSEED": "2", "LANG": "C"},
        before=(faketime, "-f", "+400d"),
    )
    assert here == there
    assert here[0] == 0
