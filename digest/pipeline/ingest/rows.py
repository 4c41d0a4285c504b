"""The rows of an ingest's report, and what a strict build refuses over."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from digest.errors import SourceError
from digest.model.article import Problem
from digest.model.finding import Finding
from digest.model.freshness import SourceState, Tally

NAMED = 10
"""How many things a refusal names: each of them has had a line of its own before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTally:
    """What following the pages of a source came to: `unchanged` ones were asked for and are as before.

    `gone` ones were taken down, `failed` ones gave nothing this time; `left` are still in the queue, for the next
    ingest; `error` says of one of them why.
    """

    read: int = 0
    unchanged: int = 0
    gone: int = 0
    failed: int = 0
    left: int = 0
    error: str = ""
    tally: Tally = field(default_factory=Tally)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """What reading one source came to; `skipped` says why it was not tried at all: then `state` is as it was.

    `tally` counts the articles that its own items changed, `gone` those that its API no longer lists, `pages` what came
    of the pages that they lead to.
    """

    name: str
    tally: Tally
    state: SourceState
    problems: tuple[Problem, ...] = ()
    skipped: str = ""
    gone: int = 0
    pages: PageTally = PageTally()


def refuse_incomplete(rows: Sequence[SourceRow], known: Sequence[SourceState], missing: Sequence[Finding]) -> None:
    """Refuse to build where anything could not be read, now or (of what was not read again) the last time.

    Raises:
        SourceError: it names what; no issue was written.

    """
    unread = [problem.where for row in rows for problem in row.problems]
    again = {row.name for row in rows if not row.skipped}
    unread += [state.name for state in known if state.problems and state.name not in again]
    names = list(dict.fromkeys([*unread, *(finding.where for finding in missing)]))
    if not names:
        return
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    message = f"could not be read: {', '.join(names[:NAMED])}{more}; no issue was built"
    raise SourceError(message, hint="mend it and build again, or build without --strict")
