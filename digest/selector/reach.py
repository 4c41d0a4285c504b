"""The articles in reach, each once, with all that was said of it by hand and the issue that had it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import TypeVar

from digest.model.article import Article, stands_again
from digest.model.edits import Edits, Standing, StoryEdit, Was
from digest.model.selection import How
from digest.selector.names import Names, known_by, meant, names_of
from digest.selector.rules import Brief
from digest.text.words import words

_SILENT = StoryEdit(article="")

_Said = TypeVar("_Said", StoryEdit, Was)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An article in reach and all that decides about it besides the rules.

    `edit` is what this issue's editor says of it (None: nothing); `position` is the place of its last `after` among
    all edits: of two that follow the same article, the earlier comes first. `standing` is what an earlier issue's
    editor decided and still stands, `sent_in` the earliest issue that carried it ("" for none), `words`
    are the words of its body.
    """

    article: Article
    words: tuple[str, ...]
    edit: StoryEdit | None = None
    position: int = 0
    standing: Standing | None = None
    sent_in: str = ""

    @property
    def hand(self) -> StoryEdit:
        """Return what this issue's editor says; an edit that says nothing where there is none."""
        return self.edit or _SILENT

    @property
    def held_from(self) -> str:
        """Return the label of the issue whose editor held the article back for this one; "" for none."""
        return self.standing.label if self.standing is not None and self.standing.do == "hold" else ""

    @property
    def by_hand(self) -> How | None:
        """Return by what decision of an editor the article comes in, whatever the rules say; None for none."""
        if self.hand.do == "pin":
            return "pinned"
        if self.hand.do == "add":
            return "added"
        return "held" if self.hand.do is None and self.held_from else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What lies in reach before this issue's editor says anything: the same whatever the edits are.

    `articles` are there once each, by id; `words` are those of their bodies.
    """

    articles: tuple[Article, ...]
    names: Names
    words: Mapping[str, tuple[str, ...]]
    standing: Mapping[str, Standing]
    sent_in: Mapping[str, str]


def ground_of(articles: Iterable[Article], brief: Brief) -> Ground:
    """Return the ground on which any edits select; of `brief` neither these nor the clock matter."""
    once = _each_once(articles)
    names = names_of(once)
    return Ground(
        articles=once,
        names=names,
        words={each.id: tuple(word for block in each.blocks for word in words(block.text)) for each in once},
        standing=_standing(brief.standing, names),
        sent_in=_sent_in(brief, names_of(_without_address(article) for article in once)),
    )


def gather(ground: Ground, edits: Edits) -> tuple[tuple[Case, ...], tuple[str, ...]]:
    """Return the cases in the order of their ids, and the names in this issue's edits that no article bears."""
    said = merged(edits, ground.names)
    positions = _positions(edits, ground.names)
    cases = tuple(
        Case(
            article=article,
            words=ground.words[article.id],
            edit=said.get(article.id),
            position=positions.get(article.id, 0),
            standing=ground.standing.get(article.id),
            sent_in=ground.sent_in.get(article.id, ""),
        )
        for article in ground.articles
    )
    return cases, _unmatched(edits, ground.names)


def _each_once(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Return one article for each id, sorted by it; of two states of one article the same one in any order."""
    by_id: dict[str, Article] = {}
    for article in articles:
        known = by_id.get(article.id)
        if known is None or repr(known) < repr(article):
            by_id[article.id] = article
    return tuple(by_id[id_] for id_ in sorted(by_id))


def _standing(decisions: Iterable[Standing], names: Names) -> dict[str, Standing]:
    """Return which decision on an article stands, by id: the last one.

    But what was held and then added stays held: where the issue that it was added to was sent, it is sent before, and
    where it never was, the article still waits.
    """
    standing: dict[str, Standing] = {}
    for decided in decisions:
        for id_ in meant(decided.article, names):
            is_held = id_ in standing and standing[id_].do == "hold"
            if not (is_held and decided.do in {"pin", "add"}):
                standing[id_] = decided
    return standing


def merged(edits: Edits, names: Names) -> dict[str, StoryEdit]:
    """Return what the edits say of each article, by id: of two the later wins, field by field.

    `article` and `after` are ids then; an `after` that nothing bears stays as it is.
    """
    merged: dict[str, StoryEdit] = {}
    for edit in edits.stories:
        after = edit.after and next(iter(meant(edit.after, names)), edit.after)
        for id_ in meant(edit.article, names):
            earlier = merged.get(id_, StoryEdit(article=id_))
            was = _over(earlier.was, edit.was) if earlier.was and edit.was else edit.was
            merged[id_] = _over(earlier, replace(edit, article=id_, after=after, was=was))
    return merged


def _over(earlier: _Said, later: _Said) -> _Said:
    """Return `later`, and `earlier` where it says nothing."""
    said = {field.name: getattr(later, field.name) for field in fields(later)}
    return replace(earlier, **{name: value for name, value in said.items() if value is not None})


def _positions(edits: Edits, names: Names) -> dict[str, int]:
    moves = ((position, edit) for position, edit in enumerate(edits.stories) if edit.after is not None)
    return {id_: position for position, edit in moves for id_ in meant(edit.article, names)}


def _unmatched(edits: Edits, names: Names) -> tuple[str, ...]:
    named = [name for edit in edits.stories for name in (edit.article, *([edit.after] if edit.after else []))]
    return tuple(dict.fromkeys(name for name in named if not meant(name, names)))


def _without_address(article: Article) -> Article:
    """Return an article without an address that another one had before: who sent that one has not sent this."""
    return replace(article, url="") if stands_again(article) else article


def _sent_in(brief: Brief, names: Names) -> dict[str, str]:
    """Return the label of the earliest issue that carried an article, by id, whatever its slug, title or id is now.

    Of what none of ours carried, the newsletter of another tool that did.
    """
    sent = sorted(brief.sent, key=lambda issue: (issue.end, issue.label))
    had = [(carried, issue.label) for issue in sent for carried in issue.carried]
    had += [(story.carried, story.newsletter) for story in brief.earlier]
    labels: dict[str, str] = {}
    for carried, label in had:
        for id_ in (id_ for name in known_by(carried) for id_ in names.get(name, ())):
            labels.setdefault(id_, label)
    return labels
