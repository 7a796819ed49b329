"""What comes in about a member's coupons, from any entrance."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from huiguan.checkout.inputs.sales import Member
from huiguan.kernel.inputs import Input, Line, Word

Order = Annotated[Word, Field(max_length=60)]


class CouponInput(Input):
    """A `coupon` of the rulebook, by its name, for a member; `shop` where it is claimed at one."""

    member: Member
    coupon: Word
    shop: Word | None = None


class HandOutInput(Input):
    """A coupon handed to a member by the house, and why. `until`: reserved for her so long (a moment); she claims it."""

    member: Member
    coupon: Word
    reason: Annotated[Line, Field(max_length=120)] = ""
    until: Word | None = None


class CodeInput(Input):
    """A code turned in, however it is typed: small letters, blanks and full width are the same code."""

    member: Member
    code: Word


class HeldCouponInput(Input):
    """A coupon a member holds, by its own code."""

    member: Member
    code: Word


class GiveInput(HeldCouponInput):
    """A coupon given to a friend, who accepts it by the code she is sent."""


class RevokeInput(HeldCouponInput):
    """A coupon taken back by the house, and why."""

    reason: Annotated[Word, Field(max_length=120)]


class LockInput(Input):
    """Coupons locked for an order that is not paid yet: so many minutes, a day at most."""

    member: Member
    codes: Annotated[list[Word], Field(min_length=1, max_length=20)]
    order: Order
    minutes: Annotated[int, Field(ge=1, le=1440)] = 15


class ReleaseInput(Input):
    """An order that comes to nothing lets its coupons go."""

    member: Member
    order: Order
