"""A newsroom with issues that were sent, and its public archive: what several tests begin with."""

import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from digest.issues.folder import IssueFolder
from digest.model.article import Image
from digest.model.issue import BuiltFile, Issue, Picture
from digest.wire import to_pretty_json
from running import TOML, digest, newsroom

ADDRESS = "https://letters.harbour.example"
SITE = f'[site]\nurl = "{ADDRESS}"\n'
DRAWING = b"\x89PNG\r\n\x1a\n a picture, as far as anybody here looks"
PICTURE = "images/0123456789abcdef-1w200-1200x800.png"
WEEKS = ("2024-W42", "2024-W43", "2024-W44")
SENT_AT = {"2024-W42": "2024-10-18 14:00", "2024-W43": "2024-10-25 14:00", "2024-W44": "2024-11-01 14:00"}


def archive(folder: Path, toml: str = TOML + SITE, sent: tuple[str, ...] = WEEKS) -> Path:
    """Make a newsroom with three issues, of which `sent` were sent; each has a picture of its own."""
    newsroom(folder, toml)
    for week in WEEKS:
        assert digest(folder, "build", "--week", week, "--offline").code == 0
        with_picture(folder / "issues" / week)
        if week in sent:
            assert digest(folder, "sent", week, "--at", SENT_AT[week]).code == 0
    return folder


def record(folder: Path) -> Issue:
    """Return an issue's record."""
    return IssueFolder(folder).read()


def with_picture(folder: Path) -> None:
    """Give the issue's first story a copy of a picture, as a build with pictures would."""
    issue = record(folder)
    image = Image(url=f"{ADDRESS}/{folder.name}/{PICTURE}", alt="A quay", credit="Ines Valdano", width=1200, height=800)
    picture = Picture(image=image, source="https://harbour.example/quay.webp", file=PICTURE, weight=len(DRAWING))
    (first, *others) = issue.sections[0].entries
    sections = (replace(issue.sections[0], entries=(replace(first, picture=picture), *others)), *issue.sections[1:])
    (folder / "images").mkdir()
    (folder / PICTURE).write_bytes(DRAWING)
    (folder / "images" / "not-in-the-record.png").write_bytes(DRAWING)
    files = (*issue.files, BuiltFile(name=PICTURE, sha256=hashlib.sha256(DRAWING).hexdigest()))
    (folder / "issue.json").write_bytes(to_pretty_json(replace(issue, sections=sections, files=files)))


def site_files(folder: Path) -> list[str]:
    """Return the names of all files of the site."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def linked_data(page: str) -> Any:
    """Return a page's JSON-LD."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    return json.loads(found[1])
