"""Keys: where they are found, and that none of them is ever shown."""

import os
import subprocess
import sys
from pathlib import Path

import keyring
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.errors import KeyringLocked
from keyrings.alt.file import PlaintextKeyring

from digest.config.secrets import SERVICE, Keys
from digest.errors import ConfigError

NAMED = "GHOST_KEY"


@pytest.fixture(autouse=True)
def no_keyring_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PlaintextKeyring:
    """The library's own keyring in a file, empty, in place of this machine's."""
    found = PlaintextKeyring()
    monkeypatch.setattr(type(found), "file_path", str(tmp_path / "keyring.cfg"))
    monkeypatch.setattr(keyring.core, "_keyring_backend", found)
    return found


def held(path: Path, content: bytes, mode: int = 0o600) -> dict[str, str]:
    """Return an environment whose key stands in a file."""
    path.write_bytes(content)
    path.chmod(mode)
    return {f"{NAMED}_FILE": str(path)}


def refused(environment: dict[str, str]) -> str:
    with pytest.raises(ConfigError) as caught:
        Keys(environment).find(NAMED)
    return str(caught.value)


def test_the_variable_goes_before_the_file_and_the_file_before_the_keyring(
    tmp_path: Path, no_keyring_of_ours: PlaintextKeyring
) -> None:
    no_keyring_of_ours.set_password(SERVICE, NAMED, "of the keyring")
    file = held(tmp_path / "key", b"of the file")
    assert Keys({NAMED: "of the variable", **file}).find(NAMED) == "of the variable"
    assert Keys({NAMED: "", **file}).find(NAMED) == "of the file"
    assert Keys({f"{NAMED}_FILE": ""}).find(NAMED) == "of the keyring"
    assert Keys().find("ANOTHER_KEY") == ""


@given(key=st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_a_key_in_a_file_is_the_file_without_its_last_line_end(
    tmp_path_factory: pytest.TempPathFactory, key: str
) -> None:
    key = f"k{key}k"
    folder = tmp_path_factory.mktemp("keys")
    for end in ("", "\n", "\r\n"):
        assert Keys(held(folder / "key", f"{key}{end}".encode())).find(NAMED) == key


def test_a_private_key_of_many_lines_stays_whole(tmp_path: Path) -> None:
    pem = "-----BEGIN PRIVATE KEY-----\nMC4CAQAw\n-----END PRIVATE KEY-----\n"
    assert Keys(held(tmp_path / "key", f"{pem}\n".encode())).find(NAMED) == pem


def test_a_pipe_is_a_file_too() -> None:
    """As `GHOST_KEY_FILE=<(pass show ghost)` of a shell hands one in."""
    reads, writes = os.pipe()
    os.write(writes, b"of a pipe\n")
    os.close(writes)
    try:
        assert Keys({f"{NAMED}_FILE": f"/dev/fd/{reads}"}).find(NAMED) == "of a pipe"
    finally:
        os.close(reads)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"\n", "the file is empty"),
        (b"SECRET\xff", "the file is no text"),
        (b"SECRET\0", "the file is no text"),
        (b"SECRET" * 20_000, "the file is too large for a key"),
    ],
)
def test_a_file_without_a_key_is_an_error_that_names_it_and_not_what_it_holds(
    tmp_path: Path, content: bytes, said: str
) -> None:
    message = refused(held(tmp_path / "key", content))
    assert message.startswith(f"{NAMED}_FILE: {said}: {tmp_path}/key (hint: ")
    assert "SECRET" not in message


@pytest.mark.parametrize("name", ["missing", ""])
def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path, name: str) -> None:
    assert refused({f"{NAMED}_FILE": str(tmp_path / name)}).startswith(f"{NAMED}_FILE: the file cannot be read: ")


@pytest.mark.parametrize(("mode", "warned"), [(0o600, False), (0o400, False), (0o640, True), (0o604, True)])
def test_a_file_that_others_can_read_is_a_warning(tmp_path: Path, mode: int, warned: bool) -> None:  # noqa: FBT001 - a table's column
    told: list[str] = []
    keys = Keys(held(tmp_path / "key", b"SECRET", mode), told.append)
    assert [keys.find(NAMED), keys.find(NAMED)] == ["SECRET", "SECRET"]
    path = tmp_path / "key"
    expected = f"warning: {NAMED}_FILE: other users can read {path} (hint: chmod 600 {path})"
    assert told == ([expected] if warned else [])


def test_a_keyring_that_stays_locked_is_an_error_and_none_at_all_is_none(
    monkeypatch: pytest.MonkeyPatch, no_keyring_of_ours: PlaintextKeyring
) -> None:
    def locked(service: str, username: str) -> None:
        raise KeyringLocked(f"locked: {service} {username}")

    monkeypatch.setattr(no_keyring_of_ours, "get_password", locked)
    assert refused({}) == (
        f"{NAMED}: the system's keyring cannot be asked: locked: {SERVICE} {NAMED} "
        f"(hint: unlock it, or put the key into {NAMED} or the file that {NAMED}_FILE names)"
    )
    nothing = keyring.backends.fail.Keyring()  # type: ignore[no-untyped-call] # as the library has it
    monkeypatch.setattr(keyring.core, "_keyring_backend", nothing)
    assert Keys().find(NAMED) == ""


def test_a_keyring_that_is_broken_is_an_error_and_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", None)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "nowhere.Keyring")
    assert refused({}).startswith(f"{NAMED}: the system's keyring cannot be asked: ModuleNotFoundError (hint: ")


def test_without_the_library_there_is_no_keyring(
    monkeypatch: pytest.MonkeyPatch, no_keyring_of_ours: PlaintextKeyring
) -> None:
    no_keyring_of_ours.set_password(SERVICE, NAMED, "of the keyring")
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert Keys().find(NAMED) == ""


def test_the_keyring_is_not_loaded_where_the_environment_has_the_key() -> None:
    found = "from digest.config.secrets import Keys; Keys({'A': 'b'}).find('A')"
    code = f"import sys; {found}; print('keyring' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_repr_tells_nothing() -> None:
    keys = Keys({NAMED: "SECRET"})
    keys.find(NAMED)
    assert repr(keys) == "Keys()"
