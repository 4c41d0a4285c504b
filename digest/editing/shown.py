"""What an editor's decision is made in sight of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from digest.model.article import Article
from digest.model.edits import StoryEdit, Was
from digest.model.selection import Choice, LeftOut, Selection
from digest.selector.names import Names, names_of


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The selection that the present edits make, and what the sources say.

    `sources` are, by article, the texts that stand there without the editor's: an edit remembers what it replaces.
    """

    selection: Selection
    sources: Mapping[str, Was] = field(default_factory=dict)

    @property
    def articles(self) -> Iterator[Article]:
        """Yield every article in reach."""
        yield from (choice.article for choice in self.selection.chosen)
        yield from (left.article for left in self.selection.left_out)

    @cached_property
    def names(self) -> Names:
        """Return every name by which an article in reach is known."""
        return names_of(self.articles)

    @cached_property
    def chosen(self) -> Mapping[str, Choice]:
        """Return what is in the issue, by id, in its order."""
        return {choice.article.id: choice for choice in self.selection.chosen}

    @cached_property
    def left_out(self) -> Mapping[str, LeftOut]:
        """Return what is in reach and not in the issue, by id."""
        return {left.article.id: left for left in self.selection.left_out}

    def article(self, id_: str) -> Article | None:
        """Return the article in reach that has an id."""
        found = self.chosen.get(id_) or self.left_out.get(id_)
        return found.article if found else None

    def in_section(self, name: str) -> list[Choice]:
        """Return what is in a section, whatever its slot: spellings that differ in case are one section."""
        return [choice for choice in self.selection.chosen if choice.section.casefold() == name.casefold()]


def after(choice: Choice) -> str | None:
    """Return the id behind which the editor put an article; None where it stands by its date."""
    return (choice.edit or StoryEdit(article="")).after
