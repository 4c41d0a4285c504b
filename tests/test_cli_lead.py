"""`digest lead`: what would be made of a page, with no newsroom and no archive."""

import json
from pathlib import Path

import pytest

from running import TOML, digest, serving
from scripted_model import NAME, Scripted, installed, saying
from site_of_its_own import Answer, magazine

STORY = (
    "The tidal gate at Saltmouth stayed shut for nine hours on Friday, and nobody on the quay could say who ordered "
    "it. The harbour board met the same evening behind closed doors."
)
MORE = " ".join(["Boats waited in the roads until the evening bell, and the ice in their holds began to run."] * 4)


def page(folder: Path, name: str = "gate.html", head: str = "", before: str = "") -> Path:
    path = folder / name
    path.write_text(
        f'<html lang="en"><head><title>The gate that stayed shut | The Quay</title>{head}</head><body><main>'
        f"<h1>The gate that stayed shut</h1>{before}<p>{STORY}</p><p>{MORE}</p><p>Sign up for our newsletter</p>"
        "</main></body></html>",
        encoding="utf-8",
    )
    return path


BYLINE = "<p>By Ann Roe | October 25, 2024</p>"


def rows(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_a_page_is_shown_as_it_would_stand_in_an_issue(tmp_path: Path) -> None:
    page(tmp_path, before=BYLINE)
    done = digest(tmp_path, "lead", "gate.html")
    assert done.code == 0
    assert "gate.html\n  The gate that stayed shut\n  By Ann Roe · 2024-10-25\n" in done.out
    assert f"\n  {STORY}\n" in done.out
    assert "left out: sign-up: Sign up for our newsletter" in done.out
    assert "published markup" in done.out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["gate.html"]


def test_what_a_feed_tells_is_shown_without_what_it_has_not_and_a_dek_is_shown_once(tmp_path: Path) -> None:
    dek = "Nobody at the quay knows who shut the gate, or why it was shut."
    told = f"<description>{dek}</description><content:encoded>&lt;p&gt;{STORY}&lt;/p&gt;</content:encoded>"
    item = f"<item><title>The gate</title><link>https://quay.example/gate</link>{told}</item>"
    space = "xmlns:content='http://purl.org/rss/1.0/modules/content/'"
    (tmp_path / "feed.xml").write_text(f"<rss version='2.0' {space}><channel>{item}</channel></rss>", encoding="utf-8")
    done = digest(tmp_path, "lead", "feed.xml", "--mode", "dek")
    assert (done.code, done.out) == (0, f"feed.xml\n  The gate\n  undated\n\n  {dek}\n\n\n")


def test_json_gives_an_object_a_line(tmp_path: Path) -> None:
    head = '<meta property="article:published_time" content="2024-10-25T21:30:00-04:00">'
    image = '<meta property="og:image" content="https://quay.example/i/gate.jpg">'
    page(tmp_path, head=head + image)
    page(tmp_path, "other.html")
    done = digest(tmp_path, "lead", "--json", "gate.html", "other.html")
    first, second = rows(done.out)
    assert (first["file"], first["title"]) == ("gate.html", "The gate that stayed shut")
    assert (first["published"], first["guess"], first["date_source"]) == ("2024-10-25T21:30:00-04:00", None, "page")
    assert first["sentences"] == STORY.replace("it. The", "it.|The").split("|")
    assert first["image"] == {
        "url": "https://quay.example/i/gate.jpg",
        **dict.fromkeys(("alt", "caption", "credit"), ""),
        **dict.fromkeys(("width", "height"), 0),
    }
    assert {"text": "Sign up for our newsletter", "why": "sign-up"} in first["left_out"]  # type: ignore[operator] # a list
    assert first["witnesses"]["published"] == "open-graph"  # type: ignore[index] # an object
    assert (second["file"], second["published"], second["date_source"]) == ("other.html", None, None)


def test_a_date_that_is_only_guessed_is_no_date(tmp_path: Path) -> None:
    page(tmp_path, head='<meta name="created" content="2024-10-25">')
    [row] = rows(digest(tmp_path, "lead", "--json", "gate.html").out)
    assert (row["published"], row["guess"], row["date_source"]) == (None, "2024-10-25", "guess")
    assert "2024-10-25 (only guessed)" in digest(tmp_path, "lead", "gate.html").out


def test_an_error_of_one_page_is_a_line_and_the_others_are_read(tmp_path: Path) -> None:
    page(tmp_path)
    (tmp_path / "empty.html").write_text("", encoding="utf-8")
    done = digest(tmp_path, "lead", "--json", "missing.html", "empty.html", "gate.html")
    assert done.code == 1
    missing, empty, good = rows(done.out)
    assert (missing["file"], missing["error"]) == ("missing.html", "cannot be read: No such file or directory")
    assert (empty["file"], empty["error"]) == ("empty.html", "there is nothing in it")
    assert good["title"] == "The gate that stayed shut"
    told = digest(tmp_path, "lead", "missing.html", "gate.html")
    assert told.code == 1
    assert "error: missing.html: cannot be read: No such file or directory" in told.err
    assert "The gate that stayed shut" in told.out


def test_the_lengths_of_a_lead_are_the_options_else_the_newsrooms(tmp_path: Path) -> None:
    page(tmp_path, before=BYLINE)
    (tmp_path / "digest.toml").write_text(TOML + "[lead]\nat_least = 5\nat_most = 25\n", encoding="utf-8")
    [row] = rows(digest(tmp_path, "lead", "--json", "gate.html").out)
    assert row["sentences"] == [STORY.partition(" The harbour")[0]]
    [row] = rows(digest(tmp_path, "lead", "--json", "--words", "60", "--at-least", "30", "gate.html").out)
    assert len(" ".join(row["sentences"]).split()) > 30  # type: ignore[arg-type] # strings
    assert digest(tmp_path, "lead", "--words", "0", "gate.html").code == 2


def test_two_processes_give_the_same_rows_in_the_same_order(tmp_path: Path) -> None:
    names = [page(tmp_path, f"{at}.html", before=f"<p>By Ann Roe{'e' * at}</p>").name for at in range(12)]
    alone = digest(tmp_path, "lead", "--json", *names)
    shared = digest(tmp_path, "lead", "--json", "--processes", "2", *names)
    assert shared == alone
    assert [row["file"] for row in rows(shared.out)] == names


def test_a_folder_and_an_address(tmp_path: Path) -> None:
    page(tmp_path, "a.html")
    page(tmp_path, "b.html")
    done = digest(tmp_path, "lead", "--json", ".")
    assert [Path(str(row["file"])).name for row in rows(done.out)] == ["a.html", "b.html"]
    with serving() as site:
        site.status = 404
        done = digest(tmp_path, "lead", "--json", f"http://127.0.0.1:{site.server_port}/gate")
    assert done.code == 1
    assert str(rows(done.out)[0]["error"]).startswith("the server answered 404")


def test_quiet_keeps_what_was_asked_for(tmp_path: Path) -> None:
    page(tmp_path)
    assert digest(tmp_path, "-q", "lead", "gate.html").out.startswith("gate.html\n  The gate")


def test_a_script_is_no_witness_of_a_date(tmp_path: Path) -> None:
    page(tmp_path, head='<script>var page = {"published": "2024-10-25T10:00:00"}</script>')
    [row] = rows(digest(tmp_path, "lead", "--json", "gate.html").out)
    assert row["published"] is None


MODES = ("lead", "dek", "extract")
DEK = "A gate that nobody had ordered shut kept the boats of Saltmouth out of their own harbour for a day."
SAID = "On a Friday the gate at Saltmouth stayed shut for nine hours, and nobody knows who ordered it."


def test_the_text_is_made_in_the_way_that_is_asked_for(tmp_path: Path) -> None:
    page(tmp_path, head=f'<meta property="og:description" content="{DEK}">')
    made = {mode: rows(digest(tmp_path, "lead", "--json", "--mode", mode, "gate.html").out)[0] for mode in MODES}
    assert {mode: row["mode"] for mode, row in made.items()} == {mode: mode for mode in MODES}
    assert made["dek"]["sentences"] == [DEK]
    assert made["lead"] == rows(digest(tmp_path, "lead", "--json", "gate.html").out)[0]
    done = digest(tmp_path, "lead", "--mode", "dek", "gate.html", "--words", "10")
    assert "note: the dek " in done.out


def test_a_newsroom_has_its_model_asked_and_keeps_what_it_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setenv("LLM_USER_PATH", str(tmp_path_factory.mktemp("llm")))
    page(tmp_path)
    (tmp_path / "digest.toml").write_text(f'{TOML}[writer]\nmodel = "{NAME}"\n', encoding="utf-8")
    with installed(Scripted(saying(SAID))) as model:
        for _ in range(2):
            done = digest(tmp_path, "lead", "--mode", "model", "gate.html")
            assert (done.code, len(model.asked)) == (0, 1)
            assert f"\n  {SAID}\n" in done.out
            assert "note: by the model scripted" in done.out
        said = digest(tmp_path, "lead", "--mode", "model", "--words", "40", "--json", "gate.html")
        assert rows(said.out)[0]["mode"] == "model"
    assert len(list((tmp_path / "written").iterdir())) == 2
    with installed(Scripted(saying(SAID.replace("nine", "ninety")))):
        (row,) = rows(digest(tmp_path, "lead", "--mode", "model", "--words", "50", "--json", "gate.html").out)
    assert row["mode"] == "lead"
    assert "a number that the article does not give (ninety hours)" in str(row["note"])


@pytest.mark.parametrize(
    ("toml", "arguments", "said"),
    [
        ("", ("--mode", "model"), "--mode model: a model is asked by a newsroom alone, and here is none (hint: "),
        (TOML, ("--mode", "model"), "--mode model: this newsroom names no model (hint: name one in digest.toml: "),
        (f'{TOML}[writer]\nmodel = "none-such"\n', ("--mode", "model"), "there is no model 'none-such'"),
        (TOML, ("--mode", "model", "--processes", "2"), "--processes does not go with --mode model (hint: "),
        ("", ("--mode", "best"), "--mode: there is no way 'best' to make a text (hint: one of: lead, dek, extract, "),
    ],
)
def test_a_way_that_cannot_be_taken_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, toml: str, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.setenv("LLM_USER_PATH", str(tmp_path / "llm"))
    page(tmp_path)
    if toml:
        (tmp_path / "digest.toml").write_text(toml, encoding="utf-8")
    done = digest(tmp_path, "lead", "gate.html", *arguments)
    assert done.code == 2
    assert said in done.err


def test_an_address_that_somebody_names_is_asked_again_and_whatever_robots_are_told(tmp_path: Path) -> None:
    with magazine() as site:
        site.robots = "User-agent: *\nDisallow: /\n"
        page = site.answered("/eels-in-the-culvert/")
        answers = [Answer(status=503), page]
        site.routes["/eels-in-the-culvert/"] = lambda _path, _query: answers.pop(0)
        done = digest(tmp_path, "lead", site.at("/eels-in-the-culvert/"), "--json")
    assert (done.code, done.data["title"]) == (0, site.piece("eels-in-the-culvert").title)
    assert answers == []
    assert site.asked["/robots.txt"] == 0
