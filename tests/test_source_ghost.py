"""Ghost's Content API as a source: what its posts say, what is for members, and a key that nobody sees."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path

import pytest
import time_machine

from digest.model.article import Document, Image, Problem, Sighting
from digest.model.page import Page
from digest.sources import SourceSettings, open_source
from digest.sources.retrieving.ghost import filters
from digest.web import Secret, Web
from running import digest
from site_apis import Ghost
from site_articles import LATEST, generated
from site_of_its_own import Answer, Site, magazine
from sources_making import READING, document, parsed, problem

DAY = timedelta(days=1)
GATE = "the-gate-that-would-not-close"


@pytest.fixture
def site() -> Iterator[Site]:
    with magazine() as site:
        yield site


@pytest.fixture
def cms(site: Site) -> Ghost:
    return Ghost(site)


def keyed(site: Site, key: str) -> Web:
    return Web(named=("127.0.0.1",), secrets=[Secret(name="GHOST_KEY", value=key, site=site.base)])


def read(cms: Ghost, since: datetime | None = None, until: datetime | None = None) -> list[Sighting | Problem]:
    with keyed(cms.site, cms.key) as web:
        reading = replace(READING, web=web, since=since, until=until)
        settings = SourceSettings(name="quay", at=cms.site.base, kind="ghost", key="GHOST_KEY")
        source = open_source(settings, folder=Path("nowhere"), reading=reading)
        found = [source.parse(each) if isinstance(each, Document) else [each] for each in source.documents()]
        return list(chain.from_iterable(found))


def posts(cms: Ghost, since: datetime | None = None, until: datetime | None = None) -> dict[str, Sighting]:
    """Return what was said, by slug; nothing went wrong, and nothing was said twice."""
    found = read(cms, since, until)
    assert not [each for each in found if isinstance(each, Problem)]
    said = {each.url.split("/")[3]: each for each in found if isinstance(each, Sighting)}
    assert len(said) == len(found)
    return said


def row(cms: Ghost) -> Problem:
    [found] = [each for each in read(cms) if isinstance(each, Problem)]
    return found


def test_a_post_says_all_that_an_issue_asks_for(cms: Ghost) -> None:
    said, piece = posts(cms)[GATE], cms.site.piece(GATE)
    assert (said.title, said.url, said.guid) == (piece.title, cms.site.at(f"/{GATE}/"), f"quay:{105:024x}")
    assert (said.section, said.tags, said.authors) == ("Reports", (), ("Oona Marl",))
    assert (said.dek, [block.text for block in said.blocks]) == (piece.dek, list(piece.text))
    assert (said.published, said.date_source, said.updated) == (LATEST, "api", None)
    assert said.image == Image(
        url=cms.site.at("/pictures/gate.png"),
        alt="Seen from the towpath",
        credit="Tam Reedy",
        caption="The upper gate in March.",
    )
    assert posts(cms)["a-toll-for-swans"].updated == LATEST - DAY
    assert posts(cms)["dredging-by-moonlight"].image is None


def test_all_of_a_span_comes_and_what_was_changed_in_it() -> None:
    pieces = generated(130)
    with magazine(pieces) as site:
        cms = Ghost(site)
        since, until = pieces[119].published, pieces[9].published
        old = replace(pieces[0], number=5, slug="old", published=since - 90 * DAY, updated=since + DAY)
        site.publish(old)
        site.publish(replace(old, number=6, slug="older", updated=since - DAY))
        wanted = {piece.slug for piece in pieces if since <= piece.published < until} | {"old"}
        assert set(posts(cms, since, until)) == wanted
        assert [query["page"] for query in cms.asked] == ["1", "2", "3", "1"]
        assert len(posts(cms)) == 132


def test_times_are_asked_for_in_utc() -> None:
    first, second = filters(replace(READING, since=LATEST - DAY, until=LATEST))
    assert first == "published_at:>='2024-10-24 09:30:00'+published_at:<'2024-10-25 09:30:00'"
    assert second.startswith("published_at:<'2024-10-24 09:30:00'+updated_at:>='2024-10-24 09:30:00'+updated_at:<")
    assert list(filters(READING)) == [""]


PAID = "<p>Everybody may read this much.</p><!--members-only--><p>What the hinge cost: forty thousand.</p>"


@pytest.mark.parametrize("visibility", ["members", "paid", "tiers"])
def test_of_a_post_for_members_the_public_part_alone_comes(cms: Ghost, visibility: str) -> None:
    cms.extra[105] = {"visibility": visibility, "html": PAID}
    assert [block.text for block in posts(cms)[GATE].blocks] == ["Everybody may read this much."]
    cms.extra[105] = {"visibility": visibility}
    assert posts(cms)[GATE].blocks == ()


def test_what_a_server_did_not_cut_is_cut_here(cms: Ghost) -> None:
    """A server that hands out what members pay for is not to make an issue do so too."""
    cms.extra[105] = {"visibility": "paid", "access": True, "html": PAID}
    found = read(cms)
    assert "forty thousand" not in repr(found)
    assert "Everybody may read this much." in repr(found)
    cms.extra[105] = {"visibility": "paid", "access": True}
    assert posts(cms)[GATE].blocks == ()
    cms.extra[105] = {"html": PAID}
    assert "forty thousand" not in repr(read(cms))


def test_a_part_for_some_readers_is_no_part_for_all(cms: Ghost) -> None:
    begin = '<!--kg-gated-block:begin nonMember:{} memberSegment:"status:-free" -->'
    end = "<!--kg-gated-block:end-->"
    html = f"<p>One.</p>{begin.format('false')}<p>Two.</p>{end}{begin.format('true')}<p>Three.</p>{end}<p>Four.</p>"
    cms.extra[105] = {"html": html}
    assert [block.text for block in posts(cms)[GATE].blocks] == ["One.", "Three.", "Four."]
    cms.extra[105] = {"html": html.replace(end, "")}
    assert [block.text for block in posts(cms)[GATE].blocks] == ["One."]


def test_internal_tags_are_nobodys_business(cms: Ghost) -> None:
    tags = [{"name": "#top", "visibility": "internal"}, {"name": "Weirs &amp; locks"}, {"name": "Mud"}, {"name": "#x"}]
    cms.extra[105] = {"tags": tags, "primary_tag": tags[0]}
    said = posts(cms)[GATE]
    assert (said.section, said.tags) == ("Weirs & locks", ("Mud",))
    cms.extra[105] = {"tags": [], "primary_tag": None}
    assert posts(cms)[GATE].section == ""


def test_a_canonical_address_counts_on_its_own_host_alone(cms: Ghost) -> None:
    cms.extra[105] = {"canonical_url": cms.site.at("/reports/gate/")}
    assert {each.url for each in read(cms) if isinstance(each, Sighting)} >= {cms.site.at("/reports/gate/")}
    cms.extra[105] = {"canonical_url": "https://elsewhere.example/gate"}
    assert posts(cms)[GATE].title == cms.site.piece(GATE).title


def test_a_wrong_key_is_a_row_that_names_the_variable_and_never_the_key(site: Site) -> None:
    cms = Ghost(site)
    with keyed(site, "11111111111111111111111111") as web:
        settings = SourceSettings(name="quay", at=site.base, kind="ghost", key="GHOST_KEY")
        [found] = open_source(settings, folder=Path("nowhere"), reading=replace(READING, web=web)).documents()
    assert isinstance(found, Problem)
    assert "the server answered 401" in found.message
    assert "Unknown Content API Key" in found.message
    assert "GHOST_KEY" in found.hint
    assert "1111" not in repr(found)
    assert cms.asked == []


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(status=404, body=b"<p>Nothing"), "answered 404"),
        (Answer(status=500, body=b'{"errors": [{"message": "Out of mud"}]}'), "Out of mud"),
        (Answer(body=b"<html>Welcome"), "no JSON"),
        (Answer(body=b'{"errors": []}'), "it lists no posts"),
        (Answer(body=b"[]"), "it lists no posts"),
        (Answer(status=502, body=b"[]"), "answered 502"),
    ],
)
def test_what_is_no_content_api_is_a_row(cms: Ghost, answer: Answer, said: str) -> None:
    cms.site.routes["/ghost/api/content/"] = lambda *_: answer
    found = row(cms)
    assert found.incomplete
    assert said in found.message
    assert found.hint
    assert cms.key not in repr(found)


def test_a_list_from_which_something_was_taken_while_it_was_read_is_not_whole() -> None:
    with magazine(generated(120)) as site:
        cms = Ghost(site)

        def taking(path: str, query: dict[str, str]) -> Answer:
            answer = cms.route(path, query)
            if query.get("page") == "1":
                site.take_down(site.live()[-1].slug)
            return answer

        site.routes["/ghost/api/content/"] = taking  # type: ignore[assignment] # a mapping it is
        assert row(cms).message == "a post was taken back while the list was read: one may be missing"


class _Same:
    """A server whose answers are all as they were."""

    def get(self, url: str) -> Page:
        return Page(url=url, body=b"", unchanged=True)


def test_what_has_not_changed_yields_nothing_and_offline_nothing_is_asked() -> None:
    settings = SourceSettings(name="quay", at="https://quay.example", kind="ghost", key="K")
    reading = replace(READING, web=_Same(), since=LATEST)
    assert list(open_source(settings, folder=Path("nowhere"), reading=reading).documents()) == []
    [found] = open_source(settings, folder=Path("nowhere"), reading=READING).documents()
    assert isinstance(found, Problem)
    assert found.message == "offline: not fetched"


BROKEN = [
    ("<html>", "no JSON"),
    ("[]", "it lists no posts"),
    ('{"posts": {}}', "it lists no posts"),
    ('{"posts": [1]}', "a post that is no object was left out"),
    ('{"posts": [{"title": " "}]}', "a post without a title was left out"),
]


@pytest.mark.parametrize(("said", "message"), BROKEN)
def test_what_is_no_list_of_posts_is_a_row(said: str, message: str) -> None:
    assert message in problem("ghost", document(said)).message


def test_a_post_of_which_little_is_right_says_what_is() -> None:
    odd = {"title": "Tide", "html": [], "published_at": "soon", "authors": "A", "tags": 3, "feature_image": 1}
    told, post = parsed("ghost", document(json.dumps({"posts": [odd]})))
    assert isinstance(told, Problem)
    assert isinstance(post, Sighting)
    assert (post.title, post.blocks, post.published, post.image, post.updated) == ("Tide", (), None, None, None)


TOML = """\
schema = 1
[magazine]
name = "Lock & Weir"
url = "{base}"
zone = "Europe/London"
[[sources]]
name = "ghost"
kind = "ghost"
url = "{base}"
key = "WEIR_KEY"
"""


def test_the_key_is_in_no_message_archive_or_report(
    cms: Ghost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "digest.toml").write_text(TOML.format(base=cms.site.base), encoding="utf-8")
    monkeypatch.setenv("WEIR_KEY", cms.key)
    with time_machine.travel(LATEST + DAY, tick=True):
        done = digest(tmp_path, "ingest", "--json")
    assert done.data[0]["tally"]["new"] == 5
    cms.site.routes["/ghost/api/content/"] = lambda *_: Answer(status=500, body=cms.key.encode())
    failed = digest(tmp_path, "ingest", "--json")
    assert failed.code == 1
    built = digest(tmp_path, "build", "--week", "2024-W43", "--json")
    told = "".join(each.out + each.err for each in (done, failed, built))
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert cms.key not in told
    assert cms.key.encode() not in kept
    assert "WEIR_KEY" in told


def test_a_key_that_is_not_set_is_told(cms: Ghost, tmp_path: Path) -> None:
    (tmp_path / "digest.toml").write_text(TOML.format(base=cms.site.base), encoding="utf-8")
    done = digest(tmp_path, "ingest")
    assert done.code == 1
    assert "does the environment variable WEIR_KEY hold the key" in done.err
