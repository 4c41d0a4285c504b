"""Style blocks: what makes a client drop them."""

from collections.abc import Iterator

from digest.check.proof import MAIL, Proof
from digest.check.rule import Hit, Rule


def _nested(proof: Proof) -> Iterator[Hit]:
    for sheet in proof.sheets:
        for rule in sheet.at_rules:
            if rule.nested:
                yield Hit(message=f"@{rule.name} stands inside another @ rule", where=f"{MAIL} line {rule.line}")


def _imports(proof: Proof) -> Iterator[Hit]:
    for sheet in proof.sheets:
        for rule in sheet.at_rules:
            if rule.name == "import":
                yield Hit(message=f"@import {rule.prelude}", where=f"{MAIL} line {rule.line}")
    for element in proof.mail.named("link"):
        if "stylesheet" in element.get("rel").lower():
            yield Hit(message=f"a linked style sheet: {element.get('href')}", where=proof.where(element))


def _broken(proof: Proof) -> Iterator[Hit]:
    for sheet in proof.sheets:
        for fault in sheet.faults:
            yield Hit(message=f"no CSS: {fault.message}", where=f"{MAIL} line {fault.line}")


def _misplaced(proof: Proof) -> Iterator[Hit]:
    for element in proof.body:
        if element.tag == "style":
            yield Hit(message="a style block stands in the body", where=proof.where(element))


RULES = (
    Rule(
        code="style-nested",
        level="error",
        means="An @ rule stands inside another @ rule of a style block.",
        why="Gmail drops the whole block: dark mode and narrow screens are lost.",
        hint="write the rules side by side: one @media with both conditions",
        look=_nested,
    ),
    Rule(
        code="style-import",
        level="error",
        means="The mail refers to a style sheet that lies elsewhere.",
        why="Hardly a mail client loads one, and those that do tell its server who reads the mail.",
        hint="put its rules into the theme's clients.css",
        look=_imports,
    ),
    Rule(
        code="style-broken",
        level="warning",
        means="Something in a style block is no CSS.",
        why="Browsers step over one broken rule; mail clients may drop the block.",
        hint="mend it in the theme's clients.css",
        look=_broken,
    ),
    Rule(
        code="style-body",
        level="warning",
        means="A style block stands in the mail's body.",
        why="Gmail reads style blocks in the head alone.",
        hint="move it to the head of the theme's email.html",
        look=_misplaced,
    ),
)
