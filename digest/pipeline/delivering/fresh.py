"""Fresh at the last moment: the stories of an issue that is about to go out are asked once more what they say."""

from dataclasses import dataclass

from digest.editing.since import since
from digest.errors import NotReadyError
from digest.model.issue import Issue
from digest.pipeline.confirming import confirm
from digest.pipeline.ingest import ingest_sources
from digest.pipeline.ingest.reading import AtWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """What the stories say otherwise now than the issue does, in words; and of which pages nobody knows, and why."""

    changed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def freshness(at_work: AtWork, issue: Issue) -> Freshness:
    """Read the sources once more, ask the pages of the issue's stories, and return what is otherwise now.

    Only for what has changed since is asked. What nobody can reach counts as unchanged, and is told.
    """
    rows = ingest_sources(at_work, at_work.room.config.sources)
    ids = [entry.id for entry in issue.entries]
    asked = confirm(at_work, at_work.archive.find(ids))
    silent = [f"{each.story.page.url}: {each.error}" for each in asked if each.error]
    failed = [f"{row.name}: {row.state.error}" for row in rows if row.state.error]
    changes = since(issue, at_work.archive.find(ids))
    return Freshness(changed=tuple(change.words for change in changes), unknown=(*failed, *silent))


def must_be_fresh(told: Freshness, label: str) -> None:
    """Refuse an issue some of whose stories have changed.

    Raises:
        NotReadyError: its reasons say what has changed; nothing was sent.

    """
    if told.changed:
        many = len(told.changed)
        said = "a story has changed" if many == 1 else f"{many} things have changed in its stories"
        hint = "build it again, look at it and approve it; or let it go as it is: --stale-ok"
        raise NotReadyError(f"{said} since it was built", where=label, hint=hint, reasons=told.changed)
