"""What a story would say without the editor's own words: that is what her edits replace."""

from dataclasses import replace

from digest.compose.entries import story
from digest.compose.frame import Frame
from digest.model.edits import Was
from digest.model.lead import Lead
from digest.model.selection import Choice


def source_texts(choice: Choice, bare: Lead, frame: Frame) -> Was:
    """Return the texts of a choice as the mail would show them without the editor's own.

    `bare` is the text under the headline as it would be without hers. The picture is an address, "" for none.
    """
    edit = choice.edit and replace(choice.edit, headline=None, byline=None, kicker=None, dek=None, lead=None)
    entry = story(replace(choice, edit=edit), bare, frame)
    image = choice.article.image
    return Was(
        headline=entry.title.text,
        byline=entry.byline.text,
        kicker=entry.kicker.text,
        dek=entry.dek.text,
        lead=entry.lead.text,
        image=image.url if image else "",
    )
