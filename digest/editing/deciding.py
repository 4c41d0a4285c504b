"""A decision of the editor, carried out: edits in, edits out."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from digest.editing.lists import link_id, link_of, promo_id, promo_of, with_own, without
from digest.editing.shown import Shown
from digest.editing.stories import done, placed, reset, slotted
from digest.editing.texts import kept, of_the_issue, opened_by, summed_up, taken, worded
from digest.model.decision import Act, Decision
from digest.model.edits import Edits


def decide(edits: Edits, decision: Decision, shown: Shown) -> Edits:
    """Return the edits with a decision carried out, which was made in sight of `shown`; all else they say stays.

    Raises:
        DecisionError: it says too little, or cannot be carried out as things stand.

    """
    return _BY_ACT[decision.act](edits, decision, shown)


def _linked(edits: Edits, decision: Decision, _: Shown) -> Edits:
    return replace(edits, links=with_own(edits.links, link_of(decision), decision, link_id))


def _unlinked(edits: Edits, decision: Decision, _: Shown) -> Edits:
    return replace(edits, links=without(edits.links, decision.story, link_id))


def _advertised(edits: Edits, decision: Decision, _: Shown) -> Edits:
    return replace(edits, promos=with_own(edits.promos, promo_of(decision), decision, promo_id))


def _unadvertised(edits: Edits, decision: Decision, _: Shown) -> Edits:
    return replace(edits, promos=without(edits.promos, decision.story, promo_id))


_BY_ACT: Mapping[Act, Callable[[Edits, Decision, Shown], Edits]] = {
    "place": placed,
    "do": done,
    "slot": slotted,
    "text": worded,
    "summary": summed_up,
    "issue": of_the_issue,
    "opening_by": opened_by,
    "link": _linked,
    "unlink": _unlinked,
    "promo": _advertised,
    "unpromo": _unadvertised,
    "keep": kept,
    "take": taken,
    "reset": reset,
}
