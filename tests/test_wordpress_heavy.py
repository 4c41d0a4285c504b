"""WordPress itself as a source: Debian's, with its database, unpacked and run on loopback."""

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path

import pytest

from digest.model.article import Document, Image, Problem, Sighting
from digest.sources import SourceSettings, open_source
from digest.sources.retrieving.wordpress_api import find_api
from digest.web import Web
from running import digest
from sources_making import READING

WORDPRESS = Path(__file__).resolve().parent / ".wordpress"
"""Where Debian's packages are looked for, unpacked and not installed: 240 MB, in ten seconds."""

HOW = f"""WordPress is not here. In {WORDPRESS.parent.name}/{WORDPRESS.name}, on Debian 12, as root:
apt-get download wordpress php8.2-{{cli,common,mysql,mbstring,xml,gd,opcache,readline}} php-getid3 libphp-phpmailer \\
    mariadb-server mariadb-server-core mariadb-client-core mariadb-common liburing2 libaio1 libargon2-1 libsodium23
for each in *.deb; do dpkg -x $each .; done"""

SECONDS = 60
NOON = datetime(2024, 10, 25, 11, tzinfo=UTC)  # it is twelve in Lisbon
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
EXTENSIONS = ("mysqlnd", "mysqli", "mbstring", "dom", "xml", "simplexml", "ctype", "tokenizer", "iconv", "posix")
CONFIGURATION = """<?php
define('DB_NAME', 'weir'); define('DB_USER', 'root'); define('DB_PASSWORD', ''); define('DB_CHARSET', 'utf8mb4');
define('DB_HOST', 'localhost:{socket}'); define('DB_COLLATE', ''); define('WP_HOME', '{url}');
define('WP_SITEURL', '{url}'); define('WP_HTTP_BLOCK_EXTERNAL', true); define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true); $table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
ROUTER = """<?php
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if (getenv('WEIR_PLAIN') && str_starts_with($path, '/wp-json')) { http_response_code(404); return true; }
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/index.php';
chdir(getenv('WEIR_SITE'));
require getenv('WEIR_SITE') . '/index.php';
"""

pytestmark = pytest.mark.heavy


@dataclass(frozen=True)
class Machine:
    """Where WordPress's parts are, and how they are run."""

    room: Path
    url: str

    @property
    def environment(self) -> dict[str, str]:
        libraries = ":".join(str(WORDPRESS / place / "x86_64-linux-gnu") for place in ("usr/lib", "lib"))
        return {
            **os.environ,  # noqa: TID251 - handed on to a process, as a shell would
            "LD_LIBRARY_PATH": libraries,
            "WEIR_URL": self.url,
            "WEIR_SITE": str(self.room / "site"),
        }

    @property
    def php(self) -> list[str]:
        loaded = [part for name in EXTENSIONS for part in ("-d", f"extension={name}.so")]
        folder = next((WORDPRESS / "usr/lib/php").glob("2*"))
        return [str(WORDPRESS / "usr/bin/php8.2"), "-n", "-d", f"extension_dir={folder}", *loaded]

    def run(self, *command: str) -> str:
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @contextlib.contextmanager
    def running(self, *command: str, **more: str) -> Iterator[None]:
        with (self.room / "log").open("ab") as log:
            process = subprocess.Popen(command, env={**self.environment, **more}, stdout=log, stderr=log)
        try:
            yield
        finally:
            process.terminate()
            process.wait(20)


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    if not (WORDPRESS / "usr/bin/php8.2").exists():
        pytest.skip(HOW)
    room = tmp_path_factory.mktemp("wp")
    machine = Machine(room, f"http://127.0.0.1:{free_port()}")
    shutil.copytree(WORDPRESS / "usr/share/wordpress", room / "site", symlinks=True)
    shutil.copytree(
        WORDPRESS / "var/lib/wordpress/wp-content", room / "site/wp-content", symlinks=True, dirs_exist_ok=True
    )
    (room / "site/wp-config.php").write_text(CONFIGURATION.format(socket=room / "s", url=machine.url), encoding="utf-8")
    (room / "router.php").write_text(ROUTER, encoding="utf-8")
    base = ("--no-defaults", "--user=root", f"--basedir={WORDPRESS / 'usr'}", f"--datadir={room / 'data'}")
    make = str(WORDPRESS / "usr/bin/mariadb-install-db")
    machine.run(make, *base, "--auth-root-authentication-method=normal", "--skip-test-db")
    listening = (f"--socket={room / 's'}", "--skip-networking", f"--pid-file={room / 'pid'}")
    words = f"--lc-messages-dir={WORDPRESS / 'usr/share/mysql'}"
    with machine.running(str(WORDPRESS / "usr/sbin/mariadbd"), *base, *listening, words):
        wait((room / "s").exists)
        client = str(WORDPRESS / "usr/bin/mariadb")
        machine.run(client, "--no-defaults", "-uroot", "-S", str(room / "s"), "-e", "create database weir")
        machine.run(*machine.php, str(Path(__file__).parent / "drivers" / "wordpress.php"))
        yield machine


def wait(ready: Callable[[], bool]) -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        if ready():
            time.sleep(0.5)
            return
        time.sleep(0.1)
    pytest.fail(f"not ready in {SECONDS} seconds")


@contextlib.contextmanager
def serving(machine: Machine, **more: str) -> Iterator[str]:
    address = machine.url.removeprefix("http://")

    def listens() -> bool:
        with socket.socket() as asked:
            return asked.connect_ex(("127.0.0.1", int(address.rpartition(":")[2]))) == 0

    with machine.running(*machine.php, "-S", address, str(machine.room / "router.php"), **more):
        wait(listens)
        yield machine.url


def read(url: str, since: datetime | None = None, until: datetime | None = None) -> list[Sighting | Problem]:
    with Web(named=("127.0.0.1",)) as web:
        reading = replace(READING, web=web, since=since, until=until)
        source = open_source(
            SourceSettings(name="wp", at=url, kind="wordpress"), folder=Path("nowhere"), reading=reading
        )
        found = [source.parse(each) if isinstance(each, Document) else [each] for each in source.documents()]
        return list(chain.from_iterable(found))


def titles(found: list[Sighting | Problem]) -> list[str]:
    return [each.title for each in found if isinstance(each, Sighting)]


def test_wordpress_itself_is_read(machine: Machine, tmp_path: Path) -> None:
    with serving(machine) as url:
        found = read(url)
        assert len(titles(found)) == 113
        assert "Sticky" in titles(found)
        assert [each.message for each in found if isinstance(each, Problem)] == [
            f"left out, for a password protects it: {url}/secret/"
        ]
        said = next(each for each in found if isinstance(each, Sighting) and each.title == "Number 0")
        assert [block.text for block in said.blocks] == ["The tide of Number 0 went out at nine & came back."]
        assert (said.published, said.date_source, said.url) == (NOON, "api", f"{url}/number-0/")
        assert (said.section, said.tags, said.authors, said.dek) == ("Arts & Letters", ("Locks",), ("Ada Quill",), "")
        assert said.image
        assert said.image == Image(
            url=said.image.url,
            alt="Seen from the towpath",
            credit="Tam Reedy",
            caption="The upper gate.",
            width=1536,
            height=1024,
        )
        assert said.image.url.endswith("/gate-1536x1024.png")

        assert titles(read(url, NOON, NOON + HOUR)) == ["Number 0"]
        assert titles(read(url, NOON - 3 * HOUR, NOON)) == ["Number 1"]
        week = titles(read(url, NOON - 2 * DAY))
        assert week == [f"Number {number}" for number in range(16, -1, -1)] + ["Back-dated"]

        made = digest(tmp_path, "init", "--site", url, "--json").data
        assert (made["name"], made["zone"]) == ("Lock & Weir", "Europe/Lisbon")
        assert next(each["kind"] for each in made["site"]["found"]) == "wordpress"


def test_wordpress_without_pretty_addresses_is_read(machine: Machine) -> None:
    with serving(machine, WEIR_PLAIN="1") as url, Web(named=("127.0.0.1",)) as web:
        assert find_api(web, url) == f"{url}/?rest_route=/"
        assert len(titles(read(url))) == 113
