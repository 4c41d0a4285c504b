"""The writer: leads and openings by a language model, of any provider or on this machine. The only door to `llm`."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from digest.errors import WriterError
from digest.ports import Writer
from digest.writer.asking import Limits, ModelWriter

if TYPE_CHECKING:
    import llm

__all__ = ["Limits", "open_writer"]


def _nowhere(_: str) -> str:
    """Return that nobody has a key."""
    return ""


def open_writer(name: str, limits: Limits, find: Callable[[str], str] = _nowhere) -> Writer:
    """Return the writer that asks a model, by any name that `llm models` lists.

    `find` returns what an environment variable stands for: the provider's key, where its library names one.

    Raises:
        WriterError: the library is not installed, or knows no such model.

    """
    try:
        import llm  # noqa: PLC0415 - heavy, and not installed everywhere: only a newsroom that asks for it loads it
    except ImportError as error:
        hint = "pip install 'digest-roundup[model]'"
        raise WriterError("the library for models, llm, is not installed", where="writer.model", hint=hint) from error
    try:
        model = llm.get_model(name)
    except llm.UnknownModelError as error:
        hint = "llm models lists those that are there; llm install adds a provider's"
        raise WriterError(f"there is no model {name!r}", where="writer.model", hint=hint) from error
    if model.needs_key:
        model.key = _key(model, find)
    return ModelWriter(model, limits)


def _key(model: "llm.Model", find: Callable[[str], str]) -> str | None:
    """Return the provider's key: what its variable stands for, else what `llm keys set` has stored; None for none."""
    import llm  # noqa: PLC0415 - heavy

    found = find(model.key_env_var) if model.key_env_var else ""
    return found or llm.get_key(alias=model.needs_key)
