"""Pictures that are kept, passed over or refused: failing sources, themes that show few, a folder, addresses inside."""

import json
import re
from pathlib import Path

import pytest

from digest.pipeline.newsroom import open_newsroom
from digest.pipeline.pictures.record import Known, Wish
from digest.pipeline.pictures.work import Having, had
from picture_making import JPEG, Gallery, photograph, written
from pictured import PICTURES, WEEK, built, issue, missing, newsroom, told
from running import Done, digest, files

OTHER = written(photograph(hue=99), "JPEG")


def reported(done: Done, code: str) -> dict[str, str]:
    """Return what the report says under a code, by place."""
    found = [each for each in done.data["findings"] if each["code"] == code]
    assert all(each["hint"] for each in found)
    return {each["where"].removeprefix("The story of "): each["message"] for each in found}


# A source that fails


def test_a_story_that_moves_keeps_its_copy_where_its_source_is_gone(tmp_path: Path, shown: Gallery) -> None:
    shown.shown |= {"a.jpg": JPEG, "b.jpg": OTHER}
    room = newsroom(tmp_path, {"a": shown.url("a.jpg"), "b": shown.url("b.jpg")})
    built(room)
    before = told(room)
    edit = '[[story]]\narticle = "https://harbour.example/b"\ndo = "pin"\nslot = "lead"\n'
    (issue(room) / "edits.toml").write_text(f"schema = 1\n{edit}", encoding="utf-8")
    del shown.shown["b.jpg"]
    done = built(room, "--json")
    after = told(room)
    assert after["b"] == before["b"]  # the copy for a story's place, now in the lead's
    assert after["a"]["file"].endswith("1072x960.jpg")  # its source is there: made anew
    said = f"its picture {shown.url('b.jpg')}: kept the earlier copy: the server answered 404 Not Found"
    assert reported(done, "picture-kept") == {"b": said}
    assert missing(done) == {}
    shown.shown["b.jpg"] = OTHER
    assert reported(built(room, "--json"), "picture-kept") == {}
    assert told(room)["b"]["file"].endswith("1072x1280.jpg")


@pytest.mark.parametrize(
    ("now", "said"), [(None, "the server answered 404 Not Found"), (JPEG[:5000], "it is cut off"), (b"", "it is empty")]
)
def test_fetching_again_gives_up_no_copy_for_nothing(
    tmp_path: Path, shown: Gallery, now: bytes | None, said: str
) -> None:
    shown.shown |= {"a.jpg": JPEG, "b.jpg": OTHER}
    room = newsroom(tmp_path, {"a": shown.url("a.jpg"), "b": shown.url("b.jpg")})
    built(room)
    first = files(room / "issues")
    shown.shown.clear()
    if now is not None:
        shown.shown |= {"a.jpg": now, "b.jpg": now}
    done = built(room, "--refetch", "--json")
    assert files(room / "issues") == first
    kept = reported(done, "picture-kept")
    assert sorted(kept) == ["a", "b"]
    assert all(f"kept the earlier copy: {said}" in words for words in kept.values())


def test_a_broken_file_of_the_folder_gives_up_no_copy(tmp_path: Path, shown: Gallery) -> None:
    room = newsroom(tmp_path, {"a": shown.url("a.jpg")}, PICTURES + 'folder = "desk"\n')
    (room / "desk").mkdir()
    (room / "desk" / "a.jpg").write_bytes(JPEG)
    built(room)
    first = files(room / "issues")
    for broken in (JPEG[:900], b"0" * 20_000_001):
        (room / "desk" / "a.jpg").write_bytes(broken)
        assert list(reported(built(room, "--json"), "picture-kept")) == ["a"]
        assert files(room / "issues") == first


def test_an_original_that_is_gone_is_left_out_for_there_is_no_copy(tmp_path: Path, shown: Gallery) -> None:
    shown.shown["a.jpg"] = JPEG
    room = newsroom(tmp_path, {"a": shown.url("a.jpg")}, "")
    built(room)
    shown.shown.clear()
    assert missing(built(room, "--json")) == {}  # it was measured, and is not asked for again
    done = built(room, "--refetch", "--json")
    assert "404" in missing(done)["a"]
    assert reported(done, "picture-kept") == {}


def test_what_is_to_be_said_of_a_copy_is_said_by_each_build(tmp_path: Path, shown: Gallery) -> None:
    shown.shown["a.jpg"] = written(photograph().convert("CMYK"), "JPEG", icc_profile=b"no profile" * 40)
    room = newsroom(tmp_path, {"a": shown.url("a.jpg")})
    said = reported(built(room, "--json"), "picture-colours")
    assert list(said) == ["a"]
    for option in ("--offline", "--refetch"):
        assert reported(built(room, option, "--json"), "picture-colours") == said
    assert told(room)["a"]["note"] in said["a"]


# What the theme shows


@pytest.mark.parametrize("theme", ["letter", "headlines"])
def test_a_picture_that_the_theme_never_shows_is_not_fetched(tmp_path: Path, shown: Gallery, theme: str) -> None:
    shown.shown |= {"a.jpg": JPEG, "b.jpg": OTHER, "c.jpg": OTHER}
    room = newsroom(tmp_path, {name: shown.url(f"{name}.jpg") for name in "abc"})
    done = built(room, "--theme", theme, "--json")
    assert shown.asked == {"a.jpg": 1}
    assert missing(done) == {}
    found = told(room)
    assert [found[name]["shown"] for name in "abc"] == [True, False, False]
    assert found["b"] | {"image": ""} == {
        "file": "",
        "kind": "",
        "image": "",
        "note": "",
        "problem": "",
        "shown": False,
        "source": shown.url("b.jpg"),
        "source_hash": "",
        "weight": 0,
    }
    for name in ("email.html", "web.html", "email.txt"):
        page = (issue(room) / name).read_text(encoding="utf-8")
        assert "b.jpg" not in page
        assert "127.0.0.1" not in page


def test_trying_another_theme_gives_up_no_copy_and_hands_none_over_that_is_not_shown(
    tmp_path: Path, shown: Gallery
) -> None:
    shown.shown |= {"a.jpg": JPEG, "b.jpg": OTHER}
    room = newsroom(tmp_path, {"a": shown.url("a.jpg"), "b": shown.url("b.jpg")})
    built(room)
    first = files(room / "issues")
    built(room, "--theme", "letter")
    assert sorted(name for name in files(room / "issues") if "/images/" in name) == sorted(
        name for name in first if "/images/" in name
    )
    page = (issue(room) / "email.html").read_text(encoding="utf-8")
    assert page.count("<img") == 1
    assert digest(room, "deliver", "--to", "folder").code == 0
    handed = files(room / "handover")
    lead = told(room)["a"]["file"]
    assert [name.partition("/")[2] for name in handed if "/images/" in name] == [lead]
    assert "from https://harbour.example/weekly/2024-W43/i/" in handed["weekly-2024-W43-none/README.txt"].decode()
    built(room, "--offline")
    assert files(room / "issues") == first
    assert shown.asked.total() == 2


def own_theme(room: Path, name: str, line: str) -> None:
    """Make a theme of the newsroom's own whose file shows `line` for each entry below the letter's own words."""
    assert digest(room, "theme", "new", "own", "--from", "letter").code == 0
    path = room / "templates" / "own" / name
    text = path.read_text(encoding="utf-8")
    loop = "{% for section in issue.sections %}{% for entry in section.entries %}" + line + "{% endfor %}{% endfor %}\n"
    at = text.rindex("{% endblock %}") if name == "web.html" else text.index("{% endblock %}")
    path.write_text(text[:at] + loop + text[at:], encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("web.html", "{{ web.picture(entry) }}"),
        ("web.html", '{% if around %}<img src="{{ entry.picture.image.url }}" alt="">{% endif %}'),
        ("email.html", "<tr><td>{{ entry.picture.image.credit }}</td></tr>"),
        ("email.txt", "{{ entry.picture.image.alt }}\n"),
    ],
)
def test_an_own_theme_has_the_pictures_that_its_templates_look_into(
    tmp_path: Path, shown: Gallery, name: str, line: str
) -> None:
    shown.shown |= {"a.jpg": JPEG, "b.jpg": OTHER}
    room = newsroom(tmp_path, {"a": shown.url("a.jpg"), "b": shown.url("b.jpg")})
    if name == "email.txt":
        assert digest(room, "theme", "new", "own", "--from", "letter").code == 0
        path = room / "templates" / "own" / name
        loop = "{% for section in issue.sections %}{% for entry in section.entries %}" + line
        path.write_text(path.read_text(encoding="utf-8") + loop + "{% endfor %}{% endfor %}\n", encoding="utf-8")
    else:
        own_theme(room, name, line)
    built(room, "--theme", "own")
    assert shown.asked == {"a.jpg": 1, "b.jpg": 1}
    assert told(room)["b"]["shown"]


def test_a_picture_that_is_shown_for_want_of_another_is_had_then(tmp_path: Path, shown: Gallery) -> None:
    shown.shown |= {"b.jpg": OTHER, "c.jpg": OTHER}
    room = newsroom(tmp_path, {name: shown.url(f"{name}.jpg") for name in "abc"})
    show = "{% set found.one = entry %}{{ web.picture(entry) }}"
    own_theme(room, "web.html", f"{{% if not found.one and entry.picture.image.url %}}{show}{{% endif %}}")
    path = room / "templates" / "own" / "web.html"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("{% block content %}", "{% block content %}{% set found = namespace(one=none) %}"))
    done = built(room, "--theme", "own", "--json")
    assert list(missing(done)) == ["a"]
    assert shown.asked == {"a.jpg": 1, "b.jpg": 1}
    assert [told(room)[name]["shown"] for name in "abc"] == [True, True, False]
    page = (issue(room) / "web.html").read_text(encoding="utf-8")
    assert re.findall(r'<img src="(.*?)"', page) == [told(room)["b"]["file"]]


# The folder


def test_of_the_folders_files_the_one_most_like_the_address_is_taken(tmp_path: Path) -> None:
    names = ["photo.jpg", "one/photo.jpg", "2024/one/photo.jpg", "2019/other/photo.jpg"]
    urls = {
        "a": ("https://harbour.example/img/2024/one/photo.jpg", "2024/one/photo.jpg"),
        "b": ("https://harbour.example/2019/other/photo.jpg?w=9", "2019/other/photo.jpg"),
        "c": ("https://harbour.example/2018/one/photo.jpg", "one/photo.jpg"),
        "d": ("https://harbour.example/2018/two/photo.jpg", "photo.jpg"),
        "e": ("https://harbour.example/%2e%2e/desk/one/photo.jpg", "one/photo.jpg"),
        "f": (f"https://harbour.example/{'long' * 900}/photo.jpg", "photo.jpg"),
        "g": ("https://harbour.example/photo.jpg/one", ""),
    }
    room = newsroom(tmp_path, {name: url for name, (url, _) in urls.items()}, PICTURES + 'folder = "desk"\n')
    pictures = {name: written(photograph(40, 30, hue=hue * 40), "PNG") for hue, name in enumerate(names)}
    for name, body in pictures.items():
        (room / "desk" / name).parent.mkdir(parents=True, exist_ok=True)
        (room / "desk" / name).write_bytes(body)
    done = built(room, "--offline", "--json")
    wishes = {name: Wish(source=url, recipe=None) for name, (url, _) in urls.items()}
    opened = open_newsroom(room)
    found = had(opened, wishes.values(), Known.of(opened.shelf.issue("2020-W01")), Having(offline=True))
    taken = {name: found[wish].local for name, wish in wishes.items()}
    assert taken == {name: file for name, (_, file) in urls.items()}
    shared = reported(done, "picture-shared")
    assert sorted(shared) == ["[pictures] folder: one/photo.jpg", "[pictures] folder: photo.jpg"]
    assert shared["[pictures] folder: one/photo.jpg"] == f"is shown for 2 addresses: {urls['c'][0]}, {urls['e'][0]}"
    again = built(room, "--offline", "--json")
    assert reported(again, "picture-shared") == shared


def test_the_progress_counts_what_is_done(tmp_path: Path, shown: Gallery) -> None:
    shown.shown |= {"a.jpg": JPEG, "b.jpg": OTHER}
    room = open_newsroom(newsroom(tmp_path, {}))
    said: list[str] = []
    wishes = [Wish(source=shown.url(f"{name}.jpg"), recipe=None) for name in "abc"]
    had(room, wishes, Known.of(room.shelf.issue("2020-W01")), Having(progress=said.append))
    assert said == [f"pictures, {count} of 3" for count in (1, 2, 3)]


# Addresses inside


def test_a_story_cannot_make_a_build_ask_a_service_of_this_machine(tmp_path: Path, shown: Gallery) -> None:
    shown.shown["admin"] = JPEG
    urls = {
        "a": shown.url("admin").replace("127.0.0.1", "localhost") + "?delete=all",
        "b": shown.url("admin"),
        "c": "http://[::ffff:127.0.0.1]:9/",
        "d": "http://169.254.169.254/latest/meta-data/",
    }
    room = newsroom(tmp_path, urls)
    toml = (room / "digest.toml").read_text(encoding="utf-8")
    (room / "digest.toml").write_text(toml.replace('hosts = ["127.0.0.1", "localhost"]\n', ""), encoding="utf-8")
    report = missing(built(room, "--json"))
    assert sorted(report) == ["a", "b", "c", "d"]
    assert all("is not on the Internet, and digest.toml does not name it" in words for words in report.values())
    assert not shown.asked
    done = digest(room, "check", "--links", "--json")
    assert not shown.asked
    assert done.code in {0, 1}
    named = toml.replace('hosts = ["127.0.0.1", "localhost"]\n', f"logo = {json.dumps(shown.url('logo.png'))}\n")
    (room / "digest.toml").write_text(named, encoding="utf-8")
    report = missing(built(room, "--json"))
    assert shown.asked == {"admin": 1, "logo.png": 1}  # at the port that the logo's address has
    assert sorted(report) == ["a", "c", "d", "digest.toml: magazine.logo"]
    assert digest(room, *WEEK).code == 0
