"""What comes in about stored value."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from huiguan.checkout.inputs.sales import CounterInput, Means, MemberInput
from huiguan.kernel.inputs import Input, Line, Money, Word


class MoneyTender(Input):
    """How value was paid for. `received`: the cash that was handed over, where there was change."""

    means: Means
    amount: Money
    received: Money | None = None


class TopUpInput(CounterInput):
    """`amount` paid in for a member, by `tenders` that come to it (cash where none is named). `payer`: a person or an
    organisation (`unit`). `clerk` who took it, for a program; `number` the shop's own slip."""

    amount: Annotated[Money, Field(gt=0)]
    tenders: Annotated[list[MoneyTender], Field(max_length=20)] = []
    payer: Literal["person", "unit"] = "person"
    clerk: Annotated[Word, Field(max_length=80)] | None = None
    number: Annotated[Word, Field(max_length=60)] | None = None


class RefundTopUpInput(Input):
    """What is left of a top-up comes back. `means` where it does not go the way it came; `presented` the papers shown."""

    top_up: Word
    means: Means | None = None
    presented: Annotated[list[Literal["card", "id"]], Field(max_length=2)] = []
    shop: Word | None = None
    clerk: Annotated[Word, Field(max_length=80)] | None = None
    reason: Line = ""


class PaymentCodeInput(MemberInput):
    """A code is sent to the member's phone, in this `language`, for a payment from what she has stored."""

    language: Literal["zh", "en"] = "zh"


class PaymentProofInput(MemberInput):
    """The digits as she reads them out."""

    code: Annotated[Word, Field(max_length=40)]


class CustodyInput(Input):
    """What lies with the custodian on `day`: its statement's `balance`."""

    day: Word
    balance: Money
    note: Line = ""
