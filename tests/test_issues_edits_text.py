"""The text of edits.toml: it says what was decided, and whatever an editor wrote around it stays."""

import tomllib
from collections import Counter
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.errors import ConfigError
from digest.issues.edits import TEMPLATE, edits_of
from digest.issues.edits_text import with_edits
from digest.issues.toml_text import statements, written
from digest.model.edits import CorrectionEdit, Edits, LinkEdit, PromoEdit, StoryEdit, Was
from toml_by_hand import files

FILE = """\
# Friday's, by Ann
schema = 1   # the first

[issue]   # what stands on top
subject = 'A "quiet" week'   # Bea likes it
# preheader = "not yet"
opening = \"\"\"
Two lines,
and no more.\"\"\"

# Ask the harbour office before it goes out.
[[story]]
article = "anchor"   # the long one
do = "pin"
# the desk's own words:
headline = "Anchors away"
was = { headline = "The story of anchor" } # as of Thursday

[[link]]
url = "https://elsewhere.example/a"
title = "Elsewhere"

[[story]]
article = "buoy"
[story.was]
dek = "Once."
# an end
"""
ANCHOR, BUOY = edits_of(FILE).stories


def test_what_is_said_already_is_not_touched() -> None:
    for text in ("", TEMPLATE, FILE, FILE.replace("\n", "\r\n"), "\ufeff" + FILE, FILE.rstrip()):
        assert with_edits(text, edits_of(text)) == text


def changed(**told: Any) -> str:
    """Return the file with some decisions otherwise."""
    edits = replace(edits_of(FILE), **told)
    text = with_edits(FILE, edits)
    assert edits_of(text) == edits
    return text


def test_of_a_statement_that_changes_only_its_value_does() -> None:
    assert changed(subject="Mind the gap") == FILE.replace("""'A "quiet" week'""", '"Mind the gap"')
    assert changed(opening="One line.") == FILE.replace('"""\nTwo lines,\nand no more."""', '"One line."')
    assert changed(opening="A\nB") == FILE.replace("Two lines,\nand no more.", "A\nB")
    anchor = replace(ANCHOR, headline="Anchors", do="hold")
    assert changed(stories=(anchor, BUOY)) == FILE.replace('"Anchors away"', '"Anchors"').replace('"pin"', '"hold"')
    was = replace(ANCHOR, was=Was(headline="Two anchors", lead='It "was"\nlate.'))
    line = 'was = { headline = "Two anchors", lead = "It \\"was\\"\\nlate." } # as of Thursday'
    assert line in changed(stories=(was, BUOY))


def test_a_new_key_stands_behind_the_others_and_one_that_goes_takes_its_line() -> None:
    assert changed(preheader="And more") == FILE.replace('more."""\n', 'more."""\npreheader = "And more"\n')
    assert changed(subject=None) == FILE.replace("""subject = 'A "quiet" week'   # Bea likes it\n""", "")
    bare = replace(ANCHOR, do=None, headline=None, was=None)
    expected = FILE.replace('do = "pin"\n', "").replace('headline = "Anchors away"\n', "")
    expected = expected.replace('was = { headline = "The story of anchor" } # as of Thursday\n', "")
    assert changed(stories=(bare, BUOY)) == expected


def test_a_table_within_a_table_becomes_a_line_when_it_changes() -> None:
    text = changed(stories=(ANCHOR, replace(BUOY, was=Was(dek="Twice."))))
    assert 'article = "buoy"\nwas = { dek = "Twice." }\n# an end\n' in text
    assert changed(stories=(ANCHOR, replace(BUOY, do="drop"))).endswith(
        '[[story]]\narticle = "buoy"\ndo = "drop"\n[story.was]\ndek = "Once."\n# an end\n'
    )


def test_a_new_story_stands_behind_the_one_that_it_follows() -> None:
    capstan = StoryEdit(article="capstan", do="add")
    table = '\n[[story]]\narticle = "capstan"\ndo = "add"\n'
    thursday = "# as of Thursday\n"
    assert changed(stories=(ANCHOR, capstan, BUOY)) == FILE.replace(thursday, thursday + table)
    assert changed(stories=(ANCHOR, BUOY, capstan)) == FILE.replace(
        "# an end\n", table[1:].join(("\n", "\n# an end\n"))
    )
    first = changed(stories=(capstan, ANCHOR, BUOY))
    assert first == FILE.replace("# Ask", table[1:] + "\n# Ask")


def test_a_story_that_is_moved_takes_its_comments_along() -> None:
    text = changed(stories=(BUOY, ANCHOR))
    assert text.index("[story.was]") < text.index("# Ask the harbour office") < text.index("# the desk's own words")
    assert "\n\n\n" not in text


def test_of_a_story_that_goes_the_comments_stay() -> None:
    text = changed(stories=(BUOY,))
    assert '"pin"' not in text
    assert "# Ask the harbour office before it goes out.\n# the desk's own words:\n" in text
    assert "\n\n\n" not in text


def test_the_template_keeps_its_explanations() -> None:
    edits = Edits(
        subject="Mind the gap",
        stories=(StoryEdit(article="anchor", do="pin"),),
        links=(LinkEdit(url="https://elsewhere.example/a", title="Elsewhere"),),
    )
    text = with_edits(TEMPLATE, edits)
    assert text.startswith(TEMPLATE)
    assert text.removeprefix(TEMPLATE) == (
        '\n[issue]\nsubject = "Mind the gap"\n\n[[story]]\narticle = "anchor"\ndo = "pin"\n\n'
        '[[link]]\nurl = "https://elsewhere.example/a"\ntitle = "Elsewhere"\n'
    )
    assert with_edits(text, Edits()).startswith(TEMPLATE)


@pytest.mark.parametrize(
    "text",
    [
        (
            'issue = { subject = "A" } # short\n'
            'story = [ # two\n  { article = "a" }, { article = "b", was = { dek = "]" } },\n]\n'
        ),
        'issue.subject = "A"\n"story" = [{ article = "a" }, { article = "b" }]\nschema = 1\n',
        (
            '[issue]\n"subject" = "A"\n[[story]]\narticle = "a"\n'
            '[["story"]]\narticle = \'b\'\nwas.dek = "x"\nwas.lead = """a"b"""\n'
        ),
        '[[story]]\narticle = "a"\n[[story]]\narticle = "b"\nwas.dek = "x"\n\n[ issue ]\nsubject = "A"',
        "\ufeff[issue]\r\nsubject = 'A'\r\n[[ story ]]\r\narticle = 'a'\r\n[[story]]\r\narticle = 'b'\r\n",
    ],
)
def test_unusual_forms_are_read_and_changed(text: str) -> None:
    old = edits_of(text)
    assert with_edits(text, old) == text
    edits = Edits(
        subject="B",
        opening='One\n\\two"',
        stories=(replace(old.stories[1], do="drop", was=Was(lead="Now")), StoryEdit(article="c"), old.stories[0]),
    )
    assert edits_of(with_edits(text, edits)) == edits
    assert edits_of(with_edits(text, replace(old, subject=None))) == replace(old, subject=None)


def test_a_file_with_a_fault_is_not_written() -> None:
    for text in ("nonsense", '[[story]]\narticel = "a"\n'):
        with pytest.raises(ConfigError, match=r"edits\.toml"):
            with_edits(text, Edits(subject="A"))


TEXTS = st.text(max_size=12) | st.sampled_from(
    ['a"b', "one\ntwo", "a\\", '"""', "# no comment", "'", "\r\n", "café", "\x85"]
)
WAS = st.builds(Was, **{each.name: st.none() | TEXTS for each in fields(Was)})
STORIES = st.builds(
    StoryEdit,
    article=st.sampled_from(["anchor", "buoy", "capstan", "davit", "https://harbour.example/e"]),
    do=st.sampled_from([None, "pin", "add", "drop", "hold"]),
    section=st.none() | TEXTS,
    after=st.sampled_from([None, "", "anchor"]),
    slot=st.sampled_from([None, "lead", "brief"]),
    headline=st.none() | TEXTS,
    lead=st.none() | TEXTS,
    image=st.sampled_from([None, "", "none", "https://harbour.example/a.png"]),
    was=st.none() | WAS,
)
LINKS = st.builds(LinkEdit, url=st.sampled_from([f"https://e.example/{n}" for n in "abc"]), title=TEXTS, text=TEXTS)
PROMOS = st.builds(PromoEdit, title=st.sampled_from(["Paint", "Rope"]), text=TEXTS, section=st.none() | TEXTS)
PRINTED = st.builds(CorrectionEdit, of=st.sampled_from(["2024-W41", "2024-W42"]), text=st.none() | st.just("Six."))
EDITS = st.builds(
    Edits,
    stories=st.lists(STORIES, max_size=5).map(tuple),
    links=st.lists(LINKS, max_size=3).map(tuple),
    promos=st.lists(PROMOS, max_size=2).map(tuple),
    corrections=st.lists(PRINTED, max_size=2).map(tuple),
    subject=st.none() | TEXTS,
    opening=st.none() | TEXTS,
    opening_by=st.sampled_from([None, "model"]),
)


def comments(text: str) -> Counter[str]:
    """Return the comments that have lines of their own."""
    return Counter(text[each.start : each.end].strip() for each in statements(text) if each.kind == "comment")


@given(st.sampled_from(["", TEMPLATE, FILE, FILE.replace("\n", "\r\n"), FILE.rstrip()]), st.lists(EDITS, max_size=4))
def test_whatever_is_decided_the_file_says_it_and_no_comment_is_lost(text: str, decided: list[Edits]) -> None:
    said = comments(text)
    for edits in decided:
        text = with_edits(text, edits)
        assert edits_of(text) == edits
        assert with_edits(text, edits) == text
        assert comments(text) == said
        assert "\r\n" not in text or text.count("\n") == text.count("\r\n")


@given(files(), st.lists(EDITS, min_size=1, max_size=2))
def test_however_a_file_is_written_it_says_what_is_decided_and_its_comments_stay(
    text: str, decided: list[Edits]
) -> None:
    old = edits_of(text)
    assert with_edits(text, old) == text
    said = comments(text)
    for edits in (*decided, old):
        text = with_edits(text, edits)
        tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))
        assert edits_of(text) == edits
        assert said <= comments(text)


def test_a_list_that_is_written_out_leaves_the_comments_between_its_brackets() -> None:
    text = 'story = [ # all\n  # "two" ]\n  { article = "a#", do = "pin" }, # first\n]\n'
    edits = Edits(stories=(StoryEdit(article="a#", do="drop"),))
    new = with_edits(text, edits)
    assert new == '# all\n# "two" ]\n# first\n\n[[story]]\narticle = "a#"\ndo = "drop"\n'


def test_a_key_in_double_quotes_is_the_key_that_its_escapes_spell() -> None:
    text = '[["st\\u006fry"]] # one\n"\\u0061rticle" = "a"\n"do" = "pin"\n'
    edits = Edits(stories=(StoryEdit(article="a", do="drop"),))
    assert with_edits(text, edits) == text.replace('"pin"', '"drop"')


@given(EDITS, STORIES)
def test_what_another_table_says_stays_to_the_byte(edits: Edits, story: StoryEdit) -> None:
    text = with_edits(FILE, edits)
    more = with_edits(text, replace(edits, stories=(*edits.stories, replace(story, article="new"))))
    lines = iter(more.splitlines())
    assert all(line in lines for line in text.splitlines() if line)  # each of them still, in their order


@given(TEXTS)
@example("\ud7ff\ue000\U0001f600")
@example("\x7f\x00\u2028\u00a0\u200b")
def test_a_text_is_written_as_toml(text: str) -> None:
    for one_line in (True, False):
        said = written(text, one_line=one_line)
        assert tomllib.loads(f"a = {said}")["a"] == text
        assert not one_line or "\n" not in said
