"""`digest waive`: an error that may stand, by whom and why."""

from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.checking import proof_for, refuse_unknown
from digest.cli.clock import now
from digest.cli.desk import Desk, who
from digest.cli.excluded import refuse_beside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.check.rule import Rule
    from digest.cli.screen import Screen
    from digest.model.finding import Finding, Waiver

Issue = Annotated[str, typer.Argument(metavar="ISSUE", help="Its label.")]
Code = Annotated[str, typer.Argument(metavar="CODE", help="What digest check calls the error.")]
Places = Annotated[
    list[str] | None, typer.Argument(metavar="[PLACE…]", help="Where, as digest check says it; or a story's id.")
]
By = Annotated[
    str, typer.Option("--as", metavar="NAME", help="Who says so; else desk.editor of digest.toml, else your login.")
]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="Why it may stand.")]
Every = Annotated[bool, typer.Option("--all", help="Wherever it is found.")]
Undo = Annotated[bool, typer.Option("--undo", help="It may not stand after all.")]


def waive(
    context: typer.Context,
    issue: Issue,
    code: Code,
    places: Places = None,
    by: By = "",
    why: Why = "",
    every: Every = False,
    undo: Undo = False,
    json: Annotated[bool, typer.Option("--json", help="Print the waivers as JSON.")] = False,
) -> None:
    """Let an error of digest check stand, with a reason; approve a text that a model wrote.

    For example: digest waive 2024-W43 model-text "Whose beach is it?" --as "Ann Roe" --why "read beside its story". It
    is written into the issue's ledger and holds for what stands there now, to the letter: after any change of it the
    error is back.
    """
    from digest.pipeline.waiving import Said, errors_at, take_back
    from digest.pipeline.waiving import waive as let_stand

    desk: Desk = context.obj
    screen, room = desk.screen(machine=json), desk.newsroom()
    if undo:
        refuse_beside(context, "--undo", "why")
    if every:
        refuse_beside(context, "--all", "places")
    _refuse_harmless(_rule(code))
    folder = desk.issue(room, issue)
    proof = proof_for(screen, room, folder, links=code.startswith("link-"))
    found = errors_at(proof, code, None if every else places or ())
    said = Said(by=who(room, by), at=now(), why=why)
    standing = (take_back if undo else let_stand)(room, folder, found, said)
    _show(screen, found, standing, undo=undo)
    screen.data({"label": folder.label, "waived": () if undo else standing, "taken_back": standing if undo else ()})


def _rule(code: str) -> "Rule":
    """Return the rule of a code.

    Raises:
        UsageError: there is none, or it is a group of several.

    """
    from digest.check.registry import RULES, fits
    from digest.errors import UsageError

    refuse_unknown("CODE", [code])
    for rule in RULES:
        if rule.code == code:
            return rule
    group = ", ".join(rule.code for rule in RULES if fits(rule.code, code))
    raise UsageError(f"{code!r} is a group of codes", where="CODE", hint=f"one at a time: {group}")


def _refuse_harmless(rule: "Rule") -> None:
    from digest.errors import UsageError

    if rule.level != "error":
        hint = f'it stops nothing; to hear no more of it, in digest.toml: [check] ignore = ["{rule.code}"]'
        raise UsageError(f"{rule.code} is a {rule.level}: only errors are waived", where="CODE", hint=hint)


def _show(screen: "Screen", found: "Sequence[Finding]", standing: "Sequence[Waiver]", *, undo: bool) -> None:
    """Print what may stand now, or may not any more; of a text in question all that it says."""
    for finding in found:
        screen.answer(f"{finding.where}: {finding.message}" if finding.where else finding.message)
        if finding.about:
            screen.answer(f"“{finding.about}”", indent=4)
    for each in dict.fromkeys((waiver.by, waiver.why) for waiver in standing):
        by, why = each
        screen.say(f"is an error again: {by} had waived it ({why})" if undo else f"waived by {by}: {why}")


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(waive)
