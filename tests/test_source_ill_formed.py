"""What real feeds do wrong, as feedparser's and the W3C validator's collections of bad feeds have it, in words of ours.

Each case says what is broken and what must come out of it all the same.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from digest.model.article import Problem, Sighting
from sources_making import document, parsed

AT = "https://weir.example/feed.xml"
HOUR = datetime(2024, 10, 25, 16, 30, tzinfo=UTC)
RSS = '<rss version="2.0"><channel><title>The Weir</title><link>https://weir.example/</link>'
END = "</channel></rss>"
DATE = "<pubDate>Fri, 25 Oct 2024 17:30:00 +0100</pubDate>"
SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom"'
)


@dataclass(frozen=True, kw_only=True)
class Case:
    """A feed that is ill formed, and what its first item must be; "" and None where it says nothing."""

    broken: str
    body: str | bytes
    titles: tuple[str, ...] = ("Eels",)
    url: str = ""
    text: str = ""
    author: str = ""
    published: datetime | None = None
    told: tuple[str, ...] = ()


def rss(*items: str, head: str = RSS, end: str = END) -> str:
    return head + "".join(f"<item>{item}</item>" for item in items) + end


def spaced(*items: str) -> str:
    return rss(*items, head=RSS.replace('"2.0"', f'"2.0" {SPACES}'))


def atom(entry: str, said: str = 'xmlns="http://www.w3.org/2005/Atom"') -> str:
    return f"<feed {said}><title>The Weir</title><entry>{entry}</entry></feed>"


EELS = "<title>Eels</title>"
LINK = "<link>https://weir.example/eels</link>"
EELS_URL = "https://weir.example/eels"

CASES = [
    # Characters and entities
    Case(broken="a bare ampersand", body=rss("<title>Q&A & more</title>"), titles=("Q&A & more",)),
    Case(
        broken="a bare ampersand in an address",
        body=rss(f"{EELS}<link>https://weir.example/e?a=1&b=2&copy=3</link>"),
        url="https://weir.example/e?a=1&b=2&copy=3",
    ),
    Case(
        broken="HTML's entities, which XML does not know",
        body=rss("<title>Eels&nbsp;&mdash; caf&eacute; &rsquo;24&hellip;</title>"),
        titles=("Eels — café ’24…",),
    ),
    Case(
        broken="entities written twice",
        body=rss("<title>Lock &amp;amp; Weir &amp;#8217;24</title>"),
        titles=("Lock & Weir ’24",),
    ),
    Case(broken="an entity that nobody knows", body=rss("<title>Eels &weir; up</title>"), titles=("Eels &weir; up",)),
    Case(
        broken="Windows's quotation marks as numbers",
        body=rss("<title>&#147;Eels&#148; &#150; up</title>"),
        titles=("“Eels” – up",),
    ),
    Case(broken="a number that is no character", body=rss("<title>Eels&#0;&#xFFFF;&#11;</title>"), titles=("Eels",)),
    Case(broken="a control character", body=rss("<title>Ee\x08ls\x1b</title>"), titles=("Eels",)),
    Case(
        broken="null bytes", body=rss(f"{EELS}<description>Up\x00 and down</description>").encode(), text="Up and down"
    ),
    Case(
        broken="a byte order mark and spaces before the declaration", body="\ufeff \n<?xml version='1.0'?>" + rss(EELS)
    ),
    Case(broken="empty lines before the declaration", body="\n\n\n<?xml version='1.0'?>" + rss(EELS)),
    Case(broken="a byte order mark in the middle", body=rss("<title>E\ufeffels</title>")),
    Case(
        broken="bytes of another charset than is said", body=rss("<title>Été</title>").encode("cp1252"), titles=("Été",)
    ),
    Case(
        broken="a charset that does not exist",
        body=('<?xml version="1.0" encoding="utf8mb4"?>' + rss("<title>Été</title>")).encode(),
        titles=("Été",),
    ),
    Case(
        broken="said to be UTF-16, sent as UTF-8",
        body=('<?xml version="1.0" encoding="utf-16"?>' + rss("<title>Été</title>")).encode(),
        titles=("Été",),
    ),
    Case(broken="UTF-32", body=rss("<title>Été</title>").encode("utf-32"), titles=("Été",)),
    Case(broken="mojibake", body=rss("<title>TodayÃ¢â‚¬â„¢s cafÃ©Ã©</title>"), titles=("Today’s caféé",)),
    Case(
        broken="one bad byte in good UTF-8",
        body=rss("<title>Été X</title>").encode().replace(b"X", b"\xe9"),
        titles=("Été é",),
    ),
    # Tags
    Case(broken="no declaration, no version", body=f"<rss><channel><item>{EELS}</item></channel></rss>"),
    Case(broken="tags that are never closed", body=RSS + "<item>" + EELS + LINK, titles=(), told=("breaks off",)),
    Case(
        broken="tags closed in the wrong order",
        body=rss(f"{EELS}<description><b>Up <i>and</b></i> down</description>"),
        text="Up and down",
    ),
    Case(
        broken="markup in a title, unescaped", body=rss("<title>Eels <em>up</em> &lt;3</title>"), titles=("Eels up <3",)
    ),
    Case(
        broken="a title in CDATA with entities",
        body=rss("<title><![CDATA[Lock &amp; Weir &#8217;24]]></title>"),
        titles=("Lock & Weir ’24",),
    ),
    Case(broken="CDATA within CDATA", body=rss("<title><![CDATA[Eels <![CDATA[up]]>]]></title>"), titles=("Eels up",)),
    Case(broken="CDATA that does not end", body=rss(EELS, f"<title><![CDATA[Lost {END}"), told=("breaks off",)),
    Case(broken="a comment in a title", body=rss("<title>Ee<!-- up -->ls</title>")),
    Case(
        broken="a prefix that is not declared",
        body=rss(f"{EELS}<dc:creator>Pell Harrow</dc:creator>{DATE}"),
        author="Pell Harrow",
        published=HOUR,
    ),
    Case(
        broken="content:encoded without its name space",
        body=rss(f"{EELS}<content:encoded>&lt;p&gt;Up they went.&lt;/p&gt;</content:encoded>"),
        text="Up they went.",
    ),
    Case(
        broken="another prefix than everybody's",
        body=(
            f'<rss version="2.0" xmlns:d="http://purl.org/dc/elements/1.1/"><channel><item>{EELS}'
            "<d:creator>Pell Harrow</d:creator></item></channel></rss>"
        ),
        author="Pell Harrow",
    ),
    Case(
        broken="tags in capitals", body=rss("<TITLE>Eels</TITLE><LINK>https://weir.example/eels</LINK>"), url=EELS_URL
    ),
    Case(broken="items outside of the channel", body=f"{RSS}</channel><item>{EELS}{LINK}</item></rss>", url=EELS_URL),
    Case(broken="rubbish behind the end", body=rss(EELS) + "<!-- 0.02 s --><script>x()</script>\n</body>"),
    Case(broken="a warning of PHP before the feed", body="<b>Warning</b>: x in y on line 3<br />\n" + rss(EELS)),
    Case(
        broken="an attribute without quotation marks",
        body=rss(f"{EELS}<guid isPermaLink=false>7</guid>{LINK}"),
        url=EELS_URL,
    ),
    Case(
        broken="an attribute twice",
        body=rss(f'{EELS}<guid isPermaLink="false" isPermaLink="true">7</guid>{LINK}'),
        url=EELS_URL,
    ),
    # Addresses
    Case(
        broken="white space in an address",
        body=rss(f"{EELS}<link>\n  https://weir.example/eels\n</link>"),
        url=EELS_URL,
    ),
    Case(broken="a relative address", body=rss(f"{EELS}<link>/eels</link>"), url=EELS_URL),
    Case(broken="an address without a scheme", body=rss(f"{EELS}<link>//weir.example/eels</link>"), url=EELS_URL),
    Case(
        broken="an address with spaces and letters",
        body=rss(f"{EELS}<link>https://weir.example/les eaux/été</link>"),
        url="https://weir.example/les%20eaux/%C3%A9t%C3%A9",
    ),
    Case(
        broken="no link, but a guid that is an address",
        body=rss(f"{EELS}<guid>https://weir.example/eels</guid>"),
        url=EELS_URL,
    ),
    Case(
        broken="no link, and a guid that says that it is no address",
        body=rss(f'{EELS}<guid isPermaLink="false">https://weir.example/?p=7</guid>'),
    ),
    Case(
        broken="an empty link and a guid that is an address",
        body=rss(f"{EELS}<link/><guid isPermaLink='true'>https://weir.example/eels</guid>"),
        url=EELS_URL,
    ),
    Case(
        broken="Atom's link in RSS",
        body=spaced(f'{EELS}<atom:link rel="alternate" href="https://weir.example/eels"/>'),
        url=EELS_URL,
    ),
    Case(
        broken="a link to the comments before the link to the page",
        body=atom(
            f'{EELS}<link rel="replies" href="/c"/><link rel="self" href="/e.atom"/>'
            '<link rel="alternate" type="text/html" href="https://weir.example/eels"/>'
        ),
        url=EELS_URL,
    ),
    Case(
        broken="addresses relative to xml:base",
        body=atom(
            f"{EELS}<link href='eels'/>"
            "<content type='html'>&lt;p&gt;See &lt;a href='map'&gt;it&lt;/a&gt;&lt;/p&gt;</content>",
            'xmlns="http://www.w3.org/2005/Atom" xml:base="https://weir.example/2024/"',
        ),
        url="https://weir.example/2024/eels",
        text="See it",
    ),
    Case(
        broken="xml:base on xml:base",
        body=atom(
            f"{EELS}<link xml:base='deep/' href='eels'/>", 'xmlns="http://www.w3.org/2005/Atom" xml:base="/2024/"'
        ),
        url="https://weir.example/2024/deep/eels",
    ),
    Case(broken="an address that is a script", body=rss(f"{EELS}<link>javascript:alert(1)</link>")),
    # People, dates, texts
    Case(
        broken="an author as a mail address with a name",
        body=rss(f"{EELS}<author>pell@weir.example (Pell Harrow)</author>"),
        author="Pell Harrow",
    ),
    Case(
        broken="a date of publication in Dublin Core alone",
        body=spaced(f"{EELS}<dc:date>2024-10-25T17:30:00+01:00</dc:date>"),
        published=HOUR,
    ),
    Case(
        broken="a date without its weekday, with seconds left out",
        body=rss(f"{EELS}<pubDate>25 Oct 2024 17:30 +0100</pubDate>"),
        published=HOUR,
    ),
    Case(
        broken="a date with a long month and a zone's name",
        body=rss(f"{EELS}<pubDate>October 25, 2024 16:30:00 GMT</pubDate>"),
        published=HOUR,
    ),
    Case(
        broken="an ISO date in RSS with a space",
        body=rss(f"{EELS}<pubDate>2024-10-25 17:30:00+01:00</pubDate>"),
        published=HOUR,
    ),
    Case(
        broken="a day and no hour",
        body=rss(f"{EELS}<pubDate>Fri, 25 Oct 2024</pubDate>"),
        published=datetime(2024, 10, 24, 23, tzinfo=UTC),
    ),
    Case(
        broken="a wrong weekday",
        body=rss(f"{EELS}<pubDate>Mon, 25 Oct 2024 17:30:00 +0100</pubDate>"),
        told=("undated",),
    ),
    Case(broken="a date that is none", body=rss(f"{EELS}<pubDate>00-00-0000</pubDate>"), told=("undated",)),
    Case(broken="an empty date", body=rss(f"{EELS}<pubDate></pubDate>")),
    Case(
        broken="a change before the publication, in this order",
        body=atom(f"{EELS}<updated>2024-10-26T09:00:00Z</updated><published>2024-10-25T16:30:00Z</published>"),
        published=HOUR,
    ),
    Case(
        broken="two descriptions",
        body=rss(f"{EELS}<description>Up.</description><description>Up they went.</description>"),
        text="Up they went.",
    ),
    Case(
        broken="a picture's words before the item's",
        body=spaced(
            f"{EELS}<media:content url='https://weir.example/e.jpg' medium='image'>"
            "<media:title>E.jpg</media:title>"
            "<media:description>An eel.</media:description></media:content>"
            "<description>Up they went.</description>"
        ),
        text="Up they went.",
    ),
    Case(
        broken="a picture's title before the item's", body=spaced("<media:title>E.jpg</media:title><title>Eels</title>")
    ),
    Case(
        broken="the channel's image after the items",
        body=rss(EELS, end="<image><title>Logo</title><url>https://weir.example/l.png</url></image>" + END),
    ),
    Case(
        broken="a form for searching, with a title, among the items",
        body=rss(EELS, end="<textInput><title>Search</title></textInput>" + END),
    ),
    Case(
        broken="an entry's source, with an author and a title of its own",
        body=atom(
            f"{EELS}<source><title>The Mire</title><author><name>Else Where</name></author>"
            "<updated>2020-01-01T00:00:00Z</updated></source>"
            "<author><name>Pell Harrow</name></author><published>2024-10-25T16:30:00Z</published>"
        ),
        author="Pell Harrow",
        published=HOUR,
    ),
    Case(
        broken="XHTML without its name space in content of XHTML",
        body=atom(f"{EELS}<content type='xhtml'><div><p>Up <b>they</b> went.</p></div></content>"),
        text="Up they went.",
    ),
    Case(
        broken="content said to be text that is markup",
        body=atom(f"{EELS}<content>&lt;p&gt;Up they went.&lt;/p&gt;</content>"),
        text="Up they went.",
    ),
    Case(
        broken="Atom 0.3",
        body=(
            '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry>'
            '<title mode="escaped">Eels</title>'
            '<link rel="alternate" href="https://weir.example/eels"/>'
            "<issued>2024-10-25T17:30:00+01:00</issued></entry></feed>"
        ),
        url=EELS_URL,
        published=HOUR,
    ),
    Case(
        broken="RSS 0.90",
        body=(
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">'
            f"<channel><title>The Weir</title></channel><item>{EELS}{LINK}</item></rdf:RDF>"
        ),
        url=EELS_URL,
    ),
    Case(
        broken="RSS 1.0 without rdf:about",
        body=(
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
            f"<item>{EELS}{LINK}</item></rdf:RDF>"
        ),
        url=EELS_URL,
    ),
    Case(
        broken="an item without a title among others",
        body=rss(EELS, LINK, "<title>Mud</title>"),
        titles=("Eels", "Mud"),
        told=("without a title",),
    ),
    Case(broken="the same item twice", body=rss(EELS + LINK, EELS + LINK), titles=("Eels", "Eels"), url=EELS_URL),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.broken.replace(" ", "-"))
def test_what_is_broken_and_what_comes_out(case: Case) -> None:
    found = parsed("feed", document(case.body, url=AT))
    read = [each for each in found if isinstance(each, Sighting)]
    told = [each.message for each in found if isinstance(each, Problem)]
    assert tuple(each.title for each in read) == case.titles
    assert len(told) == len(case.told), told
    assert all(said in message for said, message in zip(case.told, told, strict=True))
    for first in read[:1]:
        assert first.url == case.url
        assert " ".join(block.text for block in first.blocks) == case.text
        assert first.authors == ((case.author,) if case.author else ())
        assert first.published == case.published


def test_no_case_stands_twice() -> None:
    assert len({case.broken for case in CASES}) == len(CASES) >= 40
