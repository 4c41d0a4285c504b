"""A mail server on loopback (aiosmtpd) that does to each recipient what a test says."""

import asyncio
import ssl
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from tls_making import make_certificate

Answers = dict[str, list[str]]


@dataclass
class Post:
    """What the server took, and what it answers to whom.

    `answers` holds, by recipient (or `MAIL`), what is said to each of its next mails: a reply; with `DATA ` before it
    one to the mail itself; `hang up` before or `hang up after` the mail, the latter with the mail taken. After the last
    of them it takes everything.
    """

    answers: Answers = field(default_factory=dict)
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    ciphered: list[bool] = field(default_factory=list)
    users: list[str] = field(default_factory=list)
    connections: int = 0

    def next(self, name: str, *kinds: str) -> str:
        """Take the next answer for `name` where it is of these kinds."""
        waiting = self.answers.get(name, [])
        return waiting.pop(0) if waiting and waiting[0].startswith(kinds) else ""

    async def handle_EHLO(self, _: Any, session: Any, envelope: Any, hostname: str, replies: list[str]) -> list[str]:  # noqa: ARG002, N802 - aiosmtpd calls it
        session.host_name = hostname
        return replies

    async def handle_MAIL(self, _: Any, __: Any, envelope: Any, address: str, options: Sequence[str]) -> str:  # noqa: N802 - likewise
        answer = self.next("MAIL", "4", "5")
        if not answer:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return answer or "250 OK"

    async def handle_RCPT(self, server: Any, _: Any, envelope: Any, address: str, __: Sequence[str]) -> str:  # noqa: N802 - likewise
        answer = self.next(address, "4", "5")
        if not answer:
            envelope.rcpt_tos.append(address)
        if self.answers.get(address, [""])[:1] == ["hang up"]:
            self.next(address, "hang up")
            server.transport.abort()
        return answer or "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - likewise
        (address,) = envelope.rcpt_tos
        answer = self.next(address, "DATA ", "hang up after")
        if answer.startswith("DATA "):
            return answer.removeprefix("DATA ")
        self.taken.append((address, envelope.original_content))
        self.ciphered.append(session.ssl is not None)
        if answer:
            server.transport.abort()
        return "250 2.0.0 queued"

    def count(self) -> dict[str, int]:
        """Return how often each recipient had the mail."""
        counts: dict[str, int] = defaultdict(int)
        for address, _ in self.taken:
            counts[address] += 1
        return dict(counts)

    def authenticate(self, _: Any, __: Any, ___: Any, ____: str, said: Any) -> AuthResult:
        right = isinstance(said, LoginPassword) and said == LoginPassword(b"harbour", b"open-sesame")
        if right:
            self.users.append("harbour")
        return AuthResult(success=right, handled=False)


@dataclass(frozen=True)
class Way:
    """How the server speaks: `starttls`, `tls` or `none`; `login`: it takes nothing without a password."""

    security: str = "none"
    certificate: Any = None
    login: bool = False


@contextmanager
def serving(post: Post, way: Way = Way()) -> Iterator[int]:
    """Serve `post` on loopback in a thread of its own; give its port."""
    context = None
    if way.certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(way.certificate, way.certificate.with_suffix(".key"))
    loop = asyncio.new_event_loop()

    def made() -> SMTP:
        post.connections += 1
        return SMTP(
            post,
            hostname="mx.harbour.example",
            tls_context=context if way.security == "starttls" else None,
            require_starttls=way.security == "starttls",
            auth_required=way.login,
            auth_require_tls=way.security == "starttls",
            authenticator=post.authenticate,
            loop=loop,
        )

    inner = context if way.security == "tls" else None
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    # Begun in its own thread: a browser of other tests may have a loop at work in this one.
    begun = asyncio.run_coroutine_threadsafe(loop.create_server(made, "127.0.0.1", 0, ssl=inner), loop)
    server = begun.result(10)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(_ended(server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _ended(server: asyncio.Server) -> None:
    server.close()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


__all__ = ["Post", "Way", "make_certificate", "serving"]
