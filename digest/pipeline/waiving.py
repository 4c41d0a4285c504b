"""Waiving: a person lets errors of an issue stand, each for the very content that she has looked at."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from digest.check import Wanted, check
from digest.check.proof import Proof
from digest.check.waived import content_of
from digest.errors import IssueError, UsageError
from digest.handover import waivers
from digest.issues.folder import LEDGER, IssueFolder
from digest.issues.ledger import add_event, read_events
from digest.model.finding import Finding, Waiver
from digest.model.issue import Issue
from digest.model.ledger import Event
from digest.pipeline.build import refuse_locked
from digest.pipeline.newsroom import Newsroom


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Who lets an error stand, when, and why."""

    by: str
    at: datetime
    why: str = ""


def errors_at(proof: Proof, code: str, places: Sequence[str] | None) -> tuple[Finding, ...]:
    """Return the errors of one code at some places (None: at all), as if nobody had waived one yet.

    With no place it is the only one that there is. A place is as the report shows it; a story may be named by its id
    or its address as well.

    Raises:
        IssueError: there is no such error, or none at one of the places.
        UsageError: there are several places, and none was named.

    """
    bare = replace(proof, facts=replace(proof.facts, waivers=()))
    errors = check(bare, Wanted(select=(code,)))
    standing = tuple(dict.fromkeys(finding.where for finding in errors))
    if not errors:
        hint = f"what there is: digest check {proof.issue.window.label}"
        raise IssueError(f"has no error {code}", where=proof.issue.window.label, hint=hint)
    if places is not None and not places and len(standing) > 1:
        hint = f"name them, or say --all: {_listed(standing)}"
        raise UsageError(f"{code} is found at {len(standing)} places", hint=hint)
    meant = _meant(proof.issue, standing, places) if places else standing
    return tuple(finding for finding in errors if finding.where in meant)


def _meant(issue: Issue, standing: Sequence[str], places: Sequence[str]) -> tuple[str, ...]:
    names = {name.casefold(): entry.title.text for entry in issue.entries for name in (entry.id, entry.url)}
    names |= {place.casefold(): place for place in standing}
    meant = tuple(names.get(place.casefold(), place) for place in places)
    for place in meant:
        if place not in standing:
            raise IssueError("has no such error", where=place, hint=f"it is found at: {_listed(standing)}")
    return meant


def waive(room: Newsroom, folder: IssueFolder, found: Sequence[Finding], said: Said) -> tuple[Waiver, ...]:
    """Record that errors may stand, in place of what was said of them before; return these waivers.

    Raises:
        LockedError: the issue was sent or is about to be: nobody can look at it any more before it goes out.
        UsageError: nobody says why.

    """
    if not said.why.strip():
        raise UsageError("why may it stand?", where="--why", hint="say it in words: they stand in the report")
    contents = {content_of(finding): finding for finding in found}
    with folder.exclusive():
        refuse_locked(folder)
        for content, finding in contents.items():
            add_event(folder.path / LEDGER, _event(finding, content, said))
        return tuple(each for each in _standing(room, folder) if each.content in contents)


def take_back(room: Newsroom, folder: IssueFolder, found: Sequence[Finding], said: Said) -> tuple[Waiver, ...]:
    """Take waivers back: what they let stand is an error again. Return those that were taken back.

    Raises:
        IssueError: none of the errors is waived.
        LockedError: the issue was sent or is about to be.

    """
    contents = set(map(content_of, found))
    with folder.exclusive():
        refuse_locked(folder)
        held = tuple(each for each in _standing(room, folder) if each.content in contents)
        if not held:
            raise IssueError("is not waived", where=folder.label, hint="there is nothing to take back")
        for waiver in held:
            event = Event(event="unwaived", at=said.at, by=said.by, code=waiver.code, content=waiver.content)
            add_event(folder.path / LEDGER, event)
    return held


def _standing(room: Newsroom, folder: IssueFolder) -> tuple[Waiver, ...]:
    return waivers(read_events(folder.path / LEDGER), room.zone)


def _event(finding: Finding, content: str, said: Said) -> Event:
    return Event(
        event="waived",
        at=said.at,
        by=said.by,
        code=finding.code,
        where=finding.where,
        content=content,
        note=" ".join(said.why.split()),
    )


def _listed(places: Sequence[str]) -> str:
    return " · ".join(places)
