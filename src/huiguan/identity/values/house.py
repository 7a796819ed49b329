"""Posts and what they may do; places, people and programs as other rooms see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huiguan.kernel.actors import POWERS, Actor
from huiguan.kernel.text import Text

HOUSE, REGION, SHOP = "house", "region", "shop"
PLACES: dict[str, Text] = {
    HOUSE: Text(zh="总部", en="Head office"),
    REGION: Text(zh="大区", en="Region"),
    SHOP: Text(zh="门店", en="Shop"),
}

_CLERK = frozenset({"sell", "return", "enrol", "read_members", "cards", "read_rulebook"})
_SHOP_MANAGER = _CLERK | {
    "void", "close_day", "invoice", "reveal", "edit_members", "correct", "suspend", "bill", "documents", "coupons", "import",
    "approve_rulebook",
    "matters",
}  # fmt: skip
_REGION_MANAGER = _SHOP_MANAGER | {"catalogue", "audit", "write_rulebook", "conduct"}


@dataclass(frozen=True, slots=True)
class Post:
    """A named set of powers, and the kinds of place it may be held at. `rank`: the lower, the wider its powers.

    `second_factor`: who holds it signs in with more than a password. `usual`: one every house begins with.
    """

    name: str
    title: Text
    powers: frozenset[str]
    held_at: frozenset[str]
    rank: int
    second_factor: bool = False
    usual: bool = True


OWNER = "owner"
# The posts every house begins with. The owner's is as it is; a house may change the others and add its own.
POSTS: dict[str, Post] = {
    post.name: post
    for post in (
        Post("owner", Text(zh="店主", en="Owner"), frozenset(POWERS), frozenset({HOUSE}), 0),
        Post(
            "region_manager", Text(zh="大区经理", en="Region manager"), _REGION_MANAGER, frozenset({HOUSE, REGION}), 1
        ),
        Post("shop_manager", Text(zh="店长", en="Shop manager"), _SHOP_MANAGER, frozenset({REGION, SHOP}), 2),
        Post("clerk", Text(zh="店员", en="Clerk"), _CLERK, frozenset({HOUSE, REGION, SHOP}), 3),
        Post(
            "auditor",
            Text(zh="稽核", en="Auditor"),
            frozenset({"read_members", "audit", "read_rulebook"}),
            frozenset({HOUSE, REGION, SHOP}),
            4,
        ),
    )
}

# A program never moves the clock, nor is the second person who looks at a rulebook; it organises only where that is asked
# for by name.
CLIENT_POWERS = frozenset(POWERS) - {"clock", "approve_rulebook"}
USUAL_CLIENT_POWERS = CLIENT_POWERS - {"organise"}

# How a session was opened, and what may be asked for after the password.
PASSWORD, CODE, RECOVERY, PASSKEY = "password", "code", "recovery", "passkey"
WAYS: dict[str, Text] = {
    PASSWORD: Text(zh="密码", en="Password"),
    CODE: Text(zh="密码与验证码", en="Password and code"),
    RECOVERY: Text(zh="密码与备用码", en="Password and recovery code"),
    PASSKEY: Text(zh="通行密钥", en="Passkey"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A node of the organisation. `depth` counts from the house (0); `parent` is a node id."""

    id: int
    kind: str
    code: str
    name: Text
    parent: int | None
    depth: int
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Shop:
    """A shop by the id and the code it goes by everywhere."""

    id: int
    code: str
    name: Text
    closed_at: datetime | None = None
    opened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PostHeld:
    """One person's post at one place. `id` is the holding's key; `until` is None while it has no end."""

    id: int
    post: str
    title: Text
    node: int
    place: Text
    powers: frozenset[str]
    since: datetime
    until: datetime | None
    second_factor: bool = False
    node_code: str = ""
    node_kind: str = ""
    rank: int = 0

    @property
    def at_house(self) -> bool:
        return self.node_kind == HOUSE

    def lives_at(self, at: datetime) -> bool:
        return self.since <= at and (self.until is None or self.until > at)


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    username: str
    name: str
    language: str
    active: bool
    posts: tuple[PostHeld, ...] = ()


@dataclass(frozen=True, slots=True)
class Program:
    """An API client; `tail` is the last four characters of its key, `shops` None for every shop."""

    id: int
    name: str
    tail: str
    powers: tuple[str, ...]
    shops: tuple[int, ...] | None
    rate_per_minute: int
    created_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None = None
    old_key_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class RefusedCall:
    """What a program was refused at an address: how often, and when last (wall time)."""

    code: str
    address: str
    times: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class KnownClient:
    """A caller whose key was recognised: who acts, and how often it may."""

    actor: Actor
    rate_per_minute: int


@dataclass(frozen=True, slots=True)
class FoundedHouse:
    root: int
    owner: int


@dataclass(frozen=True, slots=True)
class NewClient:
    """A client just made. `key` is shown this once; asked again under the same idempotency key it is None."""

    id: int
    name: str
    key: str | None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person known by her password, her passkey or a link. `second`: what is asked for next (CODE, PASSKEY), nothing
    where she is in."""

    staff: int
    programme: int
    name: str
    language: str
    how: str = PASSWORD
    second: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A person as those who organise see her. `posts`: in force and to come, the widest first; `factors`: CODE,
    PASSKEY; `seen_at`: her last request, on wall time."""

    id: int
    username: str
    name: str
    phone: str
    language: str
    active: bool
    has_password: bool
    created_at: datetime
    posts: tuple[PostHeld, ...]
    factors: tuple[str, ...]
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link that sets a password once: `token` is shown this once, `ends_at` on wall time."""

    username: str
    token: str
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A person signed in at a device, on wall time. `token` only in the answer that opened it."""

    id: int
    staff: int
    username: str
    name: str
    how: str
    address: str
    device: str
    began_at: datetime
    seen_at: datetime
    proved_at: datetime
    ends_at: datetime
    token: str = ""


@dataclass(frozen=True, slots=True)
class NewTotp:
    """The secret for a person's authenticator, base32, and the address a QR code holds; told until it is confirmed."""

    secret: str
    address: str


@dataclass(frozen=True, slots=True)
class RecoveryCodes:
    """Ten codes, each good once, told this once."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownPasskey:
    """A passkey by the name its owner gave it; `site`: the host it opens at."""

    id: int
    name: str
    site: str
    created_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class SecondFactors:
    """What stands beside a person's password. `totp_since` None: no authenticator; `demanded`: a post of hers asks for
    one."""

    totp_since: datetime | None
    recovery_left: int
    passkeys: tuple[KnownPasskey, ...]
    demanded: bool

    @property
    def any(self) -> bool:
        return self.totp_since is not None or bool(self.passkeys)


@dataclass(frozen=True, slots=True)
class Ceremony:
    """Where a passkey is asked for: the `site` (host without port), the `origin` the browser names, and the `challenge`
    it answers."""

    site: str
    origin: str
    challenge: bytes
