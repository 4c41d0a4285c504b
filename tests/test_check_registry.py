"""Which rules are asked, and what a build says of its stories."""

from dataclasses import replace

import pytest

from digest.check import check
from digest.check.registry import CODES, Wanted, unknown
from digest.check.stories import story_findings
from digest.model.issue import Words
from proofs import bare, proof_of, sound_issue
from render_samples import LEAD_STORY, UNLINKED


@pytest.mark.parametrize(
    ("select", "ignore", "code", "wanted"),
    [
        ((), (), "size-gmail", True),
        (("size",), (), "size-gmail", True),
        (("size",), (), "link-dead", False),
        (("size",), ("size-near",), "size-near", False),
        (("size-near",), ("size",), "size-near", True),
        (("size",), ("size",), "size-near", False),
        ((), ("link",), "link-dead", False),
        ((), ("link-dea",), "link-dead", True),
        (("preheader-short",), (), "preheader-short", True),
    ],
)
def test_the_longer_of_two_names_decides(
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    code: str,
    wanted: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert Wanted(select=select, ignore=ignore).wants(code) is wanted


def test_an_unknown_name_is_answered_with_the_one_that_was_meant() -> None:
    assert unknown(("size", "size-gmail", "picture-alt")) == {}
    assert unknown(("sise-gmail", "links", "zzzz")) == {"sise-gmail": "size-gmail", "links": "link", "zzzz": ""}


def test_selected_rules_alone_are_asked() -> None:
    proof = bare()
    assert {finding.code for finding in check(proof, Wanted(select=("html",)))} <= {
        c for c in CODES if c.startswith("html")
    }


def test_a_build_says_of_its_stories_what_a_check_says() -> None:
    issue = sound_issue()
    broken = replace(
        issue,
        headlines=(UNLINKED,),
        sections=(replace(issue.sections[0], entries=(replace(LEAD_STORY, lead=Words()),)),),
    )
    told = tuple(story_findings(broken))
    assert [finding.code for finding in told] == ["no-lead", "no-url"]
    assert set(told) == {finding for finding in check(proof_of(broken)) if finding.code.startswith("no-")}
