"""Coupons as programs read them."""

from __future__ import annotations

from datetime import datetime

from huiguan.api.schemas import Answer, Both, Yuan


class CouponAnswer(Answer):
    """A coupon in a member's hands, by its own `code`. `worth` is 0.00 where it depends on the sale; good from
    `valid_from` until just before `valid_until`. `outside`: the code another house takes for it. `until`: as long as a
    reservation lasts."""

    member: str
    code: str
    coupon: str
    clause: str
    worth: Yuan
    state: str
    valid_from: datetime
    valid_until: datetime | None
    outside: str
    until: datetime | None


class LockedCouponsAnswer(Answer):
    """The coupons an order has locked, and until when; none once they are let go."""

    member: str
    order: str
    codes: list[str]
    until: datetime | None


class GivenCouponAnswer(Answer):
    """A coupon on its way to a friend, who accepts it by `gift` before `until`."""

    member: str
    coupon_code: str
    gift: str
    until: datetime


class WeighedCouponAnswer(Answer):
    """A coupon beside one sale: whether it may be used, what it takes off alone, and why or why not."""

    code: str
    coupon: str
    title: Both
    usable: bool
    off: Yuan
    why: Both
    valid_until: datetime | None


class WeighedAnswer(Answer):
    """All coupons beside one sale. With the codes in `best`, `due` is to be paid; with none `without`."""

    items: list[WeighedCouponAnswer]
    best: list[str]
    due: Yuan
    without: Yuan


class OfferAnswer(Answer):
    """A coupon to be claimed: its terms in sentences, how many are `left` of how many, and why this member may not take
    it now."""

    coupon: str
    clause: str
    title: Both
    terms: list[Both]
    left: int | None
    of: int | None
    why: Both | None


class OffersPage(Answer):
    """What may be claimed, in the rulebook's order; all on one page."""

    items: list[OfferAnswer]
    next: str | None


class CodeBatchAnswer(Answer):
    """A batch of codes. `made` of `size` are there, `claimed` of them turned in; `each`: so many by one member."""

    id: int
    coupon: str
    outside: bool
    note: str
    size: int
    made: int
    claimed: int
    each: int
    at: datetime
    by: str
    ends_at: datetime | None
    stopped_at: datetime | None


class CodeBatchesPage(Answer):
    """All batches, newest first."""

    items: list[CodeBatchAnswer]
    next: str | None


class CodeAnswer(Answer):
    code: str
    claimed: bool


class CodesPage(Answer):
    """A batch's codes in order."""

    items: list[CodeAnswer]
    next: str | None
