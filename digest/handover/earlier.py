"""What newsletters of another tool carried: a fold over what was taken in and taken back. Pure."""

from collections.abc import Iterable, Sequence

from digest.model.earlier import EarlierEvent, EarlierStory
from digest.text.urls import page_key


def earlier(events: Iterable[EarlierEvent]) -> tuple[EarlierStory, ...]:
    """Return the stories that stand after `events`, each page once, in the order in which they were taken in."""
    standing: dict[str, EarlierStory] = {}
    for event in events:
        for story in event.stories:
            if event.event == "imported":
                standing.setdefault(page_key(story.url), story)
            else:
                standing.pop(page_key(story.url), None)
    return tuple(standing.values())


def unknown(stories: Iterable[EarlierStory], standing: Sequence[EarlierStory]) -> tuple[EarlierStory, ...]:
    """Return those of `stories` whose page is not among `standing`, each page once."""
    known = {page_key(story.url) for story in standing}
    found = {page_key(story.url): story for story in reversed(list(stories))}
    return tuple(found[key] for key in reversed(found) if key not in known)
