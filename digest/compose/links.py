"""The addresses of the mail: the magazine's own links get its tracking parameters, all others stay as they are."""

from urllib.parse import quote, urlsplit, urlunsplit

from digest.compose.frame import Tracking
from digest.text.urls import host


def tracked(url: str, tracking: Tracking) -> str:
    """Return `url` with the parameters behind its own query; unchanged on a foreign host, or where it is no address.

    A parameter that is there already stays as it is, and so does the whole query, to the byte: some sites route by it.
    """
    if not tracking.parameters or not _own(host(url), tracking.hosts):
        return url
    parts = urlsplit(url)
    there = {pair.partition("=")[0] for pair in parts.query.split("&")}
    new = "&".join(f"{quote(name)}={quote(value)}" for name, value in tracking.parameters if name not in there)
    return urlunsplit(parts._replace(query="&".join(part for part in (parts.query, new) if part)))


def _own(host: str, hosts: tuple[str, ...]) -> bool:
    return any(host == own or host.endswith("." + own) for own in hosts)
