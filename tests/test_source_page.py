"""digest.sources.page: a saved page into an article, each field from the best of its witnesses."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from digest.model.article import Block, Cut, Image, Link, Problem, Sighting, Witness
from sources_making import STORY, document, parsed, problem, sighting

OTHER = " ".join(["Nobody on the quay could say who had ordered the gate to be shut, or when."] * 4)
ADDRESS = "https://quay.example/2024/gate"


def ld(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


def page(head: str = "", *, before: str = "", body: str = "", lang: str = "en-GB") -> str:
    story = body or f"<p>{STORY}</p><p>{OTHER}</p>"
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head>{head}</head>'
        '<body><nav><a href="/">Home</a> <a href="/n">News</a></nav>'
        f"<main><article>{before}{story}</article></main><footer>All rights reserved</footer></body></html>"
    )


def read(html: str, url: str = ADDRESS, **settings: str) -> Sighting:
    return sighting("page", document(html, url=url), **settings)


def test_a_whole_page() -> None:
    image = {"@type": "ImageObject", "url": "/i/gate.jpg", "creditText": "Di Moe"}
    said = ld(
        headline="The gate that stayed shut",
        description="Who ordered it?",
        author=[{"name": "Ann Roe"}, {"name": "Ben Doe, Staff Writer"}],
        datePublished="2024-10-25T17:30:00+01:00",
        dateModified="2024-10-26T08:00:00Z",
        articleSection="Reporting",
        keywords="gates, silt",
        publisher={"name": "The Quay"},
        image=image,
    )
    figure = (
        '<figure><img src="/i/gate-600x400.jpg" alt="A gate"><figcaption>The gate. Photo: Di Moe</figcaption></figure>'
    )
    more = f'<h2>The bolt</h2><p>{OTHER} See <a href="/map">the map</a>.</p><ul><li>One item of the list.</li></ul>'
    found = read(page(said, before="<h1>The gate that stayed shut</h1>", body=f"{figure}<p>{STORY}</p>{more}"))
    assert (found.url, found.guid) == (ADDRESS, "")
    assert (found.title, found.dek) == ("The gate that stayed shut", "Who ordered it?")
    assert (found.authors, found.section, found.tags) == (("Ann Roe", "Ben Doe"), "Reporting", ("gates", "silt"))
    assert (found.published, found.date_source) == (datetime(2024, 10, 25, 16, 30, tzinfo=UTC), "page")
    assert (found.updated, found.language) == (datetime(2024, 10, 26, 8, tzinfo=UTC), "en-GB")
    assert found.image == Image(
        url="https://quay.example/i/gate.jpg", alt="A gate", credit="Di Moe", caption="The gate."
    )
    assert found.blocks == (
        Block(text=STORY),
        Block(kind="heading", text="The bolt"),
        Block(text=f"{OTHER} See the map.", links=(Link(text="the map", url="https://quay.example/map"),)),
        Block(kind="item", text="One item of the list."),
    )
    assert Witness(field="title", name="json-ld") in found.witnesses
    assert Witness(field="language", name="markup") in found.witnesses


GRAPH = (
    '<meta property="og:title" content="Graph"><meta property="article:published_time" content="2024-10-02T10:00:00Z">'
)
META = (
    '<meta name="parsely-title" content="Meta"><meta name="date" content="2024-10-03">'
    '<meta name="author" content="Meta Doe">'
)
MARKUP = '<h1>Markup</h1><time datetime="2024-10-04" pubdate></time><a rel="author" href="/a">Markup Doe</a>'


@pytest.mark.parametrize(
    ("head", "title", "day", "author", "witness"),
    [
        (ld(headline="Data", datePublished="2024-10-01T10:00:00Z") + GRAPH + META, "Data", 1, "Meta Doe", "json-ld"),
        (GRAPH + META, "Graph", 2, "Meta Doe", "open-graph"),
        (META, "Meta", 3, "Meta Doe", "meta"),
        ("", "Markup", 4, "Markup Doe", "markup"),
    ],
)
def test_the_first_witness_that_knows_a_field_is_believed(
    head: str, title: str, day: int, author: str, witness: str
) -> None:
    found = read(page(head, before=MARKUP))
    assert found.published
    assert (found.title, found.authors) == (title, (author,))
    assert {each.name for each in found.witnesses if each.field in {"title", "published"}} == {witness}
    assert found.published.astimezone(ZoneInfo("Europe/London")).day == day


@pytest.mark.parametrize(
    ("title", "site", "heading", "headline"),
    [
        ("The gate - The Quay", "The Quay", "", "The gate"),
        ("The gate | Thequay.example", "", "", "The gate"),
        ("The Quay: The gate | The Quay", "The Quay", "", "The gate"),
        ("The Quay — The gate", "The Quay", "", "The gate"),
        ("The gate - a tale of mud", "The Quay", "", "The gate - a tale of mud"),
        ("The gate | Opinion", "The Quay", "The gate", "The gate"),
        ("The gate that sta…", "", "The gate that stayed shut", "The gate that stayed shut"),
        ("The gate", "The Quay", "The Quay", "The gate"),
        ("The gate", "", "The gateway drug", "The gate"),
        ("Salt &amp;amp; silt", "", "", "Salt & silt"),
    ],
)
def test_the_headline_is_whole_and_without_the_sites_name(title: str, site: str, heading: str, headline: str) -> None:
    head = f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="{site}">'
    url = "https://www.thequay.example/gate"
    assert read(page(head, before=f"<h1>{heading}</h1>"), url=url).title == headline


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://quay.example/the-gate?utm_source=x", "https://quay.example/the-gate"),
        ("/the-gate", "https://quay.example/the-gate"),
        ("https://elsewhere.example/gate", ADDRESS),
        ("javascript:void(0)", ADDRESS),
        ("http://[broken", ADDRESS),
    ],
)
def test_a_pages_own_address_counts_on_its_own_site(link: str, url: str) -> None:
    assert read(page(f'<title>Gate</title><link rel="canonical" href="{link}">')).url == url


def test_a_saved_file_bears_the_address_that_the_page_names() -> None:
    html = page('<title>Gate</title><meta property="og:url" content="https://quay.example/og">')
    assert read(html, url="file:gate.html").url == "https://quay.example/og"
    nameless = read(page("<title>Gate</title>"), url="file:gate.html")
    assert (nameless.url, nameless.guid[:5]) == ("", "page:")


def test_what_a_person_said_wins() -> None:
    said = document(
        page(ld(headline="G", datePublished="2024-10-01")), url="file:g.html", page_url="https://quay.example/mine"
    )
    [found] = parsed("page", said)
    assert isinstance(found, Sighting)
    assert found.url == "https://quay.example/mine"
    assert Witness(field="url", name="editor") in found.witnesses
    assert Witness(field="published", name="json-ld") in found.witnesses


def test_a_date_that_only_a_guess_found_is_marked() -> None:
    found = read(page("<title>Gate</title>", before='<p class="date">Posted on October 3, 2024</p>'))
    assert found.published == datetime(2024, 10, 2, 23, tzinfo=UTC)
    assert (found.precision, found.date_source) == ("day", "guess")
    assert Witness(field="published", name="htmldate") in found.witnesses


def test_a_page_without_a_date_is_undated() -> None:
    found = read(page("<title>Gate</title>"))
    assert (found.published, found.date_source) == (None, None)


def test_a_stated_date_that_cannot_be_read_is_told() -> None:
    warning, found = parsed("page", document(page(ld(headline="Gate", datePublished="10/11/12")), url=ADDRESS))
    assert isinstance(warning, Problem)
    assert "undated" in warning.message
    assert isinstance(found, Sighting)
    assert found.published is None


@pytest.mark.parametrize(
    ("before", "why"),
    [
        ("<h1>Gate</h1>", "opening"),
        ("<p>Reporting</p>", "opening"),
        ("<p>Ann Roe</p>", "opening"),
        ("<h2>Who shut the gate?</h2>", "opening"),
        ("<p>By Ann Roe</p>", "by-line"),
    ],
)
def test_the_body_begins_with_the_story(before: str, why: str) -> None:
    head = ld(headline="Gate", author={"name": "Ann Roe"}, articleSection="Reporting", description="Who shut the gate?")
    found = read(page(head, before=before))
    assert found.blocks[0].text == STORY
    assert {cut.why for cut in found.left_out} <= {why}


def test_a_dek_that_is_cut_off_or_the_headline_is_none() -> None:
    cut = read(page(ld(headline="Gate", description="Who shut the…")))
    assert cut.dek == ""
    assert [each.why for each in cut.left_out] == ["cut off"]
    assert read(page(ld(headline="Gate", description="gate"))).dek == ""


@pytest.mark.parametrize(
    ("head", "figure", "image"),
    [
        (
            "",
            '<figure><img src="/i/a.jpg" alt="A" width="640" height="48em"></figure>',
            Image(url="https://quay.example/i/a.jpg", alt="A", width=640),
        ),
        (
            '<meta property="og:image" content="https://i.example/x.jpg"><meta property="og:image:alt" content="X">',
            "",
            Image(url="https://i.example/x.jpg", alt="X"),
        ),
        ("", '<figure><img src="data:image/gif;base64,R0"><figcaption>x</figcaption></figure>', None),
        (
            "",
            '<figure><img src="/b.jpg"><figcaption>Dusk <span class="credit">© Di Moe</span></figcaption></figure>',
            Image(url="https://quay.example/b.jpg", credit="Di Moe", caption="Dusk"),
        ),
    ],
)
def test_pictures(head: str, figure: str, image: Image | None) -> None:
    assert read(page(f"<title>Gate</title>{head}", body=f"<p>{STORY}</p>{figure}<p>{OTHER}</p>")).image == image


@pytest.mark.parametrize(
    ("charset", "head"),
    [("cp1252", ""), ("utf-16", ""), ("koi8-r", '<meta charset="koi8-r">'), ("utf-8", '<meta charset="latin-1">')],
)
def test_the_encoding_is_found(charset: str, head: str) -> None:
    word = "Жизнь" if charset == "koi8-r" else "Marée"
    html = page(f"{head}<title>{word}</title>").encode(charset)
    assert sighting("page", document(html)).title == word


@pytest.mark.parametrize("reference", ["&#8;", "&#8e", "&#00011d", "&#x1f;", "&#xB;", "&#65534;", "&#xFFFe;", "&#31"])
def test_a_reference_to_what_is_no_character_is_a_gap(reference: str) -> None:
    """Loose text is put into a paragraph: a fuzzer found one of these in it."""
    html = page(
        "<title>Gate</title>", body=f"<div>{STORY} The tide{reference}, said one, was late.<br><br>{OTHER}</div>"
    )
    assert not {"\x08", "\x0b", "\x1f", "\ufffe"} & set("".join(block.text for block in read(html).blocks))


def test_an_xhtml_page_with_its_declaration() -> None:
    assert read('<?xml version="1.0" encoding="utf-8"?>' + page("<title>Gate</title>")).title == "Gate"


@pytest.mark.parametrize(
    ("html", "said"),
    [
        (page("<title>Gate</title>", body="<p></p>"), "no article"),
        (page(""), "no headline"),
        ("<html></html>", "no headline"),
        ("<!-- nothing -->", "the page is empty"),
        ("<html><head><title>Sign in</title></head><body>Please sign in.</body></html>", "holds no article"),
        (page("<title>Lost</title>", body="<p>This page has moved. Use the menu above.</p>"), "holds no article"),
    ],
)
def test_a_page_without_an_article_is_told(html: str, said: str) -> None:
    assert said in problem("page", document(html, url="file:a.html")).message


@pytest.mark.parametrize(
    "head",
    [
        ld(headline="Gate"),
        '<title>Gate</title><meta property="og:type" content="article">',
        '<title>Gate</title><meta name="author" content="Ann Roe">',
        '<title>Gate</title><meta name="date" content="2024-10-03">',
    ],
)
def test_a_very_short_article_is_one_where_the_page_says_so(head: str) -> None:
    assert len(read(page(head, body="<p>The gate is open again, for the first time in years.</p>")).blocks) == 1


def test_a_sign_in_page_under_the_name_of_a_feed_is_told() -> None:
    html = "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please sign in.</body></html>"
    assert "holds no article" in problem("auto", document(html, url="file:feed.xml")).message


def test_the_dek_that_a_page_shows_is_no_paragraph() -> None:
    shown = '<h1>Gate</h1><p class="standfirst">Who shut the gate, and why?</p><p class="by">By Ann Roe</p>'
    cut_off = read(page(ld(headline="Gate", description="Who shut the…"), before=shown))
    assert (cut_off.dek, cut_off.blocks[0].text) == ("Who shut the gate, and why?", STORY)
    assert Witness(field="dek", name="markup") in cut_off.witnesses
    assert "dek" not in {cut.why for cut in cut_off.left_out}
    other = read(page(ld(headline="Gate", description="A gate and its bolt."), before=shown))
    assert (other.dek, other.blocks[0].text) == ("A gate and its bolt.", STORY)
    assert Cut(text="Who shut the gate, and why?", why="dek") in other.left_out


def test_a_first_paragraph_stays_though_the_dek_says_the_same() -> None:
    assert read(page(ld(headline="Gate", description=STORY))).blocks[0].text == STORY


def test_a_box_in_a_box_is_told_once() -> None:
    card = '<div class="signup"><p class="subscribe">Join us.</p></div>'
    found = read(page(ld(headline="Gate"), body=f"<p>{STORY}</p>{card}<p>{OTHER}</p>"))
    assert [block.text for block in found.blocks] == [STORY, OTHER]
    assert [(cut.why, cut.text) for cut in found.left_out] == [("sign-up", "Join us.")]


def test_genre_and_kicker() -> None:
    found = read(page(ld(headline="Gate", genre="Essay", articleSection="Culture"), before="<h1>Gate</h1>"))
    assert (found.kind, found.section, found.kicker) == ("Essay", "Culture", "")
    above = '<p class="kicker">Essay | Culture</p><h1>Gate</h1>'
    found = read(page(ld(headline="Gate"), before=above))
    assert (found.kind, found.section, found.kicker) == ("Essay", "Culture", "")


def test_the_configuration_fills_what_the_page_leaves_open() -> None:
    found = read(page("<title>Gate</title>", lang=""), section="Notes", language="cy")
    assert (found.section, found.language) == ("Notes", "cy")


@pytest.mark.parametrize(
    "script",
    [
        "{broken",
        "[" * 5_000,
        "null",
        '{"@type": "NewsArticle"}',
        '{"@type": "Organization", "name": "Quay"}',
        '{"@graph": [[["deep"]]]}',
    ],
)
def test_broken_data_leaves_the_word_to_the_next_witness(script: str) -> None:
    found = read(page(f'<script type="application/ld+json">{script}</script>{GRAPH}'))
    assert (found.title, found.published) == ("Graph", datetime(2024, 10, 2, 10, tzinfo=UTC))


def test_data_in_a_graph_refers_to_people_and_pictures_by_name() -> None:
    graph = {
        "@graph": [
            {"@type": "WebPage", "name": "Not this"},
            {
                "@type": ["Article", "Thing"],
                "headline": "Gate",
                "author": {"@id": "#ann"},
                "image": [{"@id": "#pic"}],
                "mainEntityOfPage": {"@id": "https://quay.example/g"},
            },
            {"@type": "Person", "@id": "#ann", "name": "Ann Roe"},
            {"@type": "ImageObject", "@id": "#pic", "url": "https://i.example/p.jpg", "caption": "Mud"},
        ]
    }
    found = read(page(f'<script type="application/ld+json"><!--{json.dumps(graph)}--></script>'), url="file:g.html")
    assert (found.title, found.authors, found.url) == ("Gate", ("Ann Roe",), "https://quay.example/g")
    assert found.image == Image(url="https://i.example/p.jpg", caption="Mud")


def test_an_authors_page_and_the_site_itself_are_nobody() -> None:
    said = ld(headline="Gate", author="The Quay", publisher={"name": "The Quay"})
    head = (
        said
        + '<meta property="article:author" content="https://face.example/quay"><meta name="author" content="Ann Roe">'
    )
    assert read(page(head)).authors == ("Ann Roe",)


@pytest.mark.parametrize("tags", [["a, b", "a"], "a,b", ["a", "b"]])
def test_tags_in_any_form(tags: object) -> None:
    assert read(page(ld(headline="Gate", keywords=tags))).tags == ("a", "b")


@pytest.mark.parametrize("name", ["dek", "deck", "article-deck"])
def test_a_dek_that_only_the_markup_has_is_no_paragraph(name: str) -> None:
    shown = f'<h1>Gate</h1><p class="{name}">Who shut the gate?</p>'
    found = read(page(before=shown))
    assert (found.dek, found.blocks[0].text) == ("Who shut the gate?", STORY)
    assert Witness(field="dek", name="markup") in found.witnesses
