"""The magazine's logo: a picture like any other, in its own place."""

import json
import re
from pathlib import Path
from typing import Any

from desk_running import desk
from digest.model.box import LOGO, doubled
from picture_making import Gallery, chart, read, svg, written
from pictured import PICTURES, built, issue, missing, newsroom
from running import digest, files, note

WORDMARK = svg('<rect width="600" height="120" fill="teal"/>', 'viewBox="0 0 600 120"')
DARK = written(chart(960, 240), "WEBP", lossless=True)


def branded(folder: Path, shown: Gallery, toml: str = PICTURES) -> Path:
    """Make a newsroom with a story and two logos."""
    room = newsroom(folder, {}, toml)
    note(room, "quay", "2024-10-24 12:00")
    text = (room / "digest.toml").read_text(encoding="utf-8")
    logos = f'logo = "{shown.url("logo.svg")}"\nlogo_dark = "{shown.url("dark.webp")}"\n'
    (room / "digest.toml").write_text(text.replace("[magazine]\n", f"[magazine]\n{logos}"), encoding="utf-8")
    return room


def brand(room: Path) -> Any:
    return json.loads((issue(room) / "issue.json").read_text(encoding="utf-8"))["brand"]


def page(room: Path, name: str = "email.html") -> str:
    return (issue(room) / name).read_text(encoding="utf-8")


def test_logos_are_copied_as_pictures_are_and_told_of_in_the_record(tmp_path: Path, shown: Gallery) -> None:
    shown.shown |= {"logo.svg": WORDMARK, "dark.webp": DARK}
    room = branded(tmp_path, shown)
    built(room)
    told = brand(room)
    for name, source, size in (("logo", "logo.svg", (480, 96)), ("logo_dark", "dark.webp", (384, 96))):
        picture = told[f"{name}_picture"]
        copy = (issue(room) / picture["file"]).read_bytes()
        assert read(copy).size == size == (picture["image"]["width"], picture["image"]["height"])
        assert picture["source"] == shown.url(source)
        assert picture["file"].endswith(f"-1072x{doubled(LOGO).height}.png")
        assert (
            told[name] == picture["image"]["url"] == f"https://harbour.example/weekly/2024-W43/i/{picture['file'][7:]}"
        )
        assert picture["weight"] == len(copy)
    assert re.findall(r'<img class="logo[^>]* src="(.*?)"', page(room)) == []
    assert [told["logo"], told["logo_dark"]] == re.findall(r'<img [^>]*src="(.*?)" alt="The Harbour"', page(room))
    assert told["logo"] in page(room, "web.html")
    first = files(room / "issues")
    shown.asked.clear()
    shown.shown.clear()
    built(room)
    built(room, "--offline")
    assert files(room / "issues") == first
    assert not shown.asked
    assert "picture-kept" in {each["code"] for each in built(room, "--refetch", "--json").data["findings"]}
    assert files(room / "issues") == first


def test_the_copies_of_logos_go_along_and_are_shown_in_the_preview(tmp_path: Path, shown: Gallery) -> None:
    shown.shown |= {"logo.svg": WORDMARK, "dark.webp": DARK}
    room = branded(tmp_path, shown)
    built(room)
    copies = {brand(room)[f"{name}_picture"]["file"] for name in ("logo", "logo_dark")}
    assert digest(room, "deliver", "--to", "folder").code == 0
    handed = files(room / "handover" / "weekly-2024-W43-none")
    assert {name for name in handed if name.startswith("images/")} == copies
    with desk(room) as running:
        for view in ("desktop", "web"):
            keys = set(re.findall(r'(?:src|srcset)="(/frame/picture/.*?)"', running.get(f"/frame/{view}").text))
            assert {running.get(key).body for key in keys} == {(issue(room) / name).read_bytes() for name in copies}


def test_where_a_logo_cannot_be_had_the_name_stands(tmp_path: Path, shown: Gallery) -> None:
    shown.shown["dark.webp"] = DARK
    room = branded(tmp_path, shown)
    done = built(room, "--json")
    assert list(missing(done)) == ["digest.toml: magazine.logo"]
    assert brand(room)["logo"] == ""
    assert "404" in brand(room)["logo_picture"]["problem"]
    assert "<img" not in page(room)
    checked = digest(room, "check", "--json").data["report"]["findings"]
    assert "digest.toml: magazine.logo" in {each["where"] for each in checked if each["code"] == "picture-missing"}
    (issue(room) / "issue.json").unlink()
    shown.shown = {"logo.svg": WORDMARK}
    assert list(missing(built(room, "--json"))) == ["digest.toml: magazine.logo_dark"]
    assert page(room).count("<img") == 1
    assert "srcset" not in page(room, "web.html")


def test_originals_stay_where_they_are_and_are_measured(tmp_path: Path, shown: Gallery) -> None:
    shown.shown |= {"logo.svg": WORDMARK, "dark.webp": DARK}
    for toml in ("", PICTURES + "originals = true\n"):
        room = branded(tmp_path, shown, toml)
        built(room)
        assert brand(room)["logo"] == shown.url("logo.svg")
        assert brand(room)["logo_dark_picture"]["image"]["width"] == 960
        assert not list(issue(room).glob("images/*"))
        kinds = [each for each in digest(room, "check", "--json").data["report"]["findings"] if "kind" in each["code"]]
        assert len(kinds) == 2  # SVG and WebP, which not every client shows


def test_offline_a_logo_that_was_never_fetched_is_left_out_and_it_is_said_what_to_do(
    tmp_path: Path, shown: Gallery
) -> None:
    room = branded(tmp_path, shown, "")
    done = digest(room, "build", "--week", "2024-W43", "--offline")
    assert "digest.toml: magazine.logo: its picture" in done.err
    assert "build once without --offline, or put the file into [pictures] folder: mails show it at its own" in done.err
    assert not shown.asked
