"""digest.cli.screen: what comes from outside is shown, and commands no terminal."""

import json
from pathlib import Path

import pytest

from running import digest, newsroom, on_a_terminal

NASTY = "\x1b]0;pwned\x07\x9b31m\x7f"
SHOWN = r"\u001b]0;pwned\u0007\u009b31m\u007f"


@pytest.fixture
def room(tmp_path: Path) -> Path:
    folder = newsroom(tmp_path)
    toml = (folder / "digest.toml").read_text()
    (folder / "digest.toml").write_text(toml + '\n[[sources]]\nname = "links"\nkind = "list"\npath = "links.csv"\n')
    (folder / "links.csv").write_bytes(f"title,url,{NASTY}\nFog,https://quay.example/fog,x\n".encode())
    return folder


def test_a_name_from_outside_is_shown_and_commands_no_terminal(room: Path) -> None:
    done = digest(room, "ingest", "--source", "links")
    assert SHOWN in done.err
    assert not set(NASTY) & set("\x1b\x07\x9b\x7f") & set(done.err + done.out)


def test_data_stays_what_it_is(room: Path) -> None:
    done = digest(room, "ingest", "--source", "links", "--json")
    assert "\x1b" not in done.out
    assert "\x9b" not in done.out
    assert NASTY in json.loads(done.out)[0]["problems"][0]["message"]


def test_a_terminal_is_not_commanded_either(room: Path, plain_environment: dict[str, str]) -> None:
    code, shown = on_a_terminal(room, plain_environment, "ingest", "--source", "links", "--json")
    assert (code, "\x1b]0;" in shown, "\x07" in shown) == (0, False, False)
