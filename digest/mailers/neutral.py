"""A story's text stays text: nothing in it is a tag to the template engine of a mailing service.

Every service but a bare relay runs what it is given through an engine, so that a story about one (`{{ .Name }}`,
`*|EMAIL|*`) would lose its words, show a reader's data, or be refused as a whole. What is here comes before the
service's own tags are put in, which `message.py` does.
"""

import json
import re

from digest.model.tags import Syntax

HTML_OPENER = re.compile(
    r"[{\[]"  # {{ {% {# {{{ ${ #{ {$ {name}: Go, Jinja, Django, Liquid, Handlebars, MailerLite, Ghost; [[ [% [NAME]
    r"|\*(?=\|)"  # *| Mailchimp
    r"|%(?=[%=]|(?![0-9A-Fa-f]{2}%)[A-Za-z_][\w.:-]*%)"  # %% and %recipient.name%: Mailgun; %C3% is half a letter
    r"|@(?=TrackLink)"  # https://…@TrackLink: listmonk
)
"""One character of every opener of every service known: `<%` and `<unsubscribe>` cannot stand in escaped text."""

_OUTLOOK = r"<!--\[if [^\]]*\]>(?:<!-->)?|(?:<!--)?<!\[endif\]-->"
"""The marks of what is for Outlook alone or for all else; what stands between them is read as HTML."""
_STYLE = r"<style\b.*?</style>"
_KEPT = re.compile(f"({_STYLE}|{_OUTLOOK})", re.DOTALL)
_COMMENT = re.compile(f"{_STYLE}|({_OUTLOOK}|<!--(?!/?digest:).*?-->)", re.DOTALL)
"""Digest's own marks are none of what an engine must keep: they are taken out."""

_JOINER = "\N{WORD JOINER}"


def neutral_html(page: str) -> str:
    """Return the mail's HTML without a tag of any service in its texts and attributes, whoever will send it.

    One character of every opener becomes a numeric reference: an engine reads none there, and a mail program reads
    exactly the story's text. It holds for every service, because a relay may have an engine too.
    """
    parts = _KEPT.split(page)
    parts[::2] = [HTML_OPENER.sub(lambda found: f"&#{ord(found[0])};", part) for part in parts[::2]]
    return "".join(parts)


def neutral_text(text: str, syntax: Syntax | None) -> str:
    """Return the text part without a tag that `syntax` reads, None being a service that reads none."""
    if syntax is None:
        return text
    line = neutral_line(text, syntax)
    return line.replace("<", _printed("<", syntax)) if syntax.html else line


def neutral_line(line: str, syntax: Syntax | None) -> str:
    """Return a subject or a preheader without a tag that `syntax` reads."""
    if syntax is None:
        return line
    literals = syntax.literals
    return re.sub(syntax.opener, lambda found: literals.get(found[0], found[0] + _JOINER), line)


def kept_comments(page: str, syntax: Syntax | None) -> str:
    """Return the filled HTML with every comment and Outlook mark written so that the service's engine keeps it."""
    if syntax is None or not syntax.html:
        return page
    return _COMMENT.sub(lambda found: _printed(found[1], syntax) if found[1] else found[0], page)


def _printed(piece: str, syntax: Syntax) -> str:
    """Return the tag that prints a piece of HTML as it is. JSON's strings are Go's too."""
    return syntax.html.replace("%s", json.dumps(piece, ensure_ascii=False))
