"""What comes in about points that go on: to another member, to a partner and back."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from huiguan.kernel.inputs import Input, Line, Money, Points, Word

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Account = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{3,40}$")]
Reference = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$")]
Number = Annotated[str, Field(pattern=r"^[A-Za-z]{2}\d{6,12}$")]
Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Note = Annotated[Line, Field(max_length=200)]
Tail = Annotated[str, Field(pattern=r"^\d{4}$")]
Answered = Literal["done", "refused", "pending", "unknown"]


class GivePoints(Input):
    """`points` of `member` (herself where she acts) for the member `to`, named by number, card or phone. A
    member who gives names the other by number alone and says the last four figures of that member's phone as `tail`: a
    slip of the finger reaches nobody, and no number is found by guessing."""

    member: Word | None = None
    to: Word
    tail: Tail | None = None
    points: Points
    unit: Name | None = None
    note: Note = ""


class JoinPool(Input):
    """`member` shares her points with `keeper`'s pool; a keeper who names herself opens it."""

    member: Word | None = None
    keeper: Word
    unit: Name | None = None


class LeavePool(Input):
    """`member` shares no more; where the keeper leaves the pool is closed."""

    member: Word | None = None
    unit: Name | None = None


class GatherPoints(Input):
    """So many `points` of those who share come to `member`."""

    member: Word | None = None
    points: Points
    unit: Name | None = None


class KeepPartner(Input):
    """Where a partner of the rulebook is reached. `renew`: another secret, shown once; the one before ends at once.
    `secret`: one the partner made, in place of ours."""

    partner: Name
    url: Annotated[str, Field(min_length=8, max_length=500)]
    renew: bool = False
    secret: Annotated[str, Field(pattern=r"^whsec_[A-Za-z0-9+/]{32,200}={0,2}$")] | None = None


class StopPartner(Input):
    """Nothing new is exchanged with it, or again."""

    partner: Name
    stopped: bool = True


class LinkPartner(Input):
    """The member's `account` at a partner."""

    member: Word | None = None
    partner: Name
    account: Account


class UnlinkPartner(Input):
    member: Word | None = None
    partner: Name


class ExchangePoints(Input):
    """`units` to be exchanged: of ours where they go `out`, of the partner's where they come `in`. `account` names hers at
    the partner, where none was named before."""

    member: Word | None = None
    partner: Name
    direction: Literal["out", "in"]
    units: Points
    account: Account | None = None


class HearPartner(Input):
    """A partner's word on an exchange we asked for. `units`: of its own, as it did it; `told` its reference or reason."""

    exchange: Number
    state: Answered
    units: Annotated[int, Field(ge=0, le=10**13)] | None = None
    told: Note = ""


class SettleExchange(Input):
    """A person decides what became of an exchange, by the partner's paper. `units` of the partner's, where they are not
    those asked for."""

    exchange: Number
    outcome: Literal["done", "refused"]
    units: Points | None = None
    why: Annotated[Line, Field(min_length=1, max_length=200)]


class PartnerCredit(Input):
    """A partner took `units` of its own from `account` for points here, under its own `reference`."""

    partner: Name
    reference: Reference
    account: Account
    units: Points


class PartnerEarning(Input):
    """`amount` was spent at the partner by the member of `account`; `what` it was, such as a stay."""

    partner: Name
    reference: Reference
    account: Account
    amount: Money
    what: Note = ""


class CloseMonth(Input):
    partner: Name
    month: Month


class PaySettlement(Input):
    """The difference of a closed month was paid; `paper` names the transfer."""

    partner: Name
    month: Month
    paper: Annotated[Line, Field(min_length=1, max_length=80)]
