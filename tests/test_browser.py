"""Chromium behind its door: what it draws, what it may load, and what is said where there is none."""

import os
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from digest.browser import MOST, PROGRAMS, TALLEST, Look, find_program, open_camera, png_size
from digest.errors import BrowserError
from seeing import SMALL, Take, aside, colours, pixel, square, taking

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 128, 0), (0, 0, 255), (255, 255, 255)
TOP = "<!DOCTYPE html><meta charset=utf-8><style>body { margin: 0 } div, img { display: block }</style>"


@pytest.fixture(scope="module")
def take(program: Path) -> Iterator[Take]:
    with taking(program) as take:
        yield take


def bar(height: int, colour: str) -> str:
    return f'<div style="height: {height}px; background: {colour}"></div>'


@pytest.mark.parametrize(("scale", "size"), [(1, (300, 470)), (2, (600, 940)), (0.5, (150, 235))])
def test_a_page_is_taken_whole_in_the_windows_width(take: Take, scale: float, size: tuple[int, int]) -> None:
    shot = take(TOP + bar(400, "red") + bar(70, "blue"), Look(width=300, scale=scale))
    [picture] = shot.pictures
    assert png_size(picture) == size
    assert (pixel(picture, 0, 0), pixel(picture, size[0] - 1, size[1] - 1)) == (RED, BLUE)
    assert (shot.refused, shot.width, shot.unseen) == ((), 300, 0)


def test_a_page_taller_than_a_picture_can_be_becomes_several(take: Take) -> None:
    tall = TOP + bar(TALLEST // 2, "red") + bar(TALLEST // 2, "green") + bar(50, "blue")
    pictures = take(tall, Look(width=100, scale=2)).pictures
    assert [png_size(picture) for picture in pictures] == [(200, TALLEST), (200, TALLEST), (200, 100)]
    assert [pixel(picture, 0, 0) for picture in pictures] == [RED, GREEN, BLUE]
    assert [colours(picture) for picture in pictures] == [1, 1, 1]
    assert [png_size(picture)[1] for picture in take(TOP + bar(TALLEST, "red")).pictures] == [TALLEST]


def test_what_is_below_the_last_picture_is_told(take: Take) -> None:
    shot = take(TOP + bar(TALLEST * MOST + 123, "red"), Look(width=8))
    assert (len(shot.pictures), shot.unseen) == (MOST, 123)


def test_what_sticks_out_is_told_and_not_in_the_picture(take: Take) -> None:
    shot = take(TOP + '<div style="width: 150px; height: 9px; background: red"></div>')
    assert shot.width == 150
    assert png_size(shot.pictures[0])[0] == 100


def test_a_page_gets_what_comes_with_it(take: Take) -> None:
    html = TOP + '<img src="images/a.png"><img src="https://cdn.example/b.png"><img src="https://cdn.example/c.png">'
    answers = {"images/a.png": square(RED), "https://cdn.example/b.png": square(BLUE)}
    shot = take(html, SMALL, answers)
    assert (pixel(shot.pictures[0], 5, 5), pixel(shot.pictures[0], 5, 45)) == (RED, BLUE)
    assert shot.refused == ("https://cdn.example/c.png",)


def test_a_picture_far_down_is_there_though_the_page_says_lazy(take: Take) -> None:
    html = TOP + bar(6000, "white") + '<img loading="lazy" src="a.png">'
    assert pixel(take(html, SMALL, {"a.png": square(RED)}).pictures[0], 5, 6005) == RED


def test_with_pictures_off_their_words_are_shown(take: Take) -> None:
    answers = {"a.png": square(RED, 90)}
    off = Look(width=100, pictures=False)
    told, silent = (take(f'{TOP}<img src="a.png" alt="{alt}">', off, answers) for alt in ("Low tide", ""))
    assert colours(told.pictures[0]) > 2
    assert colours(silent.pictures[0]) == 1
    assert told.refused == ()


def test_dark_is_what_the_page_makes_of_it(take: Take) -> None:
    html = TOP + "<style>body { background: white } @media (prefers-color-scheme: dark) { body { background: blue } }"
    assert pixel(take(html).pictures[0], 9, 9) == WHITE
    assert pixel(take(html, Look(width=100, dark=True)).pictures[0], 9, 9) == BLUE


def test_no_script_runs(take: Take) -> None:
    html = (
        TOP + "<body><script>document.body.style.background = 'red'</script><img src=x onerror=\"location = '/gone'\">"
    )
    shot = take(html)
    assert pixel(shot.pictures[0], 90, 90) == WHITE
    assert [address.rpartition("/")[2] for address in shot.refused] == ["x"]


def test_the_same_page_gives_the_same_pixels(take: Take) -> None:
    html = (
        TOP + "<style>@keyframes k { to { margin-left: 60px; color: red } } p { animation: k .3s infinite alternate }"
        "</style><p>Ebb</p><input autofocus value=flow><p>港の時計 مرحبا 🚢</p>"
    )
    first, second = take(html).pictures, take(html).pictures
    assert first == second
    assert colours(first[0]) > 10


@contextmanager
def listening() -> Iterator[tuple[int, list[object]]]:
    """Listen on loopback; yields the port and a list that gets a line for every connection."""
    callers: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            while True:
                try:
                    connection, caller = server.accept()
                except OSError:  # the server is closed: the test is over
                    return
                connection.close()
                callers.append(caller)

        thread = threading.Thread(target=accept)
        thread.start()
        try:
            yield server.getsockname()[1], callers
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()


REACHING = """\
<link rel="preconnect" href="{0}/1"><link rel="dns-prefetch" href="{0}/2"><link rel="prefetch" href="{0}/3">
<link rel="preload" as="image" href="{0}/4"><link rel="stylesheet" href="{0}/5"><link rel="icon" href="{0}/6">
<style>@import url("{0}/7"); @font-face {{ font-family: f; src: url("{0}/8") }} p {{ font-family: f;
background: url("{0}/9") }}</style><p>text</p><img src="{0}/10" srcset="{0}/11 2x"><iframe src="{0}/12"></iframe>
<object data="{0}/13"></object><embed src="{0}/14"><video autoplay src="{0}/15" poster="{0}/16"></video>
<script src="{0}/17"></script><svg><image href="{0}/18"/><use href="{0}/19#x"/></svg><input type="image" src="{0}/20">
<iframe srcdoc="<img src='{0}/21'>"></iframe><img src="file:///etc/hostname">
<meta http-equiv="refresh" content="0;{0}/22">
"""


def test_nothing_that_a_page_says_leaves_the_machine(take: Take) -> None:
    with listening() as (port, callers):
        shot = take(TOP + REACHING.format(f"http://127.0.0.1:{port}"))
        assert callers == []
        asked = {address.rpartition("/")[2] for address in shot.refused}
        assert {"5", "7", "8", "9", "10", "12", "13", "14", "16", "18", "20", "21"} <= asked
        socket.create_connection(("127.0.0.1", port)).close()
        take(TOP)
        assert len(callers) == 1, "the counter counts"


def test_the_first_program_on_the_path_is_taken(tmp_path: Path) -> None:
    for name in reversed(PROGRAMS):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
        assert find_program(None, str(tmp_path)) == tmp_path / name
    assert find_program(tmp_path / PROGRAMS[-1], "") == tmp_path / PROGRAMS[-1]


def test_where_no_program_is_found_the_line_to_run_is_said(tmp_path: Path) -> None:
    with pytest.raises(BrowserError, match=r"no Chromium was found.*apt-get install chromium.*DIGEST_CHROMIUM"):
        find_program(None, str(tmp_path))
    (tmp_path / "plain").write_text("")
    for named in (tmp_path / "plain", tmp_path / "nowhere", tmp_path):
        with pytest.raises(BrowserError, match="no such program"):
            find_program(named, "/usr/bin:/bin")


def test_where_playwright_is_missing_the_line_to_run_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    with pytest.raises(BrowserError, match=r"needs Playwright.*pip install"), open_camera(Path("/usr/bin/chromium")):
        pytest.fail("a camera without Playwright")


def started(program: Path) -> str:
    """Return what is said where `program` does not start."""
    with aside() as run, pytest.raises(BrowserError) as caught:
        run(open_camera(program).__enter__)
    assert caught.value.where == str(program)
    assert "\n" not in caught.value.message
    return str(caught.value)


@pytest.mark.parametrize(
    ("says", "hint"),
    [
        ("No usable sandbox!", "apt-get install chromium-sandbox"),
        ("Connection closed while reading from the driver", "apt-get install libatomic1"),
        ("Segmentation fault", "starts by itself"),
    ],
)
def test_a_browser_that_does_not_start_is_explained(tmp_path: Path, says: str, hint: str) -> None:
    (tmp_path / "chromium").write_text(f"#!/bin/sh\necho '{says}' >&2\nexit 1\n")
    (tmp_path / "chromium").chmod(0o755)
    told = started(tmp_path / "chromium")
    assert f"the browser failed: {says}" in told
    assert hint in told


@pytest.mark.parametrize(("user", "opens"), [(0, ["--no-sandbox"]), (1000, [])])
def test_only_root_goes_without_the_browsers_sandbox(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: int, opens: list[str]
) -> None:
    (tmp_path / "chromium").write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/arguments\nexit 1\n')
    (tmp_path / "chromium").chmod(0o755)
    monkeypatch.setattr(os, "geteuid", lambda: user)
    started(tmp_path / "chromium")
    arguments = (tmp_path / "arguments").read_text().split()
    assert [argument for argument in arguments if argument == "--no-sandbox"] == opens
    assert "--headless" in arguments
