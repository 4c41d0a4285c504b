"""`digest check` as an editor runs it."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from digest.check.registry import CODES, RULES
from digest.cli.checked import summary
from digest.model.finding import Finding
from digest.theme import shipped
from running import TOML, digest, newsroom

NOON = datetime(2024, 10, 25, 12, tzinfo=UTC)
MAILER = '[mailer]\nservice = "mailchimp"\n'


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A newsroom with a built issue of W43 that a service sends."""
    newsroom(tmp_path, TOML + MAILER)
    assert digest(tmp_path, "build", "--week", "2024-W43").code == 0
    return tmp_path


def codes(done: Any) -> set[str]:
    return {finding["code"] for finding in done.data["report"]["findings"]}


def test_the_newest_issue_is_checked_size_before_clients(built: Path) -> None:
    done = digest(built, "check")
    assert done.code == 0
    head, *rest = done.out.splitlines()
    assert head == "Harbour Weekly No. 1: 18–25 October 2024 (2024-W43), mailchimp"
    heads = [line.partition(" ")[0] for line in rest if line and not line.startswith(" ")]
    assert heads == ["Size:", "Who", "note:", "no"]
    assert len(rest) < 30


def test_the_build_and_the_check_say_one_size(built: Path) -> None:
    built_now = digest(built, "build", "--week", "2024-W43")
    (said,) = (line for line in built_now.out.splitlines() if line.startswith("email.html: "))
    assert f"Size: {said.removeprefix('email.html: ')}" in digest(built, "check").out
    sizes = digest(built, "check", "--json").data["report"]["sizes"]
    assert f"{sizes['html_sent']:,} bytes as sent" in said
    assert digest(built, "build", "--week", "2024-W43", "--json").data["html_sent"] == sizes["html_sent"]


def test_the_sample_magazines_fullest_week_is_without_fault(tmp_path: Path) -> None:
    assert digest(tmp_path, "init", "--sample", "paper").code == 0
    assert digest(tmp_path / "paper", "build", "--week", "2024-W43", "--offline").code == 0
    done = digest(tmp_path / "paper", "check", "--json")
    assert [each for each in done.data["report"]["findings"] if each["level"] != "note"] == []


def test_quiet_keeps_the_findings_and_the_count(built: Path) -> None:
    done = digest(built, "-q", "check", "2024-W43")
    assert done.out.splitlines()[-1].startswith("no errors, ")
    assert "Size:" not in done.out
    assert "Who sees what" not in done.out


def test_the_clients_are_told_feature_by_feature_on_request(built: Path) -> None:
    done = digest(built, "check", "--clients")
    assert "    without @media (kept block, 2: email.html line " in done.out
    assert "every feature: --clients" not in done.out


def test_an_error_is_exit_code_1_and_stands_first_with_its_place_and_hint(built: Path) -> None:
    (built / "digest.toml").write_text(TOML.replace('address = "1 Quay Street, Harbour"\n', ""))
    done = digest(built, "check")
    assert done.code == 1
    lines = [line for line in done.out.splitlines() if line]
    assert lines[1].startswith("error: tag-")
    assert "    hint: set magazine.address in digest.toml" in lines
    assert lines[-1].startswith("3 errors, 1 warning, ")


def test_a_program_gets_the_whole_report(built: Path) -> None:
    done = digest(built, "check", "--json")
    report = done.data["report"]
    assert (done.data["label"], done.data["service"]) == ("2024-W43", "mailchimp")
    assert report["sizes"]["html_sent"] > report["sizes"]["frame"] > 0
    assert {cost["title"] for cost in report["sizes"]["stories"]} >= {"The story of anchor"}
    assert {"slug", "verdict", "count", "places", "kept", "notes"} <= set(report["clients"][0]["unseen"][0])
    assert {finding["level"] for finding in report["findings"]} <= {"warning", "note"}


def test_codes_are_selected_and_ignored_by_groups(built: Path) -> None:
    (built / "digest.toml").write_text(TOML)
    every = codes(digest(built, "check", "--json"))
    assert {"tag-unsubscribe", "tag-online", "client-differs", "subject-short"} & every == every
    assert codes(digest(built, "check", "--json", "--select", "tag,html-lang")) == {"tag-unsubscribe", "tag-online"}
    assert codes(digest(built, "check", "--json", "--select", "tag", "--ignore", "tag-online")) == {"tag-unsubscribe"}
    rest = codes(digest(built, "check", "--json", "--ignore", "tag, client", "--ignore", "html"))
    assert rest == every - {"tag-unsubscribe", "tag-online", "client-differs"}


def test_digest_toml_says_what_always_holds_and_an_option_goes_before_it(built: Path) -> None:
    (built / "digest.toml").write_text(TOML + '[check]\nselect = ["tag"]\nignore = ["tag-online"]\n')
    assert codes(digest(built, "check", "--json")) == {"tag-unsubscribe"}
    assert codes(digest(built, "check", "--json", "--ignore", "tag-unsubscribe")) == {"tag-online"}
    assert digest(built, "check", "--json").code == 1
    assert digest(built, "check", "--json", "--select", "size").code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--select", "sise"), "--select: there is no code 'sise' (hint: did you mean 'size'?)"),
        (("--ignore", "size,link-ded"), "--ignore: there is no code 'link-ded' (hint: did you mean 'link-dead'?)"),
        (("--explain", "qqqq"), "--explain: there is no code 'qqqq' (hint: the groups are size, style, tag, html, "),
        (("--explain", "size", "--links"), "--links does not go with --explain"),
        (("--explain", "size", "2024-W43"), "issue does not go with --explain"),
    ],
)
def test_a_code_that_is_none_is_a_usage_error(built: Path, arguments: tuple[str, ...], said: str) -> None:
    done = digest(built, "check", *arguments)
    assert done.code == 2
    assert said in done.err


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('select = ["sise"]', "digest.toml: check.select: there is no code 'sise' (hint: did you mean 'size'?)"),
        ('ignore = ["qqqq"]', "digest.toml: check.ignore: there is no code 'qqqq' (hint: the README lists all codes)"),
        ('ingore = ["size"]', "digest.toml: check.ingore: unknown key (hint: did you mean 'ignore'?)"),
    ],
)
def test_a_code_that_is_none_is_said_where_digest_toml_has_it(built: Path, table: str, said: str) -> None:
    (built / "digest.toml").write_text(f"{TOML}[check]\n{table}\n")
    done = digest(built, "issues")
    assert done.code == 2
    assert said in done.err


@pytest.mark.parametrize("rule", RULES, ids=CODES)
def test_every_code_is_explained(tmp_path: Path, rule: Any) -> None:
    done = digest(tmp_path, "check", "--explain", rule.code)
    assert done.code == 0
    for words in (f"{rule.code} ({rule.level})", rule.means, f"Why: {rule.why}", f"What to do: {rule.hint}"):
        assert words in done.out


def test_a_group_is_explained_as_a_whole_for_programs_too(tmp_path: Path) -> None:
    rows = digest(tmp_path, "check", "--explain", "size", "--json").data
    assert [row["code"] for row in rows] == ["size-gmail", "size-near", "size-style"]
    assert set(rows[0]) == {"code", "level", "means", "why", "hint"}


def test_an_issue_that_is_not_there_is_said_so(built: Path) -> None:
    done = digest(built, "check", "2024-W01")
    assert done.code == 1
    assert "there is no such issue" in done.err


def test_what_earlier_sent_issues_had_is_known(built: Path) -> None:
    edits = built / "issues" / "2024-W43" / "edits.toml"
    extra = '[[link]]\nurl = "https://elsewhere.example/dredging"\ntitle = "The price of a channel"\n'
    edits.write_text(f"schema = 1\n[issue]\nsubject = 'The same again'\n{extra}")
    assert digest(built, "build", "--week", "2024-W43").code == 0
    assert digest(built, "sent", "2024-W43").code == 0
    following = built / "issues" / "2024-W44"
    following.mkdir()
    (following / "edits.toml").write_text(f"schema = 1\n[issue]\nsubject = 'the same, again'\n{extra}")
    assert digest(built, "build", "--week", "2024-W44").code == 0
    assert {"link-sent", "subject-repeats"} <= codes(digest(built, "check", "2024-W44", "--json"))
    (built / "issues" / "2024-W43" / "issue.json").write_text("{}")
    assert {"link-sent", "subject-repeats"} & codes(digest(built, "check", "2024-W44", "--json")) == set()
    (built / "issues" / "2024-W43" / "issue.json").unlink()
    assert digest(built, "check", "2024-W44").code == 0


def test_an_issue_whose_theme_is_gone_is_checked_all_the_same(built: Path) -> None:
    shutil.copytree(shipped() / "roundup", built / "templates" / "mine")
    assert digest(built, "build", "--week", "2024-W43", "--theme", "mine").code == 0
    shutil.rmtree(built / "templates")
    assert digest(built, "check").code == 0


def test_a_source_that_failed_is_a_finding(built: Path) -> None:
    (built / "digest.toml").write_text(TOML + MAILER + '[[sources]]\nname = "feed"\nkind = "feed"\npath = "gone.xml"\n')
    done = digest(built, "check", "--json")
    assert "source-stale" in codes(done)
    (built / "articles.db").unlink()
    assert "source-stale" not in codes(digest(built, "check", "--json"))


def test_a_build_ends_with_what_a_check_would_say(built: Path) -> None:
    done = digest(built, "build", "--week", "2024-W43")
    (line,) = (line for line in done.out.splitlines() if "check 2024-W43" in line)
    assert line.startswith("no errors, ")
    (built / "digest.toml").write_text(TOML + '[check]\nselect = ["tag"]\n')
    counted = digest(built, "build", "--week", "2024-W43", "--json").data["check"]
    assert counted == {"error": 1, "warning": 1, "note": 0}


def test_findings_are_counted_in_words() -> None:
    error = Finding(code="x", level="error", message="x")
    assert summary((error, error, Finding(code="y", level="warning", message="y"))) == "2 errors, 1 warning, no notes"
