import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from digest.errors import DigestError
from digest.issues.folder import IssueFolder
from digest.mailers.message import Terms
from digest.preview import Preview, open_preview
from making import COPY, issue

FILES = {
    "email.html": b'<!DOCTYPE html><p>mail <!--digest:if unsubscribe--><a href="digest-tag:unsubscribe">out</a>'
    b"<!--/digest:if--></p>",
    "email.txt": "plain füße\nout: digest-tag:preferences\n".encode(),
    "web.html": b"<!DOCTYPE html><p>web</p>",
    COPY: b"\x89PNG",
}
TERMS = Terms(service="none", values={"unsubscribe": "https://harbour.example/leave"})


@contextmanager
def served(folder: Path) -> Iterator[Preview]:
    with open_preview(IssueFolder(folder), TERMS, 0) as preview:
        thread = threading.Thread(target=preview.serve)
        thread.start()
        try:
            yield preview
        finally:
            preview.stop()
            thread.join()


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    folder = IssueFolder(tmp_path / "2024-W43")
    with folder.exclusive():
        folder.write(issue(), FILES, {})
    with served(tmp_path / "2024-W43") as shown:
        yield shown


def get(preview: Preview, path: str, host: str = "") -> tuple[int, str, dict[str, str]]:
    port = preview.server.server_port
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Host": host or f"127.0.0.1:{port}"})
    answer = connection.getresponse()
    body = answer.read().decode(errors="replace")
    connection.close()
    return answer.status, body, dict(answer.getheaders())


@pytest.mark.parametrize(
    ("view", "frame"), [("desktop", "email.html"), ("phone", "email.html"), ("text", "email.txt"), ("web", "web.html")]
)
def test_each_view_shows_its_file_in_a_frame_without_scripts(preview: Preview, view: str, frame: str) -> None:
    status, page, headers = get(preview, f"/?view={view}")
    assert status == 200
    assert f'src="{frame}" sandbox>' in page
    assert f'<a href="?view={view}" aria-current="page">' in page
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert get(preview, f"/{frame}")[0] == 200


def test_the_page_says_which_issue_it_is_and_in_what_state(preview: Preview) -> None:
    page = get(preview, "/")[1]
    assert "The Harbour Weekly No. 7 · 18–25 October 2024 · 2024-W43, built" in page
    assert "<title>2024-W43: Story number 1</title>" in page


def test_the_mail_is_shown_as_readers_get_it(preview: Preview) -> None:
    _, mail, headers = get(preview, "/email.html")
    assert 'href="https://harbour.example/leave"' in mail
    assert "sandbox" in headers["Content-Security-Policy"]
    assert get(preview, "/email.txt")[1] == "plain füße\n"
    assert get(preview, "/")[0] == get(preview, "/?view=nonsense")[0] == get(preview, "/page.css")[0] == 200


def test_pictures_of_the_issue_and_nothing_else_are_served(preview: Preview) -> None:
    status, _, headers = get(preview, f"/{COPY}")
    assert (status, headers["Content-Type"]) == (200, "image/png")
    for path in (
        "/issue.json",
        "/edits.toml",
        "/images/0123456789abcdef-1w200-1072x961.png",
        "/../issue.json",
        "/%2e%2e/digest.toml",
        "//etc/passwd.png",
    ):
        assert get(preview, path)[0] == 404


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1:1"])
def test_a_page_elsewhere_cannot_read_the_issue_through_a_name_of_its_own(preview: Preview, host: str) -> None:
    status, body, _ = get(preview, "/email.html", host)
    assert status == 403
    assert "mail" not in body


def test_it_listens_on_loopback_alone_and_a_taken_port_is_said(preview: Preview, tmp_path: Path) -> None:
    assert preview.url == f"http://127.0.0.1:{preview.server.server_port}/"
    with (
        pytest.raises(DigestError, match="cannot be opened") as caught,
        open_preview(IssueFolder(tmp_path), TERMS, preview.server.server_port),
    ):
        pytest.fail("two on one port")
    assert "--port" in caught.value.hint


def test_a_file_that_is_gone_is_said(preview: Preview, tmp_path: Path) -> None:
    (tmp_path / "2024-W43" / "email.html").unlink()
    status, body, _ = get(preview, "/email.html")
    assert status == 404
    assert "is missing" in body
