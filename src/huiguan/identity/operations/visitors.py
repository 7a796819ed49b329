"""Wrong tries of visitors, where another room checks what they know: counted with wrong one-time codes, by where they come
from. A wrong try counts in a transaction of its own, so a room calls this before and after its own, never within."""

from __future__ import annotations

from datetime import datetime

from huiguan.identity.troubles import count_failures, demand_no_wait, visitors_counted_under


def demand_visitor_may_try(*, origin: str, wall: datetime) -> None:
    """SignInMustWait where too many wrong tries came from `origin`, the caller's network address, "" where unknown."""
    demand_no_wait(visitors_counted_under(origin), wall)


def count_wrong_try(*, origin: str, wall: datetime) -> None:
    """One more wrong try from `origin`."""
    count_failures(visitors_counted_under(origin), wall)
