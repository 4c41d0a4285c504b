"""An issue's line in an inbox: sender, subject and the mail's first words, as long as four clients show them.

A client cuts by width, so that no count of characters is exact; published tests give what usually fits:

    client             sender  subject  words behind it   source
    Gmail, desktop     20-25   70       97                [1] [2] [3]; both in one line, the words take what is left
    Gmail, phone       20-25   33-37    one line          [1] [2]
    Apple Mail, phone  20-25   48       99, in two lines  [4]
    Outlook, desktop   20-25   50       35-55             [1] [3]

[1] activecampaign.com/glossary/subject-line-length · [2] campaign.name/tools/email-subject-line-tester (senders) ·
[3] themarketer.com/resources/knowledge-base/how-long-should-your-preview-texts-be · [4]
emailtooltester.com/en/blog/email-subject-lines-character-limit, tried on an iPhone 14. All read in November 2026.

`inbox.html` makes each line as wide as so many characters of the pangram that [4] tried and lets the browser cut, as
clients do: so wide letters, Arabic and emoji come out right. It shows where things stand, not the clients' own looks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from string import Template
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxLine:
    """What an inbox knows of a mail: `words` are the first ones of its text, `time` is when it came, as shown."""

    sender: str
    subject: str
    words: str
    time: str


Ground = Literal["light", "dark"]


def inbox_page(line: InboxLine, language: str, grounds: Sequence[Ground] = ()) -> str:
    """Return a page that shows `line` as four clients do, on each of `grounds`; on none: as the browser prefers."""
    clients = _template("inboxes.html").substitute(
        language=escape(language),
        initial=escape(line.sender[:1].upper()),
        sender=escape(line.sender),
        subject=escape(line.subject),
        words=escape(line.words),
        time=escape(line.time),
    )
    shown = [f'<section class="inboxes {each}"><h2>{_GROUNDS[each]}</h2>\n{clients}</section>\n' for each in grounds]
    whole = f"<h1>In the inbox</h1>\n{''.join(shown)}" if shown else f'<div class="inboxes">\n{clients}</div>\n'
    return _template("inbox.html").substitute(inboxes=whole)


_GROUNDS: dict[Ground, str] = {"light": "In a light inbox", "dark": "In a dark inbox"}


def _template(name: str) -> Template:
    return Template(files("digest.views").joinpath(name).read_text(encoding="utf-8"))
