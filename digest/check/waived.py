"""Waived: the errors that a person lets stand, each for the very content that she has looked at."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from digest.model.finding import Finding, Waiver
from digest.text.digests import sha256


def content_of(finding: Finding) -> str:
    """Return the SHA-256 of what a finding is about: the text in question, else what is said of its place."""
    return sha256(finding.about or f"{finding.where}\n{finding.message}")


def waived(findings: Iterable[Finding], waivers: Sequence[Waiver]) -> Iterator[Finding]:
    """Yield the findings; an error that was waived is a note, and says by whom, when and why.

    One whose content has changed since is an error as before, and says that it was waived for something else.
    """
    if not waivers:
        yield from findings
        return
    for finding in findings:
        known = [each for each in waivers if each.code == finding.code and finding.level == "error"]
        holding = next((each for each in known if each.content == content_of(finding)), None)
        if holding:
            said = f"{finding.message}; {_who(holding)} waived it: {holding.why}"
            yield replace(finding, level="note", message=said, waived=holding)
            continue
        void = [each for each in known if each.where == finding.where]
        said = f"{finding.message}; {_who(void[-1])} waived what stood there then" if void else finding.message
        yield replace(finding, message=said)


def _who(waiver: Waiver) -> str:
    return f"on {waiver.at:%Y-%m-%d} {waiver.by}"
