import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from premailer import Premailer

from digest.errors import TemplateError
from digest.render.engine import Engine
from digest.render.inline import inline
from digest.render.sheet import _PREMAILER
from digest.theme import find_theme, shipped, theme_names
from render_samples import sample_issue

KEPT = ".b:hover { color: blue !important }\n@media (max-width: 600px) { .b { color: green !important } }"
PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>T</title>
<!--[if mso]><style>td { color: red }</style><![endif]-->
<style>{css}</style>
<style data-premailer="ignore">{kept}</style></head>
<body>{body}</body></html>"""


def HERE(_: str) -> str:  # noqa: N802 - a constant that is called
    """Where a fault is, for messages that nobody reads."""
    return "t"


def page(body: str, css: str = ".a { color: red }", kept: str = KEPT) -> str:
    return PAGE.replace("{css}", css).replace("{kept}", kept).replace("{body}", body)


def body_of(mail: str) -> str:
    return mail.partition("<body>")[2].partition("</body>")[0]


def test_styles_go_into_elements_and_the_kept_block_stays_to_the_byte() -> None:
    mail = inline(page('<p class="a b">x</p>'), place=HERE)
    assert body_of(mail) == '<p class="b" style="color:red">x</p>'
    assert f"<style>{KEPT}</style>" in mail
    assert mail.count("<style>") == 2
    assert mail.endswith("</html>\n")


def test_attributes_that_outlook_needs_are_the_templates() -> None:
    css = ".a { width: 100%; height: auto; text-align: center; vertical-align: top; background-color: #123456 }"
    mail = body_of(
        inline(page('<img class="a" src="https://e.org/i" width="536" height="300" alt="">', css), place=HERE)
    )
    assert 'width="536" height="300"' in mail
    assert not re.search(r"\b(?:align|valign|bgcolor)=", mail)


def test_bytes_that_do_nothing_go_but_text_is_never_touched() -> None:
    told = 'a style="x; y" class="a" href="no" &lt;b class=\'a\' style="p; q"&gt;'
    mail = body_of(inline(page(f"<p class='a'>{told}</p>", ".a { color: red; font-family: A, B }"), place=HERE))
    assert mail == f'<p style="color:red;font-family:A,B">{told}</p>'


def test_the_page_is_what_the_template_wrote_but_for_styles() -> None:
    body = '<p>&nbsp;&amp;<br/>\n<img alt=\'a "b" > c\' src="https://e.org/?a=1&amp;b={{ x }}"  hidden><td>alone</td>'
    assert body_of(inline(page(body), place=HERE)) == body.replace("<br/>", "<br>").replace('"  hidden', '" hidden')


def test_an_elements_own_style_stays_and_wins() -> None:
    css = ".a { color: red; margin: 0 } p { color: blue }"
    mail = body_of(
        inline(page('<p class="a" style=\'color: green; font-family: "A B"\'>x</p><p>y</p>', css), place=HERE)
    )
    assert mail.startswith('<p style="color:green;margin:0;font-family:&quot;A B&quot;">x</p>')
    assert mail.endswith('<p style="color:blue">y</p>')


def test_quotation_marks_in_a_text_are_written_out_and_in_an_attribute_stay_references() -> None:
    mail = body_of(inline(page('<p title="&#34;a&#39;">&#34;a&#39; &lt;</p>'), place=HERE))
    assert mail == '<p title="&#34;a&#39;">"a\' &lt;</p>'


STYLES = st.dictionaries(
    st.sampled_from(["p", "td", ".a", ".b", "p.a", "td.b", "p, .a", ".a.b"]),
    st.sampled_from(["color: red", "margin: 0 4px", "color: blue; padding: 1px", "font: bold 14px/20px Arial,serif"]),
    max_size=6,
)
ELEMENTS = st.lists(
    st.tuples(st.sampled_from(["p", "td", "b"]), st.sampled_from(["", "a", "b", "a b", "b a"])), max_size=6
)


@given(STYLES, ELEMENTS)
def test_an_element_gets_what_premailer_gives_it_in_its_page(
    rules: dict[str, str], elements: list[tuple[str, str]]
) -> None:
    css = "\n".join(f"{selector} {{ {style} }}" for selector, style in rules.items())
    told = "".join(f'<{tag} class="{classes}">x</{tag}>' for tag, classes in elements)
    whole = f"<html><head><style>{css}</style></head><body><table><tr>{told}</tr></table></body></html>"
    theirs = Premailer(whole, method="xml", disable_validation=True, disable_basic_attributes=["align"]).transform()
    ours = inline(page(f"<table><tr>{told}</tr></table>", css, kept=".a{} .b{}"), place=HERE)
    assert styles_of(ours) == styles_of(theirs)


def styles_of(mail: str) -> list[str]:
    found = re.findall(r"<(?:p|td|b)\b([^>]*)>x", mail)
    return ["".join(re.findall(r'style="([^"]*)"', each)).replace("; ", ";").replace(", ", ",") for each in found]


def test_remarks_in_a_style_and_rules_in_a_text_are_no_rules() -> None:
    told = "how to use @import url(x.css) and &lt;link rel=stylesheet&gt;"
    mail = inline(page(f'<p class="a">{told}</p>', "/* note: @all */ .a { color: red }"), place=HERE)
    assert body_of(mail) == f'<p style="color:red">{told}</p>'


def test_placeholders_and_conditional_comments_come_through() -> None:
    body = (
        '<!--digest:if unsubscribe--><a class="a" href="digest-tag:unsubscribe">x</a><!--/digest:if-->'
        "<!--[if mso]><table><tr><td><![endif]--><!--[if !mso]><!--><b>y</b><!--<![endif]-->digest-tag:address"
    )
    assert body_of(inline(page(body), place=HERE)) == body.replace('class="a" href', "href").replace(
        'unsubscribe">x', 'unsubscribe" style="color:red">x'
    )


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (page("x").lower(), "does not begin with <!DOCTYPE html>"),
        ("<!-- first -->" + page("x"), "does not begin with"),
        (page("x", kept="@import url(http://e.org/x.css);"), "refers to a style sheet: @import"),
        (page('<link rel="stylesheet" href="https://e.org/x.css">'), "refers to a style sheet"),
        (page("x", kept="@media print { .a { color: red }}"), "a style block holds '}}'"),
        (page("<!--[if mso]><style>a{{b:c} }</style><![endif]-->"), "a style block holds '{{'"),
        (page("x", ".a:hover { color: red }"), "'.a:hover' cannot be written into elements"),
        (page("x", "* { color: red }"), "cannot be written into elements"),
        (page("x", "@media print { .a { color: red } }"), "'@media print' cannot be written"),
        (page("x", "td[lang] { color: red }"), "cannot be written into elements"),
        (page("x", ".a { color: red"), "a rule is not closed"),
        (page("x", ".a { color: red } }"), "a rule is not closed"),
        (page("x", ".a { color: red .b { margin: 0 }"), "a rule is not closed"),
        (page('<style type="text/css">.a{}</style>'), 'a style block is neither: <style type="text/css">'),
        (page('<td width=100 class="a">x'), 'a tag cannot be read: <td width=100 class="a">'),
        (page('<TD class="a">x'), "a tag cannot be read: <TD"),
        (page('<td class = "a">x'), "a tag cannot be read: <td class = "),
        (page('<td background="/a.png">x'), "not an address: '/a.png'"),
        (page('<a href="/about">x</a>'), "not an address: '/about'"),
        (page('<a href="{{ unsubscribe }}">x</a>'), "not an address"),
        (page('<img src="javascript:x" alt="">'), "not an address: 'javascript:x'"),
        (page("<p><!-- never closed"), "a comment is not closed"),
        (page("x", "td .a { color: red }"), "'td .a' cannot be written into elements"),
        (page("x", "td, td > p { color: red }"), "'td, td > p' cannot be written"),
        (page("x", "p + p { color: red }"), "cannot be written into elements"),
        (page("x", "#top { color: red }"), "'#top' cannot be written into elements"),
    ],
)
def test_what_would_not_be_a_sound_mail_is_refused(broken: str, says: str) -> None:
    with pytest.raises(TemplateError) as caught:
        inline(broken, place=lambda _: "own/email.html")
    assert says in caught.value.message
    assert caught.value.where == "own/email.html"
    assert caught.value.hint


@pytest.mark.parametrize("name", theme_names([shipped()]))
def test_a_shipped_theme_keeps_to_gmails_limits(name: str) -> None:
    filled = Engine(sample_issue(), find_theme(name, [shipped()])).fill("email.html")
    (kept,) = re.findall(r'<style data-premailer="ignore">(.*?)</style>', filled, re.DOTALL)
    assert len(kept.encode()) < 16 * 1024
    assert not re.search(r"@[^{}]*\{[^{}]*@", kept)
    assert all(" !important" in found for found in re.findall(r".!important", kept))


def test_premailer_is_shut_off_from_network_and_files() -> None:
    assert (_PREMAILER.allow_network, _PREMAILER.allow_loading_external_files) == (False, False)


@pytest.mark.parametrize("before", ["", "import requests; there = requests; "])
def test_premailer_comes_without_a_second_http_client(before: str) -> None:
    check = "assert sys.modules.get('requests') is globals().get('there')"
    subprocess.run([sys.executable, "-c", f"import sys; {before}import digest.render.sheet; {check}"], check=True)
