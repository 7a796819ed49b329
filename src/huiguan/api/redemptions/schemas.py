"""Redemptions as programs read them."""

from __future__ import annotations

from datetime import datetime

from huiguan.api.schemas import Answer, ReasonAnswer, Whole


class RedemptionAnswer(Answer):
    """Units turned into a gift, or into the coupon with the code `coupon`. `balance` is what was left then; empty in
    lists. `returned_at` once the gift is back."""

    id: str
    member: str
    unit: str
    units: int
    gift: str
    at: datetime
    balance: Whole
    returned_at: datetime | None
    coupon: str | None


class HandedOverAnswer(Answer):
    """A gift handed over by `clause`; `code` is the right on record."""

    member: str
    gift: str
    clause: str
    at: datetime
    code: str
    reasons: list[ReasonAnswer]


class RedemptionsPage(Answer):
    """A member's redemptions, newest first; all on one page."""

    items: list[RedemptionAnswer]
    next: str | None
