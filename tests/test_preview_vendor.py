import json
import tomllib
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from judging import JUDGES

VENDOR = Path(str(files("digest.preview").joinpath("vendor")))
LISTED: list[dict[str, Any]] = tomllib.loads((VENDOR / "vendor.toml").read_text())["file"]


@pytest.mark.parametrize("file", LISTED, ids=lambda file: str(file["name"]))
def test_a_file_of_others_is_the_one_that_was_taken_in(file: dict[str, Any]) -> None:
    assert sha256((VENDOR / file["name"]).read_bytes()).hexdigest() == file["sha256"]


@pytest.mark.parametrize("file", LISTED, ids=lambda file: str(file["name"]))
def test_a_file_of_others_and_its_licence_are_npms_to_the_byte(file: dict[str, Any]) -> None:
    package = JUDGES / "node_modules" / file["package"]
    if not package.exists():
        pytest.skip("the judges are not installed; `python3 tasks.py test` does it")
    told = json.loads((package / "package.json").read_text())
    assert (told["version"], told["license"]) == (file["version"], file["licence"])
    assert (VENDOR / file["name"]).read_bytes() == (package / file["path"]).read_bytes()
    licence = (VENDOR / file["name"]).with_suffix(".LICENSE")
    assert licence.read_bytes() == (package / "LICENSE").read_bytes()


def test_nothing_else_of_others_is_there() -> None:
    listed = {name for file in LISTED for name in (file["name"], Path(file["name"]).with_suffix(".LICENSE").name)}
    assert {each.name for each in VENDOR.iterdir()} == listed | {"vendor.toml"}
