"""The domain's clock, read by entrances only.

A demonstration may move it forward; everything of the domain then lives at the moved time. Sessions, one-time codes
and rate limits stay on wall time.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings

from huiguan.foundation.models import DemoClock
from huiguan.foundation.statements import hot_rows
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text


class ClockWouldGoBack(Refusal):
    text = Text(zh="时钟只能向前拨：现在已是 {now}。", en="The clock only moves forward: it is already {now}.")
    rank = "input"
    status = 422


class ClockNotMovable(Refusal):
    text = Text(zh="只有演示站可以拨动时钟。", en="Only a demonstration may move its clock.")
    rank = "permission"
    status = 403


def now() -> datetime:
    """The domain's moment, UTC."""
    wall = datetime.now(UTC)
    if not settings.HUIGUAN_DEMO:
        return wall
    moved = hot_rows("SELECT offset_seconds FROM foundation_democlock WHERE id = 1", [])
    return wall + timedelta(seconds=moved[0][0]) if moved else wall


def move_clock(*, to: datetime) -> datetime:
    """Set the demo's clock to `to` and let it run on from there."""
    if not settings.HUIGUAN_DEMO:
        raise ClockNotMovable()
    current = now()
    if to < current:
        raise ClockWouldGoBack(field="to", now=current.isoformat(sep=" ", timespec="minutes"))
    # Up to a whole second: a clock moved to midnight must not still read the day before.
    offset = -((datetime.now(UTC) - to) // timedelta(seconds=1))
    DemoClock.objects.update_or_create(pk=1, defaults={"offset_seconds": offset})
    return to
