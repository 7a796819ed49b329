"""What comes in for shifts, closed days, invoices, and tills that were offline."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from huiguan.checkout.inputs.sales import Means, Member, SaleInput
from huiguan.kernel.inputs import Input, Line, Money, Points, Word
from huiguan.kernel.text import Text

_NAMED = Text(zh="会员与门店由离线额度定", en="is of the member and the shop the allowance names")


class OpenShiftInput(Input):
    """A shift at a till of a shop, with the cash put into the drawer. A program names the `clerk` whose sales it sends."""

    shop: Word
    till: Annotated[Word, Field(max_length=20)] = "1"
    opening: Money = 0
    clerk: Annotated[Word, Field(max_length=80)] | None = None


class CashMoveInput(Input):
    """Cash that is put into the drawer (`in`) or taken out (`out`) beside any sale."""

    shift: Word
    kind: Literal["in", "out"]
    amount: Annotated[Money, Field(gt=0)]
    reason: Annotated[Word, Field(max_length=200)]


class Counted(Input):
    means: Means
    amount: Money


class HandOverInput(Input):
    """What was counted of each means of payment, cash with the float. Where it differs from what there should be,
    `reason` says why."""

    shift: Word
    counted: Annotated[list[Counted], Field(min_length=1, max_length=4)]
    reason: Annotated[Line, Field(max_length=200)] = ""


class CloseDayInput(Input):
    """`day` as YYYY-MM-DD; the shop's today where none is named."""

    shop: Word
    day: Word | None = None
    note: Annotated[Line, Field(max_length=200)] = ""


class AskInvoiceInput(Input):
    """Whom a sale is to be invoiced to. A company's takes its tax number, a special one also address and phone, bank and
    account."""

    sale: Word
    kind: Literal["personal", "company", "special"] = "personal"
    title: Word
    tax_number: Annotated[Line, Field(max_length=30)] = ""
    address: Annotated[Line, Field(max_length=200)] = ""
    bank: Annotated[Line, Field(max_length=200)] = ""
    email: Annotated[Line, Field(max_length=254)] = ""
    phone: Annotated[Line, Field(max_length=30)] = ""


class IssueInvoiceInput(Input):
    """The number an invoice was issued under and its day (YYYY-MM-DD; today where none is named). `amount` in yuan, where
    it was issued over the amount that was shown."""

    invoice: Word
    number: Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{4,40}$")]
    on: Word | None = None
    amount: Money | None = None


class ReverseInvoiceInput(Input):
    """The number and day of the red invoice that reverses an issued one."""

    invoice: Word
    number: Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{4,40}$")]
    on: Word | None = None


class WithdrawInvoiceInput(Input):
    invoice: Word


class AllowanceInput(Input):
    """Points of a member a till of a shop may take while it is offline, until a moment (ISO; without offset, local)."""

    member: Member
    shop: Word
    till: Annotated[Word, Field(max_length=20)] = "1"
    points: Points
    until: Word


class OfflineSale(SaleInput):
    """A sale made offline, under its own `key`, `at` the till's own clock. Member and shop are the allowance's."""

    at: Word
    key: Annotated[str, Field(pattern=r"^[\x21-\x7e]{1,120}$")]

    @model_validator(mode="after")
    def _of_allowance(self) -> Self:
        if self.member is not None or self.shop is not None:
            raise PydanticCustomError("refused", "{en}", _NAMED.both())
        return self


class SettleInput(Input):
    """Sales made under an allowance. `till_now`: what the till's clock said when it sent them."""

    allowance: Word
    till_now: Word
    sales: Annotated[list[OfflineSale], Field(max_length=1000)]
