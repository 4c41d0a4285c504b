"""digest.sources.links: an editor's lists of links to other magazines, as CSV and as JSON Lines."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from digest.merge import merge
from digest.model.article import Block, Image, Problem, Sighting
from sources_making import document, parsed, problem, sighting, sightings

HEAD = "title,url,source,author,published,section,kicker,text,image\n"
ROW = (
    '"Salt, and who paid","https://gate.example/salt?utm_source=x",The Gate,"Ann Roe and Ben Doe",2024-10-25 17:30,'
    'Elsewhere,Inquiry,"They paid twice.\nNobody said so.",https://gate.example/i.jpg\n'
)


def lines(*rows: Any) -> str:
    return "\n".join(json.dumps(row) for row in rows)


def test_a_row_becomes_a_sighting_that_says_whose_story_it_is() -> None:
    found = sighting("list", document(HEAD + ROW))
    assert (found.title, found.url) == ("Salt, and who paid", "https://gate.example/salt")
    assert (found.publication, found.authors) == ("The Gate", ("Ann Roe", "Ben Doe"))
    assert (found.published, found.date_source) == (datetime(2024, 10, 25, 16, 30, tzinfo=UTC), "feed")
    assert (found.section, found.kicker) == ("Elsewhere", "Inquiry")
    assert found.blocks == (Block(text="They paid twice."), Block(text="Nobody said so."))
    assert found.image == Image(url="https://gate.example/i.jpg")


def test_json_lines_and_a_json_list_say_the_same() -> None:
    row = {
        "title": "Salt, and who paid",
        "url": "https://gate.example/salt?utm_source=x",
        "source": "The Gate",
        "author": ["Ann Roe", "Ben Doe"],
        "published": "2024-10-25 17:30",
        "section": "Elsewhere",
        "kicker": "Inquiry",
        "text": "They paid twice.\nNobody said so.",
        "image": "https://gate.example/i.jpg",
    }
    table = sighting("list", document(HEAD + ROW))
    assert sighting("list", document(lines(row))) == table
    assert sighting("list", document(json.dumps([row], indent=1))) == table


@pytest.mark.parametrize(
    "text",
    [
        "Headline;Link;Publication\nSalt;https://gate.example/salt;The Gate\n",
        "sep=;\r\nTitle;URL;Source name\r\nSalt;https://gate.example/salt;The Gate\r\n",
        "TITLE\tURL\tsource_name\nSalt\thttps://gate.example/salt\tThe Gate",
        "\ufeff\n\ntitle,url,site\n\n,,\nSalt,https://gate.example/salt,The Gate\n\n",
        'title,url,"source",source\nSalt,https://gate.example/salt,The Gate,Other\n',
    ],
)
def test_a_table_is_read_as_spreadsheets_write_it(text: str) -> None:
    found = sighting("list", document(text))
    assert (found.title, found.url, found.publication) == ("Salt", "https://gate.example/salt", "The Gate")


def test_a_table_in_the_charset_of_an_office_is_read() -> None:
    text = "title,url\nMarée – là,https://gate.example/a"
    assert sighting("list", document(text.encode("cp1252"))).title == "Marée – là"
    assert sighting("list", document(text.encode("utf-16"))).title == "Marée – là"


def test_the_configuration_fills_what_a_row_leaves_open() -> None:
    text = "title,url\nSalt,https://gate.example/salt\n"
    found = sighting("list", document(text), section="Elsewhere", language="cy")
    assert (found.section, found.language, found.published, found.publication) == ("Elsewhere", "cy", None, "")


def test_markup_in_a_row_is_text() -> None:
    row = {"title": "A <b>bold</b> &amp; dry one", "url": "https://gate.example/a", "text": "<p>One.</p>"}
    found = sighting("list", document(lines(row)))
    assert (found.title, found.blocks) == ("A bold & dry one", (Block(text="One."),))


def test_columns_that_nobody_knows_are_named_once() -> None:
    told, *found = parsed("list", document("title,url,mood,\nA,https://a.example,glad\nB,https://b.example,sad,"))
    assert isinstance(told, Problem)
    assert told.message == "columns that nobody knows were not read: mood"
    assert "published" in told.hint
    assert len(found) == 2
    rows = [
        {"title": "A", "url": "https://a.example", "mood": "glad"},
        {"title": "B", "url": "https://b.example", "mood": 1},
    ]
    *found, told = parsed("list", document(lines(*rows)))
    assert isinstance(told, Problem)
    assert told.message == "fields that nobody knows were not read: mood"
    assert len(found) == 2


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Salt", "without address was left out"),
        (",https://a.example", "without title was left out"),
        ("Salt,gate.example/salt", "without web address ('gate.example/salt' is none)"),
        ("Salt,javascript:alert(1)", "is none"),
        ("Salt, of the sea,https://a.example", "3 fields under 2 columns"),
        (f"{'x' * 200_000},https://a.example", "cannot be read was left out: field larger"),
    ],
)
def test_a_bad_row_is_told_with_its_line_and_the_others_stay(row: str, said: str) -> None:
    good = "Good,https://good.example"
    first, told, last = parsed("list", document(f"title,url\n{good}\n{row}\n{good}2\n"))
    assert isinstance(told, Problem)
    assert said in told.message
    assert told.where.endswith("line 3")
    assert [each.title for each in (first, last) if isinstance(each, Sighting)] == ["Good", "Good"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{", "no JSON that can be read"),
        ("[1]", "is no object"),
        ('"x"', "is no object"),
        ('{"title": null, "url": {"x": 1}}', "without title and address"),
        ("[" * 100_000, "too deeply nested"),
        ('{"title": ' + "9" * 10_000 + "}", "no JSON that can be read"),
    ],
)
def test_a_bad_line_of_json_is_told_and_the_others_stay(row: str, said: str) -> None:
    good = json.dumps({"title": "Good", "url": "https://good.example"})
    first, told, last = parsed("list", document(f"{good}\n{row}\n\n{good}"))
    assert isinstance(told, Problem)
    assert said in told.message
    assert told.where.endswith("line 2")
    assert isinstance(first, Sighting)
    assert isinstance(last, Sighting)


def test_of_keys_that_stand_twice_the_last_counts() -> None:
    assert sighting("list", document('{"title": "A", "title": "B", "url": "https://b.example"}')).title == "B"


def test_a_date_in_doubt_leaves_the_link_undated_and_says_so() -> None:
    told, found = parsed("list", document("title,url,date\nSalt,https://a.example,10/11/12"))
    assert isinstance(told, Problem)
    assert "line 2 (Salt)" in told.where
    assert isinstance(found, Sighting)
    assert found.published is None


@pytest.mark.parametrize("text", ["Salt,https://a.example\n", "title,author\nx,y", "words and nothing else"])
def test_a_table_without_a_head_is_told(text: str) -> None:
    found = problem("list", document(text))
    assert "title and url" in found.message
    assert "title, url, source" in found.hint


def test_a_list_that_is_no_json_is_told() -> None:
    assert "no JSON that can be read" in problem("list", document("[{]")).message


def test_of_many_bad_rows_the_first_are_told_and_the_rest_counted() -> None:
    found = parsed("list", document("title,url\n" + "x\n" * 500 + "Good,https://good.example\n"))
    assert len(found) == 102
    assert [each.title for each in found if isinstance(each, Sighting)] == ["Good"]
    assert isinstance(found[-1], Problem)
    assert found[-1].message == "400 more of its parts could not be read"


def test_a_list_of_ten_thousand_is_read() -> None:
    text = "title,url\n" + "".join(f"Link {number},https://gate.example/{number}\n" for number in range(10_000))
    assert len(sightings("list", document(text))) == 10_000


def test_a_list_knows_less_of_a_story_than_whoever_published_it() -> None:
    row = b"title,url,section,published\nTheir fog,https://harbour.example/fog,Other news,2024-10-20\n"
    (listed,) = sightings("list", document(row))
    out = datetime(2024, 10, 12, tzinfo=UTC)
    feed = Sighting(
        source="feed",
        url="https://harbour.example/fog",
        title="The fog",
        section="Reporting",
        published=out,
        date_source="feed",
        seen_at=out,
    )
    both, alone = merge([feed, listed]), merge([listed])
    assert (both.title, both.section, both.published) == ("The fog", "Reporting", out)
    assert (alone.title, alone.section) == ("Their fog", "Other news")
    assert alone.published == listed.published
