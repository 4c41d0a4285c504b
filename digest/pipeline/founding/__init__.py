"""Founding: a new newsroom, or one with the sample magazine in it."""

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import digest
from digest.config import read_config
from digest.disk import explain, make_folder, replace
from digest.errors import ConfigError
from digest.window import Calendar, read_week_start, week_of

SAMPLE = "digest/sample/"
"""Where the checkout's own digest.toml finds the sample magazine; a newsroom of its own has it in `sample/`."""

_SECTION = """\
# [[sections]]
# name = "Reporting"
# weight = 10                     # the heaviest has the lead story
# cap = 6"""

_IGNORED = "articles.db*\nhandover/\nsite/\nedits.log\n.desk\n.lock\n.next/\n.next.tmp/\n"

_TOML = """\
# This newsroom. Every key is explained in the README; one that is not written has the value shown behind its name.
schema = 1

[magazine]
name = {name}
{url}
language = {language}
zone = {zone}
{tagline}
# address = ""                    # the postal address that every mail must say
# why = ""                        # why readers get this mail
{accent}
{logo}

[week]
starts = "{starts}"         # the cut-off: one week ends and the next begins

{sources}

# The sections in the order of the issue; others come last (selection.unlisted).
{sections}

[selection]
# exclude = ["Notices"]
# per_author = 2
# minimum = 1                     # fewer stories are a thin week: nothing is written

[pictures]
# images_url = "https://…/{{label}}/images" # where you put the issue's images/; else the site, else the magazine's own

[[newsletters]]
name = "weekly"
since = "{since}"
# number_before = 0               # issues that were sent before Digest

# The public archive of sent issues; pictures are shown from there too.
# [site]
# url = "https://…/newsletter"

[mailer]
# service = "none"                # mailchimp, listmonk, buttondown, brevo, smtp
# sender_name = ""
# sender_address = ""
# unsubscribe_url = "https://…"   # where the service has no tag of its own; so for the next two
# preferences_url = "https://…"
# issue_url = "https://…/{{label}}" # the web version; else the issue's page on the site
"""


_NO_SOURCES = """\
# One [[sources]] a feed, a site, a folder of pages, Markdown or text scrapes: a url or a path.
# [[sources]]
# name = "site"
# kind = "feed"
# url = "https://…/feed\""""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What `digest init` asked, or found: `sends` is the weekday on which the newsletter goes out.

    `sources` are lines of TOML; `sections` names, as a proposal.
    """

    name: str
    sends: str = "friday"
    zone: str = "UTC"
    language: str = "en-GB"
    url: str = ""
    tagline: str = ""
    accent: str = ""
    logo: str = ""
    sources: str = _NO_SOURCES
    sections: tuple[str, ...] = ()


def found(root: Path, answers: Answers, now: datetime) -> None:
    """Make a newsroom in `root`. Its newsletter begins with the current week, so that day one is no flood.

    Raises:
        ConfigError: there is one already, or an answer cannot be used; nothing was written.

    """
    magazine = {"name": answers.name, "zone": answers.zone, "language": answers.language}
    read_config({"schema": 1, "magazine": magazine})
    starts = f"{answers.sends} 12:00"
    zone = ZoneInfo(answers.zone)
    week = week_of(now, Calendar(zone=zone, starts=read_week_start(starts)))
    since = week.start.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    _write(root, _text(answers, starts, since))


def _text(answers: Answers, starts: str, since: str) -> str:
    """Return a digest.toml; what nobody knows stands there as a comment."""
    sections = [f"# [[sections]]\n# name = {quoted(name)}" for name in answers.sections]
    return _TOML.format(
        name=quoted(answers.name),
        url=_line("url", answers.url, '"https://…"              # its own host: links to it may be tracked'),
        language=quoted(answers.language),
        zone=quoted(answers.zone),
        tagline=_line("tagline", answers.tagline, '""'),
        accent=_line("accent", answers.accent, '"#9a3412"'),
        logo=_line("logo", answers.logo, '"https://…/logo.png"    # a picture of its name; else the name is set'),
        starts=starts,
        sources=answers.sources,
        sections="\n".join(sections) or _SECTION,
        since=since,
    )


def _line(key: str, value: str, example: str) -> str:
    return f"{key} = {quoted(value)}" if value else f"# {key} = {example}"


def quoted(text: str) -> str:
    """Return a text as a string of TOML, on one line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else f"\\U{ord(char):08x}" for char in escaped) + '"'


def found_sample(root: Path) -> None:
    """Make a newsroom of the sample magazine in `root`.

    Raises:
        ConfigError: there is a newsroom already; nothing was written.

    """
    folder = Path(digest.__file__).parent / "sample"
    inside = folder / "digest.toml"
    text = (inside if inside.exists() else folder.parents[1] / "digest.toml").read_text(encoding="utf-8")
    refuse(root)
    try:
        shutil.copytree(folder, root / "sample", ignore=shutil.ignore_patterns("digest.toml"), dirs_exist_ok=True)
    except OSError as error:
        raise explain(error, root, "the sample magazine cannot be copied") from error
    _write(root, text.replace(SAMPLE, "sample/"))


def _write(root: Path, text: str) -> None:
    refuse(root)
    try:
        make_folder(root)
        if not (root / ".gitignore").exists():
            replace(root / ".gitignore", _IGNORED.encode())
        replace(root / "digest.toml", text.encode())
    except OSError as error:
        raise explain(error, root, "the newsroom cannot be made") from error


def refuse(root: Path) -> None:
    """Refuse a folder that has a newsroom already."""
    if (root / "digest.toml").exists():
        hint = "change that file, or choose another folder"
        raise ConfigError("there is a newsroom here already", where=str(root / "digest.toml"), hint=hint)
