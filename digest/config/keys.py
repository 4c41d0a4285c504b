"""Unknown keys, each with the known one that was probably meant."""

import re
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from difflib import get_close_matches


def unknown_keys(mapping: Mapping[str, object], kind: type, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield (dotted key, hint) for every key of `mapping` that `kind`, a dataclass, does not have."""
    hints = typing.get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    for key, value in mapping.items():
        here = f"{place}{key}"
        if key not in hints:
            yield here, _hint(key, names)
            continue
        inner = _table(hints[key])
        if inner is not None:
            yield from _inside(value, inner, here)


def _inside(value: object, kind: type, here: str) -> Iterator[tuple[str, str]]:
    """Yield the unknown keys of a table, or of each table of an array; other types are for the wire to refuse."""
    if isinstance(value, Mapping):
        yield from unknown_keys(value, kind, f"{here}.")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            if isinstance(item, Mapping):
                yield from unknown_keys(item, kind, f"{here}[{index}].")


def choices(kind: type, key: str) -> tuple[str, ...]:
    """Return the words that stand for `key` (``sources[0].kind``) of `kind`, a dataclass; none where any text may."""
    *tables, last = re.sub(r"\[\d+\]", "", key).split(".")
    for name in tables:
        inner = _table(typing.get_type_hints(kind).get(name))
        if inner is None:
            return ()
        kind = inner
    hint = typing.get_type_hints(kind).get(last)
    unions = typing.get_args(hint) if typing.get_origin(hint) in {types.UnionType, typing.Union} else (hint,)
    words = [word for each in unions if typing.get_origin(each) is typing.Literal for word in typing.get_args(each)]
    return tuple(str(word) for word in words)


def _hint(key: str, names: list[str]) -> str:
    close = get_close_matches(key, names, n=1)
    return f"did you mean {close[0]!r}?" if close else f"known keys here: {', '.join(names)}"


def _table(hint: object) -> type | None:
    """Return the dataclass that a field holds, alone, optional or in a tuple."""
    if isinstance(hint, type) and is_dataclass(hint):
        return hint
    if typing.get_origin(hint) in {tuple, types.UnionType}:
        return next((found for found in map(_table, typing.get_args(hint)) if found), None)
    return None
