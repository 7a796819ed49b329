"""What the pages at the door are given: sign-in, and the choice of a shop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huiguan.design.values import Refused, Words


@dataclass(frozen=True, slots=True)
class TryAccount:
    """An account of the demo, entered with one press."""

    username: str
    password: str
    name: str
    post: Words
    where: Words = ""


@dataclass(frozen=True, slots=True)
class TryHouse:
    """A house of the demo and the people anybody may come in as; `sort`: a shop, an association."""

    name: Words
    accounts: Sequence[TryAccount]
    sort: Words = ""


@dataclass(frozen=True, slots=True)
class SignInPage:
    """`username`: as typed, kept after a wrong password; `refused`: wrong, or too many tries and how long to wait;
    `next`: where to go then; `houses`: the demo's, none elsewhere; `passkeys`: this address can have them; `told`: what
    was just done."""

    username: str = ""
    refused: Refused | None = None
    next: str = "/"
    houses: Sequence[TryHouse] = ()
    passkeys: bool = False
    told: Words = ""


@dataclass(frozen=True, slots=True)
class SecondPage:
    """The second step: whether an authenticator's code may be typed, one from paper (where she has any left), and whether a
    passkey is asked for."""

    next: str
    code: bool
    paper: bool
    passkey: bool
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class LinkPage:
    """A link that sets a password: whose; `spent`: it opens nothing any more."""

    name: str = ""
    username: str = ""
    refused: Refused | None = None
    spent: bool = False


@dataclass(frozen=True, slots=True)
class ShopChoice:
    """A shop one may stand in; `here`: the one she stands in now."""

    code: str
    name: Words
    here: bool = False
