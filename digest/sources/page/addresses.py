"""Which address is a page's own, which others lead to it, and which other site had its article first.

The only door to the list of public suffixes (publicsuffixlist), which tells where one site ends and the next begins.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from digest.sources.markup.body import absolute
from digest.text.urls import canonical_url, host, is_front_page, page_key

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

_BELOW: Final = re.compile(r"/(?:\d{1,2}|page/\d{1,2}|amp|print|mobile|comments|all|full|single-?page)\Z")
"""What may stand behind a page's canonical path: its second part, another view of it, all of its parts at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """A page's addresses: `url` is its own ("" where nobody knows it), `also_at` lead to the same page.

    `by` is "canonical" where the page calls another address its own than the one where it was found, which then stands
    first in `also_at`: identity believes that only where the two agree. `also_in` are the hosts of other sites that a
    page names as where its article belongs: it is a twin there, and no address of ours.
    """

    url: str
    also_at: tuple[str, ...] = ()
    also_in: tuple[str, ...] = ()
    by: str = ""


def addresses(tree: Any, said: Iterable[str], found_at: str, moved_from: Iterable[str] = ()) -> Addresses:  # noqa: ANN401 - lxml has no types
    """Return the addresses of the page at `found_at` ("" for a file), which gives itself those in `said`, best first.

    What it gives itself counts where it is on the same site, and neither the front page nor a section above the page:
    broken themes name those as every page's canonical address.
    """
    here = canonical_url(found_at)
    own = [url for url in map(canonical_url, _absolute(said, found_at)) if _could_be(url, here)]
    url = next(iter(own), here)
    links = _absolute(_links(tree, {"shortlink", "amphtml"}), found_at)
    others = [here, *moved_from, *(url for url in links if _could_be(url, here))]
    also_at = [other for other in map(canonical_url, others) if _is_another(other, url)]
    foreign = [url for url in _absolute(_links(tree, {"canonical"}), found_at) if here and not same_site(url, here)]
    return Addresses(
        url=url,
        also_at=tuple(dict.fromkeys(also_at)),
        also_in=tuple(dict.fromkeys(map(_site, foreign))),
        by="canonical" if here and _is_another(here, url) else "",
    )


def same_site(one: str, other: str) -> bool:
    """Tell whether two addresses are of one site: below one registrable domain, such as example.co.uk."""
    mine, theirs = (page_key(f"https://{host(url)}/") for url in (one, other))
    if mine == theirs or mine.endswith(f".{theirs}") or theirs.endswith(f".{mine}"):
        return True
    domain = _suffixes().privatesuffix(mine)
    return domain is not None and domain == _suffixes().privatesuffix(theirs)


def _could_be(url: str, here: str) -> bool:
    """Tell whether an address can be that of the page found at `here`."""
    return bool(url) and not is_front_page(url) and (not here or (same_site(url, here) and not _is_above(url, here)))


def _is_above(url: str, here: str) -> bool:
    """Tell whether an address is that of a section (`/2024/`, `/news/`) in which a page stands."""
    above, page = page_key(url), page_key(here).partition("?")[0]
    return page.startswith(f"{above}/") and not _BELOW.fullmatch(page.removeprefix(above))


def _is_another(other: str, url: str) -> bool:
    return bool(other) and not is_front_page(other) and page_key(other) != page_key(url)


def _absolute(said: Iterable[str], base: str) -> Iterator[str]:
    return (url for href in said if (url := absolute(href, base)))


def _links(tree: Any, kinds: set[str]) -> list[str]:  # noqa: ANN401 - lxml has no types
    return [link.get("href") or "" for link in tree.iter("link") if (link.get("rel") or "").strip().lower() in kinds]


def _site(url: str) -> str:
    return page_key(f"https://{host(url)}/")


@cache
def _suffixes() -> "PublicSuffixList":
    from publicsuffixlist import PublicSuffixList  # noqa: PLC0415 - heavy: 35 ms, and few pages name another host

    return PublicSuffixList()
