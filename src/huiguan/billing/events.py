"""What happened to payments, and to what members owe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from huiguan.kernel.events import Told
from huiguan.kernel.text import Text

READERS = ("read_members", "audit")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentPaid(Told):
    """A payment's whole `amount` (fen) came, by `means`, for `purpose` and its `subject`; `reference` is its number."""

    text: ClassVar[Text] = Text(zh="收到付款", en="A payment was paid")
    readers: ClassVar[tuple[str, ...]] = READERS

    amount: int
    means: str
    purpose: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRefunded(PaymentPaid):
    """A refund of `amount` fen went back the way it came."""

    text: ClassVar[Text] = Text(zh="退款完成", en="A payment was refunded")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeRaised(Told):
    """A member owes `amount` fen of `fee`, until the end of the local day `due`; `reference` is the charge."""

    text: ClassVar[Text] = Text(zh="开出应收", en="A fee was charged")
    readers: ClassVar[tuple[str, ...]] = READERS

    fee: str
    amount: int
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargePaid(Told):
    """Nothing of a charge's own `amount` is open any more; `covers_until`: the last local day it pays for."""

    text: ClassVar[Text] = Text(zh="应收交清", en="A fee was paid")
    readers: ClassVar[tuple[str, ...]] = READERS

    fee: str
    amount: int
    covers_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeEnded(Told):
    """A charge was taken back (`cancelled`), written off (`waived`) or given back (`returned`), `amount` fen of it."""

    text: ClassVar[Text] = Text(zh="应收撤销、核销或退费", en="A fee was taken back, written off or refunded")
    readers: ClassVar[tuple[str, ...]] = READERS

    fee: str
    how: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyReceived(Told):
    """`amount` fen came from a member by `means`; `reference` is the receipt's number, `over` what stayed on account."""

    text: ClassVar[Text] = Text(zh="收到会员款项", en="Money came from a member")
    readers: ClassVar[tuple[str, ...]] = READERS

    amount: int
    means: str
    over: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyGone(Told):
    """`amount` fen went out to a member, or a receipt was taken back (`undoes`)."""

    text: ClassVar[Text] = Text(zh="付出会员款项", en="Money went to a member")
    readers: ClassVar[tuple[str, ...]] = READERS

    amount: int
    means: str
    undoes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DuesReminded(Told):
    """A member is reminded of a charge, `days` after it was due (before: negative): `owed` fen are open."""

    text: ClassVar[Text] = Text(zh="缴费提醒", en="A member is reminded of a fee")
    readers: ClassVar[tuple[str, ...]] = READERS

    fee: str
    owed: int
    due: date
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrearsBegan(Told):
    """A charge stayed unpaid so long that its clause says what follows: `then` note or suspend."""

    text: ClassVar[Text] = Text(zh="欠费后果", en="Being late has its consequence")
    readers: ClassVar[tuple[str, ...]] = READERS

    fee: str
    owed: int
    due: date
    then: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositCalled(Told):
    """A member's deposit is `short` fen, to be made up by the end of the local day `due`; `reference` is the deposit."""

    text: ClassVar[Text] = Text(zh="通知补足保证金", en="A deposit is to be made up")
    readers: ClassVar[tuple[str, ...]] = READERS

    short: int
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositMoved(Told):
    """`amount` fen of a deposit were `paid` in, `returned` or `forfeited`; `held` afterwards."""

    text: ClassVar[Text] = Text(zh="保证金变动", en="A deposit moved")
    readers: ClassVar[tuple[str, ...]] = READERS

    how: str
    amount: int
    held: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeDivided(Told):
    """A member gets `amount` fen of an income; `reference` is its share and key."""

    text: ClassVar[Text] = Text(zh="收入分配", en="Income was divided")
    readers: ClassVar[tuple[str, ...]] = READERS

    amount: int
