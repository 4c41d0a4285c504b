"""A drafter that has seen everything change says, to the byte, what one says that has just come in."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from archive_samples import body, said
from digest.archive import open_archive
from digest.issues.ledger import add_event
from digest.model.article import Image as Picture
from digest.model.article import Sighting
from digest.model.ledger import Event
from digest.model.selection import Carried
from digest.pipeline.build import put
from digest.pipeline.gather import find_window
from digest.pipeline.newsroom import open_newsroom
from digest.window import Wanted
from drafting_room import NOW, Studio
from drafting_room import said as words_of

MORE = """\
schema = 1
[magazine]
name = "The Harbour"
url = "https://harbour.example"
hosts = ["harbour.example"]
zone = "Europe/London"
address = "1 Quay Street, Harbour"
[pictures]
folder = "pictures"
images_url = "https://harbour.example/{label}/i"
[[sections]]
name = "Reporting"
weight = 2
pictures = true
cap = 3
[[sections]]
name = "Opinion"
summary = "dek"
[selection]
shortest = 10
minimum = 2
[[newsletters]]
name = "weekly"
theme = "THEME"
since = "2024-09-27 12:00"
"""

SHOWS = """\
{%- for entry in issue.entries %}
{{ entry.title.text }}
{% if entry.title.text | length > 12 and entry.picture %}{{ entry.picture.image.url }}{% endif %}
{{ entry.lead.text }}
{% endfor %}
{{ tag("unsubscribe") }} {{ tag("address") }}
"""
"""A text part that shows the pictures of stories with long headlines."""

STORIES = range(1, 9)
START = datetime(2024, 10, 18, 12, tzinfo=UTC)


def sighting(number: int, **fields: Any) -> Sighting:
    """Return what the feed says of a story: the eighth is nearly the seventh, the first one was the week before."""
    plain: dict[str, Any] = {
        "url": f"https://harbour.example/story-{number}",
        "title": f"Story {number} of the quay",
        "dek": f"What came of the {number} boats that went out, and of those who waited for them at home.",
        "section": "Opinion" if number % 3 == 0 else "Reporting",
        "authors": ("Ada Quill",),
        "published": START + timedelta(hours=18 * (number - 2)),
        "date_source": "feed",
        "blocks": body(f"quay{min(number, 7)}x", 90),
        "image": Picture(url=f"https://harbour.example/{number % 4}.jpg", alt="A quay") if number % 2 else None,
        "seen_at": START + timedelta(days=6),
    }
    return said(**(plain | fields))


def newsroom(folder: Path, theme: str) -> Path:
    (folder / "pictures").mkdir(parents=True)
    (folder / "digest.toml").write_text(MORE.replace("THEME", theme), encoding="utf-8")
    for number in (1, 3):
        paint(folder, number, 0)
    (folder / "templates" / theme).mkdir(parents=True)
    with closing(open_archive(folder / "articles.db")) as archive:
        archive.put([sighting(number) for number in STORIES])
    return folder


def paint(folder: Path, number: int, shade: int) -> None:
    Image.new("RGB", (640, 480), (shade, 90, 40 * number)).save(folder / "pictures" / f"{number}.jpg")


TEXTS = st.sampled_from(["", "Mine", "Another, of my own", "It is a long one. It has two sentences, and no more."])
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "do": st.sampled_from(["pin", "add", "drop", "hold"]),
        "slot": st.sampled_from(["lead", "story", "brief", "headline"]),
        "summary": st.sampled_from(["lead", "dek", "extract"]),
        "section": st.sampled_from(["Opinion", "Reporting", "Nowhere"]),
        "after": st.sampled_from(["", *(f"https://harbour.example/story-{number}" for number in STORIES)]),
        **dict.fromkeys(("headline", "byline", "kicker", "dek", "lead"), TEXTS),
        "image": st.sampled_from(["none", "https://harbour.example/3.jpg", "https://harbour.example/9.jpg"]),
        "credit": TEXTS,
    },
)
STORY = st.tuples(st.sampled_from(STORIES), FIELDS)
ISSUE = st.fixed_dictionaries({}, optional=dict.fromkeys(("subject", "preheader", "opening"), TEXTS))
EDITS = st.tuples(st.lists(STORY, max_size=4), ISSUE, st.booleans(), st.booleans())
CHANGED = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["A new headline", "Short", "Another new headline for it"]),
        "section": st.sampled_from(["Opinion", "Reporting"]),
        "blocks": st.integers(1, 9).map(lambda seed: body(f"quay{seed}x", 90)),
        "gone": st.just(True),  # noqa: FBT003 - a value
        "published": st.integers(-9, 9).map(lambda days: START + timedelta(days=days)),
    },
)
ACTIONS = st.one_of(
    st.tuples(st.just("edit"), EDITS),
    st.tuples(st.just("edit"), EDITS),
    st.tuples(st.just("edit"), EDITS),
    st.tuples(st.sampled_from(["said here", "said elsewhere"]), st.tuples(st.sampled_from(range(1, 11)), CHANGED)),
    st.tuples(st.just("earlier"), STORY),
    st.tuples(st.just("sent"), st.lists(st.sampled_from(STORIES), max_size=2)),
    st.tuples(st.just("corrected"), TEXTS.filter(bool)),
    st.tuples(st.just("waived"), TEXTS.filter(bool)),
    st.tuples(st.just("painted"), st.tuples(st.sampled_from([1, 2, 3]), st.sampled_from([0, 200]))),
    st.tuples(st.just("theme"), st.sampled_from(["theme.css", "email.txt", "none"])),
    st.tuples(st.just("put"), st.none()),
    st.tuples(st.just("later"), st.integers(1, 48)),
)


def toml(table: str, fields: dict[str, str]) -> str:
    return f"[{table}]\n" + "".join(f'{name} = "{value}"\n' for name, value in fields.items())


def story_table(number: int, fields: dict[str, str]) -> str:
    return toml("[story]", {"article": f"https://harbour.example/story-{number}", **fields})


class World:
    """A newsroom in which everything changes; `steps` count, so that no two sightings have the same time."""

    def __init__(self, folder: Path, at_work: Studio) -> None:
        self.folder, self.at_work = folder, at_work
        self.now = NOW - timedelta(hours=30)
        self.steps = count(1)
        self.earlier = at_work.edits.parent.with_name("2024-W42")
        self.drafter = at_work.drafter()

    def edit(self, edits: Any) -> None:
        stories, issue, link, correction = edits
        tables = [story_table(*story) for story in stories] + [toml("issue", issue)]
        tables += [toml("[link]", {"url": "https://else.example/a", "title": "Elsewhere"})] * link
        tables += [toml("[correction]", {"of": "2024-W42"})] * correction
        self.at_work.edit("\n".join(tables))

    def said_here(self, said_of: Any) -> None:
        number, fields = said_of
        seen = START + timedelta(days=6, minutes=next(self.steps))
        self.at_work.archive.put([sighting(number, **fields, seen_at=seen)])

    def said_elsewhere(self, said_of: Any) -> None:
        number, fields = said_of
        seen = START + timedelta(days=6, minutes=next(self.steps))
        with closing(open_archive(self.folder / "articles.db")) as archive:
            archive.put([sighting(number, **fields, seen_at=seen)])

    def in_earlier(self, story: Any) -> None:
        self.sure_of_earlier()
        (self.earlier / "edits.toml").write_text(f"schema = 1\n{story_table(*story)}", encoding="utf-8")

    def sent(self, numbers: list[int]) -> None:
        self.sure_of_earlier()

        carried = tuple(Carried(id="", url=f"https://harbour.example/story-{number}") for number in numbers)
        start = self.at_work.window.start
        at = start + timedelta(minutes=next(self.steps))
        event = Event(event="sent", at=at, start=start - timedelta(days=7), end=start, carried=carried)
        add_event(self.earlier / "delivery.jsonl", event)

    def corrected(self, text: str) -> None:
        self.sure_of_earlier()
        at = self.at_work.window.start + timedelta(minutes=next(self.steps))
        add_event(self.earlier / "delivery.jsonl", Event(event="corrected", at=at, by="Ada", note=text))

    def waived(self, text: str) -> None:
        self.at_work.edits.parent.mkdir(parents=True, exist_ok=True)
        event = Event(event="waived", at=self.now, by="Ada", code="date-wrong", content=text, note="I know")
        add_event(self.at_work.edits.parent / "delivery.jsonl", event)

    def sure_of_earlier(self) -> None:
        if not (self.earlier / "issue.json").exists():
            window = find_window(self.at_work.room, Wanted(week="2024-W42"), self.now)

            drafted = replace(self.at_work, window=window).drafter().draft(self.now)
            put(self.at_work.room.shelf.issue("2024-W42"), replace(drafted, refused=None))

    def painted(self, which: tuple[int, int]) -> None:
        paint(self.folder, *which)

    def theme(self, name: str) -> None:
        folder = self.folder / "templates" / self.at_work.room.newsletter.theme
        for file in folder.iterdir():
            file.unlink()
        if name == "email.txt":
            (folder / name).write_text(SHOWS, encoding="utf-8")
        elif name == "theme.css":
            (folder / name).write_text("p { margin: 3px }\n", encoding="utf-8")

    def put(self, _: None) -> None:
        drafted = self.drafter.draft(self.now)
        if drafted.refused is None:
            put(self.at_work.room.shelf.issue("2024-W43"), drafted)

    def later(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @property
    def acts(self) -> dict[str, Callable[[Any], None]]:
        return {
            "edit": self.edit,
            "said here": self.said_here,
            "said elsewhere": self.said_elsewhere,
            "earlier": self.in_earlier,
            "sent": self.sent,
            "corrected": self.corrected,
            "waived": self.waived,
            "painted": self.painted,
            "theme": self.theme,
            "put": self.put,
            "later": self.later,
        }

    def agrees(self) -> None:
        """Compare with a drafter that comes in now, with a newsroom and an archive of its own."""
        known = words_of(self.drafter.draft(self.now))
        with closing(open_archive(self.folder / "articles.db")) as archive:
            fresh = Studio(open_newsroom(self.folder), archive, self.at_work.window).drafter()
            assert words_of(fresh.draft(self.now)) == known


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("rooms")
    return {theme: newsroom(folder / theme, theme) for theme in ("roundup", "headlines")}


@pytest.fixture(scope="module")
def numbers() -> Iterator[int]:
    return count()


def lived(rooms: dict[str, Path], theme: str, actions: list[tuple[str, Any]], number: int) -> None:
    folder = rooms[theme].with_name(f"{theme}-{number}")
    shutil.copytree(rooms[theme], folder)
    room = open_newsroom(folder)
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder)
        archive = stack.enter_context(closing(open_archive(room.archive_path)))
        world = World(folder, Studio(room, archive, find_window(room, Wanted(week="2024-W43"), NOW)))
        world.agrees()
        for name, what in actions:
            world.acts[name](what)
            world.agrees()


_SHARED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=12, deadline=None, suppress_health_check=_SHARED)
@given(theme=st.sampled_from(["roundup", "headlines"]), actions=st.lists(ACTIONS, min_size=4, max_size=8))
def test_what_is_remembered_is_never_out_of_date(
    rooms: dict[str, Path], numbers: Iterator[int], theme: str, actions: list[tuple[str, Any]]
) -> None:
    lived(rooms, theme, actions, next(numbers))


@pytest.mark.heavy
@settings(max_examples=200, deadline=None, suppress_health_check=_SHARED)
@given(theme=st.sampled_from(["roundup", "headlines"]), actions=st.lists(ACTIONS, min_size=10, max_size=30))
def test_what_is_remembered_is_never_out_of_date_in_long_lives(
    rooms: dict[str, Path], numbers: Iterator[int], theme: str, actions: list[tuple[str, Any]]
) -> None:
    lived(rooms, theme, actions, next(numbers))
