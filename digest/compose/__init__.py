"""Compose: chosen articles, their leads and the editor's words become an Issue."""

from collections.abc import Callable, Mapping

from digest.compose.entries import items_of, link, promo, story
from digest.compose.frame import Frame
from digest.compose.phrases import phrase, values
from digest.compose.stamps import stamp_of
from digest.model.issue import Entry, Issue, IssueSection, PassedOver, Words
from digest.model.lead import Lead
from digest.model.selection import Choice, LeftOut, Selection

__all__ = ["Frame", "compose"]

PROMOS = " promotions"
"""The section, without a title, of advertisements that name none; no section of a magazine begins with a space."""


Tell = Callable[[Choice, Lead, Frame], Entry]
"""How an entry comes about: `story`, or whoever remembers what that gave."""


def compose(selection: Selection, leads: Mapping[str, Lead], frame: Frame, tell: Tell = story) -> Issue:
    """Return the issue of a selection. `leads` holds a lead for each chosen article's id, headlines excepted."""
    told = [(choice, tell(choice, leads.get(choice.article.id, Lead()), frame)) for choice in selection.chosen]
    sections = _sections(told, frame)
    headlines = tuple(entry for choice, entry in told if choice.slot == "headline")
    shown = tuple(entry for section in sections for entry in section.entries) + headlines
    names = values(frame, tuple(entry for entry in shown if entry.entry != "item"), sections)
    return Issue(
        digest=frame.digest,
        newsletter=frame.newsletter,
        newsletter_title=frame.newsletter_title,
        number=frame.number,
        window=frame.window,
        web_url=frame.web_url,
        editor=frame.editor,
        brand=frame.brand,
        theme=frame.theme,
        subject=phrase(frame.phrases.subject, frame.edits.subject, names),
        preheader=phrase(frame.phrases.preheader, frame.edits.preheader, names),
        opening=_opening(frame, names),
        opening_note=frame.opening.note,
        sections=sections,
        headlines=headlines,
        left_out=tuple(_passed_over(item) for item in selection.left_out),
        corrections=frame.corrections,
        amends=frame.amends,
        edits=stamp_of(frame.edits),
    )


def _opening(frame: Frame, names: dict[str, str]) -> Words:
    """Return the issue's first paragraph: the editor's, else a model's that holds, else the template's."""
    if frame.edits.opening is None and frame.opening.sentences:
        return Words(text=frame.opening.text, origin="model")
    return phrase(frame.phrases.opening, frame.edits.opening, names)


def _sections(told: list[tuple[Choice, Entry]], frame: Frame) -> tuple[IssueSection, ...]:
    """Group the entries in the order in which they come; the lead story stands first, by itself."""
    groups: dict[str, list[Entry]] = {}
    lead = [entry for choice, entry in told if choice.slot == "lead"]
    for choice, entry in told:
        if choice.slot in {"story", "brief"}:
            groups.setdefault(choice.section, []).append(entry)
        if found := items_of(choice, frame):
            groups.setdefault(choice.section, []).extend(found)
    for edit in frame.edits.links:
        name = frame.links_section if edit.section is None else edit.section
        groups.setdefault(name, []).append(link(edit, frame))
    for advert in frame.edits.promos:
        groups.setdefault(PROMOS if advert.section is None else advert.section, []).append(promo(advert, frame))
    titles = {style.name: style.title for style in frame.sections}
    first = (IssueSection(name="", title="", entries=tuple(lead)),) if lead else ()
    return first + tuple(
        IssueSection(name=name, title="" if name == PROMOS else titles.get(name) or name, entries=tuple(entries))
        for name, entries in groups.items()
    )


def _passed_over(item: LeftOut) -> PassedOver:
    article = item.article
    return PassedOver(
        id=article.id,
        title=article.title,
        url=article.url,
        section=article.section,
        published=article.published,
        reason=item.reason,
    )
