"""Lists of what earlier newsletters carried: any table that a person or a service writes, and any damage to it."""

import csv
import io
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.pipeline.moving.table import Fault, Row, read_table
from digest.text.clean import plain_text

LONDON = ZoneInfo("Europe/London")
PIER, QUAY = "https://harbour.example/pier", "https://harbour.example/quay"


def read(text: str | bytes) -> tuple[list[Row], list[Fault]]:
    content = text if isinstance(text, bytes) else text.encode()
    found = list(read_table(content, LONDON))
    return [each for each in found if isinstance(each, Row)], [each for each in found if isinstance(each, Fault)]


@pytest.mark.parametrize(
    "text",
    [
        f"{PIER}\n{QUAY}\n",
        f"url\n{PIER}\n{QUAY}",
        f"\ufeffURL;Clicks\r\n{PIER};7\r\n{QUAY};9\r\n",
        f"sep=;\r\nlink;date\r\n{PIER};\r\n{QUAY};\r\n",
        f"\n\n,,\nPermalink\t\n{PIER}\t\t\t\n\t\n{QUAY}\n",
        f'"{PIER}"\r"{QUAY}"\r',
        f"address\n<{PIER}>\n harbour.example/quay \n",
        f"url\n{PIER}?utm_source=mc&mc_cid=1#top\nHTTPS://Harbour.Example:443/quay\n",
        f"url,url\n,{PIER}\n{QUAY},https://harbour.example/other\n",
        f"url,date\n{PIER}\n{QUAY}\n".encode("utf-16"),
        f"campaign,url\nAn Ünd,{PIER}\nx,{QUAY}\n".encode("cp1252"),
    ],
)
def test_the_same_two_addresses_in_the_forms_in_which_they_come(text: str | bytes) -> None:
    rows, faults = read(text)
    assert [row.url for row in rows] == [PIER, QUAY]
    assert not any(fault.lost for fault in faults)


@pytest.mark.parametrize(
    ("line", "date", "campaign", "subject"),
    [
        (f"{PIER},2024-10-25", "2024-10-25", "", ""),
        (f"{PIER};25/10/2024 08:00;Letter 12;The pier is open", "2024-10-25", "Letter 12", "The pier is open"),
        (f"Letter 12;{PIER};W43", "", "Letter 12", "W43"),
        (f'25 October 2024,"{PIER}","Letter, the 12th"', "2024-10-25", "Letter, the 12th", ""),
        (f"{PIER},2024-10-24T23:30:00Z,A <b>bold</b> one", "2024-10-25", "A bold one", ""),
    ],
)
def test_without_a_line_of_names_cells_are_what_they_look_like(
    line: str, date: str, campaign: str, subject: str
) -> None:
    assert read(line) == ([Row(line=1, url=PIER, date=date, campaign=campaign, subject=subject)], [])


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("", ""),
        ("nothing", "a row was left out: 'nothing' is no web address"),
        (",2024-10-25", "a row was left out: it has no address"),
        ("https://harbour.example/,x", "a row was left out: 'https://harbour.example/' is a site's front page"),
        (f"{PIER},x,y,z", "a row of 4 cells under 2 columns was left out"),
        (f'"{PIER},x', "a row that cannot be read was left out"),
        (f"https://harbour.example/{'a' * 5000}", "a row was left out: 'https://harbour.example/aaa"),
        ("x" * 200_000, "a row that cannot be read was left out"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_with_its_line_and_no_other_is_lost(line: str, message: str) -> None:
    rows, faults = read(f"url,campaign\n{PIER},a\n{line}\n{QUAY},b\n")
    assert [(row.url, row.campaign) for row in rows] == [(PIER, "a"), (QUAY, "b")]
    assert [fault.line for fault in faults] == ([3] if message else [])
    assert all(fault.message.startswith(message) for fault in faults)


def test_a_comma_in_an_address_is_asked_about_and_never_cut_off() -> None:
    rows, faults = read(f'{QUAY}\nhttps://harbour.example/a,b\n"https://harbour.example/a,c"\n')
    assert [row.url for row in rows] == [QUAY, "https://harbour.example/a,c"]
    assert [(fault.line, fault.lost) for fault in faults] == [(2, True)]
    assert "is 'b' a part of the address?" in faults[0].message


@pytest.mark.parametrize("date", ["10/11/12", "45583", "soon"])
def test_a_date_that_says_nothing_sure_is_told_and_the_story_kept(date: str) -> None:
    rows, faults = read(f"url,date\n{PIER},{date}\n")
    assert rows == [Row(line=2, url=PIER)]
    assert [(fault.line, fault.lost) for fault in faults] == [(2, False)]


def test_a_number_that_looks_like_a_date_is_never_a_campaign() -> None:
    rows, faults = read(f"{PIER},10/11/12\n")
    assert rows == [Row(line=1, url=PIER)]
    assert faults[0].message.startswith("its date was not taken: ")


def test_columns_that_nobody_knows_are_told_once() -> None:
    rows, faults = read(f"URL,Total Clicks,,Unique Clicks\n{PIER},4,,3\n")
    assert [row.url for row in rows] == [PIER]
    assert [(fault.message, fault.lost) for fault in faults] == [
        ("columns that nobody knows were not read: Total Clicks, Unique Clicks", False)
    ]


def test_lines_above_the_table_are_told() -> None:
    rows, faults = read(f"Clicks of the last year\nurl\n{PIER}\n")
    assert ([row.url for row in rows], [fault.line for fault in faults]) == ([PIER], [1])


def test_a_subject_of_several_lines_is_one_row_and_lines_are_counted_as_an_editor_does() -> None:
    rows, faults = read(f'url,subject\n{PIER},"The pier\nis ""open"""\nnothing\n{QUAY},My "own" pier\n')
    assert [(row.line, row.subject) for row in rows] == [(2, 'The pier is "open"'), (5, 'My "own" pier')]
    assert [fault.line for fault in faults] == [4]


SLUGS = st.text("abcdefgh0123456789-_~.,;$'()äßжяп漢", min_size=1, max_size=20).map(lambda slug: f"s{slug}s")
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=":<>&\ufeff"), max_size=30)


@given(
    st.lists(st.tuples(SLUGS, st.dates(), TEXTS.map(str.strip), TEXTS.map(str.strip)), min_size=1, max_size=8),
    st.sampled_from(",;\t"),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_a_spreadsheet_writes_is_read_as_it_was(
    told: list[tuple[str, object, str, str]], parts: str, end: str, charset: str
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=parts, lineterminator=end)
    writer.writerow(["Subject", "URL", "Campaign", "Date"])
    for slug, day, campaign, subject in told:
        writer.writerow([subject, f"https://harbour.example/{slug}", campaign, day])
    rows, faults = read(out.getvalue().encode(charset))
    assert [fault for fault in faults if fault.lost] == []
    assert [(row.campaign, row.subject) for row in rows] == [
        (plain_text(campaign), plain_text(subject)) for _, _, campaign, subject in told
    ]
    plain, _ = read("".join(f'"https://harbour.example/{slug}"\n' for slug, *_ in told))
    assert [row.url for row in rows] == [row.url for row in plain]


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r"), max_size=60), max_size=6),
    st.sampled_from(['"', "", '""', 'x,"', '"x']),
)
def test_whatever_stands_between_good_rows_costs_none_of_them(rubbish: list[str], opening: str) -> None:
    good = [f"https://harbour.example/g{number},Letter {number}" for number in range(len(rubbish) + 1)]
    lines = ["url,campaign", good[0]]
    for number, line in enumerate(rubbish, 1):
        lines += [f"{opening}{line}", good[number]]
    rows, _ = read("\n".join(lines))
    wanted = [f"Letter {number}" for number in range(len(good))]
    assert [row.campaign for row in rows if row.campaign in wanted and "/g" in row.url] == wanted


@given(st.binary(max_size=400))
def test_any_bytes_are_rows_or_told(content: bytes) -> None:
    rows, faults = read(content)
    lines = content.count(b"\n") + content.count(b"\r") + 1
    assert all(1 <= line <= lines for line in [row.line for row in rows] + [fault.line for fault in faults])
    assert all(row.url.startswith("http") for row in rows)
