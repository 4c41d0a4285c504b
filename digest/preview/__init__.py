"""The preview: the built issue in a browser, served on loopback alone.

The mail stands in a sandboxed frame: no script, no form, no way out of it. Only requests that name this very address
as their host are answered, so that no page elsewhere can read the issue through a name of its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from string import Template
from urllib.parse import parse_qs, urlsplit

from digest.errors import DigestError
from digest.handover import state
from digest.issues.folder import LEDGER, IssueFolder
from digest.issues.ledger import read_events
from digest.mailers.message import Terms, fill_html, fill_text

VIEWS = {"desktop": "email.html", "phone": "email.html", "text": "email.txt", "web": "web.html"}
"""Each view and the file that it shows."""

_TYPES = {".html": "text/html; charset=utf-8", ".txt": "text/plain; charset=utf-8", ".css": "text/css; charset=utf-8"}
_PICTURES = {".jpg": "image/jpeg", ".png": "image/png"}
_PAGE_POLICY = "default-src 'none'; style-src 'self'; frame-src 'self'; frame-ancestors 'none'"
_MAIL_POLICY = "default-src 'none'; img-src * data:; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"


@dataclass(frozen=True, slots=True)
class Preview:
    """A preview that is being served."""

    server: ThreadingHTTPServer

    @property
    def url(self) -> str:
        """Return the address to open."""
        return f"http://127.0.0.1:{self.server.server_port}/"

    def serve(self) -> None:
        """Answer requests until the process is interrupted or `stop` is called from another thread."""
        self.server.serve_forever()

    def stop(self) -> None:
        """End `serve`."""
        self.server.shutdown()


@contextmanager
def open_preview(folder: IssueFolder, terms: Terms, port: int) -> Iterator[Preview]:
    """Open a preview of the issue in `folder`, its placeholders filled by `terms`; port 0 takes a free one.

    Raises:
        DigestError: the port is taken.

    """
    handler = type("Handler", (_Handler,), {"folder": folder, "terms": terms})
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        hint = "leave --port out for a free one"
        raise DigestError(f"cannot be opened: {error.strerror}", where=f"port {port}", hint=hint) from error
    try:
        yield Preview(server)
    finally:
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    """Answers with the page, its style, or one of the issue's files as it stands on the disk now."""

    folder: IssueFolder
    terms: Terms

    def do_GET(self) -> None:
        """Answer one request."""
        if self.headers.get("Host") not in self._names():
            self.send_error(403, "Open the address that digest preview printed")
            return
        parts = urlsplit(self.path)
        try:
            self._answer(parts.path, parts.query)
        except DigestError as error:
            self.send_error(404, "Not in this issue", str(error))

    def _answer(self, path: str, query: str) -> None:
        if path == "/":
            wanted = parse_qs(query).get("view", ["desktop"])[0]
            self._send(".html", self._page(wanted if wanted in VIEWS else "desktop"), _PAGE_POLICY)
        elif path == "/page.css":
            self._send(".css", files("digest.preview").joinpath("page.css").read_bytes(), _PAGE_POLICY)
        elif path.lstrip("/") in VIEWS.values():
            name = path.lstrip("/")
            self._send(name[name.rindex(".") :], self._file(name), _MAIL_POLICY)
        else:
            self._picture(path.lstrip("/"))

    def _picture(self, name: str) -> None:
        """Send a picture that the record names; no other path leads anywhere."""
        kind = _PICTURES.get(name[name.rfind(".") :])
        if kind is None or name not in {file.name for file in self.folder.read().files}:
            self.send_error(404, "Not in this issue")
            return
        self._send(kind, self.folder.file(name), _PAGE_POLICY)

    def _file(self, name: str) -> bytes:
        text = self.folder.file(name).decode()
        if name.endswith(".html"):
            text = self._with_copies(text)
        if name == "email.html":
            text = fill_html(text, self.terms)
        elif name == "email.txt":
            text = fill_text(text, self.terms)
        return text.encode()

    def _with_copies(self, page: str) -> str:
        """Return a page that shows the copies of the issue's folder: nobody has put them where readers look yet."""
        for picture in self.folder.read().pictures:
            for name in ("src", "srcset") if picture.image.url and picture.file else ():
                page = page.replace(f'{name}="{escape(picture.image.url)}"', f'{name}="{picture.file}"')
        return page

    def _page(self, view: str) -> bytes:
        issue = self.folder.read()
        current = {name: ' aria-current="page"' if name == view else "" for name in VIEWS}
        page = Template(files("digest.preview").joinpath("page.html").read_text(encoding="utf-8"))
        filled = page.substitute(
            current,
            view=view,
            frame=VIEWS[view],
            title=escape(f"{issue.newsletter_title} No. {issue.number}"),
            dates=escape(issue.window.words),
            label=escape(self.folder.label),
            state=state(read_events(self.folder.path / LEDGER)),
            subject=escape(issue.subject.text),
            preheader=escape(issue.preheader.text),
        )
        return filled.encode()

    def _send(self, kind: str, body: bytes, policy: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", _TYPES.get(kind, kind))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def _names(self) -> set[str]:
        port = self.connection.getsockname()[1]
        return {f"127.0.0.1:{port}", f"localhost:{port}"}

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Keep the terminal quiet."""
