"""The outline: every story of the issue in its place, with a word for what is special about it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from digest.compose import PROMOS
from digest.model.edits import StoryEdit
from digest.model.issue import Entry, IssueSection
from digest.preview.sheet import Group, Row
from digest.preview.sight import Sight

_TEXTS = ("headline", "byline", "kicker", "dek", "lead", "image", "credit")


def groups(sight: Sight) -> tuple[Group, ...]:
    """Return the lead story, the sections and the headlines, as the issue has them."""
    edits = {choice.article.id: choice.edit for choice in sight.selection.chosen if choice.edit}
    clashing = {each.story for each in sight.conflicts}
    sections = [_group(section, tuple(_rows(section.entries, edits, clashing))) for section in sight.issue.sections]
    found = [group for group in sections if group.rows]
    if sight.issue.headlines:
        rows = tuple(_rows(sight.issue.headlines, edits, clashing))
        found.append(Group(kind="headlines", title="Headlines only", rows=rows))
    return _ended(found)


def _group(section: IssueSection, rows: tuple[Row, ...]) -> Group:
    if not section.name and rows and rows[0].slot == "lead":
        return Group(kind="lead", title="Lead story", rows=rows)
    title = "Advertisements" if section.name == PROMOS else section.title or "(no section)"
    return Group(section=section.name, title=title, rows=rows)


def _rows(entries: tuple[Entry, ...], edits: Mapping[str, StoryEdit], clashing: set[str]) -> Iterator[Row]:
    """Yield a row for each entry but the items of a column, which are counted behind it."""
    rows: list[Row] = []
    for entry in entries:
        if entry.entry == "item" and rows:
            rows[-1] = replace(rows[-1], items=rows[-1].items + 1)
        elif entry.entry != "item":
            rows.append(row(entry, edits.get(entry.id), clashing))
    yield from rows


def row(entry: Entry, edit: StoryEdit | None, clashing: set[str]) -> Row:
    """Return an entry as the outline has it."""
    return Row(
        id=entry.id,
        kind=entry.entry,
        slot=entry.slot,
        title=entry.title.text,
        byline=entry.byline.text or entry.source,
        marks=tuple(_marks(entry, edit, clashing)),
    )


def _marks(entry: Entry, edit: StoryEdit | None, clashing: set[str]) -> Iterator[str]:
    if entry.id in clashing:
        yield "conflict"
    how = entry.reason.how if entry.reason else None
    if how in {"pinned", "added", "late"}:
        yield how
    if how == "held":
        yield "held over"
    if edit and any(getattr(edit, name) is not None for name in _TEXTS):
        yield "edited"
    if edit and (edit.after is not None or edit.section is not None):
        yield "moved"
    if entry.picture and entry.picture.image.url:
        yield "picture"


def _ended(found: list[Group]) -> tuple[Group, ...]:
    """Return the groups, with the first and the last story that can be moved no further."""
    stories = [row.id for group in found for row in group.rows if row.kind == "story"]
    ends = (stories[0], stories[-1]) if stories else ("", "")
    return tuple(
        replace(group, rows=tuple(replace(row, first=row.id == ends[0], last=row.id == ends[1]) for row in group.rows))
        for group in found
    )
