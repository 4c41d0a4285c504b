"""`edits.toml`: what the editor decided by hand, read as a value. A build never rewrites the file."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from digest.config.keys import unknown_keys
from digest.errors import ConfigError
from digest.model.edits import Edits, LinkEdit, StoryEdit
from digest.wire import WireError, from_mapping

SCHEMA = 1

TEMPLATE = """\
# What you decide about this issue by hand. Digest reads this file at every build and never changes it.
# Build again after a change. `digest articles --week WEEK` lists what is in, what is not, why, and each id.
schema = 1

# [issue]
# subject = "A subject of your own"
# preheader = "The line that an inbox shows behind the subject"
# opening = "A word from the editor, above the stories."

# One [[story]] an article; `article` is its id or its URL.
# [[story]]
# article = "0123456789ab"
# do = "pin"               # pin: to the top · add: in, whatever kept it out · drop: out · hold: to the next issue
# section = "Opinion"      # another section
# after = "ba9876543210"   # behind that article; "" puts it first in its section
# slot = "brief"           # lead, story, brief or headline
# headline = "…"           # your words instead of the source's: headline, byline, kicker, lead
# lead = "…"
# image = "none"           # no picture, or the https:// address of another

# One [[link]] a piece from elsewhere.
# [[link]]
# url = "https://…"
# title = "…"
# source = "The other magazine"
# text = "One sentence about it."
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _IssueTable:
    """`[issue]`."""

    subject: str | None = None
    preheader: str | None = None
    opening: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _EditsFile:
    """The file's own shape."""

    schema: int
    story: tuple[StoryEdit, ...] = ()
    link: tuple[LinkEdit, ...] = ()
    issue: _IssueTable = _IssueTable()


def read_edits(path: Path) -> Edits:
    """Return the decisions in `path`; none where the file is not there.

    Raises:
        ConfigError: the file cannot be read or says something that Digest does not know.

    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        mapping = tomllib.loads(text.replace("\r\n", "\n"))
    except FileNotFoundError:
        return Edits()
    except UnicodeDecodeError as error:
        raise ConfigError("is not UTF-8 text", where=str(path), hint="save it as UTF-8") from error
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", where=str(path), hint="look at its rights") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"is no TOML: {error}", where=str(path), hint="texts stand in double quotes") from error
    return _edits(mapping, str(path))


def _edits(mapping: dict[str, object], where: str) -> Edits:
    schema = mapping.get("schema")
    if isinstance(schema, int) and schema > SCHEMA:
        hint = "update Digest; the file is as it was"
        raise ConfigError(f"is of schema {schema}; this Digest reads up to {SCHEMA}", where=where, hint=hint)
    unknown = [f"{where}: {key}: unknown key (hint: {hint})" for key, hint in unknown_keys(mapping, _EditsFile)]
    if unknown:
        raise ConfigError("\n".join(unknown))
    try:
        file = from_mapping(mapping, _EditsFile)
    except WireError as error:
        raise ConfigError(
            error.message, where=where, hint="the comments in a fresh edits.toml show the keys"
        ) from error
    return Edits(
        stories=file.story,
        links=file.link,
        subject=file.issue.subject,
        preheader=file.issue.preheader,
        opening=file.issue.opening,
    )
