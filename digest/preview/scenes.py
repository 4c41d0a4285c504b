"""Scenes: what the frame's views are made from, made once a draft, when somebody first looks."""

from functools import partial
from secrets import token_bytes
from threading import Lock

from starlette.exceptions import HTTPException

from digest.pipeline.checking import make_proof
from digest.pipeline.drafting import Drafted
from digest.pipeline.faces import faces
from digest.pipeline.handing import terms
from digest.preview.frames import Scene
from digest.preview.showing import Present


class Scenes:
    """The scene of the last draft that somebody has looked at."""

    def __init__(self) -> None:
        self._secret = token_bytes()
        self._lock = Lock()
        self._last: tuple[Drafted, Scene] | None = None

    def of(self, present: Present) -> Scene:
        """Return the scene of what there is; 404 where there is no draft."""
        if present.drafted is None:
            raise HTTPException(404)
        with self._lock:
            if self._last is None or self._last[0] is not present.drafted:
                self._last = present.drafted, self._made(present, present.drafted)
            return self._last[1]

    def _made(self, present: Present, drafted: Drafted) -> Scene:
        room, issue, rendered = present.room, drafted.issue, drafted.rendered
        return Scene(
            shown=faces(issue, rendered, terms(room, issue.window.label, "none")),
            proof=partial(make_proof, room, issue, rendered),
            last_issue=present.last_issue,
            last_build=present.last_build,
            secret=self._secret,
        )
