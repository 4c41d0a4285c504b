"""The mail beside that of the last issue, and what the two say of themselves in rows."""

from collections.abc import Iterator

from digest.model.issue import Issue
from digest.pipeline.faces import Faces
from digest.preview.frames.own import own_page


def beside_page(last: Faces, now: Faces, mails: tuple[str, str]) -> str:
    """Return the page; `mails` are the two documents, the last issue's first."""
    is_unsent = last.issue.number == now.issue.number  # what was sent has its number for itself
    values = {
        "last": {"name": f"{_name(last.issue)}{', not sent' * is_unsent}", "mail": mails[0]},
        "now": {"name": _name(now.issue), "mail": mails[1]},
        "rows": list(_rows(last, now)),
        "again": list(_again(last.issue, now.issue)),
    }
    return own_page("beside.html", values)


def _name(issue: Issue) -> str:
    return f"No. {issue.number}, {issue.window.words}"


def _rows(last: Faces, now: Faces) -> Iterator[dict[str, object]]:
    """Yield what is compared; where it is `telling`, the same again is worth a word."""
    old, new = last.issue, now.issue
    yield {"name": "Subject", "was": last.message.subject, "now": now.message.subject, "telling": True}
    yield {"name": "Preheader", "was": old.preheader.text, "now": new.preheader.text, "telling": True}
    yield {"name": "Opening", "was": old.opening.text, "now": new.opening.text, "telling": True}
    yield {"name": "Sections", "was": _sections(old), "now": _sections(new), "telling": False}
    yield {"name": "Size", "was": _size(last), "now": _size(now), "telling": False}


def _sections(issue: Issue) -> str:
    """Return the sections with how many pieces stand in each."""
    named = [(each.title or each.name or "the top", len(each.entries)) for each in issue.sections if each.entries]
    named += [("headlines", len(issue.headlines))] * bool(issue.headlines)
    return ", ".join(f"{name} {count}" for name, count in named)


def _size(faces: Faces) -> str:
    words = sum(len(entry.lead.text.split()) for entry in faces.issue.entries)
    return (
        f"{len(faces.message.html.encode()) / 1000:.0f} KB, {len(faces.issue.entries)} pieces, {words:,} words in leads"
    )


def _again(last: Issue, now: Issue) -> Iterator[str]:
    """Yield the headline of every piece that the last issue had too, by its id or its link."""
    known = {entry.id for entry in last.entries} | {entry.url for entry in last.entries if entry.url}
    for entry in now.entries:
        if entry.id in known or entry.url in known:
            yield entry.title.text
