"""Since: what the sources of an issue's stories have said after it was built."""

from collections.abc import Iterable, Iterator

from digest.editing.conflicts import says
from digest.editing.quoting import in_words, quoted
from digest.model.article import Article
from digest.model.change import NAMES, Change
from digest.model.issue import Entry, Issue
from digest.selector.names import meant, names_of


def since(issue: Issue, articles: Iterable[Article]) -> Iterator[Change]:
    """Yield the stories of `issue` that are gone, and the texts that their sources have otherwise now.

    Of each story it is the source's own texts that are compared: for the editor's there is `conflicts`.
    """
    known = {article.id: article for article in articles}
    names = names_of(known.values())
    for entry in issue.entries:
        for id_ in meant(entry.id, names) if entry.entry == "story" else ():
            yield from _of_one(entry, known[id_])


def _of_one(entry: Entry, article: Article) -> Iterator[Change]:
    if article.gone:
        words = f"{entry.title.text}: its source has withdrawn it"
        yield Change(kind="out", story=entry.id, title=entry.title.text, field="section", words=words)
        return
    for field, shown, now in (("headline", entry.title, article.title), ("lead", entry.lead, "")):
        if shown.origin == "source" and shown.text and not says(article, field, shown.text, now):
            about = f"{NAMES[field]} of {quoted(entry.title.text)}"
            words = in_words(about, shown.text, now) if now else f"{about} is not what the story says now"
            yield Change(
                kind="changed",
                story=entry.id,
                title=entry.title.text,
                field=field,
                was=shown.text,
                now=now,
                words=words,
            )
