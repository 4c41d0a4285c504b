"""Processes that share a long list of work: the only door to them."""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

BATCH = 4
"""Pieces of work that a process takes at once: pages differ by a factor of a hundred, and to hand one over is cheap."""


def spread(work: Callable[[T], R], pieces: Iterable[T], processes: int) -> Iterator[R]:
    """Yield what `work` makes of each piece, in their order, as soon as it and all before it are done.

    With one process it is done in this one. The others are forked where that is possible, so that they have what is
    loaded; `work`, the pieces and the results must be picklable.
    """
    if processes <= 1:
        yield from map(work, pieces)
        return
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else None
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context(method)) as pool:
        yield from pool.map(work, pieces, chunksize=BATCH)
