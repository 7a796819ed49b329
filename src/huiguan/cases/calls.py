"""Whether applications are taken today: the calls of a procedure, asked when a form is first handed in."""

from __future__ import annotations

from huiguan.cases.holding import Handling
from huiguan.cases.refusals import CallClosed
from huiguan.kernel.moments import local_day
from huiguan.rules.calling import call_at, taken_on


def demand_called(held: Handling) -> None:
    """CallClosed on a day on which no applications are taken. What was given back is corrected on any day."""
    calls, day = held.course.terms.calls, local_day(held.at, held.rulebook.zone)
    if held.row.submitted_at is not None or taken_on(calls, day):
        return
    since, until = call_at(calls, day) or (day, day)
    raise CallClosed(field="procedure", clause=held.course.head.id, since=since.isoformat(), until=until.isoformat())
