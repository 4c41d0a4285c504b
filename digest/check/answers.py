"""Dead links: a reading of what the addresses answered when `--links` asked them."""

from collections.abc import Iterator
from typing import Literal

from digest.check.facts import Answer
from digest.check.proof import MAIL, Proof
from digest.check.rule import Hit, Rule

_REFUSED = frozenset({401, 402, 403, 405, 406, 407, 418, 429, 451, 999})
"""What sites answer to a reader that is no browser, whether or not the page is there; 999 is LinkedIn's own."""

Verdict = Literal["there", "dead", "down", "silent", "refused"]


def _answers(proof: Proof, kind: Verdict) -> Iterator[Hit]:
    for answer in proof.facts.answers:
        if verdict(answer) == kind:
            said = f"answered {answer.status}" if answer.status else answer.problem
            yield Hit(message=f"{answer.url} {said}", where=_place(proof, answer.url))


def verdict(answer: Answer) -> Verdict:
    """Return what an answer comes to: its page is there or not, its site refuses us, is down, or is silent."""
    if not answer.status:
        return "silent"
    if answer.status in _REFUSED:
        return "refused"
    if answer.status >= 500:  # noqa: PLR2004 - HTTP's own groups
        return "down"
    return "dead" if answer.status >= 400 else "there"  # noqa: PLR2004 - likewise


def _place(proof: Proof, url: str) -> str:
    """Return the story that leads there, else the line."""
    for entry in proof.issue.entries:
        if url in {entry.url, entry.mail_url}:
            return entry.title.text
    found = next((element for element in proof.mail.elements if url in element.attributes.values()), None)
    return MAIL if found is None else proof.where(found)


def _dead(proof: Proof) -> Iterator[Hit]:
    return _answers(proof, "dead")


def _down(proof: Proof) -> Iterator[Hit]:
    return _answers(proof, "down")


def _silent(proof: Proof) -> Iterator[Hit]:
    return _answers(proof, "silent")


def _refused(proof: Proof) -> Iterator[Hit]:
    return _answers(proof, "refused")


RULES = (
    Rule(
        code="link-dead",
        level="error",
        means="A link's page is not there: it answered 404, 410 or another error of the asker's. Needs --links.",
        why="The reader meets an error page.",
        hint="open it in a browser; mend the address, or take the story out",
        look=_dead,
    ),
    Rule(
        code="link-down",
        level="warning",
        means="A link's server has a fault of its own: it answered 500 or more. Needs --links.",
        why="It may be over in a minute, or the page may be broken.",
        hint="try again later: digest check --links",
        look=_down,
    ),
    Rule(
        code="link-silent",
        level="warning",
        means="A link's server did not answer in time, or cannot be reached. Needs --links.",
        why="The address may be wrong, or the server or this network is down.",
        hint="open it in a browser; try again later: digest check --links",
        look=_silent,
    ),
    Rule(
        code="link-unchecked",
        level="note",
        means="A link could not be checked: its site refuses readers that are no browsers (403, 429). Needs --links.",
        why="The page may well be there.",
        hint="open it in a browser",
        look=_refused,
    ),
)
