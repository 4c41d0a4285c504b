"""Behind an excerpt its page is read, once, from a queue that outlives whatever stops the ingest: over real HTTP."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import stamina

from archive_samples import said
from digest.archive import open_archive
from digest.model.article import Article
from digest.model.wanted import Wanted
from digest.pipeline.ingest.astray import astray
from newsrooms import articles, dump, room
from running import Done, digest
from site_of_its_own import Answer, Site, magazine

FEED, WHOLE = "/excerpts.xml", "/feed.xml"
GATE, EELS = "the-gate-that-would-not-close", "eels-in-the-culvert"
DOWN = Answer(status=503)


@pytest.fixture
def site() -> Iterator[Site]:
    with stamina.set_testing(True, attempts=1), magazine() as site:
        yield site


@pytest.fixture
def newsroom(site: Site, tmp_path: Path) -> Path:
    return room(tmp_path / "room", site, FEED)


def ingest(folder: Path, *more: str) -> Done:
    return digest(folder, "ingest", *more)


def pages(folder: Path, *more: str) -> dict[str, int]:
    """Ingest, and return what came of the pages."""
    [row] = ingest(folder, "--json", *more).data
    return {name: count for name, count in row["pages"].items() if isinstance(count, int) and count}


def article(folder: Path, slug: str) -> Article:
    return next(each for each in articles(folder) if slug in each.url)


def queued(folder: Path, tries: int = 99) -> tuple[Wanted, ...]:
    with closing(open_archive(folder / "articles.db")) as archive:
        return archive.wanted(tuple(archive.waiting(tries)), tries, 99)


def test_the_page_behind_an_excerpt_gives_the_body_and_the_feed_keeps_its_word(site: Site, newsroom: Path) -> None:
    assert ingest(newsroom).out == "excerpts: 5 new, 0 updated, 0 as before; pages: 5 read (5 updated)\n"
    gate, piece = article(newsroom, GATE), site.piece(GATE)
    assert [block.text for block in gate.blocks] == list(piece.text)
    assert (gate.title, gate.published, gate.date_source) == (piece.title, piece.published, "feed")
    assert queued(newsroom) == ()


def test_what_has_not_changed_is_asked_of_the_feed_alone_and_not_sent(site: Site, newsroom: Path) -> None:
    ingest(newsroom)
    site.asked.clear()
    assert pages(newsroom) == {}
    assert (dict(site.asked), dict(site.unchanged)) == ({FEED: 1}, {FEED: 1})


def test_the_page_of_a_changed_item_is_asked_for_again_and_no_other(site: Site, newsroom: Path) -> None:
    ingest(newsroom)
    site.asked.clear()
    site.change(GATE, title="The gate that closed", text=("It closed on Friday.", *site.piece(GATE).text[1:]))
    assert pages(newsroom) == {"read": 1}
    assert dict(site.asked) == {FEED: 1, f"/{GATE}/": 1}
    assert article(newsroom, GATE).blocks[0].text == "It closed on Friday."


def test_a_changed_item_with_an_unchanged_page_costs_no_body(site: Site, newsroom: Path) -> None:
    ingest(newsroom)
    site.answer(f"/{GATE}/", site.answered(f"/{GATE}/"))
    site.change(GATE, title="The gate that closed")
    assert pages(newsroom) == {"unchanged": 1}
    assert site.unchanged[f"/{GATE}/"] == 1


def test_no_page_is_read_of_a_feed_with_whole_bodies_nor_beside_one(site: Site, tmp_path: Path) -> None:
    ingest(room(tmp_path / "whole", site, WHOLE))
    ingest(room(tmp_path / "both", site, FEED, WHOLE))
    assert set(site.asked) == {FEED, WHOLE}


def test_a_source_may_have_all_its_pages_read_or_none(site: Site, tmp_path: Path) -> None:
    assert pages(room(tmp_path / "always", site, WHOLE, more='pages = "always"\n')) == {"read": 5}
    assert pages(room(tmp_path / "never", site, FEED, more='pages = "never"\n')) == {}
    assert queued(tmp_path / "never") == ()


def test_a_page_that_fails_is_left_for_the_next_ingest(site: Site, newsroom: Path) -> None:
    site.answer(f"/{EELS}/", DOWN)
    done = ingest(newsroom)
    assert "pages: 4 read (4 updated), 1 left for next time (http" in done.out
    assert f"/{EELS}/: the server answered 503" in done.out
    assert (done.code, done.err) == (0, "")
    del site.answers[f"/{EELS}/"]
    assert pages(newsroom) == {"read": 1}
    assert len(article(newsroom, EELS).blocks) == len(site.piece(EELS).text)


def test_a_page_that_failed_five_times_is_a_row_of_the_report_and_is_asked_for_no_more(
    site: Site, newsroom: Path
) -> None:
    site.answer(f"/{EELS}/", DOWN)
    errors = [ingest(newsroom).err for _ in range(6)]
    assert [bool(err) for err in errors] == [False] * 4 + [True, False]
    assert f"/{EELS}/: asked for 5 times: the server answered 503" in errors[4]
    asked = site.asked[f"/{EELS}/"]
    site.change(EELS, title="Eels, again")
    ingest(newsroom)
    assert site.asked[f"/{EELS}/"] > asked


def test_a_page_without_an_article_may_have_one_tomorrow(site: Site, newsroom: Path) -> None:
    site.answer(
        f"/{EELS}/", Answer(body=b"<html><title>Back soon</title></html>", headers={"Content-Type": "text/html"})
    )
    assert pages(newsroom) == {"read": 4, "failed": 1, "left": 1}
    [left] = queued(newsroom)
    assert "the page holds no" in left.error
    del site.answers[f"/{EELS}/"]
    assert pages(newsroom) == {"read": 1}


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_was_taken_down_makes_its_article_gone_until_it_answers_again(
    site: Site, newsroom: Path, status: int
) -> None:
    ingest(newsroom)
    site.change(EELS, title="Eels, mended")
    site.answer(f"/{EELS}/", Answer(status=status))
    assert pages(newsroom) == {"gone": 1, "left": 1}
    assert article(newsroom, EELS).gone
    del site.answers[f"/{EELS}/"]
    assert pages(newsroom) == {"read": 1}
    assert not article(newsroom, EELS).gone


def test_a_page_that_has_moved_to_the_front_page_for_good_is_gone(site: Site, newsroom: Path) -> None:
    ingest(newsroom)
    site.change(EELS, title="Eels, mended")
    site.answer(f"/{EELS}/", Answer(status=301, headers={"Location": site.at("/")}))
    assert pages(newsroom) == {"gone": 1, "left": 1}
    assert article(newsroom, EELS).gone


@pytest.mark.parametrize("status", [301, 302])
def test_a_page_that_was_moved_is_still_the_page_of_its_item(site: Site, newsroom: Path, status: int) -> None:
    site.answer(f"/{EELS}/", Answer(status=status, headers={"Location": site.at(f"/{EELS}-again/")}))
    site.answer(f"/{EELS}-again/", replace(site.answered(f"/m/{EELS}/"), status=200))
    assert pages(newsroom) == {"read": 5}
    assert len(articles(newsroom)) == 5
    assert len(article(newsroom, EELS).blocks) == len(site.piece(EELS).text)


LOGIN = b"""<html><head><title>Log in</title></head><body><h1>Log in</h1><p>Log in with the address that you gave us as
you subscribed, or become a subscriber today and read every story that we have.</p><p>Forgotten your password? We will
send you a new one to the address that you gave us when you subscribed.</p></body></html>"""


def shut(site: Site, status: int, login: str) -> None:
    """Send whoever wants a story to a page for all; of each story its own where `login` has a place for its slug."""
    for piece in site.pieces:
        at = login.format(piece.slug)
        site.answer(f"/{piece.slug}/", Answer(status=status, headers={"Location": site.at(at)}))
        site.answer(at, Answer(body=LOGIN, headers={"Content-Type": "text/html"}))


@pytest.mark.parametrize("status", [301, 302])
@pytest.mark.parametrize("login", ["/login/", "/login/?to={}"])
@pytest.mark.parametrize("path", [FEED, "/news-sitemap.xml", "/sitemaps/2024-10.xml"])
def test_a_login_page_to_which_stories_are_redirected_is_none(
    site: Site, tmp_path: Path, status: int, login: str, path: str
) -> None:
    folder = room(tmp_path / "room", site, path, more="" if path == FEED else 'kind = "sitemap"\n')
    shut(site, status, login)
    [row] = ingest(folder, "--since", "2024-10-01", "--json").data
    assert (row["pages"]["read"], row["pages"]["failed"], row["pages"]["left"]) == (0, 5, 5)
    assert "/login/" in row["pages"]["error"]
    assert "leads to another page" in row["pages"]["error"]
    assert not [each for each in articles(folder) if "Log in" in each.title]
    site.answers.clear()
    assert pages(folder) == {"read": 5}
    assert sorted(each.title for each in articles(folder)) == sorted(piece.title for piece in site.pieces)


def test_an_editors_date_makes_no_story_of_a_login_page(site: Site, newsroom: Path) -> None:
    site.answer(f"/{EELS}/", DOWN)
    ingest(newsroom)
    assert digest(newsroom, "date", site.at(f"/{EELS}/"), "2024-10-24").code == 0
    shut(site, 302, "/login/")
    assert pages(newsroom) == {"failed": 1, "left": 1}


def test_an_undated_story_of_a_sitemap_is_known_by_its_path_where_the_site_moved() -> None:
    assert astray("https://a.example/eels/", "https://b.example/eels", [said(title="Eels")], ()) == ""
    assert "'Eels'" in astray("https://a.example/eels/", "https://b.example/elvers", [said(title="Eels")], ())
    assert astray("https://a.example/eels/", "https://www.a.example/eels?utm_source=x", [said(title="Eels")], ()) == ""
    assert astray("https://a.example/eels/", "https://b.example/elvers", [], ()) == ""


def test_the_page_of_an_unknown_article_that_is_not_there_is_no_article(site: Site, tmp_path: Path) -> None:
    folder = room(tmp_path / "map", site, "/sitemaps/2024-10.xml", more='kind = "sitemap"\n')
    site.answer(f"/{EELS}/", Answer(status=404))
    assert pages(folder, "--since", "2024-10-01") == {"read": 4, "gone": 1, "left": 1}
    assert len(articles(folder)) == 4


def test_of_a_sitemap_each_page_is_read_once_and_again_when_it_says_so(site: Site, tmp_path: Path) -> None:
    folder = room(tmp_path / "map", site, "/sitemaps/2024-10.xml", more='kind = "sitemap"\n')
    assert pages(folder, "--since", "2024-10-01") == {"read": 5}
    assert pages(folder, "--since", "2024-10-01") == {}
    piece = site.change(EELS, title="Eels, mended", updated=site.piece(EELS).published + timedelta(days=1))
    assert pages(folder, "--since", "2024-10-01") == {"read": 1}
    assert article(folder, EELS).title == piece.title


def test_mere_addresses_are_no_items_of_their_source_and_none_of_them_is_undated(site: Site, tmp_path: Path) -> None:
    folder = room(tmp_path / "map", site, "/sitemaps/2024-10.xml", more='kind = "sitemap"\n')
    done = ingest(folder, "--since", "2024-10-01", "--json")
    [row] = done.data
    assert (row["pages"]["read"], row["state"]["items"], row["state"]["undated"]) == (5, 0, 0)
    assert (row["state"]["error"], done.err) == ("", "")


def test_offline_the_queue_stays_as_it_is(site: Site, newsroom: Path) -> None:
    site.answer(f"/{EELS}/", DOWN)
    ingest(newsroom)
    before = queued(newsroom)
    assert "offline: not fetched; pages: 1 left for next time" in ingest(newsroom, "--offline").out
    assert queued(newsroom) == before


def test_only_the_pages_of_a_named_source_are_read_with_it(site: Site, tmp_path: Path) -> None:
    folder = room(tmp_path / "two", site, FEED, "/news-sitemap.xml")
    site.answer(f"/{EELS}/", DOWN)
    ingest(folder, "--source", "excerpts")
    asked = site.asked[f"/{EELS}/"]
    ingest(folder, "--source", "news-sitemap")
    assert site.asked[f"/{EELS}/"] == asked


def test_followed_pages_are_kept_and_read_anew_without_the_site(site: Site, newsroom: Path) -> None:
    ingest(newsroom)
    site.asked.clear()
    toml = (newsroom / "digest.toml").read_text(encoding="utf-8")
    (newsroom / "digest.toml").write_text(f'{toml}section = "Water"\n', encoding="utf-8")
    for source in ((), ("--source", "excerpts")):
        done = ingest(newsroom, "--again", *source)
        assert (done.code, done.out) == (0, "excerpts (pages): 0 new, 0 updated, 5 as before\n")
    assert not site.asked


def test_what_an_ingest_was_stopped_over_is_read_by_the_next_build(site: Site, newsroom: Path) -> None:
    week = ("--week", "2024-W43", "--thin-ok")
    digest(newsroom, "build", *week)
    asked = site.asked[f"/{EELS}/"]
    assert digest(newsroom, "build", *week, "--json").data["read"] == []
    assert site.asked[f"/{EELS}/"] == asked
    with closing(open_archive(newsroom / "articles.db")) as archive:
        archive.put([said("excerpts", url=site.at(f"/{EELS}/"), title="Eels in the culvert, again")], pages="auto")
    [read] = digest(newsroom, "build", *week, "--json").data["read"]
    assert read["pages"]["unchanged"] == 1
    assert queued(newsroom) == ()


def test_what_waits_for_its_page_is_read_under_the_sources_new_name(site: Site, newsroom: Path) -> None:
    site.answer(f"/{GATE}/", Answer(status=503))
    assert pages(newsroom)["failed"] == 1
    del site.answers[f"/{GATE}/"]
    toml = newsroom / "digest.toml"
    toml.write_text(
        toml.read_text(encoding="utf-8").replace('name = "excerpts"', 'name = "summaries"'), encoding="utf-8"
    )
    assert pages(newsroom)["read"] >= 1
    assert queued(newsroom) == ()
    assert [block.text for block in article(newsroom, GATE).blocks] == list(site.piece(GATE).text)


@pytest.mark.parametrize("then", ["auto", "always"])
def test_pages_that_were_not_wanted_at_first_are_read_when_they_are_and_once(
    site: Site, newsroom: Path, then: str
) -> None:
    toml = newsroom / "digest.toml"
    plain = toml.read_text(encoding="utf-8")
    toml.write_text(f'{plain}pages = "never"\n', encoding="utf-8")
    assert pages(newsroom) == {}
    toml.write_text(f'{plain}pages = "{then}"\n', encoding="utf-8")
    assert pages(newsroom) == {"read": 5}
    site.change(GATE, title="A mended headline")
    site.asked.clear()
    ingest(newsroom)
    assert [path for path in site.asked if path != FEED] == [f"/{GATE}/"]


def test_what_a_source_answered_that_is_read_in_another_way_now_is_forgotten(newsroom: Path) -> None:
    def known() -> int:
        return sum(row.startswith('INSERT INTO "fetched"') for row in dump(newsroom))

    ingest(newsroom)
    before, path = known(), newsroom / "digest.toml"
    assert before == 6
    text = path.read_text(encoding="utf-8")
    path.write_text(f'{text}section = "News"\n', encoding="utf-8")
    ingest(newsroom)
    assert known() <= before
    path.write_text(text.partition("[[sources]]")[0], encoding="utf-8")
    (newsroom / "other").mkdir()
    with path.open("a", encoding="utf-8") as file:
        file.write('[[sources]]\nname = "other"\npath = "other"\n')
    ingest(newsroom)
    assert known() == 0


def test_a_program_is_told_of_a_source_what_it_came_to_and_not_what_the_next_reading_needs(newsroom: Path) -> None:
    [row] = ingest(newsroom, "--json").data
    assert row["state"]["items"] == 5
    assert "listed" not in row["state"]
    built = digest(newsroom, "build", "--week", "2024-W43", "--thin-ok", "--json").data
    assert built["sources"][0]["items"] == 5
    assert "listed" not in built["sources"][0]
