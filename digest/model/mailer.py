"""What a mailing service can do, and what it says of the one object that it keeps for an issue."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

RemoteState = Literal["draft", "scheduled", "sending", "sent", "failed"]
Form = Literal["html", "fragment", "files", "mail"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote:
    """A service's object for an issue, in the service's own words.

    `at` is when it will be sent, or was. `version` is what an update must name where the service wants that; `url` is
    where an editor looks at it, `note` whatever the service says besides.
    """

    id: str
    state: RemoteState
    at: datetime | None = None
    version: str = ""
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a service can do; whatever it cannot is refused before anything is asked of it.

    `form`: a whole HTML document, the fragment inside its body, files, or a mail of our own. `asked`: it can be asked
    for its object by our name, so that two checkouts and a crash find it. `native_preheader`: it has a field for it.
    `most_bytes`: the largest HTML that it takes. `resumes`: it keeps a log of every recipient, so that a sending that
    was broken off goes on where it was.
    """

    form: Form = "html"
    text: bool = False
    drafts: bool = False
    test: bool = False
    schedule: bool = False
    send: bool = False
    asked: bool = False
    native_preheader: bool = False
    resumes: bool = False
    most_bytes: int | None = None
