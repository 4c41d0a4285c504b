"""The report of `digest check`, in the order in which an editor reads it.

What must be mended; what the mail weighs; what readers of each client do without; what is good to know; the count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digest.check import Report
    from digest.check.clients import Unseen, View
    from digest.check.facts import Limits
    from digest.check.proof import Proof
    from digest.check.sizes import Cost, Sizes
    from digest.cli.screen import Screen
    from digest.model.finding import Finding

_HEAVIEST = 5
"""Stories whose cost is shown where nothing has to give."""
_TITLE = 60
"""Characters of a headline in a table."""
_BAR = 50
"""Columns of the bar that shows the size against the limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """What the editor wants to know in full: what every story costs, what every client lacks."""

    sizes: bool = False
    clients: bool = False


def show(screen: "Screen", proof: "Proof", found: "Report", detail: Detail) -> None:
    """Print the report."""
    issue = proof.issue
    service = "no service" if proof.facts.service == "none" else proof.facts.service
    screen.say(
        f"{issue.newsletter_title} No. {issue.number}: {issue.window.words} ({issue.window.label}), {service}", "bold"
    )
    _findings(screen, [each for each in found.findings if each.level != "note"])
    _sizes(screen, found.sizes, proof.facts.limits, whole=detail.sizes)
    _clients(screen, proof, found.clients, whole=detail.clients)
    _notes(screen, [each for each in found.findings if each.level == "note"])
    screen.answer()
    screen.answer(summary(found.findings), _STYLES[_worst(found.findings)])
    screen.data({"label": issue.window.label, "service": proof.facts.service, "report": found})


_STYLES = {"error": "bold red", "warning": "yellow", "note": "green"}


def _worst(findings: "Sequence[Finding]") -> str:
    return findings[0].level if findings else "note"


def counted(findings: "Sequence[Finding]") -> dict[str, int]:
    """Return how many findings there are of each level."""
    return {level: sum(each.level == level for each in findings) for level in ("error", "warning", "note")}


def summary(findings: "Sequence[Finding]") -> str:
    """Return how many findings there are of each level: "1 error, 2 warnings, no notes"."""
    counts = counted(findings).items()
    return ", ".join(f"{count or 'no'} {level}{'s' * (count != 1)}" for level, count in counts)


def _findings(screen: "Screen", shown: "Sequence[Finding]") -> None:
    """Print the findings, the graver first, each with the whole text in question.

    Places that need the same mend stand above it together.
    """
    for place, finding in enumerate(shown):
        before = shown[place - 1] if place else None
        if before is None or before.code != finding.code:
            screen.answer()
            screen.answer(f"{finding.level}: {finding.code}", _STYLES[finding.level])
        screen.answer(_placed(finding), indent=2)
        if finding.about:
            screen.answer(f"“{finding.about}”", indent=4)
        after = shown[place + 1] if place + 1 < len(shown) else None
        if after is None or (after.code, after.hint) != (finding.code, finding.hint):
            screen.answer(f"hint: {finding.hint}", "dim", indent=4)


def _notes(screen: "Screen", shown: "Sequence[Finding]") -> None:
    """Print the notes, a line each: nothing must be done."""
    if shown:
        screen.answer()
    for finding in shown:
        screen.answer(f"note: {finding.code}: {_placed(finding)}", "dim")


def _placed(finding: "Finding") -> str:
    return f"{finding.where}: {finding.message}" if finding.where else finding.message


def size(sent: int, limit: int) -> str:
    """Return what the mail weighs against the limit, in the words that the build uses too."""
    return f"{sent:,} bytes as sent, {sent * 100 // limit} % of the {limit:,} that Gmail shows"


def _sizes(screen: "Screen", sizes: "Sizes", limits: "Limits", *, whole: bool) -> None:
    """Print the size against the limit, and the heaviest stories; all of them where one has to give."""
    sent = sizes.html_sent
    style = "bold red" if sizes.clipped else "bold yellow" if sent > limits.near else "bold"
    screen.say()
    screen.say(f"Size: {size(sent, limits.mail)}", style)
    screen.bar(min(sent / limits.mail, 1), _BAR, style)
    every = whole or sent > limits.near or len(sizes.stories) <= _HEAVIEST
    heaviest = sorted(sizes.stories, key=lambda cost: -cost.sent)[:_HEAVIEST]
    shown = sizes.stories if every else heaviest
    rows = [_row(cost, sizes) for cost in shown]
    rest = sizes.stories if every else [cost for cost in sizes.stories if cost not in heaviest]
    if not every:
        rows.append((f"{sum(cost.sent for cost in rest):,}", f"{len(rest)} lighter stories: --sizes"))
    rows.append((f"{sizes.frame:,}", "all around the stories"))
    screen.columns(rows, right=1)
    if whole:
        screen.say(f"Beside it: {sizes.text_sent:,} bytes of text part as sent")
        screen.say(f"In it: {sizes.styles:,} bytes of style blocks as written, of {limits.styles:,} that Gmail reads")


def _row(cost: "Cost", sizes: "Sizes") -> tuple[str, str]:
    return f"{cost.sent:,}", short(cost.title) + "   <- Gmail cuts here" * (cost.id == sizes.cut)


def short(title: str) -> str:
    """Return a headline for a table."""
    return title if len(title) <= _TITLE else f"{title[: _TITLE - 1].rstrip()}…"


def _clients(screen: "Screen", proof: "Proof", views: "Sequence[View]", *, whole: bool) -> None:
    """Print a line a client; the `whole` of it is a line for each feature that it does without."""
    support = proof.facts.support
    if not views:
        return
    more = "" if whole else "; every feature: --clients"
    screen.say()
    screen.say(f"Who sees what ({support.source}, {support.updated}{more})", "bold")
    if not whole:
        screen.columns([(view.client, view.words or "everything that readers would notice") for view in views])
        return
    for view in views:
        lacking = sum(each.verdict == "no" for each in view.unseen)
        partly = len(view.unseen) - lacking
        seen = f"{view.used - lacking - partly} of {view.used} features, {partly} more in part"
        screen.say(f"{view.client}: {seen}", indent=2)
        for each in view.unseen[:lacking]:
            screen.say(f"without {_told(each)}", indent=4)


def _told(each: "Unseen") -> str:
    """Return what a client does without, how often, and where."""
    on = f" {' and '.join(each.on)}" if each.on else ""
    kept = "kept block, " if each.kept else ""
    return f"{each.title}{on} ({kept}{each.count}: {each.places[0]})"
