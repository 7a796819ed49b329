"""The test message: an event of nobody, so that a receiver can be tried before anything happens."""

from __future__ import annotations

from datetime import datetime

import msgspec

from huiguan.hooks.models import Subscription
from huiguan.hooks.values import PING


def ping_body(row: Subscription, message: str, at: datetime) -> bytes:
    """As an event reads, with the subscription's name for data."""
    nothing = dict.fromkeys(("member", "shop", "cause", "clause"))
    told = {"id": message, "type": PING, "at": at, "written_at": at, **nothing, "data": {"subscription": row.name}}
    return msgspec.json.encode(told)
