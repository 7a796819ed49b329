"""Networks as a setting names them."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from contextlib import suppress

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def networks_of(words: Sequence[str]) -> tuple[Network, ...]:
    """ "192.168.1.0/24", "fd00::/8" as networks. ValueError for anything else."""
    return tuple(ipaddress.ip_network(word) for word in words)


def caller_of(address: str) -> str:
    """Under what a caller is counted: the address itself, of IPv6 its /64, within which one caller may take any address
    there is. What is no address stays as it is."""
    with suppress(ValueError):
        found = ipaddress.ip_address(address)
        if isinstance(found, ipaddress.IPv6Address):
            return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))
    return address
