"""Conflicts: what an editor decided about a story, and what its source has said since. Her word stands till she looks.

For each text she replaced, `was` in edits.toml is what the source had then (`compose.source_texts`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields

from digest.model.article import Article
from digest.model.conflict import Conflict, ConflictKind
from digest.model.edits import Edits, StoryEdit, Was
from digest.model.selection import LeftOut, Selection
from digest.selector.names import meant, names_of
from digest.selector.reasons import in_words
from digest.summarizer.sentences import split
from digest.text.words import words

FIELDS = tuple(field.name for field in fields(Was))
"""The texts of a story that an editor may replace, as `edits.toml` names them."""

_HERS = frozenset({"dropped", "held"})
"""Why a story is out by the editor's own decision: about these there is nothing to ask."""


def conflicts(selection: Selection, edits: Edits, sources: Mapping[str, Was]) -> tuple[Conflict, ...]:
    """Return the conflicts of an issue's edits, in the order of the issue, then those of stories that are out.

    `sources` are the source's texts by article; of a story that it does not name nothing is known.
    """
    found: list[Conflict] = []
    for choice in selection.chosen:
        if choice.edit is not None and choice.article.id in sources:
            found.extend(_changed(choice.article, choice.edit, sources[choice.article.id]))
    return (*found, *_out(selection, edits))


def _changed(article: Article, edit: StoryEdit, theirs: Was) -> Iterator[Conflict]:
    """Yield the texts of which the source has another one than the editor replaced, hers excepted."""
    for field in FIELDS:
        mine, was, now = (getattr(of, field, None) for of in (edit, edit.was, theirs))
        if mine is None or was is None or now is None or mine == now or says(article, field, was, now):
            continue
        yield Conflict(
            kind="changed", story=article.id, title=article.title, field=field, mine=mine, was=was, theirs=now
        )


def says(article: Article, field: str, was: str, now: str) -> bool:
    """Tell whether the source still says what it said (`was`) as far as readers are concerned.

    A lead is made of the story's sentences, how many of them depends on its place in the issue: it holds while each of
    them stands in the story, whatever else does. Which of a story's labels stands above its headline depends on its
    section, and whether its dek is shown on its lead.
    """
    if was == now:
        return True
    if field == "lead":
        body = " ".join(" ".join(words(text)) for text in (article.dek, *(block.text for block in article.blocks)))
        return all(f" {' '.join(words(sentence))} " in f" {body} " for sentence in split(was))
    if field == "dek":
        return words(was) in {(), words(article.dek)}
    return field == "kicker" and was in {"", article.kicker, article.series, article.kind}


def _out(selection: Selection, edits: Edits) -> Iterator[Conflict]:
    """Yield the stories that the editor has in hand and that are out all the same, each once."""
    out = {item.article.id: item for item in selection.left_out}
    names = names_of([*(choice.article for choice in selection.chosen), *(item.article for item in out.values())])
    said: dict[str, list[StoryEdit]] = {}
    for edit in edits.stories:
        for id_ in meant(edit.article, names):
            said.setdefault(id_, []).append(edit)
    for item in selection.left_out:
        if item.article.id in said:
            yield from _of_one(item, said[item.article.id])


def _of_one(item: LeftOut, said: list[StoryEdit]) -> Iterator[Conflict]:
    decided = next((edit.do for edit in reversed(said) if edit.do is not None), None)
    kind: ConflictKind = "gone" if item.article.gone else "unreached"
    if decided == "drop" or (item.reason.code in _HERS and kind != "gone"):
        return
    why = "held, but its source has withdrawn it" if decided == "hold" else in_words(item.reason)
    yield Conflict(kind=kind, story=item.article.id, title=item.article.title, why=why)
