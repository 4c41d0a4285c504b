"""Feeds from another reader's list into digest.toml, and out of it: OPML, good, bad and hostile."""

from pathlib import Path

import pytest

from digest.config import load_config
from digest.config.adding import with_sources
from digest.config.schema import SourceTable
from digest.errors import ConfigError, SourceError
from digest.sources.opml import Outline, read_opml, write_opml
from running import TOML, digest, newsroom
from sources_making import document

LIST = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.0"><head><title>Mine</title></head><body>
<outline text="Reporting"><outline text="The &quot;Weir&quot; &amp; co" xmlUrl="https://weir.example/feed.xml"/>
<outline text="Deeper"><outline title="Mire" text="x" xmlURL=" https://mire.example/feed?a=1&amp;b=2 "/></outline>
</outline>
<outline xmlUrl="https://lamp.example/atom"/><outline text="Weir again" xmlUrl="https://weir.example/feed.xml"/>
<outline text="A page" htmlUrl="https://page.example/"/><outline text="A file" xmlUrl="file:///etc/passwd"/>
</body></opml>"""


def test_each_feed_comes_once_with_its_name_and_its_folder() -> None:
    assert read_opml(document(LIST)) == (
        Outline(name='The "Weir" & co', url="https://weir.example/feed.xml", folder="Reporting"),
        Outline(name="Mire", url="https://mire.example/feed?a=1&b=2", folder="Deeper"),
        Outline(name="lamp.example", url="https://lamp.example/atom"),
        Outline(name="A page", url=""),
        Outline(name="A file", url="file:///etc/passwd"),
    )


def test_what_is_written_is_read_again() -> None:
    outlines = (
        Outline(name='“Q&A” <1> "2"', url="https://a.example/?a=1&b='2'"),
        Outline(name="Été", url="https://b.example/", folder="A & B"),
        Outline(name="C", url="https://c.example/", folder="A & B"),
    )
    assert read_opml(document(write_opml("Lock & Weir", outlines))) == outlines


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("just words", "no OPML"),
        ("", "no OPML"),
        ("<rss/>", "its first tag is not <opml>"),
        ("<!DOCTYPE o [<!ENTITY a 'b'>]><opml/>", "XML entities"),
        ("<opml>" + "".join(f"<outline xmlUrl='https://{n}.example/'/>" for n in range(10_001)), "more than 10,000"),
    ],
)
def test_what_is_no_list_is_told(text: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        read_opml(document(text))


def test_a_list_that_breaks_off_gives_what_it_has() -> None:
    assert [each.name for each in read_opml(document(LIST[:300]))] == ['The "Weir" & co']


def test_import_adds_to_digest_toml_and_keeps_every_byte_that_was_there(tmp_path: Path) -> None:
    before = "# Mine, and it stays.\r\n" + TOML.replace("\n", "\r\n") + "# the last word"
    newsroom(tmp_path, before)
    (tmp_path / "digest.toml").write_bytes(before.encode())
    (tmp_path / "mine.opml").write_text(LIST)
    done = digest(tmp_path, "sources", "--import", "mine.opml")
    assert (done.code, done.err.splitlines()) == (
        0,
        [
            "warning: file:///etc/passwd: not a web address: left out",
            "warning: A page: has no address of a feed (xmlUrl): left out",
        ],
    )
    assert "digest.toml: 3 sources added" in done.out
    after = (tmp_path / "digest.toml").read_bytes().decode()
    assert after.startswith(before)
    assert "\n" not in after.replace("\r\n", "")
    assert load_config(tmp_path / "digest.toml").sources[-3:] == (
        SourceTable(name='The "Weir" & co', kind="feed", url="https://weir.example/feed.xml", section="Reporting"),
        SourceTable(name="Mire", kind="feed", url="https://mire.example/feed?a=1&b=2"),
        SourceTable(name="lamp.example", kind="feed", url="https://lamp.example/atom"),
    )


def test_import_twice_changes_nothing_and_names_stay_apart(tmp_path: Path) -> None:
    newsroom(tmp_path)
    outlines = [Outline(name="notes", url=f"https://{name}.example/") for name in "ab"]
    (tmp_path / "mine.opml").write_text(write_opml("Mine", outlines))
    first = digest(tmp_path, "sources", "--import", "mine.opml", "--json")
    assert first.data == {"added": ["notes 2", "notes 3"], "known": [], "unusable": [], "nowhere": []}
    written = (tmp_path / "digest.toml").read_bytes()
    second = digest(tmp_path, "sources", "--import", "mine.opml", "--json")
    assert second.data == {
        "added": [],
        "known": ["https://a.example/", "https://b.example/"],
        "unusable": [],
        "nowhere": [],
    }
    assert (tmp_path / "digest.toml").read_bytes() == written


def test_export_is_what_import_takes(tmp_path: Path) -> None:
    newsroom(tmp_path, TOML + '[[sources]]\nname = "Q&A"\nurl = "https://qa.example/feed"\nsection = "Reporting"\n')
    done = digest(tmp_path, "sources", "--opml")
    assert done.code == 0
    assert read_opml(document(done.out)) == (Outline(name="Q&A", url="https://qa.example/feed", folder="Reporting"),)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--import", "none.opml"), "none.opml: cannot be read: No such file or directory"),
        (("--import", "digest.toml"), "digest.toml: it is no OPML"),
        (("--import", "x", "--opml"), "--opml does not go with --import"),
        (("--opml", "--json"), "--json does not go with --opml"),
    ],
)
def test_what_cannot_be_done_is_told(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    before = (newsroom(tmp_path) / "digest.toml").read_bytes()
    done = digest(tmp_path, "sources", *arguments)
    assert done.code != 0
    assert said in done.err
    assert (tmp_path / "digest.toml").read_bytes() == before


def test_sources_in_one_list_cannot_be_added_to_and_stay() -> None:
    text = 'schema = 1\nsources = []\n[magazine]\nname = "M"\n'
    with pytest.raises(ConfigError, match="cannot be added to"):
        with_sources(text, [SourceTable(name="a", kind="feed", url="https://a.example/")], where="digest.toml")
