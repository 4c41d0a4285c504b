"""Every error that Digest raises on purpose. A message says what, where and what to do.

DigestError
├── UsageError           a command was given something that it cannot use
│   ├── WindowError      a week, a date or a span that names no interval
│   └── DecisionError    an editor's decision that cannot be carried out as things stand
├── ConfigError          digest.toml, edits.toml
├── SourceError          a feed, a page, a file, the network
│   ├── AnswerError      a server that answered, but with an error
│   └── UnreachedError   nothing was answered, or not all of it; a moment later it may be
├── ArchiveError         articles.db
├── PictureError         a picture that cannot be shown
├── TemplateError        a theme: its files, its templates, what they produce
├── DiskError            a file or a folder that cannot be read or written
├── WriterError          a model that cannot be asked at all
├── BrowserError         a browser that is missing or fails
├── IssueError           an issue folder or its ledger
│   ├── ThinError        too few stories: nothing was written
│   ├── LockedError      the issue is scheduled, being sent, sent or unknown
│   └── OvertakenError   somebody else decided otherwise in the meantime: nothing was written
└── MailerError          a mailing service
    ├── MailerUnsupportedError  what the service cannot do
    ├── RefusedError     the service said no: nothing was done
    ├── UnsentError      the service was not reached: nothing was done
    └── AmbiguousError   nobody knows whether the service did it
"""

from dataclasses import dataclass


class DigestError(Exception):
    """Something that a person can mend.

    `where` names the place (a file and its line, a key, a URL, an issue), `hint` says what to do about it.
    `str()` is the whole line that the terminal shows: ``where: message (hint: …)``.
    """

    exit_code = 1

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        line = f"{self.where}: {self.message}" if self.where else self.message
        return f"{line} (hint: {self.hint})" if self.hint else line


class UsageError(DigestError):
    """A command was given something that it cannot use."""

    exit_code = 2


class WindowError(UsageError):
    """A week, a date or a span that names no interval, or more than one."""


class DecisionError(UsageError):
    """An editor's decision cannot be carried out as things stand, or says too little; nothing was written."""


class ConfigError(DigestError):
    """`digest.toml` or `edits.toml` says something that Digest cannot use."""

    exit_code = 2


class SourceError(DigestError):
    """A source could not be retrieved or read."""


class AnswerError(SourceError):
    """A server answered, but not with what was asked for.

    `status` is HTTP's, `body` the beginning of what it said: an API tells the reason there. `wait` are the seconds that
    it asks to be left alone; None where it does not say.
    """

    wait: float | None = None

    def __init__(self, message: str, *, where: str = "", hint: str = "", status: int, body: bytes = b"") -> None:
        super().__init__(message, where=where, hint=hint)
        self.status = status
        self.body = body


class UnreachedError(SourceError):
    """Nothing was answered, or not all of it: no connection, too slow, broken off."""


class ArchiveError(DigestError):
    """The archive could not be opened, read or written."""


class PictureError(DigestError):
    """A picture that cannot be shown: it is none, damaged, or more than can be opened."""


class TemplateError(DigestError):
    """A theme lacks a file, a template fails, or what it produced is not a sound e-mail."""


class DiskError(DigestError):
    """A file or a folder could not be read or written."""


class WriterError(DigestError):
    """The model that the configuration names cannot be asked."""

    exit_code = 2


class BrowserError(DigestError):
    """There is no browser, it does not start, or it fails."""


class IssueError(DigestError):
    """An issue or its ledger is not there, is damaged, or is not what was asked for."""


class ThinError(IssueError):
    """Too few stories for an issue; nothing was written."""

    exit_code = 3


class LockedError(IssueError):
    """The issue is scheduled, being sent, sent or unknown: its files stay as they are."""

    exit_code = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Two who want different things.

    `mine` is what the editor wanted to have there, `theirs` what stands there now, each in words ("" where it is no
    text); `version` is that of edits.toml now.
    """

    version: str
    mine: str = ""
    theirs: str = ""


class OvertakenError(IssueError):
    """What a change is about was changed by somebody else since its editor last looked; nothing was written.

    `clash` is what the two are.
    """

    exit_code = 4

    def __init__(self, message: str, *, where: str = "", hint: str = "", clash: Clash) -> None:
        super().__init__(message, where=where, hint=hint)
        self.clash = clash


class NotReadyError(IssueError):
    """The issue cannot be approved as it is; `reasons` say what stands in the way, a line each."""

    exit_code = 4

    def __init__(self, message: str, *, where: str = "", hint: str = "", reasons: tuple[str, ...] = ()) -> None:
        super().__init__(message, where=where, hint=hint)
        self.reasons = reasons


class MailerError(DigestError):
    """A mailing service refused, failed or cannot be used as configured."""


class MailerUnsupportedError(MailerError):
    """The service has no way to do what was asked of it."""


class RefusedError(MailerError):
    """The service said no, and did nothing.

    `status` is HTTP's (or SMTP's), `said` what it told the reason with, as JSON has it; None where that was none.
    `wait` are the seconds that it asks to be left alone; None where it does not say.
    """

    wait: float | None = None

    def __init__(self, message: str, *, where: str = "", hint: str = "", status: int, said: object = None) -> None:
        super().__init__(message, where=where, hint=hint)
        self.status = status
        self.said = said


class UnsentError(MailerError):
    """Nothing was done: the service was not reached, or a question that changes nothing was not answered.

    `soon`: a moment later it may be reached.
    """

    soon = False


class AmbiguousError(MailerError):
    """The service was told to do something, and no whole answer came: it may have done it.

    `status` is HTTP's (5xx), 0 where there was none.
    """

    def __init__(self, message: str, *, where: str = "", hint: str = "", status: int = 0) -> None:
        super().__init__(message, where=where, hint=hint)
        self.status = status
