"""A hand-over that is killed: before and after each line of the ledger, each request and its answer, then run again."""

from pathlib import Path
from typing import Any
from unittest.mock import patch

from delivering import KEY, Desk, emptied
from digest.issues import ledger
from digest.pipeline.delivering import log
from digest.web.api import Api

_MOST, _LEAST = 60, 6


class KilledError(BaseException):
    """The process ends here: nothing below catches it."""


class Killer:
    """Ends the process at the moment `at` of all moments: before and after each event, each request and its answer."""

    def __init__(self, at: int) -> None:
        self.left = at
        self.asked, self.written = Api._asked, ledger.add_event

    def moment(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise KilledError

    def ask(self, api: Api, *arguments: Any) -> Any:
        self.moment()
        reply = self.asked(api, *arguments)
        self.moment()
        return reply

    def write(self, *arguments: Any) -> None:
        self.moment()
        self.written(*arguments)
        self.moment()

    def killed(self, desk: Desk, aim: str) -> bool:
        """Carry a wish out; tell whether it was killed on the way."""

        def ask(api: Api, *arguments: Any) -> Any:
            return self.ask(api, *arguments)

        with patch.object(Api, "_asked", ask), patch.object(log, "add_event", self.write):
            try:
                desk.do(aim)
            except KilledError:
                return True
        return False


ENDS = {
    "draft": ("draft", "draft"),
    "update": ("draft", "draft"),
    "test": ("draft", "draft"),
    "schedule": ("scheduled", "scheduled"),
    "send": ("sent", "sending"),
    "cancel": ("draft", "draft"),
}
"""What the ledger and the service say in the end."""


def prepared(desk: Desk, aim: str) -> str:
    """Bring an issue to where a wish begins; return the wish."""
    if aim in {"schedule", "send", "cancel"}:
        desk.ready()
    if aim == "cancel":
        desk.do("schedule")
    if aim == "update":
        desk.do("draft")
        path = desk.issue.path / "delivery.jsonl"
        path.write_text(path.read_text().replace(desk.events[-1]["content"], "0" * 64))  # it was of another content
        return "draft"
    return aim


def killed_anywhere(desk: Desk, folder: Path, aim: str) -> int:
    """Kill a wish at every moment, carry it out again each time, and return at how many moments it was killed."""
    service, stage, remote = desk.service, *ENDS[aim]
    for moment in range(1, _MOST):
        emptied(service)
        again = desk.copied(folder / f"killed-{moment}")
        wish = prepared(again, aim)
        killed = Killer(moment).killed(again, wish)
        done = again.do(wish)
        assert (service.titles(), len(service.sends)) == ([KEY], int(aim == "send")), moment
        assert done.stage == stage, moment
        assert done.remote, moment
        assert done.remote.state == remote, moment
        if not killed:
            assert moment > _LEAST
            return moment - 1
    raise AssertionError("it is never done")
