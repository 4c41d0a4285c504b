"""Sketches: a few of a text's five-word runs, so that what may repeat it is found among very many. Pure.

Of two texts that share runs the sketches share hashes, whatever else stands around: so cut and framed copies are found,
which a sketch of the whole (MinHash, for Jaccard) misses. A sketch finds what is worth comparing and gives no verdict.
"""

from binascii import crc32
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import Final, NamedTuple

from digest.text.digests import sha256
from digest.text.words import RUN

SAMPLED: Final = 16
"""Of so many words one begins runs that are kept. Of a text never fewer runs are kept than so many: a copy of sixty
words is found as well."""

_BELOW: Final = 2**32 // SAMPLED
_DIGITS: Final = 15
"""Hex digits of a hash that are kept: 60 bits are a positive number in SQLite, and no two of a hundred million runs
meet but once in two hundred archives."""


class Size(NamedTuple):
    """How many hashes a sketch has, and how many runs the text."""

    kept: int
    runs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """The hashes of some of the runs of a text's words, and how many runs it has."""

    hashes: frozenset[int]
    runs: int

    @property
    def size(self) -> Size:
        """Return what `likeness` asks for."""
        return Size(kept=len(self.hashes), runs=self.runs)


def sketch(of: Sequence[str]) -> Sketch:
    """Return the sketch of a text's words.

    A run is chosen by its first word, whatever stands around: to look at words costs a tenth of looking at runs. Where
    that gives too few, the others are chosen by what they say.
    """
    opening = {word for word in set(of) if crc32(word.encode()) < _BELOW}
    chosen = {" ".join(of[at : at + RUN]) for at, word in enumerate(of[: 1 - RUN]) if word in opening}
    if len(chosen) < SAMPLED:
        others = set(map(" ".join, zip(*(of[start:] for start in range(RUN)), strict=False))) - chosen
        placed = zip(map(crc32, map(str.encode, others)), others, strict=True)
        chosen.update(run for _, run in nsmallest(SAMPLED - len(chosen), placed))
    hashes = frozenset(int(sha256(run)[:_DIGITS], 16) for run in chosen)
    return Sketch(hashes=hashes, runs=max(0, len(of) - RUN + 1))


def likeness(shared: int, one: Size, other: Size) -> float:
    """Return about what part of the shorter text stands in the other, by how many hashes their sketches share.

    Of a short text a larger part is kept: what it could share is what the longer one would keep of it.
    """
    shorter, longer = sorted((one, other), key=lambda size: size.runs)
    return shared * longer.runs / (shorter.runs * longer.kept) if shared else 0.0
