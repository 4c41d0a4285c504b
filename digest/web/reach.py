"""Which addresses may be asked: those of the Internet, and of inner ones those that the newsroom names.

A story's picture or link may lead anywhere: to a service of this machine, to a printer, to a cloud's metadata
(169.254.169.254), which would all take the question for a friend's.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

Place = tuple[str, int | None]
"""A host's name, in lower case and with the letters of ASCII alone, and a port (None: every one)."""

_GIVEN_OUT = IPv6Network("2000::/3")
"""All of IPv6 that is given out for the Internet; the rest is local, multicast or kept back (IANA's registry)."""
_NAT64 = IPv6Network("64:ff9b::/96")
"""RFC 6052: the last four bytes are an IPv4 address."""


class InnerAddressError(Exception):
    """A host stands at addresses that are not asked; `str()` says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """`named` are the places that may stand at any address: those that the newsroom's own configuration names."""

    named: Collection[Place] = frozenset()

    def of(self, host: str, port: int, found: Sequence[str]) -> tuple[str, ...]:
        """Return those of a host's addresses (`found`, IPv4 or IPv6) that may be asked, in their order.

        Raises:
            InnerAddressError: there is none.

        """
        name = host.lower().rstrip(".")
        if (name, port) in self.named or (name, None) in self.named:
            return tuple(found)
        public = tuple(address for address in found if is_public(address))
        if found and not public:
            told = host if name in found else f"{host}, which is {', '.join(found)},"
            raise InnerAddressError(f"not asked: {told} is not on the Internet, and digest.toml does not name it")
        return public


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the Internet's; one that stands for an IPv4 address is judged by that."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        inner = _inner(ip)
        if inner is None:
            return ip in _GIVEN_OUT and ip.is_global
        ip = inner
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _inner(ip: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 address stands for: mapped, 6to4 or NAT64."""
    return ip.ipv4_mapped or ip.sixtofour or (IPv4Address(ip.packed[-4:]) if ip in _NAT64 else None)
