import re
import subprocess
import sys

import pytest

from digest.errors import TemplateError
from digest.render.engine import Engine
from digest.render.inline import _PREMAILER, inline
from digest.theme import find_theme, shipped, theme_names
from render_samples import sample_issue

KEPT = ".b:hover { color: blue !important }\n@media (max-width: 600px) { .b { color: green !important } }"
PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>T</title>
<!--[if mso]><style>td { color: red }</style><![endif]-->
<style>{css}</style>
<style data-premailer="ignore">{kept}</style></head>
<body>{body}</body></html>"""


def page(body: str, css: str = ".a { color: red }", kept: str = KEPT) -> str:
    return PAGE.replace("{css}", css).replace("{kept}", kept).replace("{body}", body)


def body_of(mail: str) -> str:
    return mail.partition("<body>")[2].partition("</body>")[0]


def test_styles_go_into_elements_and_the_kept_block_stays_to_the_byte() -> None:
    mail = inline(page('<p class="a b">x</p>'), where="t")
    assert body_of(mail) == '<p class="b" style="color:red">x</p>'
    assert f"<style>{KEPT}</style>" in mail
    assert mail.count("<style>") == 2
    assert mail.endswith("</html>\n")


def test_attributes_that_outlook_needs_are_the_templates() -> None:
    css = ".a { width: 100%; height: auto; text-align: center; vertical-align: top; background-color: #123456 }"
    mail = body_of(
        inline(page('<img class="a" src="https://e.org/i" width="536" height="300" alt="">', css), where="t")
    )
    assert 'width="536" height="300"' in mail
    assert not re.search(r"\b(?:align|valign|bgcolor)=", mail)


def test_bytes_that_do_nothing_go_but_text_is_never_touched() -> None:
    told = 'a style="x; y" class="a" href="no" &lt;b class=\'a\' style="p; q"&gt;'
    mail = body_of(inline(page(f"<p class='a'>{told}</p>", ".a { color: red; font-family: A, B }"), where="t"))
    assert mail == f'<p style="color:red;font-family:A,B">{told}</p>'


def test_remarks_in_a_style_and_rules_in_a_text_are_no_rules() -> None:
    told = "how to use @import url(x.css) and &lt;link rel=stylesheet&gt;"
    mail = inline(page(f'<p class="a">{told}</p>', "/* note: @all */ .a { color: red }"), where="t")
    assert body_of(mail) == f'<p style="color:red">{told}</p>'


def test_placeholders_and_conditional_comments_come_through() -> None:
    body = (
        '<!--digest:if unsubscribe--><a class="a" href="digest-tag:unsubscribe">x</a><!--/digest:if-->'
        "<!--[if mso]><table><tr><td><![endif]--><!--[if !mso]><!--><b>y</b><!--<![endif]-->digest-tag:address"
    )
    assert body_of(inline(page(body), where="t")) == body.replace('class="a" href', "href").replace(
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
        (page('<a href="/about">x</a>'), "not an address: '/about'"),
        (page('<a href="{{ unsubscribe }}">x</a>'), "not an address"),
        (page('<img src="javascript:x" alt="">'), "not an address: 'javascript:x'"),
        (page("<p><!-- never closed"), "inlining changed a comment"),
        (page('<p title="digest-tag:address" title="digest-tag:address">'), "inlining changed a placeholder"),
    ],
)
def test_what_would_not_be_a_sound_mail_is_refused(broken: str, says: str) -> None:
    with pytest.raises(TemplateError) as caught:
        inline(broken, where="own/email.html")
    assert says in caught.value.message
    assert caught.value.where == "own/email.html"
    assert caught.value.hint


@pytest.mark.parametrize("name", theme_names([shipped()]))
def test_a_shipped_theme_keeps_to_premailers_cache_and_to_gmails_limits(name: str) -> None:
    filled = Engine(sample_issue(), find_theme(name, [shipped()])).fill("email.html")
    processed, kept = re.findall(
        r"<style[^>]*>(.*?)</style>", re.sub(r"<!--.*?-->", "", filled, flags=re.DOTALL), re.DOTALL
    )
    rules, selectors = processed.count("{"), len(re.findall(r"[^{},]+(?=[,{])", re.sub(r"\{[^}]*\}", "{", processed)))
    assert rules + selectors + 3 <= 128
    assert len(kept.encode()) < 16 * 1024
    assert not re.search(r"@[^{}]*\{[^{}]*@", kept)
    assert all(" !important" in found for found in re.findall(r".!important", kept))


def test_premailer_is_shut_off_from_network_and_files() -> None:
    assert (_PREMAILER.allow_network, _PREMAILER.allow_loading_external_files) == (False, False)


@pytest.mark.parametrize("before", ["", "import requests; there = requests; "])
def test_premailer_comes_without_a_second_http_client(before: str) -> None:
    check = "assert sys.modules.get('requests') is globals().get('there')"
    subprocess.run([sys.executable, "-c", f"import sys; {before}import digest.render.inline; {check}"], check=True)
