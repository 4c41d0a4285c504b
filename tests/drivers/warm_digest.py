"""A Digest that has imported what it needs; each command runs in a fork of it, at a tenth of the price of a start.

It reads one order a line from stdin (`Order`, as JSON) and answers with the command's exit code, negative for a
signal. The fork is a process of its own: it can be traced and killed like any other. What a command imported, the next
one finds imported.
"""

import atexit
import ctypes
import importlib
import json
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

PR_SET_PTRACER = 0x59616D61
ANY = ctypes.c_ulong(-1)
"""From prctl(2): let a process that is not an ancestor trace this one, where the Yama module is on."""


@dataclass(frozen=True)
class Order:
    """A command line without its first word, the folder that it runs in, where its output goes, and who traces it."""

    arguments: list[str]
    folder: str
    output: str
    tracer: list[str]


def serve() -> None:
    """Carry out orders until there are no more."""
    for line in sys.stdin:
        print(carry_out(Order(**json.loads(line))), flush=True)


def carry_out(order: Order) -> int:
    """Run one command in a fork and return its exit code."""
    gate, opener = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(opener)
        ctypes.CDLL(None).prctl(PR_SET_PTRACER, ANY)
        os.read(gate, 1)
        become_digest(order)
    os.close(gate)
    tracer = subprocess.Popen((*order.tracer, f"--attach={child}")) if order.tracer else None
    while tracer and tracer.poll() is None and not is_traced(child):
        pass
    os.close(opener)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if tracer:
        tracer.wait()
    learn(Path(f"{order.output}.modules"))
    return code


def learn(report: Path) -> None:
    """Import what a command said that it had imported; one that was killed said nothing."""
    if report.exists():
        for name in report.read_text().split():
            with suppress(ImportError):  # an extension's inner module comes with the extension
                importlib.import_module(name)
        report.unlink()


def is_traced(process: int) -> bool:
    """Tell whether a tracer holds the process."""
    return "TracerPid:\t0\n" not in Path(f"/proc/{process}/status").read_text()


def become_digest(order: Order) -> NoReturn:
    """Run the command as if this process had been started with it."""
    os.chdir(order.folder)
    nothing = os.open(os.devnull, os.O_RDONLY)
    output = os.open(order.output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    for target, source in ((0, nothing), (1, output), (2, output)):
        os.dup2(source, target)
    before = set(sys.modules)
    report = Path(f"{order.output}.modules")
    atexit.register(lambda: report.write_text("\n".join(sorted(set(sys.modules) - before))))
    sys.argv = ["digest", *order.arguments]
    importlib.import_module("digest.__main__").main()
    sys.exit(0)


if __name__ == "__main__":
    serve()
