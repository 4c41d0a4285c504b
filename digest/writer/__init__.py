"""The writer: leads and openings by a language model, of any provider or on this machine. The only door to `llm`."""

from digest.errors import WriterError
from digest.ports import Writer
from digest.writer.asking import Limits, ModelWriter

__all__ = ["Limits", "open_writer"]


def open_writer(name: str, limits: Limits) -> Writer:
    """Return the writer that asks a model, by any name that `llm models` lists.

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
    return ModelWriter(model, limits)
