"""Commands of Digest that are killed at a chosen system call (by strace) or at a chosen moment.

SIGKILL arrives when the call is entered, so that killing at every call shows every state that a command can leave
behind: all calls before it are done, it and all after it are not.
"""

import json
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from drivers.warm_digest import Order

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

BY_NAME = ("link", "mkdir", "rename", "rmdir", "unlink")
"""Calls that take paths, which may be relative to the folder."""

LINE = re.compile(r"(?P<process>\d+) +(?P<call>\w+)\((?P<arguments>.*)")


@dataclass(frozen=True)
class Point:
    """The `nth` call of its name that a command makes, and what it was about when the command ran undisturbed."""

    call: str
    nth: int
    about: str


class Killer:
    """Starts commands of Digest, and kills those that it is told to kill."""

    def __init__(self, environment: Mapping[str, str], scratch: Path) -> None:
        self.environment = environment
        self._log, self._output = scratch / "strace.log", scratch / "output.txt"
        warm = (sys.executable, str(Path(__file__).with_name("warm_digest.py")))
        self._warm = subprocess.Popen(
            warm, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def close(self) -> None:
        """End the warm Digest."""
        self._warm.communicate()

    def run(self, folder: Path, *arguments: str, strace: tuple[str, ...] = ()) -> int:
        """Run a command in a folder and return its exit code, negative for a signal."""
        assert self._warm.stdin
        assert self._warm.stdout
        # Not --seccomp-bpf: with it strace 6.1 injects no signal.
        always = ("strace", "--follow-forks", "--decode-fds=path", "--quiet=all", f"--output={self._log}")
        tracer = [*always, *strace] if strace else []
        order = Order(arguments=list(arguments), folder=str(folder), output=str(self._output), tracer=tracer)
        self._warm.stdin.write(json.dumps(asdict(order)) + "\n")
        return int(self._warm.stdout.readline())

    def must(self, folder: Path, *arguments: str, strace: tuple[str, ...] = ()) -> None:
        """Run a command that has to succeed."""
        code = self.run(folder, *arguments, strace=strace)
        assert code == 0, f"digest {' '.join(arguments)}: exit code {code}\n{self._output.read_text()}"

    def points(self, folder: Path, *arguments: str) -> list[Point]:
        """Run a command to its end; return every call that touched its folder, in order."""
        self.must(folder, *arguments, strace=(f"--trace={','.join(CALLS)}",))
        found, made, processes = [], Counter[str](), set()
        for process, call, about in LINE.findall(self._log.read_text()):
            processes.add(process)
            made[call] += 1
            if str(folder) in about or (call.startswith(BY_NAME) and '"/' not in about):
                found.append(Point(call, made[call], about[:90]))
        assert len(processes) == 1, "strace counts for each thread; only the first one may write"
        return found

    def kill_at(self, point: Point, folder: Path, *arguments: str) -> None:
        """Run a command until it enters the call `point`, and kill it there."""
        fault = f"--inject={point.call}:signal=KILL:when={point.nth}"
        code = self.run(folder, *arguments, strace=(f"--trace={point.call}", fault))
        assert code < 0, f"{point} was never reached: exit code {code}"

    def kill_after(self, delay: float, folder: Path, *arguments: str) -> None:
        """Start a command as a shell would; kill it `delay` seconds after the first change in its folder."""
        with self._started(folder, *arguments) as process:
            time.sleep(delay)
            process.kill()

    def seconds_of_writing(self, folder: Path, *arguments: str) -> float:
        """Return how long after the first change in the folder a command comes to its end."""
        with self._started(folder, *arguments) as process:
            began = time.monotonic()
            assert process.wait() == 0, self._output.read_text()
            return time.monotonic() - began

    def _started(self, folder: Path, *arguments: str) -> "subprocess.Popen[bytes]":
        """Start a command and return at its first change in the folder, or at its end."""
        before = _state(folder)
        with self._output.open("w") as output:
            process = subprocess.Popen(
                (sys.executable, "-m", "digest", *arguments),
                cwd=folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        while process.poll() is None and _state(folder) == before:
            time.sleep(0.0005)
        return process


def _state(folder: Path) -> dict[str, tuple[int, int]]:
    found = {}
    for path in folder.rglob("*"):
        try:
            stat = path.stat()
        except FileNotFoundError:
            continue  # gone since it was listed
        found[str(path)] = (stat.st_size, stat.st_mtime_ns)
    return found
