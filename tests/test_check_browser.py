"""What `digest check` works out of colours and sizes is what a real browser draws."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from digest.check.looks import Mode, looks, texts
from digest.check.proof import Proof
from proofs import bare, in_body, proof_of, sound_issue
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


AWKWARD = """
<font color="#eeeeee" size="2">font <b>bold</b></font><font color="336699" size="+2">larger</font>
<font size="7" style="color:#123456;font-size:small">styled</font>
<p style="font:small-caps bold x-large/1.2 serif">short</p>
<p style="font-size:small">small <small>smaller</small> <big>larger</big></p><h2>two</h2><h6>six<sup>th</sup></h6>
<div style="font-size:2pc;background:#222222">pica <span style="font-size:larger">more</span>
<i style="font-size:.5em">less</i></div>
<p style="font-size:1cm">centimetre</p><p style="font-size:initial">initial</p><p style="font-size:0">nothing</p>
"""


def test_old_attributes_and_all_ways_to_write_a_size_are_read_as_the_browser_does(chromium: "Browser") -> None:
    page = in_body(AWKWARD).replace("<body>", '<body text="#333333" bgcolor="#fafafa">')
    proof = bare(page)
    seen = drawn(chromium, page, "light")
    found = looks(proof, "light")
    for element, each in zip(proof.body[1:], seen, strict=True):
        look = found[element.index]
        assert (element.tag, rgb(look.ink), rgb(look.ground)) == (each["tag"], each["ink"], each["ground"])
        assert look.size == pytest.approx(each["size"], abs=0.01), element


@pytest.mark.parametrize(
    "markup",
    [
        '<p style="opacity:.2;color:#000000">x</p>',
        '<div style="background:#000;opacity:.5"><p style="opacity:50%;color:#fff;background:#336699">x</p></div>',
    ],
)
def test_a_veiled_text_has_the_colours_that_the_browser_paints(chromium: "Browser", markup: str) -> None:
    """The ground is asked pixel by pixel; the ink as a second ground, in the same veils."""
    proof = bare(in_body(markup))
    (ink, ground) = looks(proof, "light")[next(proof.mail.named("p")).index].seen
    solid = proof.rendered.html.replace(">x<", ' id="x"> <')
    painted = [pixel(chromium, page) for page in (solid.replace(' id="x"', f" {INK}"), solid)]
    for told, got in zip((ink, ground), painted, strict=True):
        assert [int(told[place : place + 2], 16) for place in (1, 3, 5)] == pytest.approx(got, abs=1)


INK = "id='x' data-ink"


def pixel(chromium: "Browser", html: str) -> list[int]:
    """The colour in the middle of the paragraph; one with data-ink is filled with its text's colour."""
    page = chromium.new_page(viewport={"width": 200, "height": 200})
    page.set_content(html)
    page.add_style_tag(
        content="p{width:50px;height:50px;margin:0!important}p[data-ink]{background:currentcolor!important}h1{display:none}"
    )
    with Image.open(BytesIO(page.locator("#x").screenshot())) as shot:
        red, green, blue = shot.convert("RGB").getpixel((25, 25))  # type: ignore[misc] # a pixel of an RGB picture is three
    page.close()
    return [red, green, blue]
