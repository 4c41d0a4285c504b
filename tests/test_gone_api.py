"""What an API no longer lists is gone, and no unsent issue brings it; over loopback, through the command line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine

from running import Done, digest
from site_apis import Ghost, WordPress
from site_articles import LATEST, generated
from site_of_its_own import Answer, Site, magazine
from test_cli_init_site import DAY, HOUR, WEEK

TOML = """\
schema = 1
[magazine]
name = "Lock & Weir"
url = "{base}"
zone = "Europe/London"
[fetch]
pause = 0
[[sources]]
name = "CMS"
kind = "{kind}"
url = "{base}"
{key}
"""


@pytest.fixture
def site() -> Iterator[Site]:
    with magazine(generated(30)) as site:
        yield site


@pytest.fixture(params=["wordpress", "ghost"])
def room(request: pytest.FixtureRequest, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    if request.param == "ghost":
        monkeypatch.setenv("WEIR_KEY", Ghost(site).key)
    else:
        WordPress(site)
    key = 'key = "WEIR_KEY"' if request.param == "ghost" else ""
    text = TOML.format(base=site.base, kind=request.param, key=key)
    (tmp_path / "digest.toml").write_text(text, encoding="utf-8")
    return tmp_path


def run(folder: Path, *arguments: str, hours: int = 1) -> Done:
    with time_machine.travel(LATEST + hours * HOUR, tick=True):
        return digest(folder, *arguments)


def reasons(folder: Path) -> dict[str, str]:
    rows: list[Any] = run(folder, "articles", *WEEK, "--json").data["articles"]
    return {row["url"].split("/")[3]: row["reason"]["code"] for row in rows}


@pytest.mark.parametrize("place", [0, 7], ids=["the newest", "another"])
def test_a_story_that_was_taken_down_is_in_no_unsent_issue_and_may_come_back(
    site: Site, room: Path, place: int
) -> None:
    assert run(room, "ingest").code == 0
    slug = site.live()[place].slug
    assert reasons(room)[slug] == "chosen"
    site.take_down(slug)
    assert ", 0 updated, " in (line := run(room, "ingest", hours=2).out)
    assert line.rstrip().endswith(", 1 gone")
    told = reasons(room)
    assert told[slug] == "gone"
    assert list(told.values()).count("gone") == 1
    assert slug not in run(room, "build", *WEEK, "--json", hours=2).out
    assert f"/{slug}/" not in (room / "issues/2024-W43/email.html").read_text(encoding="utf-8")
    site.change(slug, status=200)
    assert run(room, "ingest", hours=3).code == 0
    assert reasons(room)[slug] == "chosen"


def test_a_list_that_breaks_down_takes_nothing_back(site: Site, room: Path) -> None:
    run(room, "ingest")
    for piece in site.live()[3:]:
        site.take_down(piece.slug)
    done = run(room, "ingest", hours=2)
    assert "gone" not in reasons(room).values()
    assert "items that it had are gone, 3 are there" in done.err
    for piece in list(site.pieces):
        site.change(piece.slug, status=200)
    site.routes["/wp-json/"] = site.routes["/ghost/api/content/"] = lambda *_: Answer(status=503)
    site.take_down(site.pieces[0].slug)
    run(room, "ingest", hours=3)
    assert "gone" not in reasons(room).values()


def test_what_is_older_than_what_is_asked_for_is_not_gone(site: Site, room: Path) -> None:
    old = site.live()[-1]
    site.change(old.slug, published=LATEST - 40 * DAY)
    run(room, "ingest")
    run(room, "ingest", hours=2)  # two weeks before the newest is where it begins to ask
    found = run(room, "articles", "--week", "2024-W38", "--json").data["articles"]
    assert [row["reason"]["code"] for row in found if old.slug in row["url"]] == ["chosen"]


def test_a_story_that_is_put_behind_a_password_is_gone(site: Site, tmp_path: Path) -> None:
    cms = WordPress(site)
    (tmp_path / "digest.toml").write_text(TOML.format(base=site.base, kind="wordpress", key=""), encoding="utf-8")
    run(tmp_path, "ingest")
    piece = site.live()[4]
    assert reasons(tmp_path)[piece.slug] == "chosen"
    cms.extra[piece.number] = {"content": {"rendered": "", "protected": True}}
    run(tmp_path, "ingest", hours=2)
    assert reasons(tmp_path)[piece.slug] == "gone"
