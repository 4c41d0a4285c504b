"""What class names and shapes say: boxes that are no story, deks, kickers, captions, interviews, categories."""

import pytest

from digest.model.article import Cut, Image
from digest.sources.categories import Categories, categories
from digest.sources.markup.body import parse_html, read_tree
from digest.sources.markup.boxes import marked_box
from digest.sources.markup.figures import first_picture, split_caption, without_credit
from digest.sources.page.heading import Above, dek_text, kicker_line, read_above
from sources_making import STORY


def blocks(markup: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in read_tree(parse_html(markup), "https://quay.example/").blocks]


@pytest.mark.parametrize(
    ("element", "why"),
    [
        ('<div class="kg-card kg-signup-card">Join us</div>', "sign-up"),
        ('<section class="newsletterBox">Join us</section>', "sign-up"),
        ('<div class="sign-up">Join us</div>', "sign-up"),
        ('<div class="methodology"><h5>How</h5><p>We counted.</p></div>', "note"),
        ('<p class="media-caption">The quay</p>', "caption"),
        ('<div class="newsletter-post">A short one</div>', ""),
        ('<div class="has-caption">A short one</div>', ""),
        ('<div class="signups">A short one</div>', ""),
        (f'<div class="{"x " * 5_000}signup">More class names than any real one has</div>', ""),
        (f'<div class="signup"><p>{STORY}</p><p>{STORY}</p></div>', ""),
        ('<h2 class="signup">Heading</h2>', ""),
        ("<div>Join us</div>", ""),
    ],
)
def test_a_box_is_known_by_its_name_while_it_is_short(element: str, why: str) -> None:
    [node] = parse_html(f"<html><body>{element}</body></html>").find("body")
    assert marked_box(node) == why
    told = read_tree(parse_html(f"<p>One.</p>{element}"), "")
    assert [cut.why for cut in told.left_out] == ([why] if why else [])


def test_figures_in_a_table_are_no_paragraphs_and_a_layout_is_one() -> None:
    head = "<table><tr><th>Winter</th><th>Closings</th></tr><tr><td>1974</td><td>4</td></tr></table>"
    told = read_tree(parse_html(f"<p>Before.</p>{head}<p>After.</p>"), "")
    assert [block.text for block in told.blocks] == ["Before.", "After."]
    assert told.left_out == (Cut(text="Winter Closings 1974 4", why="table"),)
    assert blocks(f"<table><tr><th>The Quay</th></tr><tr><td><p>{STORY}</p></td></tr></table>") == [
        ("paragraph", "The Quay"),
        ("paragraph", STORY),
    ]


@pytest.mark.parametrize(
    ("below", "dek"),
    [
        ('<p class="standfirst">Who shut it?</p><p>Nobody.</p>', "Who shut it?"),
        ('<p class="entry-dek">Who <em>shut</em> it?</p>', "Who shut it?"),
        ('<p class="sub">Who shut it?</p><p class="by">By Ann Roe</p>', "Who shut it?"),
        ('<h2 class="summary">Who shut it?</h2><p>Nobody.</p>', "Who shut it?"),
        ('<header><p class="lede">Who shut it?</p></header><p>Nobody.</p>', "Who shut it?"),
        ('<p class="by">By Ann Roe</p><div class="subtitle">Who shut it?</div>', "Who shut it?"),
        ('<p class="lede">It was shut.</p><p>Nobody knows why.</p>', ""),
        ('<p class="intro">It was shut.</p><figure></figure><p>Nobody knows why.</p>', ""),
        (f'<p class="dek">{STORY}</p>', ""),
        (f'<p>{STORY}</p><ul><li><p class="dek">Another story.</p></li></ul>', ""),
        ('<p class="site-subtitle">A paper of the coast.</p>', ""),
        ('<p class="dek"> </p>', ""),
    ],
)
def test_the_dek_that_a_page_shows(below: str, dek: str) -> None:
    assert dek_text(parse_html(f"<body><p class='dek'>Not this</p><div><h1>Gate</h1>{below}</div></body>")) == dek


def test_a_page_without_a_headline_shows_no_dek_and_no_kicker() -> None:
    tree = parse_html('<p class="kicker">Essay</p><p class="dek">Who shut it?</p>')
    assert (dek_text(tree), kicker_line(tree)) == ("", "")


@pytest.mark.parametrize(
    ("above", "line"),
    [
        ('<p class="entry-kicker">Essay | <a href="/c">Culture</a></p>', "Essay | Culture"),
        ('<span class="section-label">Culture</span>', "Culture"),
        ('<p class="menu-label">Menu</p>', ""),
        ('<p class="kicker">One two three four five six seven eight nine</p>', ""),
        ('<p class="kicker">Far</p>' + "<p>x</p>" * 6, ""),
    ],
)
def test_the_line_above_the_headline(above: str, line: str) -> None:
    assert kicker_line(parse_html(f"<body>{above}<h1>Gate</h1></body>")) == line


@pytest.mark.parametrize(
    ("line", "kind", "section", "above"),
    [
        ("Essay | Culture", "", "Culture", Above("", "Essay", "Culture")),
        ("Culture | Essay", "", "Culture", Above("", "Essay", "Culture")),
        ("Essay · Culture", "", "", Above("", "Essay", "Culture")),
        ("Essay | Culture", "Essay", "Culture", Above("", "Essay", "Culture")),
        ("War Diary | Culture", "Essay", "Culture", Above("War Diary", "Essay", "Culture")),
        ("Culture", "", "Culture", Above("", "", "Culture")),
        ("War Diary", "", "Culture", Above("War Diary", "", "Culture")),
        ("Interview", "Interview", "Culture", Above("", "Interview", "Culture")),
        ("Essay | Interview", "", "Culture", Above("", "", "Culture")),
        ("Home › Culture › Essay", "", "Culture", Above("", "", "Culture")),
        ("Advertisement", "", "Culture", Above("", "", "Culture")),
        ("", "https://genres.example/7", "Culture", Above("", "", "Culture")),
        ("", "culture", "Culture", Above("", "", "Culture")),
    ],
)
def test_kicker_kind_and_section(line: str, kind: str, section: str, above: Above) -> None:
    assert read_above(line, kind=kind, section=section) == above


IMG = '<img src="/i/a.jpg">'


@pytest.mark.parametrize(
    ("markup", "caption", "credit"),
    [
        (f'<div>{IMG}<p class="media-caption">Dusk. Photo: Di Moe</p></div>', "Dusk.", "Di Moe"),
        (f'<div><a>{IMG}</a><p class="caption">Dusk. Photo by Di Moe.</p></div>', "Dusk.", "Di Moe"),
        (f'<div>{IMG}<p class="caption">Dusk <span class="credit">Di Moe</span></p></div>', "Dusk", "Di Moe"),
        (f"<figure>{IMG}<figcaption>Dusk. Image: Quay Prints Inc.</figcaption></figure>", "Dusk.", "Quay Prints Inc."),
        (f'<div>{IMG}{IMG}<p class="caption">Which of them? Photo: Di Moe</p></div>', "", ""),
        (f'<div><b><i><u>{IMG}</u></i></b><p class="caption">Too far. Photo: Di Moe</p></div>', "", ""),
    ],
)
def test_the_words_at_a_picture(markup: str, caption: str, credit: str) -> None:
    found = first_picture(parse_html(markup), "https://quay.example/")
    assert found == Image(url="https://quay.example/i/a.jpg", caption=caption, credit=credit)


@pytest.mark.parametrize("address", ["", " ", "#", "#top", "data:image/gif;base64,R0", "javascript:void(0)"])
def test_an_absent_address_is_no_picture(address: str) -> None:
    assert first_picture(parse_html(f'<img src="{address}" alt="A">'), "https://quay.example/story") is None


@pytest.mark.parametrize(
    ("caption", "credit", "both"),
    [
        ("Dusk. Photo: Di Moe", "Di Moe", ("Dusk.", "Di Moe")),
        ("Dusk. Photo: Di Moe", "Di Moe/Quay", ("Dusk.", "Di Moe/Quay")),
        ("Dusk (Di Moe", "Di Moe", ("Dusk", "Di Moe")),
        ("Dusk. © Di Moe", "", ("Dusk.", "Di Moe")),
        ("Dusk", "", ("Dusk", "")),
        ("", "Di Moe", ("", "Di Moe")),
    ],
)
def test_a_caption_does_not_repeat_the_credit(caption: str, credit: str, both: tuple[str, str]) -> None:
    assert without_credit(caption, credit) == both


@pytest.mark.parametrize("credit", ["Jo Doe Jr.", "Quay Ltd.", "Quay Corp.", "A. B."])
def test_an_abbreviation_keeps_its_stop(credit: str) -> None:
    assert split_caption(f"Dusk. Photo: {credit}") == ("Dusk.", credit)


def test_an_interview_has_questions_and_answers() -> None:
    asked = "<p><strong>Why was the gate shut?</strong></p><p>Nobody knows.</p><p>Not even I.</p>"
    again = (
        "<p><b>Tell me more.</b></p><p>No.</p><p><strong>Who shut it?</strong><br>I did.</p><h2>Note</h2><p>End.</p>"
    )
    assert blocks(f"<p><b>A bold opening.</b></p>{asked}{again}") == [
        ("paragraph", "A bold opening."),
        ("question", "Why was the gate shut?"),
        ("answer", "Nobody knows."),
        ("answer", "Not even I."),
        ("question", "Tell me more."),
        ("answer", "No."),
        ("question", "Who shut it?"),
        ("answer", "I did."),
        ("heading", "Note"),
        ("paragraph", "End."),
    ]


@pytest.mark.parametrize(
    "markup",
    [
        "<p><strong>Why was it shut?</strong></p><p>Nobody knows.</p><p><strong>A warning.</strong></p><p>End.</p>",
        "<p><strong>Why</strong> nobody knows.</p><p>Or <strong>who?</strong></p><p><strong>Who?</strong></p>",
        "<p><em>Why was it shut?</em></p><p>Nobody knows.</p><p><em>Who shut it?</em></p><p>I did.</p>",
    ],
)
def test_bold_is_only_emphasis_elsewhere(markup: str) -> None:
    assert {kind for kind, _ in blocks(markup)} == {"paragraph"}


def test_bold_headings_items_and_quotes_stay_what_they_are() -> None:
    two = "<h2><b>Why?</b></h2><ul><li><b>Who?</b></li></ul><blockquote><b>When?</b></blockquote>"
    assert [kind for kind, _ in blocks(two)] == ["heading", "item", "quote"]


@pytest.mark.parametrize(
    ("filed", "found"),
    [
        ([("", "Culture"), ("", "art"), ("", "art")], Categories("Culture", "", "", ("art",))),
        (
            [("https://q.example/sections", "Culture"), ("https://q.example/kinds/", "Essay"), ("", "art")],
            Categories("Culture", "Essay", "", ("art",)),
        ),
        (
            [("", "art"), ("urn:x:series", "Low Water"), ("https://q.example/voc#section", "Culture")],
            Categories("Culture", "", "Low Water", ("art",)),
        ),
        ([("post_tag", "art"), ("category", "Culture")], Categories("Culture", "", "", ("art",))),
        (
            [("https://q.example/kinds", "Essay"), ("https://q.example/kinds", "Long read")],
            Categories("", "Essay", "", ("Long read",)),
        ),
        ([("", "Uncategorized"), ("", "")], Categories()),
        ([], Categories()),
    ],
)
def test_categories_by_their_domain(filed: list[tuple[str, str]], found: Categories) -> None:
    assert categories(filed) == found


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        (
            "<p><strong>It moved.</strong> “The bank was…”</p>",
            [("heading", "It moved."), ("paragraph", "“The bank was…”")],
        ),
        ("<p><b>One L or two?</b> You ask.</p>", [("heading", "One L or two?"), ("paragraph", "You ask.")]),
        ("<p><b>Forms of address:</b> “Jo”.</p>", [("heading", "Forms of address:"), ("paragraph", "“Jo”.")]),
        ("<p><b>Ann Roe:</b> We saw it.</p>", [("paragraph", "Ann Roe: We saw it.")]),
        ("<p><b>It was the Board vs.</b> the harbour.</p>", [("paragraph", "It was the Board vs. the harbour.")]),
        ("<p><b>Dr.</b> Roe saw it.</p>", [("paragraph", "Dr. Roe saw it.")]),
        ("<p><b>It moved...</b> We saw it.</p>", [("paragraph", "It moved... We saw it.")]),
        ("<p>We saw it. <b>It moved.</b> Far.</p>", [("paragraph", "We saw it. It moved. Far.")]),
        ("<ul><li><b>Silt.</b> Whoever waits.</li></ul>", [("item", "Silt. Whoever waits.")]),
        (
            "<p><b>It moved far in the nine days of rain.</b> Far.</p>",
            [("paragraph", "It moved far in the nine days of rain. Far.")],
        ),
    ],
)
def test_a_heading_that_runs_into_its_paragraph(markup: str, told: list[tuple[str, str]]) -> None:
    assert blocks(markup) == told


def test_a_link_in_a_run_in_heading_stays_with_it() -> None:
    markup = "<p><b>See <a href='/a'>the map</a>.</b> Or <a href='/b'>the chart</a>.</p>"
    head, rest = read_tree(parse_html(markup), "https://quay.example/").blocks
    assert [[link.text for link in block.links] for block in (head, rest)] == [["the map"], ["the chart"]]
