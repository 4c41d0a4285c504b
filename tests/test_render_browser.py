"""What a real browser makes of the mail and of the web version."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import pytest

from digest.model.issue import Issue, IssueSection
from digest.render import render
from digest.render.engine import Engine
from digest.theme import find_theme, shipped
from render_samples import BRAND, TITLES, sample_issue, story

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

THEME = find_theme("roundup", [shipped()])

STYLES = """() => [...document.body.querySelectorAll('*'), document.body].map(element => {
  const style = getComputedStyle(element);
  return [...style].map(name => name + ':' + style.getPropertyValue(name)).join(';');
})"""

TEXTS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
    let ground = element;
    while (ground && getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)') ground = ground.parentElement;
    const style = getComputedStyle(element);
    found.push([walker.currentNode.data.trim(), style.color, getComputedStyle(ground).backgroundColor,
                parseFloat(style.fontSize)]);
  }
  return found;
}"""

PLAIN_LINKS = """() => [...document.links].filter(link => link.textContent.trim() && !link.closest('h1') &&
  !getComputedStyle(link).textDecorationLine.includes('underline')).length"""

WIDTH = "() => document.documentElement.scrollWidth"


@pytest.fixture
def page(chromium: "Browser") -> "Iterator[Page]":
    """An empty page that cannot reach the network."""
    page = chromium.new_page()
    page.route("**/*", lambda route: route.abort())
    yield page
    page.close()


def awkward_issue() -> Issue:
    """Long words, no spaces, pictures of unknown size."""
    long = tuple(story(number, title * 3) for number, title in enumerate((*TITLES, "m" * 300, "港" * 80)))
    return replace(
        sample_issue(), sections=(*sample_issue().sections, IssueSection(name="L", title="W" * 60, entries=long))
    )


def ratio(one: str, other: str) -> float:
    """WCAG's contrast of two computed colours, written apart from the code under test."""

    def luminance(colour: str) -> float:
        channels = [int(part) / 255 for part in colour.partition("(")[2].rstrip(")").split(",")[:3]]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("width", "scheme"), [(900, "light"), (390, "light"), (900, "dark")])
def test_inlining_changes_no_elements_style(page: "Page", width: int, scheme: Literal["light", "dark"]) -> None:
    issue = sample_issue(2)
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    styles: list[list[str]] = []
    for source in (Engine(issue, THEME).fill("email.html"), render(issue, THEME).html):
        page.set_content(source, wait_until="domcontentloaded")
        styles.append(page.evaluate(STYLES))
    assert len(styles[0]) > 100
    assert styles[0] == styles[1]


@pytest.mark.parametrize("width", [320, 360, 700])
@pytest.mark.parametrize("face", ["html", "web"])
def test_nothing_runs_out_of_the_window(page: "Page", width: int, face: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.set_content(getattr(render(awkward_issue(), THEME), face), wait_until="domcontentloaded")
    assert page.evaluate(WIDTH) <= width
    assert page.evaluate("document.compatMode") == "CSS1Compat"


@pytest.mark.parametrize("accent", ["#9a3412", "#ffd400", "#000000"])
@pytest.mark.parametrize("scheme", ["light", "dark", "outlook dark"])
@pytest.mark.parametrize("face", ["html", "web"])
def test_every_text_can_be_read(page: "Page", face: str, scheme: str, accent: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    made = render(sample_issue(1, brand=replace(BRAND, accent=accent)), THEME)
    page.set_content(getattr(made, face), wait_until="domcontentloaded")
    if scheme == "outlook dark":
        page.evaluate("['ogsc', 'ogsb'].forEach(name => document.documentElement.dataset[name] = '')")
    texts: list[Any] = page.evaluate(TEXTS)
    assert len(texts) > 40
    assert [text for text, colour, ground, _ in texts if ratio(colour, ground) < 4.5] == []
    assert [text for text, _, _, size in texts if size < 14] == []
    assert page.evaluate(PLAIN_LINKS) == 0


def test_the_column_is_600_wide_and_shrinks(page: "Page") -> None:
    page.set_content(render(sample_issue(1), THEME).html, wait_until="domcontentloaded")
    paper = "document.querySelector('.paper').getBoundingClientRect().width"
    assert page.evaluate(paper) == 600
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate(paper) == 360


def test_the_dark_logo_shows_only_in_the_dark(page: "Page") -> None:
    brand = replace(BRAND, logo="https://harbour.example/l.png", logo_dark="https://harbour.example/d.png")
    page.set_content(render(sample_issue(1, brand=brand), THEME).html, wait_until="domcontentloaded")
    shown = "[...document.querySelectorAll('h1 img')].map(image => getComputedStyle(image).display !== 'none')"
    assert page.evaluate(shown) == [True, False]
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(shown) == [False, True]
