"""Build times as ratios, each pair interleaved in one run.

1. A build from an archive of 1,000 to 1,000,000 articles with the same 25 stories in the window and 520 sent issues.
2. A whole-process build of 25 stories against a bare Python that imports jinja2, premailer and lxml and inlines the
   same finished HTML with the same set-up.
3. `digest --help` against `python -c "import typer"`.

    python benchmarks/build_time.py [--sizes 1000,10000,100000,1000000] [--runs 7] [--folder DIR]
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from archive_size import WINDOW_END, WINDOW_START, make_archive

from digest.issues.folder import LEDGER, IssueFolder
from digest.issues.ledger import add_event
from digest.model.ledger import Event
from digest.model.selection import Carried
from digest.pipeline.newsroom import open_newsroom
from digest.render.engine import Engine

SENT = 520
"""Ten years of weekly issues."""

STORIES = 25

TOML = """\
schema = 1
[magazine]
name = "The Bench"
url = "https://bench.example"
zone = "Europe/London"
address = "1 Bench Street"
[selection]
shortest = 10
[[newsletters]]
since = 2014-10-31
"""

BARE = """\
import sys, jinja2, lxml.etree, premailer
from pathlib import Path
inliner = premailer.Premailer(
    strip_important=False, allow_network=False, allow_loading_external_files=False, disable_validation=True,
    disable_basic_attributes=["width", "height", "align", "valign", "bgcolor"], align_floating_images=False,
    remove_unset_properties=True, base_url=None, cssutils_logging_level=50,
)
Path(sys.argv[2]).write_text(inliner.transform(Path(sys.argv[1]).read_text(), pretty_print=False))
"""


def newsroom(folder: Path, articles: int, sent: int) -> Path:
    """Make a newsroom with a synthetic archive and a number of sent issues, a week each."""
    folder.mkdir(parents=True)
    (folder / "digest.toml").write_text(TOML)
    make_archive(folder / "articles.db", articles)
    sent_before(folder, sent)
    return folder


def sent_before(folder: Path, sent: int) -> None:
    """Have so many issues sent, one a week, each with 25 stories that nobody else knows."""
    for back in range(1, sent + 1):
        start, end = (instant - timedelta(weeks=back) for instant in (WINDOW_START, WINDOW_END))
        year, week, _ = end.isocalendar()
        issue = IssueFolder(folder / "issues" / f"{year}-W{week:02}")
        issue.path.mkdir(parents=True)
        carried = tuple(
            Carried(
                id=f"{back:06x}{number:06x}",
                url=f"https://bench.example/{back}/{number}",
                fingerprint=f"{back * STORIES + number:064x}",
            )
            for number in range(STORIES)
        )
        line = Event(event="sent", at=end + timedelta(hours=4), start=start, end=end, carried=carried)
        add_event(issue.path / LEDGER, line)


def seconds(command: Sequence[str | Path], folder: Path) -> float:
    """Run a command and return how long it took, start-up and end included."""
    began = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def interleaved(commands: Mapping[str, tuple[Sequence[str | Path], Path]], runs: int) -> dict[str, float]:
    """Return the median of each command's times, A B A B …, after one run that is not counted."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for run in range(runs + 1):
        for name, (command, folder) in commands.items():
            took = seconds(command, folder)
            if run:
                times[name].append(took)
    return {name: statistics.median(each) for name, each in times.items()}


def table(title: str, medians: dict[str, float]) -> None:
    """Print the medians and each one's ratio to the first."""
    first = next(iter(medians.values()))
    print(f"\n{title}")
    for name, median in medians.items():
        print(f"  {name:<32} {median * 1000:8.0f} ms   {median / first:5.2f}")


def sizes(root: Path, counts: Sequence[int], runs: int) -> None:
    """Compare builds from archives of several sizes, each behind ten years of sent issues."""
    build = (sys.executable, "-m", "digest", "build", "--week", "2024-W43", "--offline")
    rooms = {count: newsroom(root / str(count), count, SENT) for count in counts}
    table(
        "digest build, by articles in the archive",
        interleaved({f"{count:,}": (build, room) for count, room in rooms.items()}, runs),
    )


def bare(room: Path, runs: int) -> None:
    """Compare a build with a script that only imports the libraries and inlines the same page."""
    build = (sys.executable, "-m", "digest", "build", "--week", "2024-W43", "--offline")
    seconds(build, room)
    desk = open_newsroom(room)
    issue = IssueFolder(room / "issues" / "2024-W43").read()
    if len(issue.entries) != STORIES:
        sys.exit(f"the benchmark's issue has {len(issue.entries)} stories, not {STORIES}")
    page, script = room / "page.html", room / "bare.py"
    page.write_text(Engine(issue, desk.theme()).fill("email.html"), encoding="utf-8")
    script.write_text(BARE, encoding="utf-8")
    commands = {
        "bare Python, the same page": ((sys.executable, script, page, room / "inlined.html"), room),
        "digest build, 25 stories": (build, room),
    }
    table("a build against the inlining alone", interleaved(commands, runs))


def start_up(room: Path, runs: int) -> None:
    """Compare the help with typer's own import."""
    commands = {
        "import typer": ((sys.executable, "-c", "import typer"), room),
        "digest --help": ((sys.executable, "-m", "digest", "--help"), room),
    }
    table("start-up", interleaved(commands, runs))


def main() -> None:
    """Run all three comparisons."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--folder", type=Path, default=None)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        room = newsroom(Path(folder) / "bare", 1000, 0)
        bare(room, options.runs)
        start_up(room, options.runs)
        sizes(Path(folder), [int(size) for size in options.sizes.split(",")], options.runs)


if __name__ == "__main__":
    main()
