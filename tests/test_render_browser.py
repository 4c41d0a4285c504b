"""What a real browser makes of the mail and of the web version, in every shipped theme."""

from dataclasses import replace

import pytest

from digest.render import render
from digest.render.engine import Engine
from judging import FACES, ISSUES, THEMES, Face, Stage, face, rendered, source, theme
from render_samples import BRAND, sample_issue


@pytest.mark.parametrize(("width", "scheme"), [(900, "light"), (390, "light"), (900, "dark")])
@pytest.mark.parametrize("issue_name", ISSUES)
@pytest.mark.parametrize("theme_name", THEMES)
def test_inlining_changes_no_elements_style(
    stage: Stage, theme_name: str, issue_name: str, width: int, scheme: str
) -> None:
    stage.show(source(theme_name, issue_name), width, scheme)
    assert stage.ask("keepStyles()") > 60
    stage.show(rendered(theme_name, issue_name).html, width, scheme)
    assert stage.ask("otherStyles()") == []


@pytest.mark.parametrize("issue_name", ISSUES)
@pytest.mark.parametrize("theme_name", THEMES)
def test_every_rule_of_the_kept_block_is_still_there(stage: Stage, theme_name: str, issue_name: str) -> None:
    stage.show(source(theme_name, issue_name))
    rules = stage.ask("rules()")
    assert len(rules) > 10
    assert any(rule.startswith("@media (prefers-color-scheme: dark)") for rule in rules)
    stage.show(rendered(theme_name, issue_name).html)
    assert stage.ask("rules()") == rules


def test_a_style_that_inlining_changes_is_told(stage: Stage) -> None:
    issue_source = Engine(sample_issue(1), theme("roundup")).fill("email.html")
    stage.show(issue_source)
    stage.ask("keepStyles()")
    stage.show(issue_source.replace("<h1 ", '<h1 style="letter-spacing:3px" '))
    (changed,) = stage.ask("otherStyles()")
    assert changed.startswith("letter-spacing: -1px -> 3px at ")
    stage.show(issue_source.replace("<h1 ", "<h1></h1><h1 "))
    assert "elements became" in stage.ask("otherStyles()")[0]


@pytest.mark.parametrize("width", [320, 360, 700])
@pytest.mark.parametrize("which", FACES)
@pytest.mark.parametrize("issue_name", ISSUES)
@pytest.mark.parametrize("theme_name", THEMES)
def test_nothing_runs_out_of_the_window(
    stage: Stage, theme_name: str, issue_name: str, which: Face, width: int
) -> None:
    stage.show(face(theme_name, issue_name, which), width)
    assert stage.ask("wide()") == []
    assert stage.page.evaluate("document.compatMode") == "CSS1Compat"


def test_the_column_is_600_wide_and_shrinks(stage: Stage) -> None:
    mail = render(sample_issue(1), theme("roundup")).html
    paper = "document.querySelector('.paper').getBoundingClientRect().width"
    stage.show(mail)
    assert stage.page.evaluate(paper) == 600
    stage.show(mail, 360)
    assert stage.page.evaluate(paper) == 360


@pytest.mark.parametrize("theme_name", THEMES)
def test_the_dark_logo_shows_only_in_the_dark(stage: Stage, theme_name: str) -> None:
    brand = replace(BRAND, logo="https://harbour.example/l.png", logo_dark="https://harbour.example/d.png")
    mail = render(sample_issue(1, brand=brand), theme(theme_name)).html
    shown = "[...document.querySelectorAll('h1 img')].map(image => getComputedStyle(image).display !== 'none')"
    stage.show(mail)
    assert stage.page.evaluate(shown) == [True, False]
    stage.show(mail, 900, "dark")
    assert stage.page.evaluate(shown) == [False, True]


@pytest.mark.parametrize("theme_name", THEMES)
def test_a_picture_keeps_its_shape_and_its_place_at_every_width(stage: Stage, theme_name: str) -> None:
    for width in (900, 360):
        stage.show(face(theme_name, "torture", "mail"), width)
        shapes = stage.ask("shapes()")
        assert len(shapes) > 1
        for address, true, drawn in shapes:
            assert drawn == pytest.approx(true, rel=0.05), (address, width)
