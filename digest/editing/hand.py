"""What the edits say of one article, and the same said otherwise; of two tables for it the later wins, by field."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

from digest.model.edits import StoryEdit, Was
from digest.selector.names import Names, meant

Sayings = Mapping[str, Any]
"""New values by the field of a `StoryEdit`; None takes back what is said there."""


def said_of(stories: Iterable[StoryEdit], id_: str, names: Names) -> StoryEdit:
    """Return all that `stories` say of an article, as one edit."""
    said = StoryEdit(article=id_)
    for edit in stories:
        if id_ in _who(edit, names):
            told: Sayings = {name: value for name, value in _sayings(edit) if value is not None}
            said = replace(said, **told, was=_over(said.was, edit.was))
    return said


def saying(stories: Iterable[StoryEdit], id_: str, sayings: Sayings, names: Names) -> tuple[StoryEdit, ...]:
    """Return `stories` changed so that they say `sayings` of an article; of all others they say what they said.

    The last table for the article takes it, wherever it names it by a URL; one that is then empty goes. A table whose
    name two articles bear becomes one for each.
    """
    apart = tuple(_apart(stories, id_, names))
    mine = [at for at, edit in enumerate(apart) if id_ in _who(edit, names)]
    told = {at: apart[at] for at in mine} or {len(apart): StoryEdit(article=id_)}
    for name, value in sayings.items():
        takes = max([at for at, edit in told.items() if getattr(edit, name) is not None] or told)
        for at, edit in told.items():
            if at == takes or name == "was" or value is None:
                one: Sayings = {name: value if at == takes else None}
                told[at] = replace(edit, **one)
    lasting = [*(told.get(at, edit) for at, edit in enumerate(apart)), *([told[len(apart)]] if not mine else [])]
    return tuple(edit for at, edit in enumerate(lasting) if at not in told or not _is_empty(edit))


def remembering(said: StoryEdit, name: str, source: str | None) -> Was | None:
    """Return what an edit remembers once its text `name` replaces `source` (None: nothing any more, or unknown)."""
    was = replace(said.was or Was(), **{name: source})
    return was if was != Was() else None


REMEMBERED = tuple(each.name for each in fields(Was))
"""The texts of which an edit remembers what they replaced."""


def _who(edit: StoryEdit, names: Names) -> tuple[str, ...]:
    """Return the ids that an edit is about; what no article in reach bears is its own name."""
    return tuple(meant(edit.article, names)) or (edit.article,)


def _apart(stories: Iterable[StoryEdit], id_: str, names: Names) -> Iterator[StoryEdit]:
    """Yield the edits; one that is about `id_` and others becomes one for each."""
    for edit in stories:
        who = _who(edit, names)
        if id_ in who and len(who) > 1:
            yield from (replace(edit, article=each) for each in who)
        else:
            yield edit


def _over(earlier: Was | None, later: Was | None) -> Was | None:
    if earlier is None or later is None:
        return later or earlier
    return replace(earlier, **{name: getattr(later, name) for name in REMEMBERED if getattr(later, name) is not None})


def _sayings(edit: StoryEdit) -> Iterator[tuple[str, Any]]:
    return ((each.name, getattr(edit, each.name)) for each in fields(edit) if each.name not in {"article", "was"})


def _is_empty(edit: StoryEdit) -> bool:
    return edit == StoryEdit(article=edit.article)
