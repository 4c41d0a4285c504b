"""What the subject and the preheader could be: each with its length, for an editor to choose from."""

from collections.abc import Iterator

from digest.compose.phrases import fill
from digest.model.candidates import Candidate, Candidates
from digest.model.issue import Entry, Issue, Words
from digest.summarizer.sentences import split

SUBJECT_FITS = 70
"""Characters of a subject that inboxes on a desktop show; phones show 33 to 45."""

PREHEADER_FITS = 150
"""Characters that the widest inboxes show of a preheader behind a short subject."""


def candidates(issue: Issue) -> Candidates:
    """Return candidates for an issue's two lines, the one that it has first, each text once."""
    stories = [entry for entry in issue.entries if entry.entry == "story"]
    names = {
        "title": issue.newsletter_title,
        "number": str(issue.number),
        "dates": issue.window.words,
        "first": stories[0].title.text if stories else "",
        "second": stories[1].title.text if len(stories) > 1 else "",
    }
    return Candidates(
        subjects=_each_once(issue.subject, _subjects(names), SUBJECT_FITS),
        preheaders=_each_once(issue.preheader, _preheaders(stories), PREHEADER_FITS),
    )


def _subjects(names: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what a subject may be made of, and how."""
    yield "the lead story's headline", names["first"]
    yield "the first two headlines", fill("{first} · {second}", names) if names["second"] else ""
    yield "the second headline", names["second"]
    yield "the newsletter and the headline", fill("{title}: {first}", names) if names["first"] else ""
    yield "the newsletter and its number", fill("{title} {number}", names)
    yield "the newsletter and its dates", fill("{title}, {dates}", names)


def _preheaders(stories: list[Entry]) -> Iterator[tuple[str, str]]:
    headlines = [entry.title.text for entry in stories]
    yield "the next two headlines", " · ".join(headlines[1:3])
    yield "the next three headlines", " · ".join(headlines[1:4])
    if stories:
        yield "the lead story's dek", stories[0].dek.text
        yield "the lead story's first sentence", "".join(split(stories[0].lead.text)[:1])


def _each_once(chosen: Words, others: Iterator[tuple[str, str]], most: int) -> tuple[Candidate, ...]:
    """Return every text once, and first the one that was chosen."""
    made: dict[str, str] = {chosen.text: "chosen by the editor" if chosen.origin == "editor" else "as configured"}
    for how, text in others:
        made.setdefault(text, how)
    return tuple(
        Candidate(text=text, how=how, length=len(text), fits=len(text) <= most) for text, how in made.items() if text
    )
