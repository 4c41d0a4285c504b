"""`digest build`: from the sources to an issue in its folder."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from digest.cli.beforehand import Desktop, Order, Sources, ask_pages, read_first, show
from digest.cli.checked import counted, size, summary
from digest.cli.clock import now
from digest.cli.desk import Desk, archive_of
from digest.cli.excluded import refuse_beside
from digest.cli.frozen import Frozen, Out, refuse_out, render_again
from digest.cli.ingesting import rows_data, states_data
from digest.cli.weeks import WeekCommand
from digest.cli.windows import Day, Month, Since, Until, Week, wanted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.cli.screen import Screen
    from digest.model.candidates import Candidate
    from digest.model.finding import Finding
    from digest.model.window import Window
    from digest.pipeline.build import Built


Theme = Annotated[str, typer.Option("--theme", help="Another theme than the newsletter's.")]
Thin = Annotated[bool, typer.Option("--thin-ok", help="Build a thin week too.")]
Offline = Annotated[bool, typer.Option("--offline", help="Fetch nothing; files are still read.")]
Refetch = Annotated[bool, typer.Option("--refetch", help="Fetch all pictures again.")]
Strict = Annotated[bool, typer.Option("--strict", help="Fail if anything could not be read.")]


def build(
    context: typer.Context,
    week: Week = None,
    since: Since = None,
    until: Until = None,
    month: Month = None,
    day: Day = None,
    theme: Theme = "",
    thin_ok: Thin = False,
    offline: Offline = False,
    refetch: Refetch = False,
    strict: Strict = False,
    frozen: Frozen = None,
    out: Out = None,
    json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Build an issue: read the sources, choose, write the leads, render.

    Sources that were not read since the window's end are read first. The pages of the stories that would be in the
    issue are asked whether they are there, once a day. Pictures are fetched once; --refetch has them all again. What
    you decide by hand stands in the issue's edits.toml and survives every build. With --frozen the issue is rendered
    from its issue.json alone.
    Exit codes: 0 built, 1 failed, 2 usage or configuration, 3 too few stories (nothing was written), 4 the issue is
    locked.
    """
    desk: Desk = context.obj
    if frozen is not None:
        render_again(context, frozen, out, json=json)
        return
    refuse_out(out)
    if refetch:
        refuse_beside(context, "--refetch", "offline")
    asked = wanted(week, (since, until), month, day)
    order = Order(wanted=asked, theme=theme, thin_ok=thin_ok, offline=offline, refetch=refetch, strict=strict)
    _build(desk, desk.screen(machine=json), order)


def _build(desk: Desk, screen: "Screen", order: Order) -> None:
    """Read what must be read, say how fresh the sources are, build and report."""
    from digest.pipeline.build import build, refuse_locked
    from digest.pipeline.gather import find_window
    from digest.pipeline.pictures.work import Having
    from digest.pipeline.planning import Options

    room, instant = desk.newsroom(), now()
    window = find_window(room, order.wanted, instant)
    refuse_locked(room.shelf.issue(window.label))
    room.theme(order.theme)  # one that is not there is said before anything is read
    with archive_of(room) as archive:
        at_work = Desktop(screen=screen, room=room, archive=archive, window=window, instant=instant)
        sources = read_first(at_work, order)
        show(at_work, sources)
        if order.strict:
            from digest.pipeline.ingest.rows import refuse_incomplete

            refuse_incomplete(sources.rows, sources.states, sources.stale)
        sources = replace(sources, pages=ask_pages(at_work, order))
        with screen.working("Building") as progress:
            having = Having(offline=order.offline, refetch=order.refetch, progress=progress)
            options = Options(theme=order.theme, thin_ok=order.thin_ok, offline=order.offline, pictures=having)
            built = build(room, archive, window, now=instant, options=options)
    _report(at_work, built, sources)


def _report(at_work: Desktop, built: "Built", sources: Sources) -> None:
    from digest.compose.candidates import candidates

    screen, issue, folder = at_work.screen, built.issue, built.folder.path
    checked = _checked(at_work, built, sources)
    stories = sum(entry.slot != "headline" and entry.entry != "item" for entry in issue.entries)
    screen.say(f"\n{issue.newsletter_title} No. {issue.number}: {issue.window.words} ({issue.window.label})")
    screen.say(f"{_counted(stories, len(issue.headlines))}, {len(issue.left_out)} not in")
    could_be = candidates(issue)
    _show_candidates(screen, "subject", could_be.subjects)
    _show_candidates(screen, "preheader", could_be.preheaders)
    screen.tell(built.findings)
    _warn_of_void(screen, built)
    screen.say(f"email.html: {size(checked.weight, checked.limit)}")
    screen.say(f"why each article is in or out: digest -n {issue.newsletter} articles {_option(issue.window)}")
    screen.say(f"{summary(checked.findings)}: digest -n {issue.newsletter} check {issue.window.label}")
    screen.answer(str(folder))
    screen.data(
        {
            "folder": str(folder),
            "label": issue.window.label,
            "number": issue.number,
            "subject": issue.subject.text,
            "candidates": could_be,
            "stories": stories,
            "headlines": len(issue.headlines),
            "left_out": len(issue.left_out),
            "files": issue.files,
            "sources": states_data(sources.states),
            "read": rows_data(sources.rows),
            "approval": built.approval,
            "findings": [*sources.stale, *sources.unusual, *sources.pages, *built.findings],
            "html_sent": checked.weight,
            "check": counted(checked.findings),
        }
    )


def _warn_of_void(screen: "Screen", built: "Built") -> None:
    """Say that this build has made an approval void, and by what."""
    if built.approval.status == "void":
        changed = "; ".join(change.words for change in built.approval.changed)
        screen.warn(f"warning: {built.approval.by} had approved it, and that is void now: {changed}")


def _show_candidates(screen: "Screen", name: str, texts: "Sequence[Candidate]") -> None:
    """Print what a line of the inbox is, and below it what else it could be, each with its length."""
    for place, text in enumerate(texts):
        long = "" if text.fits else ", too long for an inbox"
        screen.say(f"{name if place == 0 else '    or'}: {text.text} ({text.length} characters{long})")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Checked:
    """What `digest check` says of an issue, in short: its findings, and the mail's bytes as sent with their limit."""

    findings: "tuple[Finding, ...]"
    weight: int
    limit: int


def _checked(at_work: Desktop, built: "Built", sources: Sources) -> _Checked:
    """Check what was just built, as it is at hand."""
    from digest.check import Wanted, check
    from digest.check.sizes import weight
    from digest.pipeline.checking import make_proof
    from digest.pipeline.knowing import Known

    table = at_work.room.config.check
    known = Known(stale=sources.stale, conflicts=built.conflicts)
    proof = make_proof(at_work.room, built.issue, built.rendered, known)
    findings = check(proof, Wanted(select=table.select, ignore=table.ignore))
    return _Checked(findings=findings, weight=weight(proof), limit=proof.facts.limits.mail)


def _counted(stories: int, headlines: int) -> str:
    """Return how much is in an issue: "1 story", "11 stories, 2 headlines only"."""
    told = "1 story" if stories == 1 else f"{stories} stories"
    return f"{told}, {headlines} headline{'s' * (headlines != 1)} only" if headlines else told


def _option(window: "Window") -> str:
    """Return the option that names the window."""
    if window.kind == "span":
        first, last = (instant.astimezone(ZoneInfo(window.zone)) for instant in (window.start, window.end))
        return f"--since '{first:%Y-%m-%d %H:%M}' --until '{last:%Y-%m-%d %H:%M}'"
    return f"--{window.kind} {window.label}"


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command(cls=WeekCommand)(build)
