"""Where an editor's decision and the story's source do not agree any more."""

from dataclasses import dataclass
from typing import Literal

ConflictKind = Literal["changed", "gone", "unreached"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One decision that somebody must look at again. `story` is the article's id, `title` the source's headline.

    `changed`: the source has another text than the one that the editor replaced: `field` says which (as in
    `edits.toml`), `mine` is hers and stands, `was` what she replaced, `theirs` what the source has now. `gone`: the
    source has withdrawn the story. `unreached`: the story is not in the issue, for a reason that is not hers. Of these
    two `why` says it in words.
    """

    kind: ConflictKind
    story: str
    title: str
    field: str = ""
    mine: str = ""
    was: str = ""
    theirs: str = ""
    why: str = ""
