"""How many pages of a source a line stands on: what many of them say is furniture, whatever it says.

Counted are the lines at both ends of a body, for there furniture stands; what is counted is only the line's hash.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final

from digest.model.article import Block, Sighting
from digest.text.digests import sha256
from digest.text.words import words

_EDGE: Final = 6
"""Blocks at each end of a body that are counted: a by-line's box and a row of plugs have some four."""

_LONGEST: Final = 600
"""Characters: a longer block is a paragraph of a story."""

_DIGITS: Final = 15
"""Hex digits of a hash that are kept: with 60 bits two of a hundred million lines meet once in two hundred archives."""


def lines(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Return the lines of a body that are counted, each once."""
    edges = blocks if len(blocks) <= 2 * _EDGE else (*blocks[:_EDGE], *blocks[-_EDGE:])
    return tuple(dict.fromkeys(block.text for block in edges if len(block.text) <= _LONGEST))


def count(connection: sqlite3.Connection, before: Iterable[Sighting], after: Iterable[Sighting]) -> None:
    """Count the lines of what is said of one article now, in place of what was said before."""
    old, new = _keys(before), _keys(after)
    connection.executemany(
        "INSERT INTO line VALUES (?, 1) ON CONFLICT (key) DO UPDATE SET pages = pages + 1",
        [(key,) for key in sorted(new - old)],
    )
    connection.executemany("UPDATE line SET pages = pages - 1 WHERE key = ?", [(key,) for key in sorted(old - new)])


def repeated(
    connection: sqlite3.Connection, texts: Iterable[str], sources: Iterable[str], least: int
) -> frozenset[str]:
    """Return those of some texts that stand on at least so many pages of one of some sources."""
    names = sorted(set(sources))
    return frozenset(text for text in texts if any(_pages(connection, name, text) >= least for name in names))


def _pages(connection: sqlite3.Connection, source: str, text: str) -> int:
    found = connection.execute("SELECT pages FROM line WHERE key = ?", (_key(source, text),)).fetchone()
    return int(found[0]) if found else 0


def _keys(sightings: Iterable[Sighting]) -> set[int]:
    return {_key(said.source, text) for said in sightings for text in lines(said.blocks)}


def _key(source: str, text: str) -> int:
    """Return the number by which a source's line is known, whatever its case and punctuation."""
    return int(sha256(f"{source}\n{' '.join(words(text))}")[:_DIGITS], 16)
