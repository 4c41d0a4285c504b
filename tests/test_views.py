"""The text part and the inbox line as pages."""

from typing import TYPE_CHECKING

import pytest

from digest.model.issue import Brand
from digest.render import render
from digest.theme import find_theme, shipped, theme_names
from digest.views import InboxLine, inbox_page, snippet, text_page
from render_samples import sample_issue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

FILLER = "&#8199;&#65279;&#847; "
LINE = InboxLine(sender="The Harbour", subject="Who owns the sand?", words="A ferry, a court, a gull", time="12:00")

TEXT = "The quick brown fox jumps over the lazy dog " * 6
FITS = """([selector, text]) => {
  const element = document.querySelector(selector);
  for (let length = 1; length < text.length; length++) {
    element.textContent = text.slice(0, length);
    if (element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight) return length - 1;
  }
  return Infinity;
}"""


@pytest.fixture
def page(chromium: "Browser") -> "Iterator[Page]":
    page = chromium.new_page(viewport={"width": 1400, "height": 800})
    page.route("**/*", lambda route: route.abort())
    yield page
    page.close()


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<title>T</title><style>p{}</style><p>One</p><p>two</p><script>x</script>", "One two"),
        (f"<div style='display:none'>Pre header{FILLER * 40}</div><h1>Name</h1>", "Pre header"),
        (f"<div>Pre{FILLER}</div><h1>Name</h1>", "Pre\u2007\ufeff\u034f Name"),
        ("<head><title>T</title></head><body>نیم\u200cروز &amp; more", "نیم\u200cروز & more"),
        ("<!--[if mso]><p>Word</p><![endif]--><!--digest:body--><p>Text</p>", "Text"),
        ("<p>" + "tide " * 90, ("tide " * 40).strip()),
        ("", ""),
    ],
)
def test_an_inbox_shows_the_first_words_up_to_a_filler(html: str, words: str) -> None:
    assert " ".join(snippet(html).split()) == " ".join(words.split())


@pytest.mark.parametrize("theme", theme_names([shipped()]))
def test_of_a_theme_of_ours_an_inbox_shows_the_preheader_and_nothing_else(theme: str) -> None:
    issue = sample_issue(1)
    html = render(issue, find_theme(theme, [shipped()])).html
    assert snippet(html) == issue.preheader.text


def test_the_text_part_is_shown_as_it_is_with_its_addresses_as_links() -> None:
    page = text_page("Füße <b> & co.\n\n[1] https://a.example/?x=1&y=2\n", Brand(name="A", language="de"))
    assert "<pre>Füße &lt;b&gt; &amp; co.\n\n[1] " in page
    assert '<a href="https://a.example/?x=1&amp;y=2">https://a.example/?x=1&amp;y=2</a>\n</pre>' in page
    assert '<html lang="de" dir="ltr">' in page
    assert '<html lang="ar" dir="rtl">' in text_page("", Brand(name="A", language="ar", direction="rtl"))


def test_places_of_the_text_part_are_the_lines_on_which_headlines_begin() -> None:
    text = "See “Who owns\nthe sand?” below.\n\nWho owns\nthe sand? [1]\n\n- 港の時計は\nなぜ https://a.example/x\n"
    text += "Who owns the sand?\n"
    anchors = {"a": "Who owns the sand?", "b": "港の時計はなぜ", "c": "Not there", "d": "", "e": "Who owns the sand?"}
    page = text_page(text, Brand(name="A"), anchors)
    assert 'below.\n\n<span id="a"></span>Who owns\nthe sand? [1]' in page
    assert '<span id="b"></span>- 港の時計は\nなぜ <a href="https://a.example/x">' in page
    assert '<span id="e"></span>Who owns the sand?\n' in page
    assert page.count("<span") == 3


def test_the_inbox_can_be_shown_on_both_grounds(page: "Page") -> None:
    page.set_content(inbox_page(LINE, "en", ("light", "dark")))
    assert page.locator("h2").all_inner_texts() == ["In a light inbox", "In a dark inbox"]
    assert page.locator(".subject").all_inner_texts() == [LINE.subject] * 8
    assert "<h1>" not in inbox_page(LINE, "en")


def test_the_text_parts_lines_are_as_long_as_they_were_wrapped(page: "Page") -> None:
    page.set_content(text_page(f"{'m' * 72}\n{'m' * 72}\n", Brand(name="A")))
    assert page.evaluate("document.querySelector('pre').getClientRects()[0].height") == 2 * 21
    assert page.evaluate("document.documentElement.scrollWidth") == 1400


def test_what_an_issue_says_is_text_in_the_inbox(page: "Page") -> None:
    hostile = "<script>alert(1)</script> $subject {{ x }} &amp; “q”"
    page.set_content(inbox_page(InboxLine(sender=hostile, subject=hostile, words=hostile, time=hostile), "en"))
    assert page.locator(".subject").all_inner_texts() == [hostile] * 4
    assert page.locator(".words.cut").all_inner_texts() == [hostile] * 4
    assert page.locator("script").count() == 0


@pytest.mark.parametrize(
    ("selector", "least", "most"),
    [
        (".gmail-desktop .sender", 22, 25),
        (".gmail-desktop .subject", 66, 72),
        (".outlook .subject", 47, 52),
        (".outlook .words", 47, 52),
        (".gmail-phone .sender", 22, 25),
        (".gmail-phone .subject", 33, 37),
        (".gmail-phone .words", 33, 37),
        (".apple-phone .subject", 46, 50),
        (".apple-phone .words", 92, 102),
    ],
)
def test_an_inbox_cuts_where_clients_do(page: "Page", selector: str, least: int, most: int) -> None:
    page.set_content(inbox_page(LINE, "en"))
    assert least <= page.evaluate(FITS, [selector, TEXT]) <= most


def test_in_gmail_the_words_get_what_the_subject_leaves(page: "Page") -> None:
    found = []
    for subject in ("Short", TEXT):
        page.set_content(inbox_page(InboxLine(sender="A", subject=subject, words=TEXT, time="12:00"), "en"))
        found.append(page.evaluate("document.querySelector('.gmail-desktop .words.cut').clientWidth"))
        assert page.evaluate("document.documentElement.scrollWidth") == 1400
    assert found[0] > found[1] > 100


def test_a_narrow_window_breaks_nothing(page: "Page") -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.set_content(inbox_page(InboxLine(sender=TEXT, subject=TEXT, words=TEXT, time="12:00"), "en"))
    assert page.evaluate("document.documentElement.scrollWidth") == 360
