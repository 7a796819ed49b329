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
    "void",
    "close_day",
    "invoice",
    "reveal",
    "edit_members",
    "correct",
    "suspend",
    "import",
    "approve_rulebook",
}
_REGION_MANAGER = _SHOP_MANAGER | {"catalogue", "audit", "write_rulebook"}


@dataclass(frozen=True, slots=True)
class Post:
    """A named set of powers, and the kinds of place it may be held at. `rank`: the lower, the wider its powers."""

    name: str
    title: Text
    powers: frozenset[str]
    held_at: frozenset[str]
    rank: int


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

# A program never appoints people, moves the clock, nor is the second person who looks at a rulebook.
CLIENT_POWERS = frozenset(POWERS) - {"organise", "clock", "approve_rulebook"}


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
    staff: int
    programme: int
    name: str
    language: str
