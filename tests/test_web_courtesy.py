"""digest.web.courtesy with a real magazine on loopback: robots.txt, few questions at a time, patience, and its end."""

import socket
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from digest import __version__
from digest.errors import AnswerError, SourceError, UnreachedError
from digest.web import Limits, Web
from digest.web.answering import wait_of
from digest.web.courtesy import Courteous, Manners
from site_of_its_own import Answer, Site, magazine

HURRIED = Manners(pause=0)


@pytest.fixture
def site() -> Iterator[Site]:
    with magazine() as site:
        site.robots = ""
        yield site


@pytest.fixture
def open_door(site: Site) -> Iterator[Callable[..., Courteous]]:
    """Open doors to the site, which are closed in the end."""
    doors: list[Courteous] = []

    def opened(
        manners: Manners = HURRIED, free: Callable[[str], bool] = lambda _: False, seconds: float = 30
    ) -> Courteous:
        doors.append(Courteous(Web(named=(site.base,), limits=Limits(seconds=seconds)), manners, free))
        return doors[-1]

    yield opened
    for door in doors:
        door.close()


Open = Callable[..., Courteous]


def refusal(door: Courteous, url: str) -> SourceError:
    with pytest.raises(SourceError) as caught:
        door.get(url)
    assert caught.value.where == url
    assert caught.value.hint
    return caught.value


def in_turn(*answers: Answer) -> Callable[[str, Mapping[str, str]], Answer]:
    """Return a route that answers one after the other; the last again and again."""
    left = list(answers)
    return lambda *_: left.pop(0) if len(left) > 1 else left[0]


# robots.txt


@pytest.mark.parametrize(
    ("robots", "forbidden"),
    [
        ("", False),
        ("User-agent: *\nDisallow:\n", False),
        ("User-agent: *\nDisallow: /feed\n", True),
        ("User-agent: digest\nDisallow: /feed*.xml$\n", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Digest\nAllow: /\n", False),
        ("User-agent: *\nDisallow: /\nAllow: /feed.xml\n", False),
        ("User-agent: Digester\nDisallow: /\n", False),
        ("User-agent: GPTBot\nDisallow: /\n", False),
    ],
)
def test_what_robots_txt_forbids_is_not_asked_for(site: Site, open_door: Open, robots: str, forbidden: bool) -> None:  # noqa: FBT001 - a row of the table
    site.robots = robots
    door, url = open_door(), site.at("/feed.xml")
    if forbidden:
        error = refusal(door, url)
        assert error.message == "robots.txt of 127.0.0.1 forbids it"
        assert "User-agent: Digest" in error.hint
    else:
        assert door.get(url).body
    assert list(site.asked) == ["/robots.txt"] + ["/feed.xml"] * (not forbidden)


def test_robots_txt_is_asked_for_once_by_our_name(site: Site, open_door: Open) -> None:
    door = open_door()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(door.get, [site.at(f"/{page}") for page in ("feed.xml", "atom.xml", "rdf.xml") * 4]))
    assert site.asked["/robots.txt"] == 1
    assert site.seen[0].path == "/robots.txt"
    assert {asked.headers["user-agent"] for asked in site.seen} == {f"Digest/{__version__}"}


def test_what_a_person_named_is_asked_for_regardless(site: Site, open_door: Open) -> None:
    site.robots = "User-agent: *\nDisallow: /\n"
    site.answer("/old.xml", Answer(status=301, headers={"Location": site.at("/feed.xml")}))
    door = open_door(free=lambda url: url.endswith("old.xml"))
    assert door.get(site.at("/old.xml")).url == site.at("/feed.xml")
    assert "forbids" in refusal(door, site.at("/feed.xml")).message


def test_with_a_source_all_of_its_host_was_named_and_no_other(site: Site, open_door: Open) -> None:
    site.robots = "User-agent: *\nDisallow: /\n"
    door = open_door()
    source = door.named(site.at("/feed/"))
    assert source.get(site.at("/feed/?paged=1")).body
    assert "forbids" in refusal(door, site.at("/feed/?paged=1")).message
    with magazine() as other:
        other.robots = site.robots
        elsewhere = other.at("/feed/").replace("127.0.0.1", "localhost")
        with Courteous(Web(named=("localhost",)), HURRIED) as far, pytest.raises(SourceError, match="forbids"):
            far.named(site.at("/feed/")).get(elsewhere)


@pytest.mark.parametrize("url", ["", "http://[broken", "http://a:b/", "file:///etc/passwd", "no address", "http://"])
def test_what_is_no_web_address_is_said_to_be_none(open_door: Open, url: str) -> None:
    with pytest.raises(SourceError, match="not a web address"):
        open_door().get(url)


def test_a_redirect_leads_to_nothing_forbidden(site: Site, open_door: Open) -> None:
    site.robots = "User-agent: *\nDisallow: /feed\n"
    site.answer("/old.xml", Answer(status=301, headers={"Location": site.at("/feed.xml")}))
    for manners in (HURRIED, Manners(at_once=1, pause=0)):
        assert "forbids" in refusal(open_door(manners), site.at("/old.xml")).message
    assert site.asked["/feed.xml"] == 0


def test_a_redirect_to_another_host_asks_that_hosts_robots_txt(site: Site) -> None:
    with magazine() as other:
        other.robots = "User-agent: *\nDisallow: /\n"
        site.answer("/away", Answer(status=302, headers={"Location": other.at("/feed.xml")}))
        with Courteous(Web(named=("127.0.0.1",)), Manners(at_once=1, pause=0)) as door:
            assert "forbids" in refusal(door, site.at("/away")).message
            assert "forbids" in refusal(door, site.at("/away")).message
        assert other.asked == {"/robots.txt": 1}


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_robots_txt_that_is_not_there_forbids_nothing(site: Site, open_door: Open, status: int) -> None:
    site.answer("/robots.txt", Answer(status=status))
    assert open_door().get(site.at("/feed.xml")).body


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(status=500), "500 Internal Server Error"),
        (Answer(status=503, headers={"Retry-After": "3600"}), "503 Service Unavailable"),
        (Answer(status=429, headers={"Retry-After": "3600"}), "429 Too Many Requests"),
        (Answer(hang_up=True), "could not be read"),
    ],
)
def test_a_robots_txt_that_cannot_be_had_forbids_everything_for_now(
    site: Site, open_door: Open, answer: Answer, said: str
) -> None:
    site.answer("/robots.txt", answer)
    door = open_door(Manners(pause=0, attempts=1))
    for _ in range(2):
        message = refusal(door, site.at("/feed.xml")).message
        assert message.startswith("robots.txt of 127.0.0.1 cannot be read (")
        assert said in message
    assert site.asked == {"/robots.txt": 1}


def test_a_robots_txt_at_an_address_inside_is_no_robots_txt(site: Site, open_door: Open) -> None:
    site.answer("/robots.txt", Answer(status=302, headers={"Location": "http://169.254.169.254/robots.txt"}))
    assert open_door().get(site.at("/feed.xml")).body


@pytest.mark.parametrize(
    "robots",
    [
        b"User-agent: a\n" * 18_000 + b"Disallow: /x\n" * 18_000,
        b"".join(b"User-agent: a%d\n" % number for number in range(15_000)) + b"Disallow: /x\n" * 15_000,
    ],
)
def test_a_robots_txt_made_to_exhaust_us_does_not(site: Site, open_door: Open, robots: bytes) -> None:
    site.answer("/robots.txt", Answer(body=robots))
    start = time.monotonic()
    assert "more rules than can be read" in refusal(open_door(), site.at("/feed.xml")).message
    assert time.monotonic() - start < 2


def test_of_a_long_robots_txt_the_beginning_is_read(site: Site, open_door: Open) -> None:
    beginning = b"User-agent: *\nDisallow: /feed\n"
    site.answer("/robots.txt", Answer(body=beginning + b"# so it goes on\n" * 100_000 + b"Disallow: /atom\n"))
    door = open_door()
    assert "forbids" in refusal(door, site.at("/feed.xml")).message
    assert door.get(site.at("/atom.xml")).body


# How fast, and how many


def test_questions_to_a_host_keep_their_distance(site: Site, open_door: Open) -> None:
    door = open_door(Manners(pause=0.1))
    door.get(site.at("/atom.xml"))
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(door.get, [site.at("/feed.xml")] * 6))
    times = [asked.at for asked in site.seen if asked.path != "/robots.txt"]
    assert len(times) == 7
    assert times[-1] - times[0] > 0.1 * 6 - 0.05


def test_a_redirect_is_a_question_too(site: Site, open_door: Open) -> None:
    site.answer("/old.xml", Answer(status=301, headers={"Location": site.at("/feed.xml")}))
    door = open_door(Manners(pause=0.2), free=lambda _: True)
    for path in ("/atom.xml", "/old.xml"):
        door.get(site.at(path))
    *_, first, second = site.seen
    assert (first.path, second.path) == ("/old.xml", "/feed.xml")
    assert second.at - first.at > 0.15


@pytest.mark.parametrize("at_once", [1, 3])
def test_a_host_is_asked_few_questions_at_a_time(site: Site, open_door: Open, at_once: int) -> None:
    site.routes["/slow"] = lambda *_: Answer(body=b"x", wait=0.1)
    door, start = open_door(Manners(at_once=at_once, pause=0)), time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(door.get, [site.at(f"/slow/{number}") for number in range(6)]))
    took = time.monotonic() - start
    assert took > 0.1 * 6 / at_once - 0.01
    assert took < 0.1 * 6 / at_once + 0.35


def test_a_hosts_own_pause_is_kept_within_reason(site: Site, open_door: Open) -> None:
    site.robots = "User-agent: *\nCrawl-delay: 0.3\n"
    door = open_door()
    for _ in range(3):
        door.get(site.at("/feed.xml"))
    robots, first, second, third = site.seen
    assert (robots.path, second.at - first.at > 0.25, third.at - second.at > 0.25) == ("/robots.txt", True, True)


def test_hosts_do_not_wait_for_each_other(site: Site) -> None:
    names = {"one.example", "two.example"}
    port = int(site.base.rpartition(":")[2])
    web = Web(named=names, resolve=lambda *_: ["127.0.0.1"])
    with Courteous(web, Manners(at_once=1, pause=0.4), lambda _: True) as door, ThreadPoolExecutor(2) as pool:
        start = time.monotonic()
        list(pool.map(door.get, [f"http://{name}:{port}/feed.xml" for name in sorted(names)]))
        assert time.monotonic() - start < 0.35


# Asking again


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_server_that_has_no_time_now_is_asked_again(site: Site, open_door: Open, status: int) -> None:
    site.routes["/busy"] = in_turn(Answer(status=status), Answer(status=status), Answer(body=b"at last"))
    start = time.monotonic()
    assert open_door().get(site.at("/busy")).body == b"at last"
    assert 1.4 < time.monotonic() - start < 3.5


@pytest.mark.parametrize("broken", [Answer(hang_up=True), Answer(body=b"half", missing=9)])
def test_an_answer_that_breaks_off_is_asked_for_again(site: Site, open_door: Open, broken: Answer) -> None:
    site.routes["/broken"] = in_turn(broken, Answer(body=b"whole"))
    assert open_door().get(site.at("/broken")).body == b"whole"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451, 500, 501])
def test_what_would_be_answered_again_is_not_asked_again(site: Site, open_door: Open, status: int) -> None:
    site.answer("/no", Answer(status=status))
    with pytest.raises(AnswerError):
        open_door().get(site.at("/no"))
    assert site.asked["/no"] == 1


def test_it_is_asked_three_times_and_no_more(site: Site, open_door: Open) -> None:
    site.answer("/busy", Answer(status=503))
    assert "503" in refusal(open_door(), site.at("/busy")).message
    assert site.asked["/busy"] == 3


@pytest.mark.parametrize(("errno", "tries"), [(socket.EAI_NONAME, 1), (socket.EAI_AGAIN, 3)])
def test_a_name_that_nobody_has_is_not_looked_up_again(errno: int, tries: int) -> None:
    looked: list[str] = []

    def resolve(name: str, port: int) -> Sequence[str]:
        looked.append(f"{name}:{port}")
        raise socket.gaierror(errno, "no such name")

    with Courteous(Web(resolve=resolve), HURRIED, lambda _: True) as door:
        assert "cannot be reached" in refusal(door, "http://nobody.example/").message
    assert looked == ["nobody.example:80"] * tries


def test_nobody_there_is_tried_again(site: Site) -> None:
    del site
    with Courteous(Web(named=("127.0.0.1",)), HURRIED, lambda _: True) as door:
        start = time.monotonic()
        with pytest.raises(UnreachedError, match="cannot be reached"):
            door.get("http://127.0.0.1:9/")
        assert time.monotonic() - start > 1.4


def test_attempts_have_the_time_of_one_question_together(site: Site, open_door: Open) -> None:
    site.answer("/slow", Answer(status=503, wait=0.8))
    door = open_door(seconds=4, free=lambda _: True)
    start = time.monotonic()
    assert "503" in refusal(door, site.at("/slow")).message
    assert site.asked["/slow"] == 2
    assert time.monotonic() - start < 4
    site.routes["/slow"] = in_turn(Answer(status=503), Answer(wait=5))
    site.answers.clear()
    assert "not done within 4 seconds" in refusal(door, site.at("/slow")).message


def test_where_little_time_is_left_the_first_fault_is_told(site: Site, open_door: Open) -> None:
    site.answer("/slow", Answer(status=503, wait=0.2))
    assert "503" in refusal(open_door(seconds=3), site.at("/slow")).message
    assert site.asked["/slow"] == 1


# Retry-After


def test_a_server_that_names_its_time_is_asked_then_by_everybody(site: Site, open_door: Open) -> None:
    site.routes["/busy"] = in_turn(Answer(status=429, headers={"Retry-After": "1"}), Answer(body=b"at last"))
    door = open_door(free=lambda _: True)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(door.get, site.at("/busy"))
        time.sleep(0.3)
        pool.submit(door.get, site.at("/feed.xml")).result()
        assert first.result().body == b"at last"
    refused, *later = site.seen
    assert {asked.path for asked in later} == {"/busy", "/feed.xml"}
    assert min(asked.at for asked in later) - refused.at > 0.95


def test_a_date_to_come_back_at_counts_from_the_servers_own_clock(site: Site, open_door: Open) -> None:
    said = {"Retry-After": "Tue, 22 Oct 2024 09:00:01 GMT"}
    site.routes["/busy"] = in_turn(Answer(status=503, headers=said), Answer(body=b"at last"))
    assert open_door().get(site.at("/busy")).body == b"at last"  # its clock says 2026: that is long past
    assert wait_of("Tue, 22 Oct 2024 09:00:01 GMT", "Tue, 22 Oct 2024 08:59:00 GMT") == 61
    assert wait_of("Tue, 22 Oct 2024 09:00:01 GMT", "Tue, 22 Oct 2024 10:00:00 GMT") == 0


@pytest.mark.parametrize("said", ["", "soon", "-5", "1.5", "9" * 5000, "Tue, 99 Oct 2024 09:00:00 GMT", "²"])
def test_of_what_is_no_time_nothing_is_made(said: str) -> None:
    assert wait_of(said, "Tue, 22 Oct 2024 09:00:00 GMT") is None
    assert wait_of("Tue, 22 Oct 2024 09:00:01 GMT", "") is None
    assert wait_of("Tue, 22 Oct 2024 09:00:01 GMT", "Tue, 22 Oct 2024 09:00:01") in {None, 0}


def test_a_host_that_asks_to_be_left_alone_is(site: Site, open_door: Open) -> None:
    site.answer("/busy", Answer(status=503, headers={"Retry-After": "3600"}))
    door, start = open_door(), time.monotonic()
    error = refusal(door, site.at("/busy"))
    assert ("503" in error.message, error.hint) == (True, "it asks to be left alone for 60 minutes")
    error = refusal(door, site.at("/feed.xml"))
    assert error.message == "not asked: 127.0.0.1 asks to be left alone for now"
    assert error.hint.startswith("in 3,")
    assert site.asked == {"/robots.txt": 1, "/busy": 1}
    assert time.monotonic() - start < 1


def test_nobody_waits_longer_than_there_is_time(site: Site, open_door: Open) -> None:
    site.answer("/busy", Answer(status=429, headers={"Retry-After": "15"}))
    start = time.monotonic()
    assert "429" in refusal(open_door(seconds=2), site.at("/busy")).message
    assert time.monotonic() - start < 1


# Its end


@pytest.mark.parametrize(
    ("manners", "path"), [(Manners(pause=10), "/feed.xml"), (HURRIED, "/busy"), (Manners(at_once=1, pause=9), "/busy")]
)
def test_closing_ends_what_waits_for_its_turn(site: Site, open_door: Open, manners: Manners, path: str) -> None:
    site.answer("/busy", Answer(status=503, headers={"Retry-After": "15"}))
    door = open_door(manners, free=lambda _: True)
    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(door.get, site.at(path)) for _ in range(4)]
        time.sleep(0.5)
        start = time.monotonic()
        door.close()
        errors = [each.exception(2) for each in waiting]
        assert time.monotonic() - start < 1
    assert door.closed
    assert [str(error) for error in errors if error and "stopped before" not in str(error)] == []
    assert sum(error is None for error in errors) == (path == "/feed.xml")
