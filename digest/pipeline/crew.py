"""A crew of threads that wait on the web together, and go home at once when they are sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor


class Door(Protocol):
    """What the threads ask by."""

    def close(self) -> None:
        """End at once what any of them waits for."""
        ...


@contextmanager
def crew(web: Door, threads: int, *, last: bool = True) -> Iterator["ThreadPoolExecutor"]:
    """Yield a pool of so many threads, which ask by `web`; both are closed behind the block, `web` only if `last`.

    Whoever leaves the block early (Ctrl-C) waits for nobody's server: what was not begun is dropped, and what waits for
    an answer ends without one.
    """
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - heavy: 15 ms that most builds need not

    pool = ThreadPoolExecutor(threads)
    left_early = True
    try:
        yield pool
        left_early = False
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        if last or left_early:
            web.close()
        pool.shutdown()
