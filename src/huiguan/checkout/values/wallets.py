"""Stored value as it crosses the border of the till. Money in fen."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from huiguan.rules.effects import Reason

OWN_TOP_UP = "top_up"  # the purpose of a payment by which a member tops up herself


@dataclass(frozen=True, slots=True)
class TopUpView:
    """A top-up, made or previewed (`id` empty): `paid` became principal, with `bonus` on top, good until `bonus_until`
    (None: for ever). `wallet` what is then there (principal, bonus); `refunded` of it so far. `warnings` names the rules
    of law that warn; `reasons` tells them too."""

    id: str
    number: str
    member: str
    shop: str
    clerk: str
    at: datetime
    paid: int
    bonus: int
    bonus_until: datetime | None
    tenders: tuple[tuple[str, int], ...]
    version: int
    wallet: dict[str, int] = field(default_factory=dict)
    refunded: int = 0
    warnings: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class TopUpRefundView:
    """A refund of a top-up, made or previewed (`id` empty): `refund` to the member, `deducted` for bonus spent (below
    nought: given back), `fee` kept, `bonus_back` taken. `wallet` what is then there. `payment`: the payment from afar under
    which it goes back, by its provider; then there are no `tenders`."""

    id: str
    top_up: str
    member: str
    at: datetime
    refund: int
    deducted: int
    fee: int
    bonus_back: int
    tenders: tuple[tuple[str, int], ...]
    version: int
    wallet: dict[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    payment: str = ""


@dataclass(frozen=True, slots=True)
class WalletView:
    """What a member has stored at a moment: `principal` and `bonus` that may be spent, `held` set aside, bonus that ends
    next (`bonus_ends`, `bonus_ending`); whether a PIN protects it (none, set, locked)."""

    member: str
    principal: int
    bonus: int
    held: int
    bonus_ends: datetime | None
    bonus_ending: int
    pin: str

    @property
    def total(self) -> int:
        return self.principal + self.bonus


@dataclass(frozen=True, slots=True)
class CustodyView:
    """What a custodian's statement says."""

    day: date
    balance: int
    note: str
    by: str


@dataclass(frozen=True, slots=True)
class OutstandingView:
    """Stored value of all members as it stands: `ceiling` (None: none, or a figure is missing), `in_custody` of `needed`;
    `quarter_end` what was outstanding then. `findings`: what is out of bounds, as reasons of the clause. `nights` the
    days before, newest first: (day, principal, bonus, holders, number of findings)."""

    at: datetime
    principal: int
    bonus: int
    holders: int
    ceiling: int | None
    needed: int
    in_custody: int | None
    quarter_end: int
    findings: tuple[Reason, ...]
    nights: tuple[tuple[date, int, int, int, int], ...]
    statements: tuple[CustodyView, ...]
