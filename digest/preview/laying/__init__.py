"""Laying out: what the desk's page shows, from a drafted issue and what was decided about it. Pure."""

from collections.abc import Mapping

from digest.preview.laying.checks import checks
from digest.preview.laying.lines import lines
from digest.preview.laying.outline import groups
from digest.preview.laying.reach import left_out
from digest.preview.laying.story import story
from digest.preview.place import PANELS, VIEWS, Place
from digest.preview.sheet import Sheet, Tongue
from digest.preview.sight import Sight

__all__ = ["lay", "place_of"]


def place_of(query: Mapping[str, str]) -> Place:
    """Return the place that an address names; what it does not know is the first one."""
    view = next((each for each in VIEWS if each == query.get("view")), VIEWS[0])
    panel = next((each for each in PANELS if each == query.get("panel")), PANELS[0])
    return Place(view=view, story=query.get("story", ""), panel=panel)


def lay(sight: Sight, place: Place) -> Sheet:
    """Return the page as it is at `place`. A story that is not in the issue is not at hand."""
    issue = sight.issue
    return Sheet(
        place=place,
        newsletter=issue.newsletter_title,
        number=issue.number,
        dates=issue.window.words,
        label=issue.window.label,
        state=sight.state,
        version=sight.version,
        drafted=sight.drafted,
        built=sight.built,
        locked=sight.locked,
        refused=sight.refused,
        trouble=sight.trouble,
        tongue=Tongue(language=issue.brand.language, direction=issue.brand.direction),
        subject=issue.subject.text,
        preheader=issue.preheader.text,
        sender=sight.sender,
        editor=sight.editor,
        has_model=sight.has_model,
        groups=groups(sight),
        sections=_sections(sight),
        story=story(sight, place.story),
        lines=lines(sight),
        checks=checks(sight),
        left_out=left_out(sight),
        conflicts=sight.conflicts,
        done=sight.done,
        undo=sight.undo,
        redo=sight.redo,
        word=sight.word,
    )


def _sections(sight: Sight) -> tuple[tuple[str, str], ...]:
    """Return the sections that a story can be put into: the magazine's, then others that the issue has."""
    there = {choice.section: choice.section or "(no section)" for choice in sight.selection.chosen}
    return tuple(
        (dict(sight.sections) | {name: there[name] for name in there if name not in dict(sight.sections)}).items()
    )
