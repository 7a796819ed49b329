"""The books of a programme summed: by local day of writing, and by the month in which units were earned.

A day's movements are those written on it, so that a day that is over never changes: a late sale moves the day on which it
arrived. A cohort goes by the moment its units were earned.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

# Journals of a span of writing by local day, unit, house account and cause. A house's debit gives to members, its credit
# takes from them; a hold is given where it is placed and taken where it ends.
MOVED = """
SELECT (j.written_at AT TIME ZONE %(zone)s)::date, t.unit, 'balance',
    split_part(CASE WHEN t.debit LIKE 'house:%%' THEN t.debit ELSE t.credit END, ':', 3), j.cause_kind,
    sum(CASE WHEN t.debit LIKE 'house:%%' THEN t.amount ELSE 0 END)::bigint,
    sum(CASE WHEN t.debit LIKE 'house:%%' THEN 0 ELSE t.amount END)::bigint,
    count(DISTINCT (j.membership_id, j.seq))
FROM ledger_journal j JOIN ledger_transfer t ON t.membership_id = j.membership_id AND t.seq = j.seq
WHERE j.programme_id = %(programme)s AND (%(since)s::timestamptz IS NULL OR j.written_at >= %(since)s)
    AND j.written_at < %(until)s
GROUP BY 1, 2, 3, 4, 5
UNION ALL
SELECT (j.written_at AT TIME ZONE %(zone)s)::date, h.unit, 'hold', h.what, j.cause_kind,
    sum(CASE WHEN h.what = 'placed' THEN h.amount ELSE 0 END)::bigint,
    sum(CASE WHEN h.what = 'placed' THEN 0 ELSE h.amount END)::bigint,
    count(DISTINCT (j.membership_id, j.seq))
FROM ledger_journal j JOIN ledger_hold h ON h.membership_id = j.membership_id AND h.seq = j.seq
WHERE j.programme_id = %(programme)s AND (%(since)s::timestamptz IS NULL OR j.written_at >= %(since)s)
    AND j.written_at < %(until)s
GROUP BY 1, 2, 3, 4, 5
"""
# What was given into lots and taken out of them, by the month the lot was earned in and the house account beside it.
COHORTS = """
SELECT moved.month, moved.flow, sum(moved.amount)::bigint FROM (
    SELECT date_trunc('month', l.earned_at AT TIME ZONE %(zone)s)::date AS month, split_part(t.debit, ':', 3) AS flow, l.amount
    FROM ledger_lot l JOIN ledger_journal j ON j.membership_id = l.membership_id AND j.seq = l.seq
    JOIN ledger_transfer t ON (t.membership_id, t.seq, t.n) = (l.membership_id, l.seq, l.n)
    WHERE l.programme_id = %(programme)s AND l.unit = %(unit)s AND j.written_at <= %(at)s
    UNION ALL
    SELECT date_trunc('month', l.earned_at AT TIME ZONE %(zone)s)::date,
        split_part(CASE WHEN t.debit LIKE 'house:%%' THEN t.debit ELSE t.credit END, ':', 3), -u.amount
    FROM ledger_lot_use u JOIN ledger_journal j ON j.membership_id = u.membership_id AND j.seq = u.seq
    JOIN ledger_lot l ON (l.membership_id, l.seq, l.n) = (u.membership_id, u.lot_seq, u.lot_n)
    JOIN ledger_transfer t ON (t.membership_id, t.seq, t.n) = (u.membership_id, u.seq, u.transfer)
    WHERE l.programme_id = %(programme)s AND l.unit = %(unit)s AND j.written_at <= %(at)s
) AS moved GROUP BY 1, 2 ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Movement:
    """One sum of a local day: `state` is `balance` or `hold`."""

    day: date
    unit: str
    state: str
    flow: str
    cause: str
    given: int
    taken: int
    journals: int


def movements(programme: int, since: datetime | None, until: datetime, zone: str) -> list[Movement]:
    """What the books moved by journals written from `since` (None: ever) until before `until`, by day of writing."""
    with connection.cursor() as cursor:
        cursor.execute(MOVED, {"programme": programme, "since": since, "until": until, "zone": zone})
        return [Movement(*row) for row in cursor.fetchall()]


def cohort_flows(programme: int, unit: str, at: datetime, zone: str) -> dict[date, dict[str, int]]:
    """{first day of the month of earning: {house account: units to members, net}} of what was written by `at`."""
    found: dict[date, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(COHORTS, {"programme": programme, "unit": unit, "at": at, "zone": zone})
        for month, flow, amount in cursor.fetchall():
            found.setdefault(month, {})[flow] = amount
    return found
