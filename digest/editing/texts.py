"""Decisions on what readers read: the editor's words in place of the source's, and what they replaced."""

from collections.abc import Iterable
from dataclasses import replace

from digest.editing.hand import REMEMBERED, remembering, said_of, saying
from digest.editing.shown import Shown
from digest.editing.stories import known
from digest.errors import DecisionError
from digest.model.decision import Decision
from digest.model.edits import Edits, StoryEdit, Was
from digest.text.clean import clean_text
from digest.text.urls import canonical_url

_OF_A_STORY = (*REMEMBERED, "credit")
_OF_THE_ISSUE = ("subject", "preheader", "opening")


def worded(edits: Edits, decision: Decision, shown: Shown) -> Edits:
    """Put the editor's text in place of a source's, which is remembered; None lets the source's stand again.

    Raises:
        DecisionError: there is no such story or text, or what shall be a picture is none.

    """
    story, name = known(shown, decision.story), _field(decision, _OF_A_STORY)
    said = said_of(edits.stories, story, shown.names)
    source = getattr(shown.sources.get(story, Was()), name, None)
    earlier = getattr(said.was, name, None)
    text = _clean(decision.text, name)
    sayings: dict[str, object] = {name: text}
    if name in REMEMBERED:
        was = None if text is None else source if earlier is None else earlier
        sayings["was"] = remembering(said, name, was)
    return replace(edits, stories=saying(edits.stories, story, sayings, shown.names))


def summed_up(edits: Edits, decision: Decision, shown: Shown) -> Edits:
    """Say how the text under a story's headline is made; a lead that was written by hand goes.

    Raises:
        DecisionError: there is no such story.

    """
    story = known(shown, decision.story)
    said = said_of(edits.stories, story, shown.names)
    sayings = {"summary": decision.summary, "lead": None, "was": remembering(said, "lead", None)}
    return replace(edits, stories=saying(edits.stories, story, sayings, shown.names))


def of_the_issue(edits: Edits, decision: Decision, _: Shown) -> Edits:
    """Say the issue's subject, preheader or opening; None leaves it to the newsletter's template.

    Raises:
        DecisionError: there is no such text.

    """
    text = None if decision.text is None else clean_text(decision.text)
    name = _field(decision, _OF_THE_ISSUE)
    if name == "subject":
        return replace(edits, subject=text)
    return replace(edits, preheader=text) if name == "preheader" else replace(edits, opening=text)


def opened_by(edits: Edits, decision: Decision, _: Shown) -> Edits:
    """Say who writes the opening; None leaves it to digest.toml."""
    return replace(edits, opening_by=decision.opening_by)


def kept(edits: Edits, decision: Decision, shown: Shown) -> Edits:
    """Let the editor's texts stand over what the source says now.

    Raises:
        DecisionError: there is no such story, or nothing was said of it.

    """
    story = known(shown, decision.story)
    said = said_of(edits.stories, story, shown.names)
    sources = shown.sources.get(story, Was())
    was = said.was or Was()
    for name in _edited(said, decision):
        was = replace(was, **{name: getattr(sources, name)})
    return replace(edits, stories=saying(edits.stories, story, {"was": was}, shown.names))


def taken(edits: Edits, decision: Decision, shown: Shown) -> Edits:
    """Let the source's texts stand again.

    Raises:
        DecisionError: there is no such story, or nothing was said of it.

    """
    story = known(shown, decision.story)
    said = said_of(edits.stories, story, shown.names)
    sayings: dict[str, object] = {}
    for name in _edited(said, decision):
        said = replace(said, was=remembering(said, name, None))
        sayings |= {name: None, "was": said.was}
    return replace(edits, stories=saying(edits.stories, story, sayings, shown.names))


def _edited(said: StoryEdit, decision: Decision) -> Iterable[str]:
    """Return which texts a decision on a conflict is about: the one that it names, else all that the editor wrote."""
    names = REMEMBERED if decision.field is None else (_field(decision, REMEMBERED),)
    found = [name for name in names if getattr(said, name) is not None]
    if not found:
        hint = "it was taken back in the meantime: the source's text stands"
        where = f"{said.article}: {decision.field or 'texts'}"
        raise DecisionError("there is no text of yours", where=where, hint=hint)
    return found


def _field(decision: Decision, allowed: tuple[str, ...]) -> str:
    if decision.field not in allowed:
        raise DecisionError(f"there is no text {decision.field!r}", where="field", hint=f"one of: {', '.join(allowed)}")
    return decision.field


def _clean(text: str | None, name: str) -> str | None:
    """Return a text as one clean line; of a picture the address, or "none" for no picture."""
    if text is None:
        return None
    if name != "image":
        return clean_text(text)
    stripped = text.strip()
    if stripped not in {"", "none"} and not canonical_url(stripped):
        hint = "write its https:// address, or none for no picture"
        raise DecisionError(f"not a picture's address: {stripped!r}", where="image", hint=hint)
    return stripped
