"""The items of a round-up column: "Other harbour news this week", then a paragraph an item, each with its source."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from digest.model.article import Article, Block
from digest.summarizer.furniture import furniture
from digest.summarizer.quotations import after
from digest.summarizer.sentences import split
from digest.text.urls import host

FEWEST: Final = 2
"""A heading with a single paragraph below it opens a part of a story, and no list of items."""

SHORTEST: Final = 8
"""Words: a line with fewer is no item."""

_HEADING: Final = re.compile(
    r"\b(?:other|more|further|recent)\b.{0,60}\b(?:news|headlines|developments|stories)\b|"
    r"\b(?:news|headlines|stories) (?:of|from|this|in) (?:the |this |last )?(?:week|month|brief)\b|"
    r"\A(?:in other news|in brief|news in brief|briefly|briefs|elsewhere|also this week|what else happened|"
    r"around the (?:region|world|web)|weitere (?:nachrichten|meldungen)|kurz gemeldet|en bref|en breve)\b",
)
_WORD: Final = r"[A-Z](?:[\w&’'-]|\.(?=\w))*"
_NAME: Final = rf"{_WORD}(?: (?:of |and |de |du |la )?{_WORD}){{0,4}}"
_SOURCE: Final = re.compile(
    rf"\b[Aa]ccording to (?:(?:reporting|a report|reports|news) (?:from|by|in|of) )?(?:the )?(?P<told>{_NAME})|"
    rf"\b(?:reported|published|first reported) (?:by|in) (?:the )?(?P<by>{_NAME})|"
    # A link that was glued to the words behind it: "Reutersreports that".
    r"\b(?P<glued>Reuters|AFP|Bloomberg|Politico|Axios|Xinhua|BBC|CNN) ?(?:reports|reported)\b|"
    rf"\b(?P<tells>{_NAME}) reports (?:that|on)\b",
)


class Item(NamedTuple):
    """One item: its first sentence, which stands for a headline, the rest of its text, and where it comes from.

    `text` is both, whole. `source` and `url` are "" where the item does not say.
    """

    headline: str
    rest: str
    source: str = ""
    url: str = ""

    @property
    def text(self) -> str:
        """Return the item's text, whole."""
        return f"{self.headline} {self.rest}".strip()


def items(article: Article, hosts: Sequence[str] = ()) -> tuple[Item, ...]:
    """Return the items of a column in its order; none where it has no heading that announces them.

    `hosts` are the magazine's own: a link to another one is where an item comes from.
    """
    found = [_item(block, hosts) for block in _announced(article)]
    return tuple(found) if len(found) >= FEWEST else ()


def _announced(article: Article) -> Iterator[Block]:
    """Yield the paragraphs below each heading that announces items, up to the next heading."""
    inside = False
    for block in article.blocks:
        text = " ".join(block.text.split())
        if _is_heading(block):
            inside = announces(block)
        elif inside and block.kind in {"paragraph", "item"} and len(text.split()) >= SHORTEST and not furniture(text):
            yield block


def announces(block: Block) -> bool:
    """Tell whether a block is the heading above items, as every column of a series may have it."""
    return _is_heading(block) and _HEADING.search(" ".join(block.text.split()).casefold()) is not None


def _is_heading(block: Block) -> bool:
    """Tell whether a block is a heading, by its kind or, where its mark-up was lost, by its colon."""
    return block.kind == "heading" or (block.text.rstrip().endswith(":") and len(block.text.split()) <= SHORTEST)


def _item(block: Block, hosts: Sequence[str]) -> Item:
    text = " ".join(block.text.split())
    sentences = split(text)
    first = next((at for at in range(1, len(sentences)) if after(" ".join(sentences[:at])).closed), len(sentences))
    headline = text[: len(" ".join(sentences[:first]))]
    url = next((link.url for link in block.links if _is_foreign(link.url, hosts)), "")
    return Item(headline=headline, rest=text[len(headline) :].strip(), source=_source(text), url=url)


def _is_foreign(url: str, hosts: Sequence[str]) -> bool:
    where = host(url)
    return bool(where) and not any(where == own or where.endswith(f".{own}") for own in hosts)


def _source(text: str) -> str:
    found = _SOURCE.search(text)
    name = next(filter(None, found.groups()), "") if found else ""
    return name.removeprefix("The ").rstrip(".,’'")
