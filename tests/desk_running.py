"""A real `digest preview`: a process of its own over a newsroom, and a client that has its cookie."""

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from running import digest

LABEL = "2024-W43"

T = TypeVar("T")


@dataclass(frozen=True)
class Answer:
    """What the desk answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """Return the body as text."""
        return self.body.decode()

    @property
    def data(self) -> Any:
        """Return the body read as JSON."""
        return json.loads(self.body)


@dataclass
class RunningDesk:
    """A desk that runs: `url` is the address to open, with its token; `notes` is what was said before it."""

    folder: Path
    process: "subprocess.Popen[str]"
    url: str
    label: str = LABEL
    notes: list[str] = field(default_factory=list)
    cookie: str = field(default="", repr=False)

    @property
    def origin(self) -> str:
        """Return the desk's origin."""
        return f"http://{urlsplit(self.url).netloc}"

    @property
    def issue(self) -> Path:
        """Return the issue's folder."""
        return self.folder / "issues" / self.label

    def send(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """Send one request with nothing but its host and `headers`; an underline in a name stands for a hyphen."""
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=30)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, named)
            answer = connection.getresponse()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def get(self, path: str) -> Answer:
        """Get something as the desk's own page does."""
        return self.send("GET", path, Cookie=self.cookie, Sec_Fetch_Site="same-origin")

    def post(self, path: str, body: object) -> Answer:
        """Post JSON as the desk's own page does."""
        headers = {"Cookie": self.cookie, "Origin": self.origin, "Content-Type": "application/json"}
        return self.send("POST", path, json.dumps(body).encode(), Sec_Fetch_Site="same-origin", **headers)

    @property
    def state(self) -> Any:
        """Return the whole state."""
        return self.get("/state").data

    def do(self, act: str, **decision: object) -> Answer:
        """Decide something, having seen the state that stands now."""
        return self.post("/do", {"seen": self.state["version"], "decision": {"act": act, **decision}})

    def until(self, wanted: Callable[[Any], T], seconds: float = 20) -> T:
        """Return what `wanted` finds in the state, as soon as it finds something; it must within `seconds`."""
        deadline = time.monotonic() + seconds
        while not (found := wanted(self.state)):
            if time.monotonic() > deadline:
                raise AssertionError("the desk has not come to that")
            time.sleep(0.02)
        return found

    def stop(self, how: signal.Signals = signal.SIGINT, seconds: float = 10) -> int:
        """Send the signal and return the exit code."""
        with suppress(ProcessLookupError):
            self.process.send_signal(how)
        return self.process.wait(seconds)


@contextmanager
def desk(folder: Path, *options: str, label: str = LABEL) -> Iterator[RunningDesk]:
    """Run `digest preview` of an issue in `folder`, and yield it with its cookie; it is killed behind the block."""
    command = (sys.executable, "-m", "digest", "preview", label, "--no-browser", *options)
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            assert process.stdout is not None
            lines = [process.stdout.readline().strip()]
            while lines[-1].startswith(("note:", "warning:")):
                lines.append(process.stdout.readline().strip())
            assert lines[-1].startswith("http://"), "\n".join(lines) + process.stdout.read()
            running = RunningDesk(folder=folder, process=process, url=lines.pop(), label=label, notes=lines)
            running.cookie = _cookie(running)
            yield running
        finally:
            process.kill()


def _cookie(running: RunningDesk) -> str:
    """Open the address as a browser does; return the cookie that it hands out."""
    split = urlsplit(running.url)
    answer = running.send("GET", f"{split.path}?{split.query}", Sec_Fetch_Site="none")
    return answer.headers["set-cookie"].partition(";")[0]


def sample(folder: Path, label: str = LABEL) -> Path:
    """Make a newsroom of the sample magazine in `folder`, its issue built; return it."""
    root = folder / "paper"
    assert digest(folder, "init", "--sample", "paper").code == 0
    assert digest(root, "build", "--week", label).code == 0
    return root


def copied(root: Path, folder: Path) -> Path:
    """Return a copy of a newsroom in `folder`, for a test that changes it."""
    return Path(shutil.copytree(root, folder / "copy"))
