"""What an editor does at the desk: each is a POST of JSON, done by the session, answered once it is kept."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from digest.errors import Clash, OvertakenError
from digest.model.decision import Decision
from digest.pipeline.editing import Change
from digest.preview.answers import data
from digest.preview.bodies import told
from digest.preview.decisions import Decisions
from digest.preview.session import Session
from digest.preview.workshop import Workshop

T = TypeVar("T")
Act = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """A decision, made in sight of this version of edits.toml."""

    seen: str
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Turning:
    """A step back or forth, made in sight of this version of edits.toml."""

    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiving:
    """An error that may stand where it stands, and why."""

    code: str
    where: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approving:
    """Who approves, having seen this version of edits.toml and this draft: another article is another draft."""

    seen: str
    drafted: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was done, in words, and the version of edits.toml since then.

    It is what the page shows, with its own change, where `before` is the version that the page shows: else there is
    something of others in it that nobody has seen there.
    """

    version: str
    before: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overtaken:
    """What was not done, since somebody else was quicker: in words, with both texts where there are two.

    `version` is that of edits.toml now: who decides in its sight decides about what stands there.
    """

    version: str
    words: str
    mine: str = ""
    theirs: str = ""
    hint: str = ""


class Acts:
    """The acts by their addresses."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.named: Mapping[str, Act] = {
            "/do": self.do,
            "/undo": self.undo,
            "/redo": self.redo,
            "/waive": self.waive,
            "/unwaive": self.unwaive,
            "/approve": self.approve,
        }

    async def do(self, request: Request) -> Response:
        """Decide something about the issue: answered once it stands in edits.toml."""
        body = await told(request, Deciding)
        return await self._changes(lambda decisions: decisions.decide(body.decision, body.seen))

    async def undo(self, request: Request) -> Response:
        """Take back what was done last."""
        body = await told(request, Turning)
        return await self._changes(lambda decisions: decisions.undo(body.seen))

    async def redo(self, request: Request) -> Response:
        """Do again what was taken back last."""
        body = await told(request, Turning)
        return await self._changes(lambda decisions: decisions.redo(body.seen))

    async def waive(self, request: Request) -> Response:
        """Let an error of the check stand."""
        body = await told(request, Waiving)
        return await self._does(lambda workshop: workshop.waive(self._session.drafted, body.code, body.where, body.why))

    async def unwaive(self, request: Request) -> Response:
        """Let it stand no more."""
        body = await told(request, Waiving)
        return await self._does(lambda workshop: workshop.unwaive(self._session.drafted, body.code, body.where))

    async def approve(self, request: Request) -> Response:
        """Approve what the editor has seen, once it stands in the issue's folder."""
        body = await told(request, Approving)
        await run_in_threadpool(self._session.settled)
        await run_in_threadpool(self._session.built)

        def work(workshop: Workshop) -> str:
            beside = self._session.now.beside  # in the session's thread: no other draft comes before it is approved
            if (body.seen, body.drafted) != (beside.version, beside.stamp):
                words = "the issue has changed since: look at it, then approve that"
                raise OvertakenError(words, clash=Clash(version=beside.version))
            return workshop.approve(self._session.drafted, " ".join(body.by.split()))

        try:
            return await self._does(work)
        except OvertakenError as error:
            return _overtaken(error)

    async def _changes(self, work: Callable[[Decisions], Change]) -> Response:
        """Have edits.toml changed; answer with the version that it came to."""
        try:
            change = await asyncio.wrap_future(self._session.decide(work))
        except OvertakenError as error:
            return _overtaken(error)
        return data(Done(version=change.version, before=change.before, words=change.words))

    async def _does(self, work: Callable[[Workshop], str]) -> Response:
        """Have something done that leaves edits.toml as it is; answer with its words."""
        words = await asyncio.wrap_future(self._session.ask(work))
        version = self._session.now.beside.version
        return data(Done(version=version, before=version, words=words))


def _overtaken(error: OvertakenError) -> Response:
    """Answer that somebody else was quicker."""
    clash = error.clash
    said = Overtaken(version=clash.version, words=error.message, mine=clash.mine, theirs=clash.theirs, hint=error.hint)
    return data(said, 409)
