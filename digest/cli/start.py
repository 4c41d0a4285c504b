"""`digest init`: a new newsroom."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.clock import now
from digest.cli.desk import Desk, keys
from digest.cli.excluded import refuse_beside

if TYPE_CHECKING:
    from digest.cli.screen import Screen
    from digest.pipeline.founding import Answers
    from digest.pipeline.founding.scouting import Look, Scouted

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_KEY = "GHOST_KEY"
"""The environment variable in which `--site` looks for the key of a Ghost's API."""


def init(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where; else here.")] = Path(),
    site: Annotated[str | None, typer.Option("--site", metavar="URL", help="Its site: finds its sources.")] = None,
    sample: Annotated[bool, typer.Option("--sample", help="With the sample magazine in it, to try things.")] = False,
    name: Annotated[str, typer.Option("--name", help="The magazine's name.")] = "",
    sends: Annotated[str, typer.Option("--sends", help="The weekday on which it is sent; cut-off at noon.")] = "",
    zone: Annotated[str, typer.Option("--zone", help="The magazine's time zone, as in Europe/London.")] = "",
    json: Annotated[bool, typer.Option("--json", help="Print what was made as JSON.")] = False,
) -> None:
    """Make a newsroom: a folder with a digest.toml.

    With --site it looks at the magazine's site (feeds, WordPress's and Ghost's APIs, sitemaps) and writes down the best
    source, why, and what else there is. On a terminal it asks for what it does not know; elsewhere it takes its
    defaults (Friday).
    """
    from digest.pipeline.founding import found_sample

    desk: Desk = context.obj
    screen, root = desk.screen(machine=json), desk.folder / folder
    if sample:
        refuse_beside(context, "--sample", "site", "name", "sends", "zone")
        found_sample(root)
        screen.say(f"{root}: a newsroom with the sample magazine")
        screen.say(f"next: {_go(root)}digest build --week 2024-W43; digest preview")
        screen.data(_made(root))
        return
    scouted = None if site is None else _scouted(screen, root, site)
    _found(screen, root, scouted, (name, sends, zone))
    screen.data(_made(root) | ({"site": scouted} if scouted else {}))


def _found(screen: "Screen", root: Path, scouted: "Scouted | None", given: tuple[str, str, str]) -> None:
    """Make the newsroom of what was given, found or answered, and say what it is."""
    from digest.pipeline.founding import Answers, found

    name, sends, zone = given
    known = scouted.name if scouted else ""
    name = name or _ask("The magazine's name", known or root.resolve().name.replace("-", " ").title() or "Magazine")
    day = _weekday(sends or _ask("The day on which it is sent", "friday"))
    zone = zone or _ask("Its time zone", (scouted.zone if scouted else "") or _local_zone())
    answers = Answers(name=name, sends=day, zone=zone)
    found(root, _with_site(scouted, answers) if scouted else answers, now())
    screen.say(f"{root / 'digest.toml'}: the newsroom of {name}; the week ends on {day.title()}, 12:00")
    screen.say(f"its time zone: {_made(root)['zone']} (magazine.zone in digest.toml)")
    ready = scouted is not None and bool(scouted.best)
    screen.say(f"next: {'' if ready else 'name your sources in it, then: '}{_go(root)}digest build --week")


def _with_site(scouted: "Scouted", answers: "Answers") -> "Answers":
    from digest.pipeline.founding.proposing import answers as proposed

    return proposed(scouted, answers, now())


def _scouted(screen: "Screen", root: Path, site: str) -> "Scouted":
    """Look at a site, and say what was found there."""
    from digest.errors import UsageError
    from digest.pipeline.founding import refuse
    from digest.pipeline.founding.scouting import scout
    from digest.text.urls import host

    refuse(root)
    site = f"https://{site}" if "." in site and "://" not in site else site
    if not host(site):
        raise UsageError(f"not a URL: {site!r}", where="--site", hint="write it as https://harbour.example")
    with _looking(screen, site) as look:
        scouted = scout(site, look)
    _tell(screen, scouted)
    return scouted


@contextmanager
def _looking(screen: "Screen", site: str) -> "Iterator[Look]":
    """Yield what a site is looked at with; it may stand inside, on this machine even: somebody has named it."""
    from zoneinfo import ZoneInfo

    from digest.pipeline.founding.scouting import Look
    from digest.sources import Reading
    from digest.text.urls import host
    from digest.web import Secret, Web
    from digest.web.courtesy import Courteous, Manners

    hurried = Manners(pause=0.1, attempts=2)  # some twenty questions once, and somebody waits for them
    key = keys(screen).find(_KEY)
    secrets = [Secret(name=_KEY, value=key, site=site)]
    door = Web(contact=site, named=(site,), secrets=secrets)
    with (
        Courteous(door, hurried, lambda url: host(url) == host(site)) as web,
        screen.working("Looking at") as progress,
    ):
        reading = Reading(zone=ZoneInfo(_local_zone()), now=now(), web=web, site=site)
        yield Look(web=web, reading=reading, key=_KEY if key else "", progress=progress)


def _tell(screen: "Screen", scouted: "Scouted") -> None:
    """Say what was found at a site, what was taken of it, and why."""
    from digest.pipeline.founding.proposing import besides, why, words

    screen.say(f"{scouted.site}: {scouted.name or 'a site that does not say its name'}")
    for place, each in enumerate(scouted.best):
        screen.say(f"taken: {each.kind}, {each.url}: {words(each)}")
        screen.say("\n".join(f"  {line}" for line in why(scouted, place, now())))
    if not scouted.best:
        screen.warn("warning: no feed, no API and no sitemap with articles was found; digest.toml names no source")
    for line in besides(scouted):
        screen.say(line)


def _weekday(text: str) -> str:
    if text.lower() not in _DAYS:
        raise typer.BadParameter(f"not a weekday: {text!r}; one of: {', '.join(_DAYS)}", param_hint="--sends")
    return text.lower()


def _made(root: Path) -> dict[str, object]:
    """Return what the new newsroom is, as its digest.toml says it."""
    from digest.config import load_config

    config = load_config(root / "digest.toml")
    return {
        "folder": str(root),
        "config": str(root / "digest.toml"),
        "name": config.magazine.name,
        "zone": config.magazine.zone,
        "starts": config.week.starts,
    }


def _ask(question: str, default: str) -> str:
    """Ask on a terminal, beside what is printed as data; take the default where nobody can answer."""
    return str(typer.prompt(question, default=default, err=True)) if sys.stdin.isatty() else default


def _go(root: Path) -> str:
    return "" if root.resolve() == Path.cwd() else f"cd {root}; "


def _local_zone() -> str:
    """Return this machine's time zone by its name, UTC where it has none."""
    _, found, name = str(Path("/etc/localtime").resolve()).partition("/zoneinfo/")
    return name if found and "/" in name else "UTC"


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(init)
