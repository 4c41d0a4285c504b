"""`digest check` as an editor runs it, and the asking of links at a real server."""

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from digest.check.facts import Answer
from digest.check.registry import CODES, RULES
from digest.cli.checking import summary
from digest.errors import SourceError
from digest.model.finding import Finding
from digest.pipeline.asking import Asker, ask, targets
from digest.pipeline.checking import kind_of_bytes
from digest.pipeline.newsroom import open_newsroom
from digest.theme import shipped
from digest.web import Limits, Web
from proofs import changed, sound
from render_samples import LEAD_STORY
from running import TOML, digest, newsroom, note

NOON = datetime(2024, 10, 25, 12, tzinfo=UTC)
MAILER = '[mailer]\nservice = "mailchimp"\n'


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A newsroom with a built issue of W43 that a service sends."""
    newsroom(tmp_path, TOML + MAILER)
    assert digest(tmp_path, "build", "--week", "2024-W43").code == 0
    return tmp_path


def codes(done: Any) -> set[str]:
    return {finding["code"] for finding in done.data["report"]["findings"]}


def test_the_newest_issue_is_checked_and_the_report_has_three_parts(built: Path) -> None:
    done = digest(built, "check")
    assert done.code == 0
    head, *rest = done.out.splitlines()
    assert head == "Harbour Weekly No. 1: 18–25 October 2024 (2024-W43), mailchimp"
    assert "Sizes in bytes" in rest
    assert any("The story of anchor" in line and line.strip()[0].isdigit() for line in rest)
    assert any(line.startswith("Who sees what (caniemail") for line in rest)
    assert any(line.startswith("  Outlook for Windows: ") for line in rest)
    assert rest[-1].startswith("no errors, ")


def test_the_sample_magazines_fullest_week_is_without_fault(tmp_path: Path) -> None:
    assert digest(tmp_path, "init", "--sample", "paper").code == 0
    assert digest(tmp_path / "paper", "build", "--week", "2024-W43", "--offline").code == 0
    done = digest(tmp_path / "paper", "check", "--json")
    assert [each for each in done.data["report"]["findings"] if each["level"] != "note"] == []


def test_quiet_keeps_the_findings_and_the_count(built: Path) -> None:
    done = digest(built, "-q", "check", "2024-W43")
    assert done.out.splitlines()[-1].startswith("no errors, ")
    assert "Sizes" not in done.out


def test_the_clients_are_told_feature_by_feature_on_request(built: Path) -> None:
    done = digest(built, "check", "--clients")
    assert "    without @media (kept block, 2: email.html line " in done.out
    assert "places: --clients" not in done.out


def test_an_error_is_exit_code_1_and_stands_first_with_its_place_and_hint(built: Path) -> None:
    (built / "digest.toml").write_text(TOML.replace('address = "1 Quay Street, Harbour"\n', ""))
    done = digest(built, "check")
    assert done.code == 1
    lines = [line for line in done.out.splitlines() if line]
    assert lines[1].startswith("error: tag-")
    assert "    hint: set magazine.address in digest.toml" in lines
    assert lines[-1].startswith("3 errors, 1 warning, ")


def test_a_program_gets_the_whole_report(built: Path) -> None:
    done = digest(built, "check", "--json")
    report = done.data["report"]
    assert (done.data["label"], done.data["service"]) == ("2024-W43", "mailchimp")
    assert report["sizes"]["html_sent"] > report["sizes"]["frame"] > 0
    assert {cost["title"] for cost in report["sizes"]["stories"]} >= {"The story of anchor"}
    assert {"slug", "verdict", "count", "places", "kept", "notes"} <= set(report["clients"][0]["unseen"][0])
    assert {finding["level"] for finding in report["findings"]} <= {"warning", "note"}


def test_codes_are_selected_and_ignored_by_groups(built: Path) -> None:
    (built / "digest.toml").write_text(TOML)
    assert codes(digest(built, "check", "--json", "--select", "tag,html-lang")) == {"tag-unsubscribe", "tag-online"}
    assert codes(digest(built, "check", "--json", "--select", "tag", "--ignore", "tag-online")) == {"tag-unsubscribe"}
    assert (
        codes(digest(built, "check", "--json", "--ignore", "tag, client", "--ignore", "subject")) & set(CODES[7:12])
        == set()
    )


def test_digest_toml_says_what_always_holds_and_an_option_goes_before_it(built: Path) -> None:
    (built / "digest.toml").write_text(TOML + '[check]\nselect = ["tag"]\nignore = ["tag-online"]\n')
    assert codes(digest(built, "check", "--json")) == {"tag-unsubscribe"}
    assert codes(digest(built, "check", "--json", "--ignore", "tag-unsubscribe")) == {"tag-online"}
    assert digest(built, "check", "--json").code == 1
    assert digest(built, "check", "--json", "--select", "size").code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--select", "sise"), "--select: there is no code 'sise' (hint: did you mean 'size'?)"),
        (("--ignore", "size,link-ded"), "--ignore: there is no code 'link-ded' (hint: did you mean 'link-dead'?)"),
        (("--explain", "qqqq"), "--explain: there is no code 'qqqq' (hint: the groups are size, style, tag, html, "),
        (("--explain", "size", "--links"), "--links does not go with --explain"),
        (("--explain", "size", "2024-W43"), "issue does not go with --explain"),
    ],
)
def test_a_code_that_is_none_is_a_usage_error(built: Path, arguments: tuple[str, ...], said: str) -> None:
    done = digest(built, "check", *arguments)
    assert done.code == 2
    assert said in done.err


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('select = ["sise"]', "digest.toml: check.select: there is no code 'sise' (hint: did you mean 'size'?)"),
        ('ignore = ["qqqq"]', "digest.toml: check.ignore: there is no code 'qqqq' (hint: the README lists all codes)"),
        ('ingore = ["size"]', "digest.toml: check.ingore: unknown key (hint: did you mean 'ignore'?)"),
    ],
)
def test_a_code_that_is_none_is_said_where_digest_toml_has_it(built: Path, table: str, said: str) -> None:
    (built / "digest.toml").write_text(f"{TOML}[check]\n{table}\n")
    done = digest(built, "issues")
    assert done.code == 2
    assert said in done.err


@pytest.mark.parametrize("rule", RULES, ids=CODES)
def test_every_code_is_explained(tmp_path: Path, rule: Any) -> None:
    done = digest(tmp_path, "check", "--explain", rule.code)
    assert done.code == 0
    for words in (f"{rule.code} ({rule.level})", rule.means, f"Why: {rule.why}", f"What to do: {rule.hint}"):
        assert words in done.out


def test_a_group_is_explained_as_a_whole_for_programs_too(tmp_path: Path) -> None:
    rows = digest(tmp_path, "check", "--explain", "size", "--json").data
    assert [row["code"] for row in rows] == ["size-gmail", "size-near", "size-style"]
    assert set(rows[0]) == {"code", "level", "means", "why", "hint"}


def test_an_issue_that_is_not_there_is_said_so(built: Path) -> None:
    done = digest(built, "check", "2024-W01")
    assert done.code == 1
    assert "there is no such issue" in done.err


def test_what_earlier_sent_issues_had_is_known(built: Path) -> None:
    edits = built / "issues" / "2024-W43" / "edits.toml"
    extra = '[[link]]\nurl = "https://elsewhere.example/dredging"\ntitle = "The price of a channel"\n'
    edits.write_text(f"schema = 1\n[issue]\nsubject = 'The same again'\n{extra}")
    assert digest(built, "build", "--week", "2024-W43").code == 0
    assert digest(built, "sent", "2024-W43").code == 0
    following = built / "issues" / "2024-W44"
    following.mkdir()
    (following / "edits.toml").write_text(f"schema = 1\n[issue]\nsubject = 'the same, again'\n{extra}")
    assert digest(built, "build", "--week", "2024-W44").code == 0
    assert {"link-sent", "subject-repeats"} <= codes(digest(built, "check", "2024-W44", "--json"))
    (built / "issues" / "2024-W43" / "issue.json").write_text("{}")
    assert {"link-sent", "subject-repeats"} & codes(digest(built, "check", "2024-W44", "--json")) == set()
    (built / "issues" / "2024-W43" / "issue.json").unlink()
    assert digest(built, "check", "2024-W44").code == 0


def test_an_issue_whose_theme_is_gone_is_checked_all_the_same(built: Path) -> None:
    shutil.copytree(shipped() / "roundup", built / "templates" / "mine")
    assert digest(built, "build", "--week", "2024-W43", "--theme", "mine").code == 0
    shutil.rmtree(built / "templates")
    assert digest(built, "check").code == 0


def test_a_source_that_failed_is_a_finding(built: Path) -> None:
    (built / "digest.toml").write_text(TOML + MAILER + '[[sources]]\nname = "feed"\nkind = "feed"\npath = "gone.xml"\n')
    done = digest(built, "check", "--json")
    assert "source-stale" in codes(done)
    (built / "articles.db").unlink()
    assert "source-stale" not in codes(digest(built, "check", "--json"))


def test_a_build_ends_with_what_a_check_would_say(built: Path) -> None:
    done = digest(built, "build", "--week", "2024-W43")
    (line,) = (line for line in done.out.splitlines() if "check 2024-W43" in line)
    assert line.startswith("no errors, ")
    (built / "digest.toml").write_text(TOML + '[check]\nselect = ["tag"]\n')
    counted = digest(built, "build", "--week", "2024-W43", "--json").data["check"]
    assert counted == {"error": 1, "warning": 1, "note": 0}


def test_findings_are_counted_in_words() -> None:
    error = Finding(code="x", level="error", message="x")
    assert summary((error, error, Finding(code="y", level="warning", message="y"))) == "2 errors, 1 warning, no notes"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"GIF89a", "gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "webp"),
        (b"\0\0\0\x1cftypavif", "avif"),
        (b"\0\0\0\x1cftypheic", "heif"),
        (b"<svg xmlns", "svg"),
        (b"anything", ""),
    ],
)
def test_a_pictures_kind_is_read_from_its_bytes(body: bytes, kind: str) -> None:
    assert kind_of_bytes(body) == kind


def test_a_picture_in_the_issues_folder_is_weighed(built: Path) -> None:
    room = open_newsroom(built)
    folder = room.shelf.issue("2024-W43")
    from digest.pipeline.checking import proof_of  # noqa: PLC0415 - only here

    with folder.exclusive():
        issue = folder.read()
        kept = {name: (folder.path / name).read_bytes() for name in ("email.html", "email.txt", "web.html")}
        folder.write(issue, {**kept, "images/a.jpg": b"\xff\xd8\xff" + b"\0" * 997}, {})
    (picture,) = proof_of(room, folder).facts.pictures
    assert (picture.file, picture.kind, picture.weight) == ("images/a.jpg", "jpeg", 1000)


# Asking


class Magazine(BaseHTTPRequestHandler):
    """A magazine's server: `/404` answers 404, `/head` refuses HEAD, `/moved` leads to `/200`, `/slow` never ends,
    `/meet` waits for somebody else."""

    def do_HEAD(self) -> None:
        self._answer(405 if self.path == "/head" else 403 if self.path == "/both" else 0)

    def do_GET(self) -> None:
        self._answer(0)

    def _answer(self, status: int) -> None:
        shop: Shop = self.server  # type: ignore[assignment] # the server below
        with shop.lock:
            shop.asked.append(f"{self.command} {self.path}")
            shop.at_once += 1
            shop.most = max(shop.most, shop.at_once)
        name = self.path.strip("/")
        if name == "slow":
            shop.closing.wait(10)
        if name == "meet":
            shop.meeting.wait()
        time.sleep(0.01)
        status = status or (302 if name == "moved" else 403 if name == "both" else int(name) if name.isdigit() else 200)
        with shop.lock:  # before the answer: with it the next question may come
            shop.at_once -= 1
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/200")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - http.server's name
        """Say nothing."""


class Shop(ThreadingHTTPServer):
    """The server, and what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Magazine)
        self.lock, self.closing = threading.Lock(), threading.Event()
        self.asked: list[str] = []
        self.at_once = self.most = 0
        self.meeting = threading.Barrier(1)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"


@contextmanager
def opened() -> Iterator[Shop]:
    with Shop() as shop:
        thread = threading.Thread(target=shop.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield shop
        finally:
            shop.closing.set()
            shop.shutdown()
            thread.join()


@pytest.fixture
def shop() -> Iterator[Shop]:
    with opened() as shop:
        yield shop


def asked(urls: list[str], cache: Path | None, now: datetime = NOON) -> tuple[Answer, ...]:
    return ask(urls, Asker(contact="desk@harbour.example", cache=cache, now=now), lambda _: None)


def test_an_address_answers_what_its_page_answers_in_the_end(shop: Shop) -> None:
    with Web() as web:
        told = [web.ask(f"{shop.url}/{path}") for path in ("200", "404", "503", "moved", "head", "both")]
    assert told == [200, 404, 503, 200, 200, 403]
    assert shop.asked.count("GET /200") == 0
    assert shop.asked[-4:] == ["HEAD /head", "GET /head", "HEAD /both", "GET /both"]


def test_what_does_not_answer_is_an_error_of_the_source(shop: Shop) -> None:
    with Web(limits=Limits(seconds=0.2)) as web, pytest.raises(SourceError, match="did not answer in time"):
        web.ask(f"{shop.url}/slow")
    with Web() as web, pytest.raises(SourceError, match="not a web address"):
        web.ask("mailto:desk@harbour.example")
    with Web() as web, pytest.raises(SourceError, match="cannot be reached"):
        web.ask("http://127.0.0.1:9/")


def test_answers_come_in_order_and_one_host_is_asked_one_after_the_other(shop: Shop) -> None:
    urls = [f"{shop.url}/{name}" for name in ("404", "200", "500", "a", "b")]
    told = asked([*urls, "http://127.0.0.1:9/"], None)
    assert [answer.status for answer in told] == [404, 200, 500, 200, 200, 0]
    assert told[-1].problem.startswith("cannot be reached")
    assert shop.most == 1


def test_hosts_are_asked_at_the_same_time() -> None:
    with opened() as one, opened() as other:
        one.meeting = other.meeting = threading.Barrier(2, timeout=20)  # each waits until the other is asked too
        urls = [f"{one.url}/meet", f"{other.url.replace('127.0.0.1', 'localhost')}/meet"]
        assert [answer.status for answer in asked(urls, None)] == [200, 200]


def test_what_answered_is_not_asked_again_for_a_day(shop: Shop, tmp_path: Path) -> None:
    cache = tmp_path / "links" / "answers.json"
    urls = [f"{shop.url}/{name}" for name in ("200", "404", "500", "429")]
    first = asked(urls, cache)
    shop.asked.clear()
    assert asked(urls, cache, NOON + timedelta(hours=23)) == first
    assert {line.split()[1] for line in shop.asked} == {"/500", "/429"}
    shop.asked.clear()
    asked(urls, cache, NOON + timedelta(hours=25))
    assert {line.split()[1] for line in shop.asked} == {"/200", "/404", "/500", "/429"}


def test_a_damaged_or_forbidden_cache_costs_time_alone(shop: Shop, tmp_path: Path) -> None:
    cache = tmp_path / "answers.json"
    cache.write_bytes(b"{")
    assert [answer.status for answer in asked([f"{shop.url}/200"], cache)] == [200]
    assert cache.read_bytes().startswith(b'{"kept"')
    (tmp_path / "file").write_text("")
    assert [answer.status for answer in asked([f"{shop.url}/200"], tmp_path / "file" / "answers.json")] == [200]


def test_a_mails_own_links_and_pictures_are_asked_and_no_reader_is_unsubscribed() -> None:
    found = targets(sound())
    assert LEAD_STORY.url in found
    assert LEAD_STORY.mail_url not in found
    assert "https://harbour.example/i/dredger.jpg" in found
    assert not any("leave" in url or "digest-tag" in url for url in found)
    assert len(set(found)) == len(found)
    mailed = changed(html=lambda html: html.replace("https://social.example/@harbour", "mailto:x@x.example"))
    assert not any(url.startswith("mailto:") for url in targets(mailed))


def test_links_are_asked_on_request_and_dead_ones_found(tmp_path: Path, shop: Shop) -> None:
    newsroom(tmp_path, TOML.replace("https://harbour.example", shop.url) + MAILER)
    for slug in ("anchor", "buoy", "capstan", "davit"):
        path = note(tmp_path, slug, f"2024-10-2{len(slug) % 4} 10:00")
        path.write_text(path.read_text().replace("https://harbour.example", shop.url))
    gone = tmp_path / "notes" / "anchor.md"
    gone.write_text(gone.read_text().replace("/anchor", "/404"))
    assert digest(tmp_path, "build", "--week", "2024-W43").code == 0
    assert "link-dead" not in codes(digest(tmp_path, "check", "--json"))
    done = digest(tmp_path, "check", "--json", "--links")
    (dead,) = (each for each in done.data["report"]["findings"] if each["code"] == "link-dead")
    assert done.code == 1
    assert dead["where"] == "The story of anchor"
    assert dead["message"].endswith("/404 answered 404")
