"""`digest check`: what is wrong with an issue, what it weighs, who sees what."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.checked import Detail, show
from digest.cli.clock import now
from digest.cli.desk import Desk, answers_kept, archive_of
from digest.cli.excluded import refuse_beside

if TYPE_CHECKING:
    from digest.check import Wanted
    from digest.check.proof import Proof
    from digest.check.rule import Rule
    from digest.cli.screen import Screen
    from digest.issues.folder import IssueFolder
    from digest.pipeline.newsroom import Newsroom


Label = Annotated[str | None, typer.Argument(metavar="[ISSUE]", help="Its label; else the newest.")]
Select = Annotated[list[str] | None, typer.Option(metavar="CODES", help="Only these, by comma: size,link-dead.")]
Ignore = Annotated[list[str] | None, typer.Option(metavar="CODES", help="Leave these out, by comma.")]
Explain = Annotated[str | None, typer.Option(metavar="CODE", help="Say what a code or a group means.")]
Sizes = Annotated[bool, typer.Option("--sizes", help="Say what every story costs, in the order of the mail.")]
Clients = Annotated[bool, typer.Option("--clients", help="Say what every client lacks, how often, and where.")]
Links = Annotated[bool, typer.Option("--links", help="Ask every link and picture whether it is there.")]


def check(
    context: typer.Context,
    issue: Label = None,
    select: Select = None,
    ignore: Ignore = None,
    sizes: Sizes = False,
    clients: Clients = False,
    links: Links = False,
    explain: Explain = None,
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
        refuse_beside(context, "--explain", "issue", "select", "ignore", "sizes", "clients", "links")
        _explain(screen, explain)
        return
    room = desk.newsroom()
    wanted = _wanted(room, select, ignore)
    proof = proof_for(screen, room, desk.issue(room, issue), links=links)
    found = report(proof, wanted)
    show(screen, proof, found, Detail(sizes=sizes, clients=clients))
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
    names = [name.strip() for value in values for name in value.split(",") if name.strip()]
    refuse_unknown(option, names)
    return tuple(names)


def refuse_unknown(option: str, names: list[str]) -> None:
    """Refuse names that are neither codes nor groups.

    Raises:
        UsageError: one is neither; it is answered with the one that was probably meant.

    """
    from digest.check.registry import CODES, unknown
    from digest.errors import UsageError

    for name, meant in unknown(names).items():
        groups = ", ".join(dict.fromkeys(code.partition("-")[0] for code in CODES))
        hint = f"did you mean {meant!r}?" if meant else f"the groups are {groups}"
        raise UsageError(f"there is no code {name!r}", where=option, hint=hint)


def _explain(screen: "Screen", name: str) -> None:
    """Say what a code means, or every code of a group."""
    from digest.check.registry import RULES, fits

    refuse_unknown("--explain", [name])
    rules = [rule for rule in RULES if fits(rule.code, name)]
    for rule in rules:
        screen.answer(f"{rule.code} ({rule.level})\n  {rule.means}\n  Why: {rule.why}\n  What to do: {rule.hint}")
    screen.data([_row(rule) for rule in rules])


def _row(rule: "Rule") -> dict[str, str]:
    return {"code": rule.code, "level": rule.level, "means": rule.means, "why": rule.why, "hint": rule.hint}


def proof_for(screen: "Screen", room: "Newsroom", folder: "IssueFolder", *, links: bool) -> "Proof":
    """Gather what the rules look at; with `links` ask the addresses too."""
    from digest.pipeline.checking import proof_of
    from digest.pipeline.knowing import Known, known

    instant, told = now(), Known()
    if room.archive_path.exists():
        with archive_of(room) as archive:
            told = known(room, archive, folder, instant)
    proof = proof_of(room, folder, told)
    if not links:
        return proof
    from functools import partial

    from digest.pipeline.asking import Asker, ask, targets
    from digest.pipeline.reaching import open_web

    asker = Asker(open=partial(open_web, room), cache=answers_kept(), now=instant)
    with screen.working("Asking") as progress:
        answers = ask(targets(proof), asker, progress)
    return replace(proof, facts=replace(proof.facts, answers=answers))


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(check)
