"""`digest correct`: what was sent stays as sent; what was wrong is said, dated, wherever it can still be read."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from lxml import html

from archiving import SITE, archive, record
from digest.handover import corrected, corrections, state
from digest.model.ledger import Event
from digest.wire import to_pretty_json
from running import TOML, digest, files, newsroom

W42, W43, W44 = "2024-W42", "2024-W43", "2024-W44"
TEXT = "Ellery has six dredgers, not seven."
AT = datetime(2024, 10, 28, 23, 30, tzinfo=UTC)


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A newsroom in which W42 and W43 were sent, and W44 is built."""
    return archive(tmp_path, sent=(W42, W43))


def today() -> str:
    return datetime.now(tz=ZoneInfo("Europe/London")).date().isoformat()  # noqa: TID251 - the command reads it too


def shown(page: Path) -> list[str]:
    tree = html.document_fromstring(page.read_text(encoding="utf-8"))
    return [" ".join(each.text_content().split()) for each in tree.xpath("//section[@class='corrections']/p")]


def test_a_correction_is_in_ledger_record_and_web_version_and_the_mail_stays_as_sent(room: Path) -> None:
    folder = room / "issues" / W43
    before, ledger = files(folder), (folder / "delivery.jsonl").read_bytes()
    done = digest(room, "correct", W43, f"  {TEXT} ")
    assert done.code == 0, done.err
    assert f"{today()}  {TEXT}" in done.out
    after = files(folder)
    assert {name for name in after if after[name] != before.get(name)} == {"delivery.jsonl", "issue.json", "web.html"}
    assert before.keys() == after.keys()
    event = json.loads(after["delivery.jsonl"].removeprefix(ledger))
    assert (event["event"], event["note"], bool(event["by"])) == ("corrected", TEXT, True)
    issue = record(folder)
    assert [(each.day, each.text) for each in issue.corrections] == [(today(), TEXT)]
    assert shown(folder / "web.html") == [f"{datetime.fromisoformat(today()):%-d %B %Y} {TEXT}"]
    assert digest(room, "issues", "--json").data["issues"][1]["state"] == "sent"
    assert digest(room, "deliver", W43).code == 0  # every file is what the record says


def test_the_hash_of_what_was_sent_still_holds(room: Path) -> None:
    def handed_over() -> str:
        return str(digest(room, "deliver", W43, "--json").data["content"])

    before = handed_over()
    assert digest(room, "correct", W43, TEXT).code == 0
    sent = json.loads((room / "issues" / W43 / "delivery.jsonl").read_bytes().splitlines()[0])
    assert before == handed_over() == sent["content"]


def test_corrections_add_up_are_listed_and_are_never_doubled(room: Path) -> None:
    assert "has no corrections" in digest(room, "correct", W43).out
    for text in (TEXT, "Its captain is Jón Þórsson."):
        assert "web.html is written again" in digest(room, "correct", W43, text).out
    assert "it stands already" in digest(room, "correct", W43, TEXT).out
    assert digest(room, "-q", "correct", W43).out.splitlines() == [
        f"{today()}  {TEXT}",
        f"{today()}  Its captain is Jón Þórsson.",
    ]
    listed = digest(room, "correct", W43, "--json").data
    assert (listed["label"], listed["corrections"][0]["text"]) == (W43, TEXT)
    assert len(shown(room / "issues" / W43 / "web.html")) == 2


def test_a_correction_can_be_taken_back(room: Path) -> None:
    before = files(room / "issues" / W43)
    assert digest(room, "correct", W43, TEXT).code == 0
    assert digest(room, "correct", W43, "--undo").code == 0
    after = files(room / "issues" / W43)
    changed = {name for name in after if after[name] != before[name]}
    assert changed <= {"delivery.jsonl", "issue.json", "web.html"}
    assert shown(room / "issues" / W43 / "web.html") == []
    assert record(room / "issues" / W43).corrections == ()
    events = [json.loads(line)["event"] for line in after["delivery.jsonl"].splitlines()]
    assert events == ["sent", "corrected", "uncorrected"]
    none = digest(room, "correct", W43, "--undo")
    assert (none.code, "nothing to take back" in none.err) == (1, True)
    both = digest(room, "correct", W43, TEXT, "--undo")
    assert (both.code, "does not go with --undo" in both.err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ((W44, TEXT), 1, "was not sent (it is built)"),
        ((W43, "  "), 1, "the correction is empty"),
        (("2031-W01", TEXT), 1, "there is no such issue"),
        (("2031-W01",), 1, "there is no such issue"),
    ],
)
def test_what_cannot_be_corrected_is_refused_and_nothing_is_written(
    room: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    before = files(room / "issues")
    done = digest(room, "correct", *arguments)
    assert (done.code, says in done.err) == (code, True), done.err
    assert files(room / "issues") == before


def test_an_unsent_issue_is_changed_where_its_editor_changes_things(room: Path) -> None:
    assert f"change it in issues/{W44}/edits.toml and build it again" in digest(room, "correct", W44, TEXT).err


def test_an_issue_that_is_about_to_be_sent_is_corrected_when_it_is(room: Path) -> None:
    with (room / "issues" / W44 / "delivery.jsonl").open("a", encoding="utf-8") as ledger:
        ledger.write('{"event":"scheduled","at":"2024-11-01T12:00:00Z"}\n')
    done = digest(room, "correct", W44, TEXT)
    assert (done.code, "was not sent (it is scheduled)" in done.err) == (1, True)
    assert "correct it when it is sent, or call it off" in done.err


def test_an_issue_that_was_changed_by_hand_is_refused(room: Path) -> None:
    (room / "issues" / W43 / "email.html").write_text("changed", encoding="utf-8")
    done = digest(room, "correct", W43, TEXT)
    assert (done.code, "is not what was built" in done.err) == (1, True)
    assert b"corrected" not in (room / "issues" / W43 / "delivery.jsonl").read_bytes()


def test_an_issue_whose_theme_is_gone_is_corrected_in_the_newsletters_own_and_that_is_said(room: Path) -> None:
    folder = room / "issues" / W43
    issue = record(folder)
    gone = replace(issue, theme=replace(issue.theme, name="broadsheet"))
    (folder / "issue.json").write_bytes(to_pretty_json(gone))
    done = digest(room, "correct", W43, TEXT)
    assert done.code == 0
    assert (
        "note: 2024-W43: there is no theme 'broadsheet': shown in the theme 'roundup'; web.html is made anew"
        in done.err
    )
    assert shown(folder / "web.html") == [f"{datetime.fromisoformat(today()):%-d %B %Y} {TEXT}"]
    assert record(folder).theme == gone.theme
    assert digest(room, "correct", W43, "--undo").code == 0


def test_a_theme_that_is_broken_is_refused_before_anything_is_written(room: Path) -> None:
    own = room / "templates" / "roundup"
    own.mkdir(parents=True)
    (own / "web.html").write_text("{{ nothing.of.this }}", encoding="utf-8")
    before = files(room / "issues")
    done = digest(room, "correct", W43, TEXT)
    assert (done.code, "templates/roundup/web.html:1" in done.err) == (1, True)
    assert files(room / "issues") == before


def test_a_corrected_issue_is_what_its_record_makes_of_it(tmp_path: Path) -> None:
    newsroom(tmp_path)
    assert digest(tmp_path, "build", "--week", W43).code == 0
    assert digest(tmp_path, "sent", W43, "--at", "2024-10-26").code == 0
    assert digest(tmp_path, "correct", W43, TEXT).code == 0
    before = files(tmp_path / "issues")
    done = digest(tmp_path, "build", "--frozen", W43)
    assert (done.code, done.err) == (0, "")
    assert files(tmp_path / "issues") == before


def test_another_theme_than_it_was_sent_with_is_said(room: Path) -> None:
    own = room / "templates" / "roundup"
    own.mkdir(parents=True)
    (own / "web.css").write_text("body { color: black }", encoding="utf-8")
    done = digest(room, "correct", W43, TEXT)
    assert done.code == 0
    assert "the theme 'roundup' has changed" in done.err
    assert "email.html and email.txt stay as they were sent" in done.err
    assert "body { color: black }" in (room / "issues" / W43 / "web.html").read_text(encoding="utf-8")


def test_a_crash_between_ledger_and_record_is_healed_by_saying_it_again_and_the_site_knows(room: Path) -> None:
    line = json.dumps({"event": "corrected", "at": "2024-10-28T09:00:00Z", "note": TEXT}, separators=(",", ":"))
    with (room / "issues" / W43 / "delivery.jsonl").open("a", encoding="utf-8") as ledger:
        ledger.write(line + "\n")
    assert digest(room, "site").code == 0
    assert shown(room / "site" / W43 / "index.html") == [f"28 October 2024 {TEXT}"]
    assert shown(room / "issues" / W43 / "web.html") == []
    assert digest(room, "correct", W43, TEXT).code == 0
    assert shown(room / "issues" / W43 / "web.html") == [f"28 October 2024 {TEXT}"]


def test_the_correction_shows_on_the_site(room: Path) -> None:
    assert digest(room, "correct", W43, TEXT).code == 0
    assert digest(room, "site").code == 0
    assert shown(room / "site" / W43 / "index.html")[0].endswith(TEXT)


def test_a_day_is_the_magazines_own_and_corrections_move_no_state() -> None:
    sent = Event(event="sent", at=AT, start=AT, end=AT)
    events = (sent, Event(event="corrected", at=AT, note="a"), Event(event="corrected", at=AT, note="b"))
    assert [each.day for each in corrections(events, ZoneInfo("Europe/Athens"))] == ["2024-10-29"] * 2
    assert [each.day for each in corrections(events, ZoneInfo("Europe/London"))] == ["2024-10-28"] * 2
    back = (*events, Event(event="uncorrected", at=AT))
    assert [event.note for event in corrected(back)] == ["a"]
    assert corrected((*back, Event(event="uncorrected", at=AT), Event(event="uncorrected", at=AT))) == ()
    assert state(back) == "sent"


# The next issue


def offers(done: object) -> list[str]:
    return [f["where"] for f in done.data["findings"] if f["code"] == "correction-offered"]  # type: ignore[attr-defined]


def build(room: Path, week: str = W44) -> object:
    done = digest(room, "build", "--week", week, "--offline", "--json")
    assert done.code == 0, done.err
    return done


def edit(room: Path, lines: str, week: str = W44) -> None:
    (room / "issues" / week / "edits.toml").write_text(f"schema = 1\n{lines}", encoding="utf-8")


def test_it_is_offered_to_the_next_issue_with_the_lines_to_paste(room: Path) -> None:
    assert digest(room, "correct", W43, TEXT).code == 0
    done = digest(room, "build", "--week", W44, "--offline")
    assert f"note: {W43}: No. 2 was corrected: {TEXT}" in done.err
    lines = done.err.partition("edits.toml:\n\n")[2].partition("\n\n")[0]
    assert lines == '[[correction]]\nof = "2024-W43"'
    edit(room, lines)
    printed = build(room)
    assert offers(printed) == []
    issue = record(room / "issues" / W44)
    assert [(each.of, each.number, each.text, each.day) for each in issue.amends] == [(W43, 2, TEXT, today())]
    for name in ("email.html", "email.txt", "web.html"):
        assert TEXT in (room / "issues" / W44 / name).read_text(encoding="utf-8")
    page = html.document_fromstring((room / "issues" / W44 / "web.html").read_text(encoding="utf-8"))
    assert page.xpath("//section[@class='amends']//a/@href") == ["https://letters.harbour.example/2024-W43/"]


def test_what_was_printed_is_not_offered_again_and_links_to_its_page_on_the_site(room: Path) -> None:
    assert digest(room, "correct", W43, TEXT).code == 0
    edit(room, f'[[correction]]\nof = "{W43}"\n')
    build(room)
    assert digest(room, "sent", W44).code == 0
    assert digest(room, "site").code == 0
    page = html.document_fromstring((room / "site" / W44 / "index.html").read_text(encoding="utf-8"))
    assert page.xpath("//section[@class='amends']//a/@href") == ["../2024-W43/"]
    assert offers(digest(room, "build", "--week", "2024-W45", "--offline", "--thin-ok", "--json")) == []
    assert digest(room, "correct", W43, "A second one.").code == 0
    again = digest(room, "build", "--week", "2024-W45", "--offline", "--thin-ok", "--json")
    assert offers(again) == [W43]
    edit(room, f'[[correction]]\nof = "{W43}"\n', "2024-W45")
    digest(room, "build", "--week", "2024-W45", "--offline", "--thin-ok")
    assert [each.text for each in record(room / "issues" / "2024-W45").amends] == ["A second one."]


def test_the_editors_words_stand_for_all_that_was_corrected_until_then(room: Path) -> None:
    assert digest(room, "correct", W43, TEXT).code == 0
    edit(room, f'[[correction]]\nof = "{W43}"\ntext = "In our last letter we counted the dredgers wrongly."\n')
    build(room)
    assert [each.text for each in record(room / "issues" / W44).amends] == [
        "In our last letter we counted the dredgers wrongly."
    ]
    assert digest(room, "sent", W44).code == 0
    assert offers(digest(room, "build", "--week", "2024-W45", "--offline", "--thin-ok", "--json")) == []


def test_words_of_the_editors_need_no_entry_in_the_ledger(room: Path) -> None:
    edit(room, f'[[correction]]\nof = "{W42}"\ntext = "The mole is older."\n')
    build(room)
    assert [(each.of, each.number, each.day) for each in record(room / "issues" / W44).amends] == [(W42, 1, "")]


def test_a_correction_that_prints_nothing_is_said(room: Path) -> None:
    edit(room, f'[[correction]]\nof = "2023-W01"\n[[correction]]\nof = "{W43}"\n')
    found = [f for f in build(room).data["findings"] if f["code"] == "correction-unmatched"]  # type: ignore[attr-defined]
    assert [(each["where"], each["message"]) for each in found] == [
        ("edits.toml: correction of 2023-W01", "names no issue that was sent before this one"),
        (f"edits.toml: correction of {W43}", "has no correction"),
    ]
    assert record(room / "issues" / W44).amends == ()


def test_an_old_correction_that_was_passed_over_is_not_offered_for_ever(room: Path) -> None:
    assert digest(room, "correct", W42, TEXT).code == 0
    assert offers(build(room)) == [W42]
    ledger = room / "issues" / W42 / "delivery.jsonl"
    events = [json.loads(line) for line in ledger.read_bytes().splitlines()]
    events[-1]["at"] = "2024-10-25T10:59:59Z"  # a second before W43's window ended: W43 could have printed it
    ledger.write_text("".join(json.dumps(event, separators=(",", ":")) + "\n" for event in events), encoding="utf-8")
    assert offers(build(room)) == []
    events[-1]["at"] = "2024-10-25T11:30:00Z"  # after W43 was built, before it was sent: nobody could print it
    ledger.write_text("".join(json.dumps(event, separators=(",", ":")) + "\n" for event in events), encoding="utf-8")
    assert offers(build(room)) == [W42]


def test_a_first_issue_is_offered_nothing(tmp_path: Path) -> None:
    archive(tmp_path, TOML + SITE, sent=())
    assert offers(build(tmp_path)) == []


def test_an_issue_that_is_built_again_keeps_its_corrections_and_says_so(room: Path) -> None:
    assert digest(room, "correct", W43, TEXT).code == 0
    assert digest(room, "sent", W43, "--undo").code == 0
    done = build(room, W43)
    (kept,) = [f for f in done.data["findings"] if f["code"] == "correction-kept"]  # type: ignore[attr-defined]
    assert kept["hint"].endswith("digest correct 2024-W43 --undo")
    assert shown(room / "issues" / W43 / "web.html")[0].endswith(TEXT)
    assert digest(room, "correct", W43, "--undo").code == 0
    assert shown(room / "issues" / W43 / "web.html") == []


def test_an_empty_text_is_refused(room: Path) -> None:
    edit(room, f'[[correction]]\nof = "{W43}"\ntext = " "\n')
    done = digest(room, "build", "--week", W44, "--offline")
    assert (done.code, f"correction[0] ({W43}): text: is empty" in done.err) == (2, True)
