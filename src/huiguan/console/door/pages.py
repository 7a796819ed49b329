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
class SignInPage:
    """`username`: as typed, kept after a wrong password; `refused`: wrong, or too many tries and how long to wait;
    `next`: where to go then; `accounts`: the demo's, none elsewhere."""

    username: str = ""
    refused: Refused | None = None
    next: str = "/"
    accounts: Sequence[TryAccount] = ()


@dataclass(frozen=True, slots=True)
class ShopChoice:
    """A shop one may stand in; `here`: the one she stands in now."""

    code: str
    name: Words
    here: bool = False
