"""What a rule is: a code, a level, what it means, why it matters, what to do about it, and a look at the proof."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from digest.check.proof import Proof
from digest.model.finding import Finding, Level

_SHOWN = 60
"""Characters of a text for which a line of the report has room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One place that breaks a rule: what is wrong there and where it is; `hint` where the rule's own is too general.

    `about` is the whole text in question where the message does not hold it: a waiver is void when it changes.
    """

    message: str
    where: str = ""
    hint: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`code` is stable, and its first word names the group; `means`, `why` and `hint` are whole sentences.

    `look` yields a hit for every place that breaks the rule.
    """

    code: str
    level: Level
    means: str
    why: str
    hint: str
    look: Callable[[Proof], Iterator[Hit]]

    def findings(self, proof: Proof) -> Iterator[Finding]:
        """Return a finding for every place of `proof` that breaks the rule."""
        return map(self.finding, self.look(proof))

    def finding(self, hit: Hit) -> Finding:
        """Return what a report says of one place that breaks the rule."""
        return Finding(
            code=self.code,
            level=self.level,
            message=hit.message,
            where=hit.where,
            hint=hit.hint or self.hint,
            about=hit.about,
        )


def quoted(text: str) -> str:
    """Return a text as one line in quotation marks; of a long one the beginning."""
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= _SHOWN else f"“{line[:_SHOWN].rstrip()}…”"
