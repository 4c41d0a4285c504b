"""Of what documents of each kind are made: for tests and fuzzers that put the pieces together wrongly."""

from digest.sources.settings import Kind
from sources_making import STORY

PIECES: dict[str, list[str]] = {
    "feed": [
        "<rss version='2.0'><channel>", "<item>", "</item>", "<title>", "</title>", "<link>", "</link>", "<pubDate>",
        "</pubDate>", "<description>", "<![CDATA[", "]]>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>",
        "<media:content url='//[' medium='image'>", "<category/>", "2024-10-25", "&", "&amp;lt;", "<guid>",
        "<enclosure url='x'/>", "<author>", "<!ENTITY", "http://[", "</rss>",
    ],
    "page": [
        "<html lang='", "<script type='application/ld+json'>", '{"@type":"Article","headline":', "[[", "}",
        "<img src=x>", '{"@graph":[', "</script>", "<meta property='og:title' content='", "'>", "<h1>", "<p>", STORY,
        "<figure>", "<br>", "<a href='http://['>", "<figcaption>", "<time datetime='x' pubdate>", "<table><td>", "<li>",
        "<article>", "&#0;",
    ],
    "markdown": [
        "---\n", "+++\n", "title: ", "Title: x\n", "date: ", "2024-10-25", "image: {", "}", "[", "- ", "\n", "# ", "> ",
        "{{<", ">}}", "![a](", "http://[", ")", "<b>", "|a|\n|-|\n", "&a ", "*a ", "!!int x", "tags: ", STORY, "\t",
        ": ",
    ],
    "scrape": [
        "\n", "\n\n\n", "Follow us on social\n", "A headline of five words\n", "Notes\n", "A | B\n", STORY, "\n",
        "Top photo credit: x\n", "keep readingShow less\n", "|", "- ", "\x85", "“", ":",
    ],
    "json feed": [
        '{"version": "https://jsonfeed.org/version/1.1", "items": [', '{"title": "T", ', '"id": ', '"url": "/x", ',
        '"summary": ', '"content_html": "<p>', '"content_text": "', '"authors": [{"name": "',
        '"tags": ["', "]}", "}", "]",
        '"date_published": "2024-10-25T10:00:00Z", ', '"x"', "null", "1e999", "-", "[[", ",", '"', "\\u0000", "\\ud800",
    ],
    "sitemap": [
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>", "<url>", "</url>", "<loc>", "</loc>",
        "https://quay.example/a", "<lastmod>", "</lastmod>", "2024-10-25", "<news:news>", "</news:news>",
        "<news:publication_date>", "</news:publication_date>", "<news:title>", "</news:title>", "<image:image>",
        "<sitemapindex>", "<sitemap>", "</sitemap>", "</urlset>", "&amp;", "&", "<![CDATA[", "]]>", "http://[", "<a ",
    ],
    "list": [
        "title,url,source,author,published,section,kicker,text,image\n", "title;url\n", "sep=;\n", '"', '""', ",", ";",
        "\t", "\n", "\r\n", "https://gate.example/a", "2024-10-25", '{"title": "T", ', '"url": "https://a.example"}',
        "[", "]", "{}", "null", "http://[", "<b>", "&amp;", "\x00", "\u2028",
    ],
    "opml": [
        '<opml version="2.0">', "<body>", "<outline ", 'text="', 'title="', 'xmlUrl="', '"', "/>", ">", "</outline>",
        "https://quay.example/feed", "</body>", "</opml>", "&amp;", "&", "<!--", "-->", "<![CDATA[", "\ufeff",
    ],
    "date": [
        "2024-10-25", "T10:00:00Z", "Fri, ", "25 Oct 2024 ", "October", "17:30", ":", " +0100", "-05:00",
        " GMT", " EST",
        "AM", "pm", "24", "10/11/12", "2024-W43", "Q3", ".", "8" * 30, "12th", "of", " ", "-", "/", ",", "nineteen",
    ],
    "wordpress": [
        '[{"id": ', '"link": "https://quay.example/a", ', '"title": {"rendered": "T"}, ',
        '"content": {"rendered": "<p>',
        '"date_gmt": "2024-10-25T10:00:00", ', '"_embedded": {', '"wp:term": [[', '"author": [', '"name": "',
        '"}', "}", "]",
        "null", "1", ",", '"', '"excerpt": {"rendered": "', '"guid": {"rendered": "', '"wp:featuredmedia": [{',
    ],
    "ghost": [
        '{"posts": [{', '"id": "', '"title": "T", ', '"url": "https://quay.example/a", ', '"html": "<p>', '"tags": [{',
        '"authors": [{"name": "', '"published_at": "2024-10-25T10:00:00.000+00:00", ', '"primary_tag": ',
        '"}', "}", "]",
        "null", "1", ",", '"', '"custom_excerpt": "', '"feature_image": "', '"meta": {"pagination": {',
    ],
}  # fmt: skip

KINDS: dict[str, Kind] = {
    "feed": "feed",
    "page": "page",
    "markdown": "markdown",
    "scrape": "scrape",
    "json feed": "feed",
    "sitemap": "sitemap",
    "list": "list",
    "wordpress": "wordpress",
    "ghost": "ghost",
}
"""Of which kind each is as a source; OPML and dates are none."""

WHOLE: dict[str, str] = {
    "feed": "<rss version='2.0'><channel><item><title>T</title></item></channel></rss>",
    "page": f"<h1>T</h1><p>{STORY}</p>",
    "markdown": f"---\ntitle: T\n---\n{STORY}",
    "scrape": f"A headline of five words\n\n{STORY}",
    "json feed": '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "T"}]}',
    "sitemap": "<urlset><url><loc>https://quay.example/a</loc></url></urlset>",
    "list": "title,url\nT,https://gate.example/a\n",
    "wordpress": '[{"id": 1, "link": "https://quay.example/a", "title": {"rendered": "T"}}]',
    "ghost": '{"posts": [{"id": "1", "title": "T", "url": "https://quay.example/a"}]}',
}
"""A whole document of each kind, with one article."""
