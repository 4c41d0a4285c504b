from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from digest.model.issue import Entry, IssueSection, Words
from digest.render.grouping import in_series, told, untold
from render_samples import ELSEWHERE, LEAD_STORY, story

SERIES = st.sampled_from(["", "Shore", "Log"])
SLOTS = st.sampled_from(["lead", "story", "brief"])


@st.composite
def pieces(draw: st.DrawFn) -> tuple[Entry, ...]:
    """Entries of a few series; some bear the same id, as two links to one address do."""
    drawn = draw(st.lists(st.tuples(SERIES, SLOTS, st.sampled_from(["story", "link"])), max_size=8))
    return tuple(
        Entry(id=f"{place % 5}", title=Words(text=f"{place}"), series=series, slot=slot, entry=kind)  # type: ignore[arg-type] # drawn from its words
        for place, (series, slot, kind) in enumerate(drawn)
    )


@given(pieces())
def test_grouping_loses_nothing_and_doubles_nothing(entries: tuple[Entry, ...]) -> None:
    grouped = [entry for group in in_series(entries) for entry in group.entries]
    assert sorted(entry.title.text for entry in grouped) == sorted(entry.title.text for entry in entries)
    firsts = [group.entries[0] for group in in_series(entries)]
    assert firsts == sorted(firsts, key=entries.index)


@given(pieces())
def test_a_group_is_of_one_series_and_a_piece_alone_is_none(entries: tuple[Entry, ...]) -> None:
    for group in in_series(entries):
        assert (len(group.entries) > 1) == bool(group.series)
        assert all(entry.series == group.series for entry in group.entries if group.series)


@given(pieces())
def test_a_letter_tells_of_a_sections_first_story_and_lists_all_others(entries: tuple[Entry, ...]) -> None:
    section = IssueSection(name="S", title="S", entries=entries)
    first = told(section)
    assert ((first,) if first else ()) + untold(section) == entries


def test_what_a_letter_tells_of() -> None:
    def of(*entries: Entry) -> Entry | None:
        return told(IssueSection(name="S", title="S", entries=entries))

    assert of(LEAD_STORY) is LEAD_STORY
    assert of(ELSEWHERE, LEAD_STORY) is None
    assert of(replace(story(1, "Short"), slot="brief")) is None
    assert of() is None
