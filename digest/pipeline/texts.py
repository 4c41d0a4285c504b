"""Texts: what was made of an article is made once; an editor changes a word, and two dozen leads stay what they are."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from typing import TypeVar

from digest.model.article import Article
from digest.model.lead import Lead
from digest.model.selection import Choice, Selection
from digest.pipeline.newsroom import Newsroom
from digest.pipeline.remembering import Memory
from digest.pipeline.wording import Wish, text_of
from digest.pipeline.writing import lead_of, open_kept
from digest.ports import Writer
from digest.summarizer.learnt import without_repeated

T = TypeVar("T")


class Texts:
    """Makes the texts under headlines, and remembers them as long as nobody says that the articles have changed."""

    def __init__(self, room: Newsroom) -> None:
        self._room = room
        self._memory = Memory()

    def clear(self) -> None:
        """Forget everything."""
        self._memory.clear()

    def of(self, article: Article, same: Hashable, make: Callable[[], T]) -> T:
        """Return what else was made of an article; `same` says all that it depends on besides."""
        return self._memory.of(article, same, make)

    def without_repeated(self, selection: Selection, repeated: Mapping[str, frozenset[str]]) -> Selection:
        """Return a selection whose chosen articles are told without lines that stand on many pages of their sources."""

        def told(article: Article) -> Article:
            lines = repeated.get(article.id, frozenset())
            return self._memory.of(article, ("told", lines), lambda: without_repeated(article, lines))

        return replace(selection, chosen=tuple(replace(each, article=told(each.article)) for each in selection.chosen))

    def tell(self, article: Article, wish: Wish, writer: Writer | None) -> Lead:
        """Return the text under a headline. A model that has given none is not asked again for the same one."""
        if wish.hand is not None or wish.mode != "model":
            return self._memory.of(article, wish, lambda: text_of(article, wish, writer))
        if writer is None:
            return text_of(article, wish, None)
        again = self._kept(article, wish)
        if again.mode == "model":
            return again
        return self._memory.of(article, wish, lambda: text_of(article, wish, writer))

    def bare(self, choice: Choice) -> Lead:
        """Return the text under a headline without the editor's own words, as `lead_of` does."""
        return lead_of(self._room, choice, None, self.tell)

    def _kept(self, article: Article, wish: Wish) -> Lead:
        """Return the text that a model wrote earlier; the story's opening where there is none."""
        writer = open_kept(self._room, offline=True) if self._room.config.writer.model else None
        return text_of(article, wish, writer)
