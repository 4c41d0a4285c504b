"""Processes that share a long list of work: the only door to them."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from types import TracebackType
from typing import Self, TypeVar

from digest.errors import DigestError

T = TypeVar("T")
R = TypeVar("R")

BATCH = 4
"""Pieces of work that a process takes at once: pages differ by a factor of a hundred, and to hand one over is cheap."""

_MOST = 8
"""Processes that are started unasked: one process stores what all of them read, and more would wait for it."""


def spread(work: Callable[[T], R], pieces: Iterable[T], processes: int) -> Iterator[R]:
    """Yield what `work` makes of each piece, in their order, as soon as it and all before it are done.

    With one process it is done in this one. The others are forked where that is possible, so that they have what is
    loaded; `work`, the pieces and the results must be picklable.
    """
    if processes <= 1:
        yield from map(work, pieces)
        return
    with _pool(processes) as pool:
        yield from pool.map(work, pieces, chunksize=BATCH)


def usable() -> int:
    """Return how many processes this machine has use for."""
    return min(len(os.sched_getaffinity(0)), _MOST)


def in_order(start: Callable[[T], "Future[R]"], pieces: Iterable[T], ahead: int) -> Iterator[tuple[T, R]]:
    """Yield each piece with its result, in the order of the pieces; at most `ahead` of them are under way at a time.

    Raises:
        DigestError: a process died over its piece.

    """
    waiting: deque[tuple[T, Future[R]]] = deque()
    for piece in pieces:
        waiting.append((piece, start(piece)))
        while waiting and (len(waiting) >= ahead or waiting[0][1].done()):
            yield _result(*waiting.popleft())
    while waiting:
        yield _result(*waiting.popleft())


def done(result: R) -> "Future[R]":
    """Return a result that is there already, as one that was waited for."""
    future: Future[R] = Future()
    future.set_result(result)
    return future


class Workers:
    """Processes that are forked once, when there is enough for them to do; before that, work is done in this one.

    A fork takes over what other threads hold and never lets go of it: `start` is for moments without any.
    """

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def start(self) -> None:
        """Fork the processes, unless that was done or one is all that is wanted."""
        if self._processes > 1 and self._pool is None:
            self._pool = _pool(self._processes)
            self._pool.submit(os.getpid)  # the pool forks all of them for its first piece

    def submit(self, work: Callable[[T], R], piece: T) -> "Future[R]":
        """Have a piece of work done: by a process, or where there are none here and now."""
        return self._pool.submit(work, piece) if self._pool else done(work(piece))


def _pool(processes: int) -> ProcessPoolExecutor:
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else None
    context = multiprocessing.get_context(method)
    return ProcessPoolExecutor(processes, mp_context=context, initializer=_as_a_worker)


def _as_a_worker() -> None:
    """Leave Ctrl-C to the first process, and go with it even where it was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_go_with_the_first, daemon=True).start()


def _go_with_the_first() -> None:
    first = multiprocessing.parent_process()
    if first:
        first.join()
        os._exit(1)


def _result(piece: T, future: "Future[R]") -> tuple[T, R]:
    try:
        return piece, future.result()
    except BrokenExecutor as error:
        hint = "run it again with --processes 1; if it stays so, report it"
        raise DigestError("a process that shared the work died: is there memory enough?", hint=hint) from error
