"""A story's opening as pieces: its sentences in order, and between them what is no part of a lead, with the reason."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from digest.model.article import Article, Block
from digest.summarizer.budget import length
from digest.summarizer.furniture import furniture
from digest.summarizer.sentences import split
from digest.text.words import words

LONGEST_HEADING: Final = 12
"""A line of no more words, without a stop, is a heading that lost its mark; a longer one is a broken paragraph."""

LONGEST_CUE: Final = 2
"""A line of no more words before a colon ("In short:") says nothing; a longer one leads in, unless in capitals."""

# "LONDON —", "PORT EYNON, Oct. 23 (Reuters) —", "Berlin (dpa) -": capitals or an agency, a dash, and a new sentence.
# Four letters and a short dash may as well be "NATO – Russia", so they need the long one.
_CAPITALS: Final = r"[A-Z\u00c0-\u00d6\u00d8-\u00de][A-Z\u00c0-\u00d6\u00d8-\u00de'-]"
_WHERE: Final = r"(?:, [\w. ]{2,30})?"
_AGENCY: Final = r" ?\((?:Reuters|REUTERS|AP|AFP|UPI|dpa|DPA|EFE|ANSA|Xinhua|Yonhap|Kyodo|PA|[A-Z][\w. ]{2,30} News)\)"
# The pattern is for text in which ’ is written ': a class of Latin letters compiles in a tenth of the time.
_DATELINE: Final = (
    rf"(?:(?:ST\. )?{_CAPITALS}{{2,30}}(?:[ /]{_CAPITALS}{{1,30}}){{0,3}}{_WHERE} ?(?:—|--)|"
    rf"(?:{_CAPITALS}{{4,30}}|{_CAPITALS}{{2,30}}(?:[ /]{_CAPITALS}{{1,30}}){{1,3}}){_WHERE} ?[–-]|"
    rf"(?:[^\W\d_][\w.'-]{{0,30}}(?: [^\W\d_][\w.'-]{{0,30}}){{0,3}})?{_WHERE}{_AGENCY} ?[–—-]{{1,2}})"
    r" (?=[\"“‘'„«(]?[^\W_a-z])"
)
_DASHES: Final = ("— ", "– ", "- ")
_STOPS: Final = tuple(".!?…。！？؟۔।｡")
_CLOSERS: Final = "\"'“”’‘»«)]）」』*_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A sentence of the story (`why` is empty) or what stands between two of them and why it is left out.

    `first` and `last`: it begins and ends its paragraph.
    """

    text: str
    why: str = ""
    first: bool = False
    last: bool = False


def pieces(article: Article, horizon: int) -> tuple[tuple[Piece, ...], bool]:
    """Return the story's pieces until its sentences have `horizon` words, and whether that is the whole story."""
    found: list[Piece] = []
    count = 0
    for piece in _all(article):
        if count > horizon:
            return _without_dek(found, article.dek), False
        found.append(piece)
        count += 0 if piece.why else length(piece.text)
    return _without_dek(found, article.dek), True


def _all(article: Article) -> Iterator[Piece]:
    """Yield all pieces. A quotation set apart is prose where a colon leads to it, a list where there is no other."""
    title = words(article.title)
    lists = not any(block.kind in {"paragraph", "answer"} for block in article.blocks)
    led_in = False
    for block in article.blocks:
        text = " ".join(block.text.split())
        if not text:
            continue
        apart = {"item": "" if lists else "list", "quote": "" if led_in else "quotation set apart"}.get(block.kind, "")
        why = _why_not(block, text, title) or apart or ("heading" if _is_label(text) else "")
        for piece in [Piece(text=text, why=why)] if why else _paragraph(text, title):
            yield piece
            led_in = led_in if piece.why else piece.text.endswith(":")


def _why_not(block: Block, text: str, title: tuple[str, ...]) -> str:
    """Return why a whole block is no prose of the story."""
    if block.kind == "heading":
        return "heading"
    if title and words(text) == title:
        return "repeats the headline"
    return furniture(text)


def _is_label(text: str) -> bool:
    """Tell whether a line is a heading by its looks: short and without a stop, or a colon behind capitals."""
    if text.endswith(":"):
        capitals = [word[:1].isupper() for word in text.split()]
        return len(capitals) <= LONGEST_CUE or sum(capitals) * 5 >= len(capitals) * 3
    return not _WHOLE.search(text) and length(text) <= LONGEST_HEADING


def _paragraph(text: str, title: tuple[str, ...]) -> Iterator[Piece]:
    """Yield the sentences of a paragraph, and apart from them its dateline and what furniture stands in it."""
    dateline = _DATELINE.match(text)
    if dateline:
        yield Piece(text=dateline[0].strip(), why="dateline")
        text = text[dateline.end() :]
    sentences = split(text)
    for at, sentence in enumerate(sentences):
        last = at == len(sentences) - 1
        why = "" if len(sentences) == 1 else furniture(sentence)
        if not why and title and words(sentence) == title:
            why = "repeats the headline"
        if not why and not _WHOLE.search(sentence) and not sentence.endswith(":"):
            why = "no whole sentence"
        yield Piece(text=sentence, why=why, first=at == 0, last=last)


def _without_dek(found: list[Piece], dek: str) -> tuple[Piece, ...]:
    """Mark the sentences with which the story opens as a repetition, where together they are the dek."""
    wanted = words(dek)
    heard: tuple[str, ...] = ()
    marked: dict[int, Piece] = {}
    for at, piece in enumerate(found):
        if piece.why:
            continue
        heard += words(piece.text)
        marked[at] = replace(piece, why="repeats the dek")
        if len(heard) >= len(wanted):
            break
    same = bool(wanted) and heard == wanted
    return tuple(marked.get(at, piece) if same else piece for at, piece in enumerate(found))
