"""Where a message may go: an address is looked up once, checked, and the checked address is what is connected to.

Names are resolved by us and the connection made to what was checked, so a name that answers differently the next moment
(rebinding) leads nowhere. Private, loopback, link-local and reserved addresses are refused unless a setting names their
network; a public address takes https.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from huiguan.foundation.outward.values import NO_NAME, NOT_ALLOWED, NOT_TLS, TROUBLES
from huiguan.kernel.networks import Network
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]

_NOT_A_URL = Text(zh="须为完整的 https:// 地址", en="it must be a whole https:// address")
_USER = Text(zh="地址里不能写用户名或密码", en="it may hold no user name or password")
_FRAGMENT = Text(zh="地址里不能有 # 片段", en="it may hold no # fragment")
_PORT = Text(zh="端口不对", en="the port is wrong")
# Ways to write a private IPv4 address inside an IPv6 one.
_EMBEDDED = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))


class Unreachable(Exception):
    """`trouble`: a word of TROUBLES."""

    def __init__(self, trouble: str) -> None:
        self.trouble = trouble
        super().__init__(trouble)


@dataclass(frozen=True, slots=True)
class Target:
    """A checked place to connect to: `address` of `host`, and what to ask for there."""

    tls: bool
    host: str
    port: int
    address: str
    path: str


def resolved(host: str, port: int) -> Sequence[str]:
    """The addresses of a name, as the machine looks names up."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def demand_url(url: str, networks: Sequence[Network], refusal: type[Refusal]) -> None:
    """Raise `refusal` (which says `why`) for what can never be told anything: no URL, no https where that is needed, an
    address written out that is not allowed. Names are looked up when something is sent."""
    try:
        parts = _parts(url)
    except _Odd as odd:
        raise refusal(field="url", why=odd.why) from None
    literal = _literal(parts.hostname or "")
    if literal is not None and not allowed(literal, networks):
        raise refusal(field="url", why=TROUBLES[NOT_ALLOWED])
    if parts.scheme == "http" and not networks:
        raise refusal(field="url", why=TROUBLES[NOT_TLS])


class _Odd(ValueError):
    """What is no address; `why` in both languages."""

    def __init__(self, why: Text) -> None:
        self.why = why
        super().__init__(why.en)


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _Odd(_PORT) from None
    plain = url.isascii() and url.isprintable() and not any(each in url for each in ' \\"<>')
    if not plain or parts.scheme not in ("http", "https") or not parts.hostname:
        raise _Odd(_NOT_A_URL)
    if parts.username is not None or parts.password is not None:
        raise _Odd(_USER)
    if parts.fragment or "#" in url:
        raise _Odd(_FRAGMENT)
    if port == 0:
        raise _Odd(_PORT)
    return parts


def target_of(url: str, networks: Sequence[Network], resolve: Resolve = resolved) -> Target:
    """Where to connect to for `url`, looked up once. Unreachable where its name has no address, or any that is not
    allowed: a name that answers with both is up to nothing good."""
    parts = _parts(url)
    host, tls = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if tls else 80)
    try:
        found = [ipaddress.ip_address(each.partition("%")[0]) for each in resolve(host, port)]
    except (OSError, UnicodeError, ValueError):
        found = []
    if not found:
        raise Unreachable(NO_NAME)
    if not all(allowed(each, networks) for each in found):
        raise Unreachable(NOT_ALLOWED)
    if not tls and not all(_named(each, networks) for each in found):
        raise Unreachable(NOT_TLS)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(tls, host, port, str(found[0]), path)


def allowed(address: Address, networks: Sequence[Network]) -> bool:
    """Whether a message may go there: a public address, or one in a network that was named."""
    meant = _meant(address)
    public = meant.is_global and not meant.is_multicast and not meant.is_reserved
    return public or _named(address, networks)


def _named(address: Address, networks: Sequence[Network]) -> bool:
    return any(_meant(address) in network for network in networks if network.version == _meant(address).version)


def _meant(address: Address) -> Address:
    """The IPv4 address an IPv6 one stands for, where it does."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address.sixtofour is not None:
            return address.sixtofour
        if any(address in network for network in _EMBEDDED):
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _literal(host: str) -> Address | None:
    """An address written out, also in the short forms resolvers take (127.1, 0x7f000001)."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        return None
