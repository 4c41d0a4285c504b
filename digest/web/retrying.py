"""Retrying: a question that came to nothing is asked again, a little later, and never by all at the same moment."""

from collections.abc import Callable, Iterable

import stamina
from stamina.instrumentation import set_on_retry_hooks

set_on_retry_hooks(())  # it would log each to the terminal, which `cli` alone writes to


def attempts(on: Callable[[Exception], bool | float], most: int, seconds: float) -> Iterable[stamina.Attempt]:
    """Yield at most so many attempts, the last begun within `seconds`; `on` tells of an error whether to go on.

    It may say how many seconds to wait. Else the second begins after 0.5 to 1 seconds, the third after 1 to 1.5 more.
    """
    return stamina.retry_context(on=on, attempts=most, timeout=seconds, wait_initial=0.5, wait_max=2.0, wait_jitter=0.5)
