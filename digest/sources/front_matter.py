"""The fields at the head of a Markdown file, and the text below them: the only door to PyYAML.

They are YAML between `---` (Jekyll, Hugo), TOML between `+++` (Hugo) or bare `Key: value` lines (Pelican).
"""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

import yaml

from digest.errors import SourceError

_FENCED = re.compile(r"\A(---|\+\+\+)[^\S\n]*\n(.*?\n)?(?:\1|\.\.\.)[^\S\n]*(?:\n|\Z)", re.DOTALL)
_OPEN = re.compile(r"\A(?:---|\+\+\+)[^\S\n]*\n[\w -]{1,40}[:=]")
_BARE = re.compile(r"\A((?:[A-Za-z][\w -]{0,30}:[^\n]*\n(?:[ \t][^\n]*\n)*+)++)(?:[^\S\n]*\n|\Z)")
_BELOW_THE_FENCE = 2
"""The parser counts lines from 0, and the first of them stands below the fence."""

_LONGEST_MATTER = 64_000
"""Characters: PyYAML reads some 100,000 a second, and the longest front matter seen has 4,000."""

Matter = Mapping[str, Any]
"""Front matter as YAML or TOML give it, its keys in lower case."""


def split(text: str) -> tuple[Matter, str]:
    """Return the front matter, its keys in lower case, and the Markdown below it.

    Raises:
        SourceError: the front matter cannot be read.

    """
    try:
        return _split(text)
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        raise SourceError(f"the front matter cannot be read: {_reason(error)}") from error


def _split(text: str) -> tuple[Matter, str]:
    """Return the front matter, its keys in lower case, and the Markdown below it."""
    fenced = _FENCED.match(text)
    bare = None if fenced else _BARE.match(text)
    if bare and "title:" in bare[1].lower():
        lines = re.sub(r"\n[ \t]+", " ", bare[1]).splitlines()
        pairs = (line.split(":", 1) for line in lines)
        return {key.strip().lower(): value.strip() for key, value in pairs}, text[bare.end() :]
    if not fenced and _OPEN.match(text):
        raise ValueError("its last line of --- or +++ is missing")
    if not fenced:
        return {}, text
    source = fenced[2] or ""
    if len(source) > _LONGEST_MATTER:
        raise ValueError(f"longer than {_LONGEST_MATTER:,} characters")
    matter = tomllib.loads(source) if fenced[1] == "+++" else yaml.safe_load(source)
    if matter is not None and not isinstance(matter, dict):
        raise ValueError("it is no list of keys and values")
    return {str(key).lower(): value for key, value in (matter or {}).items()}, text[fenced.end() :]


def _reason(error: Exception) -> str:
    """Return what is wrong with front matter and in which line of the file, without the parser's drawing of it."""
    if isinstance(error, yaml.MarkedYAMLError):
        told = ", ".join(filter(None, (error.context, error.problem)))
        mark = error.problem_mark or error.context_mark
        return f"line {mark.line + _BELOW_THE_FENCE}: {told}" if mark else told
    return " ".join(str(error).split())
