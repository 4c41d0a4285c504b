"""Find copies among look-alikes in archives of any size: how many, how surely, how quickly.

    python benchmarks/near_duplicates.py [2000 20000 200000] [--seed N] [--bodies ../shared/leads]

Most articles are generated: invented words as frequent as words are, on sites with furniture. Among them are 500 copies
(of fewer than 20,000 articles: one of forty) of 150 stories: edited here and there, with a new headline, with a
correction, cut by a third, syndicated inside another site's furniture; and as many look-alikes: parts of series, forms
that are filled in anew, other stories on the same subject. The stories are those of `--bodies`; where there are none,
invented ones. Without `--seed` it is drawn from the system's entropy. Whoever changes the verdict tunes it on the seeds
1 to 3, and reports others.
"""

import argparse
import json
import secrets
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from time import perf_counter

from _copies import LookAlikes, Made, Press, copies
from _invented import size

from digest.archive import open_archive
from digest.model.article import Block, Sighting
from digest.pipeline.twins import twins_of
from digest.ports import Archive

BODIES = Path(__file__).resolve().parents[2] / "shared" / "leads"
SIZES = (2_000, 20_000)
FIRST = datetime(2015, 1, 5, 9, tzinfo=UTC)
STORIES, BODIES_READ, MARKED = 150, 200, 500
TWIN = 50
"""The percent of `selection.twin`."""

_BATCH = 500


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What one archive came to; `missed` counts by the kind of copy, `wrong` by the kind of look-alike."""

    articles: int
    copies: int
    found: int
    pairs: int
    right: int
    put_seconds: float
    find_seconds: float
    megabytes: float
    peak_megabytes: float
    missed: dict[str, int]
    wrong: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class Heard:
    """The addresses of all twins of an archive, the seconds that it took to find them, and the most memory."""

    pairs: list[tuple[str, str]]
    seconds: float
    peak_megabytes: float


def find(path: Path) -> Heard:
    """Find all twins of an archive."""
    began = perf_counter()
    with closing(open_archive(path)) as archive:
        pairs = [(pair.one.url, pair.other.url) for pair in twins_of(archive, TWIN)]
    return Heard(pairs=pairs, seconds=perf_counter() - began, peak_megabytes=_peak_megabytes())


def _peak_megabytes() -> float:
    """Return the most memory that this process has had; `getrusage` counts that of the process that started it too."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1e3


def _find_apart(path: Path) -> Heard:
    """Find them in a process of its own, whose memory holds nothing of what was made."""
    command = (sys.executable, __file__, "--find", str(path))
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Heard(**json.loads(done.stdout))


def publications(articles: int, seed: str, bodies: Sequence[tuple[str, ...]]) -> list[Made]:
    """Return all that was published, in no order."""
    press = Press(seed)
    read = list(bodies) or [press.language.text(press.rng.randrange(150, 1_000)) for _ in range(BODIES_READ)]
    press.rng.shuffle(read)
    marked = min(MARKED, articles // 40)
    stories = [press.story(f"story-{number}", body) for number, body in enumerate(read[:STORIES])]
    made = [*stories, *copies(press, stories, marked), *LookAlikes(press, read[STORIES:]).make(marked)]
    made += _background(press, articles - len(made))
    press.rng.shuffle(made)
    return [press.framed(each) for each in made]


def _background(press: Press, count: int) -> Iterator[Made]:
    """Yield stories that nobody copied: half of them under 300 words, a few of 2,000."""
    for number in range(count):
        words = min(2_000, int(press.rng.lognormvariate(5.7, 0.7)) + 40)
        yield press.story(f"background-{number}", press.language.text(words))


def sighting(number: int, made: Made) -> Sighting:
    """Return what the site's feed says of a story."""
    at = FIRST + timedelta(minutes=20 * number)
    return Sighting(
        source=made.site,
        url=f"https://{made.site}/{number}",
        title=made.title,
        series=made.series,
        published=at,
        date_source="feed",
        blocks=tuple(Block(text=text) for text in made.paragraphs if text),
        seen_at=at,
    )


def measure(articles: int, seed: str, bodies: Sequence[tuple[str, ...]]) -> Figures:
    """Make an archive of that many articles, find its twins, and hold them against the truth."""
    made = publications(articles, seed, bodies)
    by_url = {f"https://{each.site}/{number}": each for number, each in enumerate(made)}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.db"
        with closing(open_archive(path)) as archive:
            put_seconds = _put(archive, made)
        megabytes = path.stat().st_size / 1e6
        heard = _find_apart(path)
    found = [(by_url[one], by_url[other]) for one, other in heard.pairs]
    right = [pair for pair in found if pair[0].family == pair[1].family]
    known = {id(each) for pair in right for each in pair}
    copied = [each for each in made if each.family.startswith("story-") and each.kind != "story"]
    return Figures(
        articles=articles,
        copies=len(copied),
        found=sum(id(each) in known for each in copied),
        pairs=len(found),
        right=len(right),
        put_seconds=put_seconds,
        find_seconds=heard.seconds,
        megabytes=megabytes,
        peak_megabytes=heard.peak_megabytes,
        missed=dict(Counter(each.kind for each in copied if id(each) not in known)),
        wrong=dict(
            Counter("/".join(sorted({one.kind, other.kind})) for one, other in found if one.family != other.family)
        ),
    )


def _put(archive: Archive, made: Sequence[Made]) -> float:
    """Store all in batches; return the seconds that it took the archive."""
    numbered, taken = enumerate(made), 0.0
    while batch := [sighting(number, each) for number, each in islice(numbered, _BATCH)]:
        began = perf_counter()
        archive.put(batch)
        taken += perf_counter() - began
    return taken


def read_bodies(folder: Path) -> list[tuple[str, ...]]:
    """Return the paragraphs of real stories; none where the folder is not there."""
    truth = folder / "truth.jsonl"
    lines = truth.read_text(encoding="utf-8").splitlines() if truth.exists() else []
    bodies = (json.loads(line)["body"].split("\n\n") for line in lines)
    return [tuple(text for text in body if text.split()) for body in bodies if size(body) > 0]


def report(figures: Figures, seed: str) -> None:
    """Print a line, and one more for what was missed or wrong."""
    recall, precision = figures.found / figures.copies, figures.right / max(1, figures.pairs)
    each = figures.put_seconds / figures.articles * 1e3
    print(
        f"{figures.articles:>8,} articles, seed {seed}: recall {recall:.1%} of {figures.copies} copies, "
        f"precision {precision:.1%} of {figures.pairs} pairs; "
        f"found in {figures.find_seconds:.1f} s, put in {figures.put_seconds:.1f} s ({each:.2f} ms each); "
        f"{figures.megabytes:,.0f} MB on disk, {figures.peak_megabytes:,.0f} MB in memory",
        flush=True,
    )
    if figures.missed or figures.wrong:
        print(f"{'':>8} missed: {figures.missed or 'none'}; wrong: {figures.wrong or 'none'}", flush=True)


def main() -> None:
    """Measure each size."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sizes", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--seed", default="")
    parser.add_argument("--bodies", type=Path, default=BODIES)
    parser.add_argument("--find", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.find:
        print(json.dumps(asdict(find(asked.find))))
        return
    seed = asked.seed or str(secrets.randbits(32))
    for articles in asked.sizes:
        report(measure(articles, seed, read_bodies(asked.bodies)), seed)


if __name__ == "__main__":
    main()
