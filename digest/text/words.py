"""Words, and what is computed from them: fingerprints, ids, shared text."""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from digest.text.digests import sha256

SHORTEST_FINGERPRINTED = 20
"""Fewer words than these are a caption or a notice, and two of those may well be alike."""

RUN = 5
"""Words in a shingle: with five, containment of one half found every cut, edited and syndicated copy among 943
articles and joined no two different ones."""

_REMEMBERED = 2_000
"""Characters of the longest text whose words are remembered for a while: a paragraph, not a book."""

_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),  # ideographic repeat, close and zero
    (0x3040, 0x30FF),  # Hiragana, Katakana
    (0x3400, 0x9FFF),  # Han
    (0x20000, 0x3FFFF),  # Han, the rarer ones
)
"""Scripts that put no space between words: a character counts as one."""

Shingle = tuple[str, ...]


class _Separated(dict[int, str]):
    """What each character becomes before a text is split at its spaces; worked out when first met."""

    def __missing__(self, code: int) -> str:
        """Keep letters, digits and marks, drop what is invisible, put space in place of all else."""
        self[code] = _separated(chr(code))
        return self[code]


_SEPARATED = _Separated()


def words(text: str) -> tuple[str, ...]:
    """Return the words of `text`: runs of letters and digits, case and compatibility forms folded away."""
    return _remembered(text) if len(text) <= _REMEMBERED else _words(text)


def _words(text: str) -> tuple[str, ...]:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return tuple(folded.translate(_SEPARATED).split())


_remembered = lru_cache(maxsize=256)(_words)
"""An article that is stored has its paragraphs taken apart four times: to know it again, to count its lines, to find
what repeats it."""


def fingerprint(texts: Iterable[str]) -> str:
    """Return the SHA-256 (64 hex digits) of the words of a body, whatever its paragraphs, case and punctuation.

    "" where there are too few words to tell one body from another.
    """
    return _fingerprint(tuple(texts))


@lru_cache(maxsize=1_024)
def _fingerprint(texts: tuple[str, ...]) -> str:
    """Compute it; that of an article is asked for when it is heard, and again when it is merged with what was said."""
    every = [word for text in texts for word in words(text)]
    return sha256(" ".join(every)) if len(every) >= SHORTEST_FINGERPRINTED else ""


def short_id(key: str) -> str:
    """Return the 12 hex digits by which an article is known from its first URL or guid."""
    return sha256(key)[:12]


def shingles(of: Sequence[str]) -> frozenset[Shingle]:
    """Return every run of five words; all of them as one shingle where there are fewer."""
    if len(of) < RUN:
        return frozenset([tuple(of)] if of else [])
    return frozenset(zip(*(of[start:] for start in range(RUN)), strict=False))


def _separated(character: str) -> str:
    code = ord(character)
    category = unicodedata.category(character)
    if category == "Cf" or unicodedata.name(character, "").startswith("VARIATION SELECTOR"):
        return ""
    if category[0] not in "LNM":
        return " "
    return f" {character} " if any(low <= code <= high for low, high in _UNSPACED) else character
