"""Writing: the text under each headline and the issue's opening, as digest.toml or the editor asks for them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from digest.model.article import Article
from digest.model.edits import Edits, Summary
from digest.model.lead import Assignment, Lead
from digest.model.selection import Choice, Selection
from digest.pipeline.newsroom import Newsroom
from digest.pipeline.wording import NO_MODEL, Wish, text_of
from digest.ports import Writer
from digest.summarizer import Budget
from digest.summarizer.written import held

OPENING = 3
"""Stories that an opening tells of: as many as a paragraph of three or four sentences can hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """What was written for an issue: leads by article, and a model's opening, empty where none was asked for."""

    leads: Mapping[str, Lead]
    opening: Lead


Tell = Callable[[Article, Wish, Writer | None], Lead]
"""How the text under a headline comes about: `text_of`, or whoever remembers what that gave."""


def write(room: Newsroom, selection: Selection, edits: Edits, *, offline: bool, tell: Tell = text_of) -> Texts:
    """Return the lead of each chosen article that has one, by its id (headlines have none), and the opening.

    Raises:
        WriterError: a text is asked of a model that is not kept, and the model cannot be had.

    """
    told = [choice for choice in selection.chosen if choice.slot != "headline"]
    wishes = [wish_of(room, choice) for choice in told]
    opens = edits.opening is None and (edits.opening_by or room.newsletter.opening_by) == "model"
    asked = opens or any(wish.mode == "model" for wish in wishes)
    writer = open_kept(room, offline=offline) if asked and room.config.writer.model else None
    leads = {choice.article.id: tell(choice.article, wish, writer) for choice, wish in zip(told, wishes, strict=True)}
    return Texts(leads=leads, opening=_opening(room, told, writer) if opens else Lead())


def lead_of(room: Newsroom, choice: Choice, mode: Summary | None = None, tell: Tell = text_of) -> Lead:
    """Return the text under a headline without the editor's own words, made in a `mode` (None: as it is asked for).

    No model is asked: where its text was not kept, it is the story's opening. A mere headline has none.
    """
    if choice.slot == "headline":
        return Lead()
    edit = choice.edit and replace(choice.edit, lead=None, dek=None)
    wish = wish_of(room, replace(choice, edit=edit))
    wish = replace(wish, mode=mode or wish.mode)
    if wish.mode != "model":
        return tell(choice.article, wish, None)
    return text_of(choice.article, wish, open_kept(room, offline=True) if room.config.writer.model else None)


def wish_of(room: Newsroom, choice: Choice) -> Wish:
    """Return what is asked for under a headline: as the editor says, else as its section does."""
    modes = {each.name: each.summary for each in room.config.sections}
    mode, edit = modes.get(choice.section, "lead"), choice.edit
    return Wish(
        mode=(edit.summary if edit else None) or mode,
        budget=_budget(room, choice),
        hand=edit.lead if edit else None,
        dek_shown=choice.slot in {"lead", "story"} and (edit is None or edit.dek is None),
    )


def _opening(room: Newsroom, told: Sequence[Choice], writer: Writer | None) -> Lead:
    """Return a model's opening from the issue's first stories, briefs behind all others; else why there is none."""
    order = sorted(told, key=lambda choice: ("lead", "story", "brief").index(choice.slot))
    stories = tuple(choice.article for choice in order[:OPENING])
    if writer is None or not stories:
        return Lead(note="there is no story to tell of" if writer else NO_MODEL)
    table = room.config.lead
    budget = Budget(at_least=table.at_least, at_most=table.at_most)
    asked = Assignment(part="opening", articles=stories, at_least=budget.at_least, at_most=budget.at_most)
    return held(writer.draft(asked), stories, budget)


def open_kept(room: Newsroom, *, offline: bool) -> Writer:
    """Return the configured model behind the texts that it has written before.

    It is opened when the first text is wanted that is not kept: who has them all needs neither it nor its library.
    """
    from digest.writer import Limits, open_writer  # noqa: PLC0415 - heavy: only where a model is asked for
    from digest.writer.kept import KeptWriter  # noqa: PLC0415 - likewise

    table = room.config.writer
    limits = Limits(seconds=table.seconds, texts=table.texts, words=table.words)
    opens = None if offline else partial(open_writer, table.model, limits, room.keys.find)
    return KeptWriter(room.written_path, table.model, table.words, opens)


def _budget(room: Newsroom, choice: Choice) -> Budget:
    table = room.config.lead
    most = {"lead": table.lead_story, "brief": table.brief}.get(choice.slot, table.at_most)
    return Budget(at_least=min(table.at_least, most), at_most=most)
