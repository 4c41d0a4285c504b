"""Every rule: an issue that breaks it, and one that does not."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from digest.check import Proof, check, report
from digest.check.facts import Answer, SentBefore
from digest.check.registry import CODES, RULES
from digest.model.article import Image
from digest.model.change import Change
from digest.model.conflict import Conflict
from digest.model.finding import Finding
from digest.model.issue import Issue, Words
from proofs import VALUES, changed, proof_of, put, sound, sound_issue
from render_samples import LEAD_STORY, UNLINKED, story
from torture import mirrored, torture_issue

PICTURE = LEAD_STORY.picture.image if LEAD_STORY.picture else Image()
LEAD_TITLE = LEAD_STORY.title.text
LINKED = "A machine of brass and pulleys, and the two people who cranked it."
STALE = Finding(code="source-stale", level="warning", message="not read yet", where="feed", hint="read it")
UNSUBSCRIBE = "digest-tag:unsubscribe"


def found(proof: Proof, code: str) -> list[Finding]:
    return [finding for finding in check(proof) if finding.code == code]


def worded(subject: str = "", preheader: str = "") -> Proof:
    """The sound issue with another subject or preheader."""
    issue = sound_issue()
    return proof_of(
        replace(
            issue,
            subject=Words(text=subject) if subject else issue.subject,
            preheader=Words(text=preheader) if preheader else issue.preheader,
        )
    )


def with_lead(**fields: Any) -> Issue:
    """The sound issue with another lead story."""
    issue = sound_issue()
    first, *others = issue.sections
    return replace(issue, sections=(replace(first, entries=(replace(LEAD_STORY, **fields),)), *others))


def with_picture(**fields: Any) -> Issue:
    assert LEAD_STORY.picture is not None
    return with_lead(picture=replace(LEAD_STORY.picture, **fields))


def in_story(markup: str) -> Callable[[str], str]:
    """A change that puts markup into the lead story, in front of its headline."""

    def change(html: str) -> str:
        start = html.rindex("<h", 0, html.index(LEAD_TITLE + "</a>"))
        return html[:start] + markup + html[start:]

    return change


def styled(css: str) -> Callable[[str], str]:
    """A change that adds rules to the kept block."""
    return put("</style>\n</head>", f"{css}</style>\n</head>")


CONFLICT = Conflict(
    kind="changed", story="0" * 12, title=LEAD_TITLE, field="headline", mine="Ours", was="Then", theirs="Now"
)
CHANGE = Change(
    kind="changed", story="0" * 12, title=LEAD_TITLE, field="headline", words="headline: “Now” (was “Then”)"
)

BREAKING: dict[str, Callable[[], Proof]] = {
    "size-gmail": lambda: proof_of(with_lead(lead=Words(text="A long lead. " * 9000))),
    "size-near": lambda: changed(limits=replace(sound().facts.limits, near=1000)),
    "size-style": lambda: changed(html=styled(".x { color: red }\n" * 1000)),
    "style-nested": lambda: changed(html=styled("@media screen { @font-face { font-family: A } }")),
    "style-import": lambda: changed(html=styled('@import "x.css";')),
    "style-broken": lambda: changed(html=styled("} p")),
    "style-body": lambda: changed(html=in_story("<style>p { margin: 0 }</style>")),
    "tag-unsubscribe": lambda: changed(html=lambda html: html.replace(UNSUBSCRIBE, "https://harbour.example/")),
    "tag-address": lambda: changed(html=lambda html: html.replace("digest-tag:address", "")),
    "tag-online": lambda: changed(values={**sound().facts.values, "view_online": ""}),
    "tag-foreign": lambda: changed(html=in_story("<p>*|LIST:DESCRIPTION|*</p>")),
    "tag-text": lambda: proof_of(with_lead(title=Words(text="Why *|FNAME|* greets nobody")), service="mailchimp"),
    "tag-broken": lambda: changed(html=in_story('<a href="https://harbour.example/%7B%7Bx%7D%7D">Profile</a>')),
    "html-lang": lambda: changed(html=put('<html lang="en-GB"', "<html")),
    "html-dir": lambda: changed(html=put('<html lang="en-GB" dir="ltr"', '<html lang="en-GB"')),
    "html-title": lambda: changed(html=put(f"<title>{LEAD_TITLE}</title>", "<title></title>")),
    "html-doctype": lambda: changed(html=put("<!DOCTYPE html>", "<!-- first -->")),
    "html-h1": lambda: changed(html=in_story("<h1>Another</h1>")),
    "html-headings": lambda: changed(html=in_story("<h6>Small</h6>")),
    "html-table": lambda: changed(html=in_story("<table><tr><td>Laid out</td></tr></table>")),
    "html-id": lambda: changed(html=in_story('<p id="a">A</p><p id="a">B</p>')),
    "link-empty": lambda: changed(html=in_story('<a href="#">Nowhere</a>')),
    "link-unnamed": lambda: changed(
        html=in_story(
            '<a href="https://harbour.example/x"><img src="https://harbour.example/x.png" alt="" width="9"></a>'
        )
    ),
    "link-generic": lambda: changed(html=in_story('<a href="https://harbour.example/x">Lire la suite…</a>')),
    "link-colour": lambda: changed(
        html=in_story('<p>See <a style="text-decoration:none" href="https://harbour.example/x">the map</a></p>')
    ),
    "link-relative": lambda: changed(html=in_story('<a href="/2024/10/dredgers">The dredgers</a>')),
    "link-broken": lambda: changed(html=in_story('<a href="https://[bad">The map</a>')),
    "link-http": lambda: changed(html=in_story('<a href="http://harbour.example/x">The map</a>')),
    "link-staging": lambda: changed(html=in_story('<a href="https://staging.harbour.example/x">The map</a>')),
    "link-twice": lambda: proof_of(with_lead(url=story(1, "").url)),
    "link-tracked": lambda: changed(html=in_story('<a href="https://other.example/x?utm_source=a">The map</a>')),
    "link-dead": lambda: changed(answers=(Answer(url=LEAD_STORY.url, status=404),)),
    "link-down": lambda: changed(answers=(Answer(url=LEAD_STORY.url, status=503),)),
    "link-silent": lambda: changed(answers=(Answer(url=LEAD_STORY.url, problem="the server did not answer in time"),)),
    "link-unchecked": lambda: changed(answers=(Answer(url=LEAD_STORY.url, status=403),)),
    "link-sent": lambda: changed(
        sent=(SentBefore(label="2024-W42", urls=("http://harbour.example/2024/10/dredgers/",)),)
    ),
    "source-stale": lambda: changed(stale=(STALE,)),
    "edit-conflict": lambda: changed(conflicts=(CONFLICT,)),
    "edit-gone": lambda: changed(conflicts=(replace(CONFLICT, kind="gone", why="gone from the magazine's site"),)),
    "edit-unreached": lambda: changed(conflicts=(replace(CONFLICT, kind="unreached", why="outside the window"),)),
    "edits-unbuilt": lambda: changed(unbuilt="it has changed since the issue was built"),
    "story-gone": lambda: changed(since=(replace(CHANGE, kind="out", field="section"),)),
    "story-changed": lambda: changed(since=(CHANGE,)),
    "no-url": lambda: proof_of(replace(sound_issue(), headlines=(UNLINKED,))),
    "no-lead": lambda: proof_of(with_lead(lead=Words())),
    "lead-instead": lambda: proof_of(with_lead(lead_note="the dek is cut off: the story's opening instead")),
    "model-text": lambda: proof_of(with_lead(lead=Words(text=LEAD_STORY.lead.text, origin="model"))),
    "model-instead": lambda: proof_of(replace(sound_issue(), opening_note="the model tern took more than 60 s")),
    "picture-alt": lambda: changed(html=in_story('<img src="https://harbour.example/x.png" width="9">')),
    "picture-alt-name": lambda: changed(
        html=in_story('<img src="https://harbour.example/x.png" alt="IMG_2041.jpg" width="9">')
    ),
    "picture-kind": lambda: changed(html=in_story('<img src="https://harbour.example/x.webp" alt="" width="9">')),
    "picture-weight": lambda: proof_of(with_picture(file="images/a.jpg", weight=2_000_000)),
    "picture-size": lambda: proof_of(with_picture(image=replace(PICTURE, width=5000))),
    "picture-width": lambda: changed(html=in_story('<img src="https://harbour.example/x.png" alt="A map">')),
    "picture-missing": lambda: proof_of(with_picture(image=Image(), problem="404 Not Found")),
    "contrast-light": lambda: changed(html=in_story('<p style="color:#999999">Too pale</p>')),
    "contrast-dark": lambda: changed(html=in_story('<div style="color:#1c1917">Lost at night</div>')),
    "font-small": lambda: changed(html=in_story('<p style="font-size:11px">Too small</p>')),
    "subject-empty": lambda: worded(subject=" "),
    "subject-long": lambda: worded(
        subject="A subject that goes on and on until no inbox in the whole wide world shows its end"
    ),
    "subject-repeats": lambda: changed(sent=(SentBefore(label="2024-W42", subject=LEAD_TITLE.upper()),)),
    "subject-loud": lambda: worded(subject="THE DREDGERS ARE COMING"),
    "subject-wordless": lambda: worded(subject="🌊 🌊"),
    "preheader-missing": lambda: worded(preheader=" "),
    "preheader-repeats": lambda: worded(preheader=LEAD_TITLE + " and more"),
    "preheader-short": lambda: worded(preheader="Who owns the sand?"),
    "preheader-long": lambda: worded(preheader="Who owns the sand? " * 12),
    "char-mojibake": lambda: proof_of(with_lead(dek=Words(text="The cafÃ© on the quay"))),
    "char-control": lambda: changed(html=in_story("<p>\x85</p>")),
    "char-invisible": lambda: proof_of(with_lead(dek=Words(text="Half\u200bway"))),
    "char-lost": lambda: proof_of(with_lead(dek=Words(text="Caf\ufffd"))),
    "parity-headline": lambda: changed(text=lambda text: text.replace("The dredgers", "The diggers")),
    "parity-link": lambda: changed(web=lambda web: web.replace(LEAD_STORY.url, "https://harbour.example/")),
    "parity-lead": lambda: changed(web=put("At four in the morning", "At five in the morning")),
    "parity-lost": lambda: changed(
        html=lambda html: html.replace(LINKED, ""),
        text=lambda text: text.replace("A machine", "An engine"),
        web=lambda web: web.replace(LINKED, ""),
    ),
    "client-breaks": lambda: changed(html=in_story('<div style="display:flex">Side by side</div>')),
    "client-outlook": lambda: changed(
        html=put("</head>", "<!--[if mso]><style>* { margin: 0 }</style><![endif]--></head>")
    ),
    "client-differs": lambda: changed(html=in_story('<p style="border-radius:4px">Round</p>')),
}


def test_every_rule_has_an_issue_that_breaks_it() -> None:
    assert list(BREAKING) == list(CODES)
    assert len(set(CODES)) == len(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_rule_finds_what_breaks_it_and_nothing_in_a_sound_issue(code: str) -> None:
    hits = found(BREAKING[code](), code)
    assert hits
    assert all(hit.message and hit.where and hit.hint for hit in hits)
    if code != "client-differs":
        assert found(sound(), code) == []


def test_the_items_of_a_column_may_all_lead_to_it() -> None:
    assert found(proof_of(with_lead(url=story(1, "").url, entry="item")), "link-twice") == []


def test_in_a_sound_issue_there_are_notes_alone() -> None:
    assert {finding.code for finding in check(sound())} == {"client-differs"}


@pytest.mark.parametrize("theme", ["roundup", "letter", "headlines"])
@pytest.mark.parametrize("service", ["none", "mailchimp", "listmonk", "buttondown", "brevo"])
def test_every_shipped_theme_is_without_fault_for_every_service(theme: str, service: str) -> None:
    findings = check(proof_of(sound_issue(), theme, service=service))
    assert [finding for finding in findings if finding.level != "note"] == []


@pytest.mark.parametrize("theme", ["roundup", "letter", "headlines"])
@pytest.mark.parametrize("service", ["none", "mailchimp", "listmonk", "brevo"])
@pytest.mark.parametrize("issue", [torture_issue(), mirrored(torture_issue())], ids=["left to right", "right to left"])
def test_in_the_torture_issue_its_own_oddities_are_found_and_no_error(issue: Issue, theme: str, service: str) -> None:
    values = {**VALUES, "address": " ".join(issue.brand.address.split())}
    findings = check(proof_of(issue, theme, service=service, values=values, hosts=("gannet.example",)))
    assert [finding for finding in findings if finding.level == "error"] == []
    told = {"no-url", "no-lead", "picture-missing", "char-invisible"}
    assert told <= {finding.code for finding in findings}


def test_findings_come_the_graver_first_with_a_place_that_an_editor_finds() -> None:
    findings = check(changed(html=in_story('<p style="font-size:9px">Small</p><a href="#">Nowhere</a>')))
    levels = [finding.level for finding in findings]
    assert levels == sorted(levels, key=["error", "warning", "note"].index)
    assert {finding.where for finding in findings if finding.level != "note"} == {LEAD_TITLE}


@pytest.mark.parametrize("rule", RULES, ids=CODES)
def test_a_rule_says_in_whole_sentences_what_it_means_and_why(rule: Any) -> None:
    for sentence in (rule.means, rule.why):
        assert sentence[0].isupper() or sentence[0] in "“<"
        assert sentence.endswith(".")
    assert rule.hint
    assert rule.hint[-1] not in ".;"


def test_a_report_holds_the_findings_the_sizes_and_the_clients() -> None:
    told = report(sound())
    assert told.findings == check(sound())
    assert len(told.sizes.stories) == len(sound().issue.entries)
    assert told.clients[0].client == "Gmail"
