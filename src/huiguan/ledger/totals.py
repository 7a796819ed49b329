"""The books of a whole programme, summed: what was given out and taken back of each unit, and what fell due in a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from huiguan.foundation.statements import hot_rows
from huiguan.kernel.actors import Actor

_FLOWS = """
SELECT unit, split_part(CASE WHEN debit LIKE 'house:%%' THEN debit ELSE credit END, ':', 3),
    sum(CASE WHEN debit LIKE 'house:%%' THEN amount ELSE 0 END), sum(CASE WHEN debit LIKE 'house:%%' THEN 0 ELSE amount END)
FROM ledger_transfer WHERE programme_id = %s GROUP BY 1, 2 ORDER BY 1, 2
"""
_HELD = """
SELECT part.key, sum((lot->>2)::bigint) FILTER (WHERE lot->>4 IS NULL OR (lot->>4)::timestamptz > %(at)s),
    sum((lot->>2)::bigint) FILTER (WHERE (lot->>4)::timestamptz <= %(at)s),
    count(DISTINCT membership_id) FILTER (WHERE lot->>4 IS NULL OR (lot->>4)::timestamptz > %(at)s)
FROM ledger_account, jsonb_each(units) AS part, jsonb_array_elements(part.value->'lots') AS lot
WHERE programme_id = %(programme)s AND (lot->>2)::bigint > 0 GROUP BY 1
"""
# What was in lots at a moment, by the movements of up to then; what a later one spent or gave back was still there.
_HELD_AT = """
SELECT l.unit, sum(l.amount - coalesce(gone.amount, 0)), count(DISTINCT l.membership_id)
FROM ledger_lot l JOIN ledger_journal j ON (j.membership_id, j.seq) = (l.membership_id, l.seq)
LEFT JOIN LATERAL (
    SELECT sum(u.amount) AS amount FROM ledger_lot_use u
    JOIN ledger_journal k ON (k.membership_id, k.seq) = (u.membership_id, u.seq)
    WHERE u.membership_id = l.membership_id AND (u.lot_seq, u.lot_n) = (l.seq, l.n) AND k.at <= %(at)s) AS gone ON true
WHERE j.programme_id = %(programme)s AND l.unit = ANY(%(units)s) AND j.at <= %(at)s
  AND (l.expires_at IS NULL OR l.expires_at > %(at)s) AND l.amount > coalesce(gone.amount, 0) GROUP BY 1
"""
_EXPIRED = """
SELECT t.membership_id, t.unit, sum(t.amount) FROM ledger_journal j
JOIN ledger_transfer t ON t.membership_id = j.membership_id AND t.seq = j.seq
WHERE j.programme_id = %s AND j.cause_kind = 'expiry' AND j.at > %s AND j.at <= %s AND t.credit LIKE 'house:%%:expired'
GROUP BY 1, 2 ORDER BY 3 DESC, 1
"""
_EXPIRIES = """
SELECT j.membership_id, j.seq, j.at, j.clause, t.unit, t.amount
FROM unnest(%s::bigint[], %s::bigint[]) AS w(m, s)
JOIN ledger_journal j ON (j.membership_id, j.seq) = (w.m, w.s)
JOIN ledger_transfer t ON (t.membership_id, t.seq) = (w.m, w.s) ORDER BY j.membership_id, j.seq, t.n
"""

_ENDING = """
SELECT a.membership_id, (lot->>4)::timestamptz AS ends, sum((lot->>2)::bigint)
FROM ledger_account a, jsonb_array_elements(a.units->%(unit)s::text->'lots') AS lot
WHERE a.programme_id = %(programme)s::bigint AND a.next_due <= %(until)s::timestamptz
  AND (lot->>4)::timestamptz > %(since)s::timestamptz AND (lot->>4)::timestamptz <= %(until)s::timestamptz AND (lot->>2)::bigint > 0
GROUP BY 1, 2 ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Expired:
    """What one journal of expiry took away: whole units by name, at its moment, by its clause."""

    at: datetime
    clause: str | None
    units: dict[str, int]


@dataclass(frozen=True, slots=True)
class UnitTotal:
    """One unit over all memberships, whole units. `out`: what came from each house account (issued, opening, …), `back`:
    what went to each (redeemed, expired, …); `held` alive at the moment asked, by `holders` memberships; `due`: dead
    and not written down yet."""

    unit: str
    out: dict[str, int] = field(default_factory=dict)
    back: dict[str, int] = field(default_factory=dict)
    held: int = 0
    due: int = 0
    holders: int = 0


def totals(*, actor: Actor, at: datetime) -> tuple[UnitTotal, ...]:
    """What is on the books of each unit, read as of `at`: written movements, and what is due counted as gone.

    Takes `audit`. Over all units `out` less `back` is `held` and `due`.
    """
    actor.demand("audit")
    with connection.cursor() as cursor:
        cursor.execute(_FLOWS, [actor.programme])
        flows = cursor.fetchall()
        cursor.execute(_HELD, {"programme": actor.programme, "at": at})
        held = {unit: numbers for unit, *numbers in cursor.fetchall()}
    return tuple(_totals(flows, held))


def held_at(*, actor: Actor, at: datetime, units: Iterable[str]) -> dict[str, tuple[int, int]]:
    """What all memberships held of these units at `at`, also long ago, and how many held any: {unit: (whole units,
    holders)}. What came in since with a moment of before counts. Takes `audit`."""
    actor.demand("audit")
    wanted = list(units)
    rows = hot_rows(_HELD_AT, {"programme": actor.programme, "at": at, "units": wanted})
    found = {unit: (int(amount), int(holders)) for unit, amount, holders in rows}
    return {unit: found.get(unit, (0, 0)) for unit in wanted}


def _totals(flows: list[tuple[str, str, int, int]], held: dict[str, list[int | None]]) -> Iterator[UnitTotal]:
    for unit in sorted({row[0] for row in flows} | set(held)):
        alive, dead, holders = held.get(unit, [0, 0, 0])
        out = {what: int(gave) for name, what, gave, _ in flows if name == unit and gave}
        back = {what: int(got) for name, what, _, got in flows if name == unit and got}
        yield UnitTotal(unit, out, back, int(alive or 0), int(dead or 0), int(holders or 0))


def expired_between(*, actor: Actor, since: datetime, until: datetime) -> dict[int, dict[str, int]]:
    """What was cleared of each membership after `since` up to `until`, as written down: {membership: {unit: amount}},
    the largest first. Takes `audit`."""
    actor.demand("audit")
    with connection.cursor() as cursor:
        cursor.execute(_EXPIRED, [actor.programme, since, until])
        found: dict[int, dict[str, int]] = {}
        for membership, unit, amount in cursor.fetchall():
            found.setdefault(membership, {})[unit] = int(amount)
    return found


def expiries(keys: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Expired]:
    """Journals of expiry by (membership, seq)."""
    wanted = list(keys)
    found: dict[tuple[int, int], Expired] = {}
    if wanted:
        for membership, seq, at, clause, unit, amount in hot_rows(
            _EXPIRIES, list(map(list, zip(*wanted, strict=True)))
        ):
            expired = found.setdefault((membership, seq), Expired(at, clause, {}))
            expired.units[unit] = expired.units.get(unit, 0) + amount
    return found


def ending(programme: int, unit: str, since: datetime, until: datetime) -> tuple[tuple[int, datetime, int], ...]:
    """What is left of a unit in lots that end after `since` up to `until`, as the books are now: (membership, end, whole
    units), by membership and end."""
    rows = hot_rows(_ENDING, {"programme": programme, "unit": unit, "since": since, "until": until})
    return tuple((membership, ends, int(left)) for membership, ends, left in rows)
