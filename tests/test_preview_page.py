"""The desk's page, without a desk: what is laid out from an issue, and the HTML that comes of it."""

import json
import re
from dataclasses import fields, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args

import pytest

from digest.compose import compose
from digest.errors import DigestError
from digest.model.article import Image
from digest.model.conflict import Conflict
from digest.model.decision import Act, Decision
from digest.model.edits import Edits, LinkEdit, StoryEdit, Was
from digest.model.finding import Finding
from digest.model.lead import Lead
from digest.model.selection import Choice, LeftOut, Reason, Selection
from digest.preview.keys import KEYS
from digest.preview.laying import lay, place_of
from digest.preview.pages import whole
from digest.preview.place import PANELS, VIEWS, Place
from digest.preview.sheet import Sheet, Text, Trouble, Word
from digest.preview.sight import Sight
from digest.wire import from_json
from making import article, choice, frame

LEAD, STORY, BRIEF, MERE, OUT = (f"{number:012x}" for number in range(1, 6))
SCRIPT = "</textarea><script>alert(\"1\")</script>' onload='alert(2)"


def sight(*choices: Choice, edits: Edits | None = None, **fields: Any) -> Sight:
    told = choices or (
        choice(1, slot="lead", image=Image(url="https://harbour.example/1.jpg", alt="A quay")),
        choice(2, edit=StoryEdit(article=STORY, headline="Mine", was=Was(headline="Story number 2"))),
        choice(3, slot="brief", section="Letters"),
        choice(4, slot="headline"),
    )
    left = LeftOut(article=article(5), reason=Reason(code="outside", when=article(5).published, offer="passed-over"))
    selection = Selection(chosen=told, left_out=(left,))
    edits = edits or Edits()
    leads = {each.article.id: Lead(sentences=("It left late.",)) for each in told}
    plain: dict[str, Any] = {
        "issue": compose(selection, leads, frame(edits=edits)),
        "selection": selection,
        "edits": edits,
        "sources": {STORY: Was(headline="Story number 2", kicker="", byline="Ada Quill", dek="", lead="It left late.")},
        "sections": (("Reporting", "Reporting"), ("Culture", "The Arts")),
        "version": "v1",
        "drafted": "d1",
    }
    return Sight(**(plain | fields))


def sheet(story: str = "", panel: Any = "story", **fields: Any) -> Sheet:
    return lay(sight(**fields), Place(story=story, panel=panel))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


def elements(page: str) -> list[tuple[str, dict[str, str | None]]]:
    reader = _Reader()
    reader.feed(page)
    return reader.elements


def decisions(page: str) -> list[dict[str, Any]]:
    found = [attrs.get(name) for _, attrs in elements(page) for name in ("data-do", "data-decide", "data-adds")]
    return [json.loads(each) for each in found if each]


def test_an_address_that_names_nothing_leads_to_the_first_place() -> None:
    assert place_of({}) == place_of({"view": "x", "panel": "y"}) == Place()
    assert place_of({"view": "web", "panel": "checks", "story": STORY}) == Place(
        view="web", panel="checks", story=STORY
    )


def test_the_outline_has_the_lead_the_sections_and_the_headlines_in_the_issues_order() -> None:
    link = LinkEdit(url="https://other.example/a", title="A tide elsewhere", source="The Other")
    groups = sheet(edits=Edits(links=(link,))).groups
    assert [(group.kind, group.title, len(group.rows)) for group in groups] == [
        ("lead", "Lead story", 1),
        ("section", "Reporting", 1),
        ("section", "Letters", 1),
        ("section", "Elsewhere", 1),
        ("headlines", "Headlines only", 1),
    ]
    assert [row.first for group in groups for row in group.rows] == [True, False, False, False, False]
    assert groups[-1].rows[0].last
    assert groups[3].rows[0].kind == "link"
    assert groups[3].rows[0].byline == "The Other"
    assert groups[1].rows[0].marks == ("edited",)


def test_a_conflict_and_the_way_in_which_a_story_came_in_are_marked() -> None:
    told = [
        choice(1, edit=StoryEdit(article=LEAD, after="")),
        replace(choice(2), reason=Reason(code="chosen", how="pinned")),
        replace(choice(3), reason=Reason(code="chosen", how="held")),
        replace(choice(4), reason=Reason(code="chosen", how="added")),
    ]
    clash = Conflict(kind="changed", story=STORY, title="Story", field="headline", mine="a", theirs="b")
    marks = [row.marks for row in lay(sight(*told, conflicts=(clash,)), Place()).groups[0].rows]
    assert marks == [("moved",), ("conflict", "pinned"), ("held over",), ("added",)]


def test_an_edited_text_has_what_it_was_beside_it() -> None:
    story = sheet(STORY).story
    assert story is not None
    headline = story.texts[0]
    assert (headline.text, headline.origin, headline.original) == ("Mine", "editor", "Story number 2")
    page = whole(sheet(STORY))
    assert "Story number 2</q>" in page
    assert {"act": "text", "story": STORY, "field": "headline", "text": None} in decisions(page)


@pytest.mark.parametrize(("story", "fields"), [(STORY, 5), (BRIEF, 5), (MERE, 2)])
def test_a_mere_headline_has_no_text_to_edit(story: str, fields: int) -> None:
    found = sheet(story).story
    assert found is not None
    assert len(found.texts) == fields


def test_a_story_that_left_is_not_at_hand() -> None:
    assert sheet("0" * 12).story is None
    assert "No story at hand" in whole(sheet("0" * 12))


@pytest.mark.parametrize("panel", PANELS)
def test_nothing_that_a_story_says_is_markup(panel: Any) -> None:
    told = (choice(1, slot="lead", title=SCRIPT, authors=(SCRIPT,), dek=SCRIPT), choice(2))
    clash = Conflict(kind="changed", story=LEAD, title=SCRIPT, field="headline", mine=SCRIPT, was=SCRIPT, theirs=SCRIPT)
    finding = Finding(code="x", level="error", message=SCRIPT, where=SCRIPT, hint=SCRIPT)
    shown = sight(
        *told, edits=Edits(subject=SCRIPT), conflicts=(clash,), findings=(finding,), undo=SCRIPT, sender=SCRIPT
    )
    page = whole(
        lay(replace(shown, word=Word(state="void", by=SCRIPT, changed=(SCRIPT,))), Place(story=LEAD, panel=panel))
    )
    assert [attrs.get("src") for tag, attrs in elements(page) if tag == "script"] == [
        "/static/scheme.js",
        "/static/desk.js",
    ]
    assert not [attrs for _, attrs in elements(page) if any(name.startswith("on") for name in attrs)]


@pytest.mark.parametrize("panel", PANELS)
def test_no_style_and_no_script_stands_in_the_page_itself(panel: Any) -> None:
    page = whole(sheet(STORY, panel))
    assert not re.search(r"<style|<script(?![^>]* src=)", page)
    assert not [attrs for _, attrs in elements(page) if "style" in attrs]


@pytest.mark.parametrize("panel", PANELS)
def test_an_issue_that_cannot_be_changed_offers_no_change(panel: Any) -> None:
    finding = Finding(code="x", level="error", message="it is wrong")
    page = whole(sheet(STORY, panel, locked="It was sent on Friday.", findings=(finding,)))
    assert "It was sent on Friday." in page
    assert not [
        attrs for _, attrs in elements(page) if {"data-do", "data-adds", "data-waives", "data-approves"} & set(attrs)
    ]
    assert all("readonly" in attrs for tag, attrs in elements(page) if tag == "textarea")


def test_an_error_in_a_template_stands_where_the_mail_would_be() -> None:
    trouble = Trouble(message="unexpected '}'", where="templates/roundup/email.html:7", hint="mend the template")
    page = whole(sheet(trouble=trouble))
    assert "templates/roundup/email.html:7" in page
    assert "unexpected &#39;}&#39;" in page


def test_a_finding_leads_to_the_story_that_it_names() -> None:
    found = sheet(
        findings=(
            Finding(code="a", level="note", message="m", where="email.html line 3"),
            Finding(code="b", level="error", message="m", where="Mine"),
        )
    ).checks
    assert [(each.code, each.story) for each in found] == [("b", STORY), ("a", "")]


def test_a_finding_names_its_story_by_the_sources_headline_too() -> None:
    (found,) = sheet(findings=(Finding(code="a", level="note", message="m", where="Story number 2"),)).checks
    assert found.story == STORY


def test_what_the_desk_can_mend_is_said_for_the_desk_and_leads_there() -> None:
    told = 'article = "x" in edits.toml: was = …'
    finding = Finding(code="edit-conflict", level="error", message="m", where="Mine", hint=told)
    other = Finding(code="link-broken", level="error", message="m", hint="mend it at the source")
    shown = sheet(panel="checks", findings=(finding, other))
    assert [(each.hint, each.panel) for each in shown.checks] == [
        ("Choose which text stands", "conflicts"),
        ("mend it at the source", ""),
    ]
    page = whole(shown)
    assert 'data-panel="conflicts">Choose which text stands</a>' in page
    assert "edits.toml: was" not in page


def test_what_is_left_out_says_why_and_what_is_on_offer() -> None:
    (out,) = sheet(panel="left-out").left_out
    assert out.offered
    assert "outside the window" in out.why
    assert {"act": "do", "story": OUT, "do": "add"} in decisions(whole(sheet(panel="left-out")))


def test_an_empty_issue_says_what_to_do() -> None:
    empty = lay(replace(sight(), issue=compose(Selection(), {}, frame()), selection=Selection()), Place())
    assert "No story yet" in whole(empty)


def test_every_view_and_panel_is_a_link_and_the_one_that_is_shown_says_so() -> None:
    for view in VIEWS:
        page = whole(lay(sight(), Place(view=view)))
        current = [attrs for _, attrs in elements(page) if attrs.get("aria-current") == "page"]
        assert [attrs.get("data-view") for attrs in current if "data-view" in attrs] == [view]
        assert f'src="/frame/{view}?v=d1"' in page


def test_a_text_that_begins_with_a_line_break_comes_back_whole() -> None:
    given = replace(
        sheet(STORY), story=replace(story_of(sheet(STORY)), texts=(Text(field="lead", label="Text", text="\nTwo"),))
    )
    assert ">\n\nTwo</textarea>" in whole(given)


def story_of(given: Sheet) -> Any:
    assert given.story is not None
    return given.story


def test_a_fault_in_a_page_of_ours_names_its_file_and_line() -> None:
    with pytest.raises(DigestError, match="there is no 'state' here") as caught:
        whole(replace(sheet(panel="checks"), word=None))  # type: ignore[arg-type] # a fault, made on purpose
    assert re.search(r"pages/bar\.html:\d+$", caught.value.where)


@pytest.mark.parametrize("panel", PANELS)
def test_all_that_a_button_or_a_field_sends_is_a_decision(panel: Any) -> None:
    link = LinkEdit(url="https://other.example/a", title="A tide elsewhere", source="The Other")
    clash = Conflict(kind="changed", story=STORY, title="Story", field="headline", mine="a", theirs="b")
    shown = sight(edits=Edits(links=(link,)), conflicts=(clash,), has_model=True)
    rows = [row.id for group in lay(shown, Place()).groups for row in group.rows]
    sent = [each for row in rows for each in decisions(whole(lay(shown, Place(story=row, panel=panel))))]
    for each in sent:
        decision = from_json(json.dumps(each).encode(), Decision)
        assert each.keys() <= {field.name for field in fields(Decision)}
        assert decision.act in get_args(Act)
    assert bool(sent) == (panel not in {"checks", "history"})


def test_the_readme_lists_the_keys_that_the_page_obeys() -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    rows = [f"| {key.shown} | {key.does} |" for group in KEYS for key in group.keys]
    assert "\n".join(("| key | what it does |", "| --- | --- |", *rows)) in readme


def test_no_two_keys_are_the_same() -> None:
    combos = [combo for group in KEYS for key in group.keys for combo in key.combos]
    assert len(combos) == len(set(combos))
    assert [key.alone for key in KEYS[0].keys[:3]] == [True, True, False]


def test_a_conflict_about_a_story_that_is_out_can_be_settled() -> None:
    gone = Conflict(kind="gone", story=OUT, title="Story number 5", why="gone from the magazine's site")
    page = whole(sheet(panel="conflicts", conflicts=(gone,)))
    assert "it is not in the issue: gone from the magazine&#39;s site." in page
    sent = decisions(page)
    assert {"act": "do", "story": OUT, "do": "drop"} in sent
    assert {"act": "reset", "story": OUT} in sent
