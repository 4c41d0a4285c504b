"""`digest ingest` asks a magazine as its owner would have it: robots.txt, pauses, what [fetch] says."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import running
from site_of_its_own import Answer, Site, magazine

FORBIDDING = "User-agent: *\nDisallow: /\n"


@pytest.fixture
def site() -> Iterator[Site]:
    with magazine() as site:
        yield site


def newsroom(folder: Path, site: Site, own: str = "https://elsewhere.example", fetch: str = "pause = 0") -> Path:
    source = f'[[sources]]\nname = "Lock"\nkind = "feed"\nurl = "{site.at("/excerpts.xml")}"\n'
    toml = f'schema = 1\n[magazine]\nname = "Lock"\nurl = "{own}"\n[fetch]\n{fetch}\n{source}'
    (folder / "digest.toml").write_text(toml, encoding="utf-8")
    return folder


def test_pages_that_robots_txt_forbids_are_not_asked_for_and_the_report_says_so(tmp_path: Path, site: Site) -> None:
    site.robots = FORBIDDING
    done = running.digest(newsroom(tmp_path, site), "ingest", "--since", "2020-01-01")
    assert set(site.asked) == {"/excerpts.xml", "/robots.txt"}
    assert site.asked["/robots.txt"] == 1
    assert done.code == 0
    assert "robots.txt of 127.0.0.1 forbids it" in done.out + done.err
    assert f"{len(site.live())} new" in done.out + done.err


def test_a_magazines_own_pages_are_asked_for(tmp_path: Path, site: Site) -> None:
    site.robots = FORBIDDING
    done = running.digest(newsroom(tmp_path, site, own=site.base), "ingest", "--since", "2020-01-01")
    assert (done.code, "forbids" in done.out + done.err) == (0, False)
    assert site.asked["/robots.txt"] == 0
    assert all(site.asked[f"/{piece.slug}/"] == 1 for piece in site.live())


def test_a_pause_of_digest_toml_is_kept(tmp_path: Path, site: Site) -> None:
    fetch = "pause = 0.3\nat_once = 1"
    running.digest(newsroom(tmp_path, site, own=site.base, fetch=fetch), "ingest", "--since", "2020-01-01")
    times = [asked.at for asked in site.seen]
    assert len(times) == len(site.live()) + 1
    assert times[-1] - times[1] > 0.3 * (len(times) - 2) - 0.1


def test_a_page_that_has_no_time_now_is_read_in_the_same_ingest(tmp_path: Path, site: Site) -> None:
    busy = [Answer(status=503, headers={"Retry-After": "1"})]
    slug = site.live()[0].slug
    site.routes[f"/{slug}/"] = lambda *_: busy.pop() if busy else None
    done = running.digest(newsroom(tmp_path, site, own=site.base), "ingest", "--since", "2020-01-01", "--json")
    assert (done.code, site.asked[f"/{slug}/"]) == (0, 2)
    assert done.data[0]["problems"] == []
