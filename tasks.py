"""Every task of this repository, on a machine that has only Python 3.11 and git.

    python3 tasks.py sample   set up and build an issue of the sample magazine
    python3 tasks.py test     set up, then every check and every test
    python3 tasks.py check    the checks without the tests
    python3 tasks.py heavy    the tests that take minutes
    python3 tasks.py bench    the benchmarks
    python3 tasks.py docs     the README's pictures, taken again
    python3 tasks.py caniemail [VERSION]   the newest data of what mail clients support, from npm

Setting up makes `.venv` and installs what `constraints.txt` pins. What Debian must add (`python3-venv` for all tasks;
a browser, fonts, SpamAssassin and tracing tools for the tests) is installed with apt when run as root, and named
otherwise. The tests' judges that are made of JavaScript come from npm, through the Node in `.venv`.
"""

import argparse
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
STAMP = VENV / "set-up"

FOR_ALL = () if importlib.util.find_spec("ensurepip") else ("python3-venv",)
"""Debian packages that every task needs: Debian's Python comes without `venv`'s better half."""

FOR_TESTS = (
    "chromium",
    "libatomic1",  # without it Playwright's driver dies: "Connection closed while reading from the driver"
    "fonts-noto-core",
    "fonts-noto-cjk",
    "fonts-noto-color-emoji",
    "faketime",
    "postfix",
    "spamassassin",
    "strace",
)
"""Debian packages that the tests start or look at."""

ANSWERS = "postfix postfix/main_mailer_type select No configuration\n"
"""What Debian asks on installing: without this, Postfix would serve the whole network from then on."""

NODE_FOLDERS = {
    "test": ROOT / "tests" / "judges",
    "heavy": ROOT / "tests" / "judges",
    "bench": ROOT / "benchmarks" / "mjml",
}
"""Folders with a `package.json` and its lock file, by the task that wants what they name."""

PIP_TO_UV = {"index-url": "UV_DEFAULT_INDEX", "cert": "SSL_CERT_FILE", "trusted-host": "UV_INSECURE_HOST"}
"""Where packages come from: uv reads neither pip.conf nor PIP_*."""


@dataclass(frozen=True)
class Check:
    """One check: its name in the summary and the command, whose first word is a program in `.venv/bin`."""

    name: str
    command: tuple[str, ...]


def pure_rooms() -> list[str]:
    """Return the rooms of floors 0-4, as the import contract in pyproject.toml draws them."""
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    layers = contract["layers"]
    top = next(place for place, layer in enumerate(layers) if "compose" in layer)
    return re.findall(r"\w+", " ".join(layers[top:]))


def pure_files() -> str:
    """Return coverage's patterns for the files of floors 0-4."""
    return ",".join(f"digest/{room}{end}" for room in pure_rooms() for end in (".py", "/*"))


CHECKS = (
    Check("format", ("ruff", "format", "--check", ".")),
    Check("lint", ("ruff", "check", ".")),
    Check("types", ("mypy",)),
    Check("imports", ("lint-imports", "--no-logo")),
)
TESTS = (
    Check("tests", ("coverage", "run", "-m", "pytest", "-n", "auto", "--dist", "worksteal")),
    Check("coverage, combined", ("coverage", "combine", "--quiet")),
    Check("coverage, all", ("coverage", "report", "--format=total")),
    Check("coverage, floors 0-4: 100 %", ("coverage", "report", "--fail-under=100", f"--include={pure_files()}")),
)
DOCS = (Check("the README's pictures", ("python", "docs/pictures.py")),)
HEAVY = (Check("heavy tests", ("pytest", "-m", "heavy")),)


def run(*command: str | Path, environment: dict[str, str] | None = None) -> None:
    """Run a command of the set-up in silence; where it fails, show what it said and stop."""
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{done.stdout}\nfailed with exit code {done.returncode}: {' '.join(map(str, command))}")


def installed(packages: Sequence[str]) -> set[str]:
    """Return those of `packages` that Debian has installed."""
    asked = ("dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\n", *packages)
    listed = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
    return {line.split()[0] for line in listed.splitlines() if line.endswith(" installed")}


def need_from_apt(packages: Sequence[str]) -> None:
    """Install the Debian packages that are missing, or say which they are and stop."""
    if not packages or not shutil.which("apt-get"):
        return  # elsewhere a test that lacks its program says which
    missing = [package for package in packages if package not in installed(packages)]
    if not missing:
        return
    line = f"apt-get install -y --no-install-recommends {' '.join(missing)}"
    if os.geteuid() != 0:
        sys.exit(f"These Debian packages are missing. As root, run:\n  apt-get update && {line}")
    print(f"Missing on this machine, now installed as root: {line}", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(("/usr/bin/debconf-set-selections",), input=ANSWERS, text=True, env=quiet, check=True)
    run("apt-get", "update", "-qq", environment=quiet)
    run(*line.split(), "-qq", environment=quiet)


def uv_environment() -> dict[str, str]:
    """Return our environment with pip's settings in uv's words, where uv has none of its own."""
    listed = subprocess.run((BIN / "pip", "config", "list"), capture_output=True, text=True, check=True).stdout
    environment = dict(os.environ)
    for line in reversed(listed.splitlines()):  # the last one listed is the one that pip obeys
        key, _, value = line.partition("=")
        ours = PIP_TO_UV.get(key.rpartition(".")[2])
        if ours:
            environment.setdefault(ours, value.strip("'"))
    return environment


def set_up() -> None:
    """Make `.venv` with Digest and all that its checks need; a second time only what has changed."""
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + (ROOT / "constraints.txt").read_bytes())
    if STAMP.exists() and STAMP.read_text() == wanted.hexdigest():
        return
    print("Setting up .venv", flush=True)
    if not (BIN / "pip").exists():
        run(sys.executable, "-m", "venv", VENV)
    pinned = ("--quiet", "--constraint", "constraints.txt")
    run(BIN / "python", "-m", "pip", "install", *pinned, "uv")
    target = ("--python", BIN / "python", "--editable", ".[dev]")
    run(BIN / "uv", "pip", "install", *pinned, *target, environment=uv_environment())
    STAMP.write_text(wanted.hexdigest())


def need_from_npm(folder: Path) -> None:
    """Install what the folder's lock file pins into its `node_modules`; a second time only what has changed."""
    stamp = folder / "node_modules" / ".set-up"
    wanted = hashlib.sha256((folder / "package.json").read_bytes() + (folder / "package-lock.json").read_bytes())
    if stamp.exists() and stamp.read_text() == wanted.hexdigest():
        return
    print(f"Setting up {folder.relative_to(ROOT)}", flush=True)
    run(BIN / "npm", "ci", "--loglevel=error", "--no-audit", "--no-fund", "--prefix", folder)
    stamp.write_text(wanted.hexdigest())


def passes(check: Check) -> tuple[bool, float]:
    """Run one check, its output as it comes; tell whether it passed and how many seconds it took."""
    print(f"\n── {check.name}", flush=True)
    began = time.perf_counter()
    code = subprocess.run((BIN / check.command[0], *check.command[1:]), cwd=ROOT, check=False).returncode
    return code == 0, time.perf_counter() - began


def report(checks: Sequence[Check]) -> int:
    """Run every check, whatever the ones before it said; then a line for each. Return the exit code."""
    results = [(check, *passes(check)) for check in checks]
    print()
    for check, passed, seconds in results:
        print(f"{'ok    ' if passed else 'FAILED'} {seconds:6.1f} s  {check.name}")
    return 0 if all(passed for _, passed, _ in results) else 1


def benchmarks() -> tuple[Check, ...]:
    """Return the benchmarks: every script in `benchmarks/`."""
    scripts = sorted((ROOT / "benchmarks").glob("[!_]*.py"))
    return tuple(Check(script.stem, ("python", str(script.relative_to(ROOT)))) for script in scripts)


def main() -> int:
    """Run the task that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=("sample", "test", "check", "heavy", "bench", "docs", "caniemail"))
    parser.add_argument("version", nargs="?", default="latest", help=argparse.SUPPRESS)
    told = parser.parse_args()
    task = told.task
    need_from_apt(FOR_ALL + FOR_TESTS if task in {"test", "heavy", "docs"} else FOR_ALL)
    set_up()
    if task in NODE_FOLDERS:
        need_from_npm(NODE_FOLDERS[task])
    if task == "sample":
        return subprocess.run((BIN / "digest", "build", "--week", "2024-W43"), cwd=ROOT, check=False).returncode
    if task == "caniemail":
        return subprocess.run((BIN / "python", "tests/caniemail.py", told.version), cwd=ROOT, check=False).returncode
    tasks = {"check": CHECKS, "test": CHECKS + TESTS, "heavy": HEAVY, "bench": benchmarks(), "docs": DOCS}
    return report(tasks[task])


if __name__ == "__main__":
    sys.exit(main())
