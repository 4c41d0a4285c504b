"""The proof: an issue as printers pull one before it goes out, all of it that rules look at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from digest.check.facts import Facts
from digest.check.page import Element, Page, for_outlook
from digest.check.sheets import Declaration, Sheet, read_sheet, read_style
from digest.model.issue import Entry, Issue
from digest.model.message import Message, Rendered

MAIL = "email.html"

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, eq=False)
class Proof:
    """An issue, its built files, the message that the configured service gets, and the facts about it.

    Rules on markup read `mail`, the built `email.html`: its lines are those of the file, and every entry stands
    between its marks there. What is counted, or filled in for the service, is read in `message`; `marked` is its HTML
    with the marks of the entries. What several rules ask for is worked out once: here, or by a function that is
    `once`, whose answers the proof keeps. A proof is equal to itself alone.
    """

    issue: Issue
    rendered: Rendered
    message: Message
    marked: str = ""
    facts: Facts = field(default_factory=Facts)
    kept: dict[object, Any] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def mail(self) -> Page:
        """Return the built mail."""
        return Page(self.rendered.html)

    @cached_property
    def outlook(self) -> Page:
        """Return what the mail's comments hold for Outlook for Windows alone; its lines are the mail's."""
        return Page(for_outlook(self.rendered.html))

    @cached_property
    def web(self) -> Page:
        """Return the web version."""
        return Page(self.rendered.web)

    @cached_property
    def sent(self) -> Page:
        """Return the mail as the service gets it."""
        return Page(self.message.html)

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """Return the mail's style blocks; those inside Outlook's comments are none of any other client."""
        return tuple(sheet for _, sheet in sheets(self.mail))

    @cached_property
    def content(self) -> str:
        """Return every text of the issue, the magazine's own included: what is in none of them the theme wrote."""
        return "\n".join(" ".join(text.split()) for text in _strings(self.issue))

    @cached_property
    def titles(self) -> dict[str, str]:
        """Return the headline of every entry by its id."""
        return {entry.id: entry.title.text for entry in self.issue.entries}

    @cached_property
    def body(self) -> tuple[Element, ...]:
        """Return every element of the mail's body, the body first."""
        body = next(self.mail.named("body"), None)
        return () if body is None else (body, *self.mail.inside(body))

    @cached_property
    def hidden(self) -> frozenset[int]:
        """Return the elements that nobody sees: what is `display:none` in its own style, and all within."""
        found: set[int] = set()
        for element in self.body:
            if any(each.name == "display" and each.value == "none" for each in style(element)):
                found.update(range(element.index, element.end))
        return frozenset(found)

    def where(self, element: Element) -> str:
        """Return the place of an element as an editor finds it: its story's headline, else its line in the file."""
        return self.titles.get(element.entry) or f"{MAIL} line {element.line}"

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield (place, text) for every text of the issue that readers see."""
        issue = self.issue
        yield "subject", issue.subject.text
        yield "preheader", issue.preheader.text
        yield "opening", issue.opening.text
        for entry in issue.entries:
            yield from ((entry.title.text, text) for text in _texts(entry))
        brand = issue.brand
        yield "digest.toml: magazine", f"{brand.name}\n{brand.tagline}\n{brand.address}\n{brand.why}"
        yield "digest.toml: support", f"{brand.support.label}\n{brand.support.title}\n{brand.support.text}"


def once(work: Callable[Concatenate[Proof, P], T]) -> Callable[Concatenate[Proof, P], T]:
    """Make of a question about a proof one that is worked out once; the answer lives as long as the proof."""

    @wraps(work)
    def kept(proof: Proof, /, *args: P.args, **kwargs: P.kwargs) -> T:
        question = (work, args, tuple(kwargs.items()))
        if question not in proof.kept:
            proof.kept[question] = work(proof, *args, **kwargs)
        answer: T = proof.kept[question]
        return answer

    return kept


def sheets(page: Page) -> Iterator[tuple[Element, Sheet]]:
    """Yield the style blocks of a page, each with what stands in it."""
    for block in page.named("style"):
        yield block, read_sheet(page.raw(block), block.line)


def style(element: Element) -> tuple[Declaration, ...]:
    """Return the declarations of an element's own style."""
    return read_style(element.get("style")) if "style" in element.attributes else ()


def _strings(value: object) -> Iterator[str]:
    """Yield every text of a frozen value, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _strings(item)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _strings(getattr(value, each.name))


def _texts(entry: Entry) -> Iterator[str]:
    words = (entry.title, entry.kicker, entry.dek, entry.byline, entry.lead)
    yield from (each.text for each in words)
    if entry.picture:
        yield from (entry.picture.image.alt, entry.picture.image.caption, entry.picture.image.credit)
