"""Pages that nobody would publish: one piece of markup again and again, or one thing of endless length, at any size."""

import json
from collections.abc import Callable

STORY = (
    "The tidal gate at Saltmouth stayed shut for nine hours on Friday, and nobody on the quay could say who ordered "
    "it. The harbour board met the same evening behind closed doors. "
)
HEAD = "<title>The gate that stayed shut</title><main><h1>The gate that stayed shut</h1>"
DEEP = 100
"""Levels; libxml2 lets HTML have some 250."""

TAGS = 95_000
"""Tags of the largest pages: what has 100,000 is not read."""


JSON = "<script type='application/ld+json'>"


def json_ld(said: object) -> str:
    """Return what a page tells machines."""
    return f"{JSON}{json.dumps(said)}</script>"


def deep(opening: str, inner: str, closing: str, levels: int = DEEP) -> str:
    """Return a piece of markup in many others."""
    return opening * levels + inner + closing * levels


PIECES = {
    "paragraphs": "<p>{n} " + STORY + "</p>",
    "one paragraph": "{n} " + STORY,
    "author links": "<a href='/author/a{n}'>Ann Roe {n}</a>",
    "lines of author links": "<p><a href='/author/a{n}'>Ann Roe</a></p>",
    "links": "<a href='/x{n}'>gate</a> ",
    "unclosed links": "<p><a href=x>gate",
    "paragraphs of links": "<p><a href='/x{n}'>" + STORY + "</a></p>",
    "nested boxes": "<div>{n}",
    "nested empty boxes": "<div>",
    "nested emphasis": "<span>{n} ",
    "nested lists": "<ul><li>{n}",
    "nested tables": "<table><tr><td>{n}",
    "headings": "<h1>The gate {n}</h1>",
    "lower headings": "<h2>The gate {n} that stayed</h2>",
    "linked headings": "<h3><a href='/x{n}'>The gate {n}</a></h3>",
    "titles": "<title>The gate {n}</title>",
    "titles and headings": "<title>x</title><h1>y</h1>",
    "entry titles": "<div class='entry-title'>Gate {n}</div>",
    "by-lines": "<div class='post-author'>By Ann Roe {n}</div>",
    "the same by-line": "<p>By Ann Roe</p>",
    "by-lines and headings": "<h1>Gate</h1><p>By Ann Roe</p>",
    "authors by rel": "<a rel='author' href='/x'>Ann Roe</a>",
    "names in authors": "<i class='author'><b class='byline'>Ann {n}</b></i>",
    "vcards": "<span class='vcard'><a class='fn' href='/people/ann'>Ann Roe</a></span>",
    "empty authors": "<b class='author'></b>",
    "dates": "<li>October 25, 2024, {n}",
    "times": "<time datetime='2024-10-25T10:00:00Z'>25 October {n}</time>",
    "dates of publication": "<time itemprop='datePublished' pubdate datetime='2024-10-25'>x{n}</time>",
    "notes": "x<sup>{n}</sup>",
    "linked notes": "<sup><a>{n}</a></sup>",
    "meta tags": "<meta name='author' content='Ann {n}'>",
    "Open Graph": "<meta property='og:title' content='The gate {n} - Quay'>",
    "Twitter": "<meta name='twitter:label1' content='Written by'><meta name='twitter:data1' content='Ann {n}'>",
    "canonical links": "<link rel='canonical' href='https://x.example/{n}'>",
    "other languages": "<link rel='alternate' hreflang='x{n}' href='https://x.example/{n}'>",
    "bases": "<base href='https://x.example/{n}/'>",
    "JSON-LD": '<script type=\'application/ld+json\'>{{"@type":"NewsArticle","headline":"x {n}"}}</script>',
    "microdata": "<i itemscope itemtype='x/Article'><b itemprop='author'>{n}</b></i>",
    "microdata of one": "<b itemprop='author'>Ann {n}</b>",
    "bodies by microdata": "<span itemprop='articleBody'>{n}</span>",
    "line breaks": "<br>",
    "empty lines": "The gate {n} was shut.<br><br>",
    "broken lines": "{n} gate<br>",
    "bold lines": "<b>The gate {n}</b><br>",
    "short lines": "<p>gate</p>",
    "empty paragraphs": "<p></p>",
    "spans": "<span>{n} word word</span> ",
    "empty spans": "<span></span>",
    "bold words": "<b>{n}</b> was shut. ",
    "asides": "<aside><p>{n} gate</p></aside>",
    "unclosed asides": "<aside><p>{n}</p>",
    "main parts": "<main><p>{n}</p></main>",
    "sections": "<section><p>The gate {n} stayed shut.</p></section>",
    "articles": "<article><h1>x {n}</h1><p>" + STORY + "</p></article>",
    "related stories": "<div class='related'><p>" + STORY[:120] + "</p></div>",
    "late stories": "<p>" + STORY[:100] + "</p>",
    "comments of readers": "<div class='comment'><p>By Ann {n}</p></div>",
    "figures": "<figure><img src='/a{n}.jpg' alt='x'><figcaption>The gate {n}</figcaption></figure>",
    "figures of articles": "<article><figure><img src=x></figure></article>",
    "pictures": "<img src='/a.jpg' alt='The gate'><p>The gate</p>",
    "captions": "<div class='caption'>The gate</div>",
    "tables": "<table><tr><th>a</th><td>{n} " + STORY + "</td></tr></table>",
    "rows": "<tr><td>{n} x</td></tr>",
    "heads of tables": "<table><th>x</th></table>",
    "definitions": "<dl><dt>x{n}<dd>y",
    "forms": "<form><input name=a{n}><button>x</button></form>",
    "options": "<option>{n}",
    "sign-ups": "<div class='signup newsletter-{n}'>Join us {n}</div>",
    "deks": "<p class='excerpt'>The gate {n}</p>",
    "kickers": "<p class='kicker'>Gate</p>",
    "questions": "<p><b>Who was it?</b> It was the clerk {n}.</p>",
    "questions and answers": "<p>Q: Who was it?</p><p>A: the clerk</p>",
    "a live blog": "<p>10:{n} a.m.</p>",
    "foreign tags": "<x:y{n}>gate</x:y{n}>",
    "drawings": "<svg><path d='M0 0'/><text>gate</text></svg>",
    "scripts": "<script>var a{n}=1</script>",
    "templates": "<template><p>x</p></template>",
    "comments": "<!--x-->gate ",
    "entities": "&amp;&eacute;&#8217;{n} ",
    "stars": "**a{n}** ",
    "abbreviations": "U.S. D. J. Mr. {n}. ",
    "quotation marks": "“{n} ",
    "changes": "Updated October 25, 2024 ",
    "addresses": "https://x.example/{n} ",
    "deep boxes": deep("<div>", "The gate {n}", "</div>"),
    "deep empty boxes": deep("<div> ", "", "</div>"),
    "deep authors": deep("<div class='author'>", "Ann Roe", "</div>"),
    "deep by-lines": "<p>" + deep("<span class='byline'>", "Ann Roe", "</span>") + "</p>",
    "deep links to authors": deep("<div>", "<a href='/author/ann'>Ann Roe</a>", "</div>"),
    "deep changes": deep("<div class='updated'>", "October 25, 2024", "</div>"),
    "deep times": deep("<div>", "<time datetime='2024-10-25'>October 25, 2024</time>", "</div>"),
    "deep emphasis": "<p>" + deep("<em>", "The gate {n} was shut.", "</em>") + "</p>",
    "deep sign-ups": deep("<div class='signup'>", "Join us", "</div>"),
    "deep captions": deep("<div itemprop='caption'>", "Join us", "</div>"),
    "deep media": deep("<div itemscope itemtype='x/ImageObject'><p itemprop='caption'>", "Gate", "</p></div>", 50),
    "deep articles": deep("<div itemscope itemtype='x/Article'>", "<b itemprop='author'>Ann</b>", "</div>"),
    "deep figures": deep("<article>", "<figure><img src=x></figure>" * 20, "</article>"),
    "deep tables": deep("<table><tr><th>a<td>", "The gate {n}", "</td></tr></table>", 40),
    "deep lists": deep("<ul><li>", "The gate {n}", "</li></ul>", 80),
    "deep quotations": deep("<blockquote>", "The gate {n}", "</blockquote>"),
    "deep headings": deep("<div>", "<h1>The gate {n}</h1>", "</div>"),
}
"""Pieces of which a page is made; `{n}` is their number."""

ENDLESS: dict[str, Callable[[int], str]] = {
    "a title": lambda size: f"<title>{'The gate | ' * (size // 11)}</title>",
    "a heading": lambda size: f"<h1>{'The gate | ' * (size // 11)}</h1>",
    "a description": lambda size: f"<meta property='og:description' content='{'The gate was. ' * (size // 14)}'>",
    "keywords": lambda size: f"<meta name='keywords' content='{'gate, ' * (size // 6)}'>",
    "a list of authors": lambda size: f"<meta name='author' content='{'Ann Roe, ' * (size // 9)}'>",
    "a by-line": lambda size: f"<div class='author'>By {'Ann Roe and ' * (size // 12)}</div>",
    "a body in JSON-LD": lambda size: json_ld({"@type": "NewsArticle", "articleBody": "word " * (size // 5)}),
    "a graph in JSON-LD": lambda size: json_ld(
        [{"@type": "NewsArticle", "headline": f"x{n}"} for n in range(size // 46)]
    ),
    "depth in JSON-LD": lambda size: JSON + '{"@graph":[' * (size // 11) + "</script>",
    "a class": lambda size: f"<div class='{'signup x' * (size // 8)}'><p>x</p></div>",
    "classes": lambda size: f"<div class='{' '.join(f'a{n}' for n in range(size // 7))}'><p>x</p></div>",
    "an address": lambda size: f"<p>{STORY}<a href='/author/{'x/' * (size // 2)}'>Ann</a></p>",
    "a picture": lambda size: f"<p>{STORY}<img src='data:image/png;base64,{'iVBORw0KGgoA' * (size // 12)}'></p>",
    "a script": lambda size: f"<script>{'var a = 1;' * (size // 10)}</script>",
    "a style": lambda size: f"<style>{'.a{color:red}' * (size // 13)}</style>",
    "a word": lambda size: f"<p>{'x' * size}</p>",
    "digits": lambda size: f"<p>{'1' * size}</p>",
    "mojibake": lambda size: f"<p>{'â€™Ã©' * (size // 12)}</p>",
    "marks on letters": lambda size: f"<p>{('e' + chr(0x301) * 40) * (size // 81)}</p>",
    "marks on one letter": lambda size: f"<p>e{chr(0x301) * (size // 2)}</p>",
}
"""What has no end, of about so many bytes."""

SHAPES = (*PIECES, *(f"endless {name}" for name in ENDLESS))


def page(shape: str, size: int) -> str:
    """Return a page of a shape, of at most so many bytes: its pieces, with a script for what their tags leave over."""
    if shape not in PIECES:
        return f"{HEAD}{ENDLESS[shape.removeprefix('endless ')](size)}<p>{STORY * 3}</p>"
    piece = PIECES[shape]
    tags, length = piece.count("<"), len(piece.format(n=10_000).encode())
    number = min(size // length, TAGS * size // 5_000_000 // tags if tags else size)
    made = "".join(piece.format(n=at) for at in range(number))
    rest = max(0, size - len(made.encode()))
    return f"{HEAD}{made}<p>{STORY * 3}</p><script>{'x' * rest}</script>"
