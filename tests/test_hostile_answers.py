"""Show of safety: each hostile answer ends in a clear row of the report, and nothing else is disturbed.

Every row of the table is the second source of a newsroom, the first being a good one; `digest ingest` reads both, in a
process that is measured. New rows go into a `hostile_*.py` of their own and into ROWS.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import hostile
import hostile_documents
import hostile_transport
import running
from hostile import Row, Server
from tls_making import make_certificate

ROWS = [*hostile_transport.ROWS, *hostile_documents.ROWS]
DRIVER = Path(__file__).parent / "drivers" / "measured.py"
SECONDS, MEMORY = 10, 256_000_000


@dataclass(frozen=True)
class Bench:
    """What rows are tried with; `base` is the memory that a newsroom with the good source alone takes."""

    bad: Server
    good: running.Site
    inner: running.Site
    folder: Path
    environment: dict[str, str]
    base: int

    def ingest(self, folder: Path, row: Row | None) -> dict[str, Any]:
        """Read the good source and a row."""
        (folder / "digest.toml").write_text(self.toml(row), encoding="utf-8")
        wanted = {"names": hostile_transport.NAMES, "trusted": str(self.bad.certificate)}
        (folder / "wanted.json").write_text(json.dumps(wanted))
        done = subprocess.run(
            (sys.executable, DRIVER, folder / "wanted.json", "-C", folder, "ingest", "--json"),
            env={**self.environment, "PYTHONPATH": str(Path(__file__).parents[1])},
            capture_output=True,
            check=True,
            timeout=60,
        )
        return dict(json.loads(done.stdout))

    def toml(self, row: Row | None) -> str:
        """Return a newsroom that gives an answer two seconds."""
        bad = ""
        if row:
            at = row.at if "://" in row.at else "https://127.0.0.1:{port}/feed"
            url = at.format(port=self.bad.port)
            bad = f'[[sources]]\nname = "bad"\nkind = "{row.kind}"\nurl = "{url}"\n'
        rest = '[magazine]\nname = "Quay"\n[fetch]\nseconds = 2\npause = 0\n'
        return f"schema = 1\n{rest}{self.good.toml}{bad}"


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, plain_environment: dict[str, str]) -> Iterator[Bench]:
    folder = tmp_path_factory.mktemp("hostile")
    with (
        hostile.serving(make_certificate(folder)) as bad,
        running.serving() as good,
        running.serving() as inner,
    ):
        bad.inner = inner.server_port
        alone = Bench(bad, good, inner, folder, plain_environment, 0)
        peaks = [alone.ingest(folder, None)["peak"] for _ in range(2)]
        yield Bench(bad, good, inner, folder, plain_environment, max(peaks))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_hostile_answer_is_a_row_and_disturbs_nothing_else(
    row: Row, bench: Bench, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    bench.bad.row = row
    bench.inner.asked = 0
    done = bench.ingest(tmp_path, row)
    assert (done["code"], "Traceback" in done["err"]) == (0, False), done["err"]
    good, bad = json.loads(done["out"])
    assert (good["tally"]["new"], good["problems"]) == (1, [])
    (problem,) = bad["problems"]
    assert re.search(row.says, problem["message"]), problem
    assert problem["where"]
    assert problem["hint"]
    assert len(json.dumps(problem)) < 3000
    assert f"warning: {problem['where']}: {problem['message']}" in done["err"]
    assert bench.inner.asked == 0
    assert done["seconds"] < SECONDS
    assert done["peak"] - bench.base < MEMORY
    if done["seconds"] > SECONDS / 2 or done["peak"] - bench.base > MEMORY / 2:
        took = f"{done['seconds']:.1f} s, {(done['peak'] - bench.base) / 1e6:.0f} MB"
        record_property("figures", f"hostile answer, {row.name}: {took} over a reading without it")


def test_there_are_many_rows_and_each_has_its_name() -> None:
    assert len({row.name for row in ROWS}) == len(ROWS) >= 40
