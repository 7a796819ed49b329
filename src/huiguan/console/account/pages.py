"""What the pages of one's own account are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huiguan.console.staff.pages import SessionRow
from huiguan.design.values import Refused
from huiguan.identity.values import PostHeld, SecondFactors


@dataclass(frozen=True, slots=True)
class AccountPage:
    """`owes`: a post takes a second factor she has not set up; `passkeys_possible`: this address can have passkeys."""

    name: str
    username: str
    posts: Sequence[PostHeld]
    language: str
    factors: SecondFactors
    sessions: Sequence[SessionRow]
    owes: bool
    passkeys_possible: bool
    passkey_name: str = ""
    refused: Refused | None = None
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class AuthenticatorPage:
    """Setting an authenticator up: its QR code as SVG and its secret in groups; neither before it was begun."""

    qr: str = ""
    secret: str = ""
    refused: Refused | None = None
