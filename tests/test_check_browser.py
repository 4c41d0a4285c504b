"""What `digest check` works out of colours and sizes is what a real browser draws."""

from typing import TYPE_CHECKING, Any

import pytest

from digest.check.looks import Mode, looks, texts
from digest.check.proof import Proof
from proofs import proof_of, sound_issue
from torture import torture_issue

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DRAWN = """() => [...document.body.querySelectorAll(':not(tbody)')].map(element => {
  const drawn = getComputedStyle(element), shown = element.checkVisibility();
  let ground = element;
  while (ground && getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)') ground = ground.parentElement;
  return {tag: element.localName, ink: drawn.color, size: parseFloat(drawn.fontSize), bold: +drawn.fontWeight >= 600,
          ground: ground ? getComputedStyle(ground).backgroundColor : '', shown};
})"""
"""A browser puts a tbody into each table; it has no text of its own."""


def rgb(colour: str) -> str:
    return f"rgb({int(colour[1:3], 16)}, {int(colour[3:5], 16)}, {int(colour[5:7], 16)})"


def drawn(chromium: "Browser", html: str, mode: Mode) -> list[dict[str, Any]]:
    page = chromium.new_page(color_scheme=mode, viewport={"width": 900, "height": 800}, java_script_enabled=True)
    page.route("**/*", lambda route: route.abort())
    page.set_content(html, wait_until="domcontentloaded")
    found: list[dict[str, Any]] = page.evaluate(DRAWN)
    page.close()
    return found


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("theme", ["roundup", "letter", "headlines"])
@pytest.mark.parametrize("issue", [sound_issue(), torture_issue()], ids=["sound", "torture"])
def test_every_texts_colour_ground_and_size_are_the_browsers(
    chromium: "Browser", issue: Any, theme: str, mode: Mode
) -> None:
    proof: Proof = proof_of(issue, theme)
    seen = drawn(chromium, proof.rendered.html, mode)
    body, *elements = proof.body
    assert body.tag == "body"
    assert [element.tag for element in elements] == [each["tag"] for each in seen]
    found, compared = looks(proof, mode), {element.index for element, _ in texts(proof, mode)}
    for element, each in zip(elements, seen, strict=True):
        look = found[element.index]
        assert look.shown == each["shown"], element
        if element.index in compared:
            told = (rgb(look.ink), rgb(look.ground), look.size, look.bold)
            assert told == (each["ink"], each["ground"], each["size"], each["bold"]), element
    assert len(compared) > 40
