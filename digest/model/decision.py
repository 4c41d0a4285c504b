"""One decision of an editor about an issue, as the desk sends it; together they are what `edits.toml` says."""

from dataclasses import dataclass
from typing import Literal

from digest.model.edits import Action, OpeningBy, Slot, Summary

Act = Literal[
    "place",
    "do",
    "slot",
    "text",
    "summary",
    "issue",
    "opening_by",
    "link",
    "unlink",
    "promo",
    "unpromo",
    "keep",
    "take",
    "reset",
]
Field = Literal["headline", "byline", "kicker", "dek", "lead", "image", "credit", "subject", "preheader", "opening"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the editor wants, in one flat value: `act` says which of the other fields count.

    A field that is None takes back what the editor said there before: the source's own, or the rules', stands again.

    - `place`: the story `story` stands in `section` directly behind the story `after` ("" for the first place; None
      for the place that its date gives it). `section` None is the story's own. Nothing else moves. A story that was
      left out, held or dropped is taken in; the lead story and a mere headline become a story of that section.
    - `do`: `pin` to the top, `add`, `drop`, `hold` for the next issue; None takes any of them back. `add` takes
      `section` and `after` as well, where they are said.
    - `slot`: `lead` (there is one: who had it by hand loses it), `story` (and not the lead), `brief`, `headline`.
    - `text`: `text` stands in place of the source's `field` (headline, byline, kicker, dek, lead, credit, image); ""
      takes the source's away. An `image` is the address of another picture, or "none".
    - `summary`: how the text under the headline is made; a lead written by hand goes.
    - `issue`: `text` is the issue's `field` (subject, preheader, opening). `opening_by`: who writes the opening.
    - `link`, `promo`: `url`, `title`, `source` (a link's), `label` (a promo's), `text`, `section` as a whole. `story`
      is the id of the entry that is changed by it, None for a new one; `after` the id of the link (promo) in the list
      that it follows ("" for the first, None for where it is; a new one comes last). `unlink`, `unpromo`: `story` goes.
    - `keep`: where the source's `field` has changed since, the editor's text stays and the new source's is what it
      replaces. `take`: the source's text stands again. `field` None: all texts of the story.
    - `reset`: all that was said of the story is taken back.
    """

    act: Act
    story: str | None = None
    section: str | None = None
    after: str | None = None
    slot: Slot | None = None
    do: Action | None = None
    field: Field | None = None
    text: str | None = None
    summary: Summary | None = None
    opening_by: OpeningBy | None = None
    url: str | None = None
    title: str | None = None
    source: str | None = None
    label: str | None = None
