"""Links: where each one leads, and by which words a reader knows it."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from digest.check.page import Element
from digest.check.phrases import GENERIC
from digest.check.proof import Proof, style
from digest.check.rule import Hit, Rule
from digest.model.tags import PREFIX
from digest.text.urls import TRACKING, host, page_key

_STAGING = re.compile(
    r"localhost|.*\.(?:local|localhost|internal|lan|test|invalid)|(?:.*\.)?(?:staging|stage|dev|preview|preprod)\..+"
    r"|127\.\d+\.\d+\.\d+|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+|::1"
)
"""Hosts that only the magazine's own people reach; `.test` and `.invalid` by RFC 2606."""

_LEADS_NOWHERE = frozenset({"", "#", "javascript:", "javascript:void(0)", "javascript:;"})
_RELATIVE = re.compile(r"(?![a-z][a-z0-9+.-]*:|#|\*\||\{\{|\{%|\[\[|<%)", re.IGNORECASE)
_WEB = re.compile(r"https?:", re.IGNORECASE)
_STRANGE = re.compile(r"(?!https?:|cid:)[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_HOST = re.compile(r"[^.:]+(?:\.[^.:]+)*|[0-9a-f:.]*:[0-9a-f:.]*")
"""Names without empty parts, or an IPv6 address."""
_MOST_TRACKING = 5
"""UTM has five parameters; more belong to somebody else's counting."""
_LONGEST = 2_000
"""Characters: Outlook for Windows opens no address of more than 2,083."""
_WORDS = re.compile(r"\w+")


def addresses(proof: Proof) -> Iterator[tuple[Element, str]]:
    """Yield every link of the mail with its address; the placeholders of services' tags excepted."""
    for element in proof.mail.named("a", "area"):
        address = element.get("href").strip()
        if "href" in element.attributes and not address.startswith(PREFIX):
            yield element, address


def targets(proof: Proof) -> Iterator[tuple[Element, str]]:
    """Yield every link and every picture of the mail with its address; a link that leads nowhere is none."""
    yield from ((element, address) for element, address in addresses(proof) if address.lower() not in _LEADS_NOWHERE)
    for element in proof.mail.named("img"):
        address = element.get("src").strip()
        if address:
            yield element, address


def name_of(proof: Proof, link: Element) -> str:
    """Return the words by which a link is known: its label, else its text, else what its pictures say."""
    alts = (inner.get("alt") for inner in proof.mail.inside(link) if inner.tag == "img")
    words = proof.mail.text(link) or " ".join(" ".join(alts).split())
    return link.get("aria-label").strip() or words or link.get("title").strip()


def _nowhere(proof: Proof) -> Iterator[Hit]:
    for element, address in addresses(proof):
        if address.lower() in _LEADS_NOWHERE:
            yield Hit(message=f"“{name_of(proof, element)}” leads nowhere", where=proof.where(element))


def _unnamed(proof: Proof) -> Iterator[Hit]:
    for element in proof.mail.named("a"):
        if "href" in element.attributes and not name_of(proof, element):
            picture = any(inner.tag == "img" for inner in proof.mail.inside(element))
            message = "a linked picture whose alt says nothing" if picture else "a link without words"
            yield Hit(message=f"{message}: {element.get('href')}", where=proof.where(element))


def _generic(proof: Proof) -> Iterator[Hit]:
    for element in proof.mail.named("a"):
        name = name_of(proof, element)
        if " ".join(_WORDS.findall(name.casefold())) in GENERIC:
            yield Hit(message=f"“{name}” says nothing of where it leads", where=proof.where(element))


def _unmarked(proof: Proof) -> Iterator[Hit]:
    """Yield links among other words that are told from them by colour alone."""
    for element in proof.mail.named("a"):
        bare = any(each.name.startswith("text-decoration") and "none" in each.words for each in style(element))
        parent = next(proof.mail.above(element), None)
        marked = any(each.name.startswith("border") or each.name == "font-weight" for each in style(element))
        if bare and not marked and parent is not None and parent.own and _WORDS.search(parent.own):
            yield Hit(message=f"“{name_of(proof, element)}” is told by its colour alone", where=proof.where(element))


def _relative(proof: Proof) -> Iterator[Hit]:
    for element, address in targets(proof):
        if _RELATIVE.match(address):
            yield Hit(message=f"no whole address: {address}", where=proof.where(element))


def _broken(proof: Proof) -> Iterator[Hit]:
    for element, address in targets(proof):
        if _WEB.match(address) and not _HOST.fullmatch(host(address)):
            yield Hit(message=f"no address that can be opened: {address}", where=proof.where(element))
        elif _STRANGE.match(address):
            yield Hit(message=f"an address of a kind that no mail client opens: {address}", where=proof.where(element))


def _plain_http(proof: Proof) -> Iterator[Hit]:
    for element, address in targets(proof):
        if address.lower().startswith("http://"):
            yield Hit(message=f"not encrypted: {address}", where=proof.where(element))


def _staging(proof: Proof) -> Iterator[Hit]:
    for element, address in targets(proof):
        if _STAGING.fullmatch(host(address)):
            yield Hit(message=f"an address inside the house: {address}", where=proof.where(element))


def _twice(proof: Proof) -> Iterator[Hit]:
    """Yield stories whose address another story has already; the items of a column may all lead to it."""
    first: dict[str, str] = {}
    for entry in (entry for entry in proof.issue.entries if entry.entry != "item"):
        key = page_key(entry.url)
        if key and key in first:
            yield Hit(message=f"has the address of “{first[key]}”: {entry.url}", where=entry.title.text)
        first.setdefault(key, entry.title.text)


def _tracked(proof: Proof) -> Iterator[Hit]:
    for element, address in addresses(proof):
        parameters = [name.lower() for name, _ in _query(address)]
        tracking = [name for name in parameters if name.startswith("utm_") or name in TRACKING]
        where = proof.where(element)
        if len(address) > _LONGEST:
            yield Hit(message=f"an address of {len(address):,} characters: {address[:80]}…", where=where)
        elif len(tracking) > _MOST_TRACKING or len(set(tracking)) < len(tracking):
            yield Hit(message=f"{len(tracking)} tracking parameters: {address}", where=where)
        elif tracking and not _own(host(address), proof.facts.hosts):
            yield Hit(message=f"somebody else's address with tracking ({', '.join(tracking)}): {address}", where=where)


def _query(address: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(urlsplit(address).query, keep_blank_values=True)
    except ValueError:  # a bracket that is not closed, or thousands of fields
        return []


def _own(name: str, hosts: tuple[str, ...]) -> bool:
    return not hosts or any(name == own or name.endswith(f".{own}") for own in hosts)


RULES = (
    Rule(
        code="link-empty",
        level="error",
        means="A link leads nowhere.",
        why="A reader who follows it gets an empty page, or the top of the mail.",
        hint="give it an address, or take the link away",
        look=_nowhere,
    ),
    Rule(
        code="link-unnamed",
        level="error",
        means="A link has no words: no text, no label, no picture with an alt.",
        why="A screen reader says “link” and no more, and with images off there is nothing to see.",
        hint="write words into the link, or what the picture leads to into its alt",
        look=_unnamed,
    ),
    Rule(
        code="link-generic",
        level="warning",
        means="A link's words say nothing of where it leads: “Read more”, “hier”, “lire la suite”.",
        why="In a screen reader's list of links it stands five and twenty times, each the same.",
        hint="link the headline itself",
        look=_generic,
    ),
    Rule(
        code="link-colour",
        level="warning",
        means="A link among other words is told from them by its colour alone.",
        why="One man in twelve does not see the difference, and dark mode changes colours.",
        hint="keep it underlined",
        look=_unmarked,
    ),
    Rule(
        code="link-relative",
        level="error",
        means="A link or a picture has no whole address.",
        why="A mail lies in no folder of the magazine's: the address leads nowhere.",
        hint="write it with https:// and the host",
        look=_relative,
    ),
    Rule(
        code="link-broken",
        level="error",
        means="A link or a picture has an address that cannot be read as one: a bracket too many, no host, htp://.",
        why="The client opens nothing, or something else.",
        hint="open it in a browser, and copy it from there",
        look=_broken,
    ),
    Rule(
        code="link-http",
        level="warning",
        means="A link or a picture has an address that is not encrypted.",
        why="Webmail does not load such pictures, and browsers warn of such pages.",
        hint="write https://",
        look=_plain_http,
    ),
    Rule(
        code="link-staging",
        level="error",
        means="A link or a picture is on a host that only the magazine's own people reach.",
        why="It works on the desk and nowhere else.",
        hint="take the public address; where a source gives this one, mend it there",
        look=_staging,
    ),
    Rule(
        code="link-twice",
        level="warning",
        means="Two entries of the issue lead to the same page.",
        why="A reader takes it for a mistake, and it is one more often than not.",
        hint='take one out in edits.toml: do = "drop"',
        look=_twice,
    ),
    Rule(
        code="link-tracked",
        level="warning",
        means="An address has more tracking than it needs, has it twice, or is somebody else's; or is very long.",
        why="It costs bytes in every mail, looks like spam, and tells others about the magazine's readers.",
        hint="take the parameters off the address; your own belong into [tracking]",
        look=_tracked,
    ),
)
