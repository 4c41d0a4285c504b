"""Merge tags: what the service must fill in is there, and nothing else that it would take for a tag."""

import re
from collections.abc import Iterator

from digest.check.proof import MAIL, Proof
from digest.check.rule import Hit, Rule
from digest.model.tags import PREFIX, SERVICES, TagName

_TAG = re.compile(
    r"\*\|[^|\n]{1,80}\|\*"  # Mailchimp
    r"|\{\{[^{}\n]{1,120}\}\}|\{%[^{}\n]{1,120}%\}"  # listmonk, Buttondown, Brevo and many more
    r"|<%[^<>\n]{1,120}%>|\[\[[^\[\]\n]{1,80}\]\]|%recipient[.\w]*%"
)
"""How mailing services write a tag."""

_HALF = re.compile(r"(?:\*\||\{\{|\{%|<%)\S{0,8}|\S{0,8}(?:\|\*|\}\}|%\}|%>)")
"""What opens a tag, and what closes one; with what stands right beside it, by which a story's text knows it again."""

_LEFT = re.compile(re.escape(PREFIX) + r"\w+")
_ENCODED = re.compile(r"(?:%7[bB]){2}|%7[cC]\*|\*%7[cC]|digest-tag%3[aA]")


def _value(proof: Proof, name: TagName) -> str:
    """Return what stands for a tag in the message: the service's own, else the configuration's."""
    return SERVICES[proof.facts.service].tag(name) or proof.facts.values.get(name, "")


def _linked(proof: Proof, name: TagName) -> bool:
    value = _value(proof, name)
    return bool(value) and any(link.get("href") == value for link in proof.sent.named("a"))


def _unsubscribe(proof: Proof) -> Iterator[Hit]:
    if not _linked(proof, "unsubscribe"):
        yield Hit(message="nobody can unsubscribe: no link says where", where=MAIL, hint=_fill(proof, "unsubscribe"))
    elif _value(proof, "unsubscribe") not in proof.message.text:
        yield Hit(message="nobody can unsubscribe: no line says where", where="email.txt")


def _online(proof: Proof) -> Iterator[Hit]:
    if not _linked(proof, "view_online"):
        yield Hit(message="no link to the web version", where=MAIL, hint=_fill(proof, "view_online"))


def _address(proof: Proof) -> Iterator[Hit]:
    value = " ".join(_value(proof, "address").split())
    for where, text in ((MAIL, _seen(proof)), ("email.txt", proof.message.text)):
        if not value or value not in " ".join(text.split()):
            yield Hit(message="says no postal address", where=where, hint=_fill(proof, "address"))


def _seen(proof: Proof) -> str:
    return proof.sent.text(proof.sent.elements[0]) if proof.sent.elements else ""


_KEYS: dict[TagName, str] = {
    "unsubscribe": "set mailer.service or mailer.unsubscribe_url",
    "view_online": "set mailer.service, mailer.issue_url or site.url",
    "address": "set magazine.address",
}


def _fill(proof: Proof, name: TagName) -> str:
    """Return what to do: fill in the value, or show it in the theme."""
    missing = not _value(proof, name)
    return f"{_KEYS[name]} in digest.toml" if missing else f"write {{{{ tag('{name}') }}}} in the theme"


def _foreign(proof: Proof) -> Iterator[Hit]:
    """Yield what the theme writes as a tag of some service: it stays text, whoever sends.

    A tag in a value of digest.toml is put in as it is written; there it must be the configured service's.
    """
    for where, said in ((MAIL, _said(proof)), ("email.txt", proof.rendered.text)):
        for tag in sorted(set(_TAG.findall(said))):
            if tag not in proof.content:
                yield Hit(message=f"the theme writes {tag}", where=_in_theme(proof, tag) or where)
    syntax = SERVICES[proof.facts.service].syntax
    for name, value in proof.facts.values.items():
        for tag in _TAG.findall(value):
            if syntax is None or not re.search(syntax.opener, tag):
                hint = "write an address, or set mailer.service"
                yield Hit(message=f"{tag} is no tag of {_called(proof)}", where=f"digest.toml: {name}", hint=hint)


def _said(proof: Proof) -> str:
    """Return the mail's texts and attributes, each on a line; styles are none of them."""
    elements = [element for element in proof.mail.elements if element.tag != "style"]
    attributes = (value for element in elements for name, value in element.attributes.items() if name != "style")
    return "\n".join((*(element.own for element in elements), *(" ".join(value.split()) for value in attributes)))


def _in_theme(proof: Proof, tag: str) -> str:
    """Return the file and the line of the theme where a tag is written, "" where it is made of pieces."""
    for name, text in sorted(proof.facts.theme.items()):
        before, found, _ = text.partition(tag)
        if found:
            return f"theme: {name} line {before.count(chr(10)) + 1}"
    return ""


def _called(proof: Proof) -> str:
    return "any service: none is configured" if proof.facts.service == "none" else proof.facts.service


def _as_text(proof: Proof) -> Iterator[Hit]:
    """Yield the tags in the issue's own texts that the configured service knows: they arrive as they are written."""
    syntax = SERVICES[proof.facts.service].syntax
    if syntax is None:
        return
    for where, text in proof.texts():
        for tag in sorted(set(_TAG.findall(text))):
            if re.search(syntax.opener, tag):
                yield Hit(message=f"{tag} is shown as it is written", where=where)


def _broken(proof: Proof) -> Iterator[Hit]:
    for where, face in ((MAIL, proof.message.html), ("email.txt", proof.message.text)):
        for found in sorted(set(_LEFT.findall(face))):
            yield Hit(message=f"a placeholder is left: {found}", where=where)
    for link in proof.mail.named("a", "img"):
        target = link.get("href") or link.get("src")
        if _ENCODED.search(target) and target not in proof.content:
            yield Hit(message=f"a tag was encoded and is one no more: {target}", where=proof.where(link))
    for half in _halves(proof):
        yield Hit(message=f"half a tag: {half}", where=_in_theme(proof, half) or MAIL)


def _halves(proof: Proof) -> Iterator[str]:
    """Return what opens or closes a tag and stands alone, but for what a story's own text says."""
    halves = (found[0] for found in _HALF.finditer(_TAG.sub("", _said(proof))))
    return (half for half in halves if half not in proof.content)


RULES = (
    Rule(
        code="tag-unsubscribe",
        level="error",
        means="The mail, filled in for the configured service, has no link to unsubscribe.",
        why="The law asks for one nearly everywhere; readers who find none report the mail as spam.",
        hint="write {{ tag('unsubscribe') }} in the theme's email.html and email.txt",
        look=_unsubscribe,
    ),
    Rule(
        code="tag-address",
        level="error",
        means="The mail, filled in for the configured service, says no postal address.",
        why="The law asks for one in the United States, Canada, Germany and elsewhere.",
        hint="set magazine.address in digest.toml",
        look=_address,
    ),
    Rule(
        code="tag-online",
        level="warning",
        means="The mail, filled in for the configured service, has no link to its web version.",
        why="Where a client shows the mail badly, or cuts it, this is the reader's only way to the rest.",
        hint="set mailer.service, mailer.issue_url or site.url in digest.toml",
        look=_online,
    ),
    Rule(
        code="tag-foreign",
        level="error",
        means="The theme writes a mailing service's tag by itself, or digest.toml one of another service than its own.",
        why="Nobody fills it in: readers see it, or a link leads nowhere.",
        hint="write {{ tag('unsubscribe') }} and the like: Digest puts in the tag of whatever service sends",
        look=_foreign,
    ),
    Rule(
        code="tag-text",
        level="note",
        means="A text of the issue holds what the configured service would take for a tag.",
        why="Digest sends it so that it arrives as it is written: a story about tags stays whole, a greeting by name "
        "does not come true.",
        hint="nothing must be done where it is meant as text",
        look=_as_text,
    ),
    Rule(
        code="tag-broken",
        level="error",
        means="A placeholder was left unfilled, a tag was encoded, or only half of one is there.",
        why="No service knows it as its own: the link leads nowhere, or the service refuses the mail.",
        hint="mend the theme: the tags are unsubscribe, view_online, preferences and address",
        look=_broken,
    ),
)
