"""The command line in this process: arguments in; exit code, standard output and standard error out."""

import contextlib
import io
import json
import os
import pty
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from unittest.mock import patch

import stamina

from digest.cli import main


@dataclass(frozen=True)
class Done:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """Return standard output read as JSON."""
        return json.loads(self.out)


def digest(folder: Path, *arguments: object) -> Done:
    """Run `digest` in `folder`; a traceback would be a test's failure."""
    out, err = io.StringIO(), io.StringIO()
    argv = ["digest", *map(str, arguments)]
    with (
        contextlib.chdir(folder),
        patch.object(sys, "argv", argv),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
        else:
            code = 0
    return Done(code, out.getvalue(), err.getvalue())


def on_a_terminal(folder: Path, environment: dict[str, str], *arguments: str) -> tuple[int, str]:
    """Run `digest` with standard output on a terminal of its own; return its exit code and what the terminal got."""
    ours, theirs = pty.openpty()
    command = (sys.executable, "-m", "digest", *arguments)
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=theirs) as started:
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):  # Linux's way to say that the terminal's other side is closed
            while part := os.read(ours, 65536):
                shown += part
        os.close(ours)
    return started.returncode, shown.decode().replace("\r\n", "\n")


TOML = """\
schema = 1
[magazine]
name = "The Harbour"
url = "https://harbour.example"
zone = "Europe/London"
address = "1 Quay Street, Harbour"
[[sources]]
name = "notes"
kind = "markdown"
path = "notes"
[[sections]]
name = "Reporting"
weight = 2
[[sections]]
name = "Opinion"
[selection]
shortest = 10
[[newsletters]]
name = "weekly"
title = "Harbour Weekly"
since = "2024-09-27 12:00"
"""

NOTE = """\
---
title: {title}
date: {date}
author: {author}
section: {section}
url: https://harbour.example/{slug}
---
{body}
"""


def note(folder: Path, slug: str, date: str, **fields: str) -> Path:
    """Write a story as Markdown; every one of them has a body of its own."""
    words = " ".join(f"{slug}{number}" for number in range(30))
    plain = {
        "title": f"The story of {slug}",
        "author": f"Ada {slug.title()}",
        "section": "Reporting",
        "body": f"The ferry of {slug} left the quay late again. It rained all day, and nobody minded: {words}.",
    }
    path = folder / "notes" / f"{slug}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(NOTE.format(slug=slug, date=date, **(plain | fields)), encoding="utf-8")
    return path


def newsroom(folder: Path, toml: str = TOML) -> Path:
    """Make a newsroom with four stories in W43 and one each in W42 and W44."""
    (folder / "digest.toml").write_text(toml, encoding="utf-8")
    for slug, date in (
        ("anchor", "2024-10-19 09:00"),
        ("buoy", "2024-10-21 10:00"),
        ("capstan", "2024-10-23 11:00"),
        ("davit", "2024-10-24 12:00"),
        ("earlier", "2024-10-16 08:00"),
        ("later", "2024-10-28 08:00"),
    ):
        note(folder, slug, date)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below `folder`, locks excepted."""
    found = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def titles(data: Any) -> Iterator[str]:
    """Yield the headlines that `digest articles --json` says are in."""
    return (row["title"] for row in data["articles"] if row["in"])


FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>The Harbour</title><item>
<title>The story of the mole</title><link>https://harbour.example/mole</link>
<pubDate>Tue, 22 Oct 2024 09:00:00 GMT</pubDate><description>Stone by stone the mole grew out into the bay, and in
its lee the boats of the whole coast now ride out every gale of the winter.</description></item></channel></rss>"""


class Site(ThreadingHTTPServer):
    """A site on loopback whose every address is one feed; with another `status` it is down. `asked` counts."""

    status = 200
    body = FEED
    asked = 0

    @property
    def toml(self) -> str:
        """Return what makes it a source."""
        return f'[[sources]]\nname = "CMS"\nkind = "feed"\nurl = "http://127.0.0.1:{self.server_port}/feed"\n'


class _Answer(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked += 1
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/rss+xml")
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        pass


@contextlib.contextmanager
def serving() -> Iterator[Site]:
    """Run a site for as long as it is asked; one that is down is not waited for: that is tested elsewhere."""
    with stamina.set_testing(True, attempts=1), Site(("127.0.0.1", 0), _Answer) as site:
        thread = threading.Thread(target=site.serve_forever)
        thread.start()
        try:
            yield site
        finally:  # a test that fails would else wait for it for ever
            site.shutdown()
            thread.join()
