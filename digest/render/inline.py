"""A page with style sheets becomes a mail with styles in its elements.

A page has two blocks: a plain `<style>`, which is written into the elements and goes, and
`<style data-premailer="ignore">`, which stays as it is: media queries, dark mode, hover.

The first block holds plain selectors alone (types and classes), so that an element's style depends on its tag, its
classes and its own style, and on nothing around it. premailer is therefore shown one sample of each such element
(`digest.render.sheet`), and what it makes of them is written into the page. It never sees the page itself, of which it
would rewrite entities, addresses and services' tags; and a second page with the same elements costs it nothing: 25
stories are inlined in 1 ms instead of 9.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from html import escape, unescape
from pathlib import Path
from typing import NamedTuple

from digest.errors import TemplateError
from digest.model.tags import PREFIX
from digest.render.styles import Element, styles_of

DOCTYPE = "<!DOCTYPE html>"
"""Exactly so: an old mail client takes anything else for a page of the nineties."""

_MARK = 'data-premailer="ignore"'
"""On the style block that stays."""

_BLOCK = re.compile(r"<style([^>]*)>(.*?)</style>", re.DOTALL)
_SHEET = re.compile(r"<link\b[^>]*\bstylesheet\b", re.IGNORECASE)
_IMPORT = re.compile(r"@import\b", re.IGNORECASE)
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_SELECTOR = re.compile(r"([^{}]+)\{")
_LOST = re.compile(r"[@*:\[]")
"""In a selector of the first block: premailer drops such a rule, moves it, or weighs it wrongly."""
_AROUND = re.compile(r"[#>+~]|[^\s,]\s+[^\s,]")
"""In a selector of the first block: it asks for more than a tag and classes."""

_OPENER = re.compile(r"\{[{%#$]|\}\}|\*\||\[\[|%%|\$\{|<%")
"""What a mailing service's template engine takes for a tag. In texts it is neutralised when the mail is handed over."""

_TOKEN = re.compile(
    r"""<!--.*?-->|<style[^>]*>.*?</style>\n?|<([a-z][a-z0-9]*)((?:\s+[\w:-]+(?:=(?:"[^"]*"|'[^']*'))?)*)\s*/?>""",
    re.DOTALL,
)
"""A comment (what only Outlook reads stands in one), a style block, or an element's tag with its attributes."""
_ATTRIBUTE = re.compile(r"""\s+([\w:-]+)(?:=("[^"]*"|'[^']*'))?""")
_TAG = re.compile(r"<[A-Za-z][^>]*>?")
_UNCLOSED = re.compile(r"\{[^{}]*(?:\{|\Z)|(?:\}|\A)[^{}]*\}")
"""A brace that opens where one is open, or that closes where none is."""
_TARGETS = frozenset({"background", "href", "src"})
_SOUND = re.compile(rf"(?:https?://|mailto:|#|{PREFIX}|\Z)", re.IGNORECASE)


Place = Callable[[str], str]
"""Finds the file and line that a text of the page comes from."""


class _Tag(NamedTuple):
    """An element's tag: what its style depends on, and its attributes as they stand, each with its quotes."""

    element: Element
    attributes: tuple[tuple[str, str], ...]


def inline(page: str, *, place: Place, folder: Path | None = None) -> str:
    """Return the page with its first style block written into its elements; all else stays as it is.

    `place` finds the file and line that a text of the page comes from, for messages. `folder` is where styles are kept
    from one process to the next; it changes the time, never the bytes.

    Classes that the kept block does not use go, the space behind each `;` and `,` of a style, and the references to
    quotation marks that texts do not need.

    Raises:
        TemplateError: the page cannot be inlined soundly; `where` is the template that the fault comes from.

    """
    page = page.strip()
    _check_page(page, place)
    tokens = list(_TOKEN.finditer(page))
    _check_read(page, tokens, place)
    blocks = [_BLOCK.match(token[0]) for token in tokens if token[0].startswith("<style")]
    written = " ".join(block[2] for block in blocks if block and not block[1])
    kept = " ".join(block[2] for block in blocks if block and _MARK in block[1])
    _check_styles(written, kept, [token[0] for token in tokens if "<style" in token[0]], place)
    different = {token[0]: token for token in tokens if token[1]}
    tags = {text: _tag(token) for text, token in different.items()}
    _check_targets(tags.values(), place)
    styles = styles_of({tag.element for tag in tags.values()}, written, folder)
    dressed = {text: _dressed(tag, styles[tag.element], _classes(kept)) for text, tag in tags.items()}
    return "".join(_pieces(page, tokens, dressed)) + "\n"


def _pieces(page: str, tokens: Iterable[re.Match[str]], dressed: Mapping[str, str]) -> Iterator[str]:
    """Yield the mail's pieces: texts, and between them tags with their styles, comments and the kept block."""
    at = 0
    for token in tokens:
        start = token.start()
        if at < start:
            yield _plain(page[at:start])
        text = token[0]
        yield dressed[text] if text in dressed else _untagged(text)
        at = token.end()
    yield _plain(page[at:])


def _plain(text: str) -> str:
    """Return a text with its quotation marks written out: only an attribute needs references for them."""
    return text.replace("&#39;", "'").replace("&#34;", '"')


def _untagged(token: str) -> str:
    """Return a comment as it is, the kept block without its mark, and nothing for the block that was written."""
    if token.startswith("<!--"):
        return token
    return token.replace(f" {_MARK}", "", 1) if _MARK in token else ""


def _tag(token: re.Match[str]) -> _Tag:
    """Return an element's tag, read."""
    attributes = _ATTRIBUTE.findall(token[2])
    said = {name: value[1:-1] for name, value in attributes if name in {"class", "style"}}
    element = Element(token[1], unescape(said.get("class", "")), unescape(said.get("style", "")))
    return _Tag(element, tuple(attributes))


@lru_cache(maxsize=32)
def _classes(css: str) -> frozenset[str]:
    """Return the classes that a style block names."""
    return frozenset(re.findall(r"\.([A-Za-z][\w-]*)", css))


def _dressed(tag: _Tag, style: str, used: frozenset[str]) -> str:
    """Return an element's tag with its style, and without classes that do nothing any more."""
    kept = " ".join(word for word in tag.element.classes.split() if word in used)
    said = f' class="{escape(kept)}"' if kept else ""
    for name, value in tag.attributes:
        if name not in {"class", "style"}:
            said += f" {name}={value}" if value else f" {name}"
    return f'<{tag.element.tag}{said} style="{style}">' if style else f"<{tag.element.tag}{said}>"


def _check_page(page: str, place: Place) -> None:
    """Refuse what no mail can be."""
    if not page.startswith(DOCTYPE):
        raise TemplateError(
            f"does not begin with {DOCTYPE}", where=place(""), hint="write it so, with nothing before it"
        )
    if page.rfind("<!--") > page.rfind("-->"):
        raise TemplateError("a comment is not closed", where=place("<!--"), hint="end it with -->")
    sheet = _SHEET.search(page)
    if sheet:
        hint = "put its rules into theme.css"
        raise TemplateError(f"refers to a style sheet: {sheet[0]}", where=place(sheet[0]), hint=hint)


def _check_read(page: str, tokens: Iterable[re.Match[str]], place: Place) -> None:
    """Refuse a tag or a style block that is not read: its elements would be left without a style, without a word."""
    at = 0
    for token in tokens:
        _check_text(page[at : token.start()], place)
        if token[0].startswith("<style"):
            attributes = token[0][len("<style") : token[0].index(">")].strip()
            if attributes not in {"", _MARK}:
                hint = f"<style> is written into elements, <style {_MARK}> stays a block"
                raise TemplateError(f"a style block is neither: <style {attributes}>", where=place("<style"), hint=hint)
        at = token.end()
    _check_text(page[at:], place)


def _check_text(text: str, place: Place) -> None:
    found = _TAG.search(text)
    if found:
        hint = 'write tags and attributes in small letters, without spaces round =, values in quotes: width="100"'
        raise TemplateError(f"a tag cannot be read: {found[0]}", where=place(found[0]), hint=hint)


def _check_styles(written: str, kept: str, blocks: Iterable[str], place: Place) -> None:
    """Refuse what premailer would take amiss without a word, and what a mailing service would; `blocks` are whole."""
    sheet = _IMPORT.search(written) or _IMPORT.search(kept)
    if sheet:
        hint = "put its rules into theme.css"
        raise TemplateError(f"refers to a style sheet: {sheet[0]}", where=place(sheet[0]), hint=hint)
    opener = next(filter(None, (_OPENER.search(css) for block in blocks for _, css in _BLOCK.findall(block))), None)
    if opener:
        hint = "a mailing service would read a tag there: put a space or a line between the two"
        raise TemplateError(f"a style block holds {opener[0]!r}", where=place(opener[0]), hint=hint)
    fault = _fault_of(written)
    if fault:
        raise TemplateError(fault.message, where=place(fault.text), hint=fault.hint)


class _Fault(NamedTuple):
    """What is wrong with a style sheet, the text that it is about, and what to do."""

    message: str
    text: str
    hint: str


@lru_cache(maxsize=32)
def _fault_of(css: str) -> _Fault | None:
    """Return the first rule that cannot be written into elements, each seen by itself; None where all can."""
    rules = _REMARK.sub("", css)
    unclosed = _UNCLOSED.search(rules)
    if unclosed and "@" not in rules:
        return _Fault("a rule is not closed", unclosed[0].strip().splitlines()[0], "every { has its }")
    for found in map(str.strip, _SELECTOR.findall(rules)):
        says = f"{found!r} cannot be written into elements"
        if _LOST.search(found):
            return _Fault(says, found, "move the rule to clients.css, which stays a block")
        if _AROUND.search(found):
            hint = "give the element a class of its own, or move the rule to clients.css, which stays a block"
            return _Fault(says, found, hint)
    return None


def _check_targets(tags: Iterable[_Tag], place: Place) -> None:
    """Refuse a link or a picture that leads nowhere."""
    for tag in tags:
        for name, value in tag.attributes:
            if name in _TARGETS and not _SOUND.match(value[1:-1]):
                hint = "an address begins with https:// or mailto:, a service's tag is written {{ tag('unsubscribe') }}"
                raise TemplateError(f"not an address: {value[1:-1]!r}", where=place(value[1:-1]), hint=hint)
