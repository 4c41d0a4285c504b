"""The desk's answers: the page, the mail in its frame, the state, what happens, and what an editor does."""

from dataclasses import replace
from functools import cache
from importlib.resources import files

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse

from digest.model.edits import Summary
from digest.model.lead import Lead
from digest.pipeline.drafting import MODES, Drafted
from digest.pipeline.newsroom import Newsroom
from digest.pipeline.writing import lead_of
from digest.preview.answers import data
from digest.preview.frames import VIEWS, Document, frame, picture
from digest.preview.laying import lay, place_of
from digest.preview.news import News
from digest.preview.pages import no_draft, whole
from digest.preview.scenes import Scenes
from digest.preview.session import Session
from digest.preview.sheet import Trouble
from digest.preview.showing import Present
from digest.preview.sighting import sight_of, trouble_of
from digest.preview.state import state_of

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
"""What the desk's own page may do: nothing but what comes from the desk."""

_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
}
"""What is served, by the end of its name."""

_FOLDERS = ("static", "vendor")


class Desk:
    """What answers at each address."""

    def __init__(self, session: Session, news: News) -> None:
        self._session = session
        self._news = news
        self._scenes = Scenes()

    def page(self, request: Request) -> Response:
        """Answer with the whole page, as soon as there is a draft."""
        present, place = self._session.settled(), place_of(request.query_params)
        if present.drafted is None:
            return _no_draft(present)
        beside = replace(present.beside, leads=_leads(present.room, present.drafted, place.story))
        sheet = lay(sight_of(present.room, present.drafted, beside, place.story), place)
        return HTMLResponse(whole(sheet), headers={"content-security-policy": PAGE_POLICY})

    def state(self, _request: Request) -> Response:
        """Answer with all that there is to know, for programs."""
        return data(state_of(self._session.settled()))

    async def events(self, _request: Request) -> Response:
        """Answer with what happens, as long as the window is open."""
        stream = self._news.stream(self._session.now.beside.version)
        return StreamingResponse(stream, media_type="text/event-stream")

    def frame(self, request: Request) -> Response:
        """Answer with a view of the mail: a document of its own, that may do nothing."""
        view = next((each for each in VIEWS if each == request.path_params["view"]), None)
        if view is None:
            raise HTTPException(404)
        return _document(frame(view, self._scenes.of(self._session.settled())))

    def picture(self, request: Request) -> Response:
        """Answer with a picture of a frame, which has no origin and so no cookie: its name is a secret."""
        found = picture(request.path_params["key"], self._scenes.of(self._session.now))
        if found is None:
            raise HTTPException(404)
        return _document(found)

    def image(self, request: Request) -> Response:
        """Answer with a copy of a picture that the draft shows; no other name leads anywhere."""
        name, drafted = f"images/{request.path_params['name']}", self._session.settled().drafted
        found = drafted and drafted.files.get(name)
        if found is None:
            raise HTTPException(404)
        return Response(found, media_type=_TYPES[name.rpartition(".")[2]])

    def file(self, request: Request) -> Response:
        """Answer with a file of the desk's own page: those that came with Digest, and no others."""
        name = f"{request.path_params['folder']}/{request.path_params['name']}"
        found = _files().get(name)
        if found is None:
            raise HTTPException(404)
        return Response(found, headers={"content-type": _TYPES[name.rpartition(".")[2]]})


def _document(document: Document) -> Response:
    """Answer with a frame's document. A picture may be kept: its address never means another one."""
    headers = {"content-type": document.content_type, "content-security-policy": document.csp}
    if document.lasting:
        headers |= {
            "cache-control": "private, max-age=31536000, immutable",
            "cross-origin-resource-policy": "cross-origin",
        }
    return Response(document.body, headers=headers)


def _leads(room: Newsroom, drafted: Drafted, story: str) -> tuple[tuple[Summary, Lead], ...]:
    """Return what the text under the headline of the story at hand could be."""
    chosen = [choice for choice in drafted.selection.chosen if choice.article.id == story]
    return tuple((mode, lead_of(room, choice, mode)) for choice in chosen for mode in MODES)


def _no_draft(present: Present) -> Response:
    """Answer where not even a first draft could be made; the page asks again by itself."""
    trouble = trouble_of(present.beside.trouble) or Trouble(message="the issue is being drafted")
    return HTMLResponse(no_draft(trouble), 503, headers={"content-security-policy": PAGE_POLICY})


@cache
def _files() -> dict[str, bytes]:
    """Return the files that came with Digest, by their addresses."""
    folders = {name: files("digest.preview").joinpath(name) for name in _FOLDERS}
    found = {f"{name}/{each.name}": each for name, folder in folders.items() for each in folder.iterdir()}
    return {name: each.read_bytes() for name, each in found.items() if name.rpartition(".")[2] in _TYPES}
