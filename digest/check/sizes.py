"""Sizes: what the mail weighs as it is sent, what every story costs, and where Gmail would cut."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from digest.check.proof import MAIL, Proof
from digest.check.rule import Hit, Rule
from digest.text.transfer import encode

_ENTRY = re.compile(r"<!--digest:entry (\S+)-->\n?(.*?)\n?<!--/digest:entry-->", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a story costs: `size` is its share of the HTML in bytes, `begins` where in the message it begins (-1: ?)."""

    id: str
    title: str
    size: int
    begins: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """Bytes of the message: of the HTML as written and as sent, of the text as sent, of the frame and each story.

    `cut` is the id of the first story of which Gmail would not show all, "" where it shows the whole mail or cuts
    where no story stands.
    """

    html: int
    html_sent: int
    text_sent: int
    styles: int
    frame: int
    stories: tuple[Cost, ...] = ()
    clipped: bool = False
    cut: str = ""


@lru_cache(maxsize=1)
def sizes(proof: Proof) -> Sizes:
    """Return what the mail weighs. A story that the theme does not mark counts for the frame."""
    page = proof.message.html
    whole, sent = len(page.encode()), len(encode(page).content)
    stories = tuple(_costs(proof))
    limit = proof.facts.limits.mail
    return Sizes(
        html=whole,
        html_sent=sent,
        text_sent=len(encode(proof.message.text).content),
        styles=sum(len(sheet.text.encode()) for sheet in proof.sheets),
        frame=whole - sum(cost.size for cost in stories),
        stories=stories,
        clipped=sent > limit,
        cut=_cut(stories, page, limit) if sent > limit else "",
    )


def _costs(proof: Proof) -> Iterator[Cost]:
    """Yield every marked story with its place in the message, which holds it as it was built but for the marks."""
    page, start = proof.message.html, 0
    for found in _ENTRY.finditer(proof.rendered.html):
        begins = page.find(found[2], start) if found[2] else -1
        start = max(start, begins)
        title = proof.titles.get(found[1], found[1])
        yield Cost(id=found[1], title=title, size=len(found[2].encode()), begins=begins)


def _cut(stories: tuple[Cost, ...], page: str, limit: int) -> str:
    """Return the id of the first story that does not fit into `limit` bytes as sent, with all before it."""
    known = [cost for cost in stories if cost.begins >= 0]
    ends = [cost.begins for cost in known[1:]] + [len(page)]
    fitting = sum(len(encode(page[:end]).content) <= limit for end in ends)
    return known[fitting].id if fitting < len(known) else ""


def _clipped(proof: Proof) -> Iterator[Hit]:
    found, limit = sizes(proof), proof.facts.limits.mail
    if found.clipped:
        title = proof.titles.get(found.cut, "")
        cut = f"; it cuts before the end of “{title}”" if title else ""
        yield Hit(message=f"{found.html_sent:,} bytes as sent are more than Gmail shows ({limit:,}){cut}", where=MAIL)


def _near(proof: Proof) -> Iterator[Hit]:
    limits, sent = proof.facts.limits, sizes(proof).html_sent
    if limits.near < sent <= limits.mail:
        yield Hit(message=f"{sent:,} bytes as sent; Gmail clips at {limits.mail:,}", where=MAIL)


def _styles(proof: Proof) -> Iterator[Hit]:
    total, limit = sizes(proof).styles, proof.facts.limits.styles
    if total > limit:
        yield Hit(message=f"style blocks of {total:,} bytes; Gmail reads {limit:,}", where=f"{MAIL}: style")


RULES = (
    Rule(
        code="size-gmail",
        level="error",
        means="The HTML, encoded as it is sent, is larger than what Gmail shows of a mail.",
        why="Gmail cuts it there: the rest, with the unsubscribe link, hides behind “View entire message”, and the "
        "styles may go with it.",
        hint="move stories to headlines, shorten leads, or take tracking off; the table says what each story costs",
        look=_clipped,
    ),
    Rule(
        code="size-near",
        level="warning",
        means="The HTML, encoded as it is sent, comes close to what Gmail shows of a mail.",
        why="Mailing services add to it when they send: a tracking address for every link, a picture that counts.",
        hint="leave it room: a story less, or shorter leads",
        look=_near,
    ),
    Rule(
        code="size-style",
        level="error",
        means="The mail's style blocks together are larger than what Gmail reads.",
        why="Gmail drops the block that goes over the limit: dark mode and narrow screens are lost.",
        hint="take rules out of clients.css that no element needs",
        look=_styles,
    ),
)
