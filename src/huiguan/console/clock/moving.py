"""Moving the demonstration's clock: night after night as if each had been lived through, and what each brought."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from huiguan.console.acting import Acting
from huiguan.foundation import clock
from huiguan.foundation.clock import ClockWouldGoBack
from huiguan.foundation.errands import DONE, Errand, Report, ask_errand, errands
from huiguan.kernel.moments import at_day, local_day, moment_of
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.nightly.operations import run_due
from huiguan.programme import queries as programmes

KIND = "console.move_clock"
FARTHEST = 3 * 366  # days
_TOO_FAR = Text(zh="一次至多拨三年", en="three years at a time at most")
_BUSY = Text(zh="时钟正在走，请等它停下", en="the clock is moving; wait until it stops")


def zone_of(now: Acting) -> ZoneInfo:
    return programmes.programme_at(now.actor.programme, now.at).zone


def under_way(now: Acting) -> Errand | None:
    """A move that has not ended yet."""
    last = next(iter(errands(now.actor, KIND, limit=1)), None)
    return last if last is not None and not last.ended else None


def last_move(now: Acting) -> Errand | None:
    """The last move that ended."""
    return next((each for each in errands(now.actor, KIND, limit=5) if each.state == DONE), None)


def ask_move(now: Acting, to: str) -> int:
    """Have the clock moved to a local moment; the errand's number. Refuses ClockWouldGoBack, InvalidInput."""
    zone = zone_of(now)
    target = moment_of(to.replace("T", " "), "to", zone)
    if target <= now.at:
        raise ClockWouldGoBack(field="to", now=now.at.astimezone(zone).strftime("%Y-%m-%d %H:%M"))
    if target - now.at > timedelta(days=FARTHEST):
        raise InvalidInput(field="to", rule=_TOO_FAR)
    if under_way(now) is not None:
        raise InvalidInput(field="to", rule=_BUSY)
    given = {"since": now.at.isoformat(), "to": target.isoformat(), "zone": zone.key}
    return ask_errand(KIND, actor=now.actor, at=now.at, given=given)


def move(asked: Errand, report: Report) -> dict[str, Any]:
    """The errand itself. Begun again after a worker died, it goes on from where the clock stands."""
    since, to = (datetime.fromisoformat(asked.given[name]) for name in ("since", "to"))
    nights = [*midnights(since, to, ZoneInfo(asked.given["zone"])), to]
    for done, moment in enumerate(nights, 1):
        if moment > clock.now():
            clock.move_clock(to=moment)
        run_due(asked.programme, moment)
        report(done, len(nights))
    return {"nights": len(nights) - 1}


def midnights(since: datetime, to: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Every beginning of a local day after `since`, before `to`."""
    day: date = local_day(since, zone) + timedelta(days=1)
    while (moment := at_day(day, zone)) < to:
        yield moment
        day += timedelta(days=1)
