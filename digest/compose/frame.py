"""All that an issue is made of besides the selection and its leads."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from digest.model.edits import Edits
from digest.model.issue import Brand, Correction, ThemeStamp
from digest.model.lead import Lead
from digest.model.window import Window
from digest.text.dates import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracking:
    """Parameters that the mail's links to the magazine's own hosts get: (name, value) in order; none by default."""

    parameters: tuple[tuple[str, str], ...] = ()
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """How the magazine writes: a moment for machines, a day and a list of names for readers."""

    date: Callable[[Moment], str]
    day: Callable[[datetime], str]
    names: Callable[[tuple[str, ...]], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """The templates of the issue's own sentences; `{headline}` and the like are filled in by `phrases.fill`."""

    subject: str = "{headline}"
    preheader: str = "{also}"
    opening: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionStyle:
    """How a section is shown: its title, its stories' pictures, and the items of its columns one by one."""

    name: str
    title: str = ""
    pictures: bool = False
    items: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Everything about an issue that is not its stories. `window.words` is filled in; `hosts` are the magazine's.

    `opening` is a model's, where one was asked: without a sentence its note says why the template's stands there.
    """

    digest: str
    newsletter: str
    newsletter_title: str
    number: int
    window: Window
    web_url: str = ""
    editor: str = ""
    brand: Brand
    theme: ThemeStamp
    spelling: Spelling
    phrases: Phrases = Phrases()
    opening: Lead = field(default_factory=Lead)
    sections: tuple[SectionStyle, ...] = ()
    links_section: str = "Elsewhere"
    hosts: tuple[str, ...] = ()
    tracking: Tracking = Tracking()
    edits: Edits = Edits()
    corrections: tuple[Correction, ...] = ()
    amends: tuple[Correction, ...] = ()
