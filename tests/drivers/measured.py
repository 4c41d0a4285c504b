"""Run `digest` with names that resolve as a test wants, and print what it did, how long it took, and its most memory.

Arguments: a file of JSON with `names` (a host and, one lookup after the other, its addresses) and `trusted` (a file of
certificates), and those of `digest`. Prints JSON. The memory is Linux's VmHWM, of this program alone: `ru_maxrss`
would count what its parent had when it was started.
"""

import contextlib
import io
import json
import re
import socket
import ssl
import sys
import time
from pathlib import Path
from typing import Any

from digest.cli import main


def resolving(names: dict[str, list[list[str]]]) -> Any:
    """Return `getaddrinfo` for some names; each is looked up in turn, the last again and again."""
    ask = socket.getaddrinfo

    def found(host: str, port: int, *rest: Any, **more: Any) -> Any:
        if host not in names:
            return ask(host, port, *rest, **more)
        addresses = names[host].pop(0) if len(names[host]) > 1 else names[host][0]
        return [info for address in addresses for info in ask(address, port, *rest, **more)]

    return found


def run(wanted: dict[str, Any], arguments: list[str]) -> dict[str, Any]:
    """Run `digest`; a traceback is an exit code of its own."""
    from digest.web import connecting  # noqa: PLC0415 - heavy: what is measured would hold it anyway

    socket.getaddrinfo = resolving(wanted["names"])
    connecting.trusting = lambda: ssl.create_default_context(cafile=wanted["trusted"])
    out, err = io.StringIO(), io.StringIO()
    sys.argv = ["digest", *arguments]
    start, code = time.monotonic(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main()
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return {
        "code": code,
        "out": out.getvalue(),
        "err": err.getvalue(),
        "seconds": time.monotonic() - start,
        "peak": int(peak[1]) * 1024 if peak else 0,
    }


if __name__ == "__main__":
    print(json.dumps(run(json.loads(Path(sys.argv[1]).read_text()), sys.argv[2:])))
