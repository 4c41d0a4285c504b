"""Bytes and mappings to frozen values and back: the only door to msgspec.

Every value of the model can be written and read; the result is the same bytes for the same value (sorted keys,
UTF-8, instants as RFC 3339 in UTC).
"""

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from digest.errors import DigestError

T = TypeVar("T")


class WireError(DigestError):
    """Bytes or a mapping that do not hold the value that they should; the message names the place inside."""


def to_json(value: object) -> bytes:
    """Return `value` as one line of JSON."""
    return msgspec.json.encode(value, order="sorted")


def to_pretty_json(value: object) -> bytes:
    """Return `value` as indented JSON that ends with a newline."""
    return msgspec.json.format(to_json(value), indent=2) + b"\n"


def from_json(data: bytes, kind: type[T], *, where: str = "") -> T:
    """Return the `kind` that `data` holds.

    Raises:
        WireError: the bytes are no JSON, or not that value.

    """
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise WireError(str(error), where=where) from error


def from_mapping(mapping: Mapping[str, object], kind: type[T], *, where: str = "") -> T:
    """Return the `kind` that a mapping (a parsed TOML table) holds.

    Raises:
        WireError: a key is missing or its value is of another type.

    """
    try:
        return msgspec.convert(mapping, type=kind)
    except msgspec.ValidationError as error:
        raise WireError(str(error), where=where) from error
