"""Markup: what a screen reader, a translator and a browser need to know of the mail."""

from collections.abc import Iterator
from itertools import pairwise

from digest.check.page import Element
from digest.check.proof import MAIL, Proof
from digest.check.rule import Hit, Rule

_LEVELS = {f"h{level}": level for level in range(1, 7)}


def _roots(proof: Proof) -> Iterator[tuple[str, Element]]:
    """Yield the page's root and what stands right in its body, which webmail keeps where it drops the rest."""
    for element in proof.mail.named("html"):
        yield "html", element
    for body in proof.mail.named("body"):
        for element in proof.mail.children(body):
            if element.tag not in {"script", "style"}:
                yield f"the body's <{element.tag}>", element


def _languages(proof: Proof) -> Iterator[Hit]:
    for name, element in _roots(proof):
        if not element.get("lang").strip():
            yield Hit(message=f"{name} has no lang", where=proof.where(element))


def _directions(proof: Proof) -> Iterator[Hit]:
    for name, element in _roots(proof):
        if element.get("dir").lower() not in {"ltr", "rtl", "auto"}:
            yield Hit(message=f"{name} has no dir", where=proof.where(element))


def _title(proof: Proof) -> Iterator[Hit]:
    if not any(proof.mail.text(element) for element in proof.mail.named("title")):
        yield Hit(message="has no title", where=MAIL)


def _doctype(proof: Proof) -> Iterator[Hit]:
    if not proof.rendered.html.lstrip().lower().startswith("<!doctype html>"):
        yield Hit(message="does not begin with <!DOCTYPE html>", where=f"{MAIL} line 1")


def _headings(proof: Proof) -> list[Element]:
    return [element for element in proof.body if element.tag in _LEVELS and element.index not in proof.hidden]


def _first(proof: Proof) -> Iterator[Hit]:
    found = [element for element in _headings(proof) if element.tag == "h1"]
    if not found:
        yield Hit(message="has no h1", where=MAIL)
    for element in found[1:]:
        yield Hit(message=f"another h1: “{proof.mail.text(element)}”", where=proof.where(element))


def _order(proof: Proof) -> Iterator[Hit]:
    found = _headings(proof)
    for above, element in pairwise(found):
        if _LEVELS[element.tag] > _LEVELS[above.tag] + 1:
            yield Hit(message=f"an {element.tag} follows an {above.tag}", where=proof.where(element))
    for element in found:
        if not proof.mail.text(element) and not any(inner.get("alt") for inner in proof.mail.inside(element)):
            yield Hit(message=f"an {element.tag} without words", where=proof.where(element))


def _tables(proof: Proof) -> Iterator[Hit]:
    """Yield layout tables without a role. A table with header cells or a caption is one of data."""
    for element in proof.body:
        if element.tag == "table" and element.get("role").lower() not in {"presentation", "none"}:
            inner = proof.mail.inside(element)
            if element.get("role") or not any(each.tag in {"caption", "th"} for each in inner):
                yield Hit(message="a layout table without role=presentation", where=proof.where(element))


def _identities(proof: Proof) -> Iterator[Hit]:
    seen: set[str] = set()
    for element in proof.mail.elements:
        name = element.get("id")
        if name and name in seen:
            yield Hit(message=f"the id {name!r} stands twice", where=proof.where(element))
        seen.add(name)


RULES = (
    Rule(
        code="html-lang",
        level="error",
        means="The page, or what stands right in its body, does not say its language.",
        why="A screen reader reads it in the wrong voice; webmail drops the page's own element, so both must say it.",
        hint="write lang in the theme's email.html, the hidden preheader's included",
        look=_languages,
    ),
    Rule(
        code="html-dir",
        level="error",
        means="The page, or what stands right in its body, does not say which way its text runs.",
        why="A reader whose client runs right to left gets every line on the wrong side.",
        hint="write dir in the theme's email.html, the hidden preheader's included",
        look=_directions,
    ),
    Rule(
        code="html-title",
        level="error",
        means="The page has no title.",
        why="A screen reader says it first, and a browser shows it above the web version that a service makes.",
        hint="write <title>{{ issue.subject.text }}</title> in the theme",
        look=_title,
    ),
    Rule(
        code="html-doctype",
        level="error",
        means="The page does not begin with its doctype.",
        why="Without it browsers draw as in 1999: widths and line heights are others.",
        hint="begin the theme's email.html with <!DOCTYPE html>",
        look=_doctype,
    ),
    Rule(
        code="html-h1",
        level="error",
        means="The mail has no h1, or more than one.",
        why="It is what the mail is called; a screen reader's user jumps there first.",
        hint="one h1: the magazine's name",
        look=_first,
    ),
    Rule(
        code="html-headings",
        level="warning",
        means="A heading skips a level, or has no words.",
        why="A screen reader's user moves by headings and takes a gap for something missed.",
        hint="sections are h2, their stories h3",
        look=_order,
    ),
    Rule(
        code="html-table",
        level="error",
        means="A table that only lays things out does not say so.",
        why="A screen reader announces rows and columns before every story.",
        hint='write role="presentation" on it',
        look=_tables,
    ),
    Rule(
        code="html-id",
        level="warning",
        means="The same id stands on two elements.",
        why="A link to it leads to the first one, and a label names the wrong one.",
        hint="give each its own id, or none",
        look=_identities,
    ),
)
