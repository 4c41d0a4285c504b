"""What a check knows besides the issue: gathered by the pipeline, handed in as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from digest.check.support import Support
from digest.model.change import Change
from digest.model.conflict import Conflict
from digest.model.finding import Finding, Waiver
from digest.model.tags import ServiceName, TagName


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """In bytes.

    `mail` is the HTML as sent at which Gmail clips, `near` from where a warning is due, `styles` all style blocks that
    Gmail reads, `picture` one picture and `pictures` all of them.
    """

    mail: int = 102_000
    near: int = 90_000
    styles: int = 16_000
    picture: int = 200_000
    pictures: int = 1_500_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBefore:
    """An earlier sent issue: its label, its subject, and the addresses that it linked.

    `newsletter` is, of one that another tool sent, what it is called in words; its `label` is "".
    """

    label: str = ""
    newsletter: str = ""
    subject: str = ""
    urls: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Return what it is called."""
        return self.newsletter or f"the issue {self.label}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a link answered: its status, or 0 and why there was none."""

    url: str
    status: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """`service` sends, `values` stand where it has no tag of its own; `hosts` are the magazine's own.

    `stale` has a finding for each source that is not fresh, `waivers` are the errors that a person lets stand; `theme`
    is the theme's files; `answers` is empty where no link was asked. `conflicts` are those of the editor's decisions;
    `unbuilt` says what is newer in edits.toml than in the issue ("" for nothing), `since` what the sources of its
    stories say otherwise than it does.
    """

    service: ServiceName = "none"
    values: Mapping[TagName, str] = field(default_factory=dict)
    hosts: tuple[str, ...] = ()
    sent: tuple[SentBefore, ...] = ()
    stale: tuple[Finding, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    answers: tuple[Answer, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    unbuilt: str = ""
    since: tuple[Change, ...] = ()
    theme: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = Limits()
    support: Support = field(default_factory=Support)
