"""What a well-formed `digest.toml` can still get wrong: places, zones, names that are used twice."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from zoneinfo import ZoneInfo, available_timezones

from digest.compose.phrases import NAMES, unknown_names
from digest.config.schema import Config
from digest.config.smtp import smtp_faults
from digest.errors import DigestError
from digest.following import led_by
from digest.merge.dates import EDITOR
from digest.model.names import NEWSLETTER
from digest.text.addresses import is_address
from digest.text.colours import contrast
from digest.text.dates import read_date
from digest.text.spans import read_span
from digest.text.urls import host
from digest.window import read_week_start

Fault = tuple[str, str, str]
"""Where, what, and what to do about it."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")
_LIGHT = 14
"""The least contrast of the page with black: then texts in ink, grey and accent can all be read on it."""
_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]{0,63}")
"""Names of environment variables in capitals: a key that was written here by mistake never looks like one."""
_LONGEST_OFFER = 520
"""Weeks: ten years. Much more than that would reach behind the year 9999, where dates end."""


def faults(config: Config) -> Iterator[Fault]:
    """Yield everything in `config` that cannot work."""
    yield from _magazine(config)
    yield from _urls(config)
    yield from _hosts(config)
    yield from _addresses(config)
    yield from _sources(config)
    yield from _names(config)
    yield from _figures(config)
    yield from _archive(config)
    yield from _writer(config)
    yield from _fetch(config)
    yield from _newsletters(config)
    yield from _codes(config)
    yield from smtp_faults(config)


def _magazine(config: Config) -> Iterator[Fault]:
    magazine = config.magazine
    if not magazine.name.strip():
        yield "magazine.name", "is empty", "write the magazine's name"
    for key in ("accent", "accent_dark", "page"):
        colour = str(getattr(magazine, key))
        if not _COLOUR.match(colour) and (colour or key != "accent_dark"):
            yield f"magazine.{key}", f"not a colour: {colour!r}", "write it as #rrggbb"
    if _COLOUR.match(magazine.page) and contrast(magazine.page, "#000000") < _LIGHT:
        hint = "write a light one, such as #f4f1eb: dark mode has grounds of its own"
        yield "magazine.page", f"too dark for the page of a light mail: {magazine.page!r}", hint
    try:
        ZoneInfo(magazine.zone)
    except (KeyError, ValueError, OSError):
        close = get_close_matches(magazine.zone, sorted(available_timezones()), n=1, cutoff=0.5)
        hint = f"did you mean {close[0]!r}?" if close else "write a name like 'Europe/London'"
        yield "magazine.zone", f"no such time zone: {magazine.zone!r}", hint
    try:
        read_week_start(config.week.starts)
    except DigestError as error:
        yield "week.starts", error.message, error.hint


def _urls(config: Config) -> Iterator[Fault]:
    """Yield every address that is written and is none."""
    magazine, mailer = config.magazine, config.mailer
    written = [("magazine.url", magazine.url), ("magazine.logo", magazine.logo)]
    written += [("magazine.logo_dark", magazine.logo_dark), ("support.url", config.support.url)]
    written += [(f"sources[{index}].url", source.url) for index, source in enumerate(config.sources)]
    written += [(f"social[{index}].url", place.url) for index, place in enumerate(config.social)]
    written += [("mailer.preferences_url", mailer.preferences_url), ("mailer.issue_url", mailer.issue_url)]
    written += [("pictures.images_url", config.pictures.images_url), ("site.url", config.site.url)]
    if not mailer.unsubscribe_url.startswith("mailto:"):
        written.append(("mailer.unsubscribe_url", mailer.unsubscribe_url))
    for key, url in written:
        if url and not host(_filled(url)):
            yield key, f"not a URL: {url!r}", "start it with https://"


def _filled(template: str) -> str:
    """Return an address with something in the place of what is filled in for each issue."""
    return template.replace("{label}", "x").replace("{newsletter}", "x")


def _hosts(config: Config) -> Iterator[Fault]:
    for index, name in enumerate(config.magazine.hosts):
        meant = host(name) or host(f"https://{name}")
        if not name or name != meant:
            hint = f"write {meant!r}" if meant else "write it like 'harbour.example'"
            yield f"magazine.hosts[{index}]", f"not a host's bare name: {name!r}", hint


def _addresses(config: Config) -> Iterator[Fault]:
    for key in ("sender_address", "reply_to"):
        address = str(getattr(config.mailer, key))
        if address and not is_address(address):
            yield f"mailer.{key}", f"not a mail address: {address!r}", "write it like desk@harbour.example"


def _sources(config: Config) -> Iterator[Fault]:
    for index, source in enumerate(config.sources):
        if bool(source.url) == bool(source.path):
            yield f"sources[{index}]", "needs a url or a path, one of the two", "write where its articles are"
        if source.name == EDITOR or led_by(source.name) != source.name:
            hint = "call it something else: you yourself, and the pages behind a source, speak under such names"
            yield f"sources[{index}].name", f"{source.name!r} is a name of Digest's own", hint
        if source.kind == "ghost" and source.url and not source.key:
            hint = "make a custom integration in Ghost; put its Content API key into a variable, and name that here"
            yield f"sources[{index}].key", "Ghost answers those alone who have a key", hint
        if source.key and not _VARIABLE.fullmatch(source.key):
            hint = 'write the name of an environment variable, such as "GHOST_KEY", and put the key there'
            yield f"sources[{index}].key", "is not the name of an environment variable", hint


def _names(config: Config) -> Iterator[Fault]:
    """Yield names that stand twice, or that cannot be a folder."""
    if not config.newsletters:
        yield "newsletters", "there is none", "leave the key out for one newsletter called 'weekly'"
    for table, names in (
        ("sources", [source.name for source in config.sources]),
        ("sections", [section.name.casefold() for section in config.sections]),
        ("newsletters", [newsletter.name for newsletter in config.newsletters]),
    ):
        for index, name in enumerate(names):
            if name in names[:index]:
                yield f"{table}[{index}].name", f"{name!r} stands twice", "give each its own name"
    for index, newsletter in enumerate(config.newsletters):
        if not NEWSLETTER.fullmatch(newsletter.name):
            hint = "small letters, digits and hyphens, a letter first: it names a folder"
            yield f"newsletters[{index}].name", f"cannot be a folder: {newsletter.name!r}", hint


def _figures(config: Config) -> Iterator[Fault]:
    selection, lead = config.selection, config.lead
    figures = [("selection.headlines", selection.headlines), ("selection.shortest", selection.shortest)]
    figures += [("selection.minimum", selection.minimum), ("selection.offer_weeks", selection.offer_weeks)]
    figures += [(f"writer.{key}", getattr(config.writer, key) - 1) for key in ("seconds", "texts", "words")]
    figures += [("lead.at_least", lead.at_least)]
    figures += [
        (f"newsletters[{index}].number_before", each.number_before) for index, each in enumerate(config.newsletters)
    ]
    figures += [(f"sections[{index}].minimum", each.minimum) for index, each in enumerate(config.sections)]
    limits = [("selection.per_author", selection.per_author)]
    limits += [(f"sections[{index}].cap", each.cap) for index, each in enumerate(config.sections)]
    for key, figure in [*figures, *limits]:
        if figure is not None and figure < 0:
            yield key, f"is below nothing: {figure}", "write 0 or more"
    if config.pictures.weight < 1:
        yield "pictures.weight", f"no picture is so light: {config.pictures.weight}", "write kilobytes, 1 or more"
    if selection.offer_weeks > _LONGEST_OFFER:
        yield "selection.offer_weeks", f"is too long: {selection.offer_weeks}", f"write {_LONGEST_OFFER} or fewer"
    if not 1 <= selection.twin <= 100:  # noqa: PLR2004 - percent
        yield "selection.twin", f"not a share in percent: {selection.twin}", "write a number from 1 to 100"
    for key, most in (("at_most", lead.at_most), ("lead_story", lead.lead_story), ("brief", lead.brief)):
        if most < lead.at_least:
            yield f"lead.{key}", f"{most} words are fewer than at_least = {lead.at_least}", "raise it"


def _archive(config: Config) -> Iterator[Fault]:
    try:
        read_span(config.archive.keep_pages)
    except DigestError as error:
        yield "archive.keep_pages", error.message, error.hint


def _fetch(config: Config) -> Iterator[Fault]:
    if config.fetch.at_once < 1:
        yield "fetch.at_once", f"nothing would be asked: {config.fetch.at_once}", "write 1 or more"
    for key, least, most in (("pause", 0, 60), ("seconds", 1, 600)):
        seconds = getattr(config.fetch, key)
        if not least <= seconds <= most:
            yield f"fetch.{key}", f"cannot be so many seconds: {seconds:g}", f"write {least} to {most}"


def _writer(config: Config) -> Iterator[Fault]:
    asked: list[tuple[str, str]] = []
    asked += [(f"sections[{index}].summary", each.summary) for index, each in enumerate(config.sections)]
    asked += [(f"newsletters[{index}].opening_by", each.opening_by) for index, each in enumerate(config.newsletters)]
    for key, by in asked:
        if by == "model" and not config.writer.model:
            hint = 'name one: [writer] model = "…"; llm models lists those that are there'
            yield key, "asks for a model, and writer.model names none", hint


def _is_date(text: str) -> bool:
    try:
        read_date(text, ZoneInfo("UTC"))
    except DigestError:
        return False
    return True


def _newsletters(config: Config) -> Iterator[Fault]:
    for index, newsletter in enumerate(config.newsletters):
        if newsletter.since and not _is_date(newsletter.since):
            yield f"newsletters[{index}].since", f"not a date: {newsletter.since!r}", "write it like 2024-10-18"
        for key in ("subject", "preheader", "opening"):
            for name in unknown_names(str(getattr(newsletter, key))):
                hint = "known: " + ", ".join("{" + known + "}" for known in NAMES)
                yield f"newsletters[{index}].{key}", f"nothing is called {{{name}}}", hint


def _codes(config: Config) -> Iterator[Fault]:
    """Yield the codes under [check] that no rule has."""
    if not (config.check.select or config.check.ignore):
        return
    from digest.check.registry import unknown  # noqa: PLC0415 - heavy: 30 ms, and few newsrooms name any

    for key, names in (("select", config.check.select), ("ignore", config.check.ignore)):
        for name, meant in unknown(names).items():
            hint = f"did you mean {meant!r}?" if meant else "the README lists all codes"
            yield f"check.{key}", f"there is no code {name!r}", hint
