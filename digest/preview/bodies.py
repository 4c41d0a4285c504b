"""Bodies of requests: read to their end, which is near, into the value that they should hold."""

from typing import TypeVar

from starlette.requests import Request

from digest.errors import UsageError
from digest.preview.guard import LARGEST
from digest.wire import WireError, from_json

T = TypeVar("T")


class TooLargeError(UsageError):
    """A body that is longer than any change is."""


async def told(request: Request, kind: type[T]) -> T:
    """Return the `kind` that a request's body holds.

    Raises:
        TooLargeError: it is too long; what is above the limit is not read.
        UsageError: it is no JSON, or another value.

    """
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            raise TooLargeError(f"a change has at most {LARGEST} bytes", where=request.url.path)
    try:
        return from_json(bytes(body), kind)
    except WireError as error:
        hint = "load the page again: it may be of another version of Digest"
        raise UsageError(f"not understood: {error.message}", where=request.url.path, hint=hint) from error
