"""What a mail weighs, what every story costs of that, and where Gmail would cut."""

from dataclasses import replace

import pytest

from digest.check.facts import Limits
from digest.check.sizes import sizes
from digest.model.issue import Issue, Words
from digest.model.tags import SERVICE_NAMES
from digest.text.transfer import encode
from proofs import bare, changed, hits, proof_of, sound, sound_issue
from torture import mirrored, torture_issue

ISSUES = {"sound": sound_issue(), "torture": torture_issue(), "right to left": mirrored(torture_issue())}


@pytest.mark.parametrize("service", SERVICE_NAMES)
@pytest.mark.parametrize("issue", ISSUES.values(), ids=ISSUES)
def test_the_shares_of_the_stories_and_the_frame_are_the_mail_as_sent(issue: Issue, service: str) -> None:
    proof = proof_of(issue, service=service)
    found = sizes(proof)
    assert found.frame + sum(cost.sent for cost in found.stories) == found.html_sent
    assert found.html_sent == len(encode(proof.message.html).content)
    assert [cost.title for cost in found.stories] == [entry.title.text for entry in issue.entries]
    assert all(cost.sent > 50 for cost in found.stories)
    ends = [cost.ends for cost in found.stories]
    assert ends == sorted(ends)
    assert ends[-1] < found.html_sent
    assert (found.clipped, found.cut) == (False, "")


@pytest.mark.parametrize("service", SERVICE_NAMES)
def test_the_cut_is_at_the_story_whose_words_stand_there(service: str) -> None:
    """Its neighbour is not to blame, whatever signs it holds: the text of each is neutral in the message."""
    issue = sound_issue()
    signs = Words(text="He wrote [sic] and {{ x }}, %recipient% and <% y %>. " * 40)
    first, second, *others = issue.sections
    long = replace(second, entries=tuple(replace(entry, lead=signs) for entry in second.entries))
    proof = proof_of(replace(issue, sections=(first, long, *others)), service=service)
    for cost in sizes(proof).stories:
        limit = cost.ends - cost.sent // 2
        cut = replace(proof, facts=replace(proof.facts, limits=Limits(mail=limit, near=1)))
        assert sizes(cut).cut == cost.id
        assert hits(cut, "size-gmail")[0].endswith(f"; it cuts before the end of “{cost.title}”")


def test_a_theme_without_marks_has_a_frame_and_no_stories() -> None:
    def unmarked(html: str) -> str:
        return html.replace("digest:entry", "entry")

    found = sizes(changed(html=unmarked, limits=Limits(mail=10_000)))
    assert (found.stories, found.cut, found.frame) == ((), "", found.html_sent)
    assert "cuts before" not in hits(changed(html=unmarked, limits=Limits(mail=10_000)), "size-gmail")[0]


def test_a_mail_whose_last_story_still_fits_is_cut_in_its_foot() -> None:
    found = sizes(changed(limits=Limits(mail=sizes(sound()).html_sent - 10)))
    assert (found.clipped, found.cut) == (True, "")


def test_an_entry_of_another_issue_is_called_by_its_id() -> None:
    empty = "<!--digest:entry y--><!--/digest:entry-->"
    proof = bare(f"<!--digest:entry zz-->\n<p>x</p>\n<!--/digest:entry-->{empty}<!--/digest:entry-->\n")
    found = sizes(replace(proof, message=replace(proof.message, html="\n<p>x</p>\n\n")))
    assert [(cost.title, cost.sent) for cost in found.stories] == [("zz", 12), ("y", 0)]
    assert (found.html_sent, found.frame) == (14, 2)
