"""Stories that do not open like a report: what a sub-editor would print of an interview, a letter, a live blog, …"""

import pytest

from digest.model.article import BlockKind, Cut
from digest.summarizer import Budget, make_lead, shown_dek
from digest.summarizer.live import is_live
from digest.summarizer.pointers import points, stands_alone
from test_lead import CREW, FERRY, LONG, MAYOR, PIANO, SHORT, cuts, story

ASKED = "Why did you steer her for thirty years, when the pay was so poor and the sea so rough?"  # 18 words
TOLD = "Because nobody else would, and because the children had to come to school, whatever the sea was like."  # 18


def test_an_anecdote_is_told_from_its_beginning() -> None:
    opening = ("It was four in the morning.", "The dog would not stop barking.", "Ida Holm went down to look.")
    assert make_lead(story(*opening, FERRY, CREW), SHORT).sentences == (*opening, FERRY)


def test_bullets_above_a_story_are_passed_over() -> None:
    point = "The line closes after ninety-four years."
    lead = make_lead(story(("item", point), ("item", PIANO), FERRY, CREW), SHORT)
    assert lead.sentences == (FERRY, CREW)
    assert [cut.why for cut in lead.left_out] == ["list", "list"]


@pytest.mark.parametrize("bullet", ["• ", "▪ "])
def test_so_are_bullets_that_lost_their_mark_up(bullet: str) -> None:
    lead = make_lead(story(f"{bullet}The line closes after ninety-four years.", FERRY, CREW), SHORT)
    assert lead.sentences == (FERRY, CREW)


def test_a_story_that_is_nothing_but_bullets_is_read_as_prose() -> None:
    assert make_lead(story(("item", FERRY), ("item", CREW)), SHORT).sentences == (FERRY, CREW)


def test_of_an_interview_the_introduction_is_taken() -> None:
    lead = make_lead(story(FERRY, CREW, ("question", ASKED), ("answer", TOLD)), LONG)
    assert lead.sentences == (FERRY, CREW)


@pytest.mark.parametrize("question", [("question", ASKED), f"Q: {ASKED}", f"Q. {ASKED}"])
def test_an_interview_without_one_opens_with_its_question_and_the_answer(question: str) -> None:
    lead = make_lead(story(question, ("answer", TOLD), ("question", ASKED), ("answer", f"{TOLD} {TOLD[:-1]}!")), LONG)
    assert lead.text.endswith(TOLD)
    assert lead.text.count("?") == 1


def test_a_question_is_not_left_without_its_answer() -> None:
    answer = f"That is what the town would like to know, {'and nobody tells it, ' * 8}not even the mayor."
    lead = make_lead(story(f"{FERRY} {ASKED}", f"{answer} {CREW}"), SHORT)
    assert lead.sentences == (FERRY,)


@pytest.mark.parametrize(
    ("salutation", "said"),
    [
        ("Dear Editor:", f"{FERRY} {CREW}"),
        ("Dear Mr. Holm,", f"{FERRY} {CREW}"),
        ("SIR –", f"{FERRY} {CREW}"),
        ("To the Editor:", f"{FERRY} {CREW}"),
        ("Sir —", f"“Nobody asked,” you write. {FERRY} {CREW}"),
    ],
)
def test_a_letter_begins_behind_its_salutation(salutation: str, said: str) -> None:
    lead = make_lead(story(f"{salutation} {said}"), LONG)
    assert lead.text == said
    assert lead.left_out == (Cut(text=salutation, why="salutation"),)


@pytest.mark.parametrize("line", ["Dear Sir,", "Dear Ida and Bo,", "To the Editor:", "Re “The last ferry” (Oct. 12):"])
def test_a_salutation_on_a_line_of_its_own_is_left_out_too(line: str) -> None:
    lead = make_lead(story(line, FERRY, CREW), SHORT)
    assert lead.sentences == (FERRY, CREW)
    assert cuts(lead) == [("salutation", line)]


def test_the_reply_to_a_letter_is_another_voice() -> None:
    lead = make_lead(story(f"Dear Aunt Ida: {FERRY} {CREW}", f"Dear Reader: {MAYOR} {PIANO}"), LONG)
    assert lead.sentences == (FERRY, CREW)


@pytest.mark.parametrize("line", ["4 out of 5 stars", "3.5/5", "Rating: ★★★★☆", "★★★★☆", "Director: Bo Dahl"])
def test_a_review_begins_behind_its_stars_and_its_credits(line: str) -> None:
    assert make_lead(story(line, FERRY, CREW), SHORT).sentences == (FERRY, CREW)


def test_a_list_of_places_gives_its_introduction() -> None:
    lead = make_lead(
        story(FERRY, CREW, ("heading", "1. Port Eynon"), MAYOR, ("heading", "2. Bergen"), PIANO),
        LONG,
    )
    assert lead.sentences == (FERRY, CREW)


LIVE: tuple[str | tuple[BlockKind, str], ...] = (
    ("heading", "10.32am BST"),
    f"{MAYOR} {PIANO}",
    ("heading", "10.05am BST"),
    CREW,
    ("heading", "9.48am BST"),
    FERRY,
)
DEK = "All that happens on the quay where the last ferry is leaving for good"


@pytest.mark.parametrize(
    ("blocks", "title"),
    [
        (LIVE, "The last ferry"),
        ((MAYOR, PIANO), "The last ferry – live"),
        ((MAYOR, PIANO), "Live: the last ferry leaves"),
        ((MAYOR, PIANO), "The last ferry leaves – as it happened"),
        ((MAYOR, PIANO), "Liveticker: Die letzte Fähre"),
        (("14:05 Uhr", MAYOR, "13:40 Uhr", PIANO, "13:12 Uhr", CREW), "Die letzte Fähre"),
    ],
)
def test_a_live_blog_has_no_opening_and_gives_its_dek(
    blocks: tuple[str | tuple[BlockKind, str], ...], title: str
) -> None:
    lead = make_lead(story(*blocks, title=title, dek=DEK), SHORT)
    assert (lead.mode, lead.sentences, lead.note) == ("dek", (DEK,), "a live blog: the dek instead")


def test_a_live_blog_without_a_dek_gives_its_newest_entry() -> None:
    lead = make_lead(story(*LIVE), SHORT)
    assert lead.sentences == (MAYOR, PIANO)
    assert lead.note == "the dek is missing: the story's opening instead"


@pytest.mark.parametrize("title", ["Where the whales live", "How they live now", "Live-in nannies tell", "The lives"])
def test_a_headline_may_speak_of_living(title: str) -> None:
    assert not is_live(story(FERRY, CREW, title=title))


def test_a_timetable_of_two_lines_is_no_live_blog() -> None:
    assert not is_live(story("10.32am", FERRY, "11.05am", CREW))


def test_a_sentence_that_points_elsewhere_ends_no_lead_and_is_not_taken_in_for_length() -> None:
    chart = "How the fares have risen can be seen from the chart below."
    assert make_lead(story(f"{FERRY} {CREW} {chart} {MAYOR}"), LONG).sentences == (FERRY, CREW)
    assert make_lead(story(f"{FERRY} {chart} {CREW} {MAYOR}"), Budget(20, 50)).sentences == (FERRY, chart, CREW)


@pytest.mark.parametrize(
    "sentence",
    [
        "See details and dates of the sailings.",
        "The catalogue is there: click here.",
        "Please click the links below to see them.",
        "It looks like the pier pictured below.",
        "Follow this link for the tickets.",
        "Keep reading to find out who owned the piano.",
        "To learn more about the ferry, click here.",
        "Alle Fahrten: siehe unten.",
        "Voir le plan ci-dessous.",
        "The reasons are as follows.",
        "Click through for the whole thing.",
        "Listen to the full interview (in Norwegian) on the harbour's radio.",
        "For more ideas on what to do with a piano, check out the parish magazine.",
        "For further sailings, please visit the office on the quay.",
    ],
)
def test_what_sends_readers_elsewhere_is_known(sentence: str) -> None:
    assert points(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "It fell on the street below.",
        "The temperature fell to ten below.",
        "He clicked the lock shut and left.",
        "The mayor wants to learn more Norwegian before she goes.",
        "She looked above the door, and there it was.",
        "For more than a year, visitors were told to visit the other pier.",
        "See the whole of it for yourself, he said, and rest.",
        "They listen to the full tide and click their tongues.",
    ],
)
def test_what_only_sounds_so_is_not(sentence: str) -> None:
    assert not points(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["The town also has a pier.", "Why?", "It was late.", "“We go,” he said.", "Das Dorf hat auch einen Hafen.", "1"],
)
def test_what_leans_on_a_sentence_before_it_is_known(sentence: str) -> None:
    assert stands_alone(sentence) is (sentence == "1")


def test_a_long_first_paragraph_that_is_set_as_a_heading_is_read_where_the_story_leans_on_it() -> None:
    large = f"{FERRY[:-1]}, and nobody knew whose it was."  # 25 words
    assert make_lead(story(("heading", large), f"It was a Blüthner. {CREW}"), LONG).sentences[0] == large
    assert make_lead(story(("heading", large), CREW, MAYOR), LONG).sentences == (CREW, MAYOR)
    assert make_lead(story(CREW, ("heading", large)), LONG).sentences == (CREW,)


def test_nothing_is_said_twice() -> None:
    lead = make_lead(story(FERRY, f"{FERRY} {CREW}"), SHORT)
    assert lead.sentences == (FERRY, CREW)
    assert cuts(lead) == [("said before", FERRY)]
    assert make_lead(story("Gone.", "Gone.", FERRY), SHORT).sentences[:2] == ("Gone.", "Gone.")


@pytest.mark.parametrize(
    "dateline",
    ["BERGEN (October 23, 2024) —", "PORT EYNON, Wales, Oct. 23, 2024 /NewsWire/ --", "NEW HOLM, N.Y., Jan. 5 —"],
)
def test_a_dateline_may_hold_the_day_and_the_wire(dateline: str) -> None:
    lead = make_lead(story(f"{dateline} {FERRY} {CREW}"), SHORT)
    assert lead.sentences == (FERRY, CREW)
    assert cuts(lead) == [("dateline", dateline)]


@pytest.mark.parametrize("note", ["Update:", "UPDATE, Oct. 24:", "(Update April, 2011:", "Updated (Oct. 3, 2024):"])
def test_a_note_on_what_was_changed_is_no_opening(note: str) -> None:
    lead = make_lead(story(f"{note} The pier was mended in the spring.", FERRY, CREW), SHORT)
    assert lead.sentences == (FERRY, CREW)
    assert lead.left_out[0].why == "editor's note"


@pytest.mark.parametrize(
    ("dek", "shown"),
    [
        ("How a line that had run for ninety-four years came to its end", True),
        (FERRY[9:40], False),  # words out of a sentence
        (FERRY, True),  # the whole of the first paragraph: the lead goes on behind it
        ("The last ferry", False),  # the headline
        (f"{CREW[:40]}…", False),  # cut off
        ("Sign up for our newsletter here and get all the news.", False),
        ("“We knew it, and we had known", False),
        ("", False),
    ],
)
def test_a_dek_that_is_fit_to_be_seen_is_shown(dek: str, shown: bool) -> None:  # noqa: FBT001 - one column of a table
    assert shown_dek(story(FERRY, CREW, dek=dek)) == (dek if shown else "")


@pytest.mark.parametrize("dek", [FERRY, f"{FERRY[:-1]}, so here is why it matters now.", FERRY[:-9]])
def test_a_dek_made_from_the_opening_gives_way_to_it(dek: str) -> None:
    told = story(f"{FERRY} {CREW}", MAYOR, dek=dek)
    assert shown_dek(told) == ""
    assert make_lead(told, SHORT).sentences == (FERRY, CREW)


def test_a_dek_that_is_longer_than_a_lead_and_opens_as_the_story_does_is_the_story() -> None:
    told = story(f"{FERRY} {CREW}", f"{MAYOR} {PIANO}", dek=f"{FERRY} {CREW} {MAYOR} {PIANO}")
    assert len(told.dek.split()) > 60
    assert shown_dek(told) == ""
    assert make_lead(told, SHORT).sentences == (FERRY, CREW)


@pytest.mark.parametrize(
    "note", ["(Corrects tenth paragraph to show who owned the piano.)", "(Adds the mayor's words)"]
)
def test_what_a_wire_says_of_a_story_that_it_sends_again_is_no_opening(note: str) -> None:
    lead = make_lead(story(note, FERRY, CREW), SHORT)
    assert lead.sentences == (FERRY, CREW)
    assert cuts(lead) == [("correction", note)]
