"""The text scrape: what a crawler keeps of a page, one line a paragraph. From each comes exactly one article.

Only the structure tells the article from what is around it (furniture lines apart): the teasers of other articles are
well-formed prose too, a third of such a file, and no classifier of paragraphs finds them. The layout, top to bottom:

    chrome, the picture's alt text, HEADLINE, dek, a line with the kind and the section ("Reporting | Harbour")
    the body, a line a paragraph
    two empty lines, then the picture's own credit or the headline again
    teasers: alt text, credit, headline, section, some paragraphs, "keep reading"
    the foot

Every part but headline and body may be missing. A date is never taken from a scrape: those in it are of other things.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digest.model.article import Block, BlockKind, Cut, Document, Image, Problem, Sighting
from digest.sources.report import problem
from digest.sources.settings import Reading, SourceSettings
from digest.summarizer.furniture import furniture
from digest.text.clean import clean_text, decode
from digest.text.urls import canonical_url
from digest.text.words import short_id, words

_CREDIT = re.compile(
    r"(?:(?:top|lead|main|cover|header|hero)\s+)?(?:photo|photograph|image|picture|illustration)s?\s+credits?\b[\s:\"”]*",
    re.IGNORECASE,
)
_TEASER_END = re.compile(r"(?:keep|continue) reading(?:\s*show less)?\W*", re.IGNORECASE)
_MARKER = re.compile(r"(?:[-*•‣◦▪]|\d{1,2}[.)])\s+(?=\S)")
_STOPS = frozenset(".!?…:;,\"'”’»)]。！？؟।")
_QUOTES = ("“", '"', "‘", "«", "„", "'")

_LABEL = 4
"""Words: the longest section seen has three, the shortest headline five."""
_HEADING = 12
_PROSE = 8
"""Words: a line with fewer is no paragraph that a body could begin with."""
_DEK = 12
"""Words: of two lines above the body the second is a dek, not a headline, from this length on."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not empty: its text, and how many empty ones stand before it."""

    text: str
    gap: int

    @property
    def count(self) -> int:
        return len(words(self.text))

    @property
    def is_label(self) -> bool:
        """Tell whether this may be a section, an alt text, a tag: few words, each part, and no stop."""
        parts = self.text.split("|")
        return self.text[-1] not in _STOPS and all(0 < len(words(part)) <= _LABEL for part in parts)

    @property
    def is_prose(self) -> bool:
        return self.text[-1] in _STOPS and self.count >= _PROSE


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """What stands above the body."""

    alt: str = ""
    title: str = ""
    dek: str = ""
    section: str = ""
    credit: str = ""


_Parts = tuple[Sequence[_Line], Sequence[_Line], Sequence[Cut]]
"""The body's lines, those below it, and the furniture."""


def parse(document: Document, settings: SourceSettings, reading: Reading) -> Iterator[Sighting | Problem]:
    """Yield the one article of a scrape, or the problem that there is none."""
    del reading  # nothing in a scrape is read against the clock, a zone or a site
    lines, chrome = _lines(decode(document.body, document.charset))
    start = _body_start(lines)
    end = _body_end(lines, start)
    head = _head(lines[:start])
    if not head.title or start == end:
        message = "no article was found in the text" if lines else "there is no text in it"
        yield problem(document, message, hint="a scrape has a headline, then a paragraph a line")
        return
    yield _sighting(document, settings, head, (lines[start:end], lines[end:], chrome))


def _lines(text: str) -> tuple[list[_Line], list[Cut]]:
    """Return the lines that may be of the article or of a teaser, and the furniture between them."""
    lines: list[_Line] = []
    cuts: list[Cut] = []
    empty = gap = 0
    for raw in text.splitlines():
        line = clean_text(raw)
        if not line:
            empty += 1
            gap = max(gap, empty)
            continue
        empty = 0
        if (why := furniture(line)) and not (_CREDIT.match(line) or _TEASER_END.fullmatch(line)):
            cuts.append(Cut(text=line, why=why))
        else:
            lines.append(_Line(line, gap))
            gap = 0
    return lines, cuts


def _body_start(lines: Sequence[_Line]) -> int:
    """Return where the body begins: behind the section, else at the first paragraph below a headline."""
    for at, line in enumerate(lines[1:6], 1):
        if line.is_label and at + 1 < len(lines) and lines[at + 1].is_prose and not _CREDIT.match(lines[at - 1].text):
            return at + 1
    prose = (at for at, line in enumerate(lines) if at and line.is_prose)
    stopped = (at for at, line in enumerate(lines) if at and line.text[-1] in _STOPS)
    return next(prose, next(stopped, len(lines)))


def _head(lines: Sequence[_Line]) -> _Head:
    """Return what the lines above the body are."""
    credit = next((at for at, line in enumerate(lines) if _CREDIT.match(line.text)), None)
    alt = lines[credit - 1].text if credit and lines[credit - 1].is_label else ""
    rest = [line for line in lines if not _CREDIT.match(line.text) and line.text != alt]
    section = rest.pop().text if len(rest) > 1 and rest[-1].is_label else ""
    dek = rest.pop().text if len(rest) > 1 and _is_dek(rest[-1], below=rest[-2]) else ""
    title = rest.pop().text if rest else ""
    return _Head(
        alt=alt or (rest[-1].text if rest and rest[-1].is_label else ""),
        title=title,
        dek=dek,
        section=section,
        credit=_CREDIT.sub("", lines[credit].text, count=1) if credit is not None else "",
    )


def _is_dek(line: _Line, *, below: _Line) -> bool:
    """Tell whether a line is the dek below a headline, rather than the headline below an alt text."""
    return not below.is_label or line.count >= _DEK or (line.is_prose and line.text.endswith("."))


def _body_end(lines: Sequence[_Line], start: int) -> int:
    """Return where the body ends: where the gap before the first credit or teaser is, else at their first line."""
    anchor = next((at for at in range(start + 1, len(lines)) if _is_anchor(lines, at)), None)
    if anchor is None:
        end = len(lines)
    elif gaps := [at for at in range(start + 1, anchor + 1) if lines[at].gap >= _wide(lines[start:anchor])]:
        return gaps[-1]
    elif _CREDIT.match(lines[anchor].text):
        end = anchor
    else:
        end = max((at for at in range(start, anchor) if lines[at].is_label), default=start)
    while end > start + 1 and not lines[end - 1].is_prose and lines[end - 1].text[-1] not in _STOPS:
        end -= 1
    return end


def _is_anchor(lines: Sequence[_Line], at: int) -> bool:
    """Tell whether a line ends the article: the end of a teaser, or a credit that no paragraph follows at once."""
    if _CREDIT.match(lines[at].text):
        return at + 1 == len(lines) or not lines[at + 1].is_prose
    return _TEASER_END.fullmatch(lines[at].text) is not None


def _wide(lines: Sequence[_Line]) -> int:
    """Return how many empty lines are more than those that stand between any two paragraphs."""
    gaps = [line.gap for line in lines[1:]]
    return max(2, 1 + max(set(gaps), key=lambda gap: (gaps.count(gap), gap), default=1))


def _sighting(document: Document, settings: SourceSettings, head: _Head, parts: _Parts) -> Sighting:
    body, tail, cuts = parts
    blocks = tuple(_blocks(body))
    own = _own_credit(tail)
    kind, _, section = (part.strip() for part in head.section.rpartition("|"))
    credit = head.credit or (_CREDIT.sub("", tail[own].text, count=1) if own is not None else "")
    return Sighting(
        source=settings.name,
        url=canonical_url(document.page_url),
        guid=f"scrape:{short_id(head.title + chr(10) + body[0].text)}",
        title=head.title,
        dek=head.dek,
        kind=kind,
        section=section or settings.section,
        blocks=blocks,
        image=Image(alt=head.alt, credit=credit) if head.alt or credit else None,
        language=settings.language,
        left_out=(*cuts, *_inner_credits(body), *_cuts(tail, own, head)),
        seen_at=document.retrieved_at,
    )


def _own_credit(tail: Sequence[_Line]) -> int | None:
    """Return where the credit of the article's own picture is: one that does not open a teaser."""
    anchors = [at for at, line in enumerate(tail) if _CREDIT.match(line.text) or _TEASER_END.fullmatch(line.text)]
    if not anchors or not _CREDIT.match(tail[anchors[0]].text):
        return None
    opens = len(anchors) > 1 and _TEASER_END.fullmatch(tail[anchors[1]].text)
    return None if opens else anchors[0]


def _blocks(body: Sequence[_Line]) -> Iterator[Block]:
    for at, line in enumerate(body):
        following = body[at + 1].text if at + 1 < len(body) else ""
        marker = _MARKER.match(line.text)
        if marker:
            yield Block(kind="item", text=line.text[marker.end() :])
        elif not _CREDIT.match(line.text):
            yield Block(kind=_kind(line, following), text=line.text)


def _kind(line: _Line, following: str) -> BlockKind:
    """Return whether a line is a paragraph or a heading: one that is short, has no stop, and has text below it.

    A line that ends in a colon is one if it is very short or written as headlines are, and leads to no quotation.
    """
    if line.count > _HEADING or not following or not line.text[0].isupper():
        return "paragraph"
    if line.text.endswith(":"):
        capital = all(word[0].isupper() for word in line.text.split() if len(word) > _LABEL)
        is_heading = (capital or line.count <= _LABEL) and not following.startswith(_QUOTES)
        return "heading" if is_heading else "paragraph"
    return "paragraph" if line.text[-1] in _STOPS else "heading"


def _inner_credits(body: Sequence[_Line]) -> list[Cut]:
    return [Cut(text=line.text, why="credit") for line in body if _CREDIT.match(line.text)]


def _cuts(tail: Sequence[_Line], own: int | None, head: _Head) -> Iterator[Cut]:
    """Yield what stands below the body: each teaser whole, what repeats the head, and the rest."""
    known = {text for text in (head.title, head.section, head.dek, head.alt) if text}
    teaser: list[str] = []
    for at, line in enumerate(tail):
        if line.text in known:
            yield Cut(text=line.text, why="repeated")
        elif at != own:
            teaser.append(line.text)
        if _TEASER_END.fullmatch(line.text):
            yield Cut(text=" ".join(teaser), why="teaser")
            teaser = []
    yield from (Cut(text=text, why="around") for text in teaser)
