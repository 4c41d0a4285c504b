"""The golden issue: the sample magazine's fullest week, built from its sources, is these files to the byte.

Of its pictures the names are compared, not the bytes: those belong to one build of Pillow.

After a change that is meant to change them, look at the new ones, then put them in place of the old:

    python3 tasks.py sample && cp issues/2024-W43/{issue.json,email.html,email.txt,web.html} tests/golden/2024-W43/
"""

import difflib
import re
from pathlib import Path

import pytest

from running import digest

GOLDEN = Path(__file__).parent / "golden" / "2024-W43"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("golden")
    assert digest(folder, "init", "--sample", "paper").code == 0
    done = digest(folder / "paper", "build", "--week", "2024-W43", "--offline")
    assert done.code == 0, done.err
    return folder / "paper" / "issues" / "2024-W43"


@pytest.mark.parametrize("name", ["issue.json", "email.html", "email.txt", "web.html"])
def test_the_fullest_week_is_built_to_the_byte(built: Path, name: str) -> None:
    old, new = (without_weights((folder / name).read_bytes().decode()) for folder in (GOLDEN, built))
    changed = list(difflib.unified_diff(old.splitlines(), new.splitlines(), "golden", "built", lineterm="", n=0))
    assert not changed, "\n".join(line[:300] for line in changed[:40])
    assert new == old


def without_weights(text: str) -> str:
    """Take out of a record what another build of Pillow may change: the hash and the weight of a JPEG."""
    text = re.sub(r'("name": "images/[^"]+",\s+"sha256": )"[0-9a-f]{64}"', r"\1(of its own)", text)
    return re.sub(r'"weight": [1-9]\d*', '"weight": (of its own)', text)


def test_the_pictures_that_the_record_names_are_there_and_no_others(built: Path) -> None:
    record = (built / "issue.json").read_text(encoding="utf-8")
    named = set(re.findall(r'"name": "images/([^"]+)"', record))
    assert named == {path.name for path in (built / "images").iterdir()}
    assert len(named) == record.count('"file": "images/') == 3
    page = (built / "email.html").read_text(encoding="utf-8")
    assert all(f"https://tidewater.example/newsletter/2024-W43/images/{name}" in page for name in named)


def test_nothing_that_stands_around_a_story_is_in_the_issue(built: Path) -> None:
    text = (built / "email.txt").read_text(encoding="utf-8").casefold()
    for furniture in (
        "follow us",
        "sign up",
        "subscribe now",
        "keep reading",
        "read more",
        "photo:",
        "advertisement",
        "cookie",
    ):
        assert furniture not in text
