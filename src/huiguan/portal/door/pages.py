"""What the pages at the door are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huiguan.design.values import Refused, Words


@dataclass(frozen=True, slots=True)
class TryMember:
    """A member of the demonstration, whose phone anybody may use."""

    phone: str
    name: str


@dataclass(frozen=True, slots=True)
class PhonePage:
    """The first step: a phone. `join`: she came by the shop's code; `shop` that shop's, named `shop_name`; `gives` what
    membership brings, in the rulebook's own words; `applies`: there is something to apply for."""

    phone: str = ""
    join: bool = False
    shop: str = ""
    shop_name: Words = ""
    refused: Refused | None = None
    gives: Sequence[tuple[str, Words, Words]] = ()
    tries: Sequence[TryMember] = ()
    applies: bool = False


@dataclass(frozen=True, slots=True)
class CodePage:
    """The second step: the six digits. `masked` the phone as it may be shown; `resend` in how many seconds another may
    be asked for; `digits` the code itself, in a demonstration only."""

    phone: str
    masked: str
    join: bool = False
    shop: str = ""
    resend: int = 60
    digits: str = ""
    refused: Refused | None = None
