"""The faces of an issue as readers get them: `digest shot` takes their pictures, the desk shows them in its frame."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from digest.browser import Page
from digest.issues.folder import IssueFolder
from digest.mailers.message import Terms, make_message, marked_html
from digest.model.issue import Issue
from digest.model.message import Message, Rendered
from digest.pipeline.handing import rendered_of
from digest.views import InboxLine, inbox_page, snippet, text_page

Face = Literal["mail", "text", "web", "inbox"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Faces:
    """An issue as readers get it: `message` is the mail, `marked` its HTML with the marks around each entry."""

    issue: Issue
    message: Message
    marked: str
    web: str

    @property
    def line(self) -> InboxLine:
        """Return the mail as an inbox lists it; it came when the issue's window was over."""
        window = self.issue.window
        came = window.end.astimezone(ZoneInfo(window.zone))
        return InboxLine(
            sender=self.message.sender.name or self.message.sender.address,
            subject=self.message.subject,
            words=snippet(self.message.html),
            time=f"{came:%H:%M}",
        )

    @property
    def pictures(self) -> Mapping[str, bytes]:
        """Return the copies of pictures by every address at which a face shows them.

        A mail has its pictures from where readers get them; a web version has them from beside it, or as the mail does.
        """
        copies = self.message.pictures
        return {each.name: each.content for each in copies} | {each.url: each.content for each in copies}


def faces(issue: Issue, rendered: Rendered, terms: Terms) -> Faces:
    """Return the issue's faces, their placeholders filled by `terms`."""
    message = make_message(issue, rendered, terms)
    return Faces(issue=issue, message=message, marked=marked_html(rendered, terms), web=rendered.web)


def faces_of(folder: IssueFolder, terms: Terms) -> Faces:
    """Return the faces of a built issue.

    Raises:
        IssueError: there is no such issue, or a file of it is not what was built.

    """
    folder.must_exist()
    with folder.exclusive():
        issue = folder.read()
        rendered = rendered_of(folder, issue)
    return faces(issue, rendered, terms)


def pages(shown: Faces) -> dict[Face, Page]:
    """Return every face as a page, with the pictures that it shows."""
    brand = shown.issue.brand
    return {
        "mail": Page(html=shown.message.html, answers=shown.pictures),
        "text": Page(html=text_page(shown.message.text, brand), answers={}),
        "web": Page(html=shown.web, answers=shown.pictures),
        "inbox": Page(html=inbox_page(shown.line, brand.language), answers={}),
    }
