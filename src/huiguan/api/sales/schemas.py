"""Sales as programs read them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from huiguan.api.schemas import Answer, ReasonAnswer, Whole, Yuan
from huiguan.checkout.inputs import SaleInput
from huiguan.kernel.inputs import Input


class LineAnswer(Answer):
    """Amounts of the whole line. `off` by what took it off, `paid` what is due for it."""

    line: int
    sku: str
    name: str
    quantity: int
    list: Yuan
    price: Yuan
    off: dict[str, Yuan]
    paid: Yuan


class TenderAnswer(Answer):
    means: str
    amount: Yuan


class TierAnswer(Answer):
    """Where the member stood before the sale and after it."""

    before: str
    after: str


class WalletAnswer(Answer):
    """What stored value paid, and what is then left of it."""

    principal: Yuan
    bonus: Yuan
    principal_left: Yuan
    bonus_left: Yuan


class SaleAnswer(Answer):
    """A sale, or what it would be (a quote: `id` and `number` empty).

    `price` is the sum before anything came off, `paid` what is due; `earned`, `used` and `balance` in whole units;
    `replayed` is true where the key had been answered before. `member` is null for a walk-in, `wallet` where nothing is
    stored; `change` what went back of the cash handed over; `signed` and `unsigned` who has signed its record, and who
    has not yet where that is asked for (member, guide): until then it earns and counts for nothing.
    """

    id: str
    number: str
    member: str | None
    shop: str
    clerk: str
    card: str | None
    at: datetime
    price: Yuan
    paid: Yuan
    off: dict[str, Yuan]
    rates: dict[str, str]
    lines: list[LineAnswer]
    tenders: list[TenderAnswer]
    change: Yuan
    earned: Whole
    expires: dict[str, datetime | None]
    used: Whole
    balance: Whole
    wallet: WalletAnswer | None
    tier: TierAnswer | None
    opening: bool
    signed: list[str]
    unsigned: list[str]
    replayed: bool
    reasons: list[ReasonAnswer]


class SalesPage(Answer):
    """Sales, newest first. `next` is the cursor of the next page, null on the last."""

    items: list[SaleAnswer]
    next: str | None


class KeyedSale(SaleInput):
    """A sale of a batch, under its own key."""

    key: Annotated[str, Field(pattern=r"^[\x21-\x7e]{1,120}$")]


class SalesBatch(Input):
    """Up to a thousand sales, each with its own key and its own answer."""

    sales: Annotated[list[KeyedSale], Field(min_length=1, max_length=1000)]


class BatchItem(Answer):
    """The answer to one sale of the batch: `status` 201 with the `sale`, or that of the `problem` that refused it."""

    key: str | None
    status: int
    sale: SaleAnswer | None
    problem: dict[str, Any] | None


class BatchAnswer(Answer):
    """Answers in the order of the sales."""

    answers: list[BatchItem]
