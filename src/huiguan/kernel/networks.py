"""Networks as a setting names them."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def networks_of(words: Sequence[str]) -> tuple[Network, ...]:
    """ "192.168.1.0/24", "fd00::/8" as networks. ValueError for anything else."""
    return tuple(ipaddress.ip_network(word) for word in words)
