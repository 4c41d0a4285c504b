"""The story at hand: its texts with what they were, the leads that it could have, its picture."""

from collections.abc import Iterator
from dataclasses import replace

from digest.model.edits import Was
from digest.model.issue import Entry
from digest.model.selection import Choice
from digest.preview.laying.outline import groups
from digest.preview.laying.reach import facts, titles_of
from digest.preview.sheet import Image, Link, Offer, Row, Story, Text, Tongue
from digest.preview.sight import Sight
from digest.selector.reasons import in_words
from digest.summarizer.budget import length

_TEXTS = (
    Text(field="headline", label="Headline", text="", rows=2, needed=True),
    Text(field="kicker", label="Kicker", text="", hint="The small line above the headline."),
    Text(field="byline", label="By-line", text=""),
    Text(field="dek", label="Dek", text="", rows=2),
    Text(field="lead", label="Text", text="", unit="words", rows=5),
)


def story(sight: Sight, wanted: str) -> Story | None:
    """Return the story `wanted`; None where the issue has no such entry."""
    rows = {row.id: (row, group.section) for group in groups(sight) for row in group.rows}
    entry = next((each for each in sight.issue.entries if each.id == wanted), None)
    if entry is None or wanted not in rows:
        return None
    row, section = rows[wanted]
    choice = next((each for each in sight.selection.chosen if each.article.id == wanted), None)
    return _told(sight, choice, entry, row) if choice else _added(sight, entry, row, section)


def _told(sight: Sight, choice: Choice, entry: Entry, row: Row) -> Story:
    return Story(
        row=row,
        section=choice.section,
        url=entry.url,
        facts=facts(choice.article, choice.section, choice.reason, sight.zone),
        why=in_words(choice.reason, titles_of(sight.selection), sight.zone),
        do=choice.edit.do if choice.edit else None,
        texts=tuple(_texts(entry, sight.sources.get(entry.id, Was()), sight.budget)),
        leads=tuple(_offers(sight, entry)),
        lead_note=entry.lead_note,
        image=_image(choice, entry) if entry.slot != "headline" else None,
        tongue=_tongue(sight, entry),
    )


def _texts(entry: Entry, source: Was, most: int) -> Iterator[Text]:
    """Yield the texts that the story's slot shows; where the editor changed one, with what it was."""
    for text in _TEXTS:
        words = entry.title if text.field == "headline" else getattr(entry, text.field)
        if entry.slot == "headline" and text.field not in {"headline", "byline"}:
            continue
        told = replace(text, text=words.text, origin=words.origin, original=getattr(source, text.field))
        yield replace(told, most=most) if text.unit == "words" else told


def _offers(sight: Sight, entry: Entry) -> Iterator[Offer]:
    """Yield what the text could be, each text once; one of a model may have to be asked for first."""
    if entry.slot == "headline":
        return
    most = sight.budget
    for mode, lead in sight.leads:
        count = length(lead.text)
        is_taken = lead.text == entry.lead.text and entry.lead_mode == lead.mode
        yield Offer(
            text=lead.text,
            how=lead.mode,
            mode=mode,
            count=count,
            unit="words",
            fits=not most or count <= most,
            taken=is_taken,
            note=lead.note,
        )
    if sight.has_model:
        is_taken = entry.lead_mode == "model"
        text = entry.lead.text if is_taken else ""
        note = "" if is_taken else "It is asked when you choose this: that can take some seconds."
        yield Offer(text=text, how="model", mode="model", count=length(text), unit="words", taken=is_taken, note=note)


def _image(choice: Choice, entry: Entry) -> Image:
    edited = choice.edit.image if choice.edit else None
    image = entry.picture.image if entry.picture else None
    own = choice.article.image
    return Image(
        chosen="source" if edited is None else "none" if edited in {"", "none"} else "other",
        file=entry.picture.file if entry.picture else "",
        url=edited or "",
        alt=image.alt if image else "",
        credit=image.credit if image else "",
        has_source=bool(own and own.url),
        told=_told_of(entry),
    )


def _told_of(entry: Entry) -> str:
    """Return what there is to say of the picture."""
    picture = entry.picture
    if picture is None:
        return ""
    if picture.problem:
        return f"It is not shown: {picture.problem}."
    if not picture.shown:
        return "The theme has no place for it."
    return " · ".join(filter(None, (f"{picture.weight:,} bytes" if picture.weight else "", picture.note)))


def _added(sight: Sight, entry: Entry, row: Row, section: str) -> Story:
    """Return a piece that the editor added."""
    link = Link(
        url=entry.url,
        title=entry.title.text,
        source=entry.source,
        label=entry.kicker.text,
        text=entry.lead.text,
        section=section,
    )
    return Story(row=row, section=section, url=entry.url, link=link, tongue=_tongue(sight, entry))


def _tongue(sight: Sight, entry: Entry) -> Tongue:
    brand = sight.issue.brand
    return Tongue(language=entry.language or brand.language, direction=entry.direction or brand.direction)
