"""What addresses answered a while ago: what was there is not asked for again for a day.

What was not there, was silent or had a fault of its own is asked for each time: somebody may have mended it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from digest.check.answers import Verdict, verdict
from digest.check.facts import Answer
from digest.disk import make_folder, replace
from digest.wire import WireError, from_json, to_json

_KEPT: dict[Verdict, timedelta] = {"there": timedelta(days=1), "refused": timedelta(hours=1)}
"""How long an answer holds. Who refuses us would do so again, and like us less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Answers that are kept in the file `cache` (None: nowhere), as they hold at `now`."""

    cache: Path | None
    now: datetime

    def known(self) -> Mapping[str, Answer]:
        """Return by address the answers that hold; none where the file is not there or is not ours."""
        return {each.answer.url: each.answer for each in self._held()}

    def keep(self, answers: Iterable[Answer]) -> None:
        """Keep answers of now beside those that hold; without room for them or a right to, they are asked again."""
        if self.cache is None:
            return
        fresh = {answer.url: _Kept(answer=answer, at=self.now) for answer in answers}
        kept = [*(each for each in self._held() if each.answer.url not in fresh), *fresh.values()]
        try:
            make_folder(self.cache.parent)
            replace(self.cache, to_json(_Memory(kept=tuple(each for each in kept if _holds(each, self.now)))))
        except OSError:
            return

    def _held(self) -> "tuple[_Kept, ...]":
        if self.cache is None:
            return ()
        try:
            memory = from_json(self.cache.read_bytes(), _Memory)
        except (OSError, WireError):
            return ()
        return tuple(each for each in memory.kept if _holds(each, self.now))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    answer: Answer
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class _Memory:
    schema: int = 1
    kept: tuple[_Kept, ...] = ()


def _holds(kept: _Kept, now: datetime) -> bool:
    """Tell whether an answer still holds: of what was not there, of silence and of a server's own fault none does."""
    return timedelta() <= now - kept.at < _KEPT.get(verdict(kept.answer), timedelta())
