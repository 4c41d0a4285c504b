"""Entries: one chosen article, or one of the editor's links, as the issue shows it."""

from dataclasses import replace

from digest.compose.frame import Frame, SectionStyle
from digest.compose.links import tracked
from digest.model.article import Article, Image
from digest.model.edits import LinkEdit, PromoEdit, StoryEdit
from digest.model.issue import Direction, Entry, Picture, Words
from digest.model.lead import Lead
from digest.model.selection import Choice
from digest.summarizer import shown_dek
from digest.summarizer.items import items
from digest.text.dates import Moment
from digest.text.digests import sha256
from digest.text.direction import direction
from digest.text.words import fingerprint, short_id


def story(choice: Choice, lead: Lead, frame: Frame) -> Entry:
    """Return the entry of a chosen article; the editor's words go before the source's."""
    article = choice.article
    edit = choice.edit or StoryEdit(article=article.id)
    return Entry(
        id=article.id,
        slot=choice.slot,
        url=article.url,
        mail_url=tracked(article.url, frame.tracking),
        title=_words(article.title, edit.headline),
        kicker=_words(_kicker(article, choice.section), edit.kicker),
        kind=article.kind,
        dek=_dek(article, lead, edit.dek),
        byline=_words(frame.spelling.names(article.authors), edit.byline),
        lead=_lead(article, lead),
        lead_mode=lead.mode,
        lead_note=lead.note,
        published=article.published,
        date=_date(article, frame),
        date_words=frame.spelling.day(article.published) if article.published else "",
        picture=_picture(choice, edit, _style(choice.section, frame)),
        series=article.series,
        source=article.publication,
        also_in=article.also_in,
        language=_language(article, frame),
        direction=_direction(article.title, frame),
        reason=choice.reason,
        left_out=article.left_out + lead.left_out,
        aliases=article.aliases,
        fingerprint=article.fingerprint,
    )


def items_of(choice: Choice, frame: Frame) -> tuple[Entry, ...]:
    """Return the items of a column, each an entry: its first sentence is the headline, so that its text stays whole.

    It leads to where the item comes from; where it does not say, to the column.
    """
    if not _style(choice.section, frame).items or choice.slot == "headline":
        return ()
    article = choice.article
    return tuple(
        Entry(
            id=short_id(f"item {article.id} {item.text}"),
            entry="item",
            slot="brief",
            url=item.url or article.url,
            mail_url=tracked(item.url or article.url, frame.tracking),
            title=Words(text=item.headline),
            lead=Words(text=item.rest),
            source=item.source,
            language=_language(article, frame),
            direction=_direction(item.text, frame),
            fingerprint=fingerprint([item.text]),
        )
        for item in items(article, frame.hosts)
    )


def link(edit: LinkEdit, frame: Frame) -> Entry:
    """Return the entry of a piece from elsewhere that the editor added."""
    return Entry(
        id=short_id(edit.url),
        entry="link",
        slot="brief",
        url=edit.url,
        mail_url=tracked(edit.url, frame.tracking),
        title=Words(text=edit.title, origin="editor"),
        lead=Words(text=edit.text, origin="editor"),
        lead_mode="hand",
        source=edit.source,
        direction=_direction(edit.title, frame),
    )


def promo(edit: PromoEdit, frame: Frame) -> Entry:
    """Return the entry of an advertisement that the editor added; its label is its kicker."""
    return Entry(
        id=short_id(f"promo {edit.url} {edit.title}"),
        entry="promo",
        slot="brief",
        url=edit.url,
        mail_url=tracked(edit.url, frame.tracking),
        title=Words(text=edit.title, origin="editor"),
        kicker=Words(text=edit.label, origin="editor") if edit.label else Words(),
        lead=Words(text=edit.text, origin="editor"),
        lead_mode="hand",
        direction=_direction(edit.title, frame),
    )


def _words(source: str, edited: str | None) -> Words:
    """Return the editor's text, with the hash of what it replaces, or the source's."""
    return Words(text=source) if edited is None else Words(text=edited, origin="editor", was=sha256(source))


def _dek(article: Article, lead: Lead, edited: str | None) -> Words:
    """Return the dek: the editor's, else the source's where it is whole and is not said again below it."""
    if edited is not None:
        return _words(article.dek, edited)
    return Words() if lead.mode == "dek" else Words(text=shown_dek(article))


def _date(article: Article, frame: Frame) -> str:
    if article.published is None:
        return ""
    return frame.spelling.date(Moment(instant=article.published, precision=article.precision))


def _lead(article: Article, lead: Lead) -> Words:
    """Return the lead as words. A hand-written one replaces the article's text, and remembers that text's hash."""
    if lead.mode == "hand":
        body = "\n".join(block.text for block in article.blocks)
        return Words(text=lead.text, origin="editor", was=sha256(body))
    return Words(text=lead.text, origin="model" if lead.mode == "model" else "source")


def _kicker(article: Article, section: str) -> str:
    """Return the small line above the headline: the source's own, else series, else kind.

    Never the section again, nor what the headline itself begins with ("The Log: A quiet week").
    """
    title = article.title.casefold()
    for text in (article.kicker, article.series, article.kind):
        if text and text.casefold() != section.casefold() and not title.startswith(text.casefold()):
            return text
    return ""


def _style(section: str, frame: Frame) -> SectionStyle:
    return next((style for style in frame.sections if style.name == section), SectionStyle(name=section))


def _picture(choice: Choice, edit: StoryEdit, style: SectionStyle) -> Picture | None:
    """Return the picture where the slot shows one: always with the lead story, else where the section asks for it."""
    image = choice.article.image
    if edit.image is not None:
        image = None if edit.image in {"", "none"} else Image(url=edit.image, alt=choice.article.title)
    if image is not None and edit.credit is not None:
        image = replace(image, credit=edit.credit)
    wanted = choice.slot == "lead" or edit.image is not None or (choice.slot == "story" and style.pictures)
    return Picture(image=image) if image and image.url and wanted else None


def _language(article: Article, frame: Frame) -> str:
    """Return the story's language where it is not the magazine's."""
    same = article.language.partition("-")[0].casefold() == frame.brand.language.partition("-")[0].casefold()
    return "" if same else article.language


def _direction(title: str, frame: Frame) -> Direction | None:
    """Return the way the story runs where it is not the magazine's way."""
    way = direction(title)
    return None if way == frame.brand.direction else way
