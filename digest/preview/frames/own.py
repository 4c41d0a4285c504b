"""The frame's own pages: what is to say about a mail that no mail says itself."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from digest.render import PageFiles, fill_page


def own_page(name: str, values: Mapping[str, object]) -> str:
    """Return one of the pages that stand beside this file, filled.

    Raises:
        TemplateError: it fails; `where` is its file and line.

    """
    return fill_page(name, _files(), values)


def nothing_page(heading: str, words: str) -> str:
    """Return a page for a view of which there is nothing to see yet."""
    return own_page("nothing.html", {"heading": heading, "words": words})


@cache
def _files() -> PageFiles:
    found = sorted(files("digest.preview.frames").iterdir(), key=lambda each: each.name)
    pages = [each for each in found if each.name.endswith(".html")]
    return tuple((each.name, each.read_text(encoding="utf-8"), str(each)) for each in pages)
