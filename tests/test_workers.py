"""digest.workers: work that is shared comes back in its order, and nobody is left behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from digest.errors import DigestError
from digest.workers import Workers, done, in_order, spread, usable

ROOT = Path(__file__).resolve().parents[1]


def double(number: int) -> int:
    return 2 * number


def die(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_what_is_shared_comes_back_in_the_order_of_its_pieces() -> None:
    def slowly(number: int) -> int:
        time.sleep(0.02 * (number % 3 == 0))
        return number

    with ThreadPoolExecutor(4) as pool:

        def start(number: int) -> "Future[int]":
            return pool.submit(slowly, number)

        assert list(in_order(start, range(20), 4)) == [(number, number) for number in range(20)]


def test_no_more_is_under_way_than_is_allowed() -> None:
    gate, taken = threading.Event(), list[int]()

    def counted() -> Iterator[int]:
        for piece in range(9):
            taken.append(piece)
            yield piece

    with ThreadPoolExecutor(1) as pool:
        found = in_order(lambda number: pool.submit(lambda: (gate.wait(), number)[1]), counted(), 3)
        threading.Timer(0.1, gate.set).start()
        assert next(found) == (0, 0)
        assert len(taken) == 3
        assert len(list(found)) == 8


def test_what_is_done_already_waits_for_nobody() -> None:
    assert list(in_order(done, ["a", "b"], 9)) == [("a", "a"), ("b", "b")]


@pytest.mark.parametrize("started", [True, False])
def test_work_is_done_by_processes_once_they_were_started_and_before_that_here(*, started: bool) -> None:
    with Workers(2) as workers:
        if started:
            workers.start()
            workers.start()
        found = {process for _, process in in_order(lambda _: workers.submit(_process, 0), range(8), 4)}
    assert (os.getpid() in found) is not started


def _process(_: int) -> int:
    return os.getpid()


def test_one_process_is_this_one() -> None:
    with Workers(1) as workers:
        workers.start()
        assert workers.submit(_process, 0).result() == os.getpid()
    assert list(spread(double, [1, 2], 1)) == list(spread(double, [1, 2], 2)) == [2, 4]
    assert 1 <= usable() <= 8


def test_a_process_that_dies_is_an_error_that_says_so() -> None:
    with Workers(2) as workers:
        workers.start()
        with pytest.raises(DigestError, match="a process that shared the work died"):
            list(in_order(lambda number: workers.submit(die, number), [1], 4))


ORPHANS = """
import sys, time
from digest.workers import Workers
workers = Workers(2)
workers.start()
workers.submit(time.sleep, 0).result()
print(*workers._pool._processes, flush=True)
time.sleep(60)
"""


def test_processes_go_with_the_one_that_was_killed() -> None:
    first = subprocess.Popen([sys.executable, "-c", ORPHANS], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert first.stdout
    processes = first.stdout.readline().split()
    assert len(processes) == 2
    first.kill()
    first.wait()
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{each}").exists() and _runs(each) for each in processes):
        assert time.monotonic() < deadline, "they outlived it"
        time.sleep(0.02)
    first.stdout.close()


def _runs(process: str) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
