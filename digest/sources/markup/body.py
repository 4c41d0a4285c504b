"""HTML into blocks: the one reader for feeds, pages and Markdown. Loads lxml: import it where it is needed."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from lxml import etree
from lxml import html as lxml_html

from digest.model.article import Block, BlockKind, Cut, Link
from digest.sources.bounds import is_crowded
from digest.sources.markup.bold import ASKED, interview, is_bold, is_run_in
from digest.sources.markup.boxes import box, is_note
from digest.sources.markup.tails import without_tail
from digest.summarizer.furniture import furniture
from digest.text.clean import clean_text, readable
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
_C1 = re.compile(r"[\x80-\x9f]")
"""Controls that are cp1252 read as latin-1: trafilatura drops them, and they are quotation marks and letters."""

_NO_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NO_REFERENCE = re.compile(
    r"&#(?:0{0,9}(?:[0-8]|1[124-9]|2[0-9]|3[01]|6553[45])(?![0-9])"
    r"|[xX]0{0,9}(?:[0-8bcefBCEF]|1[0-9a-fA-F]|[fF]{3}[eEfF])(?![0-9a-fA-F]));?"
)
"""Characters, and references to them, that no XML tree may hold: trafilatura raises over them."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x80-\x9f\ufffe\uffff\ud800-\udfff]")
"""All characters of these two kinds: nearly every text has none of them."""

_PLAIN = etree.ElementDefaultClassLookup(element=lxml_html.HtmlElement)
"""One class for all elements: lxml.html asks a function of Python's for each, a sixth of the time of reading a page."""

_MARKED = re.compile(r"\*\*(?=[^\s*])([^*]{1,200})(?<=\S)\*\*")
"""Bold of Markdown that nobody rendered."""

_ABSOLUTE = re.compile(
    r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*/[\w\-.~/]*(?:\?[\w\-.~/=&]+)?(?:#[\w\-.~/=&]+)?", re.ASCII
)
"""An address that is whole and is not changed by a base: most links of feeds and pages."""

_LINKS = frozenset(("a", "ref"))
_BREAKS = frozenset(("br", "lb"))
_CELLS = frozenset(("td", "th", "cell"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What a story says, and what stood among it without being the story."""

    blocks: tuple[Block, ...] = ()
    left_out: tuple[Cut, ...] = ()


def parse_html(text: str) -> Any:  # noqa: ANN401 - lxml has no types
    """Return the tree of a page or a fragment, or None where there is nothing in it that is made to be read."""
    if is_crowded(text):
        return None
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(_PLAIN)
    if _CONTROL.search(text):
        text = _NO_CHARACTER.sub(" ", readable(text) if _C1.search(text) else text)
    try:
        return lxml_html.document_fromstring(_NO_REFERENCE.sub(" ", text).encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def read_tree(tree: Any, base: str) -> Body:  # noqa: ANN401 - lxml has no types
    """Return the body that a tree holds, of HTML or of trafilatura; relative links are read against `base`."""
    if tree is None:
        return Body()
    return _Reader(base=base).read(tree)


def absolute(href: str, base: str) -> str:
    """Return the web address that `href` names on a page at `base`; "" where it names none, or only the page itself."""
    if not href.strip() or href.startswith("#"):
        return ""
    if _ABSOLUTE.fullmatch(href):
        return href
    try:
        url = urljoin(base, href.strip())
    except ValueError:  # a bracket that is not closed
        return ""
    return url if host(url) else ""


@dataclass(slots=True, kw_only=True)
class _Reader:
    """Walks a tree once, without recursion: depth is up to whoever wrote the page.

    `pieces` and `links` are those of the block that is being read, `line` is where its last line begins among the
    pieces, `anchors` where the open links do. `bold` counts the open bold elements; `strong` and `plain` tell whether
    the block has words inside and outside them. `opening` counts the pieces and the links of the bold words that open
    the block.
    """

    base: str
    blocks: list[Block] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)
    kinds: list[BlockKind] = field(default_factory=lambda: ["paragraph"])
    pieces: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    anchors: list[int] = field(default_factory=list)
    line: int = 0
    bold: int = 0
    strong: bool = False
    plain: bool = False
    opening: tuple[int, int] = (0, 0)

    def read(self, tree: Any) -> Body:  # noqa: ANN401 - lxml has no types
        walk, boxed = etree.iterwalk(tree, events=("start", "end")), None
        for event, node in walk:
            if event == "end":
                self.close(node, boxed=node is boxed)
            elif node.tag in _UNSEEN or is_note(node):
                walk.skip_subtree()
            elif why := box(node):
                self.flush()
                self.cut(clean_text(" ".join(node.itertext())), why)
                walk.skip_subtree()
                boxed = node
            else:
                self.open(node)
        self.flush()
        return Body(blocks=interview(self.blocks), left_out=tuple(self.cuts))

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
        elif is_bold(node):
            self.bold += 1
        self.say(node.text or "")

    def close(self, node: Any, *, boxed: bool) -> None:  # noqa: ANN401 - lxml has no types
        if boxed:
            pass
        elif node.tag in _BLOCKS:
            self.flush()
            self.kinds.pop()
        elif node.tag in _LINKS and self.anchors:
            self.link(node.get("href") or node.get("target") or "", self.anchors.pop())
        elif is_bold(node):
            self.bold -= 1
            self.opening = (len(self.pieces), len(self.links)) if self.all_bold() else self.opening
        self.say(node.tail or "")

    def say(self, text: str) -> None:
        """Add a piece of text to the block."""
        self.pieces.append(text)
        if text.strip():
            self.strong, self.plain = self.strong or self.bold > 0, self.plain or not self.bold

    def all_bold(self) -> bool:
        """Tell whether all that the block says so far is bold, as questions in an interview are."""
        return self.strong and not self.plain and self.kinds[-1] == "paragraph"

    def new_line(self) -> None:
        """Begin a line; an empty one ends the paragraph, as two `<br>` in a row are meant to; so does a question."""
        asked = self.all_bold() and "".join(self.pieces).rstrip().endswith(ASKED)
        if not asked and any(piece.strip() for piece in self.pieces[self.line :]):
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
        """End a block, if there is one; a link that is still open goes on in the next one."""
        if any(map(str.strip, self.pieces)):
            self.end()
        self.pieces.clear()
        self.links.clear()
        self.anchors = [0] * len(self.anchors)
        self.line = 0
        self.strong = self.plain = False
        self.opening = (0, 0)

    def end(self) -> None:
        """Add what the block says; bold words that open it may be a heading of their own."""
        pieces, links = self.opening
        head = clean_text("".join(self.pieces[:pieces])) if self.plain and self.kinds[-1] == "paragraph" else ""
        rest = clean_text("".join(self.pieces[pieces:])) if head else ""
        if is_run_in(head, rest):
            self.block("heading", head, self.links[:links])
            self.block(self.kinds[-1], rest, self.links[links:])
        else:
            text = clean_text("".join(self.pieces)).strip(" |")
            self.block("question" if self.all_bold() else self.kinds[-1], text, self.links)

    def block(self, kind: BlockKind, text: str, links: list[Link]) -> None:
        """Add a block, without what is no part of the story."""
        story, tail = without_tail(_MARKED.sub(r"\1", text) if "**" in text else text)
        if why := furniture(story):
            self.cut(story, why)
        elif story:
            kept = [link for link in links if link.text in story] if tail else links
            self.blocks.append(Block(kind=kind, text=story, links=tuple(kept)))
        self.cut(tail, "tail")

    def cut(self, text: str, why: str) -> None:
        if text:
            self.cuts.append(Cut(text=text, why=why))
