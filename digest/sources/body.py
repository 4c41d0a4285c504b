"""HTML into blocks: the one reader for feeds, pages and Markdown. Loads lxml: import it where it is needed."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from lxml import etree
from lxml import html as lxml_html

from digest.model.article import Block, BlockKind, Cut, Image, Link
from digest.summarizer.furniture import furniture
from digest.text.clean import clean_text
from digest.text.urls import host

# HTML's names, and those of trafilatura's own tree.
_KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "head"), "heading"),
    **dict.fromkeys(("blockquote", "quote"), "quote"),
    **dict.fromkeys(("li", "dd", "item"), "item"),
}
_BLOCKS = frozenset(
    (
        *_KINDS,
        *("address", "article", "body", "center", "details", "div", "dl", "dt", "footer", "header", "hr"),
        *("html", "list", "main", "ol", "p", "pre", "row", "section", "summary", "table", "tbody", "tfoot"),
        *("thead", "tr", "ul"),
    )
)
_UNSEEN = frozenset(
    (
        *("audio", "canvas", "embed", "iframe", "img", "input", "math", "noscript", "object", "script", "select"),
        *("style", "svg", "template", "textarea", "title", "video"),
    )
)
_LINKS = frozenset(("a", "ref"))
_BREAKS = frozenset(("br", "lb"))
_CELLS = frozenset(("td", "th", "cell"))
_ASIDE = {
    **dict.fromkeys(("figure", "figcaption"), "caption"),
    **dict.fromkeys(("aside", "button", "form", "nav"), "aside"),
}
_CAPTION_CLASSES = frozenset(("wp-caption-text", "wp-element-caption", "caption", "image-caption", "photo-credit"))

_CREDIT = re.compile(
    r"(?:^|(?<=[\s.,;(|–—-]))\(?(?:(?:photo|photograph|image|picture|illustration)s?(?: credits?)?(?::| by:?\s)"
    r"|credits?:|©)\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What a story says, and what stood among it without being the story."""

    blocks: tuple[Block, ...] = ()
    left_out: tuple[Cut, ...] = ()


def parse_html(text: str) -> Any:  # noqa: ANN401 - lxml has no types
    """Return the tree of a page or a fragment, or None where there is nothing in it."""
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return lxml_html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def read_tree(tree: Any, base: str) -> Body:  # noqa: ANN401 - lxml has no types
    """Return the body that a tree holds, of HTML or of trafilatura; relative links are read against `base`."""
    if tree is None:
        return Body()
    return _Reader(base=base).read(tree)


def first_picture(tree: Any, base: str, *, like: str = "") -> Image | None:  # noqa: ANN401 - lxml has no types
    """Return a tree's first picture, or the one whose file is that of the address `like`."""
    for img in () if tree is None else tree.iter("img"):
        source = img.get("src") or ""
        url = absolute(img.get("data-src") or source if source.startswith("data:") else source, base)
        if url and (not like or _file(url) == _file(like)):
            caption, credit = _figure_words(img)
            return Image(
                url=url,
                alt=clean_text(img.get("alt") or ""),
                credit=credit,
                caption=caption,
                width=size(img.get("width")),
                height=size(img.get("height")),
            )
    return None


def absolute(href: str, base: str) -> str:
    """Return the web address that `href` names on a page at `base`; "" where it names none, or only the page itself."""
    if not href.strip() or href.startswith("#"):
        return ""
    try:
        url = urljoin(base, href.strip())
    except ValueError:  # a bracket that is not closed
        return ""
    return url if host(url) else ""


def size(stated: str | None) -> int:
    """Return a width or height in CSS pixels; 0 where it is not stated as such."""
    match = re.fullmatch(r"\s*(\d{1,5})(?:px)?\s*", stated or "", re.ASCII)
    return int(match[1]) if match else 0


def split_caption(text: str) -> tuple[str, str]:
    """Return caption and credit of a line under a picture ("The quay at dawn. Photo: Jo Doe")."""
    credits_ = list(_CREDIT.finditer(text))
    if not credits_:
        return text, ""
    last = credits_[-1]
    credit = text[last.end() :].strip(" ()[]")
    return text[: last.start()].rstrip(" (|–—-"), credit


def _file(url: str) -> str:
    """Return the file's name in an address, without the size that image services put behind it."""
    name = url.partition("?")[0].rstrip("/").rpartition("/")[2]
    return re.sub(r"-\d+x\d+(?=\.\w+$)", "", name)


def _figure_words(img: Any) -> tuple[str, str]:  # noqa: ANN401 - lxml has no types
    """Return the caption and the credit that the figure around a picture states."""
    for figure in img.iterancestors("figure"):
        marked = figure.xpath(".//*[contains(@class, 'credit') or contains(@itemprop, 'copyrightHolder')]")
        whole = clean_text(" ".join(text for each in figure.iter("figcaption") for text in each.itertext()))
        if not marked:
            return split_caption(whole)
        stated = clean_text(" ".join(marked[0].itertext()))
        return whole.replace(stated, "").strip(" |–—-"), split_caption(stated)[1] or stated
    return "", ""


def _aside(node: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return why an element is left out whole, "" where it is not."""
    if _CAPTION_CLASSES.intersection((node.get("class") or "").split()):
        return "caption"
    return _ASIDE.get(node.tag, "")


@dataclass(slots=True, kw_only=True)
class _Reader:
    """Walks a tree once, without recursion: depth is up to whoever wrote the page.

    `pieces` and `links` are those of the block that is being read, `line` is where its last line begins among the
    pieces, `anchors` where the open links do.
    """

    base: str
    blocks: list[Block] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)
    kinds: list[BlockKind] = field(default_factory=lambda: ["paragraph"])
    pieces: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    anchors: list[int] = field(default_factory=list)
    line: int = 0

    def read(self, tree: Any) -> Body:  # noqa: ANN401 - lxml has no types
        walk = etree.iterwalk(tree, events=("start", "end"))
        for event, node in walk:
            if event == "end":
                self.close(node)
            elif node.tag in _UNSEEN:
                walk.skip_subtree()
            elif why := _aside(node):
                self.flush()
                self.cut(clean_text(" ".join(node.itertext())), why)
                walk.skip_subtree()
            else:
                self.open(node)
        self.flush()
        return Body(blocks=tuple(self.blocks), left_out=tuple(self.cuts))

    def open(self, node: Any) -> None:  # noqa: ANN401 - lxml has no types
        if node.tag in _BLOCKS:
            self.flush()
            self.kinds.append(_KINDS.get(node.tag, self.kinds[-1]))
        elif node.tag in _BREAKS:
            self.new_line()
        elif node.tag in _CELLS and any(piece.strip() for piece in self.pieces):
            self.pieces.append(" | ")
        elif node.tag in _LINKS:
            self.anchors.append(len(self.pieces))
        self.pieces.append(node.text or "")

    def close(self, node: Any) -> None:  # noqa: ANN401 - lxml has no types
        if node.tag in _BLOCKS and not _aside(node):
            self.flush()
            self.kinds.pop()
        elif node.tag in _LINKS and self.anchors:
            self.link(node.get("href") or node.get("target") or "", self.anchors.pop())
        self.pieces.append(node.tail or "")

    def new_line(self) -> None:
        """Begin a line; an empty one ends the paragraph, as two `<br>` in a row are meant to."""
        if any(piece.strip() for piece in self.pieces[self.line :]):
            self.pieces.append("\n")
            self.line = len(self.pieces)
        else:
            self.flush()

    def link(self, href: str, start: int) -> None:
        text = clean_text("".join(self.pieces[start:]))
        url = absolute(href, self.base)
        if text and url:
            self.links.append(Link(text=text, url=url))

    def flush(self) -> None:
        """End a block; a link that is still open goes on in the next one."""
        text, links = clean_text("".join(self.pieces)).strip(" |"), tuple(self.links)
        self.pieces.clear()
        self.links.clear()
        self.anchors = [0] * len(self.anchors)
        self.line = 0
        if why := furniture(text):
            self.cut(text, why)
        elif text:
            self.blocks.append(Block(kind=self.kinds[-1], text=text, links=links))

    def cut(self, text: str, why: str) -> None:
        if text:
            self.cuts.append(Cut(text=text, why=why))
