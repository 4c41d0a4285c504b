"""`digest site`: what was sent, in public, and nothing else."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest
from lxml import html

from archiving import ADDRESS, DRAWING, PICTURE, SENT_AT, SITE, WEEKS, archive, linked_data, record, site_files
from digest.errors import DiskError
from digest.pipeline.newsroom import open_newsroom
from digest.pipeline.site.folder import Part, exclusive
from digest.pipeline.site.place import refuse_place
from digest.wire import to_pretty_json
from running import TOML, digest, files, newsroom, note

W43, W42 = "2024-W43", "2024-W42"
MONTHLY = '[[newsletters]]\nname = "monthly"\ntitle = "Harbour Monthly"\nsince = "2024-09-01"\n'


def page(folder: Path, name: str) -> str:
    return (folder / "site" / name).read_text(encoding="utf-8")


def test_it_holds_what_was_sent_as_pages_pictures_and_feeds_and_nothing_else(tmp_path: Path) -> None:
    archive(tmp_path, sent=(W42, W43))
    done = digest(tmp_path, "site")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "weekly: 2 issues; 7 files written, 0 as they were, 0 removed",
        "site/index.html",
    ]
    assert site_files(tmp_path / "site") == [
        f"{W42}/{PICTURE}",
        f"{W42}/index.html",
        f"{W43}/{PICTURE}",
        f"{W43}/index.html",
        "feed.json",
        "feed.xml",
        "index.html",
    ]
    assert page(tmp_path, f"{W43}/index.html").endswith("<!--digest:site-->\n")
    assert (tmp_path / "site" / W43 / PICTURE).read_bytes() == DRAWING


def test_nothing_leaks_that_no_reader_was_to_see(tmp_path: Path) -> None:
    tracking = '[tracking]\nutm_source = "newsletter"\n'
    mailer = '[mailer]\nservice = "mailchimp"\nunsubscribe_url = "https://harbour.example/leave"\n'
    archive(tmp_path, TOML + SITE + tracking + mailer, sent=(W43,))
    (tmp_path / "issues" / W43 / "edits.toml").write_text("# the chair must not know\n", encoding="utf-8")
    assert "utm_source" in (tmp_path / "issues" / W43 / "email.html").read_text(encoding="utf-8")
    left_out = [each.title for each in record(tmp_path / "issues" / W43).left_out]
    assert left_out
    assert digest(tmp_path, "site").code == 0
    everything = b"".join(files(tmp_path / "site").values()).decode(errors="replace")
    for secret in (
        "utm_",
        "digest-tag:",
        "*|",
        "leave",
        "must not know",
        "sent-before",
        "2024-W44",
        "2024-W42",
        *left_out,
        record(tmp_path / "issues" / W43).theme.sha256,
        str(tmp_path),
    ):
        assert secret not in everything


def test_a_page_is_the_web_version_and_knows_its_neighbours_and_its_address(tmp_path: Path) -> None:
    archive(tmp_path)
    assert digest(tmp_path, "site").code == 0
    shown = html.document_fromstring(page(tmp_path, f"{W43}/index.html"))
    assert shown.xpath("//link[@rel='canonical']/@href") == [f"{ADDRESS}/{W43}/"]
    assert shown.xpath("//link[@rel='alternate']/@href") == [f"{ADDRESS}/feed.xml", f"{ADDRESS}/feed.json"]
    assert shown.xpath("//nav//a[@rel]/@href") == ["../2024-W42/", "../2024-W44/"]
    assert shown.xpath("//nav//a[not(@rel)]/@href") == ["../", f"{ADDRESS}/feed.xml"]
    graph = {name: shown.xpath(f"string(//meta[@property='og:{name}']/@content)") for name in ("url", "image", "title")}
    assert graph == {
        "url": f"{ADDRESS}/{W43}/",
        "image": f"{ADDRESS}/{W43}/{PICTURE}",
        "title": record(tmp_path / "issues" / W43).subject.text,
    }
    assert shown.xpath("//img/@src") == [PICTURE]
    data = linked_data(page(tmp_path, f"{W43}/index.html"))
    assert (data["@type"], data["url"]) == ("CollectionPage", f"{ADDRESS}/{W43}/")
    assert data["datePublished"] == data["dateModified"] == "2024-10-25T14:00:00+01:00"
    own = html.document_fromstring((tmp_path / "issues" / W43 / "web.html").read_text(encoding="utf-8"))
    assert own.xpath("//link[@rel='canonical']/@href") == [f"{ADDRESS}/{W43}/"]
    assert own.xpath("//nav|//link[@rel='alternate']") == []
    texts = [[text.strip() for text in each.xpath("//main//text()") if text.strip()] for each in (shown, own)]
    assert texts[0][1:] == texts[1]  # but for the credit of the picture, which this test put there after the build


def test_the_index_lists_every_issue_by_year_the_newest_first(tmp_path: Path) -> None:
    archive(tmp_path)
    issue = record(tmp_path / "issues" / W42)
    early = replace(
        issue,
        window=replace(
            issue.window, start=issue.window.start.replace(year=2023), end=issue.window.end.replace(year=2023)
        ),
    )
    (tmp_path / "issues" / W42 / "issue.json").write_bytes(to_pretty_json(early))
    assert digest(tmp_path, "site").code == 0
    index = html.document_fromstring(page(tmp_path, "index.html"))
    assert index.xpath("//main//h2/text()") == ["2024", "2023"]
    assert index.xpath("//main//h3/a/@href") == ["2024-W44/", "2024-W43/", "2024-W42/"]
    second = " ".join(index.xpath("string(//main//li[2])").split())
    assert second.startswith("No. 2 · 18–25 October 2024 The story of ")
    assert second.count("The story of ") == 4
    assert index.xpath("string(//title)") == "All issues · Harbour Weekly"
    assert index.xpath("//link[@rel='canonical']/@href") == [f"{ADDRESS}/"]


def test_without_an_address_it_can_be_read_from_the_disk_and_has_no_feeds(tmp_path: Path) -> None:
    archive(tmp_path, TOML)
    done = digest(tmp_path, "site")
    assert done.code == 0
    assert "note: site: it has no address" in done.err
    assert "[site] url" in done.err
    assert [name for name in site_files(tmp_path / "site") if name.startswith("feed")] == []
    shown = html.document_fromstring(page(tmp_path, f"{W43}/index.html"))
    assert shown.xpath("//link|//meta[@property='og:url']") == []
    assert shown.xpath("//nav//a/@href") == ["../index.html", "../2024-W42/index.html", "../2024-W44/index.html"]
    assert html.document_fromstring(page(tmp_path, "index.html")).xpath("//h3/a/@href")[0] == "2024-W44/index.html"


def test_what_is_right_is_left_alone_and_what_no_longer_belongs_goes(tmp_path: Path) -> None:
    archive(tmp_path)
    assert digest(tmp_path, "site").code == 0
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*") if path.is_file()}
    again = digest(tmp_path, "site", "--json").data["newsletters"][0]
    assert (again["written"], again["removed"], again["same"]) == ([], [], 9)
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert digest(tmp_path, "sent", "2024-W44", "--undo").code == 0
    taken = digest(tmp_path, "site", "--json").data["newsletters"][0]
    assert taken["removed"] == ["2024-W44/index.html"]
    assert sorted(taken["written"]) == [f"{W43}/index.html", "feed.json", "feed.xml", "index.html"]
    for week in (W42, W43):
        assert digest(tmp_path, "sent", week, "--undo").code == 0
    done = digest(tmp_path, "site")
    assert (done.code, site_files(tmp_path / "site")) == (0, [f"{week}/{PICTURE}" for week in WEEKS])
    assert "no issue was sent yet" in done.err


def test_the_same_inputs_give_the_same_bytes_whatever_the_clock_says(
    tmp_path: Path, plain_environment: Mapping[str, str]
) -> None:
    archive(tmp_path)
    assert digest(tmp_path, "correct", W43, "It was six dredgers.").code == 0
    for name, when in (("one", "+0d"), ("two", "+400d")):
        command = ["faketime", "-f", when, sys.executable, "-m", "digest", "-q", "site", "--out", name]
        environment = {**plain_environment, "TZ": "Pacific/Apia", "PYTHONHASHSEED": str(len(when))}
        subprocess.run(command, cwd=tmp_path, env=environment, check=True)
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert len(files(tmp_path / "one")) == 9


def test_a_persons_own_files_stay_and_are_named(tmp_path: Path) -> None:
    archive(tmp_path)
    assert digest(tmp_path, "site").code == 0
    for name in (
        "CNAME",
        "2024-W43/notes.pdf",
        ".git/config",
        "2023-W01/index.html",
        "2024-W43/images/20241025-quay.jpg",
    ):
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("mine", encoding="utf-8")
    done = digest(tmp_path, "site")
    assert done.code == 0
    for name in (
        "CNAME",
        "2024-W43/notes.pdf",
        ".git/config",
        "2023-W01/index.html",
        "2024-W43/images/20241025-quay.jpg",
    ):
        assert (tmp_path / "site" / name).read_text(encoding="utf-8") == "mine"
        assert name in done.err


@pytest.mark.parametrize("name", ["index.html", "feed.xml", "feed.json", f"{W43}/index.html"])
def test_a_file_that_digest_did_not_write_is_never_written_over(tmp_path: Path, name: str) -> None:
    archive(tmp_path, sent=(W42, W43))
    assert digest(tmp_path, "site").code == 0
    (tmp_path / "site" / name).write_text("<p>another site</p>", encoding="utf-8")
    before = files(tmp_path / "site")
    assert digest(tmp_path, "sent", "2024-W44").code == 0
    done = digest(tmp_path, "site")
    assert done.code == 1
    assert f"site/{name}: Digest did not write this file" in done.err
    assert "--out DIR" in done.err
    assert files(tmp_path / "site") == before


PLACES = (
    '[[sources]]\nname = "pages"\nkind = "page"\npath = "saved/pages/*/story-?.html"\n[pictures]\nfolder = "photos"\n'
)


@pytest.mark.parametrize(
    "out",
    [
        *(".", "..", "issues", "issues/2024-W43", "notes/../issues", "templates", "templates/x", "handover", "shots"),
        *("notes", "notes/x", "photos", "saved", "saved/pages", "saved/pages/x"),
    ],
)
def test_it_never_stands_among_the_newsrooms_own_files(tmp_path: Path, out: str) -> None:
    room = tmp_path / "room"
    room.mkdir()
    archive(room, TOML + PLACES + SITE)
    before = files(tmp_path)
    done = digest(room, "site", "--out", out)
    assert (done.code, "the newsroom's own files are there" in done.err) == (2, True)
    assert files(tmp_path) == before
    assert not (room / "templates").exists()


def test_a_source_that_is_all_of_the_newsroom_leaves_room_for_a_site(tmp_path: Path) -> None:
    everything = '[[sources]]\nname = "all"\nkind = "markdown"\npath = "."\n'
    archive(tmp_path, TOML + everything + SITE, sent=(W43,))
    assert digest(tmp_path, "site").code == 0


@pytest.mark.parametrize("name", ["index.html", "essay.txt", "photos/quay.jpg", "2024-W43/index.html"])
def test_a_folder_that_is_something_else_is_refused(tmp_path: Path, name: str) -> None:
    archive(tmp_path, sent=(W43,))
    path = tmp_path / "mine" / name
    path.parent.mkdir(parents=True)
    path.write_text("mine", encoding="utf-8")
    done = digest(tmp_path, "site", "--out", "mine")
    first = name.partition("/")[0]
    assert (done.code, f"mine: holds something else than a site of Digest's: {first} (" in done.err) == (2, True)
    assert site_files(tmp_path / "mine") == [name]


def test_what_a_host_wants_in_the_folder_may_be_there_before(tmp_path: Path) -> None:
    archive(tmp_path, sent=(W43,))
    for name in ("CNAME", "README.md", ".git/config", ".nojekyll", "robots.txt"):
        path = tmp_path / "pages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("mine", encoding="utf-8")
    (tmp_path / "pages" / "2024-W43").mkdir()  # as a crash leaves it
    assert digest(tmp_path, "site", "--out", "pages").code == 0
    assert digest(tmp_path, "sent", W43, "--undo").code == 0
    assert digest(tmp_path, "site", "--out", "pages").code == 0
    assert (tmp_path / "pages" / "CNAME").read_text(encoding="utf-8") == "mine"


def test_a_site_of_a_second_newsletter_alone_is_known_as_one(tmp_path: Path) -> None:
    archive(tmp_path, TOML + MONTHLY + SITE, sent=(W43,))
    assert digest(tmp_path, "-n", "monthly", "build", "--month", "2024-10", "--offline").code == 0
    assert digest(tmp_path, "-n", "monthly", "sent", "2024-10", "--at", "2024-11-01 09:00").code == 0
    assert digest(tmp_path, "-n", "monthly", "site").code == 0
    assert digest(tmp_path, "site").code == 0
    assert (tmp_path / "site" / W43 / "index.html").exists()


def test_a_folder_that_cannot_be_looked_into_is_said(tmp_path: Path) -> None:
    room = open_newsroom(archive(tmp_path, sent=(W43,)))
    (tmp_path / "mine").mkdir()
    with (
        patch.object(Path, "iterdir", side_effect=PermissionError(13, "Permission denied")),
        pytest.raises(DiskError, match="the site cannot be read"),
    ):
        refuse_place(room, tmp_path / "mine")


def test_what_a_crash_left_of_a_file_is_cleared(tmp_path: Path) -> None:
    archive(tmp_path)
    assert digest(tmp_path, "site").code == 0
    for name in (f"{W43}/.index.html.new", ".feed.xml.new", ".notes.new"):
        (tmp_path / "site" / name).write_text("ha", encoding="utf-8")
    (tmp_path / "site" / W43 / PICTURE).write_bytes(DRAWING[:9])
    changed = digest(tmp_path, "site", "--json").data["newsletters"][0]
    assert changed["removed"] == [".feed.xml.new", f"{W43}/.index.html.new"]
    assert changed["written"] == [f"{W43}/{PICTURE}"]
    assert (tmp_path / "site" / ".notes.new").exists()


def test_a_second_newsletter_has_its_own_part_with_its_own_feeds(tmp_path: Path) -> None:
    archive(tmp_path, TOML + MONTHLY + SITE, sent=(W43,))
    assert digest(tmp_path, "-n", "monthly", "build", "--month", "2024-10", "--offline").code == 0
    assert digest(tmp_path, "-n", "monthly", "sent", "2024-10", "--at", "2024-11-01 09:00").code == 0
    done = digest(tmp_path, "site")
    assert done.out.splitlines()[-1] == "site/monthly/index.html"
    here = site_files(tmp_path / "site")
    assert [name for name in here if name.startswith("monthly/")] == [
        "monthly/2024-10/index.html",
        "monthly/feed.json",
        "monthly/feed.xml",
        "monthly/index.html",
    ]
    shown = html.document_fromstring(page(tmp_path, "monthly/2024-10/index.html"))
    assert shown.xpath("//link[@rel='canonical']/@href") == [f"{ADDRESS}/monthly/2024-10/"]
    alone = digest(tmp_path, "-n", "weekly", "site", "--json").data["newsletters"]
    assert [(part["newsletter"], part["removed"], part["foreign"]) for part in alone] == [("weekly", [], [])]
    assert site_files(tmp_path / "site") == here


def test_pictures_can_go_ahead_of_their_issue_and_nothing_else_of_it_does(tmp_path: Path) -> None:
    archive(tmp_path, sent=(W42,))
    assert digest(tmp_path, "site", "--pictures", W43).code == 0
    assert [name for name in site_files(tmp_path / "site") if W43 in name] == [f"{W43}/{PICTURE}"]
    assert W43 not in page(tmp_path, "index.html")
    unknown = digest(tmp_path, "site", "--pictures", "2031-W01")
    assert (unknown.code, "there is no such issue" in unknown.err) == (1, True)


def test_with_two_newsletters_pictures_go_ahead_in_the_first_or_the_one_that_is_named(tmp_path: Path) -> None:
    archive(tmp_path, TOML + MONTHLY + SITE, sent=(W42,))
    assert digest(tmp_path, "site", "--pictures", W43).code == 0
    assert (tmp_path / "site" / W43 / PICTURE).exists()
    done = digest(tmp_path, "-n", "monthly", "site", "--pictures", W43)
    assert (done.code, "there is no such issue" in done.err) == (1, True)


def test_pictures_that_mails_show_stay_whatever_is_done_before_the_issue_is_marked_as_sent(tmp_path: Path) -> None:
    archive(tmp_path, sent=(W42,))
    shown = tmp_path / "site" / W43 / PICTURE
    assert digest(tmp_path, "site", "--pictures", W43).code == 0
    for command in (("site",), ("correct", W42, "Six."), ("site",), ("sent", W43), ("site",), ("sent", W43, "--undo")):
        assert digest(tmp_path, *command).code == 0
        assert shown.read_bytes() == DRAWING
    assert (tmp_path / "site" / W43 / "index.html").exists()
    taken = digest(tmp_path, "site", "--json").data["newsletters"][0]
    assert (taken["removed"], taken["same"]) == ([f"{W43}/index.html"], 2)  # W42's picture, and this one
    assert shown.read_bytes() == DRAWING


def test_a_picture_goes_when_its_issue_does_without_it(tmp_path: Path) -> None:
    archive(tmp_path, sent=(W42,))
    assert digest(tmp_path, "site", "--pictures", W43, "--pictures", "2024-W44").code == 0
    assert digest(tmp_path, "build", "--week", W43, "--offline").code == 0
    shutil.rmtree(tmp_path / "issues" / "2024-W44")
    assert record(tmp_path / "issues" / W43).entries[0].picture is None
    taken = digest(tmp_path, "site", "--json").data["newsletters"][0]
    assert taken["removed"] == [f"{W43}/{PICTURE}", f"2024-W44/{PICTURE}"]


def test_pictures_of_an_issue_that_cannot_be_read_stay_and_that_is_said(tmp_path: Path) -> None:
    archive(tmp_path, sent=(W42,))
    assert digest(tmp_path, "site", "--pictures", W43).code == 0
    (tmp_path / "issues" / W43 / "issue.json").write_text("{", encoding="utf-8")
    done = digest(tmp_path, "site")
    assert done.code == 0
    assert f"warning: issues/{W43}/issue.json: it cannot be read, so all its pictures stay on the site" in done.err
    assert (tmp_path / "site" / W43 / PICTURE).exists()


def test_a_damaged_issue_changes_nothing(tmp_path: Path) -> None:
    archive(tmp_path)
    assert digest(tmp_path, "site").code == 0
    before = files(tmp_path / "site")
    assert digest(tmp_path, "correct", W43, "Six.").code == 0
    (tmp_path / "issues" / W42 / "issue.json").write_text("{", encoding="utf-8")
    assert digest(tmp_path, "site").code == 1
    assert files(tmp_path / "site") == before


def test_what_is_wrong_with_a_second_newsletter_changes_nothing_of_the_first(tmp_path: Path) -> None:
    archive(tmp_path, TOML + MONTHLY + SITE, sent=(W43,))
    assert digest(tmp_path, "-n", "monthly", "build", "--month", "2024-10", "--offline").code == 0
    assert digest(tmp_path, "-n", "monthly", "sent", "2024-10", "--at", "2024-11-01 09:00").code == 0
    path = tmp_path / "issues" / "monthly" / "2024-10" / "issue.json"
    sound = path.read_bytes()
    path.write_text("{", encoding="utf-8")
    assert digest(tmp_path, "site").code == 1
    assert site_files(tmp_path / "site") == []
    path.write_bytes(sound)
    assert digest(tmp_path, "site").code == 0


def test_a_picture_that_is_not_what_was_built_is_never_published(tmp_path: Path) -> None:
    archive(tmp_path, sent=(W42, W43))
    (tmp_path / "issues" / W43 / PICTURE).write_bytes(DRAWING[::-1])
    for command in (("site",), ("site", "--pictures", W43)):
        done = digest(tmp_path, *command)
        assert (done.code, f"issues/{W43}/{PICTURE}: is not what was built" in done.err) == (1, True)
        assert site_files(tmp_path / "site") == []


def test_a_picture_that_rots_on_the_site_is_mended_though_its_size_is_right(tmp_path: Path) -> None:
    archive(tmp_path, sent=(W43,))
    assert digest(tmp_path, "site").code == 0
    (tmp_path / "site" / W43 / PICTURE).write_bytes(DRAWING[::-1])
    mended = digest(tmp_path, "site", "--json").data["newsletters"][0]
    assert mended["written"] == [f"{W43}/{PICTURE}"]
    assert (tmp_path / "site" / W43 / PICTURE).read_bytes() == DRAWING


def test_a_theme_that_is_gone_is_said_and_replaced(tmp_path: Path) -> None:
    archive(tmp_path)
    issue = record(tmp_path / "issues" / W43)
    gone = replace(issue, theme=replace(issue.theme, name="broadsheet"))
    (tmp_path / "issues" / W43 / "issue.json").write_bytes(to_pretty_json(gone))
    done = digest(tmp_path, "site")
    assert done.code == 0
    assert "warning: 2024-W43: there is no theme 'broadsheet': shown in the theme 'roundup'" in done.err


def test_one_command_at_a_time_writes_the_site(tmp_path: Path) -> None:
    archive(tmp_path, sent=(W43,))
    with exclusive(tmp_path / "site"):
        done = digest(tmp_path, "site")
    assert (done.code, "digest is at work on the site" in done.err) == (4, True)
    assert digest(tmp_path, "site").code == 0


def test_a_disk_that_fails_is_said(tmp_path: Path) -> None:
    archive(tmp_path, sent=(W43,))
    (tmp_path / "site").write_text("in the way", encoding="utf-8")
    done = digest(tmp_path, "site")
    assert (done.code, "a file is in the way of a folder" in done.err) == (1, True)
    (tmp_path / "site").unlink()
    (tmp_path / "issues" / W43 / PICTURE).unlink()
    lost = digest(tmp_path, "site")
    assert (lost.code, f"issues/{W43}/{PICTURE}: is missing" in lost.err) == (1, True)
    assert site_files(tmp_path / "site") == []


@pytest.mark.parametrize("name", ["index.html", f"{W43}/{PICTURE}"])
def test_a_folder_where_a_file_should_be_is_said(tmp_path: Path, name: str) -> None:
    archive(tmp_path, sent=(W43,))
    assert digest(tmp_path, "site").code == 0
    (tmp_path / "site" / name).unlink()
    (tmp_path / "site" / name).mkdir()
    done = digest(tmp_path, "site")
    assert (done.code, f"site/{name}: Digest did not write this file" in done.err) == (1, True)


def test_a_site_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    archive(tmp_path, sent=(W43,))
    assert digest(tmp_path, "site").code == 0
    with (
        patch.object(Path, "read_bytes", side_effect=PermissionError(13, "Permission denied")),
        pytest.raises(DiskError, match="the site cannot be read: Permission denied"),
    ):
        Part(folder=tmp_path / "site").read("index.html")


def test_nothing_is_taken_away_through_a_link_and_it_is_named(tmp_path: Path) -> None:
    archive(tmp_path, sent=(W43,))
    assert digest(tmp_path, "site").code == 0
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "index.html").write_text("<!--digest:site-->\n", encoding="utf-8")
    (tmp_path / "site" / "2020-W01").symlink_to(elsewhere)
    done = digest(tmp_path, "site", "--json").data["newsletters"][0]
    assert (done["removed"], done["foreign"]) == ([], ["2020-W01"])
    assert (elsewhere / "index.html").exists()


@pytest.mark.parametrize("name", [W43, f"{W43}/images", f"{W43}/index.html", f"{W43}/{PICTURE}", "feed.xml"])
def test_nothing_is_written_through_a_link(tmp_path: Path, name: str) -> None:
    archive(tmp_path, sent=(W43,))
    assert digest(tmp_path, "site").code == 0
    place, elsewhere = tmp_path / "site" / name, tmp_path / "elsewhere"
    place.rename(elsewhere)  # what it leads to is in all what Digest wrote
    place.symlink_to(elsewhere)
    assert digest(tmp_path, "correct", W43, "Six.").code == 0
    before = files(tmp_path)
    done = digest(tmp_path, "site")
    assert (done.code, f"site/{name}: a link is in the way" in done.err) == (1, True)
    assert files(tmp_path) == before


def test_a_persons_page_behind_a_link_is_not_written_over(tmp_path: Path) -> None:
    archive(tmp_path, sent=(W42,))
    assert digest(tmp_path, "site").code == 0
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "index.html").write_text("mine", encoding="utf-8")
    (tmp_path / "site" / W43).symlink_to(tmp_path / "elsewhere")
    assert digest(tmp_path, "sent", W43).code == 0
    assert digest(tmp_path, "site").code == 1
    assert files(tmp_path / "elsewhere") == {"index.html": b"mine"}


def test_a_file_where_a_folder_should_be_is_said_before_anything_is_written(tmp_path: Path) -> None:
    archive(tmp_path, sent=(W42,))
    assert digest(tmp_path, "site").code == 0
    (tmp_path / "site" / W43).write_text("mine", encoding="utf-8")
    before = files(tmp_path / "site")
    assert digest(tmp_path, "sent", W43).code == 0
    done = digest(tmp_path, "site")
    assert (done.code, f"site/{W43}: Digest did not write this file (" in done.err) == (1, True)
    assert files(tmp_path / "site") == before


def test_a_story_that_is_dated_by_its_day_keeps_it(tmp_path: Path) -> None:
    newsroom(tmp_path, TOML + SITE)
    note(tmp_path, "ebb", "2024-10-22")
    assert digest(tmp_path, "build", "--week", W43, "--offline").code == 0
    assert digest(tmp_path, "sent", W43, "--at", "2024-10-26").code == 0
    assert digest(tmp_path, "site").code == 0
    shown = html.document_fromstring(page(tmp_path, f"{W43}/index.html"))
    told = {time.get("datetime"): time.text for time in shown.xpath("//article//time")}
    assert told["2024-10-22"] == "22 October 2024"
    assert told["2024-10-23T11:00:00+01:00"] == "23 October 2024"
    stories = [
        each["item"] for each in linked_data(page(tmp_path, f"{W43}/index.html"))["mainEntity"]["itemListElement"]
    ]
    assert {story["datePublished"] for story in stories} >= set(told)
    feed = json.loads(page(tmp_path, "feed.json"))
    assert 'datetime="2024-10-22"' in feed["items"][0]["content_html"]
    assert feed["items"][0]["date_published"] == "2024-10-26T00:00:00+01:00"


def test_the_sites_dates_are_when_it_was_sent(tmp_path: Path) -> None:
    archive(tmp_path, sent=(W43,))
    assert digest(tmp_path, "site").code == 0
    shown = html.document_fromstring(page(tmp_path, f"{W43}/index.html"))
    assert SENT_AT[W43] == "2024-10-25 14:00"  # in London, an hour ahead of UTC
    assert shown.xpath("//meta[@property='article:published_time']/@content") == ["2024-10-25T14:00:00+01:00"]
