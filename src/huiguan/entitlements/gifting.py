"""Rights offered to a friend: kept under a code she may accept them by."""

from __future__ import annotations

from datetime import datetime

from huiguan.entitlements.codes import fresh_code, typed_claim
from huiguan.entitlements.models import RightGift
from huiguan.entitlements.values import GiftView


def open_gift(*, programme: int, membership: int, right: int, at: datetime, until: datetime) -> GiftView:
    """Keep the gift; what became of it is told by the right's marks."""
    row = RightGift.objects.create(
        programme_id=programme, code=fresh_code(), membership_id=membership, right_id=right, at=at, until=until
    )
    return GiftView(row.code, membership, right, until)


def gift_of(programme: int, code: str) -> GiftView | None:
    """The gift ever kept under a code, however it was typed."""
    row = RightGift.objects.filter(programme_id=programme, code=typed_claim(code)[:20]).first()
    return GiftView(row.code, row.membership_id, row.right_id, row.until) if row else None
