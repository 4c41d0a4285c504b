"""Which features of HTML, CSS and pictures a mail uses, by caniemail's names for them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from digest.check.page import Element, Page
from digest.check.pictures import kind_of
from digest.check.proof import MAIL, Proof, once, sheets, style
from digest.check.sheets import AtRule, Declaration, Sheet, StyleRule
from digest.check.slugs import (
    ATTRIBUTES,
    ELEMENTS,
    FUNCTIONS,
    INPUTS,
    PICTURES,
    PROPERTIES,
    SELECTORS,
    SIDES,
    UNITS,
    VALUES,
    WORDS,
)

_MEDIA = re.compile(r"\(\s*(?:min-|max-|-webkit-(?:min-|max-)?)?([a-z-]+)")
_PSEUDO = re.compile(r"(?<!:):([a-z-]+)|::([a-z-]+)")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_OLD_PSEUDO_ELEMENTS = frozenset({"after", "before", "first-letter", "first-line"})
"""CSS 2 wrote these with one colon."""
_CUSTOM = "--"
_VENDOR = re.compile(r"^-(?:webkit|moz|ms|o)-")
_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One use of a feature: where it stands, whether that is a kept style block, and whether Outlook sees it."""

    slug: str
    where: str
    kept: bool = False
    outlook: bool = True


@once
def uses(proof: Proof) -> tuple[Use, ...]:
    """Return every use of a feature in the mail, but for what is hidden in comments for Outlook."""
    page = (Use(slug=slug, where=f"{MAIL} line 1") for slug in _of_page(proof.rendered.html))
    return (*_in(proof, proof.mail), *page)


@once
def outlook_uses(proof: Proof) -> tuple[Use, ...]:
    """Return every use of a feature in what the mail's comments hold for Outlook for Windows alone."""
    return tuple(_in(proof, proof.outlook))


def _in(proof: Proof, page: Page) -> Iterator[Use]:
    """Yield the uses in a page in its order: one for each element, declaration and selector; style blocks last."""
    for element in page.elements:
        where = proof.where(element)
        slugs = [*_of_element(element), *(slug for each in style(element) for slug in _of_declaration(each))]
        yield from (Use(slug=slug, where=where, outlook=element.outlook) for slug in slugs)
    for block, sheet in sheets(page):
        yield from (Use(slug=slug, where=where, kept=True, outlook=block.outlook) for slug, where in _of_sheet(sheet))


def _of_page(html: str) -> Iterator[str]:
    if html.lstrip().lower().startswith("<!doctype html>"):
        yield "html-doctype"
    if "<!--" in html:
        yield "html-comments"


def _of_element(element: Element) -> Iterator[str]:
    tag = element.tag
    slug = ELEMENTS.get(tag)
    if slug:
        yield slug
    yield from (ATTRIBUTES[name] for name in element.attributes if name in ATTRIBUTES)
    if tag in {"button", "input"}:
        kind = element.get("type").lower() or ("submit" if tag == "button" else "text")
        yield from _known(INPUTS, f"{tag} {kind}")
    if tag == "a":
        target = element.get("href").strip().lower()
        yield from ("html-anchor-links" for _ in range(target.startswith("#") and len(target) > 1))
        yield from ("html-mailto-links" for _ in range(target.startswith("mailto:")))
    if tag == "meta" and element.get("name").lower() == "color-scheme":
        yield "html-meta-color-scheme"
    if tag == "html" and {"⚡4email", "amp4email"} & set(element.attributes):
        yield "amp"
    if tag in {"img", "source"}:
        addresses = (
            element.get("src"),
            *(part.split()[0] for part in element.get("srcset").split(",") if part.strip()),
        )
        for address in addresses:
            yield from _known(PICTURES, kind_of(address))


def _of_declaration(declaration: Declaration) -> Iterator[str]:
    """Yield what one declaration uses: its property, and all that its value is made of."""
    name = _VENDOR.sub("", declaration.name)
    yield from _of_property(name, declaration.words)
    if declaration.important:
        yield "css-important"
    for function in declaration.functions:
        yield from _known(FUNCTIONS, _VENDOR.sub("", function))
    for unit in declaration.units:
        yield from _known(UNITS, unit)
    for word in declaration.words:
        yield from _known(WORDS, word)
    for address in _URL.findall(declaration.value):
        yield from _known(PICTURES, kind_of(address))


def _of_property(name: str, words: Iterable[str]) -> Iterator[str]:
    if name.startswith(_CUSTOM):
        yield "css-variables"
        return
    special = [VALUES[name, word] for word in words if (name, word) in VALUES]
    yield from special
    if special:
        return
    side = SIDES.match(name)
    yield from _known(PROPERTIES, name if name in PROPERTIES or side is None else side[1])


def _of_sheet(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Yield each feature that a style block uses, with its place."""
    if "/*" in sheet.text:
        yield "css-comments", f"{MAIL} line {sheet.line}"
    for at_rule in sheet.at_rules:
        where = f"{MAIL} line {at_rule.line}: @{at_rule.name}"
        yield from ((slug, where) for slug in _of_at_rule(at_rule))
    for rule in sheet.rules:
        where = f"{MAIL} line {rule.line}: {rule.selectors}"
        slugs = [*_of_selectors(rule), *(slug for each in rule.declarations for slug in _of_declaration(each))]
        yield from ((slug, where) for slug in slugs)


def _of_at_rule(rule: AtRule) -> Iterator[str]:
    yield f"css-at-{_VENDOR.sub('', rule.name)}"
    if rule.name == "media":
        yield from (f"css-at-media-{feature}" for feature in _MEDIA.findall(rule.prelude.lower()))


def _of_selectors(rule: StyleRule) -> Iterator[str]:
    """Yield what a rule's selectors are made of, each once."""
    selectors = _QUOTED.sub("", rule.selectors)
    if "," in re.sub(r"\([^)]*\)", "", selectors):
        yield "css-selector-grouping"
    for slug, pattern in SELECTORS.items():
        if pattern.search(selectors):
            yield slug
    for single, double in _PSEUDO.findall(selectors.lower()):
        element = double or (single if single in _OLD_PSEUDO_ELEMENTS else "")
        yield f"css-pseudo-element-{_VENDOR.sub('', element)}" if element else f"css-pseudo-class-{single}"
    if rule.nested:
        yield "css-nesting"


def _known(slugs: dict[str, str], name: str) -> Iterator[str]:
    if name in slugs:
        yield slugs[name]
