"""Which mail client supports what: caniemail's data as a value. The pipeline loads it; `data/` says whose it is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["yes", "partly", "no", "unknown"]

_VERDICTS: dict[str, Verdict] = {"y": "yes", "a": "partly", "n": "no"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A mail client as readers call it, and caniemail's names of the programs that it is.

    `comments`: it reads what comments hold for Outlook alone (`<!--[if mso]>`).
    """

    name: str
    platforms: tuple[str, ...]
    comments: bool = False


CLIENTS = (
    Client(
        name="Gmail",
        platforms=("gmail.desktop-webmail", "gmail.ios", "gmail.android", "gmail.mobile-webmail"),
    ),
    Client(name="Apple Mail", platforms=("apple-mail.macos", "apple-mail.ios")),
    Client(name="Outlook for Windows", platforms=("outlook.windows",), comments=True),
    Client(name="Outlook.com and the new Outlook", platforms=("outlook.outlook-com",)),
    Client(name="Outlook for Mac and phones", platforms=("outlook.macos", "outlook.ios", "outlook.android")),
    Client(name="Yahoo Mail", platforms=("yahoo.desktop-webmail", "yahoo.ios", "yahoo.android")),
    Client(name="AOL Mail", platforms=("aol.desktop-webmail", "aol.ios", "aol.android")),
    Client(name="Samsung Email", platforms=("samsung-email.android",)),
    Client(name="Thunderbird", platforms=("thunderbird.macos",)),
    Client(name="GMX", platforms=("gmx.desktop-webmail", "gmx.ios", "gmx.android")),
    Client(name="WEB.DE", platforms=("web-de.desktop-webmail", "web-de.ios", "web-de.android")),
    Client(name="Proton Mail", platforms=("protonmail.desktop-webmail", "protonmail.ios", "protonmail.android")),
    Client(name="Fastmail", platforms=("fastmail.desktop-webmail",)),
)
"""The named ones, by how many read with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One feature: `support` has a word for each of the matrix's platforms, `y`, `n`, `a` (partly) or `u`.

    The numbers behind a word are those of `notes`: "a 1 4".
    """

    slug: str
    title: str
    support: tuple[str, ...]
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """The matrix: where it comes from, of what day it is, its platforms in order, its features by slug."""

    source: str = ""
    updated: str = ""
    platforms: tuple[str, ...] = ()
    features: tuple[Feature, ...] = ()

    def slugs(self) -> frozenset[str]:
        """Return the names of all features."""
        return frozenset(feature.slug for feature in self.features)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """That a client does not support a feature, or only partly; `on` names the programs where only some lack it."""

    feature: Feature
    verdict: Verdict
    on: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def lacks(support: Support, client: Client, slugs: frozenset[str]) -> Iterator[Lack]:
    """Yield the features of `slugs` that a client lacks, by the newest of each of its programs that was tested."""
    places = {platform: place for place, platform in enumerate(support.platforms)}
    there = [platform for platform in client.platforms if platform in places]
    for feature in support.features:
        if feature.slug not in slugs:
            continue
        words = {platform: feature.support[places[platform]].split() for platform in there}
        for verdict in ("no", "partly"):
            found = [platform for platform in there if _VERDICTS.get(words[platform][0]) == verdict]
            if found:
                numbers = {number for platform in found for number in words[platform][1:]}
                yield Lack(
                    feature=feature,
                    verdict="no" if verdict == "no" else "partly",
                    on=() if len(found) == len(there) else programs(found),
                    notes=tuple(text for number, text in feature.notes if number in numbers),
                )


_PROGRAMS = {
    "desktop-webmail": "in the browser",
    "mobile-webmail": "in a phone's browser",
    "ios": "on iOS",
    "android": "on Android",
    "macos": "on the Mac",
}


def programs(platforms: Iterable[str]) -> tuple[str, ...]:
    """Return how readers call some of a client's programs."""
    kinds = (platform.partition(".")[2] for platform in platforms)
    return tuple(_PROGRAMS.get(kind, kind) for kind in kinds)
