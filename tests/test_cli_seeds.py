"""Two real text scrapes, read from beside the project: an issue of both, and not a word of what is around them."""

import json
import sqlite3
from pathlib import Path

import pytest

from digest.summarizer.sentences import split
from running import digest

STRANGERS = ("Levin", "Osprey", "Sudan", "keep reading", "google cta", "Follow us", "Subscribe now", "photo credit")


def test_an_issue_of_two_real_scrapes(tmp_path: Path, shared: Path) -> None:
    seeds = sorted((shared / "seeds").glob("*.txt"))
    assert digest(tmp_path, "init", "w").code == 0
    room = tmp_path / "w"
    for seed, day, url in zip(seeds, ("25", "24"), ("a", "b"), strict=True):
        done = digest(room, "ingest", seed, "--published", f"2024-10-{day}", "--url", f"https://example.org/{url}")
        assert (done.code, done.err) == (0, "")
    built = digest(room, "build", "--week", "2024-W43")
    assert built.code == 0, built.err
    folder = room / "issues" / "2024-W43"
    pages = {name: (folder / name).read_text(encoding="utf-8") for name in ("email.html", "email.txt", "web.html")}
    with sqlite3.connect(room / "articles.db") as archive:
        [bodies] = zip(*archive.execute("SELECT json_extract(data, '$.blocks') FROM article"), strict=True)
    assert len(bodies) == 2
    for name, text in {**pages, "archive": "\n".join(bodies)}.items():
        found = [word for word in STRANGERS if word.casefold() in text.casefold()]
        assert not found, (name, found)
    rows = digest(room, "articles", "--week", "2024-W43", "--json").data["articles"]
    assert [row["in"] for row in rows] == [True, True]
    for row in rows:
        assert row["title"] in pages["email.txt"].replace("\n", " ") or row["title"] in pages["email.html"]


@pytest.mark.parametrize("index", [0, 1])
def test_the_lead_is_the_storys_own_opening(tmp_path: Path, shared: Path, index: int) -> None:
    seed = sorted((shared / "seeds").glob("*.txt"))[index]
    digest(tmp_path, "init", ".")
    digest(tmp_path, "ingest", seed, "--published", "2024-10-24", "--url", "https://example.org/a")
    digest(tmp_path, "build", "--week", "2024-W43")
    text = " ".join((tmp_path / "issues/2024-W43/email.txt").read_text(encoding="utf-8").split())
    story = seed.read_text(encoding="utf-8").split("\n\n")
    opening = next(part for part in story[3:] if len(part.split()) > 15 and part.endswith(".") and "\n" not in part)
    assert " ".join(opening.split()) in text


def test_the_items_of_the_first_come_out_whole_and_what_is_around_both_is_named(tmp_path: Path, shared: Path) -> None:
    seeds = sorted((shared / "seeds").glob("*.txt"))
    section = seeds[1].read_text(encoding="utf-8").splitlines()[9]
    digest(tmp_path, "init", ".")
    with (tmp_path / "digest.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[[sections]]\nname = "{section}"\nitems = true\n')
    for seed, url in zip(seeds, ("a", "b"), strict=True):
        digest(tmp_path, "ingest", seed, "--published", "2024-10-24", "--url", f"https://example.org/{url}")
    assert digest(tmp_path, "build", "--week", "2024-W43", "--json").data["stories"] == 2
    made = json.loads((tmp_path / "issues/2024-W43/issue.json").read_bytes())
    entries = [entry for section in made["sections"] for entry in section["entries"]]
    items = [" ".join((entry["title"]["text"], entry["lead"]["text"])) for entry in entries if entry["entry"] == "item"]
    lines = [" ".join(line.split()) for line in seeds[0].read_text(encoding="utf-8").splitlines()]
    below = lines.index(next(line for line in lines if line.startswith("Other ") and line.endswith(":")))
    assert items == [line for line in lines[below + 1 : below + 9] if line]
    assert [bool(entry["source"]) for entry in entries if entry["entry"] == "item"] == [False, True, True, True]
    for entry in entries:
        if entry["entry"] == "story":
            assert len(split(entry["lead"]["text"])) >= 2
            assert {"share", "sign-up", "teaser"} <= {cut["why"] for cut in entry["left_out"]}
            assert sum(cut["why"] == "teaser" for cut in entry["left_out"]) == 3
