"""Decisions on where a story stands, and whether it does."""

from dataclasses import fields, replace

from digest.editing.hand import Sayings, said_of, saying
from digest.editing.placing import Follows, can_be_followed, left, put
from digest.editing.shown import Shown, after
from digest.errors import DecisionError
from digest.model.decision import Decision
from digest.model.edits import Edits, Slot, StoryEdit
from digest.model.selection import Reason
from digest.selector.reasons import in_words

_NEVER = ("sent-before", "gone", "future")
"""What no editor's word brings in."""

_OVER = ("author-cap", "section-cap")
"""What a slot alone brings in, and puts no other story out, as `add` would."""


def placed(edits: Edits, decision: Decision, shown: Shown) -> Edits:
    """Put a story into a section, behind another or where its date puts it; all others stay where they are.

    Raises:
        DecisionError: there is no such story, it can never be in, or what it shall follow is not in that section.

    """
    story = known(shown, decision.story)
    section = decision.section if decision.section is not None else _own_section(shown, story)
    follows = _moved(shown, story, section, decision.after)
    sayings = {
        "section": _said_section(edits, shown, story, section),
        "after": None if decision.after is None else follows[story],
        **_taken_in(shown, story),
        **_slot_of(edits, decision, shown, section),
    }
    return _said(edits, story, sayings, follows, shown)


def done(edits: Edits, decision: Decision, shown: Shown) -> Edits:
    """Pin, add, drop or hold a story, or take that back.

    Raises:
        DecisionError: there is no such story, or it can never be in.

    """
    story = known(shown, decision.story)
    if decision.do in {"drop", "hold"}:
        return _said(edits, story, {"do": decision.do}, left(shown, story), shown)
    if decision.do == "add":
        return _added(edits, decision, shown)
    if decision.do == "pin":
        return _pinned(edits, decision, shown)
    said = said_of(edits.stories, story, shown.names)
    place: Sayings = {"after": None} if said.do == "pin" and said.after == "" else {}
    return _said(edits, story, {"do": None, **place}, _comes(edits, shown, story, anew=bool(place)), shown)


def slotted(edits: Edits, decision: Decision, shown: Shown) -> Edits:
    """Give a story its slot; one that was left out comes in, and nobody else keeps the lead by hand.

    Raises:
        DecisionError: there is no such story, or it can never be in.

    """
    story = known(shown, decision.story)
    sayings: Sayings = {"slot": decision.slot, **(_taken_in(shown, story) if decision.slot else {})}
    comes = _comes(edits, shown, story)
    others = _without_lead(edits, story, shown) if decision.slot == "lead" else edits
    return _said(others, story, sayings, comes, shown)


def reset(edits: Edits, decision: Decision, shown: Shown) -> Edits:
    """Take back all that is said of a story.

    Raises:
        DecisionError: there is no such story.

    """
    story = _named(decision.story)
    nothing = {each.name: None for each in fields(StoryEdit) if each.name != "article"}
    return _said(edits, story, nothing, left(shown, story), shown)


def known(shown: Shown, story: str | None) -> str:
    """Return a story's id, where it is in reach.

    Raises:
        DecisionError: there is no such story.

    """
    id_ = _named(story)
    if shown.article(id_) is None:
        hint = "see what there is with: digest articles"
        raise DecisionError("there is no such story in reach", where=id_, hint=hint)
    return id_


def section_of(edits: Edits, shown: Shown, story: str) -> str:
    """Return the section in which a story stands, or would stand if it came in."""
    if story in shown.chosen:
        return shown.chosen[story].section
    said = said_of(edits.stories, story, shown.names).section
    return _own_section(shown, story) if said is None else said


def _named(story: str | None) -> str:
    if not story:
        raise DecisionError("which story is meant is not said", where="story", hint="give its id")
    return story


def _added(edits: Edits, decision: Decision, shown: Shown) -> Edits:
    story = known(shown, decision.story)
    _must_be_possible(shown, story)
    if decision.section is not None or decision.after is not None:
        there = decision.section if decision.section is not None else section_of(edits, shown, story)
        edits = placed(edits, replace(decision, act="place", section=there), shown)
        return _said(edits, story, {"do": "add"}, {}, shown)
    return _said(edits, story, {"do": "add"}, _comes(edits, shown, story), shown)


def _pinned(edits: Edits, decision: Decision, shown: Shown) -> Edits:
    """Pin a story: before those that are pinned or held already, and those that stand first by hand."""
    story = known(shown, decision.story)
    _must_be_possible(shown, story)
    section = section_of(edits, shown, story)
    others = [choice for choice in shown.in_section(section) if choice.article.id != story]
    first = any(choice.reason.how in {"pinned", "held"} or after(choice) == "" for choice in others)
    follows = put(shown, story, section, "" if first else None)
    return _said(edits, story, {"do": "pin", "after": "" if first else None}, follows, shown)


def _moved(shown: Shown, story: str, section: str, behind: str | None) -> Follows:
    """Return what each has to follow once a story has left its place for one in `section`."""
    if behind and behind not in can_be_followed(shown, story, section):
        hint = "name a story that stands in that section, or nothing for the first place"
        raise DecisionError(f"there is no {behind} in {section or 'that section'}", where=story, hint=hint)
    return put(shown, story, section, behind)


def _comes(edits: Edits, shown: Shown, story: str, *, anew: bool = False) -> Follows:
    """Return what the others follow once a story that was out comes in by its date, or goes there (`anew`)."""
    is_in = story in shown.chosen and not anew
    return {} if is_in else put(shown, story, section_of(edits, shown, story), None)


def _said(edits: Edits, story: str, sayings: Sayings, follows: Follows, shown: Shown) -> Edits:
    """Return the edits that say `sayings` of a story, and of the others what they follow."""
    stories = saying(edits.stories, story, sayings, shown.names)
    for other in (id_ for id_ in follows if id_ != story):
        stories = saying(stories, other, {"after": follows[other]}, shown.names)
    return replace(edits, stories=stories)


def _own_section(shown: Shown, story: str) -> str:
    """Return the section that an article's source gives it, spelled as the issue spells it."""
    article = shown.article(story)
    own = article.section if article else ""
    return next((choice.section for choice in shown.in_section(own)), own)


def _said_section(edits: Edits, shown: Shown, story: str, section: str) -> str | None:
    """Return the section that has to be said: None for the story's own, unless only the word of it brings it in."""
    own = _own_section(shown, story)
    if section.casefold() != own.casefold():
        return section
    said = said_of(edits.stories, story, shown.names).section
    others = (choice for choice in shown.in_section(own) if choice.article.id != story)
    is_told = any(choice.reason.how == "window" and choice.edit is None for choice in others)
    return None if said is None or is_told else section


def _taken_in(shown: Shown, story: str) -> Sayings:
    _must_be_possible(shown, story)
    return {} if story in shown.chosen or _is_over(shown, story) else {"do": "add"}


def _is_over(shown: Shown, story: str) -> bool:
    return story in shown.left_out and shown.left_out[story].reason.code in _OVER


def _must_be_possible(shown: Shown, story: str) -> None:
    if story in shown.left_out and shown.left_out[story].reason.code in _NEVER:
        reason = _reason(shown, story)
        hint = "readers never get a story twice, nor one that is gone or not yet out"
        raise DecisionError(f"cannot come in: {reason}", where=story, hint=hint)


def _reason(shown: Shown, story: str) -> str:
    reason: Reason = shown.left_out[story].reason
    return in_words(reason)


def _slot_of(edits: Edits, decision: Decision, shown: Shown, section: str) -> Sayings:
    """Return the slot that a placed story needs by hand, where its present one is not one of that section's stories."""
    if decision.slot is not None:
        return {"slot": decision.slot}
    story = known(shown, decision.story)
    choice = shown.chosen.get(story)
    slot = choice.slot if choice else said_of(edits.stories, story, shown.names).slot
    if slot not in {"lead", "headline"} and not _is_over(shown, story):
        return {}
    return {"slot": _usual(shown, story, section)}


def _usual(shown: Shown, story: str, section: str) -> Slot:
    """Return what the stories of a section are where no hand was in it."""
    slots = [each.slot for each in shown.in_section(section) if each.article.id != story and each.slot != "headline"]
    return "brief" if slots and all(slot == "brief" for slot in slots) else "story"


def _without_lead(edits: Edits, story: str, shown: Shown) -> Edits:
    stories = edits.stories
    for other in shown.articles:
        if other.id != story and said_of(stories, other.id, shown.names).slot == "lead":
            stories = saying(stories, other.id, {"slot": None}, shown.names)
    return replace(edits, stories=stories)
