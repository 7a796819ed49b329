"""Coupons as they cross the border of the till."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from huiguan.kernel.text import Text


@dataclass(frozen=True, slots=True)
class CouponView:
    """A coupon in a member's hands. `worth` fen, 0 where it depends on the sale; good from `valid_from` until just before
    `valid_until`; `outside` the code another house takes for it; `until`: as long as a lock, a reservation or a gift
    lasts."""

    member: str
    code: str
    coupon: str
    clause: str
    worth: int
    state: str
    valid_from: datetime
    valid_until: datetime | None
    outside: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class LockedCoupons:
    """What an order has locked: the coupons' codes and until when; empty once they are let go."""

    member: str
    order: str
    codes: tuple[str, ...]
    until: datetime | None


@dataclass(frozen=True, slots=True)
class GivenCoupon:
    """A coupon on its way to a friend: she accepts `coupon_code` by `gift` before `until`."""

    member: str
    coupon_code: str
    gift: str
    until: datetime


@dataclass(frozen=True, slots=True)
class WeighedCoupon:
    """A coupon held, beside one sale: whether it may be used on it, what it would take off alone (fen), and why or why
    not, in both languages."""

    code: str
    coupon: str
    title: Text
    usable: bool
    off: int
    why: Mapping[str, str]
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """All coupons beside one sale; `best`: those that leave the least to pay, `due` fen, where `without` would be due
    with none."""

    items: tuple[WeighedCoupon, ...]
    best: tuple[str, ...]
    due: int
    without: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A coupon members may claim. `left`: how many of its quota, None where there is none; `why` a member may not take
    it now, None where she may."""

    coupon: str
    clause: str
    title: Text
    terms: tuple[Text, ...]
    left: int | None
    of: int | None
    why: Mapping[str, str] | None = None
