"""Who brought whom, as programs read it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from huiguan.api.schemas import Answer, ReasonAnswer


class ReferralAnswer(Answer):
    """`friend` was brought by `referrer`. `state`: waiting, rewarded, lapsed, undone; `sale` the first purchase that
    counted; `given` by friend and referrer."""

    friend: str
    referrer: str
    clause: str
    at: datetime
    state: str
    settled_at: datetime | None
    undone_at: datetime | None
    sale: str
    given: dict[str, Any]
    reasons: list[ReasonAnswer]


class ReferralsPage(Answer):
    """`code` is what she gives to friends; her referrals, the newest first, all on one page."""

    code: str
    items: list[ReferralAnswer]
    next: str | None
