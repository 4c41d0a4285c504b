"""Answers: a value for programs, an error in its parts."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from digest.errors import ArchiveError, DigestError, DiskError
from digest.preview.bodies import TooLargeError
from digest.wire import to_json

_STATUSES: tuple[tuple[type[DigestError], int], ...] = ((TooLargeError, 413), (DiskError, 500), (ArchiveError, 500))
"""HTTP's status of an error that is no fault of what was asked."""

_UNPROCESSABLE = 422


def data(value: object, status: int = 200) -> Response:
    """Return an answer for programs."""
    return Response(to_json(value), status, media_type="application/json")


async def failed(_request: Request, error: Exception) -> Response:
    """Answer with an error that a person can mend."""
    if not isinstance(error, DigestError):
        raise error
    parts = {"message": error.message, "where": error.where, "hint": error.hint}
    return data(parts, next((status for kind, status in _STATUSES if isinstance(error, kind)), _UNPROCESSABLE))


async def missing(_request: Request, error: Exception) -> Response:
    """Answer what is not there, or not to be had that way."""
    if not isinstance(error, HTTPException):
        raise error
    return PlainTextResponse(f"{error.detail}\n", error.status_code, error.headers)
