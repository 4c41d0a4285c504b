"""What an editor does at the desk: each is a POST of JSON, done by the session's thread, answered once it is kept."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from digest.preview.answers import data
from digest.preview.bodies import told
from digest.preview.session import Session
from digest.preview.workshop import Workshop

T = TypeVar("T")
Act = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiving:
    """An error that may stand where it stands, and why."""

    code: str
    where: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approving:
    """Who approves, having seen the issue as this version of edits.toml makes it."""

    seen: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was done, in words, and the version of edits.toml since then."""

    version: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overtaken:
    """What was not done, since somebody else was quicker: in words, with both texts where there are two."""

    words: str
    mine: str = ""
    theirs: str = ""


class Acts:
    """The acts by their addresses."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.named: Mapping[str, Act] = {
            "/waive": self.waive,
            "/unwaive": self.unwaive,
            "/approve": self.approve,
        }

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
        present = await run_in_threadpool(self._session.built)
        if body.seen != present.beside.version:
            return data(Overtaken(words="the issue has changed since: look at it, then approve that"), 409)
        return await self._does(lambda workshop: workshop.approve(" ".join(body.by.split())))

    async def _does(self, work: Callable[[Workshop], str], *, drafts: bool = False) -> Response:
        """Have it done; answer with its words and the version that it came to."""
        words = await asyncio.wrap_future(self._session.ask(work, drafts=drafts))
        return data(Done(version=self._session.now.beside.version, words=words))
