r"""What the services have in common: HTTP on loopback, a plan of faults, a judge who knows the vendor's description.

A service is a `Service`: `@on("POST", r"/campaigns/(\d+)/send")` marks the method that answers. It keeps `calls`, every
request in order, and counts what a reader would notice: `sends` (an issue to its list), `tests` (addresses).
"""

import contextlib
import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal, TypeVar
from urllib.parse import parse_qs, urlsplit

from digest.config.schema import MailerTable
from digest.model.message import Sender
from services.judge import Judge

Field = Any
"""What JSON holds: a service reads what comes as its own documentation has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request: `path` without its query, `query` with every value, `headers` with their names in lower case."""

    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes

    @property
    def said(self) -> dict[str, Field]:
        """The body as JSON; nothing where there is none."""
        return dict(json.loads(self.body)) if self.body else {}

    def first(self, name: str, otherwise: str = "") -> str:
        """Return the first value of `name` in the query."""
        return self.query.get(name, [otherwise])[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An answer: its status, and what its body holds as JSON (None: no body)."""

    status: int = 200
    said: Field = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One bad answer to the next call whose `METHOD /path` matches `on`.

    `acting` tells whether the service has done what was asked for by then. `status` is what it answers; 0: what it
    would have answered anyway (with `half`, the first half of it; after `wait` seconds); with `hang_up`, nothing.
    """

    on: str
    acting: bool = False
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    half: bool = False
    hang_up: bool = False
    wait: float = 0


Answering = Callable[..., Told]
_Marked = TypeVar("_Marked", bound=Answering)


class RefusalError(Exception):
    """The service says no."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.status = status
        self.said = said


def on(method: str, path: str) -> Callable[[_Marked], _Marked]:
    """Mark the method that answers `method` at the whole of `path`; what its groups find is handed to it."""

    def mark(answering: _Marked) -> _Marked:
        vars(answering)["route"] = (method, re.compile(path))
        return answering

    return mark


class Service:
    """One service on loopback, `key` being the only one that it lets in."""

    key = "key-of-the-harbour"
    sender = Sender(name='The "Harbour" Café', address="post@harbour.example", reply_to="desk@harbour.example")
    denied = 401
    """How it answers who has no key that it knows."""
    date = ""
    """What its clock says, as HTTP says it; this machine's where it says nothing."""
    unique = False
    """Whether it has one object of a name at most."""
    judge: Judge | None = None
    """Who knows the vendor's description; `breaches` are what goes against it."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.faults: list[Fault] = []
        self.breaches: list[str] = []
        self.sends: list[str] = []
        self.tests: list[str] = []
        self.url = ""
        self._lock = threading.Lock()

    def allowed(self, call: Call) -> bool:
        """Tell whether a call has the key."""
        raise NotImplementedError

    def refusal(self, status: int, said: str) -> Told:
        """Return how this service says no."""
        raise NotImplementedError

    def table(self) -> MailerTable:
        """Return what digest.toml says of it."""
        raise NotImplementedError

    def titles(self) -> list[str]:
        """Return the names of all that it keeps, by which the adapter finds its own."""
        raise NotImplementedError

    def near(self, name: str) -> tuple[str, ...]:
        """Return names that are nearly `name`."""
        return (name[:-1], f"{name}-b", name.swapcase(), f"{name} copy")

    def put(self, title: str, state: Literal["draft", "sent"] = "draft") -> str:
        """Keep an object that somebody else made; returns its id."""
        raise NotImplementedError

    def content(self, remote: str) -> tuple[str, ...]:
        """Return the subject, the HTML and, where there is one, the text that it keeps of an object."""
        raise NotImplementedError

    def finish(self, remote: str) -> None:
        """Let what is on its way to the readers have arrived."""
        raise NotImplementedError

    def wrote(self) -> list[Call]:
        """Return the calls that were no questions."""
        return [call for call in self.calls if call.method != "GET"]

    def answer(self, call: Call) -> tuple[Told, Fault | None]:
        """Answer one call, and say what is to go wrong with the answer."""
        with self._lock:
            self.calls.append(call)
            fault = next((each for each in self.faults if re.fullmatch(each.on, f"{call.method} {call.path}")), None)
            if fault:
                self.faults.remove(fault)
            if fault and not fault.acting and (fault.status or fault.hang_up):
                return self._faulty(fault, Told()), fault
            told = self._done(call)
        if self.judge and (breach := self.judge.breach(call.method, call.path, call, told)):
            self.breaches.append(breach)
        return (self._faulty(fault, told) if fault else told), fault

    def _faulty(self, fault: Fault, told: Told) -> Told:
        if not fault.status:
            return told
        made = self.refusal(fault.status, "a bad day")
        return Told(status=made.status, said=made.said, headers={**made.headers, **fault.headers})

    def _done(self, call: Call) -> Told:
        if not self.allowed(call):
            return self.refusal(self.denied, "not let in")
        for name in dir(type(self)):
            answering = getattr(type(self), name)
            method, path = getattr(answering, "route", ("", None))
            if path and method == call.method and (found := path.fullmatch(call.path)):
                try:
                    return Told(**vars_of(answering(self, call, *found.groups())))
                except RefusalError as error:
                    return self.refusal(error.status, error.said)
        return self.refusal(404, f"nothing at {call.method} {call.path}")


def vars_of(told: Told) -> dict[str, Field]:
    """Return the fields of an answer."""
    return {"status": told.status, "said": told.said, "headers": told.headers}


_Service = TypeVar("_Service", bound=Service)


@contextlib.contextmanager
def serving(service: _Service) -> Iterator[_Service]:
    """Let a service answer on loopback; `service.url` is its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            split = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            query = parse_qs(split.query, keep_blank_values=True)
            call = Call(method=self.command, path=split.path, query=query, headers=headers, body=body)
            try:
                told, fault = service.answer(call)
            except Exception as error:
                service.breaches.append(f"{call.method} {call.path}: {error!r}")
                raise
            if fault and fault.wait:
                time.sleep(fault.wait)
            if fault and fault.hang_up:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            self._write(told, half=bool(fault and fault.half))

        def _write(self, told: Told, *, half: bool) -> None:
            said = b"" if told.said is None else json.dumps(told.said).encode()
            self.send_response(told.status)
            for name, value in {"Content-Type": "application/json", **told.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said[: len(said) // 2] if half else said)
            self.close_connection = half

        def date_time_string(self, timestamp: float | None = None) -> str:
            return service.date or super().date_time_string(timestamp)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer  # noqa: N815 - the library's names

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            """Say nothing: a test reads `calls`."""

    if service.judge:
        service.judge.prepare()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    service.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
