"""The registry: every rule, and which of them are wanted."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from digest.check import (
    answers,
    characters,
    clients,
    contrast,
    decisions,
    history,
    links,
    markup,
    models,
    parity,
    pictures,
    sizes,
    stories,
    styles,
    subject,
    tags,
)
from digest.check.rule import Rule

RULES: tuple[Rule, ...] = (
    *sizes.RULES,
    *styles.RULES,
    *tags.RULES,
    *markup.RULES,
    *links.RULES,
    *answers.RULES,
    *history.RULES,
    *decisions.RULES,
    *stories.RULES,
    *models.RULES,
    *pictures.RULES,
    *contrast.RULES,
    *subject.RULES,
    *characters.RULES,
    *parity.RULES,
    *clients.RULES,
)
"""In the order in which a report groups them."""

CODES = tuple(rule.code for rule in RULES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which rules are asked: codes, or beginnings of codes. Of two that fit, the longer one decides, as in ruff."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def rules(self) -> tuple[Rule, ...]:
        """Return the wanted rules; every one where nothing is selected."""
        return tuple(rule for rule in RULES if self.wants(rule.code))

    def wants(self, code: str) -> bool:
        """Tell whether a code is wanted."""
        chosen = _longest(code, self.select) if self.select else 0
        return chosen >= 0 and chosen > _longest(code, self.ignore)


def _longest(code: str, beginnings: Iterable[str]) -> int:
    """Return the length of the longest beginning that fits, -1 where none does."""
    return max((len(each) for each in beginnings if fits(code, each)), default=-1)


def fits(code: str, beginning: str) -> bool:
    """Tell whether a code is `beginning`, or of its group: `size` is that of `size-gmail`, and `siz` of nothing."""
    return code == beginning or code.startswith(f"{beginning}-")


def unknown(names: Iterable[str]) -> dict[str, str]:
    """Return the names that are no code and no group, each with the one that was probably meant ("" for none)."""
    groups = {code.rsplit("-", count)[0] for code in CODES for count in range(1, code.count("-") + 1)}
    known = sorted({*CODES, *groups})
    return {name: next(iter(get_close_matches(name, known, n=1)), "") for name in names if name not in known}
