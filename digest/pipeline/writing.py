"""Writing: the text under each headline, as its section or the editor asks for it."""

from collections.abc import Mapping
from dataclasses import replace

from digest.model.edits import Summary
from digest.model.lead import Lead
from digest.model.selection import Choice, Selection
from digest.pipeline.newsroom import Newsroom
from digest.ports import Writer
from digest.summarizer import Budget, make_lead
from digest.summarizer.lead import noted
from digest.summarizer.learnt import without_repeated
from digest.summarizer.written import written


def write_leads(
    room: Newsroom, selection: Selection, repeated: Mapping[str, frozenset[str]], *, offline: bool
) -> dict[str, Lead]:
    """Return the lead of each chosen article that has one, by its id; headlines have none.

    `repeated`, by article, are the lines that stand on many pages of its source: they are no part of the story.

    Raises:
        WriterError: a model is asked for, and the one that is configured cannot be had.

    """
    modes = {each.name: each.summary for each in room.config.sections}
    told = [choice for choice in selection.chosen if choice.slot != "headline"]
    asked = {choice.article.id: _mode(choice, modes) for choice in told}
    writer = _writer(room, offline=offline) if "model" in asked.values() and room.config.writer.model else None
    leads = {}
    for choice in told:
        story, cuts = without_repeated(choice.article, repeated.get(choice.article.id, frozenset()))
        lead = _lead(room, replace(choice, article=story), asked[choice.article.id], writer)
        leads[choice.article.id] = replace(lead, left_out=(*cuts, *lead.left_out))
    return leads


def _mode(choice: Choice, modes: dict[str, Summary]) -> Summary:
    """Return how a story's text is made: as the editor says, else as its section does."""
    return (choice.edit.summary if choice.edit else None) or modes.get(choice.section, "lead")


def _lead(room: Newsroom, choice: Choice, mode: Summary, writer: Writer | None) -> Lead:
    edit, budget, article = choice.edit, _budget(room, choice), choice.article
    hand = edit.lead if edit else None
    dek_shown = choice.slot in {"lead", "story"} and (edit is None or edit.dek is None)
    if hand is not None or mode != "model":
        return make_lead(article, budget, mode=mode, hand=hand, dek_shown=dek_shown)
    if writer is None:
        return noted(make_lead(article, budget, dek_shown=dek_shown), "digest.toml names no model (writer.model)")
    draft = writer.draft(article, budget.at_least, budget.at_most)
    return written(draft, article, budget, dek_shown=dek_shown)


def _writer(room: Newsroom, *, offline: bool) -> Writer:
    """Return the configured model behind the texts that it has written before."""
    from digest.writer import Limits, open_writer  # noqa: PLC0415 - heavy: only where a model is asked for
    from digest.writer.kept import KeptWriter  # noqa: PLC0415 - likewise

    table = room.config.writer
    limits = Limits(seconds=table.seconds, texts=table.texts, words=table.words)
    return KeptWriter(room.written_path, table.model, None if offline else open_writer(table.model, limits))


def _budget(room: Newsroom, choice: Choice) -> Budget:
    table = room.config.lead
    most = {"lead": table.lead_story, "brief": table.brief}.get(choice.slot, table.at_most)
    return Budget(at_least=min(table.at_least, most), at_most=most)
