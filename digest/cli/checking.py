"""`digest check`: what is wrong with an issue, what it weighs, who sees what."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.clock import now
from digest.cli.desk import Desk, archive_of, cache
from digest.cli.excluded import refuse_beside

if TYPE_CHECKING:
    from digest.check import Report, Wanted
    from digest.check.clients import Unseen, View
    from digest.check.proof import Proof
    from digest.check.rule import Rule
    from digest.check.sizes import Sizes
    from digest.cli.screen import Screen
    from digest.issues.folder import IssueFolder
    from digest.model.finding import Finding
    from digest.pipeline.newsroom import Newsroom


def check(
    context: typer.Context,
    issue: Annotated[str | None, typer.Argument(metavar="[ISSUE]", help="Its label; else the newest.")] = None,
    select: Annotated[
        list[str] | None, typer.Option("--select", metavar="CODES", help="Only these, by comma: size,link-dead.")
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="CODES", help="Leave these out, by comma.")
    ] = None,
    clients: Annotated[
        bool, typer.Option("--clients", help="Say of every client what it does without, how often, and where.")
    ] = False,
    links: Annotated[bool, typer.Option("--links", help="Ask every link and picture whether it is there.")] = False,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="CODE", help="Say what a code or a group means.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Check an issue as the configured service would get it: size, markup, links, words, clients.

    A code's first word names its group: `size` is all of size-gmail, size-near, size-style. What digest.toml says
    under [check] holds where no option does. Exit code 1 where an error is found.
    """
    from digest.check import report

    desk: Desk = context.obj
    screen = desk.screen(machine=json)
    if explain is not None:
        refuse_beside(context, "--explain", "issue", "select", "ignore", "clients", "links")
        _explain(screen, explain)
        return
    room = desk.newsroom()
    wanted = _wanted(room, select, ignore)
    folder = desk.issue(room, issue)
    proof = _proof(screen, room, folder, links=links)
    found = report(proof, wanted)
    _show(screen, proof, found, clients=clients)
    if any(finding.level == "error" for finding in found.findings):
        raise typer.Exit(1)


def _wanted(room: "Newsroom", select: list[str] | None, ignore: list[str] | None) -> "Wanted":
    from digest.check import Wanted

    table = room.config.check
    return Wanted(
        select=table.select if select is None else _codes("--select", select),
        ignore=table.ignore if ignore is None else _codes("--ignore", ignore),
    )


def _codes(option: str, values: list[str]) -> tuple[str, ...]:
    """Return the codes that an option names, by comma or given more than once."""
    names = [name.strip() for value in values for name in value.split(",")]
    return _known(option, [name for name in names if name])


def _known(option: str, names: list[str]) -> tuple[str, ...]:
    """Return `names`, which are codes or groups.

    Raises:
        UsageError: one is neither; it is answered with the one that was probably meant.

    """
    from digest.check.registry import CODES, unknown
    from digest.errors import UsageError

    for name, meant in unknown(names).items():
        groups = ", ".join(dict.fromkeys(code.partition("-")[0] for code in CODES))
        hint = f"did you mean {meant!r}?" if meant else f"the groups are {groups}"
        raise UsageError(f"there is no code {name!r}", where=option, hint=hint)
    return tuple(names)


def _explain(screen: "Screen", name: str) -> None:
    """Say what a code means, or every code of a group."""
    from digest.check.registry import RULES, fits

    _known("--explain", [name])
    rules = [rule for rule in RULES if fits(rule.code, name)]
    for rule in rules:
        screen.answer(f"{rule.code} ({rule.level})\n  {rule.means}\n  Why: {rule.why}\n  What to do: {rule.hint}")
    screen.data([_row(rule) for rule in rules])


def _row(rule: "Rule") -> dict[str, str]:
    return {"code": rule.code, "level": rule.level, "means": rule.means, "why": rule.why, "hint": rule.hint}


def _proof(screen: "Screen", room: "Newsroom", folder: "IssueFolder", *, links: bool) -> "Proof":
    """Gather what the rules look at; with `links` ask the addresses too."""
    from digest.pipeline.checking import proof_of, stale_for

    proof, instant = proof_of(room, folder), now()
    if room.archive_path.exists():
        with archive_of(room) as archive:
            found = stale_for(room, archive, proof.issue.window.end, instant)
        proof = replace(proof, facts=replace(proof.facts, stale=found))
    if not links:
        return proof
    from functools import partial

    from digest.pipeline.asking import Asker, ask, targets
    from digest.pipeline.reaching import open_web

    kept = cache("links")
    asker = Asker(open=partial(open_web, room), cache=kept and kept / "answers.json", now=instant)
    with screen.working("Asking") as progress:
        answers = ask(targets(proof), asker, progress)
    return replace(proof, facts=replace(proof.facts, answers=answers))


def _show(screen: "Screen", proof: "Proof", found: "Report", *, clients: bool) -> None:
    """Print the report."""
    issue = proof.issue
    service = "no service" if proof.facts.service == "none" else proof.facts.service
    screen.say(f"{issue.newsletter_title} No. {issue.number}: {issue.window.words} ({issue.window.label}), {service}")
    _findings(screen, found)
    _sizes(screen, found.sizes, proof.facts.limits.mail)
    _clients(screen, proof, found.clients, whole=clients)
    screen.answer(f"\n{summary(found.findings)}")
    screen.data({"label": issue.window.label, "service": proof.facts.service, "report": found})


def counted(findings: "tuple[Finding, ...]") -> dict[str, int]:
    """Return how many findings there are of each level."""
    return {level: sum(each.level == level for each in findings) for level in ("error", "warning", "note")}


def summary(findings: "tuple[Finding, ...]") -> str:
    """Return how many findings there are of each level: "1 error, 2 warnings, no notes"."""
    counts = counted(findings).items()
    return ", ".join(f"{count or 'no'} {level}{'s' * (count != 1)}" for level, count in counts)


def _findings(screen: "Screen", found: "Report") -> None:
    """Print the findings, the graver first; places that need the same mend stand above it together."""
    shown = found.findings
    for place, finding in enumerate(shown):
        before = shown[place - 1] if place else None
        if before is None or before.code != finding.code:
            screen.answer(f"\n{finding.level}: {finding.code}")
        screen.answer(f"  {finding.where}: {finding.message}" if finding.where else f"  {finding.message}")
        after = shown[place + 1] if place + 1 < len(shown) else None
        if after is None or (after.code, after.hint) != (finding.code, finding.hint):
            screen.answer(f"    hint: {finding.hint}")


def _sizes(screen: "Screen", sizes: "Sizes", limit: int) -> None:
    screen.say("\nSizes in bytes")
    screen.say(f"{sizes.html_sent:>9,}  email.html as sent, of {limit:,} that Gmail shows ({sizes.html:,} as written)")
    screen.say(f"{sizes.text_sent:>9,}  email.txt as sent")
    screen.say(f"{sizes.frame:>9,}  all around the stories; {sizes.styles:,} of it style blocks")
    for cost in sizes.stories:
        screen.say(f"{cost.size:>9,}  {cost.title}{'   <- Gmail cuts here' * (cost.id == sizes.cut)}")


def _clients(screen: "Screen", proof: "Proof", views: "tuple[View, ...]", *, whole: bool) -> None:
    """Print a line a client; the `whole` of it is a line for each feature that it does without."""
    from digest.check.clients import without

    support = proof.facts.support
    more = "" if whole else "; with counts and places: --clients"
    screen.say(f"\nWho sees what ({support.source}, {support.updated}{more})")
    for view in views:
        lacking = sum(each.verdict == "no" for each in view.unseen)
        partly = len(view.unseen) - lacking
        screen.say(f"  {view.client}: {view.used - lacking - partly} of {view.used} features, {partly} more in part")
        if whole:
            for each in view.unseen[:lacking]:
                screen.say(f"    without {_told(each)}")
        elif lacking:
            screen.say(f"    {without(view)}")


def _told(each: "Unseen") -> str:
    """Return what a client does without, how often, and where."""
    on = f" {' and '.join(each.on)}" if each.on else ""
    kept = "kept block, " if each.kept else ""
    return f"{each.title}{on} ({kept}{each.count}: {each.places[0]})"


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(check)
