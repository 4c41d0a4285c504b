"""digest.sources: opening a source, retrieving its documents, and what is told where that fails."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from digest.model.article import Document, Problem, Sighting
from digest.sources import Given, SourceSettings, open_source, read_file
from digest.sources.settings import Kind, Reading
from digest.web import Web
from sources_making import NOW, READING, STORY

FEED = b"<rss version='2.0'><channel><item><title>Tide</title><link>/tide</link></item></channel></rss>"
SCRAPE = f"A headline of five words\n\nNotes\n\n{STORY}\n"


def retrieved(at: str, folder: Path, *, kind: Kind = "auto", reading: Reading = READING) -> list[Document | Problem]:
    settings = SourceSettings(name="quay", at=at, kind=kind)
    return list(open_source(settings, folder=folder, reading=reading).documents())


def refused(at: str, folder: Path) -> Problem:
    [only] = retrieved(at, folder)
    assert isinstance(only, Problem)
    assert only.source == "quay"
    assert only.hint
    return only


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A folder of every kind of file, and of some that are none."""
    for name in ("b.txt", "a.html", "deep/c.md", "deep/d.xml", ".hidden.md", ".git/e.md", "f.csv", "g.jpg"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path


@pytest.mark.parametrize(
    ("at", "kind", "names"),
    [
        ("in", "auto", ["in/a.html", "in/b.txt", "in/deep/c.md", "in/deep/d.xml"]),
        ("in", "markdown", ["in/deep/c.md"]),
        ("in/b.txt", "page", ["in/b.txt"]),
        ("in/*.*", "auto", ["in/.hidden.md", "in/a.html", "in/b.txt", "in/f.csv", "in/g.jpg"]),
        ("in/**/*.md", "markdown", ["in/.git/e.md", "in/.hidden.md", "in/deep/c.md"]),
    ],
)
def test_a_path_is_a_file_a_folder_or_a_pattern(room: Path, at: str, kind: Kind, names: list[str]) -> None:
    found = retrieved(at, room, kind=kind)
    assert [each.url for each in found if isinstance(each, Document)] == [f"file:{name}" for name in names]
    assert all(isinstance(each, Document) and each.retrieved_at == NOW for each in found)


def test_a_path_outside_the_workspace_is_named_whole(room: Path) -> None:
    at = room / "in" / "a b.md"
    at.write_text("x")
    [pattern] = retrieved(str(room / "in" / "a *.md"), room / "elsewhere")
    [single] = retrieved(str(at), room / "elsewhere")
    assert pattern == single
    assert isinstance(single, Document)
    assert single.url == f"file:{str(at).replace(' ', '%20')}"


def test_a_name_with_the_signs_of_a_pattern_is_a_name(room: Path) -> None:
    (room / "what?[1].md").write_text("x")
    [found] = retrieved("what?[1].md", room)
    assert isinstance(found, Document)
    assert found.url == "file:what%3F%5B1%5D.md"


def test_what_cannot_be_read_is_told(room: Path) -> None:
    (room / "loop.md").symlink_to(room / "loop.md")
    (room / "empty").mkdir()
    large = room / "large.html"
    with large.open("wb") as file:
        file.truncate(200_000_000)
    assert "cannot be read" in refused("none.md", room).message
    assert "cannot be read" in refused("loop.md", room).message
    assert "cannot be read" in refused("nul\0.md", room).message
    assert "is no file" in refused("/dev/zero", room).message
    assert "cannot be read" in refused("in/a**b/*.md", room).message
    assert "holds no .xml" in refused("empty", room).message
    assert "no file has such a name" in refused("in/*.zip", room).message
    assert "larger than 25 MB" in refused("large.html", room).message


def test_a_folder_inside_that_cannot_be_listed_is_told_and_the_rest_is_read(
    room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = __import__("os").scandir

    def scandir(path: str) -> object:
        if str(path).endswith("deep"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr("os.scandir", scandir)
    found = retrieved("in", room, kind="auto")
    assert [each.url for each in found if isinstance(each, Document)] == ["file:in/a.html", "file:in/b.txt"]
    [problem] = [each for each in found if isinstance(each, Problem)]
    assert "Permission denied" in problem.message


@pytest.mark.parametrize(
    ("at", "said"), [("https://quay.example/feed", "offline"), ("ftp://quay.example/feed", "not a web address")]
)
def test_without_the_web_an_address_is_told(tmp_path: Path, at: str, said: str) -> None:
    assert said in refused(at, tmp_path).message


def test_a_manifest_gives_what_a_scrape_lacks(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt", "d.txt"):
        (tmp_path / name).write_text(SCRAPE)
    (tmp_path / "manifest.csv").write_text(
        "file,url,published,section\n"
        "a.txt,https://quay.example/a?utm_source=x,2024-10-25,Harbour\n"
        "b.txt,https://quay.example/b\n"
        "c.txt,gibberish,10/11/12\n"
    )
    source = open_source(SourceSettings(name="quay", at=".", kind="scrape"), folder=tmp_path, reading=READING)
    documents = list(source.documents())
    problems = [each for each in documents if isinstance(each, Problem)]
    found = [each for one in documents if isinstance(one, Document) for each in source.parse(one)]
    a, b, c, d = (each for each in found if isinstance(each, Sighting))
    assert (a.url, a.section) == ("https://quay.example/a", "Harbour")
    assert (a.published, a.precision, a.date_source) == (datetime(2024, 10, 24, 23, tzinfo=UTC), "day", "editor")
    assert (b.url, b.section, b.published) == ("https://quay.example/b", "Notes", None)
    assert (c.url, c.published, d.url) == ("", None, "")
    assert ["not a web address" in problems[0].message, "ambiguous" in problems[1].message] == [True, True]


@pytest.mark.parametrize("text", ["name,url\na.txt,x\n", 'file,url\n"' + "x" * 200_000])
def test_a_broken_manifest_is_told_and_the_files_are_read(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(SCRAPE)
    (tmp_path / "manifest.csv").write_text(text)
    problem, found = retrieved("a.txt", tmp_path)
    assert isinstance(problem, Problem)
    assert "manifest.csv" in problem.where
    assert isinstance(found, Document)


def test_a_manifest_that_is_no_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SCRAPE)
    (tmp_path / "manifest.csv").mkdir()
    assert [type(each) for each in retrieved("a.txt", tmp_path)] == [Problem, Document]


class Magazine(BaseHTTPRequestHandler):
    """A site with one feed."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/feed" else 404)
        self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
        self.send_header("Content-Length", str(len(FEED)))
        self.end_headers()
        self.wfile.write(FEED)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the base class
        """Say nothing."""


@pytest.fixture
def magazine() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Magazine)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_feed_on_the_web(tmp_path: Path, magazine: str) -> None:
    with Web(named=(magazine,)) as web:
        reading = replace(READING, web=web)
        source = open_source(SourceSettings(name="quay", at=f"{magazine}/feed"), folder=tmp_path, reading=reading)
        [document] = source.documents()
        [lost] = retrieved(f"{magazine}/gone", tmp_path, reading=reading)
    assert isinstance(document, Document)
    [found] = source.parse(document)
    assert isinstance(found, Sighting)
    assert (found.title, found.url) == ("Tide", f"{magazine}/tide")
    assert isinstance(lost, Problem)
    assert (lost.where, "404" in lost.message) == (f"{magazine}/gone", True)


def test_a_file_by_hand_with_what_is_said_of_it(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text(SCRAPE)
    when = datetime(2024, 10, 25, 9, tzinfo=UTC)
    given = Given(source="desk", url="https://quay.example/story", published=when, section="Harbour")
    [found] = read_file(path, given, READING)
    assert isinstance(found, Sighting)
    assert (found.source, found.url, found.section) == ("desk", given.url, "Harbour")
    assert (found.published, found.precision, found.date_source) == (when, "instant", "editor")
    assert [(each.field, each.name) for each in found.witnesses] == [
        ("url", "editor"),
        ("published", "editor"),
        ("section", "editor"),
    ]


def test_a_file_by_hand_may_stand_in_a_manifest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SCRAPE)
    (tmp_path / "manifest.csv").write_text("file,url,published\na.txt,https://quay.example/a,2024-10-25\n")
    when = datetime(2024, 10, 1, tzinfo=UTC)
    [found] = read_file(tmp_path / "a.txt", Given(published=when), READING)
    assert isinstance(found, Sighting)
    assert (found.url, found.published, found.precision) == ("https://quay.example/a", when, "instant")


def test_by_hand_too_what_is_wrong_is_told(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text(SCRAPE)
    warning, found = read_file(path, Given(url="gibberish"), READING)
    assert isinstance(warning, Problem)
    assert (warning.where, isinstance(found, Sighting)) == (str(path), True)
    [lost] = read_file(tmp_path / "none", Given(), READING)
    assert isinstance(lost, Problem)


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("a.txt", b" \n\t", "nothing in it"),
        ("a.html", b"%PDF-1.7 x", "this is a PDF"),
        ("a", b"\x00\x01\x02", "this is binary data"),
        ("a.md", b"x" * 2_000_001, "larger than 2 MB"),
    ],
)
def test_what_no_parser_should_see_is_told(tmp_path: Path, name: str, body: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(body)
    [found] = read_file(tmp_path / name, Given(), READING)
    assert isinstance(found, Problem)
    assert said in found.message


def test_an_error_inside_a_parser_is_a_row_and_no_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.xml").write_bytes(FEED)

    def fail(*_: object, **__: object) -> object:
        raise RuntimeError("the library broke")

    monkeypatch.setattr("feedparser.parse", fail)
    [found] = read_file(tmp_path / "a.xml", Given(), READING)
    assert isinstance(found, Problem)
    assert "RuntimeError: the library broke" in found.message


def test_a_folder_that_may_not_be_entered_is_told(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.stat

    def stat(path: Path, **options: bool) -> object:
        if "in" in path.parts:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, **options)

    monkeypatch.setattr(Path, "stat", stat)
    found = retrieved("in/deep", room)
    assert [(type(each), getattr(each, "incomplete", None)) for each in found] == [(Problem, True)]
    found = retrieved("in", room)
    assert found
    assert all(isinstance(each, Problem) and each.incomplete and "Permission" in each.message for each in found)


def test_a_manifest_that_may_not_be_read_is_told(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.exists

    def exists(path: Path) -> bool:
        if path.name == "manifest.csv":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(Path, "exists", exists)
    problem, found = retrieved("in/b.txt", room)
    assert isinstance(problem, Problem)
    assert (problem.incomplete, "manifest.csv" in problem.where) == (True, True)
    assert isinstance(found, Document)


def test_retrieving_never_raises(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> object:
        raise RuntimeError("the disk broke")

    monkeypatch.setattr("digest.sources.retrieving.contents", fail)
    found = refused("in/b.txt", room)
    assert (found.where, found.incomplete) == ("in/b.txt", True)
    assert "the disk broke" in found.message
