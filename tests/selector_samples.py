"""Articles, windows and briefs for the selector's tests: weeks from Friday noon to Friday noon, 2024-W40 the first."""

from datetime import UTC, datetime, timedelta
from typing import Any

from digest.model.article import Article, Block
from digest.model.edits import Edits, StoryEdit
from digest.model.selection import Carried, Reason, Selection, SentIssue
from digest.model.window import Window
from digest.selector.rules import Brief, Rules
from digest.text.words import fingerprint

WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
FIRST = datetime(2024, 9, 27, 12, tzinfo=UTC)
"""The start of 2024-W40."""


def week(number: int) -> Window:
    """Return the week that is `number` weeks after the first."""
    start = FIRST + number * WEEK
    return Window(start=start, end=start + WEEK, kind="week", label=f"2024-W{40 + number}", zone="UTC")


def day(number: float) -> datetime:
    """Return the instant that is `number` days after the first week's start."""
    return FIRST + number * DAY


def body(seed: str, count: int = 60) -> tuple[Block, ...]:
    """Return a body of `count` words that the body of no other seed has."""
    return (Block(text=" ".join(f"{seed}x{number}" for number in range(count))),)


def article(id_: str, published: datetime | None = FIRST + DAY, **fields: Any) -> Article:
    """Return an article that nothing speaks against in the first week: seen an hour after it was published."""
    blocks = fields.pop("blocks", body(id_))
    given: dict[str, Any] = {
        "id": id_,
        "title": f"Story {id_}",
        "url": f"https://mag.example/{id_}",
        "published": published,
        "first_seen": (published or FIRST) + HOUR,
        "blocks": blocks,
        "fingerprint": fingerprint(block.text for block in blocks),
    }
    return Article(**(given | fields))


def brief(window: Window | None = None, *edits: StoryEdit, rules: Rules | None = None, **fields: Any) -> Brief:
    """Return a brief for the first week, without limits on the number of stories."""
    return Brief(window=window or week(0), rules=rules or Rules(), edits=Edits(stories=edits), **fields)


def sent(number: int, *articles: Article, after: timedelta = HOUR) -> SentIssue:
    """Return the issue of a week as its ledger has it, sent some time after the week was over."""
    window = week(number)
    carried = (Carried(id=it.id, aliases=it.aliases, url=it.url, fingerprint=it.fingerprint) for it in articles)
    return SentIssue(
        label=window.label, start=window.start, end=window.end, sent_at=window.end + after, carried=tuple(carried)
    )


def reasons(selection: Selection) -> dict[str, Reason]:
    """Return the reason of every article in reach, by id."""
    chosen = {choice.article.id: choice.reason for choice in selection.chosen}
    return chosen | {left.article.id: left.reason for left in selection.left_out}


def order(selection: Selection) -> list[str]:
    """Return the ids of the chosen in the issue's order."""
    return [choice.article.id for choice in selection.chosen]


def slots(selection: Selection) -> dict[str, str]:
    """Return the slots of the chosen by id."""
    return {choice.article.id: choice.slot for choice in selection.chosen}
