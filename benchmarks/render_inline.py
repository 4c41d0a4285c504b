"""An issue of 25 stories made into a mail, in bytes and milliseconds: ours, premailer's defaults, MJML.

1. digest: the theme's templates filled and inlined, from a record in memory.
2. premailer: its defaults on the same page that our templates gave, inlining alone; once as the page is, once without
   the mark that keeps a style block out of it, which is part of our set-up.
3. MJML: its own compiler on an equal issue (`mjml/issue.mjml`: the same stories, the same texts, its usual components),
   as it comes and minified.

Each runs in a process of its own. Warm: the process has made the mail before. Cold: a new process, its start included.
One run takes turns, A B C D E A B …; the figures are medians. `python3 tasks.py bench` installs MJML first; by hand:
.venv/bin/npm ci --prefix benchmarks/mjml

    python benchmarks/render_inline.py [--runs 7] [--theme roundup]
"""

import argparse
import json
import logging
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Literal

import jinja2

from digest.model.article import Image
from digest.model.issue import (
    Brand,
    Entry,
    Issue,
    IssueSection,
    Picture,
    SocialLink,
    Support,
    ThemeStamp,
    Words,
)
from digest.model.window import Window
from digest.theme import find_theme, shipped, theme_names
from digest.wire import from_json, to_json

MJML = Path(__file__).parent / "mjml"
STORIES = 25
FEW = 5
"""A second, shorter issue: the difference tells what a story costs."""

MARK = ' data-premailer="ignore"'
START = datetime(2024, 10, 18, 10, tzinfo=UTC)
SENTENCES = (
    "The council has bought the same sandbank three times since 1912, and each time it has moved out of its map.",
    "A court will now decide whether land that travels can be property at all.",
    "The fishermen, who were never asked, have started to sell tickets to the hearing.",
    "The judge wants to see the place, at low water, with a boat, a spade and both parties on board.",
)
SECTIONS = ("Reporting", "Analysis", "Opinion", "Culture")
PICTURED = 6
"""Every so many stories there is a picture."""


def make_issue(stories: int) -> Issue:
    """Return an issue: a lead story with a picture, then sections of stories with leads of sixty words."""
    entries = [entry(number) for number in range(stories)]
    lead = IssueSection(name="", title="", entries=(replace(entries[0], slot="lead"),))
    rest = (
        IssueSection(name=name, title=name, entries=tuple(entries[1 + place :: len(SECTIONS)]))
        for place, name in enumerate(SECTIONS)
    )
    return Issue(
        digest="0.1.0",
        newsletter="weekly",
        newsletter_title="The Weekly Bench",
        number=212,
        window=Window(
            start=START, end=START + timedelta(days=7), kind="week", label="2024-W43", zone="UTC", words="18–25 October"
        ),
        brand=Brand(
            name="The Bench",
            url="https://bench.example/",
            tagline="A review of places to sit",
            language="en-GB",
            address="1 Bench Street, Port Ellery",
            why="You receive this because you asked for it.",
            social=(SocialLink(name="RSS", url="https://bench.example/feed"),),
            support=Support(
                label="Support",
                title="A bench costs money",
                text="Four in five of our readers sit for free.",
                url="https://bench.example/support",
                button="Become a member",
            ),
        ),
        theme=ThemeStamp(name="roundup", sha256=""),
        subject=Words(text="Who owns the sand?"),
        preheader=Words(text="The ferry timetable that nobody dares to change"),
        opening=Words(text="Good morning. This week the river asked the questions."),
        sections=(lead, *rest),
    )


def entry(number: int) -> Entry:
    """Return one story; its lead's sentences turn, so that neighbours differ."""
    lead = " ".join(SENTENCES[(number + place) % len(SENTENCES)] for place in range(len(SENTENCES)))
    image = Image(
        url=f"https://bench.example/i/{number}.jpg",
        alt=f"A bench, number {number}",
        credit="Photograph by Ines Valdano",
        width=1600,
        height=900,
    )
    return Entry(
        id=f"{number:012x}",
        url=f"https://bench.example/2024/10/story-{number}",
        mail_url=f"https://bench.example/2024/10/story-{number}",
        title=Words(text=f"The ferry timetable that nobody dares to change, part {number}"),
        kicker=Words(text="Reporting"),
        byline=Words(text="Tomás Ó Sé and Aylin Kaya"),
        lead=Words(text=lead),
        published=START + timedelta(days=number % 7),
        date_words=f"{18 + number % 7} October 2024",
        picture=None if number % PICTURED else Picture(image=image),
    )


@dataclass(frozen=True)
class Runner:
    """A contender: its command, which makes the mail once for each line that it reads."""

    name: str
    command: tuple[str | Path, ...]


@dataclass(frozen=True)
class Took:
    """How long one mail took, in milliseconds, and how many bytes it has."""

    milliseconds: float
    bytes: int


def work(kind: Literal["digest", "premailer"], file: Path, theme: str, compiled: Path) -> None:
    """Be the process of a contender."""
    make = ours(file, theme, compiled) if kind == "digest" else premailers(file)
    for _ in sys.stdin:
        began = time.perf_counter()
        mail = make()
        took = (time.perf_counter() - began) * 1000
        print(json.dumps({"milliseconds": took, "bytes": len(mail.encode())}), flush=True)


def ours(file: Path, theme: str, compiled: Path) -> Callable[[], str]:
    """Return what makes our mail; compiled templates are kept on the disk, as `digest build` does."""
    issue, files = from_json(file.read_bytes(), Issue), find_theme(theme, [shipped()])
    from digest.render.engine import Engine  # noqa: PLC0415 - heavy: its import belongs to this process alone
    from digest.render.inline import inline  # noqa: PLC0415 - likewise

    return lambda: inline(Engine(issue, files, compiled).fill("email.html"), place=files.place_of)


def premailers(file: Path) -> Callable[[], str]:
    """Return what premailer's defaults make of the page."""
    import premailer  # noqa: PLC0415 - heavy: its import belongs to this process alone

    page = file.read_text(encoding="utf-8")
    return lambda: str(premailer.transform(page, cssutils_logging_level=logging.CRITICAL))


def ask(stream: "subprocess.Popen[str]") -> Took:
    """Let a running contender make the mail once more."""
    pipe_in, pipe_out = _pipes(stream)
    pipe_in.write("\n")
    pipe_in.flush()
    return Took(**json.loads(pipe_out.readline()))


def _pipes(stream: "subprocess.Popen[str]") -> tuple[IO[str], IO[str]]:
    if stream.stdin is None or stream.stdout is None:
        raise RuntimeError("the process has no pipes")
    return stream.stdin, stream.stdout


def cold(runner: Runner) -> Took:
    """Start a contender, let it make the mail once, and wait until it has ended."""
    began = time.perf_counter()
    done = subprocess.run(runner.command, input="\n", capture_output=True, text=True, check=True)
    took = (time.perf_counter() - began) * 1000
    return Took(took, json.loads(done.stdout)["bytes"])


def compare(runners: tuple[Runner, ...], runs: int) -> Iterator[tuple[str, float, float, int]]:
    """Yield each contender's name, warm and cold median and bytes; the first round is not counted."""
    warm: dict[str, list[Took]] = {runner.name: [] for runner in runners}
    started: dict[str, list[Took]] = {runner.name: [] for runner in runners}
    with ExitStack() as stack:
        streams = {
            runner.name: stack.enter_context(
                subprocess.Popen(runner.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            )
            for runner in runners
        }
        for turn in range(runs + 1):
            for runner in runners:
                told, new = ask(streams[runner.name]), cold(runner)
                if turn:
                    warm[runner.name].append(told)
                    started[runner.name].append(new)
        for stream in streams.values():
            _pipes(stream)[0].close()
    for name, each in warm.items():
        yield name, _median(each), _median(started[name]), each[0].bytes


def _median(each: list[Took]) -> float:
    return statistics.median(took.milliseconds for took in each)


def write(folder: Path, stories: int, theme: str) -> dict[str, Path]:
    """Write the issue for every contender: the record, the page with its styles apart, the MJML."""
    from digest.render.engine import Engine  # noqa: PLC0415 - heavy: not for the processes that are timed

    issue = make_issue(stories)
    files = {name: folder / f"{stories}-{name}" for name in ("issue.json", "page.html", "plain.html", "issue.mjml")}
    files["issue.json"].write_bytes(to_json(issue))
    page = Engine(issue, find_theme(theme, [shipped()])).fill("email.html")
    files["page.html"].write_text(page, encoding="utf-8")
    files["plain.html"].write_text(page.replace(MARK, ""), encoding="utf-8")
    template = jinja2.Environment(autoescape=True, trim_blocks=True).from_string((MJML / "issue.mjml").read_text())
    files["issue.mjml"].write_text(template.render(issue=issue), encoding="utf-8")
    return files


def contenders(files: Mapping[str, Path], theme: str, folder: Path) -> tuple[Runner, ...]:
    """Return the contenders for one issue."""
    python = (sys.executable, Path(__file__), "--theme", theme, "--folder", folder, "--work")
    node = (Path(sys.executable).with_name("node"), MJML / "compile.mjs", files["issue.mjml"])
    return (
        Runner("digest, render and inline", (*python, "digest", files["issue.json"])),
        Runner("premailer, defaults, inline alone", (*python, "premailer", files["page.html"])),
        Runner("  the same, no block marked", (*python, "premailer", files["plain.html"])),
        Runner("MJML", node),
        Runner("MJML, minified", (*node, "minify")),
    )


def themes(folder: Path) -> None:
    """Print what an issue and a story weigh in every shipped theme."""
    print(f"\nbytes of the mail, {STORIES} stories, and what one more story costs")
    for theme in theme_names([shipped()]):
        sizes = [_bytes(folder, stories, theme) for stories in (FEW, STORIES)]
        print(f"  {theme:<34} {sizes[1]:>8,} {(sizes[1] - sizes[0]) / (STORIES - FEW):>8,.0f}")


def _bytes(folder: Path, stories: int, theme: str) -> int:
    return len(ours(write(folder, stories, theme)["issue.json"], theme, folder)().encode())


def main() -> None:
    """Print the comparison, or be one of its processes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--theme", default="roundup")
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--work", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        work(options.work[0], Path(options.work[1]), options.theme, options.folder)
        return
    if not (MJML / "node_modules").is_dir():
        sys.exit("MJML is not installed: run python3 tasks.py bench, or .venv/bin/npm ci --prefix benchmarks/mjml")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        few = [cold(each).bytes for each in contenders(write(folder, FEW, options.theme), options.theme, folder)]
        rows = list(compare(contenders(write(folder, STORIES, options.theme), options.theme, folder), options.runs))
        base = next(row for row in rows if row[0].startswith("premailer"))
        print(f"{STORIES} stories, theme {options.theme}; medians of {options.runs}, ratios to premailer's defaults")
        print(f"  {'':<34} {'bytes':>8} {'a story':>8} {'warm ms':>8} {'':>6} {'cold ms':>8}")
        for (told, warm, started, size), fewer in zip(rows, few, strict=True):
            story = (size - fewer) / (STORIES - FEW)
            print(
                f"  {told:<34} {size:>8,} {story:>8,.0f} {warm:>8.1f} {warm / base[1]:>6.2f}"
                f" {started:>8.0f} {started / base[2]:>6.2f}"
            )
        themes(folder)


if __name__ == "__main__":
    main()
