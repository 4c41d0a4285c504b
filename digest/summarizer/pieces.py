"""A story's opening as pieces: its sentences in order, and between them all that is no part of a lead, with the reason."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from digest.model.article import Article, Block
from digest.summarizer.budget import length
from digest.summarizer.furniture import furniture
from digest.summarizer.sentences import split
from digest.text.words import words

LONGEST_HEADING: Final = 12
"""A line of no more words, without a stop, is a heading that lost its mark; a longer one is a broken paragraph."""

# "LONDON —", "PORT EYNON, Oct. 23 (Reuters) —", "Berlin (dpa) -": capitals or an agency, a dash, and a new sentence.
_DATELINE: Final = re.compile(
    r"(?:(?:[^\W\d_a-z][^\W\d_a-z.'’-]+[ /]?){1,4}(?:, [\w. ]{2,30})?(?: ?\([\w /.]{2,30}\))?|"
    r"(?:[^\W\d_][\w.'’-]* ?){0,4}(?:, [\w. ]{2,30})? ?\((?:Reuters|AP|AFP|UPI|dpa|DPA|EFE|ANSA|Xinhua|Yonhap|Kyodo|PA)\))"
    r" ?[–—-]{1,2} (?=[\"“‘'„«(]?[^\W_a-z])",
)
_WHOLE: Final = re.compile(r"[.!?…。！？؟۔।｡][\"'“”’‘»«)\]）」』*_]*(?:\[\d{1,3}\])*\Z")


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
    """Return the story's pieces until its sentences have `horizon` words, and whether that was the whole story."""
    found: list[Piece] = []
    count, led_in = 0, False
    prose = any(block.kind in {"paragraph", "answer"} for block in article.blocks)
    for at, block in enumerate(article.blocks):
        paragraph = _read(block, article, as_prose=led_in or (block.kind == "item" and not prose))
        found.extend(paragraph)
        count += sum(length(piece.text) for piece in paragraph if not piece.why)
        if count > horizon:
            return _without_dek(found, article.dek), at == len(article.blocks) - 1
        if paragraph:
            led_in = paragraph[-1].why == "" and paragraph[-1].text.endswith(":")
    return _without_dek(found, article.dek), True


def _read(block: Block, article: Article, *, as_prose: bool) -> list[Piece]:
    """Return a block's pieces. A quotation or a list counts as prose only where the story leads into it."""
    text = " ".join(block.text.split())
    if not text:
        return []
    why = _why_not(block, text, article)
    if not why and block.kind in {"item", "quote"} and not as_prose:
        why = {"item": "list", "quote": "quotation set apart"}[block.kind]
    return [Piece(text=text, why=why)] if why else list(_paragraph(text, article.title))


def _why_not(block: Block, text: str, article: Article) -> str:
    """Return why a whole block is no prose of the story."""
    if block.kind == "heading":
        return "heading"
    if words(text) == words(article.title):
        return "repeats the headline"
    return furniture(text) or ("heading" if _is_label(text) else "")


def _is_label(text: str) -> bool:
    """Tell whether a line is a heading by its looks: short and without a stop, or a colon behind capitals."""
    if text.endswith(":"):
        capitals = [word[:1].isupper() for word in text.split()]
        return len(capitals) <= len(("In", "short:")) or sum(capitals) * 5 >= len(capitals) * 3
    return not _WHOLE.search(text) and length(text) <= LONGEST_HEADING


def _paragraph(text: str, title: str) -> Iterator[Piece]:
    """Yield the sentences of a paragraph, and apart from them its dateline and what furniture stands in it."""
    dateline = _DATELINE.match(text)
    if dateline:
        yield Piece(text=dateline[0].strip(), why="dateline")
        text = text[dateline.end() :]
    sentences = split(text)
    for at, sentence in enumerate(sentences):
        last = at == len(sentences) - 1
        why = "" if len(sentences) == 1 else furniture(sentence)
        if not why and words(sentence) == words(title):
            why = "repeats the headline"
        if not why and not _WHOLE.search(sentence) and not sentence.endswith(":"):
            why = "no whole sentence"
        yield Piece(text=sentence, why=why, first=at == 0, last=last)


def _without_dek(found: list[Piece], dek: str) -> tuple[Piece, ...]:
    """Mark the sentences with which the story opens as a repetition, where together they are the dek."""
    wanted, heard, marked = words(dek), (), dict[int, Piece]()
    heard = ()
    for at, piece in enumerate(found):
        if piece.why:
            continue
        heard += words(piece.text)
        marked[at] = replace(piece, why="repeats the dek")
        if len(heard) >= len(wanted):
            break
    same = bool(wanted) and heard == wanted
    return tuple(marked.get(at, piece) if same else piece for at, piece in enumerate(found))
