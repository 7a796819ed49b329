"""The books of many memberships as they stood when a time began, and what was written of that time since.

For those who ask what another rulebook would have made of recorded months. A membership's time begins with its first
journal, in the order of writing, that happened at or after `begins`: what was written before is where she stood. Each
question is one statement, over a range of memberships; nothing is locked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import msgspec

from huiguan.ledger import storing
from huiguan.ledger.rows import utc
from huiguan.ledger.values import JournalKey, SpentLot
from huiguan.rules.facts import LotFact, LotKey

Days = dict[date, dict[str, int]]

_CUT = """
WITH cut AS MATERIALIZED (
    SELECT membership_id, min(seq) AS seq FROM ledger_journal
    WHERE membership_id > %(after)s AND membership_id <= %(until)s AND programme_id = %(programme)s AND at >= %(begins)s
    GROUP BY membership_id)
"""
# Journals and measures in one statement: the measures are those of the very moment up to which the journals are read.
_WRITTEN = f"""{_CUT}
SELECT j.membership_id, j.seq, j.at, j.written_at, j.cause_kind, j.cause_ref, j.tallies::text, j.reverses_seq,
    NULL::date AS day
FROM cut JOIN ledger_journal j ON j.membership_id = cut.membership_id AND j.seq >= cut.seq
UNION ALL
SELECT m.membership_id, 0, NULL, NULL, NULL, NULL, m.tallies::text, NULL, m.day FROM ledger_measure m
WHERE m.membership_id > %(after)s AND m.membership_id <= %(until)s AND m.programme_id = %(programme)s
    AND m.day >= %(since)s
ORDER BY 1, 2
"""
_LOTS = f"""{_CUT}, used AS (
    SELECT u.membership_id, u.lot_seq, u.lot_n, sum(u.amount) AS amount FROM ledger_lot_use u
    LEFT JOIN cut ON cut.membership_id = u.membership_id
    WHERE u.membership_id > %(after)s AND u.membership_id <= %(until)s AND u.programme_id = %(programme)s
        AND (cut.seq IS NULL OR u.seq < cut.seq)
    GROUP BY 1, 2, 3)
SELECT l.membership_id, l.unit, l.seq, l.n, l.amount - coalesce(used.amount, 0), l.earned_at, l.expires_at, l.usable_from
FROM ledger_lot l LEFT JOIN cut ON cut.membership_id = l.membership_id
LEFT JOIN used ON (used.membership_id, used.lot_seq, used.lot_n) = (l.membership_id, l.seq, l.n)
WHERE l.membership_id > %(after)s AND l.membership_id <= %(until)s AND l.programme_id = %(programme)s
    AND (cut.seq IS NULL OR l.seq < cut.seq) AND l.amount > coalesce(used.amount, 0)
ORDER BY l.membership_id, l.seq, l.n
"""
# What was alive when the time ended, and what died unused within it, written down or not.
_ENDS = """
WITH used AS (
    SELECT u.membership_id, u.lot_seq, u.lot_n, sum(u.amount) AS amount FROM ledger_lot_use u
    JOIN ledger_journal j ON j.membership_id = u.membership_id AND j.seq = u.seq
    WHERE u.membership_id > %(after)s AND u.membership_id <= %(until)s AND u.programme_id = %(programme)s
        AND j.at < %(ends)s AND j.written_at <= %(as_written)s AND j.cause_kind <> 'expiry'
    GROUP BY 1, 2, 3)
SELECT l.membership_id, l.unit,
    sum(l.amount - coalesce(used.amount, 0)) FILTER (WHERE l.expires_at IS NULL OR l.expires_at > %(ends)s),
    sum(l.amount - coalesce(used.amount, 0)) FILTER (WHERE l.expires_at > %(begins)s AND l.expires_at <= %(ends)s)
FROM ledger_lot l JOIN ledger_journal j ON j.membership_id = l.membership_id AND j.seq = l.seq
LEFT JOIN used ON (used.membership_id, used.lot_seq, used.lot_n) = (l.membership_id, l.seq, l.n)
WHERE l.membership_id > %(after)s AND l.membership_id <= %(until)s AND l.programme_id = %(programme)s
    AND j.at < %(ends)s AND j.written_at <= %(as_written)s
GROUP BY 1, 2
"""
_MOVED = """
SELECT l.membership_id, l.seq, l.unit, l.seq, l.n, l.amount, l.earned_at, l.expires_at, l.usable_from, true
FROM unnest(%(members)s::bigint[], %(seqs)s::bigint[]) AS w(m, s)
JOIN ledger_lot l ON l.membership_id = w.m AND l.seq = w.s
UNION ALL
SELECT u.membership_id, u.seq, l.unit, l.seq, l.n, u.amount, l.earned_at, l.expires_at, l.usable_from, false
FROM unnest(%(members)s::bigint[], %(seqs)s::bigint[]) AS w(m, s)
JOIN ledger_lot_use u ON u.membership_id = w.m AND u.seq = w.s
JOIN ledger_lot l ON (l.membership_id, l.seq, l.n) = (u.membership_id, u.lot_seq, u.lot_n)
"""
_SPENT = """
SELECT u.membership_id, u.seq, l.unit, u.lot_seq, u.lot_n, l.earned_at, l.expires_at, l.usable_from, sum(u.amount),
    coalesce((SELECT -sum(r.amount) FROM ledger_journal j
        JOIN ledger_lot_use r ON r.membership_id = j.membership_id AND r.seq = j.seq AND r.amount < 0
        WHERE j.membership_id = u.membership_id AND j.reverses_seq = u.seq AND j.seq < w.cut
            AND (r.lot_seq, r.lot_n) = (u.lot_seq, u.lot_n)), 0)
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS w(m, s, cut)
JOIN ledger_lot_use u ON u.membership_id = w.m AND u.seq = w.s AND u.amount > 0
JOIN ledger_lot l ON (l.membership_id, l.seq, l.n) = (u.membership_id, u.lot_seq, u.lot_n)
GROUP BY u.membership_id, u.seq, l.unit, u.lot_seq, u.lot_n, l.earned_at, l.expires_at, l.usable_from, w.cut
ORDER BY u.membership_id, u.seq, min(u.n)
"""
_LAPSED = """
SELECT l.membership_id, l.seq, l.unit, sum(u.amount)
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS w(m, s, cut)
JOIN ledger_lot l ON l.membership_id = w.m AND l.seq = w.s
JOIN ledger_lot_use u ON u.membership_id = l.membership_id AND (u.lot_seq, u.lot_n) = (l.seq, l.n) AND u.seq < w.cut
JOIN ledger_journal j ON j.membership_id = u.membership_id AND j.seq = u.seq AND j.cause_kind = 'expiry'
GROUP BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class Window:
    """The memberships beyond `after` up to `until` of a programme, and the time asked about: from `begins` until just
    before `ends`, as far as it was written by `as_written`. Measures from the local day `since` on."""

    programme: int
    after: int
    until: int
    begins: datetime
    ends: datetime
    as_written: datetime
    since: date

    def given(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Written:
    """A journal written in the time. `cause` (kind, reference); `within`: it happened in the time asked about."""

    seq: int
    at: datetime
    written_at: datetime
    cause: tuple[str, str]
    tallies: tuple[tuple[date, str, int], ...]
    reverses: int | None
    within: bool


@dataclass(slots=True)
class Past:
    """One membership: lots and days where the time begins, the journals since, and per unit what was alive at its end
    and what had died within it, whole units."""

    lots: dict[str, tuple[LotFact, ...]] = field(default_factory=dict)
    days: Days = field(default_factory=dict)
    journals: list[Written] = field(default_factory=list)
    ends: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def first(self) -> int:
        """The seq with which the time begins; far beyond any where nothing was written since."""
        return self.journals[0].seq if self.journals else 2**62


def pasts(window: Window) -> dict[int, Past]:
    """The books of the window's memberships that have any."""
    found: dict[int, Past] = {}
    given = window.given()
    for membership, seq, at, written_at, kind, ref, tallies, reverses, day in storing.run(_WRITTEN, given):
        past = found.setdefault(membership, Past())
        told: Any = msgspec.json.decode(tallies) if tallies else ()
        if day is not None:
            past.days[day] = told
            continue
        counted = tuple((date.fromisoformat(d), measure, delta) for d, measure, delta in told)
        within = window.begins <= at < window.ends and written_at <= window.as_written
        past.journals.append(Written(seq, utc(at), utc(written_at), (kind, ref), counted, reverses, within))
    for membership, unit, seq, n, left, *terms in storing.run(_LOTS, given):
        lots = found.setdefault(membership, Past()).lots
        lots[unit] = (*lots.get(unit, ()), LotFact((seq, n), int(left), *terms))
    for membership, unit, alive, died in storing.run(_ENDS, given):
        found.setdefault(membership, Past()).ends[unit] = (int(alive or 0), int(died or 0))
    for past in found.values():
        _take_off(past)
        past.journals = _needed(window, past.journals)
    return found


def _needed(window: Window, journals: list[Written]) -> list[Written]:
    """What was written after the last journal of the time, or of before it, changes nothing in it."""
    early = (journal.at < window.ends and journal.written_at <= window.as_written for journal in journals)
    last = max((i for i, each in enumerate(early) if each), default=-1)
    return journals[: last + 1]


def _take_off(past: Past) -> None:
    """The days as they were before the first of the journals was written."""
    for journal in past.journals:
        for day, measure, delta in journal.tallies:
            counted = past.days.get(day)
            if counted is not None and measure in counted:
                counted[measure] -= delta


Moved = tuple[
    str, LotFact, int, bool
]  # unit, the lot, how much, whether it was opened (else taken; negative: restored)


def moved_lots(journals: Sequence[JournalKey]) -> dict[JournalKey, list[Moved]]:
    """What each journal opened and took, for those that are taken as they were."""
    found: dict[JournalKey, list[Moved]] = {}
    given = {"members": [key[0] for key in journals], "seqs": [key[1] for key in journals]}
    for m, s, unit, lot_seq, lot_n, amount, earned, expires, usable, opened in storing.run(_MOVED, given):
        lot = LotFact((lot_seq, lot_n), int(amount) if opened else 0, earned, expires, usable)
        found.setdefault((m, s), []).append((unit, lot, int(amount), opened))
    return found


Before = tuple[int, int, int]  # membership, seq, and the seq before which was written what counts


def spent_before(journals: Sequence[Before]) -> dict[JournalKey, tuple[SpentLot, ...]]:
    """What each journal took from which lots, and how much of it had been given back before its `cut`."""
    found: dict[JournalKey, list[SpentLot]] = {}
    columns = [list(column) for column in zip(*journals, strict=True)]
    for m, s, unit, lot_seq, lot_n, earned, expires, usable, amount, back in storing.run(_SPENT, columns):
        lot = LotFact((lot_seq, lot_n), 0, earned, expires, usable)
        found.setdefault((m, s), []).append(SpentLot(unit, lot, int(amount), int(back)))
    return {key: tuple(spent) for key, spent in found.items()}


def lapsed_before(journals: Sequence[Before]) -> dict[JournalKey, dict[str, int]]:
    """How much of what each journal brought had been written down as expired before its `cut`, by unit."""
    found: dict[JournalKey, dict[str, int]] = {}
    columns = [list(column) for column in zip(*journals, strict=True)]
    for m, s, unit, amount in storing.run(_LAPSED, columns):
        found.setdefault((m, s), {})[unit] = int(amount)
    return found


__all__ = [
    "Before",
    "Days",
    "LotKey",
    "Moved",
    "Past",
    "Window",
    "Written",
    "lapsed_before",
    "moved_lots",
    "pasts",
    "spent_before",
]
