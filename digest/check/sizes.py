"""Sizes: what the mail weighs as it is sent, what every story costs of that, and where Gmail would cut.

All figures are bytes of the HTML as sent, in the shorter of the two transfer encodings, but for the style blocks:
those Gmail measures as they are written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from digest.check.proof import MAIL, Proof, once
from digest.check.rule import Hit, Rule
from digest.text.transfer import encode, shares

_ENTRY = re.compile(r"<!--digest:entry (\S+?)-->(.*?)<!--/digest:entry-->", re.DOTALL)
_MARK = re.compile(r"<!--/?digest:entry[^>]*-->")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a story costs: `sent` is its share of the HTML as sent, `ends` how much has been sent up to its end."""

    id: str
    title: str
    sent: int
    ends: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """`html_sent` is the HTML, of which each story and the `frame` around them have their shares; `text_sent` the text.

    `styles` are the style blocks as they are written. `cut` is the id of the first story of which Gmail would not show
    all, "" where it shows the whole mail or cuts behind the last one.
    """

    html_sent: int
    text_sent: int
    styles: int
    frame: int
    stories: tuple[Cost, ...] = ()
    clipped: bool = False
    cut: str = ""


@once
def weight(proof: Proof) -> int:
    """Return what the mail's HTML weighs as it is sent."""
    return len(encode(proof.message.html).content)


def sizes(proof: Proof) -> Sizes:
    """Return what the mail weighs. A story that the theme does not mark counts for the frame."""
    sent, stories, limit = weight(proof), _costs(proof), proof.facts.limits.mail
    return Sizes(
        html_sent=sent,
        text_sent=len(encode(proof.message.text).content),
        styles=_style_bytes(proof),
        frame=sent - sum(cost.sent for cost in stories),
        stories=stories,
        clipped=sent > limit,
        cut=_cut(stories, limit),
    )


def _costs(proof: Proof) -> tuple[Cost, ...]:
    """Return every marked story: the message is cut at its marks, and each piece has its share of the whole."""
    pieces = _ENTRY.split(proof.marked)  # around, id, story, around, id, story, …, around
    texts = [piece for place, piece in enumerate(pieces) if place % 3 != 1]
    costs = shares([_MARK.sub("", text) for text in texts])
    ends = list(accumulate(costs))
    return tuple(
        Cost(id=name, title=proof.titles.get(name, name), sent=costs[place], ends=ends[place])
        for name, place in zip(pieces[1::3], range(1, len(texts), 2), strict=True)
    )


def _cut(stories: tuple[Cost, ...], limit: int) -> str:
    """Return the id of the first story that does not fit into `limit` bytes as sent, with all before it."""
    return next((cost.id for cost in stories if cost.ends > limit), "")


def _style_bytes(proof: Proof) -> int:
    return sum(len(sheet.text.encode()) for sheet in proof.sheets)


def _clipped(proof: Proof) -> Iterator[Hit]:
    sent, limit = weight(proof), proof.facts.limits.mail
    if sent > limit:
        title = proof.titles.get(_cut(_costs(proof), limit), "")
        cut = f"; it cuts before the end of “{title}”" if title else ""
        yield Hit(message=f"{sent:,} bytes as sent are more than Gmail shows ({limit:,}){cut}", where=MAIL)


def _near(proof: Proof) -> Iterator[Hit]:
    limits, sent = proof.facts.limits, weight(proof)
    if limits.near < sent <= limits.mail:
        yield Hit(message=f"{sent:,} bytes as sent; Gmail clips at {limits.mail:,}", where=MAIL)


def _styles(proof: Proof) -> Iterator[Hit]:
    total, limit = _style_bytes(proof), proof.facts.limits.styles
    if total > limit:
        yield Hit(message=f"style blocks of {total:,} bytes; Gmail reads {limit:,}", where=f"{MAIL}: style")


RULES = (
    Rule(
        code="size-gmail",
        level="error",
        means="The HTML, encoded as it is sent, is larger than what Gmail shows of a mail.",
        why="Gmail cuts it there: the rest, with the unsubscribe link, hides behind “View entire message”, and the "
        "styles may go with it.",
        hint="move stories to headlines, shorten leads, or take tracking off; the report says what each story costs",
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
