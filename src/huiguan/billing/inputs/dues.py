"""What comes in for fees, money received, deposits, statements and shares."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from huiguan.kernel.inputs import Count, Input, Money, Word
from huiguan.kernel.moments import day_of

Sum = Annotated[Money, Field(gt=0)]
Said = Annotated[Word, Field(max_length=200)]
LocalDay = Annotated[date, BeforeValidator(lambda value: day_of(value, ""))]


class RaiseCharge(Input):
    """Charge a member a `fee`. One that is charged when asked for takes a `key` of its own (an event, a month), else it is
    counted on; `quantity` times the amount; `note`: what for. Nothing for a fee with a rhythm but the `day` it is for."""

    member: Word
    fee: Word
    key: Annotated[Word, Field(max_length=40)] | None = None
    quantity: Count = 1
    note: Annotated[Word, Field(max_length=200)] | None = None
    day: LocalDay | None = None


class OneCharge(Input):
    """A charge that is taken back, with the reason."""

    charge: Word
    reason: Said


class RunFee(Input):
    """A fee for everybody who owes it for the period of `day`."""

    fee: Word
    day: LocalDay | None = None


class ReceiveMoney(Input):
    """`amount` of a `member`'s that came by `means` on `day`: for these `charges` first, else what was due longest; or all
    of it into a `deposit`. `reference`: the bank's or the terminal's own, known once; `payer`: who paid, if another."""

    member: Word
    amount: Sum
    means: Literal["cash", "terminal", "transfer"]
    reference: Annotated[Word, Field(max_length=80)] | None = None
    charges: Annotated[list[Word], Field(max_length=50)] = []
    deposit: Word | None = None
    payer: Annotated[Word, Field(max_length=120)] | None = None
    day: LocalDay | None = None
    note: Annotated[Word, Field(max_length=200)] | None = None


class UndoMoney(Input):
    """Money that was entered wrongly or went back at the bank: as if it had not come."""

    money: Word
    reason: Said


class PayOut(Input):
    """Money on account given back to the member; without an `amount` all there is. `of`: credit, or a share paid out."""

    member: Word
    amount: Sum | None = None
    of: Literal["credit", "shares"] = "credit"
    means: Literal["cash", "transfer"]
    reference: Annotated[Word, Field(max_length=80)] | None = None
    note: Annotated[Word, Field(max_length=200)] | None = None


class RefundCharge(Input):
    """What a clause gives back of a charge that was paid; it becomes money on account."""

    charge: Word
    reason: Said


class WaiveCharge(Input):
    """Ask that `amount` of a charge, or all that is open of it, is written off; another person decides."""

    charge: Word
    portion: Literal["principal", "fine"] = "principal"
    amount: Sum | None = None
    reason: Said


class DecideWaiver(Input):
    waiver: int
    approve: bool


class AssessDeposit(Input):
    """The figure a deposit is a part of, from now on; none where its amount is fixed."""

    member: Word
    deposit: Word
    base: Money | None = None
    note: Annotated[Word, Field(max_length=200)] | None = None


class ReturnDeposit(Input):
    """A deposit goes back: what is owed is paid from it first, the rest is paid out by `means`."""

    member: Word
    deposit: Word
    means: Literal["cash", "transfer"]
    reference: Annotated[Word, Field(max_length=80)] | None = None
    reason: Said


class ForfeitDeposit(Input):
    """`amount` of a deposit is lost to the house, by a decision."""

    member: Word
    deposit: Word
    amount: Sum
    reason: Said


class BankLineGiven(Input):
    """A line of a bank's statement: money that came."""

    reference: Annotated[Word, Field(max_length=80)]
    day: LocalDay
    amount: Sum
    payer: Annotated[str, Field(max_length=120)] = ""
    account: Annotated[str, Field(max_length=60)] = ""
    text: Annotated[str, Field(max_length=300)] = ""


class BringStatement(Input):
    """Lines of a bank's statement; those that are known already stay as they are."""

    lines: Annotated[list[BankLineGiven], Field(min_length=1, max_length=10_000)]
    file: Annotated[str, Field(max_length=120)] = ""


class ConfirmLine(Input):
    """Whose money a line is, and what for, as a person says."""

    line: int
    member: Word
    charges: Annotated[list[Word], Field(max_length=50)] = []
    deposit: Word | None = None


class SetAside(Input):
    """A line that is no member's payment."""

    line: int
    reason: Said


class AgreeShare(Input):
    """The part of a share agreed with a member, such as 10%, from `since` on."""

    member: Word
    share: Word
    part: Annotated[str, Field(pattern=r"^\d{1,3}(\.\d{1,6})?%$|^\d{1,9}/[1-9]\d{0,8}$")]
    since: LocalDay | None = None


class DivideIncome(Input):
    """An `amount` divided under a `share`, once for each `key`."""

    share: Word
    key: Annotated[Word, Field(max_length=40)]
    amount: Sum
