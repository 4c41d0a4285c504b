"""Duplicates: the same page, the same words, or so much text in common that one repeats the other.

The verdict on two texts is that of `text.repeats`, for which `Rules.twin` is the percent from which they are compared
closely. A copy that is not told is not lost: it is left out with its reason, and the story says where else it stands.
"""

from collections.abc import Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from math import ceil, inf

from digest.model.selection import Reason
from digest.selector.reach import Case
from digest.selector.rules import Brief
from digest.text.repeats import Told, is_one_story, told
from digest.text.urls import host, page_key
from digest.text.words import Shingle

_ALL = 100
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """What is compared of an article: how many runs it has, those that any other has too, and its other marks."""

    id: str
    told: Told
    runs: int
    common: AbstractSet[Shingle]
    marks: tuple[str, ...]


@dataclass(slots=True)
class _Shelf:
    """The texts that stay, found again by their runs."""

    twin: int
    texts: list[_Text] = field(default_factory=list)
    by_run: dict[Shingle, list[int]] = field(default_factory=dict)
    by_mark: dict[str, int] = field(default_factory=dict)
    fewest_runs: float = inf

    def add(self, text: _Text) -> None:
        at = len(self.texts)
        self.texts.append(text)
        self.fewest_runs = min(self.fewest_runs, text.runs or inf)
        for run in text.common:
            self.by_run.setdefault(run, []).append(at)
        for mark in text.marks:
            self.by_mark.setdefault(mark, at)

    def closest(self, text: _Text) -> tuple[int, str] | None:
        """Return the percent that `text` shares with the text most like it, and that one's id; None below `twin`."""
        same = {self.by_mark[mark] for mark in text.marks if mark in self.by_mark}
        percents = {at: self._percent(text, self.texts[at]) for at in self._likely(text)} | dict.fromkeys(same, _ALL)
        for at, percent in sorted(percents.items(), key=lambda each: (-each[1], each[0])):
            other = self.texts[at]
            if percent < self.twin:
                break
            if at in same or is_one_story(text.told, other.told, percent):
                return percent, other.id
        return None

    def _likely(self, text: _Text) -> set[int]:
        """Return all that can be twins: who shares n runs of m also shares one of the m - n + 1 that fewest have.

        So lines that stand under every story cost nothing.
        """
        shared = sorted((self.by_run[run] for run in text.common if run in self.by_run), key=len)
        needed = ceil(self.twin * min(text.runs, self.fewest_runs) / _ALL) if shared else 1
        return {at for owners in shared[: max(0, len(shared) - needed + 1)] for at in owners}

    @staticmethod
    def _percent(one: _Text, other: _Text) -> int:
        return _ALL * len(one.common & other.common) // min(one.runs, other.runs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What comparing texts gave: the candidates that repeat one, offers that do, and of which text each is a copy."""

    duplicates: Mapping[str, Reason]
    repeated: AbstractSet[str]
    copies: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparisons:
    """What of each text is compared, and what comparing some of them gave: it takes half of a selection's time.

    They hold for one ground. Edits change which texts are compared; of the same ones the same is found.
    """

    told: dict[str, Told] = field(default_factory=dict)
    found: dict[Hashable, Found] = field(default_factory=dict)


def without_twins(
    judged: Sequence[tuple[Case, Reason]], brief: Brief, known: Comparisons
) -> tuple[list[tuple[Case, Reason]], dict[str, tuple[str, ...]]]:
    """Turn `chosen` into `duplicate` where another candidate or a sent article says the same, in the order given.

    Nothing is offered either that repeats a sent article. What an editor brought in always stays. Returned as well are
    the other sites on which a story that stays stands too, by its id.
    """
    sent = [case for case, _ in judged if case.sent_in]
    running = [case for case, reason in judged if reason.code == "chosen"]
    offered = [case for case, reason in judged if reason.offer and reason.code != "chosen"]
    others = [case for case, reason in judged if case.article.id in brief.alike and reason.code != "chosen"]
    groups = (sent, running, offered, others)
    same = tuple(tuple((case.article.id, case.by_hand is None) for case in group) for group in groups)
    if same not in known.found:
        known.found.clear()  # an editor goes on from the last ones
        known.found[same] = _found(groups, brief, known.told)
    found = known.found[same]
    told = [(case, _after(case, reason, found.duplicates, found.repeated)) for case, reason in judged]
    return told, _places(judged, found.copies)


def _found(groups: tuple[list[Case], ...], brief: Brief, made: dict[str, Told]) -> Found:
    sent, running, offered, others = groups
    compared = [*sent, *running, *offered, *others]
    made |= {case.article.id: _told(case, brief) for case in compared if case.article.id not in made}
    texts = _texts(compared, made)
    shelf = _Shelf(brief.rules.twin)
    for case in sent:
        shelf.add(texts[case.article.id])
    repeated = {case.article.id for case in offered if shelf.closest(texts[case.article.id])}
    duplicates = _duplicates(sorted(running, key=partial(_first_to_stay, brief)), texts, shelf)
    copies = {id_: reason.of for id_, reason in duplicates.items()}
    copies |= {id_: near[1] for id_ in (it.article.id for it in others) if (near := shelf.closest(texts[id_]))}
    return Found(duplicates=duplicates, repeated=repeated, copies=copies)


def _places(judged: Sequence[tuple[Case, Reason]], copies: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the sites of an article's copies that stand on other ones than itself, by id."""
    articles = {case.article.id: case.article for case, _ in judged}
    places: dict[str, set[str]] = {}
    for copy, of in copies.items():
        if not articles[copy].gone and _site(articles[copy].url) != _site(articles[of].url):
            places.setdefault(of, set()).add(_site(articles[copy].url))
    return {of: tuple(sorted(sites - {""})) for of, sites in places.items()}


def _site(url: str) -> str:
    return host(url).removeprefix("www.")


def _after(case: Case, reason: Reason, duplicates: Mapping[str, Reason], repeated: AbstractSet[str]) -> Reason:
    if case.article.id in repeated:
        return replace(reason, offer=None)
    return duplicates.get(case.article.id, reason)


def _duplicates(running: Sequence[Case], texts: Mapping[str, _Text], shelf: _Shelf) -> dict[str, Reason]:
    """Put the candidates on the shelf one by one; return the reasons of those that repeat one there."""
    reasons = {}
    for case in running:
        text = texts[case.article.id]
        twin = None if case.by_hand else shelf.closest(text)
        if twin is None:
            shelf.add(text)
        else:
            reasons[text.id] = Reason(code="duplicate", count=twin[0], limit=shelf.twin, of=twin[1])
    return reasons


def _first_to_stay(brief: Brief, case: Case) -> tuple[bool, bool, int, datetime, str]:
    """Return what decides which of two copies stays: an editor's word, the magazine's own site, then the fuller one.

    A copy on another site is often longer only by what stands around it there.
    """
    article = case.article
    is_ours = _site(article.url) in {name.removeprefix("www.") for name in brief.hosts}
    return case.by_hand is None, not is_ours, -len(case.words), article.published or _LAST, article.id


def _texts(cases: Sequence[Case], made: Mapping[str, Told]) -> dict[str, _Text]:
    """Return what is compared of each case."""
    stories = {case.article.id: made[case.article.id] for case in cases}
    met: set[Shingle] = set()
    common: set[Shingle] = set()
    for story in stories.values():  # whole sets at a time: most runs stand in one text alone and need no further look
        common |= met & story.runs
        met |= story.runs
    return {case.article.id: _text(case, stories[case.article.id], common) for case in cases}


def _told(case: Case, brief: Brief) -> Told:
    """Return what of a text is compared; one of fewer than `shortest` words has no runs to compare."""
    story = told(case.article, brief.alike.get(case.article.id, frozenset()), case.words)
    return story if len(case.words) >= brief.rules.shortest else replace(story, runs=frozenset())


def _text(case: Case, story: Told, common: AbstractSet[Shingle]) -> _Text:
    marks = filter(None, (case.article.fingerprint, page_key(case.article.url)))
    runs = story.runs
    return _Text(id=case.article.id, told=story, runs=len(runs), common=runs & common, marks=tuple(marks))
