"""A story's opening as pieces: its sentences in order, and between them what is no part of a lead, with the reason."""

import re
from collections.abc import Iterator
from itertools import islice, zip_longest
from typing import Final, NamedTuple

from digest.model.article import Article, Block, BlockKind
from digest.summarizer.budget import length
from digest.summarizer.furniture import furniture
from digest.summarizer.pointers import stands_alone
from digest.summarizer.sentences import split
from digest.text.words import words

LONGEST_HEADING: Final = 12
"""A line of no more words, without a stop, is a heading that lost its mark; a longer one is a broken paragraph."""

LONGEST_TITLE: Final = 20
"""A heading of more words that ends as a sentence does, and that the next one leans on, is a paragraph set large."""

LONGEST_CUE: Final = 2
"""A line of no more words before a colon ("In short:") says nothing; a longer one leads in, unless in capitals."""

SHORTEST_REPEATED: Final = 6
"""A shorter sentence may be said twice on purpose."""

# "LONDON —", "PORT EYNON, Oct. 23 (Reuters) —", "Berlin (dpa) -": capitals or an agency, a dash, and a new sentence.
# "ON BOARD THE CALLOWAY —": words in capitals, one of them long, and the long dash. Four letters and a short dash may
# as well be "NATO – Russia", so they need the long one.
_CAPITALS: Final = r"[A-Z\u00c0-\u00d6\u00d8-\u00de][A-Z\u00c0-\u00d6\u00d8-\u00de'-]"
# A state, a day, a year; a day in parentheses; a wire between slashes.
_WHERE: Final = r"(?:, [\w. ]{2,30}){0,3}(?: ?\([^()]{0,12}\d[^()]{0,15}\))?(?: ?/[\w ]{2,30}/)?"
_AGENCY: Final = (
    r" ?\((?:Reuters|REUTERS|AP|AFP|UPI|dpa|DPA|EFE|ANSA|Xinhua|Yonhap|Kyodo|PA|AAP|ANI|APA|Bloomberg|CNN|IANS|IPS|KNA|"
    r"NNA|NTB|PAP|PTI|RNS|SID|TASS|VOA|epd|sda|[A-Z][\w. ]{2,30} News)\)"
)
# The pattern is for text in which ’ is written ': a class of Latin letters compiles in a tenth of the time.
_DATELINE: Final = (
    rf"(?:(?=[^—]{{0,80}}[A-Z]{{4}})[A-Z][A-Z'.-]{{0,30}}(?: [A-Z][A-Z'.-]{{0,30}}){{1,6}} ?(?:—|--) ?|"
    rf"(?:ST\. )?{_CAPITALS}{{2,30}}(?:[ /]{_CAPITALS}{{1,30}}){{0,3}}{_WHERE} ?(?:— |-- ?)|"
    rf"(?:{_CAPITALS}{{4,30}}|{_CAPITALS}{{2,30}}(?:[ /]{_CAPITALS}{{1,30}}){{1,3}}){_WHERE} ?[–-] |"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? \d{1,2}, \d{4} ?(?:— |-- ?)|"
    rf"(?:[^\W\d_][\w.'/-]{{0,30}}(?: [^\W\d_][\w.'-]{{0,30}}){{0,3}})?{_WHERE}{_AGENCY} ?[–—-]{{1,2}} )"
    r"(?=[\"“‘'„«(]?[^\W_a-z])"
)
_DASHES: Final = ("—", "--", "– ", "- ")
# "Dear Editor: The", "SIR – The": no words of the letter's own.
_SALUTATION: Final = (
    r"(?:Dear [A-Z][\w.'-]{0,30}(?: (?:and |or )?[A-Z][\w.'-]{0,30}){0,3} ?(?:[,:] ?[–—-]?|[–—-])|"
    r"(?:SIR|Sir|Madam),? ?[–—-]{1,2}|To the [Ee]ditors?:) (?=[\"“‘'„«(]?[A-Z0-9])"
)
_GREETS: Final = ("Dear ", "SIR", "Sir", "Madam", "To the ")
_BULLETS: Final = ("• ", "● ", "‣ ", "▪ ", "◦ ")
_ASKED: Final = ("Q: ", "Q. ", "Question: ")
_STOPS: Final = tuple(".!?…。！？؟۔।።။｡")
_CLOSERS: Final = "\"'“”’‘»«)]）」』*_"


class Piece(NamedTuple):
    """A sentence of the story (`why` is empty) or what stands between two of them and why it is left out.

    `first` and `last`: it begins and ends its paragraph. `turn`: somebody else takes the word, as in an interview.
    """

    text: str
    why: str = ""
    first: bool = False
    last: bool = False
    turn: bool = False


class Pieces:
    """A story's pieces in order, until its sentences have `horizon` words; read no further than they are asked for."""

    def __init__(self, article: Article, horizon: int, *, dek_shown: bool) -> None:
        self._read: list[Piece] = []
        self._complete = True
        near = self._near(_once(_all(article)), horizon)
        self._coming = _without_dek(near, article.dek) if dek_shown else near

    def __iter__(self) -> Iterator[Piece]:
        """Yield all pieces from the first."""
        at = 0
        while at < len(self._read) or self._reads_on():
            yield self._read[at]
            at += 1

    def story_ends_at(self, at: int) -> bool:
        """Tell whether no sentence of the story stands behind the piece at a place."""
        return all(piece.why for piece in islice(self, at + 1, None)) and self._complete

    def _reads_on(self) -> bool:
        piece = next(self._coming, None)
        if piece is None:
            return False
        self._read.append(piece)
        return True

    def _near(self, pieces: Iterator[Piece], horizon: int) -> Iterator[Piece]:
        """Yield the pieces up to the horizon, and note whether there are more behind it."""
        count = 0
        for piece in pieces:
            if count > horizon:
                self._complete = False
                return
            yield piece
            count += 0 if piece.why else length(piece.text)


def _all(article: Article) -> Iterator[Piece]:
    """Yield all pieces. A quotation set apart is prose where a colon leads to it, a list where there is no other."""
    title = words(article.title)
    lists = not any(block.kind in {"paragraph", "answer"} for block in article.blocks)
    led_in = False
    for block, following in zip_longest(article.blocks, article.blocks[1:]):
        text = " ".join(block.text.split())
        if not text:
            continue
        kind = _kind(block, text, following.text if following else "")
        apart = {"item": "" if lists else "list", "quote": "" if led_in else "quotation set apart"}.get(kind, "")
        why = _why_not(kind, text, title) or apart or ("heading" if _is_label(text) else "")
        for piece in [Piece(text=text, why=why)] if why else _paragraph(text, title):
            yield piece._replace(turn=piece.first and kind == "question")
            led_in = led_in if piece.why else piece.text.endswith(":")


def _kind(block: Block, text: str, following: str) -> BlockKind:
    """Return what a block is by its looks, where its mark-up does not say so."""
    if block.kind == "heading" and _is_whole(text) and length(text) > LONGEST_TITLE:
        return "heading" if not following or stands_alone(following) else "paragraph"
    if block.kind == "paragraph" and text.startswith(_BULLETS):
        return "item"
    return "question" if block.kind == "paragraph" and text.startswith(_ASKED) else block.kind


def _why_not(kind: BlockKind, text: str, title: tuple[str, ...]) -> str:
    """Return why a whole block is no prose of the story."""
    if kind == "heading":
        return "heading"
    if title and words(text) == title:
        return "repeats the headline"
    return furniture(text)


def _is_label(text: str) -> bool:
    """Tell whether a line is a heading by its looks: short and without a stop, or a colon behind capitals."""
    if text.endswith(":"):
        capitals = [word[:1].isupper() for word in text.split()]
        return len(capitals) <= LONGEST_CUE or sum(capitals) * 5 >= len(capitals) * 3
    return not _is_whole(text) and length(text) <= LONGEST_HEADING


def _is_whole(text: str) -> bool:
    """Tell whether a text ends with a stop, what closes behind it and the numbers of footnotes."""
    bare = re.sub(r"(?:\[\d{1,3}\])+\Z", "", text) if text.endswith("]") else text
    return bare.rstrip(_CLOSERS).endswith(_STOPS)


def _paragraph(text: str, title: tuple[str, ...]) -> Iterator[Piece]:
    """Yield the sentences of a paragraph, and apart from them what opens it and what furniture stands in it."""
    for why, end in _openings(text):
        yield Piece(text=text[:end].strip(), why=why)
        text = text[end:]
    sentences = split(text)
    for at, sentence in enumerate(sentences):
        last = at == len(sentences) - 1
        why = "" if len(sentences) == 1 else furniture(sentence)
        if not why and title and words(sentence) == title:
            why = "repeats the headline"
        if not why and not _is_whole(sentence) and not sentence.endswith(":"):
            why = "no whole sentence"
        yield Piece(text=sentence, why=why, first=at == 0, last=last)


def _openings(text: str) -> Iterator[tuple[str, int]]:
    """Yield what a paragraph opens with that is not the story's: a salutation or a dateline, and where it ends."""
    plain = text.replace("’", "'")
    if text.startswith(_GREETS) and (salutation := re.match(_SALUTATION, plain)):
        yield "salutation", salutation.end()
    elif any(dash in text for dash in _DASHES) and (dateline := re.match(_DATELINE, plain)):
        yield "dateline", dateline.end()


def _once(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Mark a sentence that says in the same words what one before it said."""
    said: set[tuple[str, ...]] = set()
    for piece in pieces:
        told = () if piece.why else words(piece.text)
        repeats = len(told) >= SHORTEST_REPEATED and told in said
        yield piece._replace(why="said before") if repeats else piece
        said.add(told)


def _without_dek(pieces: Iterator[Piece], dek: str) -> Iterator[Piece]:
    """Mark the sentences with which the story opens as a repetition, where together they are the dek."""
    wanted = words(dek)
    heard: tuple[str, ...] = ()
    opening: list[Piece] = []
    while heard != wanted and heard == wanted[: len(heard)] and (piece := next(pieces, None)):
        opening.append(piece)
        heard += () if piece.why else words(piece.text)
    for piece in opening:
        yield piece._replace(why="repeats the dek") if heard == wanted and not piece.why else piece
    yield from pieces
