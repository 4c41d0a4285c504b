"""The issue with marks: what is new, moved, changed and gone since the last build."""

from digest.editing.marking import marked
from digest.model.issue import Issue
from digest.preview.frames.own import own_page


def marked_page(before: Issue, after: Issue) -> str:
    """Return the page."""
    brand = after.brand
    values = {"marked": marked(before, after), "language": brand.language, "direction": brand.direction}
    return own_page("marks.html", values)
