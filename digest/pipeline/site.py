"""The public archive: every sent issue of a newsletter as a page, an index of them, and feeds.

Sent is what the ledger says was sent, and no more than that is shown: neither edits nor what was left out reaches a
page. The same records, ledgers, configuration and theme give the same bytes, whatever the clock says.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from digest.errors import UsageError
from digest.issues.folder import IssueFolder
from digest.model.finding import Finding
from digest.model.issue import Issue
from digest.model.site import Feed, FeedItem
from digest.pipeline.handing import open_issue
from digest.pipeline.newsroom import Newsroom, brand, site_url
from digest.pipeline.shown import Shown, archive_of, around, feeds, sent_issues
from digest.pipeline.site_folder import MARK, Changes, Part, exclusive, write_part
from digest.render import render_feed_content, render_feeds, render_index, render_web
from digest.render.sources import COPY, public_picture

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


def publish(rooms: Sequence[Newsroom], site: Path, ahead: Sequence[str], progress: Progress) -> tuple[Published, ...]:
    """Write the site of each room's newsletter; `ahead` are issues whose pictures go there before they are sent.

    Raises:
        UsageError: the site cannot stand where the newsroom or its issues do.
        IssueError: an issue is damaged; nothing of its newsletter's part was changed.
        DiskError: a file that Digest did not write is in the way, or the disk fails.
        LockedError: another command writes the site.

    """
    _refuse_place(rooms[0].root.resolve(), site)
    with exclusive(site):
        return tuple(_publish(room, site, ahead, progress) for room in rooms)


def _refuse_place(root: Path, site: Path) -> None:
    """Refuse a folder in which the site's files would stand among the newsroom's own."""
    here = site.resolve()
    if root.is_relative_to(here) or here.is_relative_to(root / "issues"):
        hint = "give it a folder of its own: --out DIR"
        raise UsageError("the newsroom's own files are there", where=str(site), hint=hint)


def _publish(room: Newsroom, site: Path, ahead: Sequence[str], progress: Progress) -> Published:
    part = _part(room, site)
    issues = sent_issues(room)
    pictures = {name: path for each in issues for name, path in _pictures(each.folder, each.issue)}
    for folder in map(room.shelf.issue, ahead):
        pictures |= _pictures(folder, open_issue(folder))
    changes = write_part(part, dict(_texts(room, issues, progress)), pictures)
    return Published(
        newsletter=room.newsletter.name,
        folder=part.folder,
        index=part.folder / "index.html",
        issues=len(issues),
        changes=changes,
        findings=tuple(_findings(room, issues, part, changes)),
    )


def _part(room: Newsroom, site: Path) -> Part:
    """Return the newsletter's part of the site: the first one's is the site itself, without the folders of others."""
    first, *others = (each.name for each in room.config.newsletters)
    if room.newsletter.name == first:
        return Part(folder=site, others=frozenset(others))
    return Part(folder=site / room.newsletter.name)


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


def _pictures(folder: IssueFolder, issue: Issue) -> Iterator[tuple[str, Path]]:
    """Yield the copies of pictures that an issue's record names: the name on the site, and the file."""
    for file in issue.files:
        if COPY.fullmatch(file.name):
            yield f"{folder.label}/{file.name}", folder.path / file.name


def _findings(room: Newsroom, issues: Sequence[Shown], part: Part, changes: Changes) -> Iterator[Finding]:
    where = str(part.folder)
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
