"""axe-core (WCAG 2.2 A and AA) and what else a browser can tell: every shipped theme, light and dark, wide and narrow.

Three issues: the sample magazine's fullest week, and the torture issue running either way.
"""

from dataclasses import replace

import pytest

from digest.render import render
from judging import FACES, ISSUES, PAGE_RULES, THEMES, WCAG, Face, Stage, face, issue, theme

SETTINGS = ((900, "light"), (900, "dark"), (390, "light"), (390, "dark"), (900, "outlook dark"))
LEAST_CONTRAST = 4.5
LEAST_SIZE = 14

BAD = """<!DOCTYPE html><html><head></head><body style="margin:0">
<p id="faint" style="color:#999;background:#fff">Faint</p><p id="small" style="font-size:9px">Small</p>
<a href="https://e.org" style="text-decoration:none">A plain link</a> <a href="https://e.org/x"></a>
<img src="https://e.org/i.png"><div style="width:2000px">wide</div>
<div style="overflow:hidden;white-space:nowrap">{}</div></body></html>""".format("long " * 300)


@pytest.mark.parametrize("which", FACES)
@pytest.mark.parametrize("issue_name", ISSUES)
@pytest.mark.parametrize("theme_name", THEMES)
def test_axe_finds_nothing(stage: Stage, theme_name: str, issue_name: str, which: Face) -> None:
    found = {}
    for width, scheme in SETTINGS:
        stage.show(face(theme_name, issue_name, which), width, scheme)
        found[f"{width} px, {scheme}"] = stage.axe(WCAG if which == "mail" else PAGE_RULES)
    assert {setting: lines for setting, lines in found.items() if lines} == {}


@pytest.mark.parametrize("which", FACES)
@pytest.mark.parametrize("issue_name", ISSUES)
@pytest.mark.parametrize("theme_name", THEMES)
def test_every_text_is_dark_and_large_enough_and_every_link_is_seen(
    stage: Stage, theme_name: str, issue_name: str, which: Face
) -> None:
    found = []
    for width, scheme in SETTINGS:
        stage.show(face(theme_name, issue_name, which), width, scheme)
        assert stage.ask("texts()") > 25
        found += stage.ask(f"faint({LEAST_CONTRAST})") + stage.ask(f"small({LEAST_SIZE})") + stage.ask("plainLinks()")
    assert found == []


@pytest.mark.parametrize("accent", ["#ffd400", "#000000", "#ffffff", "#7f7f7f", "#0000ff"])
@pytest.mark.parametrize("theme_name", THEMES)
def test_whatever_the_magazines_colour_every_text_can_be_read(stage: Stage, theme_name: str, accent: str) -> None:
    week = issue("week")
    made = render(replace(week, brand=replace(week.brand, accent=accent)), theme(theme_name))
    for html in (made.html, made.web):
        for scheme in ("light", "dark", "outlook dark"):
            stage.show(html, 900, scheme)
            assert stage.ask(f"faint({LEAST_CONTRAST})") == []


def test_the_judges_find_what_is_wrong(stage: Stage) -> None:
    stage.show(BAD, 360)
    rules = {line.partition(" ")[0] for line in stage.axe(WCAG)}
    assert rules - {"undecided:"} == {"color-contrast", "document-title", "html-has-lang", "image-alt", "link-name"}
    assert {line.partition(" ")[0] for line in stage.axe(PAGE_RULES)} > rules
    (faint,) = stage.ask("faint(4.5)")
    assert faint.startswith("2.85 (rgb(153, 153, 153) on rgb(255, 255, 255))")
    assert 'id="faint"' in faint
    (small,) = stage.ask("small(14)")
    assert small.startswith("9px body > p:nth-of-type(2):")
    (plain,) = stage.ask("plainLinks()")
    assert "A plain link" in plain
    wide = stage.ask("wide()")
    assert any("width:2000px" in line for line in wide)
    assert any("overflow:hidden" in line for line in wide)
