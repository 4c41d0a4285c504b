"""The application: each address of the desk and what answers there, behind the guard."""

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from digest.errors import DigestError
from digest.preview.acts import Acts
from digest.preview.answers import failed, missing
from digest.preview.desk import Desk
from digest.preview.guard import OPEN_TO_FRAMES, Guard

_NOTHING = "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

_HEADERS = {
    "content-security-policy": _NOTHING,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}
"""What every answer says unless its route says something else."""


class Guarded:
    """An application that answers whom its guard lets in, and says in every answer what may be done with it."""

    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        self._app = app
        self._guard = guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._guard.refusal(scope, Headers(scope=scope))
        answer = PlainTextResponse(f"{refusal.message}\n", refusal.status) if refusal else self._app
        await answer(scope, receive, sealed)


def application(desk: Desk, acts: Acts, guard: Guard) -> ASGIApp:
    """Return the desk as an application; only what its guard lets in is answered."""

    async def first(request: Request) -> Response:
        return await _first(desk, guard, request)

    routes = [
        Route("/", first),
        Route("/state", desk.state),
        Route("/events", desk.events),
        Route("/frame/{view}", desk.frame),
        Route(f"{OPEN_TO_FRAMES}{{key}}", desk.picture),
        Route("/images/{name}", desk.image),
        Route("/{folder:str}/{name}", desk.file),
        *(Route(path, act, methods=["POST"]) for path, act in acts.named.items()),
    ]
    app = Starlette(routes=routes, exception_handlers={DigestError: failed, HTTPException: missing})
    app.router.redirect_slashes = False  # an address with a slash too many is another one
    return Guarded(app, guard)


async def _first(desk: Desk, guard: Guard, request: Request) -> Response:
    """Answer with the page. The address that was opened becomes one without its token: it could be seen, or sent on."""
    if "token" not in request.query_params:
        return await run_in_threadpool(desk.page, request)
    answer = RedirectResponse("/", status_code=303)
    answer.set_cookie(guard.cookie, guard.secret, httponly=True, samesite="strict", path="/")
    return answer
