"""What happened at the till. Sales and returns are their own records; of a redemption, which a return marks, the event
carries what was true then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from huiguan.kernel.events import Event, Told
from huiguan.kernel.text import Text

# Whoever may read a sale hears of it.
READERS = ("sell", "return", "void", "read_members", "audit")


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleCommitted(Event):
    """A sale; `reference` is its id."""

    text: ClassVar[Text] = Text(zh="成交一单", en="A sale was made")
    readers: ClassVar[tuple[str, ...]] = READERS


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleSigned(Told):
    """The record of a sale was signed after it: by whom so far (member, guide); `complete` with the last signature, from
    which on it counts. `reference` is the sale's id."""

    text: ClassVar[Text] = Text(zh="补签购物记录", en="The record of a sale was signed")
    readers: ClassVar[tuple[str, ...]] = READERS

    signed: str
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleReturned(Event):
    """Goods of a sale came back; `reference` is the return's id ("382-17.1"), `shop` where the sale was made."""

    text: ClassVar[Text] = Text(zh="退货", en="Goods came back")
    readers: ClassVar[tuple[str, ...]] = READERS


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleVoided(Event):
    """A sale was undone on its day; `reference` as of a return."""

    text: ClassVar[Text] = Text(zh="作废一单", en="A sale was voided")
    readers: ClassVar[tuple[str, ...]] = READERS


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsRedeemed(Told):
    """Units became a gift, or the coupon with the code `coupon`; `reference` is the redemption's id."""

    text: ClassVar[Text] = Text(zh="积分兑换", en="Points were redeemed")
    readers: ClassVar[tuple[str, ...]] = READERS

    unit: str
    units: int
    gift: str
    coupon: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftReturned(Told):
    """A redeemed gift came back, and its units with it; `reference` is the redemption's id."""

    text: ClassVar[Text] = Text(zh="礼品退回", en="A gift came back")
    readers: ClassVar[tuple[str, ...]] = READERS

    unit: str
    units: int
    gift: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftClaimed(Told):
    """The gift of a member's day was handed over; `reference` is the code of the right on record."""

    text: ClassVar[Text] = Text(zh="领取礼品", en="A gift was handed over")
    readers: ClassVar[tuple[str, ...]] = READERS

    gift: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueStored(Told):
    """Value was stored for a member: `paid` and `bonus` fen; `reference` is the top-up's id."""

    text: ClassVar[Text] = Text(zh="储值充值", en="Value was stored")
    readers: ClassVar[tuple[str, ...]] = READERS

    paid: int
    bonus: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRefunded(Told):
    """A top-up was refunded: `refund` fen to the member, `bonus_back` taken; `reference` is the refund's id
    ("382-5.1")."""

    text: ClassVar[Text] = Text(zh="储值退款", en="Stored value was refunded")
    readers: ClassVar[tuple[str, ...]] = READERS

    refund: int
    bonus_back: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepaidBoundsPassed(Told):
    """What members have stored was out of the law's bounds when `day` ended: `outstanding` fen, `findings` what was
    found (ceiling, custody, figure_missing)."""

    text: ClassVar[Text] = Text(zh="储值越限", en="Stored value is out of bounds")
    readers: ClassVar[tuple[str, ...]] = ("audit",)

    day: date
    outstanding: int
    findings: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceAsked(Told):
    """An invoice was asked for on a sale; `reference` is its id. `amount` fen; `number` of the invoice once issued, then
    of the red one. The buyer's other fields are asked for by whoever issues."""

    text: ClassVar[Text] = Text(zh="申请开票", en="An invoice was asked for")
    readers: ClassVar[tuple[str, ...]] = ("invoice", "audit")

    sale: str
    kind: str
    title: str
    amount: int
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceWithdrawn(InvoiceAsked):
    """A request for an invoice was taken back."""

    text: ClassVar[Text] = Text(zh="撤回开票申请", en="A request for an invoice was withdrawn")


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceIssued(InvoiceAsked):
    """An invoice was issued."""

    text: ClassVar[Text] = Text(zh="已开票", en="An invoice was issued")


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceReversed(InvoiceAsked):
    """A red invoice reversed an issued one."""

    text: ClassVar[Text] = Text(zh="发票红冲", en="An invoice was reversed")


@dataclass(frozen=True, slots=True, kw_only=True)
class DayClosed(Told):
    """A shop's day was closed, its `number`th close; `reference` is "shop/number", by which its figures are asked for."""

    text: ClassVar[Text] = Text(zh="日结", en="A day was closed")
    readers: ClassVar[tuple[str, ...]] = ("close_day", "audit")

    day: date
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftOpened(Told):
    """A shift began at a till with `opening` fen in the drawer; `reference` is its id."""

    text: ClassVar[Text] = Text(zh="开班", en="A shift began")
    readers: ClassVar[tuple[str, ...]] = ("close_day", "audit")

    till: str
    clerk: str
    opening: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftHandedOver(Told):
    """A shift was counted and closed; `difference` fen over all means, more counted than expected being positive."""

    text: ClassVar[Text] = Text(zh="交班", en="A shift was handed over")
    readers: ClassVar[tuple[str, ...]] = ("close_day", "audit")

    till: str
    clerk: str
    difference: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowanceGranted(Told):
    """Units of a member were set aside for a till that may be offline; `reference` is the allowance's id."""

    text: ClassVar[Text] = Text(zh="离线额度给出", en="An allowance was granted")
    readers: ClassVar[tuple[str, ...]] = READERS

    till: str
    unit: str
    units: int
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowanceClosed(Told):
    """An allowance was closed: `used` of its units were settled, the others went back."""

    text: ClassVar[Text] = Text(zh="离线额度结清", en="An allowance was closed")
    readers: ClassVar[tuple[str, ...]] = READERS

    till: str
    unit: str
    units: int
    used: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationFinished(Told):
    """A simulation came to its end: `outcome` is done, stopped or failed; `reference` is its number, `sales` how many it
    was to judge."""

    text: ClassVar[Text] = Text(zh="试算结束", en="A simulation ended")
    readers: ClassVar[tuple[str, ...]] = ("write_rulebook", "approve_rulebook", "publish", "audit")

    title: str
    outcome: str
    sales: int


OF_INVOICES: dict[str, type[InvoiceAsked]] = {
    "asked": InvoiceAsked,
    "withdrawn": InvoiceWithdrawn,
    "issued": InvoiceIssued,
    "red": InvoiceReversed,
}
