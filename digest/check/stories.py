"""Stories: what every entry must have."""

from collections.abc import Iterator

from digest.check.proof import Proof
from digest.check.rule import Hit, Rule
from digest.model.finding import Finding
from digest.model.issue import Entry, Issue


def story_findings(issue: Issue) -> Iterator[Finding]:
    """Yield what a build says of its stories, entry by entry."""
    for entry in issue.entries:
        for rule, hit in ((RULES[0], _unlinked(entry)), (RULES[1], _untold(entry))):
            if hit:
                yield rule.finding(hit)


def _unlinked(entry: Entry) -> Hit | None:
    if entry.url:
        return None
    hint = "give it one: digest ingest FILE --url https://…"
    return Hit(message="has no address to link to", where=entry.title.text, hint=hint)


def _untold(entry: Entry) -> Hit | None:
    if entry.entry != "story" or entry.slot == "headline" or entry.lead.text:
        return None
    hint = f'write one in edits.toml: article = "{entry.id}", lead = "…"'
    return Hit(message=entry.lead_note or "has no lead", where=entry.title.text, hint=hint)


def _otherwise(entry: Entry) -> Hit | None:
    """Return why a lead of the source's words is not as it was asked for; a model's and the editor's are."""
    if not entry.lead_note or not entry.lead.text or entry.lead.origin != "source":
        return None
    hint = f'if it should say more, write one in edits.toml: article = "{entry.id}", lead = "…"'
    return Hit(message=entry.lead_note, where=entry.title.text, hint=hint)


def _no_url(proof: Proof) -> Iterator[Hit]:
    return (hit for entry in proof.issue.entries if (hit := _unlinked(entry)))


def _no_lead(proof: Proof) -> Iterator[Hit]:
    return (hit for entry in proof.issue.entries if (hit := _untold(entry)))


def _lead_instead(proof: Proof) -> Iterator[Hit]:
    return (hit for entry in proof.issue.entries if (hit := _otherwise(entry)))


RULES = (
    Rule(
        code="no-url",
        level="warning",
        means="An entry has no address to link to.",
        why="Readers cannot read on.",
        hint="give it one: digest ingest FILE --url https://…",
        look=_no_url,
    ),
    Rule(
        code="no-lead",
        level="warning",
        means="A story has no lead.",
        why="Its headline stands alone where all others say more.",
        hint="write one in edits.toml",
        look=_no_lead,
    ),
    Rule(
        code="lead-instead",
        level="note",
        means="A story's lead is not as it was asked for: made in another way, or shorter.",
        why="What was asked for could not stand, and you may know better than the rule that says so.",
        hint="write one in edits.toml, or leave it as it is",
        look=_lead_instead,
    ),
)
