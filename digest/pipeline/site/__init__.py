"""The public archive: every sent issue of a newsletter as a page, an index of them, and feeds.

Sent is what the ledger says was sent, and no more than that is shown: neither edits nor what was left out reaches a
page. Of an issue that is about to be sent its pictures can go ahead, and they stay: mails show them from the site. The
same records, ledgers, configuration and theme give the same bytes, whatever the clock says.
"""

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from digest.errors import DigestError
from digest.issues.folder import IssueFolder
from digest.model.finding import Finding
from digest.model.issue import Issue
from digest.model.names import COPY
from digest.model.site import Feed, FeedItem
from digest.pipeline.handing import open_issue
from digest.pipeline.newsroom import Newsroom, brand, site_url
from digest.pipeline.shown import Shown, archive_of, around, feeds, sent_issues
from digest.pipeline.site.folder import MARK, Part, exclusive
from digest.pipeline.site.place import part_of, refuse_place
from digest.pipeline.site.writing import Changes, Original, Plan, Wanted, plan, write
from digest.render import render_feed_content, render_feeds, render_index, render_web
from digest.render.sources import public_picture

Progress = Callable[[str], None]

IN_FEED = 20
"""Issues in a feed, five months of weeks. Feed readers ask for it every hour, and a full issue weighs some 20 KB."""

_IDS = uuid5(NAMESPACE_URL, "urn:digest:site")


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A newsletter's part of the site as it is now; `index` is its first page."""

    newsletter: str
    folder: Path
    index: Path
    issues: int
    changes: Changes
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What is known of a newsletter's part before anything is written."""

    room: Newsroom
    issues: tuple[Shown, ...]
    plan: Plan
    findings: tuple[Finding, ...]


def publish(rooms: Sequence[Newsroom], site: Path, ahead: Sequence[str], progress: Progress) -> tuple[Published, ...]:
    """Write the site of each room's newsletter; `ahead` are issues of the first one whose pictures go before them.

    All pages are made and all sources looked at before the first file is written: what is refused changes nothing.

    Raises:
        UsageError: the site cannot stand there.
        IssueError: a record or a ledger is damaged, or a picture that has to be copied is not what was built.
        TemplateError: a theme fails.
        DiskError: a file that Digest did not write is in the way; or, while it writes, the disk fails.
        LockedError: another command writes the site.

    """
    refuse_place(rooms[0], site)
    with exclusive(site):
        works = [_work(room, site, () if place else ahead, progress) for place, room in enumerate(rooms)]
        return tuple(_published(work, write(work.plan)) for work in works)


def _work(room: Newsroom, site: Path, ahead: Sequence[str], progress: Progress) -> _Work:
    part, issues = part_of(room, site), sent_issues(room)
    pictures = {name: each for shown in issues for name, each in _pictures(shown.folder, shown.issue)}
    for folder in map(room.shelf.issue, ahead):
        pictures |= _pictures(folder, open_issue(folder))
    kept, doubts = _kept(room, part, {shown.label for shown in issues})
    wanted = Wanted(texts=dict(_texts(room, issues, progress)), pictures=pictures, kept=kept)
    return _Work(room=room, issues=issues, plan=plan(part, wanted), findings=doubts)


def _published(work: _Work, changes: Changes) -> Published:
    folder = work.plan.part.folder
    return Published(
        newsletter=work.room.newsletter.name,
        folder=folder,
        index=folder / "index.html",
        issues=len(work.issues),
        changes=changes,
        findings=(*_findings(work, changes), *work.findings),
    )


def _kept(room: Newsroom, part: Part, sent: Container[str]) -> tuple[frozenset[str], tuple[Finding, ...]]:
    """Return the pictures on the site that stay though their issues are not marked as sent, and what is in doubt.

    A mail may show them already: between sending it and `digest sent`, and after `digest sent --undo`. They belong
    while the issue's record names them; of a record that cannot be read nobody knows, so that all of them stay.
    """
    kept: set[str] = set()
    doubts = []
    for folder in room.shelf.folders():
        there = () if folder.label in sent else part.pictures(folder.label)
        if there:
            try:
                kept |= {name for name, _ in _pictures(folder, open_issue(folder))}
            except DigestError as error:
                kept |= set(there)
                doubts.append(_doubt(error))
    return frozenset(kept), tuple(doubts)


def _doubt(error: DigestError) -> Finding:
    message = f"it cannot be read, so all its pictures stay on the site: {error.message}"
    return Finding(code="site-pictures", level="warning", message=message, where=error.where, hint=error.hint)


def _texts(room: Newsroom, issues: Sequence[Shown], progress: Progress) -> Iterator[tuple[str, bytes]]:
    """Yield every page and feed: its name and its bytes."""
    if not issues:
        return
    for place, each in enumerate(issues):
        progress(f"{each.label} ({place + 1} of {len(issues)})")
        page = render_web(each.issue, each.theme, room.compiled, around(room, issues, place))
        yield f"{each.label}/index.html", _marked(page)
    newest = replace(issues[-1].issue, brand=brand(room), newsletter_title=_title(room))
    yield "index.html", _marked(render_index(newest, room.theme(), room.compiled, archive_of(room, issues)))
    if room.config.site.url:
        progress("feeds")
        made = render_feeds(_feed(room, issues))
        yield "feed.xml", made.atom
        yield "feed.json", made.json


def _marked(page: str) -> bytes:
    return f"{page.rstrip()}\n{MARK}".encode()


def _title(room: Newsroom) -> str:
    return room.newsletter.title or room.config.magazine.name


def _feed(room: Newsroom, issues: Sequence[Shown]) -> Feed:
    """Return the newest issues as a feed. Its id is made from the first issue that was ever sent, so that it stays."""
    first = _id(issues[0].issue)
    start = max(0, len(issues) - IN_FEED)
    return Feed(
        id=uuid5(first, "feed").urn,
        title=_title(room),
        author=room.config.magazine.name,
        home_url=site_url(room),
        feeds=feeds(room),
        language=room.config.magazine.language,
        tagline=room.config.magazine.tagline,
        items=tuple(_item(room, issues, place) for place in reversed(range(start, len(issues)))),
    )


def _item(room: Newsroom, issues: Sequence[Shown], place: int) -> FeedItem:
    this, page = issues[place], around(room, issues, place)
    there = replace(
        page,
        base=page.url,
        amended=tuple(replace(each, href=f"{site_url(room)}{each.label}/") for each in page.amended),
    )
    return FeedItem(
        id=_id(this.issue).urn,
        url=page.url,
        title=this.issue.subject.text,
        summary=this.issue.preheader.text,
        content=render_feed_content(this.issue, this.theme, room.compiled, there).strip(),
        image_url=public_picture(this.issue, page),
        published=this.sent_at,
        updated=this.updated,
    )


def _id(issue: Issue) -> UUID:
    """Return what an issue is called for ever: its magazine, newsletter and label as its record has them.

    None of them changes once it is sent; an address of the site would, when the site moves.
    """
    return uuid5(_IDS, f"{issue.brand.name}\n{issue.newsletter}\n{issue.window.label}")


def _pictures(folder: IssueFolder, issue: Issue) -> Iterator[tuple[str, Original]]:
    """Yield the copies of pictures that an issue's record names: the name on the site, and where it is copied from."""
    for file in issue.files:
        if COPY.fullmatch(file.name):
            yield f"{folder.label}/{file.name}", Original(folder=folder, file=file)


def _findings(work: _Work, changes: Changes) -> Iterator[Finding]:
    room, issues, where = work.room, work.issues, str(work.plan.part.folder)
    if not issues:
        hint = "when one went out, say so: digest sent ISSUE"
        yield Finding(code="site-empty", level="note", message="no issue was sent yet", where=where, hint=hint)
    if not room.config.site.url:
        message = "it has no address: its pages have no canonical link, and there are no feeds"
        hint = 'say where it will be in digest.toml: [site] url = "https://…"'
        yield Finding(code="site-url", level="note", message=message, where=where, hint=hint)
    for each in issues:
        if each.instead:
            hint = "put its folder back into templates/ to show the issue in it"
            yield Finding(code="theme-gone", level="warning", message=each.instead, where=each.label, hint=hint)
    if changes.foreign:
        named = ", ".join(changes.foreign[:5]) + (", …" if len(changes.foreign) > 5 else "")  # noqa: PLR2004 - a line
        message = f"Digest did not write these files, and leaves them: {named}"
        yield Finding(code="site-foreign", level="note", message=message, where=where)
