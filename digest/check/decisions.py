"""Decisions: what the editor decided, beside what the sources say now and what was built."""

from collections.abc import Iterator, Sequence

from digest.check.proof import Proof
from digest.check.rule import Hit, Rule, quoted
from digest.check.waived import waived
from digest.model.change import NAMES, Change
from digest.model.conflict import Conflict
from digest.model.finding import Finding, Waiver


def conflict_findings(conflicts: Sequence[Conflict], waivers: Sequence[Waiver]) -> Iterator[Finding]:
    """Yield what a build says of the conflicts of its edits; of those that a person lets stand nothing."""
    hits = ((rule, hit) for rule in RULES[:3] for hit in map(_hit, _of(conflicts, rule.code)))
    found = waived((rule.finding(hit) for rule, hit in hits), waivers)
    yield from (finding for finding in found if not finding.waived)


_KINDS = {"edit-conflict": "changed", "edit-gone": "gone", "edit-unreached": "unreached"}


def _of(conflicts: Sequence[Conflict], code: str) -> Iterator[Conflict]:
    return (each for each in conflicts if each.kind == _KINDS[code])


def _hit(each: Conflict) -> Hit:
    if each.kind != "changed":
        return Hit(message=f"edits.toml says something of it, and it is out: {each.why}", where=each.title)
    name = NAMES[each.field]
    now = quoted(each.theirs) if each.theirs else "none"
    message = f"its {name} was {quoted(each.was)} when you replaced it, its source has {now} now; yours stands"
    keep = f'to keep yours: was = {{ {each.field} = "…" }} with the source\'s text of now'
    hint = f'article = "{each.story}" in edits.toml: {keep}; to take the source\'s: without {each.field}'
    return Hit(message=message, where=each.title, hint=hint, about=each.theirs if now.endswith("…”") else "")


def _conflicts(proof: Proof) -> Iterator[Hit]:
    return map(_hit, _of(proof.facts.conflicts, "edit-conflict"))


def _gone_edits(proof: Proof) -> Iterator[Hit]:
    return map(_hit, _of(proof.facts.conflicts, "edit-gone"))


def _unreached(proof: Proof) -> Iterator[Hit]:
    return map(_hit, _of(proof.facts.conflicts, "edit-unreached"))


def _unbuilt(proof: Proof) -> Iterator[Hit]:
    if proof.facts.unbuilt:
        yield Hit(message=proof.facts.unbuilt, where="edits.toml")


def _since(proof: Proof, kind: str) -> Iterator[Change]:
    return (each for each in proof.facts.since if each.kind == kind)


def _gone(proof: Proof) -> Iterator[Hit]:
    for each in _since(proof, "out"):
        yield Hit(message="its source has withdrawn it since the issue was built", where=each.title)


def _changed(proof: Proof) -> Iterator[Hit]:
    for each in _since(proof, "changed"):
        yield Hit(message=f"since the issue was built: {each.words}", where=each.title)


RULES = (
    Rule(
        code="edit-conflict",
        level="error",
        means="The source has another text than the one that you replaced with yours.",
        why="It may have corrected what your text still says, and only a person can tell.",
        hint="choose one of the two in digest preview or in edits.toml, or let it stand: digest waive",
        look=_conflicts,
    ),
    Rule(
        code="edit-gone",
        level="warning",
        means="A story that `edits.toml` has in hand was withdrawn by its source.",
        why="It is out, whatever you decided: no issue brings what readers cannot open.",
        hint="take it out of edits.toml, or ask why it went",
        look=_gone_edits,
    ),
    Rule(
        code="edit-unreached",
        level="warning",
        means="A story that `edits.toml` has in hand is not in the issue, and not because you dropped or held it.",
        why="What you decided has no effect: its date, its section or a rule keeps it out.",
        hint='do = "add" brings it in; else take it out of edits.toml',
        look=_unreached,
    ),
    Rule(
        code="edits-unbuilt",
        level="warning",
        means="The file `edits.toml` says something else than when the issue was built.",
        why="What you decided since is not in the mail.",
        hint="build the issue again",
        look=_unbuilt,
    ),
    Rule(
        code="story-gone",
        level="error",
        means="A story of the issue was withdrawn by its source after the issue was built.",
        why="Readers would be led to a page that is not there, or to what the magazine has taken back.",
        hint="build the issue again: the story is left out then",
        look=_gone,
    ),
    Rule(
        code="story-changed",
        level="warning",
        means="A story's headline or lead is not what its source says now.",
        why="It may have been corrected after the issue was built.",
        hint="build the issue again: it takes the source's words of now",
        look=_changed,
    ),
)
