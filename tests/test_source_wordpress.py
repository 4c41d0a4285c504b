"""WordPress's REST API as a source: what its posts say, how all of a span is asked for, and what it says no to."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from digest.model.article import Document, Image, Problem, Sighting
from digest.model.page import Page
from digest.sources import Reading, SourceSettings, open_source
from digest.sources.retrieving.wordpress import listings
from digest.sources.retrieving.wordpress_api import find_api, named_api
from digest.web import Web
from site_apis import WordPress
from site_articles import LATEST, generated
from site_of_its_own import Answer, Site, magazine
from sources_making import READING, document, parsed, problem

DAY = timedelta(days=1)


@pytest.fixture
def web() -> Iterator[Web]:
    with Web(named=("127.0.0.1",)) as web:
        yield web


@pytest.fixture
def site() -> Iterator[Site]:
    with magazine() as site:
        yield site


@pytest.fixture
def cms(site: Site) -> WordPress:
    return WordPress(site)


def read(
    site: Site, web: Web, since: datetime | None = None, until: datetime | None = None
) -> list[Sighting | Problem]:
    reading = replace(READING, web=web, site=site.base, since=since, until=until)
    source = open_source(
        SourceSettings(name="quay", at=f"{site.base}/", kind="wordpress"), folder=Path("nowhere"), reading=reading
    )
    found = [source.parse(each) if isinstance(each, Document) else [each] for each in source.documents()]
    return list(chain.from_iterable(found))


def posts(site: Site, web: Web, since: datetime | None = None, until: datetime | None = None) -> dict[str, Sighting]:
    """Return what was said, by slug; nothing went wrong, and nothing was said twice."""
    found = read(site, web, since, until)
    assert not [each for each in found if isinstance(each, Problem)]
    said = {each.url.split("/")[3]: each for each in found if isinstance(each, Sighting)}
    assert len(said) == len(found)
    return said


def row(site: Site, web: Web, since: datetime | None = None) -> Problem:
    [found] = [each for each in read(site, web, since) if isinstance(each, Problem)]
    return found


SCHEMA: Mapping[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("date", "date_gmt", "link", "modified", "modified_gmt", "slug", "status", "type", "format"), str),
    **dict.fromkeys(("id", "author", "featured_media"), int),
    **dict.fromkeys(("guid", "title", "content", "excerpt", "_links"), dict),
    **dict.fromkeys(("meta",), (dict, list)),
    **dict.fromkeys(("comment_status", "ping_status", "template"), str),
    **dict.fromkeys(("categories", "tags"), list),
    "sticky": bool,
}
"""The fields of a post and their types: developer.wordpress.org/rest-api/reference/posts, for the context "view"."""


def test_the_tests_own_api_answers_in_the_documented_shape(site: Site, cms: WordPress) -> None:
    answer = cms.route("/wp/v2/posts", {"_embed": ""})
    for post in json.loads(answer.body):
        assert {name: isinstance(post.get(name), kind) for name, kind in SCHEMA.items()} == dict.fromkeys(SCHEMA, True)
        assert set(post) == {*SCHEMA, "_embedded"}
        assert all(isinstance(post[name]["rendered"], str) for name in ("guid", "title", "content", "excerpt"))
        assert all(isinstance(post[name]["protected"], bool) for name in ("content", "excerpt"))
        assert datetime.fromisoformat(post["date_gmt"]).tzinfo is None
    assert answer.headers["X-WP-Total"] == str(len(site.pieces))
    assert "_embedded" not in json.loads(cms.route("/wp/v2/posts", {"_embed": "", "_fields": "id"}).body)[0]


def test_a_post_says_all_that_an_issue_asks_for(site: Site, web: Web, cms: WordPress) -> None:
    said = posts(site, web)["the-gate-that-would-not-close"]
    piece = site.piece("the-gate-that-would-not-close")
    assert cms.asked
    assert (said.title, said.url, said.guid) == (piece.title, site.at(f"/{piece.slug}/"), f"{site.base}/?p=105")
    assert (said.section, said.tags, said.authors) == ("Reports", ("Water & weirs",), ("Oona Marl",))
    assert (said.dek, [block.text for block in said.blocks]) == (piece.dek, list(piece.text))
    assert (said.published, said.precision, said.date_source, said.updated) == (LATEST, "instant", "api", None)
    assert said.image == Image(
        url=site.at("/pictures/gate.png?1536"),
        alt="Seen from the towpath",
        credit="Tam Reedy",
        caption="The upper gate in March.",
        width=1536,
        height=1024,
    )
    assert posts(site, web)["a-toll-for-swans"].updated == LATEST - DAY


def test_times_are_utc_even_where_the_sites_clocks_are_not(site: Site, web: Web, cms: WordPress) -> None:
    assert json.loads(cms.route("/wp/v2/posts", {}).body)[0]["date"] == "2024-10-25T10:30:00"
    assert posts(site, web)["the-gate-that-would-not-close"].published == datetime(2024, 10, 25, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "published"),
    [
        ({"date_gmt": None}, datetime(2024, 10, 25, 9, 30, tzinfo=UTC)),
        ({"date_gmt": "0000-00-00T00:00:00"}, datetime(2024, 10, 25, 9, 30, tzinfo=UTC)),
        ({"date_gmt": "2024-10-25T08:00:00Z"}, datetime(2024, 10, 25, 8, tzinfo=UTC)),
    ],
)
def test_a_date_without_utc_is_told_by_the_magazines_clocks(
    site: Site, web: Web, cms: WordPress, fields: dict[str, Any], published: datetime
) -> None:
    cms.extra[105] = fields
    assert posts(site, web)["the-gate-that-would-not-close"].published == published


def test_an_excerpt_that_nobody_wrote_is_no_dek(site: Site, web: Web, cms: WordPress) -> None:
    assert "[&hellip;]" in json.loads(cms.route("/wp/v2/posts", {"order": "asc"}).body)[1]["excerpt"]["rendered"]
    assert posts(site, web)["dredging-by-moonlight"].dek == ""
    opening = " ".join(" ".join(site.piece("eels-in-the-culvert").text).split()[:25])
    cms.extra[104] = {"excerpt": {"rendered": f"<p>{opening} <a>Continue reading</a></p>", "protected": False}}
    assert posts(site, web)["eels-in-the-culvert"].dek == ""


def test_what_is_embedded_may_be_refused(site: Site, web: Web, cms: WordPress) -> None:
    refused = {"code": "rest_user_invalid_id", "message": "Invalid user ID.", "data": {"status": 404}}
    hidden = {"code": "rest_forbidden", "message": "No.", "data": {"status": 401}}
    terms = [refused, [{"name": "Uncategorized", "taxonomy": "category"}], [{"name": "Ada S", "taxonomy": "author"}]]
    cms.extra[105] = {"_embedded": {"author": [refused], "wp:featuredmedia": [hidden], "wp:term": terms}}
    said = posts(site, web)["the-gate-that-would-not-close"]
    assert (said.authors, said.image, said.section, said.tags) == ((), None, "", ())


def test_a_picture_of_no_size_is_the_original_and_a_film_is_none(site: Site, web: Web, cms: WordPress) -> None:
    whole = site.at("/pictures/gate.png")
    bare = {"source_url": whole, "media_type": "image", "media_details": []}
    cms.extra[105] = {"_embedded": {"wp:featuredmedia": [bare]}}
    assert posts(site, web)["the-gate-that-would-not-close"].image == Image(url=whole)
    cms.extra[105] = {"_embedded": {"wp:featuredmedia": [{**bare, "media_type": "file"}]}}
    assert posts(site, web)["the-gate-that-would-not-close"].image is None
    small = {"large": {"source_url": f"{whole}?1400", "width": 1400, "height": "933"}, "broken": None}
    sized = {**bare, "media_details": {"width": "6000", "height": 4000, "sizes": small}}
    cms.extra[105] = {"_embedded": {"wp:featuredmedia": [sized]}}
    found = posts(site, web)["the-gate-that-would-not-close"].image
    assert found == Image(url=f"{whole}?1400", width=1400, height=933)
    small["large"]["height"] = None  # type: ignore[index] # it is there
    found = posts(site, web)["the-gate-that-would-not-close"].image
    assert found == Image(url=whole, width=6000, height=4000)


def test_a_post_behind_a_password_is_left_out_with_a_row(site: Site, web: Web, cms: WordPress) -> None:
    for field in ("content", "excerpt"):
        cms.extra[105] = {field: {"rendered": "<p>The secret of the hinge.</p>", "protected": True}}
        found = read(site, web)
        assert len([each for each in found if isinstance(each, Sighting)]) == 4
        [left] = [each for each in found if isinstance(each, Problem)]
        assert left.message == f"left out, for a password protects it: {site.base}/the-gate-that-would-not-close/"
        assert not left.incomplete
        assert "hinge" not in repr(found)
        assert "cost" not in repr(found)


@pytest.mark.parametrize(("fields", "kind"), [({"type": "page"}, "page"), ({"status": "draft"}, "post")])
def test_what_is_no_published_post_is_left_out_with_a_row(
    site: Site, web: Web, cms: WordPress, fields: dict[str, Any], kind: str
) -> None:
    cms.extra[104] = fields
    message = f"left out, for it is no published post but {kind}: {site.base}/eels-in-the-culvert/"
    assert row(site, web).message == message


def test_a_sticky_post_is_a_post_like_any_other(site: Site, web: Web, cms: WordPress) -> None:
    cms.extra[101] = {"sticky": True}
    assert len(posts(site, web)) == 5
    assert "why-the-ferry-waits" not in posts(site, web, LATEST - 3 * DAY)


def test_all_of_a_span_comes_in_whole_answers_and_once(web: Web) -> None:
    pieces = generated(130)
    with magazine(pieces) as site:
        cms = WordPress(site)
        since, until = pieces[119].published, pieces[9].published
        found = posts(site, web, since, until)
        wanted = {piece.slug for piece in pieces if since <= piece.published < until}
        assert set(found) == wanted
        assert len(wanted) == 110
        asked = [query for query in cms.asked if "orderby" in query]
        assert [query["page"] for query in asked] == ["1", "2", "3", "1"]
        assert set(asked[0]["_fields"].split(",")) >= {"_links", "_embedded", "content"}


def test_what_is_older_and_was_changed_comes_too(site: Site, web: Web, cms: WordPress) -> None:
    site.publish(replace(site.pieces[1], number=90, slug="back-dated", published=LATEST - 90 * DAY, updated=LATEST))
    site.publish(replace(site.pieces[1], number=91, slug="old", published=LATEST - 91 * DAY, updated=LATEST - 80 * DAY))
    found = posts(site, web, LATEST - 3 * DAY)
    assert "back-dated" in found
    assert "old" not in found
    assert "back-dated" not in posts(site, web, LATEST - 3 * DAY, LATEST - DAY)
    assert len(cms.asked) > 2


def test_an_old_wordpress_that_lists_all_as_changed_is_asked_once(web: Web) -> None:
    with magazine(generated(300)) as site:
        cms = WordPress(site, old=True)
        since = site.pieces[10].published
        found = posts(site, web, since)
        assert {piece.slug for piece in site.pieces[:11]} <= set(found)
        assert [query["page"] for query in cms.asked if query.get("orderby") == "modified"] == ["1"]


def test_bounds_are_asked_for_so_that_no_instant_is_lost() -> None:
    since, until = datetime(2024, 10, 11, tzinfo=UTC), datetime(2024, 10, 25, 1, tzinfo=UTC)
    first, second = (dict(each.query) for each in listings(replace(READING, since=since, until=until)))
    assert (first["after"], first["before"]) == ("2024-10-10T23:59:59Z", "2024-10-25T01:00:00Z")
    assert (second["modified_after"], second["before"]) == ("2024-10-10T23:59:59Z", "2024-10-11T00:00:00Z")
    [only] = listings(READING)
    assert dict(only.query) == {"orderby": "date", "order": "asc"}


def test_totals_that_a_proxy_takes_away_are_not_needed(web: Web) -> None:
    for count in (99, 100, 101):
        with magazine(generated(count)) as site:
            WordPress(site, counting=False)
            assert len(posts(site, web)) == count


def test_a_list_from_which_something_was_taken_while_it_was_read_is_not_whole(web: Web) -> None:
    with magazine(generated(120)) as site:
        cms = WordPress(site)
        cms.while_asked = lambda page: site.take_down(site.live()[-1].slug) if page == 1 else None
        found = row(site, web)
        assert (found.incomplete, found.message.partition(":")[0]) == (
            True,
            "a post was taken back while the list was read",
        )


def test_a_list_that_grows_while_it_is_read_is_whole(web: Web) -> None:
    with magazine(generated(120)) as site:
        cms = WordPress(site)
        newer = replace(site.pieces[0], number=9_999, slug="newer", published=LATEST + DAY)
        cms.while_asked = lambda page: site.publish(newer) if page == 2 and site.pieces[-1] != newer else None
        assert len(posts(site, web)) == 121


def test_posts_that_a_plug_in_hides_are_counted(site: Site, web: Web, cms: WordPress) -> None:
    cms.extra[104] = {"id": 103}
    assert row(site, web).message == "it counts 5 posts, and lists 4"
    assert not row(site, web).incomplete


def test_the_api_is_found_where_addresses_are_not_pretty(site: Site, web: Web) -> None:
    WordPress(site, pretty=False)
    assert find_api(web, site.base) == f"{site.base}/?rest_route=/"
    assert len(posts(site, web, LATEST - 30 * DAY)) == 5


@pytest.mark.parametrize("how", ["header", "link"])
def test_the_api_is_found_where_the_front_page_says_that_it_is(site: Site, web: Web, how: str) -> None:
    cms = WordPress(site, pretty=False)
    site.routes["/blog/api/"] = lambda path, query: cms.route(path.removeprefix("/blog/api"), query)
    site.routes["/"] = lambda *_: None
    root = f"{site.base}/blog/api/"
    header = {"Link": f'<{root}>; rel="https://api.w.org/", <{site.base}/x>; rel=shortlink'} if how == "header" else {}
    page = f'<head><link rel="https://api.w.org/" href="{root}" /></head>' if how == "link" else "<p>"
    site.answer("/", Answer(body=page.encode(), headers={"Content-Type": "text/html", **header}))
    assert find_api(web, site.base) == root
    assert len(posts(site, web)) == 5


def test_a_page_that_names_no_api_names_none() -> None:
    for said in (b"<p>", b'<link rel="https://api.w.org/">', b'<link rel=icon href="/a">'):
        assert named_api(Page(url="https://quay.example/", body=said)) == ""


@pytest.mark.parametrize(
    "answer", [Answer(status=404, body=b"<p>Nothing"), Answer(body=b"<html>Welcome"), Answer(body=b"{}")]
)
def test_a_site_without_an_api_is_a_row_that_names_the_feed(site: Site, web: Web, answer: Answer) -> None:
    site.routes["/wp-json/"] = lambda *_: answer
    found = row(site, web)
    assert (found.message, found.incomplete) == ("there is no WordPress API", True)
    assert 'kind = "feed"' in found.hint


@pytest.mark.parametrize(
    ("closed", "hint"),
    [
        ((404, "rest_no_route", "No route was found matching the URL"), "a plug-in may have switched the API off"),
        ((401, "rest_not_logged_in", "You are not currently logged in."), "the site keeps its API to itself"),
        ((403, "rest_forbidden", "Sorry, you are not allowed to do that."), "the site keeps its API to itself"),
        ((400, "rest_invalid_param", "Invalid parameter(s): per_page"), "is this a WordPress older than 4.7"),
        ((500, "internal_server_error", "There has been a critical error"), "try again later"),
    ],
)
def test_what_wordpress_says_no_to_is_a_row_with_its_reason(
    site: Site, web: Web, cms: WordPress, closed: tuple[int, str, str], hint: str
) -> None:
    cms.closed = closed
    found = row(site, web, LATEST - DAY)
    assert found.incomplete
    assert f"the server answered {closed[0]}" in found.message
    assert closed[2] in found.message
    assert hint in found.hint


def test_a_site_that_is_down_is_a_row(site: Site, web: Web) -> None:
    site.routes["/wp-json/"] = lambda *_: Answer(status=503)
    assert "503" in row(site, web).message
    site.routes["/wp-json/"] = lambda *_: Answer(hang_up=True)
    assert row(site, web).incomplete


def test_an_answer_that_breaks_off_in_the_middle_is_a_row_and_what_came_is_kept(web: Web) -> None:
    with magazine(generated(80)) as site:
        cms = WordPress(site)

        def second(path: str, query: Mapping[str, str]) -> Answer | None:
            broken = query.get("page") == "2" and "orderby" in query
            return Answer(body=b"<b>Fatal error</b>") if broken else cms.pretty_route(path, query)

        site.routes["/wp-json/"] = second
        found = read(site, web)
        assert len([each for each in found if isinstance(each, Sighting)]) == 50
        [told] = [each for each in found if isinstance(each, Problem)]
        assert told.incomplete
        assert "no JSON" in told.message


def test_offline_it_is_not_asked() -> None:
    settings = SourceSettings(name="quay", at="https://quay.example", kind="wordpress")
    [found] = open_source(settings, folder=Path("nowhere"), reading=READING).documents()
    assert isinstance(found, Problem)
    assert (found.message, found.incomplete) == ("offline: not fetched", True)


class _Same:
    """A server whose answers are all as they were."""

    def get(self, url: str) -> Page:
        return Page(url=url, body=b"", unchanged=True)


def test_what_has_not_changed_yields_nothing() -> None:
    reading: Reading = replace(READING, web=_Same(), since=LATEST)
    settings = SourceSettings(name="quay", at="https://quay.example", kind="wordpress")
    assert list(open_source(settings, folder=Path("nowhere"), reading=reading).documents()) == []


def test_a_saved_answer_is_read_as_a_file(tmp_path: Path, site: Site, cms: WordPress) -> None:
    (tmp_path / "posts.json").write_bytes(cms.route("/wp/v2/posts", {"_embed": ""}).body)
    settings = SourceSettings(name="quay", at="posts.json", kind="wordpress")
    source = open_source(settings, folder=tmp_path, reading=READING)
    [found] = source.documents()
    assert isinstance(found, Document)
    assert len(list(source.parse(found))) == len(site.pieces)


BROKEN = [
    ("<html>", "no JSON"),
    ('{"code": "rest_no_route", "message": "No <b>route</b>"}', "it lists no posts: No route"),
    ("{}", "it lists no posts"),
    ("12", "it lists no posts"),
    ("[1]", "a post that is no object was left out"),
    ('[{"title": {"rendered": " "}}]', "a post without a title was left out"),
    ('[{"title": "plain"}]', "a post without a title was left out"),
]


@pytest.mark.parametrize(("said", "message"), BROKEN)
def test_what_is_no_list_of_posts_is_a_row(said: str, message: str) -> None:
    assert message in problem("wordpress", document(said)).message


def test_a_date_that_cannot_be_read_leaves_a_post_undated() -> None:
    said = json.dumps([{"id": 4, "title": {"rendered": "Tide"}, "date_gmt": "soon"}])
    told, post = parsed("wordpress", document(said))
    assert isinstance(told, Problem)
    assert isinstance(post, Sighting)
    assert (post.published, post.date_source, post.guid) == (None, None, "quay:4")


def test_a_post_of_which_little_is_right_says_what_is() -> None:
    odd: dict[str, Any] = {
        "title": {"rendered": "Tide &amp; time"},
        "content": [],
        "excerpt": None,
        "link": 7,
        "guid": "x",
        "id": True,
    }
    [post] = parsed("wordpress", document(json.dumps([{**odd, "_embedded": {"author": "A", "wp:term": {}}}])))
    assert isinstance(post, Sighting)
    assert (post.title, post.url, post.blocks, post.authors) == ("Tide & time", "", (), ())
