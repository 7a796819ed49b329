"""This machine as the phones and tills beside it see it."""

from __future__ import annotations

import io
import socket
from collections.abc import Sequence
from contextlib import suppress
from urllib.parse import urlsplit

import segno

from huiguan.cli.serving.certificates import Certificate
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

# Private networks, and one of the rest of the world: asking which way leads there sends nothing.
_WHEREVER = ("192.168.255.255", "10.255.255.255", "172.31.255.255", "192.0.2.1")


class NoNetwork(Refusal):
    text = Text(
        zh="本机不在任何网络上，别的设备打不开它。请接上网络，或去掉 --lan。",
        en="This machine is on no network, so no other device can reach it. Connect it, or leave --lan out.",
    )


def own_addresses() -> tuple[str, ...]:
    """The addresses under which this machine is known on its networks, the likeliest first. Refuses NoNetwork."""
    found: list[str] = []
    for place in _WHEREVER:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as tried, suppress(OSError):
            tried.connect((place, 9))
            address = str(tried.getsockname()[0])
            if not address.startswith("127."):
                found.append(address)
    if not found:
        raise NoNetwork()
    return tuple(dict.fromkeys(found))


def names_beside(certificate: Certificate | None, hosts: Sequence[str]) -> tuple[str, ...]:
    """What the devices beside this machine type: the certificate's name where it has one, else the addresses."""
    name = certificate.own_name if certificate and hosts else None
    return (name,) if name else tuple(hosts)


def seen_at(address: str, host: str) -> str:
    """An address of this installation under another host: scheme and port stay."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{host}:{parts.port}/"


def code_for(address: str) -> str:
    """The address as a QR code of block characters, for a phone held before the screen."""
    drawn = io.StringIO()
    segno.make(address, error="m").terminal(out=drawn, compact=True, border=2)
    return drawn.getvalue()
