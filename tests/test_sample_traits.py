"""The sample magazine has every trait that it is there to show: the magazine, its words, its dates, its traps."""

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from lxml import etree, html

from sample_raw import (
    EXCERPT,
    LONDON,
    SAMPLE,
    SECTIONS,
    STARTS,
    Piece,
    all_text,
    canonical,
    feed,
    in_week,
    item,
    json_ld,
    manifest,
    markup,
    note_named,
    page,
    page_names,
    pieces,
    scrape_body,
    story,
    text_of,
)

CUT_OFF = datetime(2024, 10, 25, 11, tzinfo=UTC)
TWINS = {"what-the-lighthouse-keepers-wrote-down", "weather-wages-and-herring"}
SHORT = "Turnstones on the fish quay"

# The magazine as a whole


def test_six_weeks_hold_44_articles_and_the_fifth_is_the_fullest() -> None:
    assert {label: len(in_week(label)) for label in STARTS} == {
        "2024-W39": 5,
        "2024-W40": 5,
        "2024-W41": 5,
        "2024-W42": 6,
        "2024-W43": 16,
        "2024-W44": 7,
    }
    assert len({piece.url for piece in pieces()}) == 47  # and one of 2031, and two without a date


def test_it_is_a_feed_nine_pages_four_scrapes_and_six_notes() -> None:
    media = [piece.medium for piece in pieces()]
    assert {medium: media.count(medium) for medium in media} == {"feed": 31, "page": 9, "scrape": 4, "note": 6}
    assert {row["file"] for row in manifest()} == {path.name for path in (SAMPLE / "scrapes").glob("*.txt")}


def test_every_address_is_reserved_for_examples() -> None:
    files = [path for path in SAMPLE.rglob("*") if path.suffix in {".xml", ".html", ".txt", ".md", ".csv"}]
    hosts = {host for path in files for host in re.findall(r"https?://([^/\s\"'<)]+)", path.read_text("utf-8"))}
    vocabularies = {"www.w3.org", "purl.org", "search.yahoo.com", "schema.org", "ogp.me"}
    assert {host for host in hosts - vocabularies if not host.endswith(".example")} == set()


def test_a_story_has_130_to_350_words_but_for_the_short_one_and_the_excerpt() -> None:
    exempt = {(SHORT, "feed"), (EXCERPT, "feed")}
    lengths = {(p.title, p.medium): len(p.text.split()) for p in pieces() if (p.title, p.medium) not in exempt}
    assert {key: length for key, length in lengths.items() if not 130 <= length <= 350} == {}


def test_no_two_stories_share_text_but_the_twins() -> None:
    def shingles(piece: Piece) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", piece.text.casefold())
        return set(zip(*(words[start:] for start in range(5)), strict=False))

    runs = {piece: shingles(piece) for piece in pieces()}
    alike = {
        frozenset((a.slug, b.slug))
        for a, b in combinations(runs, 2)
        if a.url != b.url and len(runs[a] & runs[b]) >= 0.05 * min(len(runs[a]), len(runs[b]))
    }
    assert alike == {frozenset(TWINS)}


def test_nothing_stems_from_the_real_seeds(shared: Path) -> None:
    def runs(path: Path) -> set[tuple[str, ...]]:
        lines = (re.findall(r"\w+", line.casefold()) for line in path.read_text(encoding="utf-8").splitlines())
        return {tuple(words[at : at + 9]) for words in lines for at in range(len(words) - 8)}

    theirs = set[tuple[str, ...]]().union(*map(runs, (shared / "seeds").glob("*.txt")))
    ours = (path for path in SAMPLE.rglob("*") if path.suffix in {".xml", ".html", ".txt", ".md"})
    assert {path.name for path in ours if runs(path) & theirs} == set()


# Words and names


def test_sections_kinds_and_deks() -> None:
    assert {piece.section for piece in pieces() if piece.section} == SECTIONS | {"Notices"}
    kinds = {tag.term for entry in feed().entries for tag in entry.tags if tag.scheme and tag.scheme.endswith("/kinds")}
    assert kinds == {"Investigation", "Review", "Explainer", "Dispatch"}
    assert all(len(entry.summary.split()) >= 5 for entry in feed().entries)


def test_names_in_five_scripts_and_up_to_three_authors_a_piece() -> None:
    authors = {author for piece in pieces() for author in piece.authors}
    assert {"Siân Prosser", "Łukasz Wierzba", "Nguyễn Thị Hạnh", "村上 美咲", "Ζωή Καλογερά"} <= authors
    assert any(re.search(r"[\u0410-\u044f]", author) for author in authors)
    assert {len(piece.authors) for piece in pieces() if piece.authors} == {1, 2, 3}
    assert item("Everything That").authors[0].name == "Łukasz Wierzba, Дарья Полевая and Dr. Fenella Strake"


def test_one_author_fills_the_fullest_week() -> None:
    week = in_week("2024-W43")
    assert sum(1 for piece in pieces() if piece.url in week and piece.authors == ("Hector Amblin",)) == 4


@pytest.mark.parametrize("mark", ["Dr. ", "St. ", "U.K.", "Prof. ", "No. 4", " a.m.", " p.m.", "approx.", "Capt. "])
def test_abbreviations_that_end_no_sentence(mark: str) -> None:
    assert mark in all_text()


@pytest.mark.parametrize(
    "pattern",
    [
        r"“[^”“]+[.!?] [^”“]+[.!?] [^”“]+”",  # several sentences, curly
        r"\"[^\"“]{20,}\"",  # straight
        r"‘[^’]+[.,?!]’ ?”",  # a quotation in a quotation
        r"\d\.\d",
        r"\d,\d{3}",
        r"£\d",
        r"\?",
    ],
)
def test_quotations_and_figures(pattern: str) -> None:
    assert re.search(pattern, all_text())


def test_a_paragraph_that_ends_on_a_colon_and_a_dateline() -> None:
    assert re.search(r":\n\n“", scrape_body("six-nights-with-the-wardens.txt"))
    assert [p.slug for p in pieces() if re.match(r"[A-Z ]{8,} — ", p.text)] == [
        "night-boat-to-skerrow",
        "thirty-days-to-move-a-school",
        "port-errans-last-icehouse",
    ]


def test_headlines_of_every_kind() -> None:
    titles = [piece.title for piece in pieces()]
    assert min(titles, key=len) == "Eel"
    assert len(max(titles, key=len)) > 240
    assert any("?" in title and "“" in title for title in titles)
    assert "<em>The Drowned Parish</em>" in item("Salt").title
    assert item("Salt").title.startswith("Salt &amp; Silt")
    assert any(
        "\N{NO-BREAK SPACE}" in html.fromstring(f"<p>{entry.title}</p>").text_content() for entry in feed().entries
    )


def test_pictures_have_credits_and_captions() -> None:
    tree = etree.parse(SAMPLE / "feed.xml")
    media = {"media": "http://search.yahoo.com/mrss/"}
    pictures = tree.findall(".//media:content", media)
    assert len(pictures) >= 12
    assert all(picture.findtext("media:credit", namespaces=media) for picture in pictures)
    assert sum(1 for picture in pictures if picture.findtext("media:description", namespaces=media)) >= 8
    small = [path.stat().st_size for path in (SAMPLE / "img").iterdir()]
    assert len(small) >= 6
    assert max(small) < 45_000


# The column


def test_the_column_appears_in_each_week_with_one_paragraph_an_item() -> None:
    column = [piece for piece in pieces() if piece.title.startswith("The Tide Table:")]
    assert [sum(1 for piece in column if piece.url in in_week(label)) for label in STARTS] == [1] * 6
    assert {piece.medium for piece in column} == {"feed", "note"}
    for piece in column:
        if piece.medium == "note":
            elsewhere = piece.text.split("Elsewhere on the coast this week", 1)[1].strip().split("\n\n")
        else:
            body = markup(item(piece.title)).split("Elsewhere on the coast this week</h3>", 1)[1]
            elsewhere = re.findall(r"<p>.+</p>", body)
        assert len(elsewhere) >= 3


# Dates


def test_the_feed_is_sound_newest_first_and_its_weekdays_are_right() -> None:
    assert feed().bozo is False
    stated = [entry.published for entry in feed().entries]
    dates = [parsedate_to_datetime(text) for text in stated]
    assert all(earlier >= later for earlier, later in pairwise(dates))
    assert [text[:3] for text in stated] == [moment.strftime("%a") for moment in dates]
    assert len({entry.id for entry in feed().entries}) == len(stated)


def test_one_story_at_the_cut_off_and_one_a_second_before() -> None:
    at = {piece.published: piece.slug for piece in pieces()}
    assert at[CUT_OFF] == "the-price-of-a-view"
    assert at[CUT_OFF - timedelta(seconds=1)] == "norwegian-yard-wins-the-skerrow-ferry"
    urls = {piece.slug: piece.url for piece in pieces()}
    assert urls["the-price-of-a-view"] in in_week("2024-W44")
    assert urls["norwegian-yard-wins-the-skerrow-ferry"] in in_week("2024-W43")


def test_one_story_crosses_midnight_in_the_zone() -> None:
    filed = parsedate_to_datetime(item("Night Boat").published)
    assert filed.astimezone(UTC) == datetime(2024, 10, 20, 23, 30, tzinfo=UTC)
    assert filed.astimezone(LONDON).date() == date(2024, 10, 21)


def test_one_story_in_the_hour_that_comes_twice() -> None:
    stated = note_named("2024-10-27-the-hour-that-happened-twice")[0]["date"]
    assert stated == "2024-10-27 01:30"
    first = datetime.fromisoformat(stated).replace(tzinfo=LONDON)
    assert first.utcoffset() != first.replace(fold=1).utcoffset()


def test_one_date_in_the_future_one_of_a_day_and_two_undated() -> None:
    assert [p.slug for p in pieces() if p.published and p.published.year == 2031] == ["the-highest-tide-of-the-century"]
    assert note_named("2024-10-22-whose-beach")[0]["date"] == date(2024, 10, 22)
    undated = [piece.slug for piece in pieces() if piece.published is None]
    assert undated == ["how-to-hear-the-tide-bell", "a-stone-with-a-hole-in-it"]
    source = (SAMPLE / "pages" / "how-to-hear-the-tide-bell.html").read_text(encoding="utf-8")
    assert not re.search(r"\b(?:19|20)\d\d\b", source)


# Traps


def test_the_republished_twin_has_the_same_text_three_days_later() -> None:
    first, second = item("What the Lighthouse"), item("Weather, Wages")
    assert markup(first) == markup(second)
    assert canonical(first.link) != canonical(second.link)
    assert parsedate_to_datetime(second.published) - parsedate_to_datetime(first.published) == timedelta(days=3)


def test_the_corrected_story_says_so_in_feed_and_page() -> None:
    entry = item("Brackholme's Second Tide")
    updated = datetime.fromisoformat(entry.updated)
    assert updated == datetime.fromisoformat(json_ld("brackholme-second-tide-of-visitors")["dateModified"])
    assert updated - parsedate_to_datetime(entry.published) > timedelta(days=7)
    assert "Correction, 22 October 2024:" in markup(entry)
    assert "Correction, 22 October 2024:" in story("brackholme-second-tide-of-visitors")


def test_the_feed_has_only_the_excerpt_of_what_a_page_has_whole() -> None:
    entry = item(EXCERPT)
    excerpt = entry.summary.removesuffix(" …")
    assert entry.summary.endswith(" …")
    assert "content" not in entry
    assert excerpt in " ".join(story("the-harbour-that-would-not-drain").split())


def test_three_pages_are_in_the_feed_too_one_of_them_with_tracking() -> None:
    links = [entry.link for entry in feed().entries]
    addresses = {str(page(name).xpath("//link[@rel='canonical']/@href")[0]) for name in page_names()}
    shared_links = [link for link in links if canonical(link) in addresses]
    assert len(shared_links) == 3
    assert [link for link in shared_links if link not in addresses] == [item(EXCERPT).link]
    assert "utm_source=" in item(EXCERPT).link


def test_a_very_short_item_and_a_sponsored_notice() -> None:
    assert len(text_of(markup(item(SHORT))).split()) < 40
    assert item("A Winter Berth").tags[0].term == "Notices"
    assert "Sponsored notice." in markup(item("A Winter Berth"))
