"""The premises of a desk: the newsroom as it was last read, and the issue's folder in it, which stays the same one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from digest.errors import IssueError
from digest.issues.folder import IssueFolder
from digest.model.window import Window
from digest.pipeline.newsroom import Newsroom
from digest.pipeline.planning import Options


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Which issue is worked at, and what the command line alone knows: the clock, and who is at the keyboard.

    `opens` reads the newsroom's configuration anew; `complain` tells of a fault of Digest's own.
    """

    opens: Callable[[], Newsroom]
    window: Window
    clock: Callable[[], datetime]
    who: str
    options: Options
    complain: Callable[[Exception], None]


class MovedError(IssueError):
    """`digest.toml` has the issue in another folder than the one that the desk works in."""


class Premises:
    """The newsroom and the folder. What is read here may be read by any thread."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self.room = order.opens()
        self.folder = self._folder_in(self.room)
        self._elsewhere: IssueFolder | None = None

    def open_again(self) -> None:
        """Read the newsroom anew.

        Raises:
            ConfigError: digest.toml cannot be used; what was read before stays.
            MovedError: it has the issue elsewhere. What was read before stays, and nothing may be done until it has
                the issue here again.

        """
        room = self._order.opens()
        folder = self._folder_in(room)
        self._elsewhere = None if folder.path == self.folder.path else folder
        self.must_stand()
        self.room = room

    def must_stand(self) -> None:
        """Refuse to do anything for an issue that is elsewhere now: half of it would be read and written there.

        Raises:
            MovedError: it is.

        """
        elsewhere = self._elsewhere
        if elsewhere is not None:
            message = f"digest.toml has this issue in {elsewhere.path} now; this desk writes nothing more"
            hint = "end it and open it again, or put digest.toml back"
            raise MovedError(message, where=str(self.folder.path), hint=hint)

    def _folder_in(self, room: Newsroom) -> IssueFolder:
        return room.shelf.issue(self._order.window.label)
