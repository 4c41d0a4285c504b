"""A model for tests that answers as it is told to, through the real `llm` library."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import llm
from llm.plugins import pm

NAME = "scripted"
Answer = Callable[[str, str], Iterator[str]]
"""From the instructions and what is asked to the parts of an answer."""


class Scripted(llm.Model):
    """Answers with whatever `answer` yields, and keeps what it was asked."""

    model_id = NAME
    can_stream = True

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.asked: list[tuple[str, str]] = []

    def execute(self, prompt: Any, stream: bool, response: Any, conversation: Any) -> Iterator[str]:  # noqa: FBT001 - the library's own signature
        del stream, response, conversation
        self.asked.append((prompt.system, prompt.prompt))
        yield from self.answer(prompt.system, prompt.prompt)


def saying(text: str) -> Answer:
    """Return an answer that is always the same, in two parts."""

    def answer(system: str, asked: str) -> Iterator[str]:
        del system, asked
        yield text[: len(text) // 2]
        yield text[len(text) // 2 :]

    return answer


@contextmanager
def installed(model: Scripted) -> Iterator[Scripted]:
    """Make a model known to the library, as a plugin does."""

    class Plugin:
        """A plugin with one model."""

        @llm.hookimpl
        def register_models(self, register: Callable[[llm.Model], None]) -> None:
            register(model)

    plugin = Plugin()
    pm.register(plugin)
    try:
        yield model
    finally:
        pm.unregister(plugin)
