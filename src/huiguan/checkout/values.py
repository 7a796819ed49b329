"""What crosses the border of the till. Money in fen; `as_answer` says it in yuan for programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from huiguan.kernel.records import record
from huiguan.kernel.text import Text
from huiguan.rules.effects import Reason

# Recorded means of payment, as people call them.
MEANS: dict[str, Text] = {
    "wechat": Text(zh="微信", en="WeChat"),
    "alipay": Text(zh="支付宝", en="Alipay"),
    "card": Text(zh="刷卡", en="Card"),
    "cash": Text(zh="现金", en="Cash"),
}


@record
class SaleView:
    """A sale as it was committed, or as it would be (`id` empty: a quote).

    `document` keys: lines, steps, tenders, earned, used, rights, tier, balance, reasons, shown, by_member, opening,
    lots (opened), uses. All amounts are fen or whole units.
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


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """A line of a receipt. `piece`, `listed`: the list price of one piece and of the line, `offs` what came off it by
    name, `due` what it came to, all in fen; of a return only name and pieces are told (`piece` None)."""

    name: str
    quantity: int
    piece: int | None = None
    listed: int = 0
    offs: tuple[tuple[Text, int], ...] = ()
    due: int = 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """The slip of a sale, a return or a void, as it was decided then. Money in fen.

    `facts` and `member` are pairs of word and value; `sums` and `tenders` of word and fen, the last of `sums` being
    what was paid or given back; `says` short sentences; `number` the sale's, which `code` repeats for the scanner.
    """

    house: Text
    shop: Text
    title: Text
    number: str
    facts: tuple[tuple[Text, str], ...]
    lines: tuple[ReceiptLine, ...]
    sums: tuple[tuple[Text, int], ...]
    tenders: tuple[tuple[Text, int], ...] = ()
    member: tuple[tuple[Text, Text], ...] = ()
    says: tuple[Text, ...] = ()
    policy: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class ShiftView:
    """A shift; money in fen. `sheet` as handed over, or how it stands now while it is open (`closed_at` None).

    `sheet` keys: sales, paid, returns, voids, refunds, in, out, moves (kind, amount, reason, at, hand), tenders (by means:
    sales, refunds, expected, and counted, difference once handed over), late (sales, paid, tenders: of before the shift),
    reason, overnight.
    """

    id: str
    shop: str
    till: str
    clerk: str
    opened_at: datetime
    opening: int
    closed_at: datetime | None
    closed_by: str
    sheet: dict[str, Any]
    mine: bool = False


@dataclass(frozen=True, slots=True)
class DayView:
    """A shop's day, closed (its `number`th close) or as it stands (`number` 0). Money in fen.

    `document` keys: sales (count, members, pieces, listed, paid, discounts by name, tenders), returns and voids (count,
    refund, tenders), net (by means), clerks, units (by unit: earned, used, taken_back, given_back, redeemed, gifts_back),
    late (of earlier days, one row each), shifts, outside (sales of no shift), note.
    """

    shop: str
    day: date
    number: int
    closed_at: datetime | None
    closed_by: str
    document: dict[str, Any]


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
    """A happening of a member's months with both decisions. `what`: sale, return, redemption, gift_return, other."""

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
