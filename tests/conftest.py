"""What tests of several rooms share."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from drivers.faults import Killer
    from judging import Stage
    from picture_making import Gallery

ON_CI = "CI" in os.environ  # noqa: TID251 - decides only how tests run, never what they expect

settings.register_profile("ci", derandomize=True, deadline=None, database=None)
settings.register_profile("desk", deadline=None)
settings.load_profile("ci" if ON_CI else "desk")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests have measured: each `record_property("figures", text)` is a line."""
    reports = terminalreporter.getreports("")
    lines = {str(text) for report in reports for name, text in report.user_properties if name == "figures"}
    if lines:
        terminalreporter.section("figures")
        terminalreporter.write_line("\n".join(sorted(lines)))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real material beside the repository; the test is skipped where there is none."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("../shared is not here")
    return folder


@pytest.fixture(scope="session")
def plain_environment() -> dict[str, str]:
    """The environment for a `digest` that is traced, timed or killed: coverage does not measure (and write) in it.

    Compiled modules are kept, as on an editor's machine.
    """
    measured = ("COVERAGE_", "PYTEST_", "PYTHONDONTWRITEBYTECODE")
    return {
        name: value
        for name, value in os.environ.items()  # noqa: TID251 - handed on to a process, as a shell would
        if not name.startswith(measured)
    }


@pytest.fixture(scope="session")
def killer(plain_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Killer]":
    """What starts commands of Digest and kills them at a chosen point."""
    if shutil.which("strace") is None and not ON_CI:
        pytest.skip("strace is not installed; `python3 tasks.py test` does it as root")
    from drivers.faults import Killer  # noqa: PLC0415 - only needed here

    with closing(Killer(plain_environment, tmp_path_factory.mktemp("killer"))) as killer:
        yield killer


@pytest.fixture(scope="session")
def program() -> Path:
    """Debian's Chromium."""
    found = shutil.which("chromium")
    if found is None and not ON_CI:
        pytest.skip("chromium is not installed; `python3 tasks.py test` does it as root")
    return Path(found or "/usr/bin/chromium")


@pytest.fixture(scope="session")
def chromium(program: Path) -> "Iterator[Browser]":
    """A headless browser, one for the session, through Playwright."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - heavy: 200 ms, only needed here

    with sync_playwright() as playwright:
        # A container's root cannot have chromium's own sandbox; the pages are our own.
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def stage(chromium: "Browser") -> "Iterator[Stage]":
    """One page for all that is judged in a browser."""
    from judging import AXE, Stage  # noqa: PLC0415 - heavy: the whole of rendering, only needed here

    if not AXE.exists() and not ON_CI:
        pytest.skip("the judges are not installed; `python3 tasks.py test` does it")
    page = chromium.new_page()
    yield Stage(page)
    page.close()


@pytest.fixture(scope="session")
def _gallery() -> "Iterator[Gallery]":
    from picture_making import gallery  # noqa: PLC0415 - heavy: Pillow, only needed here

    with gallery() as found:
        yield found


@pytest.fixture
def shown(_gallery: "Gallery") -> "Gallery":
    """A site of pictures on loopback that shows none yet."""
    _gallery.asked.clear()
    _gallery.shown.clear()
    _gallery.most = 0
    return _gallery
