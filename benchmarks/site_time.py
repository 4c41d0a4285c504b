"""Write the public archive of twenty years of weekly issues, and say how long it takes.

    python benchmarks/site_time.py 52 1040

The issues are copies of the sample magazine's fullest week, each with a week, a number, a ledger and pictures of its
own. Timed are the first writing, one after which nothing has to be written, and one after a correction.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from digest.model.issue import Issue
from digest.model.names import COPY
from digest.wire import from_json, to_pretty_json

FIRST = datetime(2004, 10, 22, 11, tzinfo=UTC)


def digest(room: Path, *arguments: str) -> float:
    """Run a command of Digest in `room`; return its seconds."""
    began = perf_counter()
    subprocess.run((sys.executable, "-m", "digest", "-q", *arguments), cwd=room, check=True, capture_output=True)
    return perf_counter() - began


def make_room(folder: Path, issues: int) -> Path:
    """Make the sample newsroom with that many sent issues; return it."""
    digest(folder, "init", "--sample", "paper")
    room = folder / "paper"
    digest(room, "build", "--week", "2024-W43", "--offline")
    digest(room, "sent", "2024-W43", "--at", "2024-10-25 17:00")
    model = room / "issues" / "2024-W43"
    record = from_json((model / "issue.json").read_bytes(), Issue)
    event = json.loads((model / "delivery.jsonl").read_bytes())
    for number in range(1, issues):
        _copy(room, record, event, number)
    with (room / "digest.toml").open("a", encoding="utf-8") as toml:
        toml.write('\n[site]\nurl = "https://letters.tidewater.example"\n')
    return room


def _copy(room: Path, record: Issue, event: dict[str, object], number: int) -> None:
    start = FIRST + timedelta(weeks=number)
    end = start + timedelta(weeks=1)
    year, week, _ = (end - timedelta(seconds=1)).isocalendar()
    folder = room / "issues" / f"{year}-W{week:02}"
    if folder.exists():
        return
    folder.mkdir()
    window = replace(record.window, start=start, end=end, label=folder.name)
    pictures = tuple(file for file in record.files if COPY.fullmatch(file.name))
    (folder / "images").mkdir()
    for picture in pictures:
        (folder / picture.name).hardlink_to(room / "issues" / record.window.label / picture.name)
    copied = replace(record, window=window, number=number, files=pictures)
    (folder / "issue.json").write_bytes(to_pretty_json(copied))
    line = {**event, "start": start.isoformat(), "end": end.isoformat(), "at": end.isoformat()}
    (folder / "delivery.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")


def main() -> None:
    """Time the sites of the sizes that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("issues", type=int, nargs="*", default=[52, 1040])
    for issues in parser.parse_args().issues:
        with tempfile.TemporaryDirectory() as folder:
            room = make_room(Path(folder), issues)
            first, again = digest(room, "site"), digest(room, "site")
            digest(room, "correct", "2024-W43", "The ferry sails at six.")
            corrected = digest(room, "site")
        print(
            f"{issues:5} issues: first {first:.1f} s, nothing new {again:.1f} s, after a correction {corrected:.1f} s"
        )


if __name__ == "__main__":
    main()
