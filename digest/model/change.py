"""What readers of one state of an issue see otherwise than those of another."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

ChangeKind = Literal["in", "out", "moved", "changed"]

NAMES: Mapping[str, str] = {
    "headline": "headline",
    "kicker": "kicker",
    "kind": "kind",
    "dek": "dek",
    "byline": "by-line",
    "lead": "lead",
    "image": "picture",
    "alt": "picture's description",
    "caption": "picture's caption",
    "credit": "picture's credit",
    "size": "picture's size",
    "link": "link",
    "mail_link": "link in the mail",
    "date": "date",
    "moment": "date for machines",
    "series": "series",
    "source": "source",
    "language": "language",
}
"""What people call the texts of an entry, in the order in which they are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference. `story` is an entry's id, "" where the issue itself changed; `title` is its headline.

    `field` is named as in `edits.toml` where it stands there (`headline`, `lead`, `image`, `section`, `slot`,
    `subject` …); `was` and `now` are its texts, whole: what came in has no `was`, what went no `now`. Of what moved
    they are the places by name. Both are "" where only hashes are left of what it was. `words` say it to people:
    `Whose beach is it? moved from Culture to the top`.
    """

    kind: ChangeKind
    story: str = ""
    title: str = ""
    field: str
    was: str = ""
    now: str = ""
    words: str
