"""How much is read at most of what an address answers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much is read at most: `size` in bytes after decompression, `redirects`, and `seconds`.

    These are over all that an address takes: the search for its host, all redirects, each of their heads and bodies.
    """

    size: int = 25_000_000
    seconds: float = 30.0
    redirects: int = 5
