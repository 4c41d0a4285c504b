"""A page that shows a frame as the desk does: in a sandbox, from loopback, with a cookie that is asked for."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from digest.preview.frames import PICTURES, VIEWS, Document, Scene, frame, picture

PAGE = """<!DOCTYPE html><title>desk</title><style>body{margin:0}iframe{display:block;border:0}</style>
<iframe sandbox src="%s" width="%s" height="700"></iframe>"""


@dataclass
class Server:
    """Serves the views of a scene; `asked` has each request's path, and whether the cookie came with it."""

    url: str
    scene: Scene
    asked: list[tuple[str, bool]] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)

    def page(self, frame: str, width: int = 640) -> str:
        """Return the address of a page with this frame in it."""
        name = f"/page-{len(self.pages)}"
        self.pages[name] = PAGE % (frame, width)
        return self.url + name


@contextmanager
def serving(scene: Scene) -> Iterator[Server]:
    """Serve `scene` on loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            served.asked.append((self.path, "desk=1" in self.headers.get("Cookie", "")))
            if path in served.pages:
                body = served.pages[path].encode()
                self.answer(Document(body=body, csp="default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'"))
                return
            found = (
                picture(path.removeprefix(PICTURES), served.scene)
                if path.startswith(PICTURES)
                else frame(view, served.scene)
                if (view := next((each for each in VIEWS if path == f"/frame/{each}"), None))
                else None
            )
            if found is None:
                self.send_error(404)
                return
            self.answer(found)

        def answer(self, document: Document) -> None:
            self.send_response(200)
            headers: Mapping[str, str] = {
                "Content-Type": document.content_type,
                "Content-Length": str(len(document.body)),
                "Content-Security-Policy": document.csp,
                "Set-Cookie": "desk=1; HttpOnly; SameSite=Strict",
            }
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(document.body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Server(url=f"http://127.0.0.1:{server.server_port}", scene=scene)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
