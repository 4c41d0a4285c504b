"""Who knows a vendor's own description of a service, and says what goes against it: requests and answers alike."""

import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from openapi_core import OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing import MockRequest, MockResponse

if TYPE_CHECKING:
    from services.serving import Call, Told

SPECIFICATIONS = Path(__file__).resolve().parents[3] / "shared" / "specs"

Correction = tuple[tuple[str, ...], Any]
"""Where a description is wrong, as the path of keys that leads there, and what the vendor's own code takes there."""


class Judge:
    """Knows one description; `corrections` are what it has wrong by the service's own code.

    `base` is where the description's paths stand below the service's address, `about` what the paths begin with that it
    describes: some tell of one part of an API alone.
    """

    def __init__(self, file: str, *, base: str, about: str = "/", corrections: tuple[Correction, ...] = ()) -> None:
        self.there = (SPECIFICATIONS / file).exists()
        self._file, self._base, self._about, self._corrections = file, base, about, corrections

    def prepare(self) -> None:
        """Read the description, which may take seconds: before somebody waits for an answer."""
        if self.there:
            _ = self._described

    def breach(self, method: str, path: str, call: "Call", told: "Told") -> str:
        """Return what is wrong with a call or its answer; nothing where all is well, or no description is here."""
        if not self.there or not path.startswith(self._about):
            return ""
        known = self._described
        query = {name: values if len(values) > 1 else values[0] for name, values in call.query.items()}
        kind = call.headers.get("content-type", "application/json")
        asked = MockRequest(
            "https://described.example",
            method.lower(),
            path,
            args=query,
            headers=dict(call.headers),
            data=call.body or None,
            content_type=kind,
        )
        try:
            known.validate_request(asked)
            if told.status < 300:
                data = b"" if told.said is None else json.dumps(told.said).encode()
                known.validate_response(asked, MockResponse(data, status_code=told.status))
        except OpenAPIError as error:
            return f"{method} {path}: {_reasons(error)}"
        return ""

    @cached_property
    def _described(self) -> OpenAPI:
        text = (SPECIFICATIONS / self._file).read_text(encoding="utf-8")
        found = json.loads(text) if self._file.endswith(".json") else yaml.safe_load(text)
        for keys, value in self._corrections:
            place = found
            for key in keys[:-1]:
                place = place[key]
            place[keys[-1]] = value
        found["servers"] = [{"url": f"https://described.example{self._base}"}]
        return OpenAPI.from_dict(found)


def _reasons(error: BaseException | None) -> str:
    """Return an error with all that led to it: the last says which field."""
    reasons = []
    while error is not None:
        reasons += [str(error), *(str(each) for each in getattr(error, "schema_errors", ()))]
        error = error.__cause__
    return "; ".join(reasons)
