"""The articles in reach, each once, with all that was said of it by hand and the issue that had it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from digest.model.article import Article
from digest.model.edits import Action, Edits, Slot, Standing, StoryEdit
from digest.model.selection import How, SentIssue
from digest.selector.rules import Brief
from digest.text.urls import canonical_url, page_key
from digest.text.words import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """What this issue's edits say of one article; None: nothing.

    `after` is the id of the article that it follows ("" for the first place). `position` is the place of that edit
    among all edits: of two that follow the same article, the earlier comes first.
    """

    do: Action | None = None
    section: str | None = None
    slot: Slot | None = None
    after: str | None = None
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An article in reach and all that decides about it besides the rules.

    `standing` is what an earlier issue's editor decided, `sent_in` the label of the earliest issue that carried it
    ("" for none), `words` are the words of its body.
    """

    article: Article
    words: tuple[str, ...]
    hand: Hand = Hand()
    standing: Standing | None = None
    sent_in: str = ""

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


def gather(articles: Iterable[Article], brief: Brief) -> tuple[tuple[Case, ...], tuple[str, ...]]:
    """Return the cases in the order of their ids, and the names in this issue's edits that no article bears."""
    once = _each_once(articles)
    names = _names(once)
    hands, unmatched = _hands(brief.edits, names)
    standing = {id_: entry for entry in brief.standing for id_ in _named(entry.article, names)}
    sent_in = _sent_in(brief.sent, names)
    cases = tuple(
        Case(
            article=article,
            words=tuple(word for block in article.blocks for word in words(block.text)),
            hand=hands.get(article.id, Hand()),
            standing=standing.get(article.id),
            sent_in=sent_in.get(article.id, ""),
        )
        for article in once
    )
    return cases, unmatched


def _each_once(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Return one article for each id, sorted by it; of two states of one article the same one in any order."""
    by_id: dict[str, Article] = {}
    for article in articles:
        known = by_id.get(article.id)
        if known is None or repr(known) < repr(article):
            by_id[article.id] = article
    return tuple(by_id[id_] for id_ in sorted(by_id))


def _names(articles: Iterable[Article]) -> dict[str, list[str]]:
    """Return every name by which an article is known, with the ids of those that bear it."""
    names: dict[str, list[str]] = {}
    for article in articles:
        known_by = (article.id, article.url, page_key(article.url), article.fingerprint, *article.aliases)
        for name in dict.fromkeys(filter(None, known_by)):
            names.setdefault(name, []).append(article.id)
    return names


def _named(name: str, names: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """Return the ids of the articles that an editor calls `name`: an id, an alias or a URL."""
    url = canonical_url(name)
    return names.get(name.strip()) or names.get(url) or names.get(page_key(url)) or ()


def _hands(edits: Edits, names: Mapping[str, Sequence[str]]) -> tuple[dict[str, Hand], tuple[str, ...]]:
    """Return what the edits say, by id (the later one wins over the earlier), and the names that nothing bears."""
    hands: dict[str, Hand] = {}
    unmatched = []
    for position, edit in enumerate(edits.stories):
        found = _named(edit.article, names)
        if not found:
            unmatched.append(edit.article)
        for id_ in found:
            hands[id_] = _laid_over(hands.get(id_, Hand()), edit, position, names)
    return hands, tuple(dict.fromkeys(unmatched))


def _laid_over(hand: Hand, edit: StoryEdit, position: int, names: Mapping[str, Sequence[str]]) -> Hand:
    hand = replace(
        hand,
        do=edit.do or hand.do,
        section=hand.section if edit.section is None else edit.section,
        slot=edit.slot or hand.slot,
    )
    if edit.after is None:
        return hand
    after = next(iter(_named(edit.after, names)), edit.after)
    return replace(hand, after=after, position=position)


def _sent_in(sent: Iterable[SentIssue], names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the label of the earliest issue that carried an article, by id, whatever its slug, title or id is now."""
    labels: dict[str, str] = {}
    for issue in sorted(sent, key=lambda issue: (issue.end, issue.label)):
        for carried in issue.carried:
            for name in (carried.id, carried.url, carried.fingerprint, *carried.aliases):
                for id_ in names.get(name, ()):
                    labels.setdefault(id_, issue.label)
    return labels
