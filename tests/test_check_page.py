"""Any page and any style sheet is read, and none raises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.check import report
from digest.check.page import Page, for_outlook
from digest.check.sheets import colour, read_sheet, read_style
from proofs import bare, changed, codes, in_body, sound


@given(st.text(), st.text())
def test_no_page_and_no_text_raises(html: str, text: str) -> None:
    report(changed(html=lambda _: html, text=lambda _: text, web=lambda _: text + html))


MARKUP = st.lists(
    st.sampled_from(
        (
            *("<p>", "</p>", "<a href='", "<a href=http://[", "<img src=data:x alt>", "<style>", "</style>", "<table>"),
            *("@media x{", "}", "{", "@import 'x';", "p::before{", "color:", "<!--digest:entry a-->", "<!--", "-->"),
            *(
                "<!--/digest:entry-->",
                "{{ x",
                "*|y|*",
                "digest-tag:",
                "%7B%7B",
                "\x00",
                "\x85",
                "\u200d",
                "'",
            ),
            *("<h1>", "<h6 id=a>", "style='font-size:1px;background:url(x) #fff0'", ">", "<body dir=x>", "é", "<svg>"),
        )
    )
).map("".join)


@given(MARKUP)
def test_no_broken_markup_raises(html: str) -> None:
    report(bare(html, support=sound().facts.support))


@given(st.text())
def test_any_text_is_a_sheet_a_style_and_a_colour_or_none(css: str) -> None:
    read_sheet(css)
    read_style(css)
    colour(css)


def test_a_page_knows_lines_parents_and_what_stands_inside() -> None:
    page = Page("<html>\n<body>\n<div id=a><p>One <b>two</b> three</p></div>\n<!-- x --><i>four</i></body></html>")
    div, paragraph = next(page.named("div")), next(page.named("p"))
    assert (div.line, paragraph.own, page.text(paragraph)) == (3, "One three", "One two three")
    assert [element.tag for element in page.inside(div)] == ["p", "b"]
    assert [element.tag for element in page.children(next(page.named("body")))] == ["div", "i"]
    assert [element.tag for element in page.above(paragraph)] == ["div", "body", "html"]


def test_an_entry_is_known_by_the_marks_around_it() -> None:
    page = Page(
        "<table><!--digest:entry a--><tr><td>1</td></tr><!-- x --><tr><td>2</td></tr><!--/digest:entry--><tr><td>3"
    )
    assert [element.entry for element in page.named("td")] == ["a", "a", ""]


def test_what_is_no_element_of_html_is_passed_over() -> None:
    assert [element.tag for element in Page("<p>a<?php x ?><b>c</b></p>").elements] == ["html", "body", "p", "b"]


def test_a_style_block_right_in_the_body_needs_no_language() -> None:
    page = in_body("").replace("<body>", "<body><style>p{top:0}</style>")
    assert {"html-lang", "html-dir"} & codes(bare(page)) == set()


def test_selectors_match_as_in_css_and_what_cannot_match_does_not() -> None:
    page = Page("<body><p class='a b'>1</p><div><p>2</p></div></body>")
    matched = page.matching(".a, div p, p:hover")
    assert [len(match.elements) for match in matched] == [1, 1, 0]
    assert [match.weight for match in matched] == [(0, 1, 0), (0, 0, 2), (0, 1, 1)]
    assert page.matching("p::before") == ()
    assert page.matching("p >") == ()
    assert Page("").matching("p")[0].elements == frozenset()


def test_a_sheet_has_its_rules_with_their_conditions_and_lines() -> None:
    sheet = read_sheet("p{color:red}\n@media (max-width:1px){\n.a{margin:0}\n@font-face{x:y}}\n@import 'x';\n}", 10)
    assert [(rule.selectors, rule.line, rule.within) for rule in sheet.rules] == [
        ("p", 10, ()),
        (".a", 12, ("@media (max-width:1px)",)),
    ]
    assert [(rule.name, rule.nested) for rule in sheet.at_rules] == [
        ("media", False),
        ("font-face", True),
        ("import", False),
    ]
    assert [fault.line for fault in sheet.faults] == [15]
    assert read_sheet("p{color}").faults[0].line == 1


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("#fff", (255, 255, 255, 1.0)),
        ("rgba(0,0,0,.5)", (0, 0, 0, 0.5)),
        ("hsl(120 100% 50%)", (0, 255, 0, 1.0)),
        ("transparent", (0, 0, 0, 0.0)),
        ("currentcolor", None),
        ("oklch(50% .2 30)", None),
        ("nonsense", None),
    ],
)
def test_colours_are_read_as_css_writes_them(written: str, read: object) -> None:
    assert colour(written) == read


FOR_OUTLOOK = """<html>
<!--[if mso]>
<style>* { top: 0 }</style><![endif]-->
<body><!--[if !mso]><!--><p>all others</p><!--<![endif]-->
<p>all</p><!-- plain --><!--[if IE]><i>a browser of old</i><![endif]-->
<!--[if (gte mso 9)|(IE)]><table><![endif]--><b>in it</b><!--[if !mso]> nobody <![endif]--><b>all</b>
</body>"""


def test_what_is_for_outlook_alone_stands_on_its_lines() -> None:
    page = Page(for_outlook(FOR_OUTLOOK))
    assert [
        (element.tag, element.line) for element in page.elements if element.tag in {"style", "table", "i", "p"}
    ] == [
        ("style", 3),
        ("table", 6),
    ]
    assert for_outlook("<p>x</p>") == ""


def test_what_a_comment_keeps_from_outlook_is_known() -> None:
    page = Page(FOR_OUTLOOK)
    assert [(page.text(element), element.outlook) for element in page.elements if element.tag in {"p", "b"}] == [
        ("all others", False),
        ("all", True),
        ("in it", True),
        ("all", True),
    ]
