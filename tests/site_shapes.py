"""How the invented magazine writes its articles down: every kind of feed, page and sitemap, as bytes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from site_articles import Piece

NAME = "Lock & Weir"
ATOM = "http://www.w3.org/2005/Atom"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What one answer shows: some articles, at the address that the site calls itself by, and links to other pages."""

    base: str
    pieces: Sequence[Piece]
    links: tuple[tuple[str, str], ...] = ()
    full: bool = True

    def address(self, piece: Piece) -> str:
        return f"{self.base}/{piece.slug}/"

    def guid(self, piece: Piece) -> str:
        """Return what names an article for good: its guid, else its number, as WordPress does."""
        return piece.guid or f"{self.base}/?p={piece.number}"


def body(shelf: Shelf, piece: Piece) -> str:
    """Return an article's body as HTML, its picture first."""
    figure = ""
    if piece.picture:
        words = f"{escape(piece.caption)} <cite>Photo: {escape(piece.credit)}</cite>"
        picture = f'<img src="{shelf.base}{piece.picture}" alt="Seen from the towpath">'
        figure = f"<figure>{picture}<figcaption>{words}</figcaption></figure>"
    return figure + "".join(f"<p>{escape(text)}</p>" for text in piece.text)


def rss(shelf: Shelf) -> str:
    """Return RSS 2.0; with the whole body, or with the dek alone."""
    links = "".join(f'<atom:link rel="{rel}" href={quoteattr(to)}/>' for rel, to in shelf.links)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:atom="{ATOM}" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:media="http://search.yahoo.com/mrss/"><channel>'
        f"<title>{escape(NAME)}</title><link>{shelf.base}/</link><description>Rivers and canals</description>"
        f"<language>en-GB</language>{links}{''.join(_item(shelf, piece) for piece in shelf.pieces)}</channel></rss>\n"
    )


def _item(shelf: Shelf, piece: Piece) -> str:
    whole = f"<content:encoded><![CDATA[{body(shelf, piece)}]]></content:encoded>" if shelf.full else ""
    picture = ""
    if piece.picture:
        address = quoteattr(shelf.base + piece.picture)
        credit = f"<media:credit>{escape(piece.credit)}</media:credit>"
        words = f"<media:description>{escape(piece.caption)}</media:description>"
        picture = f'<media:content url={address} medium="image">{credit}{words}</media:content>'
    return (
        f"<item><title>{escape(piece.title)}</title><link>{shelf.address(piece)}</link>"
        f'<guid isPermaLink="false">{escape(shelf.guid(piece))}</guid>'
        f"<pubDate>{format_datetime(piece.published)}</pubDate>"
        f"<dc:creator>{escape(piece.author)}</dc:creator><category>{escape(piece.section)}</category>"
        f"<description>{escape(piece.dek or piece.text[0])}</description>{whole}{picture}</item>"
    )


def old_rss(shelf: Shelf, version: str) -> str:
    """Return RSS 0.91 or 0.92: titles, links and descriptions, and in 0.92 a category; no dates."""
    items = "".join(
        f"<item><title>{escape(piece.title)}</title><link>{shelf.address(piece)}</link>"
        f"<description>{escape(piece.dek or piece.text[0])}</description>"
        + (f"<category>{escape(piece.section)}</category>" if version == "0.92" else "")
        + "</item>"
        for piece in shelf.pieces
    )
    head = f"<title>{escape(NAME)}</title><link>{shelf.base}/</link><description>Rivers</description>"
    channel = f"<channel>{head}<language>en</language>{items}</channel>"
    return f'<?xml version="1.0"?>\n<rss version="{version}">{channel}</rss>\n'


def rdf(shelf: Shelf) -> str:
    """Return RSS 1.0: RDF, its items beside the channel, its dates in Dublin Core."""
    items = "".join(
        f"<item rdf:about={quoteattr(shelf.address(piece))}><title>{escape(piece.title)}</title>"
        f"<link>{shelf.address(piece)}</link><description>{escape(piece.dek or piece.text[0])}</description>"
        f"<dc:date>{piece.published.isoformat()}</dc:date><dc:creator>{escape(piece.author)}</dc:creator>"
        f"<dc:subject>{escape(piece.section)}</dc:subject></item>"
        for piece in shelf.pieces
    )
    order = "".join(f"<rdf:li rdf:resource={quoteattr(shelf.address(piece))}/>" for piece in shelf.pieces)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel rdf:about="{shelf.base}/rdf.xml">'
        f"<title>{escape(NAME)}</title><link>{shelf.base}/</link><description>Rivers</description>"
        f"<items><rdf:Seq>{order}</rdf:Seq></items></channel>{items}</rdf:RDF>\n"
    )


def atom(shelf: Shelf) -> str:
    """Return Atom 1.0, its bodies as XHTML-free HTML, its addresses relative to xml:base."""
    links = "".join(f'<link rel="{rel}" href={quoteattr(to)}/>' for rel, to in shelf.links)
    entries = "".join(
        f'<entry><title type="text">{escape(piece.title)}</title><id>{escape(shelf.guid(piece))}</id>'
        f'<link rel="alternate" href="{piece.slug}/"/><published>{piece.published.isoformat()}</published>'
        f"<updated>{piece.changed.isoformat()}</updated><author><name>{escape(piece.author)}</name></author>"
        f"<category term={quoteattr(piece.section)}/><summary>{escape(piece.dek or piece.text[0])}</summary>"
        + (f'<content type="html">{escape(body(shelf, piece))}</content>' if shelf.full else "")
        + "</entry>"
        for piece in shelf.pieces
    )
    changed = max((piece.changed.isoformat() for piece in shelf.pieces), default="2024-01-01T00:00:00+00:00")
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="{ATOM}" xml:lang="en-GB" xml:base="{shelf.base}/">'
        f'<title>{escape(NAME)}</title><id>{shelf.base}/</id><link href="{shelf.base}/"/><updated>{changed}</updated>'
        f"{links}{entries}</feed>\n"
    )


def json_feed(shelf: Shelf, *, next_url: str = "") -> str:
    """Return JSON Feed 1.1."""
    items = [
        {
            "id": shelf.guid(piece),
            "url": shelf.address(piece),
            "title": piece.title,
            "summary": piece.dek,
            **({"content_html": body(shelf, piece)} if shelf.full else {}),
            "date_published": piece.published.isoformat(),
            "date_modified": piece.changed.isoformat(),
            "authors": [{"name": piece.author}],
            "tags": [piece.section],
            **({"image": shelf.base + piece.picture} if piece.picture else {}),
        }
        for piece in shelf.pieces
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": NAME,
        "home_page_url": f"{shelf.base}/",
        "language": "en-GB",
        **({"next_url": next_url} if next_url else {}),
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False)


def page(shelf: Shelf, piece: Piece) -> str:
    """Return an article's page: JSON-LD, Open Graph, a canonical address, an AMP twin, a menu, and the story."""
    said = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": piece.title,
        "description": piece.dek,
        "datePublished": piece.published.isoformat(),
        "dateModified": piece.changed.isoformat(),
        "author": {"@type": "Person", "name": piece.author},
        "articleSection": piece.section,
        "mainEntityOfPage": shelf.address(piece),
        "publisher": {"@type": "Organization", "name": NAME},
        **({"image": shelf.base + piece.picture} if piece.picture else {}),
    }
    data = json.dumps(said).replace("</", r"<\/")
    return (
        '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">'
        f"<title>{escape(piece.title)} | {escape(NAME)}</title>"
        f'<link rel="canonical" href="{shelf.address(piece)}"><link rel="amphtml" href="{shelf.address(piece)}amp/">'
        f'<meta property="og:title" content={quoteattr(piece.title)}>'
        f'<meta property="og:url" content="{shelf.address(piece)}">'
        f'<script type="application/ld+json">{data}</script></head><body>'
        f'<header><nav><a href="/">{escape(NAME)}</a> <a href="/reports/">Reports</a></nav></header><main><article>'
        f'<h1>{escape(piece.title)}</h1><p class="byline">By {escape(piece.author)}</p>{body(shelf, piece)}'
        "</article></main><footer>Printed on dry paper</footer></body></html>"
    )


def front(shelf: Shelf) -> str:
    """Return the front page: what it offers to machines, and links to its articles."""
    offered = "".join(
        f'<link rel="alternate" type="{kind}" title="{escape(NAME)}" href="{path}">'
        for kind, path in (
            ("application/rss+xml", "/feed.xml"),
            ("application/atom+xml", "/atom.xml"),
            ("application/feed+json", "/feed.json"),
        )
    )
    stories = "".join(f'<li><a href="/{piece.slug}/">{escape(piece.title)}</a></li>' for piece in shelf.pieces)
    return (
        f'<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{escape(NAME)}</title>{offered}</head>'
        f"<body><h1>{escape(NAME)}</h1><ul>{stories}</ul></body></html>"
    )


def news_sitemap(shelf: Shelf) -> str:
    """Return a news sitemap: each article with its title and the day and hour of its publication."""
    urls = "".join(
        f"<url><loc>{shelf.address(piece)}</loc><news:news><news:publication><news:name>{escape(NAME)}</news:name>"
        f"<news:language>en</news:language></news:publication><news:publication_date>{piece.published.isoformat()}"
        f"</news:publication_date><news:title>{escape(piece.title)}</news:title></news:news></url>"
        for piece in shelf.pieces
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{SITEMAP}" xmlns:news="{NEWS}">{urls}</urlset>\n'


def sitemap(shelf: Shelf) -> str:
    """Return a plain sitemap: addresses, and when each page changed."""
    urls = "".join(
        f"<url><loc>{shelf.address(piece)}</loc><lastmod>{piece.changed.isoformat()}</lastmod></url>"
        for piece in shelf.pieces
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{SITEMAP}">{urls}</urlset>\n'


def sitemap_index(addresses: Sequence[tuple[str, str]]) -> str:
    """Return a sitemap index: addresses of sitemaps, and when each changed ("": not said)."""
    maps = "".join(
        f"<sitemap><loc>{escape(to)}</loc>{f'<lastmod>{when}</lastmod>' if when else ''}</sitemap>"
        for to, when in addresses
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="{SITEMAP}">{maps}</sitemapindex>\n'
