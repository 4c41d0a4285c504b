"""digest.sources.feed: RSS and Atom, well formed, ill formed and hostile."""

from datetime import UTC, datetime

import pytest

from digest.model.article import Block, Cut, Image, Link, Problem, Sighting, Witness
from sources_making import STORY, document, parsed, problem, sighting, sightings

HEAD = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"><channel>'
    "<title>Quay</title><link>https://quay.example/</link><language>en-GB</language>"
)
END = "</channel></rss>"
DATE = "<pubDate>Fri, 25 Oct 2024 17:30:00 +0100</pubDate>"


def rss(*items: str) -> str:
    return HEAD + "".join(f"<item>{item}</item>" for item in items) + END


def atom(entry: str) -> str:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Quai</title>'
        f'<link href="https://quay.example/"/><entry>{entry}</entry></feed>'
    )


def only(feed: str, **settings: str) -> Sighting:
    return sighting("feed", document(feed), **settings)


WHOLE = f"""<title>Salt &amp;amp; silt: &lt;em&gt;a tale&lt;/em&gt;</title>
<link>/2024/salt?utm_source=rss</link><guid isPermaLink="false">4711</guid>{DATE}
<dc:creator>By Ann Roe, Ben Doe and Cy Poe, Staff Writer</dc:creator>
<category>Reporting</category><category>silt</category><category>Silt</category>
<description>How the harbour lost its depth.</description>
<content:encoded><![CDATA[<p>{STORY}</p><h2>The gate</h2><p>See <a href="/map">the map</a> &amp; weep.</p>
<ul><li>One</li><li>Two</li></ul><blockquote><p>“Never.”</p></blockquote>
<figure><img src="/i/basin-300x200.jpg" alt="Boats on mud"><figcaption>The basin. Photo: Di Moe</figcaption></figure>]]>
</content:encoded><media:content url="https://quay.example/i/basin.jpg" medium="image" width="1200" height="675"/>"""


def test_an_item_becomes_a_whole_sighting() -> None:
    found = only(rss(WHOLE))
    assert (found.source, found.url, found.guid) == ("quay", "https://quay.example/2024/salt", "quay:4711")
    assert (found.title, found.dek) == ("Salt & silt: a tale", "How the harbour lost its depth.")
    assert found.authors == ("Ann Roe", "Ben Doe", "Cy Poe")
    assert (found.section, found.tags) == ("Reporting", ("silt", "Silt"))
    assert (found.published, found.precision) == (datetime(2024, 10, 25, 16, 30, tzinfo=UTC), "instant")
    assert (found.date_source, found.language) == ("feed", "en-GB")
    assert found.blocks == (
        Block(text=STORY),
        Block(kind="heading", text="The gate"),
        Block(text="See the map & weep.", links=(Link(text="the map", url="https://quay.example/map"),)),
        Block(kind="item", text="One"),
        Block(kind="item", text="Two"),
        Block(kind="quote", text="“Never.”"),
    )
    assert found.image == Image(
        url="https://quay.example/i/basin.jpg",
        alt="Boats on mud",
        credit="Di Moe",
        caption="The basin.",
        width=1200,
        height=675,
    )
    assert [cut.why for cut in found.left_out] == ["caption"]
    assert len(found.hash) == 64


@pytest.mark.parametrize("first", ["content", "description"])
def test_the_fuller_text_is_the_body_in_either_order(first: str) -> None:
    texts = [f"<content:encoded>&lt;p&gt;{STORY}&lt;/p&gt;</content:encoded>", "<description>A dek.</description>"]
    found = only(rss("<title>T</title>" + "".join(texts if first == "content" else texts[::-1])))
    assert (found.blocks, found.dek) == ((Block(text=STORY),), "A dek.")


@pytest.mark.parametrize(
    "summary", [f"{STORY[:200]} […]", "A cut one…", "A cut one...", STORY[:85], " ".join(["word"] * 61)]
)
def test_a_summary_that_is_cut_long_or_the_opening_is_no_dek(summary: str) -> None:
    item = f"<title>T</title><description>{summary}</description><content:encoded>{STORY} {STORY}</content:encoded>"
    assert only(rss(item)).dek == ""


def test_an_excerpt_alone_is_kept_as_the_text() -> None:
    found = only(rss("<title>T</title><description>It began at nine […]</description>"))
    assert (found.blocks, found.dek) == ((Block(text="It began at nine…"),), "")
    assert found.left_out == (Cut(text="[…]", why="tail"),)
    assert found.witnesses == (Witness(field="blocks", name="feed-excerpt"),)


@pytest.mark.parametrize(
    "item", [f"<description>{STORY}</description>", "<content:encoded>Short.</content:encoded>", "<link>/a</link>"]
)
def test_a_body_of_its_own_is_no_excerpt(item: str) -> None:
    assert only(rss(f"<title>T</title>{item}")).witnesses == ()


@pytest.mark.parametrize(
    ("markup", "names"),
    [
        ("<author>bob@gaz.media (Bob Roe)</author>", ("Bob Roe",)),
        ("<author>bob@gaz.media</author>", ()),
        ("<author><![CDATA[bob@gaz.technology (Bob Roe)]]></author>", ("Bob Roe",)),
        ("<author>Bob Roe &lt;bob@gaz.media&gt;</author>", ("Bob Roe",)),
        ("<author>bob@gaz.media (Bob Roe)</author><dc:creator>Ann Lee</dc:creator>", ("Bob Roe", "Ann Lee")),
        ("<dc:creator>Lee, Ann</dc:creator>", ("Ann Lee",)),
        ("<dc:creator>Ann Lee, Bob Roe, Cy Poe</dc:creator>", ("Ann Lee", "Bob Roe", "Cy Poe")),
    ],
)
def test_an_address_in_a_byline_is_nobody(markup: str, names: tuple[str, ...]) -> None:
    assert only(rss(f"<title>T</title>{markup}")).authors == names


@pytest.mark.parametrize(
    "tail",
    [
        "The post <a href='/g'>Gate</a> appeared first on <a href='/'>The Quay</a>.",
        "The post Gate first appeared on The Quay.",
        "Der Beitrag Das Tor erschien zuerst auf Kai.",
        "L’article La porte est apparu en premier sur Quai.",
        "La entrada La puerta apareció primero en Muelle.",
        "Continue reading “Gate” →",
        "Weiterlesen „Tor“ →",
    ],
)
def test_what_a_system_hangs_on_a_text_is_left_out(tail: str) -> None:
    found = only(rss(f"<title>T</title><content:encoded><![CDATA[<p>{STORY}</p><p>{tail}</p>]]></content:encoded>"))
    assert [block.text for block in found.blocks] == [STORY]
    assert len(found.left_out) == 1


def test_a_tail_in_the_last_paragraph_is_cut_from_it() -> None:
    more = 'It rained […] <a class="more-link" href="/g">Read on <span>Gate</span></a>'
    glued = "It rained. See <a href='/m'>the map</a>. The post <a href='/g'>Gate</a> appeared first on Quay."
    found = only(rss(f"<title>T</title><content:encoded><![CDATA[<p>{more}</p><p>{glued}</p>]]></content:encoded>"))
    assert [block.text for block in found.blocks] == ["It rained…", "It rained. See the map."]
    assert [link.text for link in found.blocks[1].links] == ["the map"]
    assert {cut.text for cut in found.left_out} == {
        *("Read on Gate", "[…]", "The post Gate appeared first on Quay."),
    }
    story = "The post office appeared first on the quay in 1840, and read more letters than it sent."
    assert only(rss(f"<title>T</title><description>{story}</description>")).blocks[0].text == story


def test_pictures_words_do_not_become_the_items_text() -> None:
    media = (
        '<media:content url="/i/a.jpg" type="image/jpeg"><media:description type="plain">A gull.</media:description>'
        "<media:credit>Di Moe</media:credit></media:content>"
    )
    found = only(rss(f"<title>T</title>{media}<description>{STORY}</description>"))
    assert found.image == Image(url="https://quay.example/i/a.jpg", alt="A gull.", credit="Di Moe")
    assert found.blocks == (Block(text=STORY),)


@pytest.mark.parametrize(
    ("markup", "url"),
    [
        ('<enclosure url="/i/e.png" type="image/png" length="9"/>', "https://quay.example/i/e.png"),
        ('<enclosure url="/talk.mp3" type="audio/mpeg" length="9"/>', ""),
        ('<media:thumbnail url="https://i.example/t.jpg"/>', "https://i.example/t.jpg"),
        ('<media:content url="https://i.example/film.mp4" medium="video"/>', ""),
        (
            "<description>&lt;img src='data:image/gif;base64,R0' data-src='/i/d.jpg'&gt; x</description>",
            "https://quay.example/i/d.jpg",
        ),
    ],
)
def test_where_the_picture_may_be(markup: str, url: str) -> None:
    image = only(rss(f"<title>T</title>{markup}")).image
    assert (image.url if image else "") == url


@pytest.mark.parametrize(
    ("stated", "published", "precision"),
    [
        ("<pubDate>Fri, 25 Oct 2024 10:00:00 EST</pubDate>", datetime(2024, 10, 25, 15, tzinfo=UTC), "instant"),
        ("<pubDate>2024-10-25T10:00:00</pubDate>", datetime(2024, 10, 25, 9, tzinfo=UTC), "instant"),
        ("<dc:date>2024-10-25</dc:date>", datetime(2024, 10, 24, 23, tzinfo=UTC), "day"),
        ("", None, "instant"),
    ],
)
def test_dates_are_read_in_the_magazines_zone(stated: str, published: datetime | None, precision: str) -> None:
    found = only(rss(f"<title>T</title>{stated}"))
    assert (found.published, found.precision) == (published, precision)
    assert found.date_source == ("feed" if published else None)


@pytest.mark.parametrize("date", ["10/11/12", "yesterday", "Fri, 25 Oct 2024 10:00:00 XYT"])
def test_a_date_in_doubt_leaves_the_item_undated_and_says_so(date: str) -> None:
    found = parsed("feed", document(rss(f"<title>Eel</title><pubDate>{date}</pubDate>", f"<title>B</title>{DATE}")))
    warning, undated, other = found
    assert isinstance(warning, Problem)
    assert "item 1 (Eel)" in warning.where
    assert "undated" in warning.message
    assert isinstance(undated, Sighting)
    assert (undated.published, undated.date_source) == (None, None)
    assert isinstance(other, Sighting)
    assert other.published


def test_only_atom_says_whether_a_title_is_markup() -> None:
    title = "5 &lt; 6, or how to use &lt;b&gt;"
    assert only(atom(f'<title type="text">{title}</title>')).title == "5 < 6, or how to use <b>"
    assert only(atom(f'<title type="html">{title} &amp;amp; so on</title>')).title == "5 < 6, or how to use & so on"


def test_an_atom_entry_with_only_a_changed_on_date_says_so() -> None:
    entry = '<id>tag:quay.example,2024:7</id><title>T</title><updated>2024-10-25T10:00:00Z</updated><link href="/a"/>'
    found = only(
        atom(entry + "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>Hé.</p></div></content>")
    )
    assert found.published == found.updated == datetime(2024, 10, 25, 10, tzinfo=UTC)
    assert found.witnesses == (Witness(field="published", name="feed-updated"),)
    assert (found.url, found.guid) == ("https://quay.example/a", "tag:quay.example,2024:7")
    assert (found.blocks, found.language) == ((Block(text="Hé."),), "fr")


@pytest.mark.parametrize(
    ("link", "source", "whose"),
    [
        (
            "https://mire.example/e",
            '<source url="https://mire.example/feed">The Mire &amp;amp; Moor</source>',
            "The Mire & Moor",
        ),
        ("https://quay.example/e", '<source url="https://mire.example/feed">The Mire</source>', ""),
        ("https://news.example/e", '<source url="https://www.quay.example/feed">Quay</source>', ""),
        ("https://news.example/e", "<source>The Mire</source>", "The Mire"),
        ("https://news.example/e", "", ""),
    ],
)
def test_an_item_that_was_taken_from_another_magazine_says_whose_it_is(link: str, source: str, whose: str) -> None:
    assert only(rss(f"<title>T</title><link>{link}</link>{source}")).publication == whose


def test_an_entry_that_was_taken_from_another_feed_says_whose_it_is() -> None:
    source = '<source><title>The Mire</title><link href="https://mire.example/"/></source>'
    assert only(atom(f'<title>T</title><link href="https://mire.example/e"/>{source}')).publication == "The Mire"


def test_a_bodys_own_base_is_what_its_links_are_read_against() -> None:
    words = "&lt;p&gt;Up to &lt;a href='m'&gt;x&lt;/a&gt; they went.&lt;/p&gt;"
    content = f'<content type="html" xml:base="https://i.example/a/">{words}</content>'
    found = only(atom(f'<title>T</title><link href="https://quay.example/e"/>{content}'))
    assert found.blocks[0].links == (Link(text="x", url="https://i.example/a/m"),)


def test_an_item_without_address_or_guid_gets_a_name_from_its_words() -> None:
    one, two, again = (only(rss(f"<title>{title}</title>")).guid for title in ("One", "Two", "One"))
    assert one == again != two
    assert one.startswith("feed:")


def test_the_configuration_fills_what_the_feed_leaves_open() -> None:
    found = only(rss("<title>T</title><category>Uncategorized</category>"), section="Notes", language="cy")
    assert (found.section, found.language) == ("Notes", "cy")


def test_bare_ampersands_stay_what_they_are() -> None:
    body = "<![CDATA[<p>Fish & chips <a href='/a?x=1&y=2'>here</a></p>]]>"
    found = only(rss(f"<title>Q&A on R&D</title><link>/q?a=1&b=2</link><description>{body}</description>"))
    assert (found.title, found.url) == ("Q&A on R&D", "https://quay.example/q?a=1&b=2")
    assert found.blocks[0].text == "Fish & chips here"
    assert found.blocks[0].links[0].url == "https://quay.example/a?x=1&y=2"


@pytest.mark.parametrize(
    ("charset", "declared"), [("cp1252", 'encoding="windows-1252"'), ("cp1252", 'encoding="utf-8"'), ("utf-16", "")]
)
def test_a_feed_in_another_encoding_is_read(charset: str, declared: str) -> None:
    text = f'<?xml version="1.0" {declared}?><rss version="2.0"><channel><item><title>Marée — “là”</title></item>{END}'
    assert sighting("feed", document(text.encode(charset))).title == "Marée — “là”"


def test_the_servers_charset_goes_before_the_documents() -> None:
    text = rss("<title>море</title>").replace("utf-8", "iso-8859-5").encode("koi8-r")
    assert sighting("feed", document(text, charset="koi8-r")).title == "море"


def test_an_item_without_a_title_is_told_and_the_others_stay() -> None:
    first, second = parsed("feed", document(rss("<description>x</description>", "<title>T</title>")))
    assert isinstance(first, Problem)
    assert "item 1" in first.where
    assert isinstance(second, Sighting)


@pytest.mark.parametrize(
    ("kept", "lost"),
    [
        (rss("<title>One</title>", "<title>Two</title><description>Half a sen")[:-27], "inside its item 2 (Two)"),
        (rss("<title>One</title>")[: -len(END)], "after 1 items"),
        (rss("<title>One</title>", "<title>Two</title><description><![CDATA[</rss> x")[:-27], "inside its item 2"),
    ],
)
def test_of_a_truncated_feed_the_whole_items_come_and_the_loss_is_told(kept: str, lost: str) -> None:
    found, loss = parsed("feed", document(kept))
    assert isinstance(found, Sighting)
    assert found.title == "One"
    assert isinstance(loss, Problem)
    assert lost in loss.message
    assert loss.incomplete


def test_a_feed_without_items_is_fine() -> None:
    assert parsed("feed", document(rss())) == []


def test_a_page_in_place_of_a_feed_names_the_feed_that_it_offers() -> None:
    page = '<!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head></html>'
    found = problem("feed", document(page))
    assert (found.message, found.where) == ("this is a web page, not a feed", "https://quay.example/here")
    assert "https://quay.example/rss" in found.hint
    assert 'kind = "page"' in problem("feed", document("<html><body>x</body></html>")).hint


@pytest.mark.parametrize(
    ("body", "said"),
    [('{"version": "x"}', "JSON"), ("just words", "neither RSS nor Atom"), (b"\xfe\xff", "neither")],
)
def test_what_is_no_feed_is_told(body: str | bytes, said: str) -> None:
    assert said in problem("feed", document(body)).message


def test_entities_are_refused_before_anything_expands_them() -> None:
    bomb = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!entity b "&a;&a;">]>' + rss("<title>&b;</title>")
    assert "XML entities" in problem("feed", document(bomb)).message


def test_a_known_dtd_without_entities_is_no_harm() -> None:
    doctype = '<!DOCTYPE rss PUBLIC "-//X//DTD RSS 0.91//EN" "http://x.example/rss-0.91.dtd">'
    found = only(rss("<title>T</title>").replace("?>", f"?>{doctype}", 1))
    assert found.title == "T"


def test_what_was_said_of_the_file_is_not_said_of_its_items() -> None:
    item, warning = parsed("feed", document(rss(f"<title>T</title>{DATE}"), page_url="https://quay.example/x"))[::-1]
    assert isinstance(item, Sighting)
    assert item.url == ""
    assert isinstance(warning, Problem)
    assert "of their own" in warning.message


def test_the_same_bytes_give_the_same_sightings() -> None:
    assert sightings("feed", document(rss(WHOLE))) == sightings("feed", document(rss(WHOLE)))
