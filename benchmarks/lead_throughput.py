"""Pages a second of `digest lead` beside bare trafilatura on the same pages, imports included, one process and two.

    python benchmarks/lead_throughput.py [FOLDER]

FOLDER holds saved pages (*.html, or *.html.gz); without one, the tests' own pages are read again and again. The
contenders run in turn, so that a machine that slows down slows them all; the figures are medians.
"""

import argparse
import gzip
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
DIGEST = Path(sys.executable).with_name("digest")

BARE = """
import sys, trafilatura
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

def read(path):
    html = Path(path).read_bytes()
    return trafilatura.bare_extraction(html, favor_precision=True, with_metadata=True) is not None

processes, *paths = sys.argv[1:]
if processes == "1":
    print(sum(map(read, paths)))
else:
    with ProcessPoolExecutor(int(processes), mp_context=get_context("fork")) as pool:
        print(sum(pool.map(read, paths, chunksize=4)))
"""
"""Only trafilatura's text and metadata: no lead, no by-line, nothing left out."""


def seconds(command: list[str]) -> float:
    """Return how long a command takes, its start included."""
    began = perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return perf_counter() - began


def unpack(source: Path | None, folder: Path) -> list[str]:
    """Copy the pages into a folder of their own and return their paths."""
    if source is None:
        own = sorted((ROOT / "tests" / "pages").glob("*.html"))
        for at in range(200):
            shutil.copy(own[at % len(own)], folder / f"{at:04}.html")
    for packed in sorted(source.glob("*.html.gz")) if source else ():
        (folder / packed.name.removesuffix(".gz")).write_bytes(gzip.decompress(packed.read_bytes()))
    for plain in sorted(source.glob("*.html")) if source else ():
        shutil.copy(plain, folder / plain.name)
    return [str(path) for path in sorted(folder.glob("*.html"))]


def main() -> int:
    """Run the contenders in turn and print what each came to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pages = unpack(asked.folder, Path(folder))
        for processes in (1, 2):
            ours = [str(DIGEST), "-C", folder, "lead", "--json", "--processes", str(processes), *pages]
            bare = [sys.executable, "-c", BARE, str(processes), *pages]
            took = [(seconds(bare), seconds(ours)) for _ in range(asked.runs)]
            theirs, mine = (statistics.median(each) for each in zip(*took, strict=True))
            ratio = statistics.median(other / own for other, own in took)
            line = (
                f"{len(pages) / theirs:.1f} pages/s bare trafilatura, {len(pages) / mine:.1f} digest lead, {ratio:.2f}"
            )
            print(f"{processes} process{'es' * (processes > 1)}: {line} of it", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
