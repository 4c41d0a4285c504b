"""The text of `edits.toml`, changed so that it says what an editor has decided; whatever she wrote stays as it is.

Comments, blank lines, the order of tables and the way in which a text is quoted stay; of a statement that changes only
the value does, with the comment behind it. What is taken back goes with its line; comments that have lines of their own
stay. Tables in an unusual form (`story = [{…}]`, `issue.subject = …`) take the usual one when one of theirs changes.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import MISSING, fields

from digest.errors import IssueError
from digest.issues.edits import edits_of
from digest.issues.toml_pieces import Page, Piece, key_piece, newline_of, pieces, set_keys
from digest.issues.toml_text import written
from digest.model.edits import CorrectionEdit, Edits, LinkEdit, PromoEdit, StoryEdit, Was
from digest.text.orders import rising

_Value = StoryEdit | LinkEdit | PromoEdit | CorrectionEdit
_Key = tuple[object, ...]

_LISTS = {"story": "stories", "link": "links", "promo": "promos", "correction": "corrections"}
"""What a list is called in the file, and in `Edits`."""
_ISSUE = ("subject", "preheader", "opening", "opening_by")
_NAMED = {"story": ("article",), "link": ("url",), "promo": ("title", "url"), "correction": ("of",)}
"""By what a table is known again."""


def with_edits(text: str, edits: Edits, where: str = "edits.toml") -> str:
    """Return `text`, the content of a file at `where`, changed so that it reads as `edits`.

    What reads as `edits` already is returned as it is, to the byte.

    Raises:
        ConfigError: the text has a fault: nothing can be told from it.

    """
    old = edits_of(text, where)
    page = Page(pieces(text), newline_of(text))
    for name, attribute in _LISTS.items():
        before, after = getattr(old, attribute), getattr(edits, attribute)
        if before != after:
            _usual(page, name, before)
            _relist(page, name, before, after)
    issue = {name: (getattr(old, name), getattr(edits, name)) for name in _ISSUE}
    if any(before != after for before, after in issue.values()):
        _reissue(page, {name: after for name, (_, after) in issue.items()}, issue)
    changed = page.text
    if edits_of(changed, where) != edits:
        hint = "this is a fault of Digest: please report it; nothing was written"
        raise IssueError("a decision cannot be written", where=where, hint=hint)
    return changed


def _usual(page: Page, name: str, values: Sequence[_Value]) -> None:
    """Give a list that stands in one statement (`story = [{…}]`) the usual form, at the end of the file."""
    if page.drop_root(name):
        for value in values:
            page.append(_table(page, name, value))


def _relist(page: Page, name: str, before: Sequence[_Value], after: Sequence[_Value]) -> None:
    """Make the tables of a list say what `after` does; as many as can stay where they are."""
    old, new = _keyed(name, before), _keyed(name, after)
    spans = dict(zip(old, page.elements(name), strict=True))
    bodies: dict[_Key, list[Piece]] = {}
    for key, value in new.items():
        if key in old:
            bodies[key] = page.body(spans[key])
            set_keys(bodies[key], dict(_changed(page, old[key], value)), page.newline, name)
        else:
            bodies[key] = _table(page, name, value)
    places = {key: place for place, key in enumerate(old)}
    both = [key for key in new if key in old]
    stay = {both[place] for place in rising([places[key] for key in both])}
    moved = {key: page.lead(spans[key]) + bodies[key] if key in old else bodies[key] for key in new if key not in stay}
    page.replace(
        [(span, bodies[key] if key in stay else None, key in new) for key, span in spans.items()],
        _behind(list(new), list(old), stay, moved),
    )


def _behind(
    new: Sequence[_Key], old: Sequence[_Key], stay: set[_Key], moved: dict[_Key, list[Piece]]
) -> dict[int, list[list[Piece]]]:
    """Return what comes in behind each table that stays, by its place; at -1 what comes before all of them."""
    found: dict[int, list[list[Piece]]] = {}
    last = -1
    for key in new:
        if key in stay:
            last = old.index(key)
        else:
            found.setdefault(last, []).append(moved[key])
    return found


def _keyed(name: str, values: Sequence[_Value]) -> dict[_Key, _Value]:
    """Return the values of a list by what they are known by; of several that are known alike each has its number."""
    seen = Counter[_Key]()
    found: dict[_Key, _Value] = {}
    for value in values:
        key = tuple(getattr(value, each) for each in _NAMED[name])
        found[(*key, seen[key])] = value
        seen[key] += 1
    return found


def _changed(page: Page, before: _Value, after: _Value) -> Iterator[tuple[str, str | None]]:
    """Yield the keys that say something else, each with its value as it is written; None where it goes."""
    for each in fields(after):
        old, new = getattr(before, each.name), getattr(after, each.name)
        if old != new:
            is_default = each.default is not MISSING and new == each.default
            yield each.name, None if is_default else _written(new, page.newline)


def _written(value: str | Was, newline: str) -> str:
    if isinstance(value, str):
        return written(value, newline)
    said = ((each.name, getattr(value, each.name)) for each in fields(value))
    inner = ", ".join(f"{name} = {written(text, one_line=True)}" for name, text in said if text is not None)
    return f"{{ {inner} }}" if inner else "{}"


def _table(page: Page, name: str, value: _Value) -> list[Piece]:
    """Return a new table."""
    found = [Piece(kind="array", path=(name,), text=f"[[{name}]]{page.newline}")]
    for each in fields(value):
        said = getattr(value, each.name)
        if each.default is MISSING or said != each.default:
            found.append(key_piece(each.name, _written(said, page.newline), page.newline))
    return found


def _reissue(page: Page, after: dict[str, str | None], both: dict[str, tuple[str | None, str | None]]) -> None:
    """Make the table `[issue]` say what `after` does."""
    if page.drop_root("issue"):  # in an unusual form: all of it is written anew
        both = {name: (None, text) for name, (_, text) in both.items()}
    said = {name: text if text is None else written(text, page.newline) for name, text in after.items()}
    wanted = {name: said[name] for name, (old, new) in both.items() if old != new}
    place = page.table("issue")
    if place is None:
        head = Piece(kind="table", path=("issue",), text=f"[issue]{page.newline}")
        body = [head, *(key_piece(name, text, page.newline) for name, text in wanted.items() if text is not None)]
        page.put_first(body)
        return
    body = page.body(place)
    set_keys(body, wanted, page.newline, "issue")
    page.replace([(place, body, True)], {})
