"""JSON from outside: read whatever it holds, with an error of ours where it cannot be."""

import json
from collections.abc import Mapping
from typing import Any

from digest.errors import SourceError
from digest.text.clean import decode

Fields = Mapping[str, Any]
"""A JSON object as Python has it: of what types its values are, whoever asks for one must look."""


def read_json(body: bytes, charset: str = "") -> Any:  # noqa: ANN401 - JSON is anything
    """Return the value that JSON text holds. Of keys that stand twice the last counts.

    Raises:
        SourceError: it is no JSON, is nested too deeply, or has a number that no machine holds.

    """
    try:
        return json.loads(decode(body, charset), parse_constant=_refuse)
    except RecursionError as error:
        raise SourceError("it is no JSON that can be read: too deeply nested") from error
    except ValueError as error:  # no JSON, and a whole number of more than 4,300 digits
        raise SourceError(f"it is no JSON that can be read: {str(error)[:200]}") from error


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number of JSON")
