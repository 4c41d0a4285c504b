"""Merge tags in `digest check`: the service's own are there, and nothing that it would take for one."""

from dataclasses import replace

import pytest

from digest.check import check
from digest.model.issue import Words
from proofs import changed, codes, hits, proof_of, put, sound, sound_issue


@pytest.mark.parametrize("service", ["mailchimp", "listmonk", "buttondown", "brevo", "none"])
def test_an_unsubscribe_link_is_looked_for_as_the_service_has_it(service: str) -> None:
    assert "tag-unsubscribe" not in codes(changed(service=service))
    taken = changed(
        html=lambda html: html.replace("digest-tag:unsubscribe", "https://harbour.example/"), service=service
    )
    assert len(hits(taken, "tag-unsubscribe")) == 1


def test_a_text_part_without_unsubscribe_or_address_is_said() -> None:
    lines = changed(text=lambda text: text.replace("digest-tag:unsubscribe", "x").replace("digest-tag:address", "y"))
    assert hits(lines, "tag-unsubscribe") == ["email.txt: nobody can unsubscribe: no line says where"]
    assert hits(lines, "tag-address") == ["email.txt: says no postal address"]


def test_a_value_that_nobody_configured_is_asked_for_with_its_key() -> None:
    findings = {finding.code: finding.hint for finding in check(changed(values={}))}
    assert "mailer.unsubscribe_url" in findings["tag-unsubscribe"]
    assert "magazine.address" in findings["tag-address"]
    assert "site.url" in findings["tag-online"]
    assert "tag('unsubscribe')" in check(changed(html=lambda html: html.replace("digest-tag:unsubscribe", "")))[0].hint


def test_a_tag_that_the_theme_writes_is_shown_with_its_file_and_line() -> None:
    theme = {"parts/foot.html": "<p>\n*|LIST:ADDRESSLINE|*\n</p>"}
    proof = changed(html=put("</h1>", "</h1><p>*|LIST:ADDRESSLINE|*</p>"), theme=theme, service="listmonk")
    assert hits(proof, "tag-foreign") == ["theme: parts/foot.html line 2: the theme writes *|LIST:ADDRESSLINE|*"]
    assert hits(replace(proof, facts=replace(proof.facts, theme={"email.html": ""})), "tag-foreign") == [
        "email.html: the theme writes *|LIST:ADDRESSLINE|*"
    ]


def test_a_configured_value_may_hold_the_services_own_tag_and_no_other() -> None:
    values = {**sound().facts.values, "preferences": "https://harbour.example/p?e=*|EMAIL|*"}
    assert "tag-foreign" not in codes(changed(values=values, service="mailchimp"))
    assert hits(changed(values=values, service="listmonk"), "tag-foreign") == [
        "digest.toml: preferences: *|EMAIL|* is no tag of listmonk"
    ]
    assert hits(changed(values=values), "tag-foreign") == [
        "digest.toml: preferences: *|EMAIL|* is no tag of any service: none is configured"
    ]


def test_a_story_about_tags_is_no_fault_of_the_theme() -> None:
    issue = replace(sound_issue(), opening=Words(text="Write {{ name }} or *|FNAME|*, but never {{ half or %}."))
    for service in ("none", "mailchimp", "listmonk"):
        findings = check(proof_of(issue, service=service))
        assert [each.code for each in findings if each.level != "note"] == []
    assert len(hits(proof_of(issue, service="mailchimp"), "tag-text")) == 1


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<p>Dear *|FNAME, hello</p>", "half a tag: *|FNAME,"),
        ("<p>Dear name}} hello</p>", "half a tag: name}}"),
        ('<a href="digest-tag:webcal">Off</a>', "a placeholder is left: digest-tag:webcal"),
        ('<a href="%7B%7Bx%7D%7D">Off</a>', "a tag was encoded and is one no more: %7B%7Bx%7D%7D"),
    ],
)
def test_broken_tags_are_found(markup: str, said: str) -> None:
    assert [line.partition(": ")[2] for line in hits(changed(html=put("</h1>", "</h1>" + markup)), "tag-broken")] == [
        said
    ]
