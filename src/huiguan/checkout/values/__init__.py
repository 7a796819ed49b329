"""What crosses the border of the till. Money in fen; `as_answer` says it in yuan for programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from huiguan.checkout.values.packages import (
    AllowanceLeft,
    PackageOffer,
    PackageStep,
    PackageView,
    SwapOffer,
    UsedPackage,
)
from huiguan.checkout.values.tills import (
    INVOICE_KINDS,
    INVOICE_STATES,
    AllowanceView,
    DayView,
    InvoiceView,
    Receipt,
    ReceiptLine,
    SettledSale,
    SettledUnder,
    ShiftView,
)
from huiguan.checkout.values.wallets import (
    CustodyView,
    OutstandingView,
    TopUpRefundView,
    TopUpView,
    WalletView,
)
from huiguan.kernel.records import record
from huiguan.kernel.text import Text
from huiguan.rules.effects import Reason
from huiguan.rules.wallet import WALLET

__all__ = [
    "INVOICE_KINDS",
    "INVOICE_STATES",
    "MEANS",
    "SALE_MEANS",
    "SIMULATE",
    "AllowanceLeft",
    "AllowanceView",
    "Cells",
    "CustodyView",
    "DayView",
    "HandedOver",
    "Happened",
    "InvoiceView",
    "MemberStory",
    "Mover",
    "OutstandingView",
    "PackageOffer",
    "PackageStep",
    "PackageView",
    "ProductView",
    "Receipt",
    "ReceiptLine",
    "RedemptionView",
    "Registered",
    "ReturnView",
    "SaleView",
    "SettledSale",
    "SettledUnder",
    "ShiftView",
    "SimulatedRefusal",
    "SimulationView",
    "StorySide",
    "SwapOffer",
    "TopUpRefundView",
    "TopUpView",
    "UsedPackage",
    "WalletView",
]

# Recorded means of payment, as people call them.
MEANS: dict[str, Text] = {
    "wechat": Text(zh="微信", en="WeChat"),
    "alipay": Text(zh="支付宝", en="Alipay"),
    "card": Text(zh="刷卡", en="Card"),
    "cash": Text(zh="现金", en="Cash"),
}
# What a sale may be paid by: money, and the member's stored value, which is in no drawer.
SALE_MEANS: dict[str, Text] = {**MEANS, WALLET: Text(zh="储值", en="Stored value")}


@record
class SaleView:
    """A sale as it was committed, or as it would be (`id` empty: a quote).

    `document` keys: lines, steps, tenders, earned, used, rights, tier, balance, reasons, shown, by_member, opening,
    lots (opened), uses, wallet (principal, bonus paid by stored value and principal_left, bonus_left; null without any).
    All amounts are fen or whole units.
    """

    id: str
    number: str
    member: str | None
    shop: str
    clerk: str
    at: datetime
    version: int
    price_total: int
    paid: int
    document: dict[str, Any]
    replayed: bool = False

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return tuple(Reason(*row) for row in self.document["reasons"])


@dataclass(frozen=True, slots=True)
class ReturnView:
    """A return, made or previewed (`id` empty).

    `refund` is what the customer gets (after `claim`); `taken_back` and `given_back` per unit; `shortfall` what is
    still to be settled: {unit, units, worth, ways}. `kept` quantities per line, `left_paid` what the kept part costs.
    `wallet`: what of `refund` goes back to stored value (principal, bonus) and what is then left (principal_left,
    bonus_left); None where it paid nothing.
    """

    id: str
    sale: str
    kind: str
    at: datetime
    refund: int
    claim: int
    kept: tuple[int, ...]
    left_paid: int
    taken_back: dict[str, int] = field(default_factory=dict)
    given_back: dict[str, int] = field(default_factory=dict)
    forgiven: dict[str, int] = field(default_factory=dict)
    shortfall: dict[str, Any] | None = None
    tier: dict[str, Any] | None = None
    reasons: tuple[tuple[str, str, bool, dict[str, Any]], ...] = ()
    balance: dict[str, int] = field(default_factory=dict)
    wallet: dict[str, int] | None = None


@dataclass(frozen=True, slots=True)
class RedemptionView:
    """Units turned into a gift, or into the coupon with the code `coupon`."""

    id: str
    member: str
    unit: str
    units: int
    gift: str
    at: datetime
    balance: dict[str, int]
    returned_at: datetime | None = None
    coupon: str | None = None


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A gift handed over by `clause`; `code` is the right on record."""

    member: str
    gift: str
    clause: str
    at: datetime
    code: str
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class ProductView:
    sku: str
    name: str
    category: str
    list_price: int | None
    price: int | None
    promotion: str | None = None
    cost: int | None = None


@dataclass(frozen=True, slots=True)
class Registered:
    """How many rows a catalogue write put in place."""

    written: int


SIMULATE = "checkout.simulate"  # the errand of a simulation: given {"simulation": its number}
Cells = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class SimulationView:
    """A simulation and how far it is. `kind`: version, draft, file; `state`: waiting, working, done, stopped, failed.

    `since` and `until` local days, both included; `sales` recorded in them, `done` those judged. `real` and `draft`:
    sums by cell (`all`, `shop:…`, `tier:…`, `month:…`); money in fen, units whole. `worth`: fen one unit stands for,
    (unit, by the version in force, by the rulebook tried).
    """

    number: int
    kind: str
    of: int | None
    title: str
    digest: str
    since: date
    until: date
    as_written: datetime
    asked_at: datetime
    by: str
    state: str
    sales: int
    done: int
    members: int = 0
    movers: int = 0
    refusals: int = 0
    real: Cells = field(default_factory=dict)
    draft: Cells = field(default_factory=dict)
    worth: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    seconds: int | None = None

    @property
    def ended(self) -> bool:
        return self.state in ("done", "stopped", "failed")


@dataclass(frozen=True, slots=True)
class Mover:
    """A member for whom something differs. `size` in fen; `kept`, `units`: how much more she pays and holds; `real` and
    `draft` her sums; `why`: the first happening that differs, with the reasons only one side has."""

    membership: int
    member: str
    name: str
    size: int
    kept: int
    units: int
    tier_real: str
    tier_draft: str
    real: Mapping[str, int]
    draft: Mapping[str, int]
    changed: int
    why: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SimulatedRefusal:
    """What the rulebook tried refuses as it was asked for. `made`: it takes place without what was refused. `amount`: fen
    of a sale, units of a redemption."""

    membership: int
    member: str
    name: str
    reference: str
    what: str
    code: str
    clause: str
    told: Mapping[str, str]
    made: bool
    at: datetime
    amount: int


@dataclass(frozen=True, slots=True)
class StorySide:
    """One side of a happening: its amounts, the tiers around it, and why (reasons as the till tells them)."""

    amounts: Mapping[str, int]
    tier: str
    after: str
    made: bool
    reasons: tuple[Mapping[str, Any], ...] = ()
    refused: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """A happening of a member's months with both decisions. `what`: sale, signature, return, redemption, gift_return, other."""

    what: str
    reference: str
    at: datetime
    real: StorySide
    draft: StorySide
    differs: bool


@dataclass(frozen=True, slots=True)
class MemberStory:
    """Both stories of one member, in the order things were written."""

    mover: Mover
    happened: tuple[Happened, ...]
