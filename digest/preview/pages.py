"""The desk's page as HTML: `sheet` says what, the templates in `pages/` say how."""

from functools import cache
from importlib.resources import files

from digest.model.change import NAMES
from digest.preview.keys import KEYS
from digest.preview.place import PANELS, VIEWS
from digest.preview.sheet import Sheet, Trouble
from digest.render import PageFiles, fill_page


def whole(sheet: Sheet) -> str:
    """Return the page. The script takes each of its parts out of it again after a change, so that they agree."""
    values = {"sheet": sheet, "views": VIEWS, "panels": PANELS, "keys": KEYS, "names": NAMES}
    return fill_page("whole.html", _files(), values)


def no_draft(trouble: Trouble) -> str:
    """Return the page where not even a first draft could be made: why, and that it looks again by itself."""
    return fill_page("no_draft.html", _files(), {"trouble": trouble})


@cache
def _files() -> PageFiles:
    """Return the templates."""
    folder = files("digest.preview").joinpath("pages")
    found = sorted(folder.iterdir(), key=lambda each: each.name)
    return tuple((each.name, each.read_text(encoding="utf-8"), str(each)) for each in found)
