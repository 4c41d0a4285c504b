"""Addresses of pages: one form for all the ways in which the same page is written."""

import re
from functools import lru_cache
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

_PLAIN_HOST = re.compile(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)*)(?=[/?#]|\Z)", re.ASCII)
"""The beginning of an address whose host is as it stands."""

_VIEWS = re.compile(r"\A(?:www|m|mobile|amp)\.|\.ampproject\.|/amp(?:[/.]|\Z)|\.amp(?:\.html?)?/?\Z|/print/?\Z")
"""What may stand in the address of another view of a page: for phones, for AMP, for printers."""

_HOST_OF_VIEWS = re.compile(r"\A(?:(?:www|m|mobile|amp)\.)+(?=[^./]+\.)")
_AMP_CACHE = re.compile(r"\A(?:[^/]+\.cdn\.ampproject\.org/[acvw]|google\.[a-z.]+/amp)/(?:s/)?(?=[^/]+\.)")
_AMP_FIRST = re.compile(r"\A([^/]+)/amp/(?=.)")
_VIEW_LAST = re.compile(r"(?<=.)(?:/amp|/print|\.amp)\Z|\.amp(?=\.html?\Z)")
_VIEW_PARAMETERS = frozenset({"amp", "_amp", "noamp", "print", "printable"})
_VIEW_QUERIES = frozenset({
    "format=print", "m=0", "m=1", "output=amp", "output=print", "outputtype=amp", "view=mobile", "view=print",
})  # fmt: skip
"""`m` is Blogger's; the others are what AMP's and print plug-ins hang on."""

_KEPT = 1 << 15
"""Keys that are kept: storing 10,000 articles asks seven times for each of 20,000 addresses and guids."""

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
    plain = _PLAIN.fullmatch(url)
    if plain and "/" in plain[1]:
        return url
    parts = _split(url)
    if parts is None:
        return ""
    name = f"[{parts.host}]" if ":" in parts.host else parts.host
    port = "" if parts.port in {None, _PORTS[parts.scheme]} else f":{parts.port}"
    path = re.sub(r"/index\.html?$", "/", _escaped(parts.path)) or "/"
    query = "&".join(part for part in _escaped(parts.query).split("&") if part and not _tracks(part))
    return f"{parts.scheme}://{name}{port}{path}" + (f"?{query}" if query else "")


@lru_cache(_KEPT)
def page_key(url: str) -> str:
    """Return what the addresses of one page have in common: no scheme, no closing slash, no `www`, no other view.

    Other views are those for phones (`m.`), for AMP (`amp.`, `/amp`, `.amp.html`, `?amp=1`, a cache's) and for
    printers. What is left is a name, not an address: some servers answer only to the full one.
    """
    plain = _PLAIN.fullmatch(url)
    rest = plain[1] if plain else canonical_url(url).partition("://")[2]
    if plain and not _VIEWS.search(rest):
        return rest.rstrip("/")
    page, _, query = rest.partition("?")
    kept = "&".join(part for part in query.split("&") if part and not _is_view(part))
    return _one_view(page.rstrip("/")) + (f"?{kept}" if kept else "")


def is_front_page(url: str) -> bool:
    """Tell whether an address is that of a whole site: no page's own."""
    key = page_key(url)
    return bool(key) and not {"/", "?"} & set(key)


def host(url: str) -> str:
    """Return the host of a web address in lower case, without its port; "" where there is none."""
    plain = _PLAIN_HOST.match(url)
    if plain:
        return plain[1]
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


def _is_view(part: str) -> bool:
    lower = part.lower()
    return lower in _VIEW_QUERIES or lower.partition("=")[0] in _VIEW_PARAMETERS


def _one_view(page: str) -> str:
    """Return a page without what tells its views apart."""
    named = _AMP_CACHE.sub("", _HOST_OF_VIEWS.sub("", page))
    return _VIEW_LAST.sub("", _AMP_FIRST.sub(r"\1/", _HOST_OF_VIEWS.sub("", named)))
