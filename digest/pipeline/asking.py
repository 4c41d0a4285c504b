"""Asking: whether the pages and pictures that a mail refers to are there.

Politely: one address after the other at each host, several hosts at a time, who asks is said, bodies are not read, and
what answered is not asked again for a day.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from digest.check.facts import Answer
from digest.check.links import addresses
from digest.check.proof import Proof
from digest.disk import make_folder, replace
from digest.errors import SourceError
from digest.text.urls import host
from digest.web import Limits, Web
from digest.wire import WireError, from_json, to_json

_AT_ONCE = 8
"""Hosts asked at the same time."""
_PAUSE = 0.1
"""Seconds between two questions to one host."""
_KEPT = timedelta(days=1)
_SECONDS = 15.0
"""For one address with all its redirects; a page that takes longer is as good as dead to a reader."""
_LATER = frozenset({408, 425, 429})
"""Answers that say "ask again": they are not kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """`contact` is told to the sites; `cache` is a file that keeps answers (None: none); `now` is their date."""

    contact: str
    cache: Path | None
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    answer: Answer
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class _Memory:
    schema: int = 1
    kept: tuple[_Kept, ...] = ()


def targets(proof: Proof) -> tuple[str, ...]:
    """Return the web addresses that the mail refers to, each once, in its order.

    Services' placeholders are none of them: nobody is unsubscribed by a check. A story's own address goes before the
    one with tracking, so that a check is not counted as a reader.
    """
    plain = {entry.mail_url: entry.url for entry in proof.issue.entries}
    found = [plain.get(address, address) for _, address in addresses(proof)]
    found += [element.get("src").strip() for element in proof.mail.named("img")]
    return tuple(dict.fromkeys(address for address in found if host(address)))


def ask(urls: Sequence[str], asker: Asker, progress: Callable[[str], None]) -> tuple[Answer, ...]:
    """Return what each address answers, in their order."""
    known = {each.answer.url: each for each in _remembered(asker)}
    by_host: dict[str, list[str]] = {}
    for url in urls:
        if url not in known:
            by_host.setdefault(host(url), []).append(url)
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        groups = pool.map(lambda each: tuple(_ask_host(each, asker.contact, progress)), by_host.values())
        fresh = {answer.url: answer for group in groups for answer in group}
    kept = [_Kept(answer=answer, at=asker.now) for answer in fresh.values() if _lasts(answer)]
    _remember(asker, [*known.values(), *kept])
    return tuple(fresh[url] if url in fresh else known[url].answer for url in urls)


def _ask_host(urls: Sequence[str], contact: str, progress: Callable[[str], None]) -> Iterator[Answer]:
    with Web(contact=contact, limits=Limits(seconds=_SECONDS)) as web:
        for place, url in enumerate(urls):
            if place:
                time.sleep(_PAUSE)
            progress(url)
            yield _ask(web, url)


def _ask(web: Web, url: str) -> Answer:
    try:
        return Answer(url=url, status=web.ask(url))
    except SourceError as error:
        return Answer(url=url, problem=error.message)


def _lasts(answer: Answer) -> bool:
    """Tell whether an answer holds for a day: not silence, not a server's own fault, not "ask again"."""
    return 0 < answer.status < 500 and answer.status not in _LATER  # noqa: PLR2004 - HTTP's own groups


def _remembered(asker: Asker) -> tuple[_Kept, ...]:
    """Return the kept answers that are not too old; none where the file is not there or is not ours."""
    if asker.cache is None:
        return ()
    try:
        memory = from_json(asker.cache.read_bytes(), _Memory)
    except (OSError, WireError):
        return ()
    return tuple(each for each in memory.kept if timedelta() <= asker.now - each.at < _KEPT)


def _remember(asker: Asker, kept: Sequence[_Kept]) -> None:
    """Keep answers; where there is no room or no right to, they are asked again next time."""
    if asker.cache is None:
        return
    try:
        make_folder(asker.cache.parent)
        replace(asker.cache, to_json(_Memory(kept=tuple(kept))))
    except OSError:
        return
