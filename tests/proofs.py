"""Proofs for the tests of `digest check`: one in which nothing is wrong, and the same with one thing changed."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from digest.check import check
from digest.check.facts import Facts
from digest.check.proof import Proof
from digest.mailers.message import Terms, make_message, marked_html
from digest.model.issue import Entry, Issue, Words
from digest.model.message import Message, Rendered
from digest.model.tags import TagName
from digest.pipeline.checking import load_support
from digest.render import render
from digest.theme import find_theme, shipped
from render_samples import UNLINKED, sample_issue

VALUES: dict[TagName, str] = {
    "unsubscribe": "https://harbour.example/leave",
    "view_online": "https://harbour.example/weekly/212",
    "preferences": "https://harbour.example/preferences",
    "address": "4 Quay Street, Port Ellery",
}


def without(issue: Issue, entry: Entry) -> Issue:
    """The issue without one of its entries."""
    sections = tuple(
        replace(section, entries=tuple(each for each in section.entries if each != entry)) for section in issue.sections
    )
    return replace(issue, sections=sections)


def sound_issue() -> Issue:
    """An issue with which nothing is wrong."""
    preheader = Words(text="Who owns the sand? · The ferry timetable that nobody dares to change")
    return replace(without(sample_issue(), UNLINKED), preheader=preheader)


def proof_of(issue: Issue, theme: str = "roundup", **facts: Any) -> Proof:
    """The proof of an issue, rendered with a shipped theme, as the facts' service gets it."""
    files = find_theme(theme, [shipped()])
    plain: dict[str, Any] = {"values": VALUES, "hosts": ("harbour.example",), "support": load_support()}
    known = Facts(**(plain | facts))
    rendered = render(issue, files)
    return made(issue, rendered, known)


def made(issue: Issue, rendered: Rendered, facts: Facts) -> Proof:
    """The proof of an issue's built files, as the facts' service gets them."""
    terms = Terms(service=facts.service, values=facts.values)
    message, marked = make_message(issue, rendered, terms), marked_html(rendered, terms)
    return Proof(issue=issue, rendered=rendered, message=message, marked=marked, facts=facts)


@cache
def sound() -> Proof:
    """The proof in which no rule finds anything that must be mended."""
    return proof_of(sound_issue())


def codes(proof: Proof) -> set[str]:
    """The codes of all that is found."""
    return {finding.code for finding in check(proof)}


def hits(proof: Proof, code: str) -> list[str]:
    """What one rule finds, each with its place."""
    return [f"{finding.where}: {finding.message}" for finding in check(proof) if finding.code == code]


Change = Callable[[str], str]


def same(text: str) -> str:
    return text


def changed(html: Change = same, text: Change = same, web: Change = same, **facts: Any) -> Proof:
    """The sound proof with its built files changed, as a theme of somebody's own would have made them."""
    proof = sound()
    known = replace(proof.facts, **facts)
    old = proof.rendered
    rendered = Rendered(html=html(old.html), text=text(old.text), web=web(old.web))
    return made(proof.issue, rendered, known)


def put(old: str, new: str) -> Change:
    """A change of the first place where `old` stands; it must stand somewhere."""

    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


def bare(html: str = "", **facts: Any) -> Proof:
    """A proof of nothing but a page."""
    issue = replace(sound_issue(), sections=(), headlines=())
    message = Message(
        service="none", key="", sender=sound().message.sender, subject="", preheader="", html=html, text=""
    )
    rendered = Rendered(html=html, text="", web="")
    return Proof(issue=issue, rendered=rendered, message=message, marked=html, facts=Facts(**facts))


def in_body(markup: str, head: str = "") -> str:
    """A sound page around a piece of markup."""
    return (
        '<!DOCTYPE html>\n<html lang="en" dir="ltr"><head><title>T</title>' + head + "</head>\n"
        f'<body><div lang="en" dir="ltr"><h1>Name</h1>{markup}</div></body></html>'
    )
