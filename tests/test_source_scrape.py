"""digest.sources.scrape: one article out of what a crawler keeps of a page, and nothing of what is around it."""

from pathlib import Path

import pytest

from digest.model.article import Block, Image, Problem, Sighting
from sources_making import STORY, document, parsed, problem, sighting

FIRST = "The bell at the quay is rung for three things: weddings, the New Year and water."
LAST = "It has not been rung since, and nobody can say for certain why that is."
TEASER = """a brass band
Top photo credit: Someone Else/Archive

The band that played on the sandbar

Music

No band has ever been less likely to be asked back than the one from the colliery.

They played for two hours to an audience of cormorants.

keep readingShow less
"""
FOOT = "\nLATEST\n\nQUAYSIDE\n\nNewsletter\n\nSubscribe now to our weekly letter and never miss a tide."


def scrape(*, head: str = "", body: str = f"{FIRST}\n\n{STORY}\n\n{LAST}", tail: str = "") -> Sighting:
    return sighting("scrape", document(f"{head}\n\n{body}\n{tail}", url="file:a.txt"))


HEAD = """Follow us on social

a bell

The bell that rang for nothing

Why the wardens went out into the night

Dispatch | Harbour"""


def test_every_part_is_found() -> None:
    found = scrape(head=HEAD, tail=f"\n\nTop Image credit: The bell. Di Moe/Quay\n{TEASER}{TEASER}{FOOT}")
    assert (found.title, found.dek) == ("The bell that rang for nothing", "Why the wardens went out into the night")
    assert (found.kind, found.section) == ("Dispatch", "Harbour")
    assert found.image == Image(alt="a bell", credit="The bell. Di Moe/Quay")
    assert found.blocks == (Block(text=FIRST), Block(text=STORY), Block(text=LAST))
    whys = [cut.why for cut in found.left_out]
    assert whys.count("teaser") == 2
    assert "cormorants" in next(cut.text for cut in found.left_out if cut.why == "teaser")
    assert (found.published, found.date_source, found.url) == (None, None, "")


@pytest.mark.parametrize(
    ("head", "title", "dek", "section", "alt"),
    [
        ("A headline of five words", "A headline of five words", "", "", ""),
        ("A headline of five words\n\nNotes", "A headline of five words", "", "Notes", ""),
        ("a bell\n\nA headline of five words\n\nNotes", "A headline of five words", "", "Notes", "a bell"),
        (
            "A headline of five words\n\nA dek of many more words than that\n\nNotes",
            "A headline of five words",
            "A dek of many more words than that",
            "Notes",
            "",
        ),
        (
            "Adrift\n\nA dek that has many more words than any headline would ever have\n\nNotes",
            "Adrift",
            "A dek that has many more words than any headline would ever have",
            "Notes",
            "",
        ),
        (
            "a bell\nTop image credit: Di Moe\n\nA headline of five words\n\nNotes",
            "A headline of five words",
            "",
            "Notes",
            "a bell",
        ),
        (
            "Who rings it? Nobody.\n\nThe wardens went out at night and came back before the day.\n\nNotes",
            "Who rings it? Nobody.",
            "The wardens went out at night and came back before the day.",
            "Notes",
            "",
        ),
    ],
)
def test_parts_may_be_missing(head: str, title: str, dek: str, section: str, alt: str) -> None:
    found = scrape(head=head)
    assert (found.title, found.dek, found.section) == (title, dek, section)
    assert (found.image.alt if found.image else "") == alt
    assert found.blocks[0].text == FIRST


@pytest.mark.parametrize(
    ("tail", "credit"),
    [
        ("", ""),
        ("\n\nTop photo credit: Di Moe", "Di Moe"),
        ('\n\nTop photo credit" Di Moe', "Di Moe"),
        (f"\n\n{TEASER}{FOOT}", ""),
        (f"\n{TEASER}", ""),
        (f"\n\nImage Credit: Di Moe\n\nThe bell that rang for nothing\n\n{TEASER}", "Di Moe"),
        (f"\n\nBells:\n\nThe bell that rang for nothing\n\nDispatch | Harbour\n{TEASER}", ""),
    ],
)
def test_the_body_ends_before_what_is_around_it(tail: str, credit: str) -> None:
    found = scrape(head=HEAD, tail=tail)
    assert [block.text for block in found.blocks] == [FIRST, STORY, LAST]
    assert found.image
    assert found.image.credit == credit


def test_without_any_gap_or_credit_a_teaser_is_cut_at_its_headline() -> None:
    bare = TEASER.replace("a brass band\nTop photo credit: Someone Else/Archive\n\n", "\n")
    found = scrape(head=HEAD, tail=bare)
    assert [block.text for block in found.blocks] == [FIRST, STORY, LAST]


def test_double_spacing_throughout_is_no_end() -> None:
    text = f"{HEAD}\n\n{FIRST}\n\n{STORY}\n\n{LAST}\n\n".replace("\n\n", "\n\n\n") + f"\n\n{TEASER}"
    found = sighting("scrape", document(text))
    assert [block.text for block in found.blocks] == [FIRST, STORY, LAST]


def test_a_gap_in_the_body_and_a_picture_in_it_are_no_end() -> None:
    body = f"{FIRST}\n\n\nThe second night\n\n{STORY}\nPhoto credit: Di Moe\n{LAST}"
    found = scrape(head=HEAD, body=body, tail=f"\n\n{TEASER}")
    assert [block.kind for block in found.blocks] == ["paragraph", "heading", "paragraph", "paragraph"]
    assert [cut.text for cut in found.left_out if cut.why == "credit"] == ["Photo credit: Di Moe"]


@pytest.mark.parametrize(
    ("line", "following", "kind"),
    [
        ("Other News From The Quay This Week:", STORY, "heading"),
        ("What the water left:", STORY, "heading"),
        ("From the harbour board's meeting on Oct. 23", STORY, "heading"),
        ("She wrote to the board on Monday:", f"“{STORY}”", "paragraph"),
        ("The captain of the third night said to all of them on Monday:", STORY, "paragraph"),
        ("He left.", STORY, "paragraph"),
        ("and then nothing", STORY, "paragraph"),
        ("- Forty-six houses", STORY, "item"),
        ("2. The pump", STORY, "item"),
        ("Early- to mid-October was quiet.", STORY, "paragraph"),
    ],
)
def test_headings_items_and_paragraphs(line: str, following: str, kind: str) -> None:
    found = scrape(head=HEAD, body=f"{FIRST}\n\n{line}\n\n{following}\n\n{LAST}")
    assert found.blocks[1].kind == kind


def test_a_body_of_short_lines_is_a_body() -> None:
    found = scrape(head="A headline of five words", body="It rained.\n\nIt stopped.")
    assert [block.text for block in found.blocks] == ["It rained.", "It stopped."]


def test_glued_words_and_mojibake() -> None:
    found = scrape(head=HEAD, body=f"{FIRST}\n\nQuayTimesreports that itâ€™s late.\x93\n\n{LAST}")
    assert found.blocks[1].text == "QuayTimesreports that it’s late.“"


def test_one_name_for_one_text_whatever_the_files_name() -> None:
    one, two = (
        sighting("scrape", document(f"{HEAD}\n\n{FIRST}\n\n{LAST}", url=url)) for url in ("file:a.txt", "file:b")
    )
    assert one.guid == two.guid
    assert one.guid.startswith("scrape:")
    assert scrape(head=HEAD, body=LAST).guid != one.guid


def test_the_configuration_gives_the_section_that_is_missing() -> None:
    assert sighting("scrape", document(f"A headline of five words\n\n{FIRST}"), section="Notes").section == "Notes"


@pytest.mark.parametrize("text", ["Only a headline", "Follow us on social\n\nNewsletter", FIRST, f"\n\n{TEASER}"])
def test_a_text_without_an_article_is_told(text: str) -> None:
    assert problem("scrape", document(text)).message.startswith(("no article", "there is no text"))


STRANGERS = ("Levin", "Osprey", "Sudan", "keep reading", "google cta", "Follow us", "Subscribe now", "photo credit")


@pytest.mark.parametrize("number", [0, 1])
def test_the_real_ones(shared: Path, number: int) -> None:
    path = sorted((shared / "seeds").glob("*.txt"))[number]
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line]
    [found] = parsed("scrape", document(path.read_bytes(), url=path.name))
    assert isinstance(found, Sighting)
    assert found.title == lines[2 + number]
    assert found.dek == lines[3 + number]
    assert (found.kind, found.section) == (("Reporting", "")[number], "QiOSK")
    text = "\n".join((*(block.text for block in found.blocks), found.title, found.dek))
    assert not [word for word in STRANGERS if word.casefold() in text.casefold()]
    assert sum(len(block.text.split()) for block in found.blocks) > 700


def test_the_parts_of_the_real_ones(shared: Path) -> None:
    first, second = (
        found
        for path in sorted((shared / "seeds").glob("*.txt"))
        for found in parsed("scrape", document(path.read_bytes()))
        if not isinstance(found, Problem)
    )
    assert first.dek.endswith("from the U.S.")
    assert first.blocks[0].text.startswith("The course of the")
    assert first.blocks[-1].text.endswith("to global security.”")
    assert [block.text.split()[0] for block in first.blocks if block.kind == "heading"] == ["Other", "From", "From"]
    assert first.image
    assert first.image.credit == ""
    assert second.image
    assert second.image.credit.endswith("via REUTERS")
    assert all(block.kind == "paragraph" for block in second.blocks)
