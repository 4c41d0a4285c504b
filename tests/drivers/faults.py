"""Programs that are killed at a chosen system call (by strace) or at a chosen moment.

SIGKILL arrives when the call is entered, so that killing at every call shows every state that the program can leave
behind: all calls before it are done, it and all after it are not.
"""

import re
import subprocess
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

CALLS = (
    "write",
    "writev",
    "pwrite64",
    "pwritev",
    "fallocate",
    "ftruncate",
    "fsync",
    "fdatasync",
    "link",
    "mkdir",
    "rename",
    "renameat",
    "renameat2",
    "rmdir",
    "unlink",
    "unlinkat",
)
"""Every call by which Digest changes what is on the disk, or makes a change last."""

LINE = re.compile(r"(?P<process>\d+) +(?P<call>\w+)\((?P<arguments>.*)")


@dataclass(frozen=True)
class Point:
    """The `nth` call of its name that a program makes, and what it was about when the program ran undisturbed."""

    call: str
    nth: int
    about: str

    def __str__(self) -> str:
        return f"{self.call} {self.nth}: {self.about}"


@dataclass(frozen=True)
class Run:
    """A program in a folder; every trial gets its own copy of that folder at the same length of path."""

    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str]

    def __call__(self, *before: str) -> int:
        """Run the program behind the words `before`; return its exit code, negative for a signal."""
        done = subprocess.run(
            (*before, *self.command),
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        return done.returncode


def points(run: Run, log: Path) -> list[Point]:
    """Run the program to its end; return every call that touched its folder, in order."""
    code = run(*_strace(log), f"--trace={','.join(CALLS)}")
    assert code == 0, f"exit code {code} without a fault"
    found, made = [], Counter[tuple[str, str]]()
    first = log.read_text().split(maxsplit=1)[0]
    for match in LINE.finditer(log.read_text()):
        process, call, arguments = match.groups()
        made[process, call] += 1
        if str(run.folder) in arguments or _names_a_relative_path(call, arguments):
            assert process == first, f"strace counts for each thread, and this is not the first: {match[0]}"
            found.append(Point(call, made[process, call], arguments[:90]))
    return found


def kill_at(run: Run, point: Point, log: Path) -> None:
    """Run the program until it enters the call `point`, and kill it there."""
    code = run(*_strace(log), f"--trace={point.call}", f"--inject={point.call}:signal=KILL:when={point.nth}")
    assert code < 0, f"{point} was never reached: exit code {code}"


def kill_after(run: Run, delay: float) -> bool:
    """Kill the program `delay` seconds after the first change in its folder; return whether it was still running."""
    before = _state(run.folder)
    with subprocess.Popen(
        run.command,
        cwd=run.folder,
        env=run.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        while process.poll() is None and _state(run.folder) == before:
            time.sleep(0.0005)
        time.sleep(delay)
        running = process.poll() is None
        process.kill()
    return running


def length_of_writing(run: Run) -> float:
    """Return the seconds from the first change in the folder to the program's end."""
    before = _state(run.folder)
    with subprocess.Popen(
        run.command, cwd=run.folder, env=run.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    ) as process:
        while process.poll() is None and _state(run.folder) == before:
            time.sleep(0.0005)
        began = time.monotonic()
        process.wait()
    assert process.returncode == 0
    return time.monotonic() - began


def spread(found: Sequence[Point], most: int) -> list[Point]:
    """Return at most `most` of the points, evenly spread from the first to the last."""
    if len(found) <= most:
        return list(found)
    return [found[round(place * (len(found) - 1) / (most - 1))] for place in range(most)]


def _strace(log: Path) -> tuple[str, ...]:
    # Not --seccomp-bpf: with it strace 6.1 injects no signal.
    return ("strace", "--follow-forks", "--decode-fds=path", "--quiet=all", f"--output={log}")


def _names_a_relative_path(call: str, arguments: str) -> bool:
    return call.startswith(("rename", "unlink", "mkdir", "rmdir", "link")) and '"/' not in arguments


def _state(folder: Path) -> dict[str, tuple[int, int]]:
    found = {}
    for path in folder.rglob("*"):
        try:
            stat = path.stat()
        except FileNotFoundError:
            continue  # gone since it was listed
        found[str(path)] = (stat.st_size, stat.st_mtime_ns)
    return found
