"""Every pattern of the sources takes time that grows with the text: foreign text must not be able to stop a build."""

import importlib
import pkgutil
import re
import time

import pytest

from digest import sources

MODULES = [
    importlib.import_module(f"digest.sources.{module.name}") for module in pkgutil.iter_modules(sources.__path__)
]
PATTERNS = {
    f"{module.__name__}.{name}": value
    for module in MODULES
    for name, value in vars(module).items()
    if isinstance(value, re.Pattern)
}
SEEDS = (
    *(
        "a",
        "A",
        "1",
        " ",
        "<",
        "&",
        "…",
        "...",
        "@",
        "a@",
        "[",
        "|",
        "- ",
        "a: b\n",
        " a\n",
        "{% ",
        "{{<",
        "(",
        "photo by ",
        "-1x1",
    ),
    *(
        "<link ",
        "<link type=",
        "<media:description ",
        "<author>a@",
        "<item",
        "<![CDATA[",
        "<?xml encoding=",
        "charset= ",
    ),
    *(
        "The post ",
        "The post a appeared first on ",
        "Continue reading ",
        "[…] ",
        "… ",
        "editor at ",
        "keep reading ",
        "A-",
    ),
)
SMALL, LARGE = 1_000, 8_000


def seconds(pattern: re.Pattern[str] | re.Pattern[bytes], text: str) -> float:
    """Return the least processor time that two searches through a text take."""
    found = []
    for _ in range(2):
        start = time.process_time()
        _search(pattern, text)
        found.append(time.process_time() - start)
    return min(found)


def _search(pattern: re.Pattern, text: str) -> None:  # type: ignore[type-arg] # of bytes or of text
    subject = text.encode() if isinstance(pattern.pattern, bytes) else text
    for _ in pattern.finditer(subject):
        pass


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_time_grows_with_the_text(name: str) -> None:
    slow = []
    for seed in SEEDS:
        small, large = (f"{seed * (size // len(seed))}!" for size in (SMALL, LARGE))
        # Eight times the text: a linear pattern takes eight times as long, a quadratic one 64 times.
        if seconds(PATTERNS[name], large) > 24 * seconds(PATTERNS[name], small) + 0.02:
            slow.append(seed)
    assert slow == []


def test_all_patterns_were_found() -> None:
    assert len(PATTERNS) > 30
