"""What the Email Markup Consortium's yearly report counts in mails, rebuilt: each row gives the elements that fail it.

Sources: the report of 2026 (emailmarkup.org/en/reports/accessibility/2026/), which names the rows and how many of
376,348 mails fail each, and what the makers of its checker say of it (parcel.io/blog/accessibility-checker-updates).
Contrast, and links that only their colour tells, need a browser: `judges/page.js` has them.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from lxml import html

Rows = dict[str, Callable[[Any], Iterator[Any]]]

LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
DIRECTIONS = frozenset({"ltr", "rtl", "auto"})
GENERIC = frozenset(
    {
        "click here",
        "click",
        "here",
        "this",
        "read more",
        "read",
        "more",
        "learn more",
        "find out more",
        "see more",
        "view more",
        "continue",
        "continue reading",
        "link",
        "details",
        "more details",
        "download",
        "info",
        "go",
        "start",
        "hier",
        "hier klicken",
        "mehr",
        "mehr lesen",
        "weiterlesen",
        "mehr erfahren",
        "ici",
        "cliquez ici",
        "lire la suite",
        "en savoir plus",
        "aquí",
        "haga clic aquí",
        "leer más",
        "más",
        "saber más",
    }
)
"""Link texts that say nothing without what stands around them."""

FILE_NAME = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|svg|avif)\Z|(?:image|img|picture|photo|spacer)\d*\Z", re.IGNORECASE)


def failing(mail: str, row: str) -> list[str]:
    """Return the elements of the mail that fail the row, as they are written."""
    return [_shown(found) for found in ROWS[row](html.document_fromstring(mail))]


def _shown(found: Any) -> str:
    text = found if isinstance(found, str) else html.tostring(found, encoding="unicode")
    return " ".join(text.split())[:200]


def _name(element: Any) -> str:
    """Return what a screen reader calls an element: its label, else its text and its pictures'."""
    pictures = [image.get("alt", "") for image in element.iter("img")]
    return " ".join((element.get("aria-label") or " ".join([element.text_content(), *pictures])).split())


def _document_language(page: Any) -> Iterator[Any]:
    if not LANGUAGE.fullmatch(page.get("lang", "")):
        yield "<html> has no language"


def _document_direction(page: Any) -> Iterator[Any]:
    if page.get("dir") not in DIRECTIONS:
        yield "<html> has no direction"


def _children(page: Any) -> Iterator[Any]:
    return (child for child in page.body if isinstance(child.tag, str))


def _body_language(page: Any) -> Iterator[Any]:
    return (child for child in _children(page) if not LANGUAGE.fullmatch(child.get("lang", "")))


def _body_direction(page: Any) -> Iterator[Any]:
    return (child for child in _children(page) if child.get("dir") not in DIRECTIONS)


def _every_language(page: Any) -> Iterator[Any]:
    return (element for element in page.xpath("//*[@lang]") if not LANGUAGE.fullmatch(element.get("lang")))


def _title(page: Any) -> Iterator[Any]:
    if not (page.findtext("head/title") or "").strip():
        yield "the document has no title"


def _layout_tables(page: Any) -> Iterator[Any]:
    return (table for table in page.iter("table") if table.get("role") not in {"presentation", "none"})


def _tables_in_outlook(page: Any) -> Iterator[Any]:
    """Tables that only Outlook sees stand in comments."""
    for comment in page.iter(html.etree.Comment):
        yield from (tag for tag in re.findall(r"<table[^>]*>", comment.text or "") if 'role="presentation"' not in tag)


def _headings(page: Any) -> list[Any]:
    return list(page.iter("h1", "h2", "h3", "h4", "h5", "h6"))


def _one_h1(page: Any) -> Iterator[Any]:
    found = [heading for heading in _headings(page) if heading.tag == "h1"]
    if len(found) != 1:
        yield f"{len(found)} elements h1"


def _heading_order(page: Any) -> Iterator[Any]:
    level = 0
    for heading in _headings(page):
        if int(heading.tag[1]) > level + 1:
            yield heading
        level = int(heading.tag[1])


def _empty_headings(page: Any) -> Iterator[Any]:
    return (heading for heading in _headings(page) if not _name(heading))


def _links_without_text(page: Any) -> Iterator[Any]:
    return (link for link in page.iter("a") if not _name(link))


def _links_without_address(page: Any) -> Iterator[Any]:
    return (link for link in page.iter("a") if not re.match(r"(?:https?|mailto|tel):\S", link.get("href", "")))


def _generic_links(page: Any) -> Iterator[Any]:
    return (link for link in page.iter("a") if _name(link).casefold().strip(" .…›»→>") in GENERIC)


def _pictures_without_alt(page: Any) -> Iterator[Any]:
    return (image for image in page.iter("img") if image.get("alt") is None)


def _alts_that_are_files(page: Any) -> Iterator[Any]:
    return (image for image in page.iter("img") if FILE_NAME.match(image.get("alt", "")))


def _vml(page: Any) -> Iterator[Any]:
    """Outlook's drawings need an alt, and neither links nor headings in them can be reached."""
    for comment in page.iter(html.etree.Comment):
        for drawing in re.findall(
            r"<v:(?:rect|roundrect|oval|image|shape|line)\b.*?(?=</v:|\Z)", comment.text or "", re.DOTALL
        ):
            opened = drawing.partition(">")[0]
            if not re.search(r"\balt=", opened) or re.search(r"\bhref=|<h[1-6]\b|<a\b", drawing):
                yield drawing


def _justified(page: Any) -> Iterator[Any]:
    return (
        element for element in page.xpath("//*[@style]") if re.search(r"text-align:\s*justify", element.get("style"))
    )


def _zoom(page: Any) -> Iterator[Any]:
    held = re.compile(r"user-scalable\s*=\s*(?:no|0)|maximum-scale\s*=\s*[01]\b")
    return (meta for meta in page.xpath("//meta[@name='viewport']") if held.search(meta.get("content", "")))


def _charset(page: Any) -> Iterator[Any]:
    if page.xpath("string(//meta[@charset]/@charset)").lower() != "utf-8":
        yield "the document does not say that it is UTF-8"


def _article(page: Any) -> Iterator[Any]:
    named = [element for element in page.xpath("//*[@role='article']") if element.get("aria-label", "").strip()]
    if len(named) != 1:
        yield f"{len(named)} named elements of role article"


ROWS: Rows = {
    "body's children have a direction (97 % fail)": _body_direction,
    "body's children have a language (96 %)": _body_language,
    "layout tables say so (84 %)": _layout_tables,
    "layout tables that only Outlook sees say so": _tables_in_outlook,
    "there is one h1 (77 % have none)": _one_h1,
    "links have text (72 %)": _links_without_text,
    "the document has a language (67 %)": _document_language,
    "pictures have an alternative text (48 %)": _pictures_without_alt,
    "the document has a title (41 %)": _title,
    "links say where they lead (18 %)": _generic_links,
    "the document has a direction": _document_direction,
    "every language is one": _every_language,
    "headings are in order": _heading_order,
    "headings have text": _empty_headings,
    "links have an address": _links_without_address,
    "no alternative text is a file's name": _alts_that_are_files,
    "Outlook's drawings have a text and hold no link or heading": _vml,
    "no text is justified": _justified,
    "the window can be zoomed": _zoom,
    "the document is UTF-8": _charset,
    "one article is the mail, and has a name": _article,
}
