"""Thin: too few stories for an issue. Nothing is written; what could fill it is said, ready to be pasted."""

from collections.abc import Iterator

from digest.errors import ThinError
from digest.issues.folder import EDITS
from digest.model.selection import LeftOut, Selection
from digest.model.window import Window
from digest.pipeline.newsroom import Newsroom
from digest.selector.reasons import in_words

SPELLED_OUT = 10
"""How many offers are written out: who needs more reads the list of `digest articles`."""


def thin(room: Newsroom, selection: Selection, window: Window) -> ThinError | None:
    """Return why an issue of too few stories is refused, with lines to paste where anything is on offer; else None."""
    least = max(room.config.selection.minimum, 1)
    stories = [each for each in selection.chosen if each.slot != "headline"]
    if len(stories) >= least:
        return None
    wanted = "1 story" if least == 1 else f"{least} stories"
    lines = [f"{len(stories)} of at least {wanted} in {window.label} ({window.words}); nothing was written"]
    lines += [f"  in: {each.article.title}" for each in stories]
    offered = [each for each in reversed(selection.left_out) if each.reason.offer]  # the newest first
    return ThinError("\n".join([*lines, *_remedy(room, offered, window)]))


def _remedy(room: Newsroom, offered: list[LeftOut], window: Window) -> Iterator[str]:
    """Yield what to do, line by line; an edits.toml that is there already has its own first lines."""
    if not offered:
        yield "Nothing is on offer that could fill it. To build it as it is: --thin-ok"
        return
    path = (room.shelf.issue(window.label).path / EDITS).resolve()
    yield f"To fill it, {'add this to' if path.exists() else 'write this into'} the file {path}"
    yield "and build again; or build it as it is: --thin-ok"
    if not path.exists():
        yield "\nschema = 1"
    for each in offered[:SPELLED_OUT]:
        yield f"\n# {each.article.title}\n# {in_words(each.reason, zone=room.zone)}"
        yield f'[[story]]\narticle = "{each.article.id}"\ndo = "add"'
    if len(offered) > SPELLED_OUT:
        yield f"\nand {len(offered) - SPELLED_OUT} more, which `digest articles` lists"
