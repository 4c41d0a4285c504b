"""How many: the most stories by one author, the most and the fewest in one section, and what is over."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from digest.model.selection import LeftOut, Reason
from digest.selector.rules import Rules
from digest.selector.sections import Candidate

_Over = tuple[Candidate, Reason]


@dataclass(slots=True)
class _Tally:
    """Stories by author (names casefolded) and by the section that they are from; a headline by hand is none."""

    authors: Counter[str] = field(default_factory=Counter)
    sections: Counter[str] = field(default_factory=Counter)

    def add(self, candidate: Candidate) -> None:
        if candidate.case.hand.slot != "headline":
            self.authors.update(_authors(candidate).keys())
            self.sections[candidate.own_section] += 1


@dataclass(slots=True)
class _Room:
    """The room that the rules leave: `running` counts all candidates, `taken` those that are in so far."""

    per_author: int | None
    running: _Tally
    taken: _Tally = field(default_factory=_Tally)

    def author_over(self, candidate: Candidate) -> Reason | None:
        """Return which of its authors has as many stories as the rules allow."""
        limit = self.per_author
        if limit is None:
            return None
        for name, printed in _authors(candidate).items():
            if self.taken.authors[name] >= limit:
                return Reason(code="author-cap", of=printed, count=self.running.authors[name], limit=limit)
        return None

    def section_over(self, candidate: Candidate) -> Reason | None:
        """Return that its section has as many stories as the rules allow."""
        section, limit = candidate.own_section, candidate.rule.cap if candidate.rule else None
        if limit is None or self.taken.sections[section] < limit:
            return None
        return Reason(code="section-cap", of=section, count=self.running.sections[section], limit=limit)

    def lacks(self, candidate: Candidate) -> bool:
        """Tell whether its section is below its minimum and not full."""
        minimum = candidate.rule.minimum if candidate.rule else 0
        return self.taken.sections[candidate.own_section] < minimum and self.section_over(candidate) is None


def cap(candidates: Sequence[Candidate], rules: Rules) -> tuple[list[Candidate], list[LeftOut]]:
    """Return what is in, over-cap headlines last, and what is left out.

    What an editor brought in is always in, and takes up room. Then come the heavier sections and the newer stories.
    One that is over and was given a slot is in as well, and puts nobody out. A section below its minimum gets stories
    that were over an author's cap. A carried-over story that is over stays on offer.
    """
    running = _Tally()
    for candidate in candidates:
        running.add(candidate)
    room = _Room(rules.per_author, running)
    kept, over = _within(sorted(candidates, key=_rank), room)
    spared, over = _to_minimum(over, room)
    slotted, over = _by_slot(over)
    headlines, over = _headlines(over, rules.headlines)
    left_out = [LeftOut(article=candidate.case.article, reason=reason) for candidate, reason in over]
    return [*kept, *spared, *slotted, *headlines], left_out


def _rank(candidate: Candidate) -> tuple[bool, int, tuple[bool, timedelta, str]]:
    return candidate.case.by_hand is None, -candidate.weight, candidate.newest_first


def _within(ranked: Iterable[Candidate], room: _Room) -> tuple[list[Candidate], list[_Over]]:
    kept, over = [], []
    for candidate in ranked:
        reason = None if candidate.case.by_hand else room.author_over(candidate) or room.section_over(candidate)
        if reason is None:
            room.taken.add(candidate)
            kept.append(candidate)
        else:
            over.append((candidate, replace(reason, offer=candidate.reason.offer)))
    return kept, over


def _by_slot(over: Sequence[_Over]) -> tuple[list[Candidate], list[_Over]]:
    """Return what is in because an editor gave it a slot, and what is still over."""
    slotted = [candidate for candidate, _ in over if candidate.case.hand.slot is not None]
    return slotted, [(candidate, reason) for candidate, reason in over if candidate.case.hand.slot is None]


def _to_minimum(over: Iterable[_Over], room: _Room) -> tuple[list[Candidate], list[_Over]]:
    spared, still_over = [], []
    for candidate, reason in over:
        if room.lacks(candidate):
            room.taken.add(candidate)
            spared.append(candidate)
        else:
            still_over.append((candidate, reason))
    return spared, still_over


def _headlines(over: Sequence[_Over], limit: int) -> tuple[list[Candidate], list[_Over]]:
    """Return the first `limit` that keep a line, and the rest; a section of mere headlines has no lesser slot."""
    worth_a_line = [(candidate, reason) for candidate, reason in over if candidate.slot != "headline"][:limit]
    lines = [_as_headline(candidate, reason) for candidate, reason in worth_a_line]
    ids = {line.id for line in lines}
    return lines, [(candidate, reason) for candidate, reason in over if candidate.id not in ids]


def _as_headline(candidate: Candidate, reason: Reason) -> Candidate:
    when = candidate.case.article.published
    return replace(candidate, slot="headline", reason=replace(reason, code="chosen", how="over-cap", when=when))


def _authors(candidate: Candidate) -> dict[str, str]:
    """Return the authors' names as they are counted, each with its printed form."""
    return {name.casefold(): name for name in candidate.case.article.authors if name}
