"""`digest ingest --record` and `--replay`: a reading of a whole magazine on loopback, and the same again without it."""

import gzip
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
import stamina
from warcio.archiveiterator import ArchiveIterator

import running
from digest.cli import ingesting
from digest.errors import SourceError
from digest.web import Limits, Secret, Web
from digest.web.recording import Recorder
from digest.web.replaying import Replayer
from site_of_its_own import Answer, Site, magazine

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    with magazine() as site, stamina.set_testing(True, attempts=2):
        yield site


@pytest.fixture
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingesting, "now", lambda: NOW)


def newsroom(folder: Path, site: Site, *paths: str) -> Path:
    """Make a newsroom whose sources are paths of the site."""
    folder.mkdir()
    sources = "".join(
        f'[[sources]]\nname = "{path}"\nkind = "feed"\nurl = "{site.at(path)}"\n' for path in paths or ("/feed.xml",)
    )
    toml = f'schema = 1\n[magazine]\nname = "Lock"\n[fetch]\nseconds = 2\npause = 0\n{sources}'
    (folder / "digest.toml").write_text(toml, encoding="utf-8")
    return folder


def told(folder: Path) -> list[str]:
    """Return all that an archive holds, as SQL."""
    with sqlite3.connect(folder / "articles.db") as connection:
        return list(connection.iterdump())


# A whole reading


def test_a_replay_makes_the_archive_that_the_web_made(tmp_path: Path, site: Site, at_noon: None) -> None:
    del at_noon
    site.answer("/gone.xml", Answer(status=410, body=b"It has sunk"))
    site.answer("/half.xml", Answer(body=b"<rss>", missing=99))
    site.answer("/slow.xml", Answer(wait=3))
    site.answer("/away.xml", Answer(status=302, headers={"Location": "http://169.254.169.254/"}))
    site.answer("/packed.xml", Answer(body=gzip.compress(b"<rss/>"), headers={"Content-Encoding": "gzip"}))
    site.moved["elsewhere.xml"] = "atom.xml"
    paths = ("/feed.xml", "/excerpts.xml", "/gone.xml", "/half.xml", "/slow.xml", "/away.xml", "/packed.xml")
    live, again = newsroom(tmp_path / "live", site, *paths), newsroom(tmp_path / "again", site, *paths)
    plain = newsroom(tmp_path / "plain", site, *paths)
    first = running.digest(live, "ingest", "--json", "--record", tmp_path / "tape.warc.gz")
    without = running.digest(plain, "ingest", "--json")
    asked = site.asked.copy()
    second = running.digest(again, "ingest", "--json", "--replay", tmp_path / "tape.warc.gz")
    assert site.asked == asked
    assert first.data == second.data == without.data
    assert told(live) == told(again) == told(plain)
    assert sum(row["tally"]["new"] for row in first.data) > 0
    assert [row["state"]["error"] for row in second.data][2:] == [row["state"]["error"] for row in first.data][2:]
    assert [bool(row["state"]["error"]) for row in first.data] == [False, False, *[True] * 4, True]


def test_what_is_not_in_the_recording_is_a_row(tmp_path: Path, site: Site) -> None:
    tape = tmp_path / "tape.warc.gz"
    assert running.digest(newsroom(tmp_path / "live", site), "ingest", "--record", tape).code == 0
    more = newsroom(tmp_path / "more", site, "/feed.xml", "/atom.xml")
    done = running.digest(more, "ingest", "--replay", tape)
    assert done.code == 0
    assert f"warning: {site.at('/atom.xml')}: not in the recording (hint: record it again" in done.err


def test_a_recording_asks_for_whole_answers(tmp_path: Path, site: Site) -> None:
    room = newsroom(tmp_path / "live", site)
    running.digest(room, "ingest")
    running.digest(room, "ingest")
    assert site.unchanged["/feed.xml"] == 1
    running.digest(room, "ingest", "--record", tmp_path / "tape.warc.gz")
    assert site.unchanged["/feed.xml"] == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--record", "a", "--replay", "b"), "--replay does not go with --record"),
        (("--record", "a", "--offline"), "--offline does not go with --record"),
        (("--replay", "a", "--offline"), "--offline does not go with --replay"),
        (("--replay", "a", "--again"), "--replay does not go with --again"),
        (("--record", "a", "digest.toml"), "--record does not go with FILES"),
    ],
)
def test_a_recording_goes_with_the_web_alone(tmp_path: Path, site: Site, arguments: tuple[str, ...], said: str) -> None:
    done = running.digest(newsroom(tmp_path / "live", site), "ingest", *arguments)
    assert (done.code, said in done.err) == (2, True), done.err


def test_a_place_that_is_none_is_said(tmp_path: Path, site: Site) -> None:
    room = newsroom(tmp_path / "live", site)
    for way in ("--record", "--replay"):
        done = running.digest(room, "ingest", way, tmp_path / "nowhere" / "tape.warc.gz")
        assert (done.code, "No such file" in done.err) == (1, True), done.err
    assert list(tmp_path.iterdir()) == [room]


@pytest.mark.parametrize(
    "there", [b"", b"schema = 1\n", b"\x1f\x8b\x08" + bytes(30), b"\x1f\x8b\x08\x00" + b"\xff" * 40]
)
def test_what_is_no_recording_is_not_written_over(tmp_path: Path, site: Site, there: bytes) -> None:
    room, other = newsroom(tmp_path / "live", site), tmp_path / "other"
    other.write_bytes(there)
    before = (room / "digest.toml").read_bytes()
    for path in (other, room / "digest.toml", room):
        done = running.digest(room, "ingest", "--record", path)
        assert (done.code, "is not written over" in done.err) == (2, True), done.err
    assert (other.read_bytes(), (room / "digest.toml").read_bytes()) == (there, before)
    assert not site.asked["/feed.xml"]


def test_a_recording_is_written_over_by_a_newer_one(tmp_path: Path, site: Site) -> None:
    room, tape = newsroom(tmp_path / "live", site), tmp_path / "tape.warc.gz"
    for _ in range(2):
        assert running.digest(room, "ingest", "--record", tape).code == 0
    assert running.digest(newsroom(tmp_path / "other", site), "ingest", "--replay", tape).code == 0


# The file


def recorded(site: Site, *paths: str) -> bytes:
    stream = BytesIO()
    recorder = Recorder(stream, NOW)
    with Web(named=(site.base,), limits=Limits(size=1_000_000)) as web:
        web.through(recorder.over)
        for path in paths:
            web.get(site.at(path))
    recorder.finish()
    return stream.getvalue()


def test_other_tools_can_read_it(site: Site) -> None:
    tape = recorded(site, "/feed.xml", "/atom.xml")
    records = [
        (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read())
        for record in ArchiveIterator(BytesIO(tape), check_digests="raise")
    ]
    assert [kind for kind, *_ in records] == ["warcinfo", "response", "response", "metadata"]
    assert records[1][1:] == (site.at("/feed.xml"), site.answered("/feed.xml").body)


def test_it_holds_no_clock_but_the_readings(site: Site) -> None:
    records = list(ArchiveIterator(BytesIO(recorded(site, "/feed.xml"))))
    assert {record.rec_headers.get_header("WARC-Date") for record in records} == {"2026-11-24T12:00:00Z"}


def test_a_recording_that_is_cut_short_is_refused_wherever_it_is_cut(site: Site) -> None:
    tape = recorded(site, "/feed.xml", "/atom.xml")
    found = ArchiveIterator(BytesIO(tape))
    last = [found.get_record_offset() for _ in found][-1]  # which says how many there are
    for end in (0, 1, 40, last // 3, last // 2, last - 1, last, last + 20):
        with pytest.raises(SourceError, match=r"cut short|no recording") as caught:
            Replayer(BytesIO(tape[:end]), "tape.warc.gz")
        assert caught.value.where == "tape.warc.gz"


def test_a_recording_whose_record_is_missing_is_refused(site: Site) -> None:
    tape = recorded(site, "/feed.xml", "/atom.xml")
    found = ArchiveIterator(BytesIO(tape))
    places = [found.get_record_offset() for _ in found]
    with pytest.raises(SourceError, match="1 of 2 answers are there"):
        Replayer(BytesIO(tape[: places[1]] + tape[places[2] :]), "tape.warc.gz")


def test_a_recording_that_was_changed_is_refused(site: Site) -> None:
    tape = recorded(site, "/feed.xml")
    plain = b"".join(gzip.compress(each) for each in (gzip.decompress(tape).replace(b"<title>", b"<tidle>"),))
    with pytest.raises(SourceError, match="damaged"):
        Replayer(BytesIO(plain), "tape.warc.gz")


@pytest.mark.parametrize("noise", [b"", b"no recording", bytes(1000), b"\x1f\x8b" + bytes(1000), b"WARC/1.1\r\n\r\n"])
def test_what_is_no_recording_is_refused(noise: bytes) -> None:
    with pytest.raises(SourceError, match=r"cut short|no recording"):
        Replayer(BytesIO(noise), "tape.warc.gz")


def test_a_key_is_in_no_recording(site: Site) -> None:
    """The server says the whole question again: plain, packed, and in a redirect."""
    key, stream = "s3cret/key", BytesIO()
    secret = Secret(name="LOCK_KEY", value=key, site=site.base)
    site.routes["/plain"] = lambda _, query: Answer(body=query["key"].encode())
    site.routes["/packed"] = lambda _, query: Answer(
        body=gzip.compress(query["key"].encode()), headers={"Content-Encoding": "gzip"}
    )
    site.routes["/moved"] = lambda *_: Answer(status=302, headers={"Location": f"/plain?key={key}"})
    recorder = Recorder(stream, NOW)
    addresses = [site.at(f"/{path}?key=$LOCK_KEY") for path in ("plain", "packed", "moved")]
    with Web(named=(site.base,), secrets=(secret,)) as web:
        web.through(recorder.over)
        bodies = {web.get(url).body for url in addresses}
    recorder.finish()
    told = b"".join(
        record.rec_headers.to_bytes() + bytes(str(record.http_headers), "utf-8") + record.raw_stream.read()
        for record in ArchiveIterator(BytesIO(stream.getvalue()))
    )
    assert (b"s3cret" in told, told.count(b"$LOCK_KEY") > 4) == (False, True)
    with Web(secrets=()) as web:
        web.through(Replayer(BytesIO(stream.getvalue()), "tape").over)
        for url in addresses:
            assert {web.get(url).body} == bodies == {b"$LOCK_KEY"}


def test_an_answer_with_a_line_break_in_a_header_forges_none() -> None:
    """HTTP/2 may carry what HTTP/1 cannot; a recording has lines."""
    import httpx2  # noqa: PLC0415 - a transport of the test

    class Forging(httpx2.BaseTransport):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            del request
            headers = [(b"x", b"a\r\nWARC-Type: metadata"), (b"etag", b'"one"')]
            return httpx2.Response(200, headers=headers, stream=httpx2.ByteStream(b"tide"))

    stream = BytesIO()
    recorder = Recorder(stream, NOW)
    with Web() as web:
        web.through(lambda _, secrets: recorder.over(Forging(), secrets))
        web.get("http://harbour.example/")
    recorder.finish()
    with Web() as web:
        web.through(Replayer(BytesIO(stream.getvalue()), "tape").over)
        page = web.get("http://harbour.example/")
    assert (page.body, page.header("etag"), page.header("warc-type")) == (b"tide", '"one"', "")
