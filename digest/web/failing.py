"""Failing: what goes wrong in httpx2 and below it becomes an error of ours, which says whether to try again soon."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import httpcore2
import httpx2

from digest.errors import SourceError, UnreachedError
from digest.web.connecting import LateError, is_over, within
from digest.web.limits import Limits
from digest.web.reach import InnerAddressError
from digest.web.secrets import Secrets

TRY_LATER = "try again later; what was read before is kept"
CHECK = "check the address in a browser"

_UNFIT = (httpx2.InvalidURL, UnicodeError)


class UnrecordedError(Exception):
    """A recording is asked for what is not in it."""


@contextmanager
def limited(url: str, limits: Limits, secrets: Secrets) -> Iterator[None]:
    """Give the block its time, and let every error in it be one of ours about `url`.

    Raises:
        UnreachedError: nothing came, or not all of it; a moment later it may.
        SourceError: it cannot come.

    """
    with within(limits.seconds):
        try:
            yield
        except InnerAddressError as error:
            hint = "if it is yours, name its host in digest.toml: [magazine] hosts"
            raise SourceError(str(error), where=url, hint=hint) from error
        except UnrecordedError as error:
            raise SourceError("not in the recording", where=url, hint="record it again, or read the web") from error
        except httpcore2.TimeoutException as error:
            late = f"not done within {limits.seconds:g} seconds"
            message = late if is_over() or isinstance(error, LateError) else "the server did not answer in time"
            raise UnreachedError(message, where=url, hint=TRY_LATER) from error
        except httpcore2.ConnectError as error:
            kind = SourceError if stays(error) else UnreachedError
            message = f"cannot be reached: {secrets.hidden(_unnumbered(str(error)))}"
            raise kind(message, where=url, hint=f"{CHECK}; is the network up?") from error
        except (httpcore2.NetworkError, httpcore2.RemoteProtocolError) as error:
            raise UnreachedError(_unread(error, secrets), where=url, hint=TRY_LATER) from error
        except (httpcore2.ProtocolError, httpx2.HTTPError, *_UNFIT) as error:
            raise SourceError(_unread(error, secrets), where=url, hint=TRY_LATER) from error


def _unnumbered(said: str) -> str:
    """Return what the system says of an error without its number: `[Errno -2] Name or service not known`."""
    return said.partition("] ")[2] if said.startswith("[Errno ") else said


def _unread(error: Exception, secrets: Secrets) -> str:
    return f"could not be read: {secrets.hidden(str(error)) or type(error).__name__}"


def stays(error: Exception) -> bool:
    """Tell whether a connection will fail the next time too: a name that nobody has, a certificate that is not good."""
    cause = error.__context__  # its cause is taken away by httpcore2's pool
    if isinstance(cause, socket.gaierror):
        return cause.errno != socket.EAI_AGAIN
    return isinstance(cause, ssl.SSLError)
