"""Where a model must not be: the addresses at which a cloud hands out the machine's own keys.

A charter that came from elsewhere, or a name whose owner changes his mind, could point there, and what is
answered would reach the client (server-side request forgery; OWASP API Security Top 10, 2023, API7). The
addresses that are checked are the ones that are connected to: nothing is looked up in between.
"""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

_NAMES = frozenset({"metadata", "metadata.google.internal", "metadata.goog", "instance-data"})
_NETWORKS = tuple(
    ip_network(each)
    for each in (
        "169.254.0.0/16",  # link-local (RFC 3927): AWS, Azure, Google Cloud, Oracle, and AWS's containers
        "fe80::/10",  # link-local (RFC 4291)
        "fd00:ec2::/32",  # AWS over IPv6
        "fd20:ce::/32",  # Google Cloud over IPv6
        "100.100.100.200/32",  # Alibaba Cloud
        "192.0.0.192/32",  # Oracle Cloud, of old
        "168.63.129.16/32",  # Azure's host
    )
)
_NAT64 = ip_network("64:ff9b::/96")


class MetadataAddressError(OSError):
    """A name that leads to a metadata service."""


def is_metadata(host: str) -> bool:
    """Whether a host's name or address is one of a metadata service, however the address is written."""
    name = host.rstrip(".").lower()
    if name in _NAMES:
        return True
    try:
        return _is_refused(ip_address(name.partition("%")[0].strip("[]")))
    except ValueError:
        return _is_refused_number(name)


def _is_refused_number(name: str) -> bool:
    """`2852039166`, `0xa9fea9fe`, `169.254.43518`: what the system reads as an address too."""
    if not name[:1].isdigit():
        return False
    try:
        return _is_refused(IPv4Address(socket.inet_aton(name)))
    except OSError:
        return False


def _is_refused(address: IPv4Address | IPv6Address) -> bool:
    inner = _inner(address)
    return any(inner in network for network in _NETWORKS if network.version == inner.version)


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 one stands for (RFC 4291, 3056, 6052), or itself."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64 or (int(address) >> 32 == 0 and int(address) > 1):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


class CheckedResolver(AbstractResolver):
    """Looks names up, and gives out no address of a metadata service: one is enough to refuse the name."""

    def __init__(self, inner: AbstractResolver | None = None) -> None:
        self._inner = inner or ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses; raises MetadataAddressError."""
        found = await self._inner.resolve(host, port, family)
        if is_metadata(host) or any(is_metadata(each["host"]) for each in found):
            raise MetadataAddressError("the name leads to a metadata service")
        return found

    async def close(self) -> None:
        await self._inner.close()
