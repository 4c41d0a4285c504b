"""Targets: what a change is about, so that two editors' changes of different things never stand in each other's way."""

from collections.abc import Iterator
from dataclasses import fields

from digest.editing.lists import link_id, promo_id
from digest.model.decision import Decision
from digest.model.edits import Edits, StoryEdit

_PLACE = {"do", "slot", "section", "after"}
"""What decides whether a story is in, and where: one thing, for each of them can undo the other."""

_LEAD = {"summary", "lead"}
"""The text under a headline, and how it is made."""


_ACTS = {"place": ":place", "do": ":place", "slot": ":place", "summary": ":lead", "reset": ""}
"""What of a story an act is about that names no field."""


def targets_of(decision: Decision) -> tuple[str, ...]:
    """Return what a decision is about. A new piece from elsewhere is about nothing that was there before."""
    if decision.act in {"issue", "opening_by"}:
        return (f"issue:{decision.field or 'opening'}",)
    if decision.act in {"link", "unlink", "promo", "unpromo"}:
        return (f"own:{decision.story}",) if decision.story else ()
    of = f":{decision.field}" if decision.field else ""
    story = f"story:{decision.story}{_ACTS.get(decision.act, of)}"
    return (story, "issue:lead") if decision.slot == "lead" else (story,)  # there is one: another's is taken away


def targets_between(before: Edits, after: Edits) -> tuple[str, ...]:
    """Return what is otherwise in `after` than in `before`, in their order, each once."""
    return tuple(dict.fromkeys((*_of_stories(before, after), *_of_issue(before, after), *_of_own(before, after))))


def _of_stories(before: Edits, after: Edits) -> Iterator[str]:
    was, now = (_by_article(edits) for edits in (before, after))
    for article in dict.fromkeys((*was, *now)):
        one, other = (told.get(article, StoryEdit(article=article)) for told in (was, now))
        for name in (each.name for each in fields(StoryEdit)):
            if getattr(one, name) != getattr(other, name):
                # An address is a name of an article as good as its id; which one it is, the archive knows alone.
                yield "story" if "/" in article else f"story:{article}:{_called(name)}"


def _called(name: str) -> str:
    return "place" if name in _PLACE else "lead" if name in _LEAD else name


def _by_article(edits: Edits) -> dict[str, StoryEdit]:
    """Return the edits by article; of two for one the later, for what both say is a change of whatever it is."""
    return {edit.article: edit for edit in edits.stories}


def _of_issue(before: Edits, after: Edits) -> Iterator[str]:
    for name, target in (("subject", "subject"), ("preheader", "preheader"), ("opening", "opening")):
        if getattr(before, name) != getattr(after, name):
            yield f"issue:{target}"
    if before.opening_by != after.opening_by:
        yield "issue:opening"
    if before.corrections != after.corrections:
        yield "issue:corrections"


def _of_own(before: Edits, after: Edits) -> Iterator[str]:
    was, now = (
        {link_id(each): each for each in edits.links} | {promo_id(each): each for each in edits.promos}
        for edits in (before, after)
    )
    for id_ in dict.fromkeys((*was, *now)):
        if was.get(id_) != now.get(id_):
            yield f"own:{id_}"
