"""The words that an inbox shows behind the subject: the first ones of the mail's HTML, hidden or not.

No client reads the preheader as such: it is shown because it stands first. Where it is missing, or is short and has no
filler behind it, readers see what comes next: this function shows it to the editor too.
"""

import re
from html.parser import HTMLParser

LENGTH = 200
"""Characters: more than any client shows."""

_UNREAD = frozenset({"head", "script", "style", "title"})
_FILLER = re.compile(r"(?:[\u034f\u00a0\u00ad\u200b-\u200d\u2007\u2060\ufeff]\s*){10,}")
"""What a mail puts behind its preheader to keep an inbox from reading on: characters that show nothing, in a row.
Single ones belong to words."""


def snippet(html: str) -> str:
    """Return the first words of a mail up to a filler, at most LENGTH characters, white space folded."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    first = _FILLER.split("".join(reader.words), maxsplit=1)[0]
    return " ".join(first.split())[:LENGTH].rstrip()


class _Reader(HTMLParser):
    """Collects a page's text. Outlook's conditional comments are comments here, as in all other clients."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin what is not read, or part words that stand in elements of their own."""
        del attrs
        self._unread += tag in _UNREAD
        self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """End what is not read."""
        self._unread -= tag in _UNREAD

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        if not self._unread:
            self.words.append(data)
