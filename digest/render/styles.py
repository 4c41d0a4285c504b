"""The styles of elements, made once and kept: in the process, and in a folder of the user's from one to the next.

A theme has some forty different elements. What a sheet makes of each is kept in a file named by the sheet, so that a
build with a known theme needs no premailer at all: a fifth of its time.
"""

import contextlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from digest.disk import replace
from digest.text.digests import sha256
from digest.wire import WireError, from_json, to_json

READ_BY = "premailer 3.10.0, set-up 1"
"""Who made what is kept: to be changed with premailer or with its set-up (a test holds it to the installed one)."""


class Element(NamedTuple):
    """All that an element's style depends on: its tag, its classes and its own style, as texts."""

    tag: str
    classes: str
    style: str


def styles_of(elements: Iterable[Element], css: str, folder: Path | None) -> Mapping[Element, str]:
    """Return what the sheet `css` makes of each element, as an attribute's value; "" for one without a style."""
    known = _known(css, folder)
    keys = {element: "\n".join(element) for element in elements}
    missing = sorted(element for element, key in keys.items() if key not in known)
    if missing:
        from digest.render.sheet import apply  # noqa: PLC0415 - heavy: premailer, 40 ms

        made = apply(css, missing)
        known |= {keys[element]: style for element, style in zip(missing, made, strict=True)}
        _keep(known, css, folder)
    return {element: known[key] for element, key in keys.items()}


@lru_cache(maxsize=32)
def _known(css: str, folder: Path | None) -> dict[str, str]:
    """Return what is known of a sheet; nothing where nothing was kept, or where it cannot be read."""
    if folder:
        with contextlib.suppress(OSError, WireError):
            return from_json(_place(css, folder).read_bytes(), dict[str, str])
    return {}


def _keep(known: Mapping[str, str], css: str, folder: Path | None) -> None:
    """Keep what is known of a sheet; where there is no room or no right to, it costs time and nothing else."""
    if folder:
        with contextlib.suppress(OSError):
            replace(_place(css, folder), to_json(known))


def _place(css: str, folder: Path) -> Path:
    return folder / f"styles-{sha256(READ_BY + css)[:32]}.json"
