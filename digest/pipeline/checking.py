"""Checking: the facts about an issue are gathered, and the rules look at it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from digest.check.facts import Facts, Limits, SentBefore
from digest.check.proof import Proof
from digest.check.support import Support
from digest.errors import IssueError, TemplateError
from digest.handover import waivers
from digest.issues.folder import LEDGER, RECORD, IssueFolder
from digest.issues.ledger import read_events
from digest.mailers.message import make_message, marked_html
from digest.model.issue import Issue, Words
from digest.model.message import Rendered
from digest.model.selection import SentIssue
from digest.pipeline.gather import earlier
from digest.pipeline.handing import rendered_of, terms
from digest.pipeline.knowing import Known, unbuilt
from digest.pipeline.newsroom import Newsroom, tracking
from digest.wire import WireError, from_json

_NOTHING = Known()

_RECORDS = 52
"""Earlier issues whose records are read, a year of a weekly: 0.2 ms each."""


def proof_of(room: Newsroom, folder: IssueFolder, known: Known = _NOTHING) -> Proof:
    """Return the proof of a built issue: its record, its files, the configured service's message, the facts.

    Raises:
        IssueError: there is no such issue, or a file of it is not what was built.

    """
    folder.must_exist()
    with folder.exclusive():
        issue = folder.read()
        rendered = rendered_of(folder, issue)
    return make_proof(room, issue, rendered, known)


def make_proof(room: Newsroom, issue: Issue, rendered: Rendered, known: Known = _NOTHING) -> Proof:
    """Return the proof of an issue whose record and files are at hand, and of what its sources say now."""
    filled = terms(room, issue.window.label)
    facts = Facts(
        service=filled.service,
        values=filled.values,
        hosts=tracking(room, issue.window.label).hosts,
        sent=tuple(_sent_before(room, issue)),
        stale=known.stale,
        conflicts=known.conflicts,
        since=known.since,
        unbuilt=unbuilt(room, issue),
        waivers=waivers(read_events(room.shelf.issue(issue.window.label).path / LEDGER), room.zone),
        theme=_theme(room, issue),
        limits=Limits(picture=room.config.pictures.weight * 1000),
        support=load_support(),
    )
    return Proof(
        issue=issue,
        rendered=rendered,
        message=make_message(issue, rendered, filled),
        marked=marked_html(rendered, filled),
        facts=facts,
    )


@cache
def load_support() -> Support:
    """Return which mail client supports what: the data that come with Digest."""
    packed = resources.files("digest.check").joinpath("data", "caniemail.json").read_bytes()
    return from_json(packed, Support, where="digest/check/data/caniemail.json")


def _theme(room: Newsroom, issue: Issue) -> Mapping[str, str]:
    """Return the theme's files; none where the theme of an old issue is gone: only places in it are lost."""
    try:
        return room.theme(issue.theme.name).files
    except TemplateError:
        return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Linked:
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    entries: tuple[_Linked, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Remembered:
    """What a check reads of an earlier issue's record: a tenth of it, in a tenth of the time."""

    subject: Words
    sections: tuple[_Listed, ...] = ()
    headlines: tuple[_Linked, ...] = ()


def _sent_before(room: Newsroom, issue: Issue) -> Iterator[SentBefore]:
    """Yield every issue that was sent before this one; of an old one, or of a lost record, what its ledger says.

    The ledger knows the stories; the subject, and links that the editor added, stand in the record.
    """
    sent = earlier(room.shelf.sent(), issue.window)
    for place, past in enumerate(reversed(sent)):
        record = _remembered(room, past) if place < _RECORDS else None
        carried = [each.url for each in past.carried]
        if record is None:
            yield SentBefore(label=past.label, urls=tuple(carried))
        else:
            entries = [entry for section in record.sections for entry in section.entries] + [*record.headlines]
            urls = dict.fromkeys(carried + [entry.url for entry in entries])
            yield SentBefore(label=past.label, subject=record.subject.text, urls=tuple(urls))
    yield from _earlier(room)


def _earlier(room: Newsroom) -> Iterator[SentBefore]:
    """Yield what newsletters of another tool linked."""
    linked: dict[tuple[str, str], list[str]] = {}
    for story in room.shelf.earlier():
        linked.setdefault((story.newsletter, story.subject), []).append(story.url)
    for (newsletter, subject), urls in linked.items():
        yield SentBefore(newsletter=newsletter, subject=subject, urls=tuple(urls))


def _remembered(room: Newsroom, past: SentIssue) -> _Remembered | None:
    folder = room.shelf.issue(past.label)
    if not (folder.path / RECORD).is_file():
        return None
    try:
        return from_json(folder.file(RECORD), _Remembered)
    except (IssueError, WireError):  # the ledger still knows what it carried
        return None
