"""Pictures in markup, with the words that stand at them: alt text, caption, credit."""

import re
from typing import Any

from digest.model.article import Image
from digest.sources.markup.body import absolute
from digest.sources.markup.boxes import marked_box
from digest.text.clean import clean_text

_CREDIT = re.compile(
    r"(?:^|(?<=[\s.,;(|–—-]))\(?(?:(?:photo|photograph|image|picture|illustration)s?(?: credits?)?(?::| by:?\s)"
    r"|credits?:|©)\s*",
    re.IGNORECASE,
)
_STOP = re.compile(r"(?<=\w\w\w)(?<!\bInc)(?<!\bLtd)(?<!\bCorp)(?<!\bBros)\.\Z")
"""The stop that ends a sentence, not an abbreviation, behind a credit ("Photo by Jo Doe.")."""

_EDGES = " |–—-("
_NEAREST = 3
"""Levels: how far up from a picture outside a `<figure>` its caption is looked for."""


def first_picture(tree: Any, base: str, *, like: str = "") -> Image | None:  # noqa: ANN401 - lxml has no types
    """Return a tree's first picture, or the one whose file is that of the address `like`."""
    for img in () if tree is None else tree.iter("img"):
        source = img.get("src") or ""
        url = absolute(img.get("data-src") or source if source.startswith("data:") else source, base)
        if url and (not like or _file(url) == _file(like)):
            caption, credit = _figure_words(img)
            return Image(
                url=url,
                alt=clean_text(img.get("alt") or ""),
                credit=credit,
                caption=caption,
                width=size(img.get("width")),
                height=size(img.get("height")),
            )
    return None


def size(stated: str | None) -> int:
    """Return a width or height in CSS pixels; 0 where it is not stated as such."""
    match = re.fullmatch(r"\s*(\d{1,5})(?:px)?\s*", stated or "", re.ASCII)
    return int(match[1]) if match else 0


def split_caption(text: str) -> tuple[str, str]:
    """Return caption and credit of a line under a picture ("The quay at dawn. Photo: Jo Doe")."""
    credits_ = list(_CREDIT.finditer(text))
    if not credits_:
        return text, ""
    last = credits_[-1]
    credit = text[last.end() :].strip(" ()[]")
    return text[: last.start()].rstrip(_EDGES), _STOP.sub("", credit)


def without_credit(caption: str, credit: str) -> tuple[str, str]:
    """Return a caption that does not repeat the credit, and the credit, which the caption has where none is known."""
    plain, found = split_caption(caption)
    credit = credit or found
    return (plain.removesuffix(credit).rstrip(_EDGES) if credit else plain), credit


def _file(url: str) -> str:
    """Return the file's name in an address, without the size that image services put behind it."""
    name = url.partition("?")[0].rstrip("/").rpartition("/")[2]
    return re.sub(r"-\d+x\d+(?=\.\w+$)", "", name)


def _figure_words(img: Any) -> tuple[str, str]:  # noqa: ANN401 - lxml has no types
    """Return the caption and the credit that the figure around a picture states."""
    figure, captions = _captions(img)
    if figure is None:
        return "", ""
    marked = figure.xpath(".//*[contains(@class, 'credit') or contains(@itemprop, 'copyrightHolder')]")
    whole = clean_text(" ".join(text for each in captions for text in each.itertext()))
    if not marked:
        return split_caption(whole)
    stated = clean_text(" ".join(marked[0].itertext()))
    return without_credit(whole.replace(stated, "").strip(_EDGES), split_caption(stated)[1] or stated)


def _captions(img: Any) -> tuple[Any, list[Any]]:  # noqa: ANN401 - lxml has no types
    """Return the figure around a picture and its captions: a `<figure>`, or what holds it alone and a caption."""
    for figure in img.iterancestors("figure"):
        return figure, list(figure.iter("figcaption"))
    for level, holder in enumerate(img.iterancestors()):
        if level == _NEAREST or len(list(holder.iter("img"))) > 1:
            break
        captions = {node: None for node in holder.iterdescendants() if marked_box(node) == "caption"}
        outer = [node for node in captions if not any(above in captions for above in node.iterancestors())]
        if outer:
            return holder, outer
    return None, []
