"""digest.merge.history: what became of an article."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from archive_samples import DAY, NOON, body, said, story
from digest.merge.history import Change, FieldChange, history
from digest.model.article import Block, Cut, Image, Sighting
from digest.sources.gone import withdrawn

LONDON = ZoneInfo("Europe/London")


def told(*sightings: Sighting) -> list[Change]:
    return list(history(sightings, LONDON))


def test_an_article_begins_where_it_was_first_seen() -> None:
    assert told(story()) == [Change(at="2024-10-21T13:00:00+01:00", source="feed", first=True)]


def test_a_reading_that_says_nothing_new_is_no_change() -> None:
    assert len(told(story(), story(day=1), story(day=2))) == 1


def test_each_change_says_what_was_and_what_is() -> None:
    later = story(
        day=1,
        title="A better headline",
        tags=("tide",),
        published=NOON + DAY,
        updated=NOON + DAY,
        image=Image(url="https://harbour.example/a.jpg", alt="A quay"),
    )
    [_, change] = told(story(authors=("Ada Quill", "Bo Marsh"), title="A headline"), later)
    assert (change.at, change.first, change.correction) == ("2024-10-22T13:00:00+01:00", False, False)
    assert change.changed == (
        FieldChange(field="title", before=("A headline",), after=("A better headline",)),
        FieldChange(field="tags", after=("tide",)),
        FieldChange(field="authors", before=("Bo Marsh",)),
        FieldChange(field="updated", after=("2024-10-22T13:00:00+01:00",)),
        FieldChange(field="image", after=("url: https://harbour.example/a.jpg", "alt: A quay")),
    )


def test_of_a_body_the_paragraphs_that_differ_are_told() -> None:
    first, second = body("quay1x")
    mended = (first, replace(second, text=f"{second.text} Mended."), Block(text="A new end."))
    [_, change] = told(story(blocks=(first, second)), story(day=1, blocks=mended))
    assert change.changed == (FieldChange(field="blocks", before=(second.text,), after=(mended[1].text, "A new end.")),)


def test_a_notice_of_a_correction_makes_an_update_a_correction() -> None:
    notice = (Cut(text="Correction: it was the Ellen.", why="correction"), Cut(text="Share", why="share"))
    [first, change] = told(story(left_out=notice[1:]), story(day=1, left_out=notice))
    assert (first.correction, change.correction) == (False, True)
    assert change.changed == (FieldChange(field="correction", after=("Correction: it was the Ellen.",)),)
    assert [each.correction for each in told(story(left_out=notice), story(day=1))] == [False, False]


def test_another_source_that_says_the_same_is_told_without_a_change() -> None:
    assert [each.changed for each in told(story(), story(source="api", day=1))] == [(), ()]


def test_what_is_gone_and_comes_back_is_told() -> None:
    changes = told(story(), withdrawn("pages", NOON + DAY, url=story().url), story(source="pages", day=2))
    assert [each.changed for each in changes[1:]] == [
        (FieldChange(field="gone", after=("True",)),),
        (FieldChange(field="gone", before=("True",)),),
    ]


def test_a_day_is_written_without_a_time() -> None:
    [_, change] = told(
        said(url="https://x.example/a"), said(url="https://x.example/a", day=1, published=NOON, precision="day")
    )
    assert change.changed == (FieldChange(field="published", after=("2024-10-21",)),)
