"""What is still open behind a sentence."""

import pytest

from digest.model.article import Block
from digest.summarizer import Budget, make_lead
from digest.summarizer.quotations import Marks, after
from making import article

CLOSED = [
    "The ferry sank.",
    "“We go,” he said.",
    '"We go," he said.',
    '"We go,” he said, mixing his marks.',
    "„Wir gehen“, sagte er.",
    "»Wir gehen«, sagte er.",
    "« On part », dit-il.",
    "The ‘no-limits’ pact of the ’90s held, the crews’ union said.",
    "Rock ‘n’ roll, 'til dawn, 'em all and the workers' hall.",
    "'We go,' he said.",
    "A board of 5'10\" fell.",
    'The year "was 1999" for him.',
    "It fell (again) [sic].",
    "1) Rope. 2) Tar.",
    "「行く」と言った（笑）。",
]
OPEN = {
    "“We go.": Marks(double="“"),
    '"We go.': Marks(double='"'),
    "„Wir gehen.": Marks(double="„"),
    "‘We go.": Marks(single=True),
    "It fell (again.": Marks(brackets=1),
    "“We say ‘no.": Marks(double="“", single=True),
}


@pytest.mark.parametrize("text", CLOSED)
def test_what_was_opened_is_closed(text: str) -> None:
    assert after(text).closed


@pytest.mark.parametrize("text", OPEN)
def test_what_is_open_is_known(text: str) -> None:
    assert after(text) == OPEN[text]
    assert not after(text).closed


def test_a_quotation_goes_on_until_it_is_closed() -> None:
    assert after("We stay.” he said.", after("“We go.")).closed


@pytest.mark.parametrize(("first", "second"), [("“We go.", "“We stay.”"), ('"We go.', '"We stay."')])
def test_a_paragraph_that_repeats_the_opening_mark_opens_nothing_new(first: str, second: str) -> None:
    assert after(second, after(first), paragraph=True).closed


def test_a_mark_of_another_kind_closes_nothing() -> None:
    assert after("»On part.", after("“We go.")) == Marks(double="“")


def test_the_end_of_a_quotation_takes_down_a_single_mark_that_was_an_apostrophe() -> None:
    assert after("“The ‘good old days.”").closed


@pytest.mark.parametrize("most", [4, 18, 60])
def test_a_sentence_said_before_still_opens_what_the_next_one_closes(most: int) -> None:
    text = "Ida Holm said on Monday: He asked (twice, and loudly. Nobody answered) for tea. " * 2
    lead = make_lead(article(title="", blocks=(Block(text=text),)), Budget(at_least=1, at_most=most))
    assert lead.text.count("(") == lead.text.count(")")
