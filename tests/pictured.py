"""A newsroom whose stories have pictures, its builds, and what they tell."""

import json
from pathlib import Path
from typing import Any

from running import TOML, Done, digest, note

PICTURES = """\
[pictures]
images_url = "https://harbour.example/{newsletter}/{label}/i/"
"""
WEEK = ("build", "--week", "2024-W43")


def newsroom(folder: Path, pictures_of: dict[str, str], toml: str = PICTURES) -> Path:
    """Make a newsroom whose stories, the first one the lead, have these pictures."""
    folder.mkdir(exist_ok=True)
    text = TOML.replace('name = "Reporting"\n', 'name = "Reporting"\npictures = true\n')
    text = text.replace("[magazine]\n", '[magazine]\nhosts = ["127.0.0.1", "localhost"]\n')
    (folder / "digest.toml").write_text(text + toml, encoding="utf-8")
    for number, (slug, url) in enumerate(pictures_of.items()):
        image = f"Reporting\nimage: {{url: {json.dumps(url)}, alt: A picture, credit: Ada Lens}}"
        note(folder, slug, f"2024-10-24 {20 - number // 60:02}:{59 - number % 60:02}", section=image)
    return folder


def issue(folder: Path) -> Path:
    return folder / "issues" / "2024-W43"


def told(folder: Path) -> dict[str, Any]:
    """Return each story's picture as the record tells it."""
    record = json.loads((issue(folder) / "issue.json").read_text(encoding="utf-8"))
    entries = [entry for section in record["sections"] for entry in section["entries"]] + record["headlines"]
    return {entry["title"]["text"].removeprefix("The story of "): entry["picture"] for entry in entries}


def built(folder: Path, *options: str) -> Done:
    done = digest(folder, *WEEK, *options)
    assert done.code == 0, done.err
    return done


def missing(done: Done) -> dict[str, str]:
    """Return what the report says of each picture that is left out."""
    found = [each for each in done.data["findings"] if each["code"] == "picture-missing"]
    assert all(each["level"] == "warning" and each["hint"] for each in found)
    return {each["where"].removeprefix("The story of "): each["message"] for each in found}
