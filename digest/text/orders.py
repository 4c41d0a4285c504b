"""Orders: what of a row stands as it stood, and what was moved."""

from bisect import bisect_left
from collections.abc import Sequence


def rising(numbers: Sequence[int]) -> tuple[int, ...]:
    """Return the places of a longest rising subsequence of different numbers.

    Of several it is the one that ends lowest: of two that changed places, the one that went up has moved.
    Fredman's patience sorting: n log n.
    """
    ends: list[int] = []
    piles: list[int] = []
    behind: list[int] = []
    for place, number in enumerate(numbers):
        pile = bisect_left(ends, number)
        ends[pile : pile + 1] = [number]
        piles[pile : pile + 1] = [place]
        behind.append(piles[pile - 1] if pile else -1)
    found: list[int] = []
    place = piles[-1] if piles else -1
    while place >= 0:
        found.append(place)
        place = behind[place]
    return tuple(reversed(found))
