"""Parity: the mail, its text part and the web version tell the same stories."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from digest.check.page import Page
from digest.check.proof import Proof, once
from digest.check.rule import Hit, Rule, quoted
from digest.model.issue import Entry
from digest.text.urls import page_key

_NO_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Faces:
    """A question's answer for each of the three faces."""

    mail: bool
    text: bool
    web: bool

    @property
    def lacking(self) -> str:
        """Return the faces that say no, in words; "" where all agree."""
        named = (("the mail", self.mail), ("the text part", self.text), ("the web version", self.web))
        missing = [name for name, there in named if not there]
        return " and ".join(missing) if 0 < len(missing) < len(named) else ""

    @property
    def nowhere(self) -> bool:
        """Tell whether all three say no."""
        return not (self.mail or self.text or self.web)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Texts:
    """What the three faces say, letters and digits alone: lines break in one, dashes are drawn in another."""

    mail: str
    text: str
    web: str

    def hold(self, words: str) -> _Faces:
        """Tell which faces say `words`."""
        wanted = _letters(words)
        return _Faces(mail=wanted in self.mail, text=wanted in self.text, web=wanted in self.web)


@once
def _texts(proof: Proof) -> _Texts:
    return _Texts(mail=_letters(_body(proof.mail)), text=_letters(proof.rendered.text), web=_letters(_body(proof.web)))


def _body(page: Page) -> str:
    return " ".join(page.raw(body) for body in page.named("body"))


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text)


def _headlines(proof: Proof) -> Iterator[Hit]:
    faces = _texts(proof)
    for entry in proof.issue.entries:
        found = faces.hold(entry.title.text)
        if found.nowhere:
            yield Hit(message="its headline is in none of mail, text part and web version", where=entry.title.text)
        elif found.lacking:
            yield Hit(message=f"its headline is not in {found.lacking}", where=entry.title.text)


def _leads(proof: Proof) -> Iterator[Hit]:
    faces = _texts(proof)
    for entry in proof.issue.entries:
        found = faces.hold(entry.lead.text)
        if found.lacking:
            yield Hit(message=f"its lead is not in {found.lacking}", where=entry.title.text)


def _lost(proof: Proof) -> Iterator[Hit]:
    """Yield what somebody wrote for this issue and no face shows: a theme may drop a source's words, not theirs."""
    faces, opening = _texts(proof), proof.issue.opening
    if opening.origin == "editor" and faces.hold(opening.text).nowhere:
        yield Hit(message=f"it is nowhere to be read: {quoted(opening.text)}", where="opening")
    for entry in proof.issue.entries:
        for name, text in _written(entry):
            if faces.hold(text).nowhere:
                yield Hit(message=f"its {name} is nowhere to be read: {quoted(text)}", where=entry.title.text)


def _written(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the editor's own texts of an entry; of a promotion and of a link from elsewhere the text in any case."""
    words = (("kicker", entry.kicker), ("dek", entry.dek), ("by-line", entry.byline), ("lead", entry.lead))
    for name, each in words:
        if each.origin == "editor" or (name == "lead" and entry.entry in {"link", "promo"}):
            yield ("text" if entry.entry in {"link", "promo"} and name == "lead" else name), each.text


def _links(proof: Proof) -> Iterator[Hit]:
    mail, web = _targets(proof.mail), _targets(proof.web)
    lines = set(proof.rendered.text.split())
    for entry in proof.issue.entries:
        if not entry.mail_url:
            continue
        found = _Faces(
            mail=page_key(entry.mail_url) in mail, text=entry.mail_url in lines, web=page_key(entry.url) in web
        )
        if found.nowhere:
            message = f"nothing leads to its address: {entry.mail_url}"
            yield Hit(message=message, where=entry.title.text)
        elif found.lacking:
            yield Hit(message=f"no link leads there in {found.lacking}: {entry.url}", where=entry.title.text)


def _targets(page: Page) -> frozenset[str]:
    return frozenset(page_key(element.get("href")) for element in page.named("a"))


_HINT = "mend the theme: email.html, email.txt and web.html show the same entries"

RULES = (
    Rule(
        code="parity-headline",
        level="error",
        means="A story's headline is missing in the mail, in its text part or in the web version.",
        why="Readers of one see stories that others do not; the text part is read by filters, too.",
        hint=_HINT,
        look=_headlines,
    ),
    Rule(
        code="parity-link",
        level="error",
        means="No link leads to a story in the mail, in its text part or in the web version.",
        why="Its readers cannot read on.",
        hint=_HINT,
        look=_links,
    ),
    Rule(
        code="parity-lead",
        level="warning",
        means="A story's lead is in one of mail, text part and web version, and not in another.",
        why="What is corrected in one is forgotten in the other.",
        hint=_HINT,
        look=_leads,
    ),
    Rule(
        code="parity-lost",
        level="warning",
        means="What the editor wrote, or a promotion's or a link's text, is in none of the three faces.",
        why="Somebody wrote it to be read, or paid for it; the theme has no place for it.",
        hint="take a theme that shows it, or show it in yours; or take it out of edits.toml",
        look=_lost,
    ),
)
