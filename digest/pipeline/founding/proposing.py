"""Proposing: the [[sources]] of a digest.toml for a site that was looked at, each with the reason why it is there."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from digest.errors import ConfigError
from digest.language import Speller
from digest.pipeline.founding import Answers, quoted
from digest.pipeline.founding.scouting import Scouted
from digest.pipeline.founding.weighing import Weighed, is_short
from digest.sources.kinds import APIS
from digest.text.colours import ENOUGH, contrast

NAMES = {"wordpress": "site", "ghost": "site", "feed": "feed", "sitemap": "sitemap"}
"""What each kind of source is called in a new digest.toml."""

_CALLED = {"wordpress": "WordPress's API", "ghost": "Ghost's API", "feed": "feed", "sitemap": "sitemap"}
_PAPER = "#ffffff"
_LATE = timedelta(weeks=8)


def answers(scouted: Scouted, given: Answers, now: datetime) -> Answers:
    """Return what a new newsroom is to be: as it was `given`, with what its site says besides."""
    return Answers(
        name=given.name,
        sends=given.sends,
        zone=given.zone,
        language=language(scouted) or given.language,
        url=scouted.site,
        tagline=scouted.tagline,
        accent=scouted.colour if scouted.colour and contrast(scouted.colour, _PAPER) >= ENOUGH else "",
        logo=scouted.logo,
        sources="\n".join(sources(scouted, now)),
        sections=scouted.best[0].sections if scouted.best else (),
    )


def language(scouted: Scouted) -> str:
    """Return the language of a site, where dates can be written in it; else ""."""
    try:
        Speller(scouted.language, "UTC")
    except ConfigError:
        return ""
    return scouted.language


def sources(scouted: Scouted, now: datetime) -> Iterator[str]:
    """Yield the lines of the sources: the best with why, and what else was found as comments."""
    for place, each in enumerate(scouted.best):
        for line in why(scouted, place, now):
            yield _comment(line)
        yield from ("[[sources]]", f'name = "{NAMES[each.kind]}"', f'kind = "{each.kind}"', f"url = {quoted(each.url)}")
        yield from ([f'key = "{each.key}"'] if each.key else [])
        yield ""
    if not scouted.best:
        yield from (f"# {line}" for line in _NOTHING)
        yield from ("# [[sources]]", '# name = "site"', '# kind = "feed"', '# url = "https://…/feed"', "")
    yield from map(_comment, besides(scouted))


def _comment(line: str) -> str:
    """Return a line as a comment, and as nothing else: a site has a word in it, and could break it off."""
    return f"# {' '.join(line.split())}"


_NOTHING = (
    "No feed, no API and no sitemap with articles was found at this site. Ask whoever runs it for the",
    'address of its feed; or save its pages into a folder and name that: kind = "page", path = "pages".',
)


def why(scouted: Scouted, place: int, now: datetime) -> Iterator[str]:
    """Yield why one of the best is among them, and what to expect of it."""
    chosen = scouted.best[place]
    if place:
        yield f"Beside it the sitemap ({words(chosen)}): the feed alone reaches back too little, so that"
        yield "a missed reading would lose stories. Stories that both have come in once."
    elif chosen.kind in APIS:
        yield f"{_CALLED[chosen.kind]} gives most: {words(chosen)}."
    elif chosen.kind == "feed":
        yield f"The site's feed: {words(chosen)}."
        if chosen.whole < chosen.items:
            yield "Where it has no whole text, the story's own page is read."
        if is_short(chosen, now) and len(scouted.best) == 1:
            yield "It reaches back less than two weeks: run digest ingest at least every few days."
    else:
        yield f"The site has no feed; its sitemap lists the stories ({words(chosen)}). Their pages are read."
    if chosen.newest and now - chosen.newest > _LATE:
        yield "Nothing newer was found: is the magazine still published there?"


def besides(scouted: Scouted) -> Iterator[str]:
    """Yield what else was found, and how to have more of a Ghost."""
    others = [each for each in scouted.found if each not in scouted.best]
    if others:
        yield "Also found:"
    for each in others:
        yield f"- {_CALLED[each.kind]}, {each.url}: {words(each)}"
    if scouted.is_ghost and not any(each.kind == "ghost" for each in scouted.best):
        yield "This is a Ghost, whose API has all stories with their sections. For it, add a custom integration in"
        yield "Ghost (Settings, Integrations), put its Content API key into the environment variable GHOST_KEY, and"
        yield f'write instead: kind = "ghost", url = {quoted(scouted.site)}, key = "GHOST_KEY"'


def words(weighed: Weighed) -> str:
    """Return what a way gave: "42 stories, 2024-09-01 to 2024-10-25, whole texts, 5 sections"."""
    if not weighed.items:
        return weighed.problem or "nothing was published lately"
    told = [f"{weighed.items} stories"]
    if weighed.oldest and weighed.newest:
        told.append(f"{weighed.oldest:%Y-%m-%d} to {weighed.newest:%Y-%m-%d}")
    if weighed.dated < weighed.items:
        undated = "dated by their pages" if weighed.kind == "sitemap" else "without a date"
        told.append(f"{weighed.items - weighed.dated} {undated}")
    if weighed.kind != "sitemap":
        told.append("whole texts" if weighed.whole == weighed.items else f"{weighed.whole} whole texts")
    if weighed.sections:
        told.append(f"{len(weighed.sections)} section{'s' * (len(weighed.sections) != 1)}")
    return ", ".join(told)
