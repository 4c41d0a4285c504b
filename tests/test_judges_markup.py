"""html-validate, and the rows of the Email Markup Consortium's report: every shipped theme, three issues."""

import json
from itertools import product
from pathlib import Path

import pytest
from lxml import html

from conftest import ON_CI
from digest.model.issue import Entry
from judging import AXE, FACES, HERE, ISSUES, THEMES, Face, face, html_validate, issue, message
from markup_rows import ROWS, failing

needs_judges = pytest.mark.skipif(
    not (AXE.exists() or ON_CI), reason="the judges are not installed; `python3 tasks.py test` does it"
)

BAD = """<html lang="English"><head>
<meta name="viewport" content="width=device-width, user-scalable=no"></head><body><p>No language</p>
<!--[if mso]><table><tr><td><v:rect><a href="https://e.org">In a drawing</a></v:rect></td></tr></table><![endif]-->
<table><tr><td style="text-align: justify"><h3>First</h3><h2></h2><a href="#"></a>
<a href="https://e.org">Read more »</a>
<img src="https://e.org/i"><img src="https://e.org/i" alt="DSC_0012.JPG"></td></tr></table></body></html>"""


@needs_judges
@pytest.mark.parametrize("which", FACES)
def test_html_validate_says_nothing(tmp_path: Path, which: Face) -> None:
    files = []
    for theme_name, issue_name in product(THEMES, ISSUES):
        files.append(tmp_path / f"{theme_name}-{issue_name}.html")
        files[-1].write_text(face(theme_name, issue_name, which), encoding="utf-8")
    assert [f"{said.file}: {said.line}" for said in html_validate(which, files)] == []


@needs_judges
def test_html_validate_finds_what_is_wrong(tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text(BAD, encoding="utf-8")
    rules = {said.line.partition(":")[0] for said in html_validate("mail", [bad])}
    assert {"missing-doctype", "wcag/h30", "wcag/h37", "heading-level", "empty-heading"} <= rules
    assert rules < {said.line.partition(":")[0] for said in html_validate("web", [bad])}


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("issue_name", ISSUES)
@pytest.mark.parametrize("theme_name", THEMES)
def test_no_element_fails_a_row_of_the_report(theme_name: str, issue_name: str, row: str) -> None:
    assert failing(message(theme_name, issue_name).html, row) == []


@pytest.mark.parametrize("row", ROWS)
def test_every_row_finds_what_is_wrong(row: str) -> None:
    assert failing(BAD, row) != []


@pytest.mark.parametrize("issue_name", ISSUES[1:])
@pytest.mark.parametrize("theme_name", THEMES)
def test_every_headline_says_its_language_and_runs_its_way(theme_name: str, issue_name: str) -> None:
    judged = issue(issue_name)
    page = html.document_fromstring(message(theme_name, issue_name).html)
    for entry in judged.entries:
        if not entry.mail_url:
            continue
        (link,) = [found for found in page.xpath("//a[@href=$url]", url=entry.mail_url) if found.text_content().strip()]
        spoken = (_nearest(link, "lang"), _nearest(link, "dir"))
        assert spoken == _own(entry, judged.brand.language, judged.brand.direction), entry.title.text


def _nearest(element: object, attribute: str) -> str:
    found: str = element.xpath(f"string(ancestor-or-self::*[@{attribute}][1]/@{attribute})")  # type: ignore[attr-defined]
    return found


def _own(entry: Entry, language: str, direction: str) -> tuple[str, str]:
    return entry.language or language, entry.direction or direction


@pytest.mark.parametrize("lock", sorted(HERE.parent.glob("*/*/package-lock.json")), ids=lambda lock: lock.parent.name)
def test_a_lock_file_pins_by_hash_and_names_no_host(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text, (
        "take out what names one: `funding`, a `license` with an address; .npmrc leaves out `resolved`"
    )
    packages = json.loads(text)["packages"]
    assert all(package["integrity"].startswith("sha512-") for name, package in packages.items() if name)
