"""Where an article belongs: its section as the issue prints it, and its slot there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from digest.model.edits import Slot
from digest.model.selection import Reason
from digest.selector.reach import Case
from digest.selector.rules import Rules, SectionRule

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An article in the running: its section as printed, its slot there, and where it is from.

    `own_section` is the one that its source gives it, `rule` that one's (None: unlisted), `own_slot` what its stories
    become. Caps and the lead story are decided by it: an editor who moves a story decides where it stands, and nothing
    about any other one.
    """

    case: Case
    reason: Reason
    section: str
    slot: Slot
    own_section: str
    own_slot: Slot
    rule: SectionRule | None

    @property
    def id(self) -> str:
        """Return the article's id."""
        return self.case.article.id

    @property
    def weight(self) -> int:
        """Return the weight of the section that it is from."""
        return self.rule.weight if self.rule else 0

    @property
    def newest_first(self) -> tuple[bool, timedelta, str]:
        """Return the key that sorts the newest first, undated ones last, and breaks ties by id."""
        published = self.case.article.published
        return published is None, _EPOCH - (published or _EPOCH), self.id


def is_excluded(case: Case, rules: Rules) -> bool:
    """Tell whether the rules keep an article's section out; a section that the editor gave is never kept out."""
    if case.hand.section is not None:
        return False
    section = case.article.section.casefold()
    if section in {name.casefold() for name in rules.excluded}:
        return True
    return rules.unlisted == "exclude" and _rule_for(section, rules) is None


def place(running: Sequence[tuple[Case, Reason]], rules: Rules) -> tuple[Candidate, ...]:
    """Give each article its section and slot; spellings of an unlisted section that differ in case become one."""
    spellings: dict[str, str] = {}
    for case, _ in running:
        name = _section(case)
        spellings[name.casefold()] = min(name, spellings.get(name.casefold(), name))
    return tuple(_placed(case, reason, spellings[_section(case).casefold()], rules) for case, reason in running)


def _placed(case: Case, reason: Reason, section: str, rules: Rules) -> Candidate:
    there, own = _rule_for(section, rules), _rule_for(case.article.section, rules)
    return Candidate(
        case=case,
        reason=reason,
        section=there.name if there else section,
        slot=case.hand.slot or _slot(there, rules),
        own_section=own.name if own else case.article.section,
        own_slot=_slot(own, rules),
        rule=own,
    )


def _slot(rule: SectionRule | None, rules: Rules) -> Slot:
    if rule is not None:
        return rule.slot
    return "brief" if rules.unlisted == "briefs" else "story"


def _section(case: Case) -> str:
    return case.article.section if case.hand.section is None else case.hand.section


def _rule_for(section: str, rules: Rules) -> SectionRule | None:
    return next((rule for rule in rules.sections if rule.name.casefold() == section.casefold()), None)
