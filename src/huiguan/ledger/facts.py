"""The readers of the facts the ledger owns: for a batch of memberships at once, and as SQL columns for selections.

For operations inside their own transaction; people's questions are in `queries`. Facts: `lots` and `held` (accounts),
`days` (measures).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

import msgspec

from huiguan.foundation.statements import Question, Row, ask, listed
from huiguan.ledger import storing
from huiguan.ledger.values import Account, JournalKey, SpentLot
from huiguan.rules.facts import LotFact

DAYS = """
SELECT membership_id, day, tallies::text FROM ledger_measure
WHERE membership_id = ANY(%s::bigint[]) AND day >= %s ORDER BY membership_id, day
"""
SPENT = """
SELECT u.membership_id, u.seq, l.unit, u.lot_seq, u.lot_n, l.earned_at, l.expires_at, l.usable_from, sum(u.amount),
    coalesce((SELECT -sum(r.amount) FROM ledger_journal j
        JOIN ledger_lot_use r ON r.membership_id = j.membership_id AND r.seq = j.seq AND r.amount < 0
        WHERE j.membership_id = u.membership_id AND j.reverses_seq = u.seq
            AND (r.lot_seq, r.lot_n) = (u.lot_seq, u.lot_n)), 0)
FROM unnest(%s::bigint[], %s::bigint[]) AS w(m, s)
JOIN ledger_lot_use u ON u.membership_id = w.m AND u.seq = w.s AND u.amount > 0
JOIN ledger_lot l ON (l.membership_id, l.seq, l.n) = (u.membership_id, u.lot_seq, u.lot_n)
GROUP BY u.membership_id, u.seq, l.unit, u.lot_seq, u.lot_n, l.earned_at, l.expires_at, l.usable_from
ORDER BY u.membership_id, u.seq, min(u.n)
"""
LAPSED = """
SELECT l.unit, sum(u.amount) FROM ledger_lot l
JOIN ledger_lot_use u ON u.membership_id = l.membership_id AND (u.lot_seq, u.lot_n) = (l.seq, l.n)
JOIN ledger_journal j ON j.membership_id = u.membership_id AND j.seq = u.seq AND j.cause_kind = 'expiry'
WHERE l.membership_id = %s AND l.seq = %s GROUP BY l.unit
"""
LAPSED_LOTS = """
SELECT l.unit, sum(u.amount) FROM unnest(%s::bigint[], %s::bigint[], %s::int[]) AS w(m, s, n)
JOIN ledger_lot l ON (l.membership_id, l.seq, l.n) = (w.m, w.s, w.n)
JOIN ledger_lot_use u ON u.membership_id = l.membership_id AND (u.lot_seq, u.lot_n) = (l.seq, l.n)
JOIN ledger_journal j ON j.membership_id = u.membership_id AND j.seq = u.seq AND j.cause_kind = 'expiry'
GROUP BY l.unit
"""
FLOWS = """
SELECT l.unit, split_part(CASE WHEN t.debit LIKE 'house:%%' THEN t.debit ELSE t.credit END, ':', 3), sum(u.amount)
FROM ledger_lot l
JOIN ledger_lot_use u ON u.membership_id = l.membership_id AND (u.lot_seq, u.lot_n) = (l.seq, l.n)
JOIN ledger_transfer t ON (t.membership_id, t.seq, t.n) = (u.membership_id, u.seq, u.transfer)
WHERE l.membership_id = %s AND l.seq = %s GROUP BY 1, 2
"""
HOUSE_FLOWS = """
SELECT t.membership_id, t.seq, sum(CASE WHEN t.debit LIKE 'house:%%' THEN t.amount ELSE -t.amount END)
FROM unnest(%s::bigint[], %s::bigint[]) AS w(m, s)
JOIN ledger_transfer t ON t.membership_id = w.m AND t.seq = w.s
WHERE split_part(CASE WHEN t.debit LIKE 'house:%%' THEN t.debit ELSE t.credit END, ':', 3) = %s GROUP BY 1, 2
"""
CAUSED = """
SELECT j.cause_ref, sum(CASE WHEN t.debit LIKE 'house:%%' THEN t.amount ELSE -t.amount END)
FROM ledger_journal j JOIN ledger_transfer t ON t.membership_id = j.membership_id AND t.seq = j.seq
WHERE j.programme_id = %s AND j.cause_kind = ANY(%s::text[]) GROUP BY 1
"""
# What may be spent of a unit at a moment, of the account row `account`: %(unit)s, %(at)s.
AVAILABLE_COLUMN = """
greatest(0, coalesce((SELECT sum((lot->>2)::bigint)
    FROM jsonb_array_elements(account.units->%(unit)s->'lots') AS lot
    WHERE (lot->>4 IS NULL OR (lot->>4)::timestamptz > %(at)s)
        AND coalesce(lot->>5, lot->>3)::timestamptz <= %(at)s), 0)
  - coalesce((SELECT sum((hold->>2)::bigint)
    FROM jsonb_array_elements(account.units->%(unit)s->'holds') AS hold
    WHERE hold->>4 IS NULL OR (hold->>4)::timestamptz > %(at)s), 0))
"""
# A measure summed over the local days %(first)s to %(last)s, both included, of the account row `account`.
MEASURE_COLUMN = """
coalesce((SELECT sum((measured.tallies->>%(measure)s)::bigint) FROM ledger_measure AS measured
    WHERE measured.membership_id = account.membership_id AND measured.day BETWEEN %(first)s AND %(last)s), 0)
"""


def accounts(memberships: Iterable[int]) -> dict[int, Account]:
    """The accounts of `memberships` that exist, as written, not locked."""
    return ask(accounts_question(memberships))


def accounts_question(memberships: Iterable[int]) -> Question[dict[int, Account]]:
    """`accounts`, to be asked together with others."""
    return Question(storing.READ, [listed(memberships)], storing.accounts_told)


def days(memberships: Iterable[int], since: date) -> dict[int, dict[date, dict[str, int]]]:
    """{membership: {local day: {measure: value}}} since `since` (included); every membership asked for is there."""
    return ask(days_question(memberships, since))


def days_question(memberships: Iterable[int], since: date) -> Question[dict[int, dict[date, dict[str, int]]]]:
    """`days`, to be asked together with others."""
    wanted = listed(memberships)

    def read(rows: list[Row]) -> dict[int, dict[date, dict[str, int]]]:
        found: dict[int, dict[date, dict[str, int]]] = {membership: {} for membership in wanted}
        for membership, day, tallies in rows:
            found[membership][day] = msgspec.json.decode(tallies)
        return found

    return Question(DAYS, [wanted, since], read)


def spent_lots(journals: Sequence[JournalKey]) -> dict[JournalKey, tuple[SpentLot, ...]]:
    """What each journal (membership, seq) took from which lots, in the order of the spend, and how much of it journals
    that reverse it have given back since. Journals that took nothing have an empty answer."""
    found: dict[JournalKey, list[SpentLot]] = {key: [] for key in journals}
    columns: list[Any] = [[membership for membership, _ in journals], [seq for _, seq in journals]]
    for m, s, unit, lot_seq, lot_n, earned_at, expires_at, usable_from, amount, returned in storing.run(SPENT, columns):
        lot = LotFact((lot_seq, lot_n), 0, earned_at, expires_at, usable_from)
        found[(m, s)].append(SpentLot(unit, lot, int(amount), int(returned)))
    return {key: tuple(spent) for key, spent in found.items()}


def lot_flows(journal: JournalKey) -> dict[str, dict[str, int]]:
    """Where the lots a journal opened have gone, net of what came back: {unit: {house account's purpose: amount}}."""
    found: dict[str, dict[str, int]] = {}
    for unit, purpose, amount in storing.run(FLOWS, list(journal)):
        found.setdefault(unit, {})[purpose] = int(amount)
    return found


def lapsed_units(journal: JournalKey) -> dict[str, int]:
    """How much of what a journal brought has been written down as expired, by unit."""
    return {unit: int(amount) for unit, amount in storing.run(LAPSED, list(journal))}


def lapsed_of_lots(lots: Collection[tuple[int, int, int]]) -> dict[str, int]:
    """How much of these lots (membership, seq, n) has been written down as expired, by unit."""
    if not lots:
        return {}
    rows = storing.run(LAPSED_LOTS, [list(column) for column in zip(*lots, strict=True)])
    return {unit: int(amount) for unit, amount in rows}


def house_flows(journals: Sequence[JournalKey], purpose: str) -> dict[JournalKey, int]:
    """What each journal moved between its member and a house account: to her above nought, from her below."""
    columns: list[Any] = [[membership for membership, _ in journals], [seq for _, seq in journals], purpose]
    return {(m, s): int(amount) for m, s, amount in storing.run(HOUSE_FLOWS, columns)} if journals else {}


def caused(programme: int, kinds: Sequence[str]) -> dict[str, int]:
    """What journals of these causes moved altogether, by reference: to members above nought, from them below."""
    return {ref: int(amount) for ref, amount in storing.run(CAUSED, [programme, list(kinds)])}
