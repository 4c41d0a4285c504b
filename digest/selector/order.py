"""The order of the issue: the lead story, the sections, the headlines."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import groupby

from digest.model.edits import Slot
from digest.model.selection import Choice
from digest.selector.rules import Rules
from digest.selector.sections import Candidate

_Newest = tuple[bool, timedelta, str]


def arrange(kept: Iterable[Candidate], rules: Rules) -> tuple[Choice, ...]:
    """Return the choices in the order of the issue, each with its slot."""
    ranks = {rule.name: rank for rank, rule in enumerate(rules.sections)}
    in_order = sorted(kept, key=lambda candidate: _by_section(candidate, ranks))
    sections = [_arranged(list(group)) for _, group in groupby(in_order, key=lambda candidate: candidate.section)]
    candidates = [candidate for section in sections for candidate in section]
    lead = _lead(candidates, rules)
    choices = [_choice(candidate, lead) for candidate in candidates]
    return tuple(sorted(choices, key=lambda choice: (choice.slot != "lead", choice.slot == "headline")))


def _by_section(candidate: Candidate, ranks: Mapping[str, int]) -> tuple[int, str, str, int, _Newest]:
    how = candidate.case.by_hand
    first = {"held": 0, "pinned": 1}.get(how or "", 2)
    section = candidate.section
    return ranks.get(section, len(ranks)), section.casefold(), section, first, candidate.newest_first


def _arranged(section: Sequence[Candidate]) -> list[Candidate]:
    """Put those that an editor moved behind the article that they follow; where it is not here, they stay.

    Those that follow each other in a circle come last.
    """
    here = {"", *(candidate.id for candidate in section)}
    followers: dict[str, list[Candidate]] = {}
    for candidate in sorted(section, key=lambda candidate: candidate.case.position):
        if candidate.case.hand.after in here:
            followers.setdefault(candidate.case.hand.after or "", []).append(candidate)
    moved = {candidate.id for group in followers.values() for candidate in group}
    unmoved = [candidate for candidate in section if candidate.id not in moved]
    waiting = [*reversed(section), *reversed(unmoved), *reversed(followers.get("", []))]
    placed: dict[str, Candidate] = {}
    while waiting:
        candidate = waiting.pop()
        if candidate.id not in placed:
            placed[candidate.id] = candidate
            waiting.extend(reversed(followers.get(candidate.id, [])))
    return list(placed.values())


def _lead(candidates: Sequence[Candidate], rules: Rules) -> str:
    """Return the id of the lead story: what the editor made it, else a pinned story, else by weight and date.

    What the editor gave another slot, or moved here from a section of lesser ones, is no lead unless it is said.
    """
    named = [candidate for candidate in candidates if candidate.case.hand.slot == "lead"]
    stories = [candidate for candidate in candidates if _can_lead(candidate)] if rules.lead_story else []
    best = min(named or stories, key=_lead_rank, default=None)
    return best.id if best else ""


def _can_lead(candidate: Candidate) -> bool:
    return candidate.case.hand.slot is None and candidate.slot == candidate.own_slot == "story"


def _lead_rank(candidate: Candidate) -> tuple[bool, int, _Newest]:
    return candidate.reason.how != "pinned", -candidate.weight, candidate.newest_first


def _choice(candidate: Candidate, lead: str) -> Choice:
    slot: Slot = "story" if candidate.slot == "lead" else candidate.slot
    return Choice(
        article=candidate.case.article,
        section=candidate.section,
        slot="lead" if candidate.id == lead else slot,
        reason=candidate.reason,
        edit=candidate.case.edit,
    )
