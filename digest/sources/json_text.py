"""JSON from outside: read whatever it holds, with an error of ours where it cannot be."""

import json
from collections.abc import Mapping
from typing import Any, Final

from digest.errors import SourceError
from digest.text.clean import decode

_MOST_VALUES: Final = 1_000_000
"""Values of one answer; each takes up to 100 bytes, so that 25 MB of empty objects would fill 600."""

_BEGINNINGS: Final = (b"{", b"[", b",")
"""What a value begins behind. They stand in texts too: once in 80 bytes of prose."""

Fields = Mapping[str, Any]
"""A JSON object as Python has it: of what types its values are, whoever asks for one must look."""


def read_json(body: bytes, charset: str = "") -> Any:  # noqa: ANN401 - JSON is anything
    """Return the value that JSON text holds. Of keys that stand twice the last counts.

    Raises:
        SourceError: it is no JSON, is nested too deeply, has a number that no machine holds, or more values than any
            real answer.

    """
    if sum(map(body.count, _BEGINNINGS)) > _MOST_VALUES:
        raise SourceError(f"it is no JSON that can be read: it holds more than {_MOST_VALUES:,} values")
    try:
        return json.loads(decode(body, charset), parse_constant=_refuse)
    except RecursionError as error:
        raise SourceError("it is no JSON that can be read: too deeply nested") from error
    except ValueError as error:  # no JSON, and a whole number of more than 4,300 digits
        raise SourceError(f"it is no JSON that can be read: {str(error)[:200]}") from error


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number of JSON")
