"""Pages a second of `digest ingest --processes 2` beside bare trafilatura; a large feed beside feedparser's own parse.

    python benchmarks/ingest_throughput.py [FOLDER]

FOLDER holds saved pages (*.html, or *.html.gz); without one, the tests' own pages are read again and again. Whole
commands are timed, their imports included, each in a newsroom of its own; the contenders run in turn, so that a machine
that slows down slows them all. The figures are medians.
"""

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from lead_throughput import BARE, DIGEST, seconds, unpack

ITEMS, WORDS, PARAGRAPH, LONG = 1_000, 420, 47, 6
"""A feed of 3.6 MB: 1,000 whole stories of nine paragraphs."""

TOML = """\
schema = 1
[magazine]
name = "Throughput"
[[sources]]
name = "all"
kind = "{kind}"
path = "{path}"
"""

ONE_RUN = """
import gc, sys, time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo
import feedparser
import digest.sources.feed
from digest.archive import open_archive
from digest.cli import _GARBAGE
from digest.model.article import Document, Sighting
from digest.sources import Reading, SourceSettings, open_source

def clocked(work):
    began = time.perf_counter()
    made = work()
    return time.perf_counter() - began, made

gc.set_threshold(_GARBAGE)  # as the command has it, for both
body, items = Path(sys.argv[1]).read_bytes(), int(sys.argv[2])
now = datetime(2024, 11, 1, tzinfo=UTC)
settings = SourceSettings(name="all", at=sys.argv[1], kind="feed")
source = open_source(settings, folder=Path(), reading=Reading(zone=ZoneInfo("Europe/London"), now=now))
document = Document(source="all", url="file:feed.xml", body=body, retrieved_at=now)
theirs, parsed = clocked(lambda: feedparser.parse(body))
assert len(parsed.entries) == items
parsing, said = clocked(lambda: [each for each in source.parse(document) if isinstance(each, Sighting)])
with closing(open_archive(Path(sys.argv[3]))) as archive:
    storing, tally = clocked(lambda: archive.put(said, pages="auto"))
assert tally.new == items
print(theirs, parsing, storing)
"""
"""feedparser's parse with its defaults, then ours and the archive's transaction, in one process."""


def pages(folder: Path, runs: int) -> None:
    """Print pages a second of two processes: bare trafilatura's and an ingest's."""
    found = sorted(map(str, (folder / "pages").glob("*.html")))
    took = [(seconds([sys.executable, "-c", BARE, "2", *found]), ingest(folder)) for _ in range(runs)]
    theirs, ours = (statistics.median(each) for each in zip(*took, strict=True))
    ratio = statistics.median(bare / own for bare, own in took)
    figures = f"{len(found) / theirs:.1f} pages/s bare trafilatura, {len(found) / ours:.1f} digest ingest"
    print(f"2 processes: {figures}, {ratio:.2f} of it", flush=True)


def ingest(folder: Path) -> float:
    """Return how long the ingest of a newsroom's pages takes, from the first to the last page of a new archive."""
    for left in folder.glob("articles.db*"):
        left.unlink()
    return seconds([str(DIGEST), "-C", str(folder), "ingest", "--processes", "2"])


def feed(folder: Path, runs: int) -> None:
    """Print how long one feed takes to be parsed and stored, beside feedparser's parse with its defaults."""
    path = folder / "feed.xml"
    path.write_text(large_feed(), encoding="utf-8")
    took = [one_run(path, folder / f"feed-{run}.db") for run in range(runs)]
    theirs, parsing, storing = (statistics.median(each) for each in zip(*took, strict=True))
    ratio = statistics.median((parse + store) / bare for bare, parse, store in took)
    figures = f"{theirs:.2f} s feedparser, {parsing:.2f} s parsed and {storing:.2f} s stored"
    print(f"a feed of {path.stat().st_size / 1e6:.1f} MB: {figures}, {ratio:.2f} times", flush=True)


def one_run(feed: Path, archive: Path) -> tuple[float, ...]:
    """Return the seconds of feedparser, of our parsing and of our storing."""
    command = [sys.executable, "-c", ONE_RUN, str(feed), str(ITEMS), str(archive)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return tuple(map(float, done.stdout.split()))


def large_feed() -> str:
    """Return a feed of whole stories as WordPress has it, no two alike, with words as often as a language has them."""
    dice = random.Random(5)  # noqa: S311 - words, not secrets
    known = ["".join(dice.choices("aeioulnrstdmkp", k=dice.randint(2, 10))) for _ in range(8_000)]
    often = [1 / rank for rank in range(1, len(known) + 1)]
    latest = datetime(2024, 10, 25, 9, tzinfo=UTC)
    items = "".join(
        item(number, dice.choices(known, often, k=WORDS), latest - number * timedelta(hours=5))
        for number in range(ITEMS)
    )
    head = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>All</title>'
    return f'<?xml version="1.0" encoding="utf-8"?>{head}<link>https://harbour.example/</link>{items}</channel></rss>'


def item(number: int, said: list[str], published: datetime) -> str:
    """Return one item with its whole story: a picture, nine paragraphs, a link in every second."""
    at = f"https://harbour.example/2024/10/story-{number}"
    body = "".join(paragraph(said[start : start + PARAGRAPH], at) for start in range(0, WORDS, PARAGRAPH))
    picture = (
        f'<figure><img src="{at}.jpg" alt="" width="800" height="500"/><figcaption>The quay.</figcaption></figure>'
    )
    return (
        f"<item><title>Story number {number}</title><link>{at}</link><guid>https://harbour.example/?p={number}</guid>"
        f"<pubDate>{format_datetime(published)}</pubDate><author>Ada Quill</author><category>Reports</category>"
        f"<description>How the day of {number} went at {said[0]}.</description>"
        f"<content:encoded><![CDATA[{picture}{body}]]></content:encoded></item>"
    )


def paragraph(said: list[str], at: str) -> str:
    """Return a paragraph; where its first word is short, its third is a link."""
    third = f'<a href="{at}#{said[2]}">{said[2]}</a>' if len(said[0]) < LONG else f"<em>{said[2]}</em>"
    return f"<p>{' '.join(said[:2]).capitalize()} {third} {' '.join(said[3:])}.</p>"


def main() -> int:
    """Run the contenders in turn and print what each came to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pages").mkdir()
        unpack(asked.folder, folder / "pages")
        (folder / "digest.toml").write_text(TOML.format(kind="page", path="pages"), encoding="utf-8")
        pages(folder, asked.runs)
        feed(folder, asked.runs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
