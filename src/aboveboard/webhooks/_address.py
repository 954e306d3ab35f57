"""Where a name leads: never to an address inside unless the charter writes that address out."""

import ipaddress
import socket
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from aboveboard.webhooks._errors import ForbiddenAddressError, UndeliveredError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[..., Sequence[Any]]
_PORTS = {"http": 80, "https": 443}
_LOOPBACK = "localhost"
# RFC 6052: an address of IPv6 that a gateway turns into the one of IPv4 in its last 32 bits.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def resolved(url: str, resolve: Resolve = socket.getaddrinfo) -> tuple[str, int]:
    """The address and port to connect to, looked up once: what was checked is what is spoken to.

    Raises ForbiddenAddressError for a name that leads inside, UndeliveredError for one that leads nowhere.
    """
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    try:
        found = [str(each[4][0]) for each in resolve(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise UndeliveredError("the name of the receiver leads nowhere", where=host) from error
    if not found:
        raise UndeliveredError("the name of the receiver leads nowhere", where=host)
    if not _is_written_out(host) and not all(map(_is_outside, found)):
        raise ForbiddenAddressError(
            "the name of the receiver leads to an address inside",
            where=host,
            cure="write the address itself into the charter, if it is meant",
        )
    return found[0], port


def _is_written_out(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host == _LOOPBACK
    return True


def _is_outside(text: str) -> bool:
    address = _meant(ipaddress.ip_address(text.partition("%")[0]))
    return address.is_global and not address.is_multicast


def _meant(address: Address) -> Address:
    """The address of IPv4 that lies in one of IPv6, if one does."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address
