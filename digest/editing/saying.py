"""Saying: a decision in words, for the history, for what can be undone, and for whoever cannot see the page."""

from collections.abc import Callable, Mapping

from digest.editing.quoting import quoted
from digest.editing.shown import Shown
from digest.model.change import NAMES
from digest.model.decision import Act, Decision

_DONE = {"pin": "pinned", "add": "added", "drop": "dropped", "hold": "held for the next issue"}
_SLOTS = {
    "lead": "made the lead story",
    "story": "made a story",
    "brief": "made a brief",
    "headline": "a mere headline",
}
_MADE = {"lead": "its opening", "dek": "its dek", "extract": "the sentences that carry it", "model": "a model’s text"}


def in_words(decision: Decision, shown: Shown) -> str:
    """Return what a decision does, in words: `“Whose beach is it?”: moved to Culture, behind “Fog”`."""
    said = _BY_ACT[decision.act](decision, shown)
    titled = decision.act in {"issue", "opening_by", "link", "unlink", "promo", "unpromo"}
    return said if titled else f"{_title(decision.story, shown)}: {said}"


def _title(story: str | None, shown: Shown) -> str:
    article = shown.article(story or "")
    return quoted(_nested(article.title)) if article else f"the story {story}"


def _nested(title: str) -> str:
    """Return a headline as it stands inside quotation marks."""
    return title.translate({ord("“"): "‘", ord("”"): "’"})


def _placed(decision: Decision, shown: Shown) -> str:
    where = f"moved to {decision.section}" if decision.section else "moved"
    if decision.after is None:
        return f"{where}, where its date puts it"
    return f"{where}, behind {_title(decision.after, shown)}" if decision.after else f"{where}, to the top"


def _did(decision: Decision, _: Shown) -> str:
    return _DONE[decision.do] if decision.do else "as the rules have it again"


def _slotted(decision: Decision, _: Shown) -> str:
    return _SLOTS[decision.slot] if decision.slot else "in the slot that the rules give it"


def _worded(decision: Decision, _: Shown) -> str:
    name = NAMES.get(decision.field or "", decision.field or "text")
    if decision.text is None:
        return f"the source’s {name} again"
    return f"{name} {quoted(decision.text)}" if decision.text else f"no {name}"


def _summed_up(decision: Decision, _: Shown) -> str:
    return f"its text is {_MADE[decision.summary]}" if decision.summary else "its text as its section has it"


def _of_issue(decision: Decision, _: Shown) -> str:
    if decision.text is None:
        return f"{decision.field} as configured again"
    return f"{decision.field} {quoted(decision.text)}" if decision.text else f"no {decision.field}"


def _opened_by(decision: Decision, _: Shown) -> str:
    by = {"model": "a model", "template": "the template"}
    return f"the opening by {by[decision.opening_by]}" if decision.opening_by else "the opening as configured again"


def _own(decision: Decision, _: Shown) -> str:
    kind = "a piece from elsewhere" if decision.act == "link" else "an advertisement"
    return f"{kind} {'changed' if decision.story else 'added'}: {quoted(decision.title or '')}"


def _without(decision: Decision, _: Shown) -> str:
    return "a piece from elsewhere taken out" if decision.act == "unlink" else "an advertisement taken out"


def _settled(decision: Decision, _: Shown) -> str:
    name = NAMES.get(decision.field or "", "texts")
    return f"the editor’s {name} kept" if decision.act == "keep" else f"the source’s {name} taken"


def _reset(_decision: Decision, _shown: Shown) -> str:
    return "all that was said of it taken back"


_BY_ACT: Mapping[Act, Callable[[Decision, Shown], str]] = {
    "place": _placed,
    "do": _did,
    "slot": _slotted,
    "text": _worded,
    "summary": _summed_up,
    "issue": _of_issue,
    "opening_by": _opened_by,
    "link": _own,
    "unlink": _without,
    "promo": _own,
    "unpromo": _without,
    "keep": _settled,
    "take": _settled,
    "reset": _reset,
}
