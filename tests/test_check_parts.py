"""The parts of `digest check`: pages, style sheets, looks, tags, sizes, and what a rule must not take amiss."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.check import check, report
from digest.check.facts import Answer, Limits, PictureFile, SentBefore
from digest.check.looks import looks
from digest.check.page import Page
from digest.check.proof import Proof
from digest.check.registry import CODES, Wanted, rule_of, unknown
from digest.check.sheets import colour, read_sheet, read_style
from digest.check.sizes import sizes
from digest.check.stories import story_findings
from digest.check.subject import columns
from digest.model.issue import Brand, Picture, Words
from proofs import bare, changed, in_body, proof_of, put, sound, sound_issue
from render_samples import LEAD_STORY, UNLINKED
from torture import torture_issue


def codes(proof: Proof) -> set[str]:
    return {finding.code for finding in check(proof)}


def hits(proof: Proof, code: str) -> list[str]:
    return [f"{finding.where}: {finding.message}" for finding in check(proof) if finding.code == code]


def ink_and_ground(proof: Proof, tag: str, mode: str) -> tuple[str, str]:
    element = next(proof.mail.named(tag))
    look = looks(proof, "dark" if mode == "dark" else "light")[element.index]
    return look.ink, look.ground


# Any page


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


# Looks


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
    [("12px", 12), ("9pt", 12), ("2em", 20), ("50%", 5), ("1rem", 16), ("small", 10), ("calc(1px + 1em)", 10)],
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
        f"email.html line 3: 9 px: “{('word ' * 30)[:40]}…” and 2 more"
    ]


# Tags


@pytest.mark.parametrize("service", ["mailchimp", "listmonk", "buttondown", "brevo", "none"])
def test_an_unsubscribe_link_is_looked_for_as_the_service_has_it(service: str) -> None:
    assert "tag-unsubscribe" not in codes(changed(service=service))
    taken = changed(
        html=lambda html: html.replace("digest-tag:unsubscribe", "https://harbour.example/"), service=service
    )
    assert len(hits(taken, "tag-unsubscribe")) == 1


def test_a_text_part_without_unsubscribe_or_address_is_said() -> None:
    lines = changed(text=lambda text: text.replace("digest-tag:unsubscribe", "x").replace("digest-tag:address", "y"))
    assert hits(lines, "tag-unsubscribe") == ["email.txt: nobody can unsubscribe: no line says where"]
    assert hits(lines, "tag-address") == ["email.txt: says no postal address"]


def test_a_value_that_nobody_configured_is_asked_for_with_its_key() -> None:
    findings = {finding.code: finding.hint for finding in check(changed(values={}))}
    assert "mailer.unsubscribe_url" in findings["tag-unsubscribe"]
    assert "magazine.address" in findings["tag-address"]
    assert "site.url" in findings["tag-online"]
    assert "tag('unsubscribe')" in check(changed(html=lambda html: html.replace("digest-tag:unsubscribe", "")))[0].hint


def test_a_tag_that_the_theme_writes_is_shown_with_its_file_and_line() -> None:
    theme = {"parts/foot.html": "<p>\n*|LIST:ADDRESSLINE|*\n</p>"}
    proof = changed(html=put("</h1>", "</h1><p>*|LIST:ADDRESSLINE|*</p>"), theme=theme, service="listmonk")
    assert hits(proof, "tag-foreign") == ["theme: parts/foot.html line 2: the theme writes *|LIST:ADDRESSLINE|*"]
    assert hits(replace(proof, facts=replace(proof.facts, theme={"email.html": ""})), "tag-foreign") == [
        "email.html: the theme writes *|LIST:ADDRESSLINE|*"
    ]


def test_a_configured_value_may_hold_the_services_own_tag_and_no_other() -> None:
    values = {**sound().facts.values, "preferences": "https://harbour.example/p?e=*|EMAIL|*"}
    assert "tag-foreign" not in codes(changed(values=values, service="mailchimp"))
    assert hits(changed(values=values, service="listmonk"), "tag-foreign") == [
        "digest.toml: preferences: *|EMAIL|* is no tag of listmonk"
    ]
    assert hits(changed(values=values), "tag-foreign") == [
        "digest.toml: preferences: *|EMAIL|* is no tag of any service: none is configured"
    ]


def test_a_story_about_tags_is_no_fault_of_the_theme() -> None:
    issue = replace(sound_issue(), opening=Words(text="Write {{ name }} or *|FNAME|*, but never {{ half or %}."))
    for service in ("none", "mailchimp", "listmonk"):
        findings = check(proof_of(issue, service=service))
        assert [each.code for each in findings if each.level != "note"] == []
    assert len(hits(proof_of(issue, service="mailchimp"), "tag-text")) == 1


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<p>Dear *|FNAME, hello</p>", "half a tag: *|FNAME,"),
        ("<p>Dear name}} hello</p>", "half a tag: name}}"),
        ('<a href="digest-tag:webcal">Off</a>', "a placeholder is left: digest-tag:webcal"),
        ('<a href="%7B%7Bx%7D%7D">Off</a>', "a tag was encoded and is one no more: %7B%7Bx%7D%7D"),
    ],
)
def test_broken_tags_are_found(markup: str, said: str) -> None:
    assert [line.partition(": ")[2] for line in hits(changed(html=put("</h1>", "</h1>" + markup)), "tag-broken")] == [
        said
    ]


# Sizes


def test_the_parts_of_a_mail_add_up() -> None:
    found = sizes(sound())
    assert found.frame + sum(cost.size for cost in found.stories) == found.html
    assert not found.clipped
    assert all(0 <= cost.begins < found.html for cost in found.stories)
    assert [cost.title for cost in found.stories] == [entry.title.text for entry in sound().issue.entries]


def test_the_cut_comes_before_the_end_of_the_story_that_goes_over_the_limit() -> None:
    proof = changed(limits=Limits(mail=12_000, near=1_000))
    found = sizes(proof)
    place = [cost.id for cost in found.stories].index(found.cut)
    assert 0 < place < len(found.stories) - 1
    assert found.stories[place].begins < 12_000
    assert found.stories[place].title in hits(proof, "size-gmail")[0]


def test_a_theme_without_marks_has_a_frame_and_no_stories() -> None:
    def unmarked(html: str) -> str:
        return html.replace("digest:entry", "entry")

    found = sizes(changed(html=unmarked, limits=Limits(mail=10_000)))
    assert (found.stories, found.cut, found.frame) == ((), "", found.html)
    assert "cuts before" not in hits(changed(html=unmarked, limits=Limits(mail=10_000)), "size-gmail")[0]


def test_a_mail_whose_last_story_still_fits_is_cut_in_its_foot() -> None:
    whole = sizes(sound()).html_sent
    found = sizes(changed(limits=Limits(mail=whole - 10)))
    assert found.clipped
    assert found.cut in {"", found.stories[-1].id}


def test_an_entry_of_another_issue_is_called_by_its_id() -> None:
    page = "<!--digest:entry zz-->\n<p>x</p>\n<!--/digest:entry--><!--digest:entry y--><!--/digest:entry-->"
    found = sizes(bare(page)).stories
    assert [(cost.title, cost.size) for cost in found] == [("zz", 8), ("y", 0)]


# Links, pictures, markup, words


@pytest.mark.parametrize(
    ("markup", "code", "found"),
    [
        ('<a href="javascript:void(0)">Go there</a>', "link-empty", True),
        ('<a name="top">Top of it</a>', "link-empty", False),
        ('<a href="https://x.example/"></a>', "link-unnamed", True),
        ('<a href="https://x.example/" aria-label="A map"></a>', "link-unnamed", False),
        ('<a href="https://x.example/" title="A map"></a>', "link-unnamed", False),
        (
            '<a href="https://x.example/"><img src="https://x.example/a.png" alt="A map" width="9"></a>',
            "link-unnamed",
            False,
        ),
        ('<a href="https://x.example/">Hier klicken!</a>', "link-generic", True),
        ('<a href="https://x.example/">Leer más »</a>', "link-generic", True),
        ('<a href="https://x.example/">Read more about eels</a>', "link-generic", False),
        (
            '<p>A <a href="https://x.example/" style="text-decoration:none;border-bottom:1px solid">map</a></p>',
            "link-colour",
            False,
        ),
        ('<p><a href="https://x.example/" style="text-decoration:none">A map</a></p>', "link-colour", False),
        ('<p>A <a href="https://x.example/" style="text-decoration:underline">map</a></p>', "link-colour", False),
        ('<a href="//x.example/">A map</a>', "link-relative", True),
        ('<img src="images/a.png" alt="" width="9">', "link-relative", True),
        ('<a href="mailto:desk@x.example">Write</a>', "link-relative", False),
        ('<a href="#top">Up</a>', "link-relative", False),
        ('<img src="http://x.example/a.png" alt="" width="9">', "link-http", True),
        ('<a href="https://localhost:8000/">A map</a>', "link-staging", True),
        ('<a href="https://192.168.1.5/">A map</a>', "link-staging", True),
        ('<a href="https://harbour.test/">A map</a>', "link-staging", True),
        ('<img src="https://dev.harbour.example/a.png" alt="" width="9">', "link-staging", True),
        ('<a href="https://deviant.example/">A map</a>', "link-staging", False),
        ('<a href="https://harbour.example/?utm_source=a&utm_source=b">A map</a>', "link-tracked", True),
        ('<a href="https://harbour.example/?utm_source=a">A map</a>', "link-tracked", False),
        ('<a href="https://harbour.example/?a=1&b=2">A map</a>', "link-tracked", False),
        (
            '<a href="https://harbour.example/?fbclid=1&gclid=2&utm_a=1&utm_b=2&utm_c=3&mc_eid=4">A map</a>',
            "link-tracked",
            True,
        ),
        (f'<a href="https://harbour.example/{"x" * 2100}">A map</a>', "link-tracked", True),
        ('<a href="https://[x/?utm_source=a">A map</a>', "link-tracked", False),
        ('<a href="https://www.harbour.example/?utm_source=a">A map</a>', "link-tracked", False),
        ('<img src="data:image/png;base64,AA" alt="" width="9">', "picture-kind", True),
        ('<img src="https://x.example/a.svg?v=1" alt="" width="9">', "picture-kind", True),
        ('<img src="https://x.example/a.PNG" alt="" width="9">', "picture-kind", False),
        ('<img src="https://[x/a.png" alt="" width="9">', "picture-kind", False),
        ('<img src="https://x.example/picture" alt="" height="9">', "picture-width", False),
        ('<img src="https://x.example/picture" alt="" width="100%">', "picture-width", True),
        ('<img src="https://x.example/a.png" alt="" width="9">', "picture-alt", False),
        ('<img src="https://x.example/a.png" alt="harbour.jpeg" width="9">', "picture-alt-name", True),
        ('<img src="https://x.example/a.png" alt="Boats" width="9">', "picture-alt-name", False),
        ("<table><caption>Tides</caption><tr><td>1</td></tr></table>", "html-table", False),
        ('<table role="grid"><tr><th>1</th></tr></table>', "html-table", True),
        ('<table role="none"><tr><td>1</td></tr></table>', "html-table", False),
        ("<h2></h2>", "html-headings", True),
        ('<h2><img src="https://x.example/a.png" alt="Boats" width="9"></h2>', "html-headings", False),
        ('<div style="display:none"><h1>Hidden</h1></div>', "html-h1", False),
        ("<style>p{color:red}</style>", "html-lang", False),
        ('<p id="">x</p><p id="">y</p>', "html-id", False),
        ('<link rel="stylesheet" href="https://x.example/a.css">', "style-import", True),
        ('<link rel="icon" href="https://x.example/a.png">', "style-import", False),
    ],
)
def test_markup_is_judged_for_what_it_is(markup: str, code: str, found: bool) -> None:  # noqa: FBT001 - a column of the table
    facts = {"hosts": ("harbour.example",)}
    assert (code in codes(bare(in_body(markup), **facts))) is found


def test_without_own_hosts_no_tracking_is_somebody_elses() -> None:
    assert "link-tracked" not in codes(bare(in_body('<a href="https://x.example/?utm_source=a">A map</a>')))


def test_a_page_of_nothing_lacks_what_a_page_must_have() -> None:
    assert {"html-title", "html-h1", "html-doctype", "tag-unsubscribe", "tag-address"} <= codes(bare())


def test_answers_are_told_apart_and_placed_at_their_story() -> None:
    answers = tuple(
        Answer(url=f"https://harbour.example/{status}", status=status) for status in (200, 204, 301, 403, 404, 429, 500)
    )
    proof = changed(answers=(*answers, Answer(url=LEAD_STORY.mail_url, problem="cannot be reached")))
    assert hits(proof, "link-dead") == ["email.html: https://harbour.example/404 answered 404"]
    assert len(hits(proof, "link-unchecked")) == 2
    assert len(hits(proof, "link-down")) == 1
    assert hits(proof, "link-silent")[0].startswith(LEAD_STORY.title.text)
    social = next(element for element in proof.mail.named("a") if "social.example" in element.get("href"))
    placed = changed(answers=(Answer(url=social.get("href"), status=410),))
    assert hits(placed, "link-dead")[0].startswith(f"email.html line {social.line}")


def test_a_link_is_known_again_whatever_its_address_looks_like() -> None:
    had = (SentBefore(label="2024-W40", urls=("http://harbour.example/2024/10/story-1/?utm_source=x", "no address")),)
    assert [line for line in hits(changed(sent=had), "link-sent") if "2024-W40" in line]


def test_a_pictures_file_is_judged_by_its_own_bytes() -> None:
    assert LEAD_STORY.picture is not None
    issue = sound_issue()
    shown = replace(LEAD_STORY, picture=replace(LEAD_STORY.picture, file="images/a.jpg"))
    issue = replace(issue, sections=(replace(issue.sections[0], entries=(shown,)), *issue.sections[1:]))
    files = (PictureFile(file="images/a.jpg", kind="webp", weight=300_000), PictureFile(file="images/b.jpg"))
    proof = proof_of(issue, pictures=files)
    assert hits(proof, "picture-kind") == [f"{LEAD_STORY.title.text}: images/a.jpg is WEBP"]
    assert hits(proof, "picture-weight") == [
        f"{LEAD_STORY.title.text}: images/a.jpg weighs 300,000 bytes of at most 200,000"
    ]
    small = (PictureFile(file="images/a.jpg", kind="jpeg", weight=1),)
    assert {"picture-kind", "picture-weight"} & codes(proof_of(issue, pictures=small)) == set()


@pytest.mark.parametrize(
    ("subject", "code", "found"),
    [
        ("NATO meets", "subject-loud", False),
        ("COVID-19", "subject-loud", False),
        ("Now!!", "subject-loud", True),
        ("Really??", "subject-loud", True),
        ("港の時計はなぜ五分進んでいるのか、そして誰がそれを進めたのかという長い長い話", "subject-long", True),
        ("港の時計はなぜ五分進んでいるのか", "subject-long", False),
    ],
)
def test_subjects_are_judged_in_any_script(subject: str, code: str, found: bool) -> None:  # noqa: FBT001 - a column of the table
    assert (code in codes(proof_of(replace(sound_issue(), subject=Words(text=subject))))) is found


def test_columns_are_those_that_an_inbox_needs() -> None:
    assert (columns("abc"), columns("港"), columns("e\u0301"), columns("\u200d")) == (3, 2, 1, 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("می‌خواهم", set()),
        ("क्‍ष", set()),
        ("👩‍👩‍👧 at sea", set()),
        ("half\u200dway", {"char-invisible"}),
        ("a\u202eb", {"char-invisible"}),
        ("cafÃ© au lait", {"char-mojibake"}),
        ("the harbour\u2019s", set()),
        ("« é »", set()),
        ("itâ€™s", {"char-mojibake"}),
        ("x\x93y", {"char-control"}),
        ("Ã©\x93 and a line that goes on for so long that it is cut in the report", {"char-control", "char-mojibake"}),
        ("caf\ufffd", {"char-lost"}),
    ],
)
def test_characters_are_judged_by_what_a_script_needs(text: str, expected: set[str]) -> None:
    issue = replace(sound_issue(), brand=replace(sound_issue().brand, why=text))
    proof = replace(sound(), issue=issue)
    assert {code for code in codes(proof) if code.startswith("char")} == expected


def test_a_headline_that_no_face_has_is_said_so() -> None:
    issue, gone = sound_issue(), "https://no.example/where"
    unseen = replace(issue.headlines[0], title=Words(text="Nowhere to be seen"), url=gone, mail_url=gone)
    proof = replace(sound(), issue=replace(issue, headlines=(unseen,)))
    assert hits(proof, "parity-headline") == [
        "Nowhere to be seen: its headline is in none of mail, text part and web version"
    ]
    assert hits(proof, "parity-link") == ["Nowhere to be seen: nothing leads to its address: https://no.example/where"]


def test_a_theme_that_shows_no_leads_at_all_differs_in_nothing() -> None:
    assert "parity-lead" not in codes(proof_of(sound_issue(), "letter"))


def test_an_entry_without_a_picture_or_an_address_is_no_matter_of_these_rules() -> None:
    issue = sound_issue()
    bare_entry = replace(issue.headlines[0], url="", mail_url="", picture=Picture(image=LEAD_STORY.picture.image))  # type: ignore[union-attr] # it has one
    proof = replace(sound(), issue=replace(issue, headlines=(bare_entry,), brand=Brand(name="The Harbour Review")))
    assert {"parity-link", "link-sent", "picture-missing"} & codes(proof) == set()


# The choice of rules


@pytest.mark.parametrize(
    ("select", "ignore", "code", "wanted"),
    [
        ((), (), "size-gmail", True),
        (("size",), (), "size-gmail", True),
        (("size",), (), "link-dead", False),
        (("size",), ("size-near",), "size-near", False),
        (("size-near",), ("size",), "size-near", True),
        (("size",), ("size",), "size-near", False),
        ((), ("link",), "link-dead", False),
        ((), ("link-dea",), "link-dead", True),
        (("preheader-short",), (), "preheader-short", True),
    ],
)
def test_the_longer_of_two_names_decides(
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    code: str,
    wanted: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert Wanted(select=select, ignore=ignore).wants(code) is wanted


def test_an_unknown_name_is_answered_with_the_one_that_was_meant() -> None:
    assert unknown(("size", "size-gmail", "picture-alt")) == {}
    assert unknown(("sise-gmail", "links", "zzzz")) == {"sise-gmail": "size-gmail", "links": "link", "zzzz": ""}


def test_selected_rules_alone_are_asked() -> None:
    proof = bare()
    assert {finding.code for finding in check(proof, Wanted(select=("html",)))} <= {
        c for c in CODES if c.startswith("html")
    }
    assert rule_of("size-gmail").code == "size-gmail"


# Speed


def test_forty_stories_are_checked_in_well_under_a_second() -> None:
    proof = proof_of(torture_issue(), theme="roundup")
    began = time.process_time()
    report(proof)
    assert time.process_time() - began < 0.5


# What a build asks for


def test_a_build_says_of_its_stories_what_a_check_says() -> None:
    issue = sound_issue()
    broken = replace(
        issue,
        headlines=(UNLINKED,),
        sections=(replace(issue.sections[0], entries=(replace(LEAD_STORY, lead=Words()),)),),
    )
    told = tuple(story_findings(broken))
    assert [finding.code for finding in told] == ["no-lead", "no-url"]
    assert set(told) == {finding for finding in check(proof_of(broken)) if finding.code.startswith("no-")}
