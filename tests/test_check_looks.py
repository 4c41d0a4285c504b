"""What `digest check` makes of colours, grounds and sizes of type."""

import pytest

from digest.check.lengths import in_shorthand
from digest.check.looks import looks
from digest.check.proof import Proof
from proofs import bare, hits, in_body


def ink_and_ground(proof: Proof, tag: str, mode: str) -> tuple[str, str]:
    element = next(proof.mail.named(tag))
    look = looks(proof, "dark" if mode == "dark" else "light")[element.index]
    return look.ink, look.ground


@pytest.mark.parametrize(
    ("markup", "head", "light", "dark"),
    [
        ('<p style="color:#333">x</p>', "", ("#333333", "#ffffff"), ("#333333", "#121212")),
        ("<p>x</p>", "", ("#000000", "#ffffff"), ("#ffffff", "#121212")),
        ('<div bgcolor="#eeeeee"><p>x</p></div>', "", ("#000000", "#eeeeee"), ("#ffffff", "#eeeeee")),
        ('<div style="background:#111"><p>x</p></div>', "", ("#000000", "#111111"), ("#ffffff", "#111111")),
        ('<p style="background-color:rgba(0,0,0,.5)">x</p>', "", ("#000000", "#808080"), ("#ffffff", "#090909")),
        ('<p style="background-image:url(x.png)">x</p>', "", ("#000000", ""), ("#ffffff", "")),
        ('<div background="x.png"><p style="background:#fff0">x</p></div>', "", ("#000000", ""), ("#ffffff", "")),
        ('<p style="color:rgba(0,0,0,.5)">x</p>', "", ("#808080", "#ffffff"), ("#090909", "#121212")),
        (
            '<p style="color:red">x</p>',
            "<style>p{color:#00f}</style>",
            ("#ff0000",) * 1 + ("#ffffff",),
            ("#ff0000", "#121212"),
        ),
        (
            '<p style="color:red">x</p>',
            "<style>@media (prefers-color-scheme: dark){p{color:#00f !important}}</style>",
            ("#ff0000", "#ffffff"),
            ("#0000ff", "#121212"),
        ),
        (
            '<p class="a">x</p>',
            "<style>.a{color:#00f}p{color:red}@media (max-width:9px){p{color:#0f0}}</style>",
            ("#0000ff", "#ffffff"),
            ("#0000ff", "#121212"),
        ),
        (
            "<p>x</p>",
            "<style>@media screen{p{color:red}}@media not all and (prefers-color-scheme: dark){p{color:#0f0}}</style>",
            ("#ff0000", "#ffffff"),
            ("#ff0000", "#121212"),
        ),
    ],
)
def test_a_texts_colours_are_those_that_a_client_draws(
    markup: str, head: str, light: tuple[str, str], dark: tuple[str, str]
) -> None:
    proof = bare(in_body(markup, head))
    assert ink_and_ground(proof, "p", "light") == light
    assert ink_and_ground(proof, "p", "dark") == dark


@pytest.mark.parametrize(
    ("style", "size"),
    [
        *(("12px", 12), ("9pt", 12), ("2em", 20), ("50%", 5), ("1rem", 16), ("calc(1px + 1em)", 10), ("1PC", 16)),
        *(
            ("small", 13),
            ("XX-Large", 32),
            ("smaller", 10 / 1.2),
            ("larger", 12),
            ("inherit", 10),
            ("0", 0),
            ("1in", 96),
        ),
    ],
)
def test_a_size_is_in_pixels_whatever_its_unit(style: str, size: float) -> None:
    proof = bare(in_body(f'<div style="font-size:10px"><p style="font-size:{style}">x</p></div>'))
    assert looks(proof, "light")[next(proof.mail.named("p")).index].size == pytest.approx(size)


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ('<p style="color:#767676;font-size:16px">x</p>', 0),
        ('<p style="color:#777777;font-size:16px">x</p>', 1),
        ('<p style="color:#777777;font-size:24px">x</p>', 0),
        ('<p style="color:#777777;font-size:19px"><b>x</b></p>', 0),
        ('<p style="color:#777777;font-size:19px;font-weight:700">x</p>', 0),
        ('<p style="color:#777777;font-size:19px;font-weight:bold">x</p>', 0),
        ('<b style="color:#777777;font-size:19px;font-weight:normal">x</b>', 1),
        ('<p style="color:#777777;font:bold 19px/20px Georgia">x</p>', 0),
        ('<b style="color:#777777;font:19px/20px Georgia">x</b>', 1),
        ('<p style="color:#777777;font:caption">x</p>', 1),
        ('<p style="color:#fff;display:none">x</p>', 0),
        ('<div style="background:url(x.png)"><p style="color:#fff">x</p></div>', 0),
        ('<p style="color:#fff">a</p><p style="color:#fff">' + "b" * 60 + "</p>", 1),
    ],
)
def test_contrast_is_judged_as_wcag_says(markup: str, found: int) -> None:
    assert len(hits(bare(in_body(markup)), "contrast-light")) == found


def test_what_looks_the_same_is_said_once_with_how_many_there_are() -> None:
    small = '<p style="font-size:9px">' + "word " * 30 + "</p>"
    assert hits(bare(in_body(small * 3)), "font-small") == [
        f"email.html line 3: 9 px: “{('word ' * 30)[:59]}…” and 2 more"
    ]


@pytest.mark.parametrize(
    ("font", "size"),
    [
        ("bold 14px/20px Georgia", "14px"),
        ("700 .9em/1 serif", ".9em"),
        ("italic small Georgia", "small"),
        ("x-large/1.2 Small Fonts", "x-large"),
        ("0/0 a", "0"),
        ("small-caps 80% x", "80%"),
        ("caption", ""),
    ],
)
def test_the_size_in_a_font_is_told_from_what_stands_around_it(font: str, size: str) -> None:
    assert in_shorthand(font) == size


@pytest.mark.parametrize(
    ("markup", "size"),
    [
        ('<font size="1">x</font>', 10),
        ('<font size="7">x</font>', 48),
        ('<font size="99">x</font>', 48),
        ('<font size="-2">x</font>', 10),
        ('<font size="+1">x</font>', 18),
        ('<font size="big">x</font>', 16),
        ("<small>x</small>", 16 / 1.2),
        ("<h6>x</h6>", 16 * 0.67),
        ('<h6 style="font-size:14px">x</h6>', 14),
    ],
)
def test_an_element_and_its_attributes_have_a_size_where_no_style_says_one(markup: str, size: float) -> None:
    proof = bare(in_body(markup))
    element = next(element for element in proof.body if element.own == "x")
    assert looks(proof, "light")[element.index].size == pytest.approx(size)


@pytest.mark.parametrize(
    ("markup", "ink"),
    [
        ('<font color="#eeeeee">x</font>', "#eeeeee"),
        ('<font color="eeeeee">x</font>', "#eeeeee"),
        ('<font color="silver">x</font>', "#c0c0c0"),
        ('<font color="#eeeeee" style="color:#111">x</font>', "#111111"),
        ('<font color="nonsense!">x</font>', "#000000"),
    ],
)
def test_the_colour_of_an_old_font_is_read(markup: str, ink: str) -> None:
    assert ink_and_ground(bare(in_body(markup)), "font", "light")[0] == ink


def test_a_bodys_own_text_colour_holds_for_all_in_it() -> None:
    page = in_body("<p>x</p>").replace("<body>", '<body text="#333333" bgcolor="eeeeee">')
    assert ink_and_ground(bare(page), "p", "light") == ("#333333", "#eeeeee")


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        (
            '<p style="opacity:.2">Pale</p>',
            "#cccccc on #ffffff (opacity 0.2) is a contrast of 1.60, and 4.5 is needed: “Pale”",
        ),
        (
            '<div style="opacity:50%;background:#000000"><p style="color:#fff;opacity:.5">Pale</p></div>',
            "#c0c0c0 on #808080 (opacity 0.25) is a contrast of 2.17, and 4.5 is needed: “Pale”",
        ),
        ('<font color="#eeeeee">Pale</font>', "#eeeeee on #ffffff is a contrast of 1.16, and 4.5 is needed: “Pale”"),
        ('<p style="color:#777">Nearly</p>', "#777777 on #ffffff is a contrast of 4.47, and 4.5 is needed: “Nearly”"),
        (
            '<p style="color:#959595;font-size:30px">Large</p>',
            "#959595 on #ffffff is a contrast of 2.99, and 3 is needed: “Large”",
        ),
    ],
)
def test_a_contrast_is_said_as_it_is_drawn_rounded_down_with_what_is_needed(markup: str, said: str) -> None:
    assert hits(bare(in_body(markup)), "contrast-light") == [f"email.html line 3: {said}"]


@pytest.mark.parametrize("opacity", ["1", "100%", "2", "none", ""])
def test_what_is_drawn_in_full_is_judged_as_it_is(opacity: str) -> None:
    assert hits(bare(in_body(f'<p style="opacity:{opacity}">x</p>')), "contrast-light") == []


def test_behind_a_veil_over_a_picture_nothing_is_known() -> None:
    markup = '<div style="background:url(x.png)"><p style="opacity:.1;background:#fff">x</p></div>'
    assert hits(bare(in_body(markup)), "contrast-light") == []


@pytest.mark.parametrize("size", ["font-size:small", "font:x-small Georgia", "font-size:.8em", "font-size:0"])
def test_small_type_is_found_in_whatever_words(size: str) -> None:
    assert len(hits(bare(in_body(f'<p style="{size}">x</p>')), "font-small")) == 1
