"""Editing: an editor's decisions become `edits.toml`, each written down first, each to be taken back, none lost.

Who wrote meanwhile is noticed by the file's hash: another window, a text editor, git. What they did enters the log as
a deed of its own, so that it can be undone too; what was decided in sight of an older version goes through where it is
about something else, and is refused with both texts where it is not.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import RLock
from typing import Literal

from digest.editing.deciding import decide
from digest.editing.hand import said_of
from digest.editing.saying import in_words
from digest.editing.shown import Shown
from digest.editing.targets import targets_between, targets_of
from digest.editing.undoing import carried_out, overtaking, standing, told, turned, version
from digest.errors import Clash, ConfigError, DecisionError, DigestError, OvertakenError
from digest.issues.edits import edits_of
from digest.issues.edits_text import with_edits
from digest.issues.folder import EDITS, IssueFolder
from digest.model.decision import Decision
from digest.model.deed import Deed, DeedKind, Done
from digest.model.edits import Edits
from digest.pipeline.noting import Notes

_NEVER = datetime.min.replace(tzinfo=UTC)

_TRIES = 5
"""How often a decision is worked out anew at most because somebody wrote the file while it was."""

_AGAIN = "the page shows what stands there now: look, then decide again"


@dataclass(frozen=True, slots=True, kw_only=True)
class EditsState:
    """What the editor decided so far. `version` is the SHA-256 of the file's bytes.

    Where the file has a fault, `trouble` says it and `edits` is None. `undo` and `redo` are what would be taken back
    or done again next, in words; "" for nothing. `done` is all that was done, the last first.
    """

    version: str
    edits: Edits | None = None
    trouble: DigestError | None = None
    undo: str = ""
    redo: str = ""
    done: tuple[Done, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a decision came to: the version that it led to, the one that it was done to, and what was done, in words.

    `before` is another one than was seen where somebody else has changed something else since.
    """

    version: str
    before: str
    words: str


class EditsDesk:
    """One issue's edits. May be used by several threads; only one process may have it at a time."""

    def __init__(self, folder: IssueFolder, who: str) -> None:
        self._notes = Notes(folder)
        self._who = who
        self._lock = RLock()

    def state(self) -> EditsState:
        """Return what was decided so far, as the file says it now."""
        with self._lock:
            content, deeds = self._notes.read(), self._notes.past.deeds
            stand = standing(deeds)
            plain = EditsState(
                version=version(content),
                undo=deeds[stand.done[-1]].words if stand.done else "",
                redo=deeds[stand.undone[-1]].words if stand.undone else "",
                done=told(deeds),
            )
            try:
                return replace(plain, edits=self._edits(content))
            except DigestError as error:
                return replace(plain, trouble=error)

    def look(self, at: datetime) -> bool:
        """Take in what others did to the file; tell whether that was anything. Each change looks first."""
        with self._lock:
            past, content = self._notes.past, self._notes.read()
            if not past.deeds:
                self._notes.write(self._deed("begin", "the file as it was", ()), at, content, is_there=True)
                return False
            if past.pending and past.deeds[-1].before == version(content):  # a crash came before it was carried out
                self._notes.carry_out(content, past.content)
                return True
            if past.content == content:
                if past.pending:
                    self._notes.keep()
                return False
            deed = self._deed("outside", "changed outside the desk", self._targets(past.content, content))
            self._notes.write(replace(deed, by=""), at, content, is_there=True)
            return True

    def decide(self, decision: Decision, seen: str, at: datetime, sight: Callable[[Edits], Shown]) -> Change:
        """Carry out a decision that was made in sight of the version `seen`.

        `sight` is called with the edits that the file has now, and returns what they make of the issue.

        Raises:
            OvertakenError: what it is about was changed since; nothing was written.
            DecisionError: it cannot be carried out; nothing was written.
            ConfigError: the file has a fault; nothing was written.
            DiskError: the file or the log cannot be read or written.

        """
        with self._lock:
            self.look(at)
            deed, new = self._decided(decision, seen, sight)
            for _ in range(_TRIES):
                before = self._notes.past.content
                if self._stands() and (new == before or self._notes.write(deed, at, new)):
                    return Change(version=version(new), before=version(before), words=deed.words)
                self.look(at)
                deed, new = self._decided(decision, seen, sight)
            raise self._overtaken(self._notes.past.deeds[-1], deed.words, "")

    def _decided(self, decision: Decision, seen: str, sight: Callable[[Edits], Shown]) -> tuple[Deed, bytes]:
        """Return a decision as a deed, and the bytes that the file has with it."""
        content = self._notes.past.content
        edits = self._edits(content)
        shown = sight(edits)
        words, targets = in_words(decision, shown), targets_of(decision)
        if over := self._overtaking(seen, targets, content):
            mine = words if decision.text is None else decision.text
            raise self._overtaken(over, mine, _theirs(edits, decision, shown))
        decided = decide(edits, decision, shown)
        new = content if decided == edits else with_edits(content.decode(), decided, str(self._notes.path)).encode()
        return self._deed("decision", words, targets), new

    def _stands(self) -> bool:
        """Tell whether the file is still what the last deed left: a text editor may write while a decision is made."""
        return self._notes.read() == self._notes.past.content

    def undo(self, seen: str, at: datetime) -> Change:
        """Take back the last deed that stands.

        Raises:
            DecisionError: there is none.
            OvertakenError: somebody else has done something since the version `seen`.
            DiskError: the file or the log cannot be read or written.

        """
        return self._turn("undo", seen, at)

    def redo(self, seen: str, at: datetime) -> Change:
        """Do again what was taken back last. Raises as `undo` does."""
        return self._turn("redo", seen, at)

    def _turn(self, kind: Literal["undo", "redo"], seen: str, at: datetime) -> Change:
        with self._lock:
            self.look(at)
            content, deeds = self._notes.past.content, self._notes.past.deeds
            stand = standing(deeds)
            numbers = stand.done if kind == "undo" else stand.undone
            if not numbers:
                raise DecisionError(f"there is nothing to {kind}", where=EDITS)
            deed = deeds[numbers[-1]]
            if over := self._overtaking(seen, ("",), content):
                raise self._overtaken(over, f"{kind}: {deed.words}", over.words)
            turning = replace(turned(deed, numbers[-1], kind), by=self._who)
            if not self._notes.write(turning, at, carried_out(content, turning)):
                self.look(at)
                over = self._notes.past.deeds[-1]
                raise self._overtaken(over, f"{kind}: {deed.words}", over.words)
            said = "undone" if kind == "undo" else "done again"
            return Change(version=turning.after, before=turning.before, words=f"{said}: {deed.words}")

    def _overtaking(self, seen: str, targets: tuple[str, ...], content: bytes) -> Deed | None:
        """Return what was done about one of `targets` since the version `seen`; None for nothing."""
        if seen == version(content):
            return None
        try:
            return overtaking(self._notes.past.deeds, seen, targets)
        except LookupError:
            hint = "load the page again"
            clash = Clash(version=version(content))
            raise OvertakenError("is of a version that nobody knows", where=EDITS, hint=hint, clash=clash) from None

    def _overtaken(self, over: Deed, mine: str, theirs: str) -> OvertakenError:
        clash = Clash(version=version(self._notes.past.content), mine=mine, theirs=theirs)
        return OvertakenError(f"changed meanwhile: {over.words}", where=EDITS, hint=_AGAIN, clash=clash)

    def _targets(self, before: bytes, after: bytes) -> tuple[str, ...]:
        """Return what somebody else's change is about; where a file has a fault, it may be anything."""
        try:
            return targets_between(self._edits(before), self._edits(after))
        except ConfigError:
            return ("",)

    def _edits(self, content: bytes) -> Edits:
        try:
            text = content.decode()
        except UnicodeDecodeError as error:
            hint = "save it as UTF-8 in your text editor"
            raise ConfigError("is no text in UTF-8", where=str(self._notes.path), hint=hint) from error
        return edits_of(text, str(self._notes.path))

    def _deed(self, kind: DeedKind, words: str, targets: tuple[str, ...]) -> Deed:
        return Deed(kind=kind, at=_NEVER, by=self._who, words=words, targets=targets, before="", after="")


def _theirs(edits: Edits, decision: Decision, shown: Shown) -> str:
    """Return the text that stands now where a decision wants to have another; "" where it is about no text."""
    if decision.act == "issue":
        return str(getattr(edits, decision.field or "", None) or "")
    if decision.act != "text" or decision.story is None:
        return ""
    said = said_of(edits.stories, decision.story, shown.names)
    own = getattr(said, decision.field or "", None)
    source = getattr(shown.sources.get(decision.story), decision.field or "", None)
    return str(source or "") if own is None else str(own)
