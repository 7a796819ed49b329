"""What the worker does by itself: let go of what is old."""

from __future__ import annotations

from datetime import datetime

from huiguan.foundation.jobs import nightly, wall_clock
from huiguan.messaging.operations import forget_old


@nightly("messaging.forget", cron="50 * * * *")
def forget(at: datetime) -> None:
    """One-time codes whose time is over."""
    forget_old(wall=wall_clock())
