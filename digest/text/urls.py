"""Addresses of pages: one form for all the ways in which the same page is written."""

import re
from typing import NamedTuple
from urllib.parse import quote, urlsplit

TRACKING = frozenset({
    "_ga", "_gl", "_hsenc", "_hsmi", "ck_subscriber_id", "dclid", "fbclid", "gbraid", "gclid", "gclsrc", "igsh",
    "igshid", "mc_cid", "mc_eid", "mkt_tok", "msclkid", "oly_anon_id", "oly_enc_id", "ref_src", "ttclid", "twclid",
    "vero_id", "wbraid", "yclid",
})  # fmt: skip
"""Parameters that advertisers and mailing services hang on links, by their own documentation; `utm_*` beside them."""

_PLAIN = re.compile(
    r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)*(?:/[\w\-.~/]*)?)(?<!/index\.html)(?<!/index\.htm)", re.ASCII
)
"""An address that is canonical as it stands: nearly all that an archive or a ledger holds."""

_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[^\s/?#@\\%<>\"^`{|}\x00-\x1f\x7f]+")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})?")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_RESERVED = "/:@!$&'()*+,;=?"
_NOTHING_TO_ESCAPE = re.compile(rf"[\w\-.~{_RESERVED}]*", re.ASCII)


class _Parts(NamedTuple):
    scheme: str
    host: str
    port: int | None
    path: str
    query: str


def canonical_url(url: str) -> str:
    """Return the one form of a page's address; "" for anything but http and https with a host.

    Scheme and host in lower case, escapes as RFC 3986 writes them; no user, default port, fragment, tracking
    parameter or `index.html`. All other parameters stay, in their order, and so does a slash at the end: some
    servers answer only with it (`page_key` is blind to it).
    """
    parts = _split(url)
    if parts is None:
        return ""
    name = f"[{parts.host}]" if ":" in parts.host else parts.host
    port = "" if parts.port in {None, _PORTS[parts.scheme]} else f":{parts.port}"
    path = re.sub(r"/index\.html?$", "/", _escaped(parts.path)) or "/"
    query = "&".join(part for part in _escaped(parts.query).split("&") if part and not _tracks(part))
    return f"{parts.scheme}://{name}{port}{path}" + (f"?{query}" if query else "")


def page_key(url: str) -> str:
    """Return what the addresses of one page have in common: the canonical URL without scheme and closing slash."""
    plain = _PLAIN.fullmatch(url)
    if plain:
        return plain[1].rstrip("/")
    _, _, rest = canonical_url(url).partition("://")
    page, mark, query = rest.partition("?")
    return page.rstrip("/") + mark + query


def host(url: str) -> str:
    """Return the host of a web address in lower case, without its port; "" where there is none."""
    parts = _split(url)
    return parts.host if parts else ""


def _split(url: str) -> _Parts | None:
    """Return the parts of a web address, None where it is none that can be used."""
    try:
        split = urlsplit(url.strip())
        host = (split.hostname or "").lower().rstrip(".")
        usable = split.scheme in _PORTS and split.port != 0 and _HOST.fullmatch(host)
        return _Parts(split.scheme, host, split.port, split.path, split.query) if usable else None
    except ValueError:  # a bracket that is not closed, a port that is no number
        return None


def _escaped(text: str) -> str:
    """Escape what must be, unescape what need not be, and write escapes in upper case."""
    if _NOTHING_TO_ESCAPE.fullmatch(text):
        return text
    return quote(_ESCAPE.sub(_escape, text), safe=_RESERVED + "%", errors="replace")


def _escape(match: re.Match[str]) -> str:
    if match[1] is None:
        return "%25"
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else match[0].upper()


def _tracks(part: str) -> bool:
    name = part.partition("=")[0].lower()
    return name in TRACKING or name.startswith("utm_")
