"""Dating: an editor says when an article was published; the archive keeps it as her word, which stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from digest.errors import UsageError
from digest.merge.dates import EDITOR
from digest.model.article import Article, Sighting
from digest.model.selection import Carried, SentIssue
from digest.model.window import Window
from digest.pipeline.newsroom import Newsroom
from digest.ports import Archive
from digest.selector.names import known_by
from digest.text.dates import Moment
from digest.window import week_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """An article before and after an editor dated it.

    `week` is where it stands now (None: undated). `sent` is the label of a sent issue over its date, `had` of the one
    (or the newsletter of another tool) that brought it to readers; "" for none.
    """

    before: Article
    after: Article
    week: Window | None = None
    sent: str = ""
    had: str = ""

    @property
    def changed(self) -> bool:
        """Tell whether anything is otherwise than before."""
        return self.before != self.after


def known_article(archive: Archive, name: str) -> Article:
    """Return the article that an editor names, by id, URL or guid.

    Raises:
        UsageError: no article is known so.

    """
    found = archive.find([name])
    if not found:
        hint = "take its id or URL from: digest articles; or read it first: digest ingest"
        raise UsageError("no article is known so", where=name, hint=hint)
    return found[0]


def set_date(room: Newsroom, archive: Archive, name: str, moment: Moment | None, now: datetime) -> Dated:
    """Store an editor's date of an article, or (None) take hers back, and return what that changed.

    Raises:
        UsageError: no article is known under `name`.

    """
    before = known_article(archive, name)
    said = Sighting(
        source=EDITOR,
        guid=before.id,
        published=moment.instant if moment else None,
        precision=moment.precision if moment else "instant",
        date_source="editor",
        seen_at=now,
    )
    archive.put([said])
    after = known_article(archive, before.id)
    issues = room.shelf.sent()
    carried = [(each, issue.label) for issue in issues for each in issue.carried]
    carried += [(story.carried, story.newsletter) for story in room.shelf.earlier()]
    return Dated(
        before=before,
        after=after,
        week=week_of(after.published, room.calendar) if after.published else None,
        sent=next((issue.label for issue in issues if _covers(issue, after.published)), ""),
        had=_had(after, carried),
    )


def _covers(issue: SentIssue, published: datetime | None) -> bool:
    return published is not None and issue.start <= published < issue.end


def _had(article: Article, carried: Iterable[tuple[Carried, str]]) -> str:
    """Return what carried an article to readers, whatever its name was then; "" where nothing did."""
    names = set(known_by(article))
    return next((label for each, label in carried if names & set(known_by(each))), "")
