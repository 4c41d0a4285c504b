"""Commands that use keys: they find each in its three places, and show none of them anywhere."""

import gzip
import stat
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

import keyring
import llm
import pytest
import stamina
import time_machine
from keyrings.alt.file import PlaintextKeyring

from delivering import ADA, SERVICES, built
from digest.config.secrets import SERVICE, Keys
from digest.model.lead import Assignment
from digest.writer import Limits, open_writer
from making import article
from running import Done, digest
from scripted_model import NAME, Scripted, installed, saying
from services.serving import Fault, Service, serving
from site_apis import Ghost
from site_articles import LATEST, generated
from site_of_its_own import Answer, Site, magazine

NAMED = "GHOST_KEY"
LIMITS = Limits(seconds=9, texts=9, words=50)


@pytest.fixture(autouse=True)
def no_keyring_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PlaintextKeyring:
    """The library's own keyring in a file, empty, in place of this machine's."""
    found = PlaintextKeyring()
    monkeypatch.setattr(type(found), "file_path", str(tmp_path / "keyring.cfg"))
    monkeypatch.setattr(keyring.core, "_keyring_backend", found)
    return found


@pytest.fixture
def site() -> Iterator[Site]:
    with magazine(generated(30)) as site:
        yield site


def held(path: Path, key: str, mode: int = 0o600) -> tuple[str, str]:
    """Return the variable that names a file with a key, and the file."""
    path.write_text(f"{key}\n", encoding="utf-8")
    path.chmod(mode)
    return f"{NAMED}_FILE", str(path)


def at_the_time(room: Path, *arguments: str) -> Done:
    """Run `digest` on the day after the newest story."""
    with time_machine.travel(LATEST + timedelta(days=1), tick=True):
        return digest(room, *arguments)


def refuse(said: str) -> NoReturn:
    raise ValueError(said)


@pytest.fixture
def ghost(site: Site, tmp_path: Path) -> tuple[Ghost, Path]:
    """A newsroom whose source is a Ghost, and names its key."""
    cms = Ghost(site)
    toml = f"""\
schema = 1
[magazine]
name = "Lock and Weir"
url = "{site.base}"
zone = "Europe/London"
[fetch]
pause = 0
[[sources]]
name = "site"
kind = "ghost"
url = "{site.base}/"
key = "{NAMED}"
[[newsletters]]
name = "weekly"
"""
    (tmp_path / "room").mkdir()
    (tmp_path / "room/digest.toml").write_text(toml, encoding="utf-8")
    return cms, tmp_path / "room"


def test_a_source_finds_its_key_in_each_of_the_three_places(
    ghost: tuple[Ghost, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_keyring_of_ours: PlaintextKeyring
) -> None:
    cms, room = ghost
    without = at_the_time(room, "ingest")
    assert without.code == 1
    assert f"does the environment variable {NAMED} hold the key" in without.err
    for way in ("variable", "file", "keyring"):
        (room / "articles.db").unlink(missing_ok=True)
        with monkeypatch.context() as patch:
            if way == "variable":
                patch.setenv(NAMED, cms.key)
            elif way == "file":
                patch.setenv(*held(tmp_path / "key", cms.key))
            else:
                no_keyring_of_ours.set_password(SERVICE, NAMED, cms.key)
            done = at_the_time(room, "ingest", "--json")
        assert (done.code, done.data[0]["tally"]["new"]) == (0, 30), way


def test_a_planted_key_stands_in_nothing_that_a_command_says_or_writes(
    ghost: tuple[Ghost, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cms, room = ghost
    monkeypatch.setenv(*held(tmp_path / "key", cms.key, mode=0o644))
    week = ("--week", "2024-W43")
    commands: list[tuple[str, ...]] = [
        ("ingest",),
        ("ingest", "--json", "--record", "tape.warc.gz"),
        ("sources", "--json"),
        ("articles", *week, "--json"),
        ("build", *week, "--thin-ok"),
        ("check", "--links"),
        ("status", "--json"),
        ("deliver", "--to", "folder"),
        ("init", "made", "--site", "http://127.0.0.1:9", "--json"),
    ]
    done = [at_the_time(room, *command) for command in commands]
    assert done[0].code == 0
    assert "other users can read" in done[0].err
    cms.site.routes["/ghost/api/content/"] = lambda *_: Answer(status=500, body=cms.key.encode())
    done += [at_the_time(room, *command) for command in (("ingest", "--json"), ("sources",), ("build", *week))]
    shown_nowhere(cms.key, done, room)


def shown_nowhere(key: str, done: list[Done], room: Path) -> None:
    """Hold that no output and no file has a key, whole or one half of it (Ghost's admin keys have two)."""
    for each in done:
        assert key not in each.out + each.err
    written = [path for path in room.rglob("*") if path.is_file()]
    assert any(path.name == "articles.db" for path in written)
    assert [path for path in written if key.encode() in _unpacked(path)] == []


def _unpacked(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def test_a_broken_key_file_ends_a_command_with_a_line(
    ghost: tuple[Ghost, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, room = ghost
    monkeypatch.setenv(f"{NAMED}_FILE", str(room / "missing"))
    done = digest(room, "ingest")
    assert done.code == 2
    assert done.err.startswith(f"error: {NAMED}_FILE: the file cannot be read: ")
    assert digest(room, "issues").code == 0, "what needs no key does not ask for it"


@pytest.mark.parametrize("way", ["file", "keyring"])
@pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
def test_a_mailing_services_key_is_found_too_and_stands_nowhere(
    service: Callable[[], Service],
    way: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    no_keyring_of_ours: PlaintextKeyring,
) -> None:
    (room := tmp_path / "room").mkdir()
    with stamina.set_testing(True, attempts=1), serving(service()) as served, built(served, room) as desk:
        name = served.table().key
        (missing,) = [digest(desk.folder, "deliver", "--to", served.table().service)]
        assert (missing.code, f"{name} is not in the environment" in missing.err) == (2, True)
        if way == "file":
            monkeypatch.setenv(f"{name}_FILE", held(tmp_path / "key", served.key)[1])
        else:
            no_keyring_of_ours.set_password(SERVICE, name, served.key)
        to = ("--to", served.table().service)
        done = [digest(desk.folder, "deliver", *to, *more) for more in (("--dry-run",), (), ("--test", ADA))]
        assert [each.code for each in done] == [0, 0, 0]
        served.faults = [Fault(on=".", status=500)]
        done += [digest(desk.folder, "status", "--json"), digest(desk.folder, "deliver", *to, "--send", "--yes")]
        assert len(served.calls) > 3
    shown = [each.out + each.err for each in done]
    secrets = {served.key, served.key.rpartition(":")[2]}
    assert [said for said in shown for secret in secrets if secret in said] == []
    written = [path for path in desk.folder.rglob("*") if path.is_file()]
    assert [path for path in written for secret in secrets if secret.encode() in path.read_bytes()] == []


class Keyed(Scripted):
    """A provider's model, which needs a key, and says it again when it is refused."""

    needs_key = "scripted"
    key_env_var = "SCRIPTED_KEY"


def test_a_models_key_is_found_the_same_way_and_its_faults_do_not_tell_it(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("sk-planted\n", encoding="utf-8")
    file.chmod(stat.S_IRUSR)
    keys = Keys({"SCRIPTED_KEY_FILE": str(file)})
    model = Keyed(saying("Late."))
    with installed(model):
        writer = open_writer(NAME, LIMITS, keys.find)
        assert model.key == "sk-planted"
        model.answer = lambda *_: refuse(f"Incorrect API key: {model.key}")
        fault = writer.draft(Assignment(part="lead", articles=(article(),), at_least=5, at_most=9)).fault
    assert fault == "failed (ValueError: Incorrect API key: …)"


def test_a_key_that_the_library_has_stored_is_hidden_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLM_USER_PATH", str(tmp_path))
    (tmp_path / "keys.json").write_text('{"scripted": "sk-stored"}', encoding="utf-8")
    model = Keyed(saying("Late."))
    with installed(model):
        open_writer(NAME, LIMITS, Keys().find)
    assert model.key == "sk-stored" == llm.get_key(alias="scripted")
