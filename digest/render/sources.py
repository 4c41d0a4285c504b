"""Where a page finds an issue's pictures (beside itself, or where the mail has them) and other issues' pages."""

from digest.model.issue import Issue, Picture
from digest.model.site import Around


def source(picture: Picture | None, base: str = "") -> str:
    """Return the address of a picture in a page: its copy behind `base`, else the one in the mail; "" for none."""
    if picture is None or not picture.image.url:
        return ""
    return base + picture.file if picture.file else picture.image.url


def lead_picture(issue: Issue) -> Picture | None:
    """Return the first picture of the issue: the lead story's where it has one."""
    pictures = (entry.picture for entry in issue.entries)
    return next((picture for picture in pictures if picture and picture.image.url), None)


def public_picture(issue: Issue, around: Around | None) -> str:
    """Return an absolute address of the lead picture: on the site where it has an address, else the mail's."""
    picture = lead_picture(issue)
    if picture is None:
        return ""
    return source(picture, around.url) if around and around.url else picture.image.url


def page_of(issue: Issue, around: Around | None, label: str) -> str:
    """Return where another issue's page is: on the site as that says, else as this one's own is made."""
    if around is not None:
        return next((page.href for page in around.amended if page.label == label), "")
    own = issue.window.label
    return issue.web_url.replace(own, label) if label and own in issue.web_url else ""
