"""What the checks found, each with the story that it is about."""

from datetime import tzinfo

from digest.model.finding import Finding, Waiver
from digest.preview.laying.here import here
from digest.preview.sheet import Check
from digest.preview.sight import Sight
from digest.text.words import short_id

_GRAVE = ("error", "warning", "note")


def checks(sight: Sight) -> tuple[Check, ...]:
    """Return the findings, the graver first. One that names a story leads there: by a headline of it, or by its id."""
    stories = {each.article.title: each.article.id for each in sight.selection.chosen}
    stories |= {name: entry.id for entry in sight.issue.entries for name in (entry.title.text, entry.url, entry.id)}
    found = sorted(sight.findings, key=lambda each: _GRAVE.index(each.level))
    return tuple(_check(each, stories.get(each.where, ""), sight.zone) for each in found)


def _check(finding: Finding, story: str, zone: tzinfo) -> Check:
    to_do = here(finding)
    return Check(
        key=short_id(f"{finding.code} {finding.where} {finding.message}"),
        code=finding.code,
        level=finding.level,
        message=finding.message,
        where=finding.where,
        hint=to_do.words,
        panel=to_do.panel or "",
        story=story,
        waived=_waived(finding.waived, zone) if finding.waived else "",
    )


def _waived(waiver: Waiver, zone: tzinfo) -> str:
    return f"{waiver.by} lets it stand, {waiver.at.astimezone(zone):%Y-%m-%d %H:%M}: {waiver.why}"
