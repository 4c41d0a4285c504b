"""A newsroom whose clock is set by hand: the command line, real files, and what `now` it is told."""

import contextlib
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from running import TOML, Done, digest, note

FEED_SOURCE = '[[sources]]\nname = "wire"\nkind = "feed"\npath = "wire.xml"\n'
ITEM = """<item><title>{title}</title><link>https://harbour.example/{slug}</link>{guid}{date}
<description>{body}</description></item>"""


class Desk:
    """A newsroom in a folder. `now` is what the clock shows, in the newsroom's zone ("2024-10-25 13:00")."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = "2024-10-25 13:00"
        self.items: dict[str, str] = {}
        self.configure(TOML)

    def configure(self, toml: str) -> None:
        """Write digest.toml."""
        (self.folder / "digest.toml").write_text(toml, encoding="utf-8")
        self.zone = ZoneInfo("America/New_York" if "New_York" in toml else "Europe/London")

    def story(self, slug: str, date: str, **fields: str) -> None:
        """Write a story as Markdown."""
        note(self.folder, slug, date, **fields)

    def item(self, slug: str, date: str, *, title: str = "", guid: str = "", key: str = "") -> None:
        """Put an item into the feed, in place of the one with that key (its slug, where none is given)."""
        stamped = f"<pubDate>{date}</pubDate>" if date else ""
        named = f'<guid isPermaLink="false">{guid}</guid>' if guid else ""
        told = " ".join(f"{key or slug}{number}" for number in range(80))
        title = title or f"The story of {slug}"
        self.items[key or slug] = ITEM.format(slug=slug, title=title, guid=named, date=stamped, body=told)
        self._publish()

    def drop(self, key: str) -> None:
        """Let an item fall out of the feed."""
        del self.items[key]
        self._publish()

    def _publish(self) -> None:
        items = "".join(self.items.values())
        feed = f'<rss version="2.0"><channel><title>The Harbour</title>{items}</channel></rss>'
        (self.folder / "wire.xml").write_text(feed, encoding="utf-8")
        toml = (self.folder / "digest.toml").read_text(encoding="utf-8")
        if FEED_SOURCE not in toml:
            self.configure(toml.replace("[[sections]]", f"{FEED_SOURCE}[[sections]]", 1))

    def run(self, *arguments: object, at: str = "") -> Done:
        """Run a command, at the time that the clock shows then and from now on."""
        self.now = at or self.now
        with self._clock():
            return digest(self.folder, *arguments)

    def done(self, *arguments: object, at: str = "") -> Done:
        """Run a command that must not fail."""
        done = self.run(*arguments, at=at)
        assert done.code == 0, done.err
        return done

    def send(self, label: str, at: str) -> None:
        """Build an issue and send it, at one time."""
        self.done("build", "--week", label, at=at)
        self.done("sent", label)

    def rows(self, label: str, *before: object) -> dict[str, Any]:
        """Return, by slug, what `digest articles` says of every article in reach of a week."""
        data = self.done(*before, "articles", "--week", label, "--json").data
        return {row["url"].rpartition("/")[2]: row for row in data["articles"]}

    def chosen(self, label: str, *before: object) -> set[str]:
        """Return the slugs of the stories that a week's issue takes."""
        return {slug for slug, row in self.rows(label, *before).items() if row["in"]}

    def reason(self, label: str, slug: str) -> tuple[str, str | None]:
        """Return why a story is in or out of a week's issue, and in which group it is on offer."""
        reason = self.rows(label)[slug]["reason"]
        return reason["code"], reason["offer"]

    @contextlib.contextmanager
    def _clock(self) -> Iterator[None]:
        """Set the one thing that a test cannot run: the clock, wherever a command has its own name for it."""
        instant = datetime.fromisoformat(self.now).replace(tzinfo=self.zone)
        with contextlib.ExitStack() as stack:
            for name, module in list(sys.modules.items()):
                if name.startswith("digest.cli.") and hasattr(module, "now"):
                    stack.enter_context(patch.object(module, "now", lambda: instant))
            yield
