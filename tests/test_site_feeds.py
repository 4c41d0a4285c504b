"""The feeds: read by feedparser, and held to every "must" of RFC 4287 and of JSON Feed 1.1 that concerns them."""

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import html

from archiving import ADDRESS, PICTURE, archive, record
from digest.model.site import Feed, FeedItem, Feeds
from digest.render import render_feeds
from digest.wire import to_pretty_json
from running import TOML, digest

ATOM = "{http://www.w3.org/2005/Atom}"
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")
URN = re.compile(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
W43 = "2024-W43"


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A newsroom with three sent issues and their site."""
    archive(tmp_path)
    assert digest(tmp_path, "site").code == 0
    return tmp_path


def atom(room: Path) -> Any:
    return ET.fromstring((room / "site" / "feed.xml").read_bytes())  # noqa: S314 - our own file


def json_feed(room: Path) -> Any:
    return json.loads((room / "site" / "feed.json").read_bytes())


def texts(element: Any, name: str) -> list[str]:
    return [found.text or "" for found in element.findall(ATOM + name)]


def links(element: Any) -> list[tuple[str, str]]:
    return [(link.get("rel"), link.get("href")) for link in element.findall(f"{ATOM}link")]


def test_feedparser_reads_it_without_a_complaint(room: Path) -> None:
    read = feedparser.parse((room / "site" / "feed.xml").read_bytes())
    assert not read.bozo
    assert (read.version, read.feed.title, read.feed.author) == ("atom10", "Harbour Weekly", "The Harbour")
    assert [entry.link for entry in read.entries] == [f"{ADDRESS}/2024-W{week}/" for week in (44, 43, 42)]
    assert [entry.published for entry in read.entries][1] == "2024-10-25T14:00:00+01:00"
    assert read.entries[1].title == record(room / "issues" / W43).subject.text
    assert read.entries[1].content[0].type == "text/html"


def test_what_rfc_4287_says_must_be(room: Path) -> None:
    feed = atom(room)
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    for container in (feed, *entries):  # 4.1.1, 4.1.2: exactly one id, one title, one updated
        for name in ("id", "title", "updated"):
            assert len(texts(container, name)) == 1
            assert texts(container, name)[0].strip()
        assert URN.fullmatch(texts(container, "id")[0])  # 4.2.6: an IRI, as it will be for ever
        assert INSTANT.fullmatch(texts(container, "updated")[0])  # 3.3: RFC 3339, an upper-case T and Z
        assert [rel for rel, _ in links(container)].count("alternate") == 1  # at most one of a type and language
    assert feed.find(f"{ATOM}author/{ATOM}name").text == "The Harbour"  # 4.1.1: an author, of the feed or each entry
    assert ("self", f"{ADDRESS}/feed.xml") in links(feed)  # 4.1.1: should
    ids = [texts(container, "id")[0] for container in (feed, *entries)]
    assert len(ids) == len(set(ids)) == 4
    for entry in entries:
        assert INSTANT.fullmatch(texts(entry, "published")[0])
        (content,) = entry.findall(f"{ATOM}content")
        assert (content.get("type"), list(content)) == ("html", [])  # 4.1.3.3: escaped, no child elements
    assert texts(feed, "updated") == [max(texts(entry, "updated")[0] for entry in entries)]


def test_what_json_feed_1_1_says_must_be(room: Path) -> None:
    feed = json_feed(room)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == "Harbour Weekly"
    assert (feed["home_page_url"], feed["feed_url"]) == (f"{ADDRESS}/", f"{ADDRESS}/feed.json")
    assert feed["authors"] == [{"name": "The Harbour"}]
    assert feed["language"] == "en-GB"
    known = {"id", "url", "title", "content_html", "summary", "image", "date_published", "date_modified"}
    for item in feed["items"]:
        assert {"id", "content_html"} <= item.keys() <= known
        assert all(isinstance(value, str) and value for value in item.values())
        assert INSTANT.fullmatch(item["date_published"])
    assert {key for key in feed if key.startswith("_")} == {"_digest"}  # an extension's name begins with an underscore
    assert [item["id"] for item in feed["items"]] == [
        texts(entry, "id")[0] for entry in atom(room).iter(f"{ATOM}entry")
    ]


def test_the_content_is_the_whole_issue_with_absolute_addresses_alone(room: Path) -> None:
    for content in (
        atom(room).findall(f"{ATOM}entry")[1].findtext(f"{ATOM}content"),
        json_feed(room)["items"][1]["content_html"],
    ):
        shown = html.fragment_fromstring(content, create_parent=True)
        for entry in record(room / "issues" / W43).entries:
            assert entry.title.text in shown.text_content()
            assert " ".join(entry.lead.text.split()) in " ".join(shown.text_content().split())
        assert shown.xpath("//img/@src") == [f"{ADDRESS}/{W43}/{PICTURE}"]
        assert all(address.startswith("https://") for address in shown.xpath("//@href|//@src"))
        assert shown.xpath("//script|//style|//link|//nav|//h1") == []
    assert json_feed(room)["items"][1]["image"] == f"{ADDRESS}/{W43}/{PICTURE}"


def test_a_correction_changes_updated_and_nothing_that_names_the_issue(room: Path) -> None:
    before = atom(room)
    assert digest(room, "correct", "2024-W42", "It was six dredgers.").code == 0
    assert digest(room, "site").code == 0
    after = atom(room)
    old, new = (feed.findall(f"{ATOM}entry")[2] for feed in (before, after))
    for name in ("id", "published", "title"):
        assert texts(old, name) == texts(new, name)
    assert texts(old, "updated") < texts(new, "updated") == texts(after, "updated")
    assert "It was six dredgers." in new.findtext(f"{ATOM}content")


def test_ids_stay_when_the_site_moves_and_the_magazine_is_renamed(room: Path) -> None:
    before = [element.text for element in atom(room).iter(f"{ATOM}id")]
    toml = (room / "digest.toml").read_text(encoding="utf-8")
    toml = toml.replace(ADDRESS, "https://elsewhere.example/post").replace("Harbour Weekly", "The Pilot")
    (room / "digest.toml").write_text(toml.replace('name = "The Harbour"', 'name = "The Port"'), encoding="utf-8")
    assert digest(room, "site").code == 0
    assert [element.text for element in atom(room).iter(f"{ATOM}id")] == before
    assert texts(atom(room), "title") == ["The Pilot"]
    assert ("self", "https://elsewhere.example/post/feed.xml") in links(atom(room))


def test_a_feed_holds_the_newest_twenty(room: Path) -> None:
    source = room / "issues" / "2024-W44"
    issue = record(source)
    event = json.loads((source / "delivery.jsonl").read_bytes())
    for number in range(30):
        end = issue.window.end + timedelta(weeks=number + 1)
        label = "{}-W{:02}".format(*(end - timedelta(seconds=1)).isocalendar()[:2])
        folder = room / "issues" / label
        folder.mkdir()
        window = replace(issue.window, start=issue.window.start + timedelta(weeks=number + 1), end=end, label=label)
        (folder / "issue.json").write_bytes(to_pretty_json(replace(issue, window=window, number=4 + number, files=())))
        line = {**event, "start": window.start.isoformat(), "end": end.isoformat(), "at": end.isoformat()}
        (folder / "delivery.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert digest(room, "site", "--json").data["newsletters"][0]["issues"] == 33
    assert len(atom(room).findall(f"{ATOM}entry")) == len(json_feed(room)["items"]) == 20
    assert json_feed(room)["items"][0]["url"] == f"{ADDRESS}/2025-W22/"


def test_texts_of_every_kind_arrive_as_they_are() -> None:
    awkward = "<b>&amp; \N{RIGHT-TO-LEFT OVERRIDE}]]>\x00\x0b\ud800 港 \U0001f6a2"
    instant = datetime(2024, 10, 25, 12, 30, 15, 999, tzinfo=UTC)
    item = FeedItem(
        id="urn:uuid:1",
        url="https://harbour.example/",
        title=awkward,
        summary="",
        content=f"<p>{awkward}</p>",
        image_url="",
        published=instant,
        updated=instant,
    )
    feed = Feed(
        id="urn:uuid:2",
        title=awkward,
        author=awkward,
        home_url="https://harbour.example/",
        feeds=Feeds(atom_url="https://harbour.example/feed.xml", json_url="https://harbour.example/feed.json"),
        language="ar",
        tagline=awkward,
        items=(item,),
    )
    made = render_feeds(feed)
    shown = "<b>&amp; \N{RIGHT-TO-LEFT OVERRIDE}]]> 港 \U0001f6a2"
    tree: Any = ET.fromstring(made.atom)  # noqa: S314 - our own bytes
    assert texts(tree, "title") == texts(tree, "subtitle") == [shown]
    assert tree.findtext(f"{ATOM}entry/{ATOM}content") == f"<p>{shown}</p>"
    assert tree.find(f"{ATOM}entry/{ATOM}summary") is None
    assert texts(tree, "updated") == ["2024-10-25T12:30:15Z"]
    (read,) = json.loads(made.json)["items"]
    assert (read["title"], "summary" in read, "image" in read) == (shown, False, False)


def test_a_site_without_an_address_loses_its_feeds(room: Path) -> None:
    (room / "digest.toml").write_text(TOML, encoding="utf-8")
    assert digest(room, "site", "--json").data["newsletters"][0]["removed"] == ["feed.json", "feed.xml"]
