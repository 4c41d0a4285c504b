"""digest.merge: who is believed about what."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from archive_samples import DAY, NOON, body, said, story
from digest.merge import changes, guid_name, key, merge, seal
from digest.model.article import Article, Cut, Image, Sighting, Witness
from digest.text.words import fingerprint, short_id

URL = "https://harbour.example/tide"
FULL = Sighting(
    source="feed",
    url=URL,
    guid="4711",
    also_at=("https://harbour.example/?p=4711",),
    title="The tide that came twice",
    dek="Nobody had read the table.",
    kicker="Harbour",
    kind="Reporting",
    section="Water",
    tags=("tide", "quay"),
    series="The Long Quay",
    authors=("Ada Quill", "Bo Marsh"),
    published=NOON,
    precision="instant",
    date_source="feed",
    updated=NOON + DAY,
    blocks=body("tide"),
    image=Image(url="https://harbour.example/tide.jpg", credit="Bo Marsh"),
    language="en-GB",
    publication="The Lamp",
    also_in=("The Other Quay",),
    left_out=(Cut(text="Subscribe", why="sign-up"),),
    witnesses=(Witness(field="title", name="json-ld"), Witness(field="blocks", name="page")),
    seen_at=NOON + 2 * DAY,
)


def test_one_sighting_is_the_article_word_for_word() -> None:
    article = merge([FULL])
    same = {field.name for field in fields(Article)} & {field.name for field in fields(Sighting)}
    assert {name: getattr(article, name) for name in same} == {name: getattr(FULL, name) for name in same}
    assert article.id == short_id(URL)
    assert article.aliases == ("feed:4711", *FULL.also_at)
    assert article.first_seen == FULL.seen_at
    assert article.fingerprint == fingerprint(block.text for block in FULL.blocks)


def test_the_seal_covers_all_that_was_said_and_not_when() -> None:
    sealed = seal(FULL)
    assert len(sealed.hash) == 64
    assert seal(replace(sealed, seen_at=NOON)).hash == sealed.hash
    assert seal(sealed) == sealed
    for field in {field.name for field in fields(Sighting)} - {"seen_at", "hash", "source"}:
        silent: Any = next(each.default for each in fields(Sighting) if each.name == field)
        other: Any = "day" if field == "precision" else True if field == "gone" else silent
        assert seal(replace(FULL, **{field: other})).hash != sealed.hash, field
    assert seal(replace(FULL, source="api")).hash != sealed.hash


def test_the_same_instant_in_another_zone_is_the_same_word() -> None:
    away = timezone(timedelta(hours=-5))
    moved = replace(FULL, published=NOON.astimezone(away), updated=(NOON + DAY).astimezone(away))
    assert seal(moved).hash == seal(FULL).hash
    assert seal(moved).published.tzinfo is UTC  # type: ignore[union-attr] # it has a date


def test_a_source_that_speaks_again_replaces_its_own_word() -> None:
    article = merge([story(), story(day=1, title="A better headline", blocks=body("short", 10))])
    assert article.title == "A better headline"
    assert article.blocks == body("short", 10)
    assert article.first_seen == NOON


def test_silence_takes_nothing_back() -> None:
    article = merge([story(), said(day=1, url="https://harbour.example/story-1", gone=True)])
    assert (article.title, article.section, article.gone) == ("Story number 1", "Reporting", True)
    assert article.blocks == story().blocks


def test_an_article_is_gone_until_a_source_says_otherwise() -> None:
    gone = said("feed", day=1, url="https://harbour.example/story-1", gone=True)
    assert merge([story(), gone]).gone
    assert merge([story(), gone, story(source="api", day=-1)]).gone
    assert not merge([story(), gone, story(day=2)]).gone


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("editor", "api"),
        ("editor", "front-matter"),
        ("api", "feed"),
        ("front-matter", "feed"),
        ("feed", "page"),
        ("feed", "json-ld"),
        ("page", "guess"),
        ("open-graph", "guess"),
    ],
)
@pytest.mark.parametrize("field", ["url", "title", "dek", "kicker", "kind", "section", "series", "language"])
def test_the_better_witness_of_a_field_is_believed(better: str, worse: str, field: str) -> None:
    ours: dict[str, Any] = {field: "https://harbour.example/one"}
    theirs: dict[str, Any] = {field: "https://harbour.example/two"}
    one, two = said("one", by=better, **ours), said("two", day=1, by=worse, **theirs)
    article = merge([two, one])
    assert getattr(article, field) == "https://harbour.example/one"
    assert article.witnesses == (Witness(field=field, name=better),)


@pytest.mark.parametrize("field", ["tags", "authors", "also_in"])
def test_lists_are_taken_whole_from_the_better_witness(field: str) -> None:
    ours: dict[str, Any] = {field: ("Ada", "Bo")}
    theirs: dict[str, Any] = {field: ("Cy",)}
    article = merge([said("one", by="api", **ours), said("two", day=1, by="page", **theirs)])
    assert getattr(article, field) == ("Ada", "Bo")


def test_of_equal_witnesses_the_one_that_spoke_last_is_believed() -> None:
    assert merge([said("one", title="First"), said("two", day=1, title="Second")]).title == "Second"


def test_a_language_is_believed_with_its_country_where_anybody_says_it() -> None:
    feed, news = said("feed", language="en-GB"), said("map", day=1, language="en")
    assert merge([feed]) == replace(merge([feed, news]), aliases=merge([feed]).aliases)
    assert merge([said("feed", language="en"), said("map", by="page", language="en-GB")]).language == "en-GB"
    assert merge([said("feed", by="feed", language="en"), said("map", by="page", language="eng")]).language == "en"
    assert merge([said("feed", by="feed", language="de"), said("map", by="page", language="en-GB")]).language == "de"


def test_a_field_that_the_better_witness_leaves_open_is_filled_by_the_next() -> None:
    article = merge([said("one", by="api", title="Ours"), said("two", by="page", title="Theirs", dek="A dek")])
    assert (article.title, article.dek) == ("Ours", "A dek")


def test_a_feed_that_names_no_witness_speaks_before_a_page() -> None:
    page = said("pages", day=1, title="On the page", date_source="page", published=NOON)
    assert merge([page, said("feed", title="In the feed", date_source="feed", published=NOON)]).title == "In the feed"


@pytest.mark.parametrize(
    ("better", "worse"), [("editor", "api"), ("api", "feed"), ("feed", "page"), ("page", "guess"), ("guess", None)]
)
def test_the_better_source_of_a_date_wins_even_when_later(better: Any, worse: Any) -> None:
    one = said("one", published=NOON, date_source=better)
    two = said("two", published=NOON - DAY, date_source=worse)
    article = merge([one, two])
    assert article.published == (NOON if worse else NOON - DAY)
    assert article.date_source == (better if worse else None)


def test_the_date_is_the_first_one_published() -> None:
    bumped = merge([story(published=NOON), story(day=1, published=NOON + 7 * DAY)])
    assert bumped.published == NOON
    other = merge([story(published=NOON), story(source="feed-2", published=NOON - DAY)])
    assert other.published == NOON - DAY


def test_the_time_of_a_crawl_is_no_date() -> None:
    assert merge([story(published=None, date_source=None)]).published is None
    assert merge([story(published=None, date_source=None)]).date_source is None


def test_of_an_editors_dates_the_last_one_stands() -> None:
    once = said("editor", url=URL, published=NOON, date_source="editor")
    again = said("editor", day=1, url=URL, published=NOON + DAY, date_source="editor")
    assert merge([again, once, replace(FULL, seen_at=NOON + 5 * DAY)]).published == NOON + DAY


def test_a_bare_day_gives_way_to_an_instant_within_it() -> None:
    day = story(source="one", precision="day", published=datetime(2024, 10, 21, tzinfo=UTC))
    noon, evening = (story(source=name, published=NOON + timedelta(hours=at)) for name, at in (("two", 0), ("six", 6)))
    article = merge([day, evening, noon])
    assert (article.published, article.precision) == (NOON, "instant")
    next_day = story(source="two", published=NOON + DAY)
    assert merge([day, next_day]).precision == "day"
    assert merge([day]).published == day.published


def test_the_latest_update_is_the_one_that_counts() -> None:
    one, two = story(updated=NOON + 2 * DAY), story(source="api", day=1, updated=NOON + DAY)
    assert merge([one, two]).updated == NOON + 2 * DAY


def test_an_excerpt_never_replaces_a_fuller_body() -> None:
    whole, excerpt = said("pages", blocks=body("tide", 60)), said("feed", day=1, by="api", blocks=body("tide", 10))
    article = merge([whole, excerpt])
    assert article.blocks == whole.blocks
    assert article.fingerprint == fingerprint(block.text for block in whole.blocks)


def test_what_was_cut_goes_with_the_body_that_it_was_cut_from() -> None:
    cut = (Cut(text="Share this", why="share"),)
    whole = said("pages", blocks=body("tide", 60), left_out=cut)
    excerpt = said("feed", day=1, blocks=body("tide", 10), left_out=(Cut(text="Read on", why="teaser"),))
    assert merge([whole, excerpt]).left_out == cut


def test_of_equally_full_bodies_the_better_witness_has_the_word() -> None:
    one, two = said("one", by="api", blocks=body("a", 30)), said("two", day=1, by="page", blocks=body("b", 30))
    assert merge([one, two]).blocks == one.blocks


def test_an_editors_word_goes_before_a_fuller_body_and_a_richer_picture() -> None:
    plain = Image(url="https://harbour.example/plain.jpg")
    rich = replace(plain, url="https://harbour.example/rich.jpg", alt="A quay", credit="Bo Marsh", width=600)
    hand = said("desk", by="editor", blocks=body("hand", 8), image=plain, title="By hand")
    article = merge([hand, said("api", day=1, by="api", blocks=body("long", 90), image=rich, title="By API")])
    assert (article.blocks, article.image, article.title) == (body("hand", 8), plain, "By hand")


def test_the_picture_is_the_one_that_most_is_said_about() -> None:
    rich = Image(url="https://harbour.example/a.jpg", alt="A quay", credit="Bo Marsh")
    bare = Image(url="https://harbour.example/b.jpg")
    assert merge([said("pages", image=rich), said("api", day=1, by="api", image=bare)]).image == rich


def test_the_id_is_that_of_the_first_sighting_and_all_others_are_aliases() -> None:
    old, new = story(url=URL, guid=""), story(day=1, url=f"{URL}-renamed", guid="4711")
    article = merge([new, old])
    assert article.id == short_id(URL)
    assert article.url == f"{URL}-renamed"
    assert article.aliases == (URL, "feed:4711", short_id(f"{URL}-renamed"))


def test_without_a_url_the_guid_names_the_article_and_without_both_its_text() -> None:
    assert merge([story(url="", guid="4711")]).id == short_id("feed:4711")
    assert merge([story(url="", guid="tag:harbour.example,2024:1")]).id == short_id("tag:harbour.example,2024:1")
    long = story(url="", guid="")
    assert merge([long]).id == short_id("text:" + fingerprint(block.text for block in long.blocks))
    assert key(replace(long, title="Another headline")) == key(long)
    short = story(url="", guid="", blocks=body("note", 5))
    assert key(replace(short, title="Another headline")) != key(short)
    assert key(replace(short, source="api", seen_at=NOON + DAY)) == key(short)


def test_a_guid_is_a_name_within_its_source_unless_it_is_one_the_world_over() -> None:
    assert guid_name(said("feed", guid="4711")) == guid_name(said("feed", guid="feed:4711")) == "feed:4711"
    assert guid_name(said("api", guid="post:4711")) == "api:post:4711"
    assert guid_name(said("api", guid="https://harbour.example/?p=1")) == "https://harbour.example/?p=1"
    assert guid_name(said("api")) == ""


def test_a_reading_that_says_nothing_new_changes_nothing() -> None:
    first, again, news = story(), story(day=1), story(day=2, title="New")
    assert changes([again, news, first]) == [first, news]
    assert changes([first, news, story(day=3)]) == [first, news, story(day=3)]


def test_an_article_that_a_source_lists_twice_has_not_changed_each_time() -> None:
    twice = [story(), story(title="In another version")]
    again = [replace(each, seen_at=NOON + DAY) for each in twice]
    assert set(changes([*twice, *again])) == set(twice)
    assert set(changes([*twice, again[1]])) == set(twice)
    assert len(changes([*twice, *again, story(day=1, title="A third one")])) == 5


def test_unsealed_sightings_are_sealed_on_the_way() -> None:
    one, two = replace(story(), hash=""), replace(story(day=1, title="New"), hash="")
    assert merge([one, two]) == merge([seal(one), seal(two)])


def test_an_article_of_which_nothing_is_known_has_empty_fields() -> None:
    article = merge([said(url=URL)])
    assert (article.title, article.blocks, article.fingerprint, article.image) == ("", (), "", None)


def test_a_feed_that_still_lists_what_its_page_says_is_gone_does_not_bring_it_back() -> None:
    gone = said("feed (pages)", day=1, url="https://harbour.example/story-1", gone=True)
    assert merge([story(), gone, story(day=2, title="Listed still")]).gone
    assert not merge([story(), gone, story(source="feed (pages)", day=2, date_source=None)]).gone
    assert not merge([story(), gone, story(source="api", day=2, date_source="api")]).gone


def test_gone_from_an_address_that_it_had_before_is_not_gone() -> None:
    moved = story(day=1, url="https://harbour.example/renamed")
    old, new = (said("feed (pages)", day=2, url=each.url, gone=True) for each in (story(), moved))
    assert (merge([story(), moved, old]).gone, merge([story(), moved, old]).url) == (False, moved.url)
    assert merge([story(), moved, new]).gone
    pages = [replace(each, source="feed (pages)", date_source="page", hash="") for each in (story(), moved)]
    assert (merge([*pages, old]).gone, merge([*pages, old]).url) == (False, moved.url)
    assert merge([old]).gone
    assert merge([story(url="", guid="feed:1"), said(day=1, guid="feed:1", gone=True)]).gone


def test_an_editors_date_does_not_bring_back_what_is_gone() -> None:
    gone = said("pages", day=1, url="https://harbour.example/story-1", gone=True)
    assert merge([story(), gone, said("editor", day=2, guid="x", published=NOON, date_source="editor")]).gone


def test_a_body_that_lacks_little_is_the_better_witnesss() -> None:
    page = said("feed (pages)", by="page", blocks=body("p", 100))
    assert merge([page, said("api", day=1, by="api", blocks=body("a", 80))]).blocks == body("a", 80)
    assert merge([page, said("api", day=1, by="api", blocks=body("a", 79))]).blocks == body("p", 100)
    assert merge(
        [page, said("api", by="api", blocks=body("a", 90)), said("feed", by="feed", blocks=body("f", 99))]
    ).blocks == body("a", 90)
    assert merge(
        [said("one", by="page", blocks=body("a", 90)), said("two", by="page", blocks=body("b", 99))]
    ).blocks == body("b", 99)


def test_what_was_taken_out_of_a_text_is_not_kept_by_a_lesser_witness_that_is_older() -> None:
    whole, cut = body("a", 100), body("a", 50)
    scrape = said("scrapes", by="page", blocks=whole)
    feed = [said("feed", by="feed", blocks=whole), said("feed", day=1, by="feed", blocks=cut)]
    assert merge([scrape, *feed]).blocks == cut
    assert merge([scrape, feed[1]]).blocks == whole  # an excerpt, for all that is known
    assert merge([replace(scrape, seen_at=NOON + 2 * DAY), *feed]).blocks == whole
    api = said("api", by="api", blocks=whole)
    assert merge([api, *feed]).blocks == whole
    assert merge([replace(scrape, witnesses=(), source="a", hash=""), *feed]).blocks == cut
