"""Examining one membership's books: every figure is made again from its history. Pure.

Works through the chain once, in order of writing. Each check names the line at which it fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from huiguan.ledger.findings import Finding
from huiguan.ledger.history import History, Link
from huiguan.ledger.lots import next_due
from huiguan.ledger.measures import merged
from huiguan.ledger.replaying import Standing, delta_of
from huiguan.ledger.values import HoldFact, HoldKey, UnitState, member_address
from huiguan.rules.facts import LotFact, LotKey


@dataclass(slots=True)
class Books:
    """What has been made again so far."""

    membership: int
    standing: Standing = field(default_factory=Standing)
    holds: dict[HoldKey, tuple[str, HoldFact]] = field(default_factory=dict)
    moved: dict[str, int] = field(default_factory=dict)  # unit -> sum of transfers to the member less those from her
    tallies: list[tuple[date, str, int]] = field(default_factory=list)
    changed: set[int] = field(default_factory=set)  # journals whose hash differs

    def states(self) -> dict[str, UnitState]:
        """The units as the account should have them."""
        lots: dict[str, list[LotFact]] = {}
        for unit, lot in self.standing.open_lots():
            lots.setdefault(unit, []).append(lot)
        holds: dict[str, list[HoldFact]] = {}
        for unit, hold in self.holds.values():
            holds.setdefault(unit, []).append(hold)
        return {
            unit: UnitState(
                sum(lot.left for lot in lots.get(unit, ())),
                sum(hold.left for hold in holds.get(unit, ())),
                tuple(lots.get(unit, ())),
                tuple(holds.get(unit, ())),
            )
            for unit in {*lots, *holds, *self.moved}
        }


def examine(history: History, *, now: bool = True) -> tuple[Books, list[Finding]]:
    """The books of one membership made again, and what is wrong with them.

    `now` also compares the account and the measures, which are those of the present.
    """
    books = Books(history.membership)
    found: list[Finding] = []
    for table, seq, n in history.orphans if now else ():
        found.append(_finding(books, "row_without_journal", table, (seq, n), f"journal {seq}", "none"))
    head, seq, written = b"", 0, None
    for link in history.links:
        found.extend(_chain(books, link, head, seq, written))
        found.extend(_transfers(books, link))
        found.extend(_lots(books, link))
        found.extend(_holds(books, link))
        books.tallies.extend(link.journal.tallies)
        head, seq, written = link.hash, link.seq, link.written_at
    if now:
        found.extend(_account(books, history, head, seq))
    found.extend(_measures(books, history, now))
    return books, found


def _finding(
    books: Books, code: str, table: str, key: tuple[int | str, ...], expected: object, got: object, part: str = ""
) -> Finding:
    return Finding(code, table, (books.membership, *key), str(expected), str(got), books.membership, field=part)


def _chain(books: Books, link: Link, head: bytes, seq: int, written: datetime | None) -> Iterator[Finding]:
    table = "ledger_journal"
    for missing in range(seq + 1, min(link.seq, seq + 21)):
        yield _finding(books, "journal_missing", table, (missing,), f"journal {missing}", f"{seq} then {link.seq}")
    if link.previous != head:
        yield _finding(books, "chain_broken", table, (link.seq,), head.hex() or "start", link.previous.hex() or "start")
    expected = link.expected_hash(books.membership)
    if expected != link.hash:
        books.changed.add(link.seq)
        yield _finding(books, "hash_mismatch", table, (link.seq,), expected.hex(), link.hash.hex())
    if written is not None and link.written_at < written:
        yield _finding(books, "written_backwards", table, (link.seq,), f"from {written}", link.written_at)


def _transfers(books: Books, link: Link) -> Iterator[Finding]:
    """Every transfer has its lots, every lot and use its transfer, and the amounts agree."""
    rows = link.rows
    transfers = {row[0]: row for row in rows.transfers}
    opened = {row[0]: row for row in rows.lots}
    used: dict[int, int] = {}
    for _, transfer, _, _, amount in rows.uses:
        used[transfer] = used.get(transfer, 0) + amount
    last = max((*transfers, *opened, *used), default=0)
    for n in range(1, last + 1):
        if n not in transfers:
            yield _finding(books, "transfer_missing", "ledger_transfer", (link.seq, n), f"transfer {n}", "none")
    for n in range(1, max((row[0] for row in rows.uses), default=0) + 1):
        if n not in {row[0] for row in rows.uses}:
            yield _finding(books, "use_missing", "ledger_lot_use", (link.seq, n), f"use {n}", "none")
    for n, (_, unit, debit, credit, amount, _) in transfers.items():
        key = (link.seq, n)
        delta = delta_of(books.membership, unit, debit, credit, amount)
        books.moved[unit] = books.moved.get(unit, 0) + delta
        if delta == 0 and "member:" in debit + credit:
            yield _finding(books, "address_foreign", "ledger_transfer", key, member_address(books.membership, unit),
                           f"{debit} → {credit}")  # fmt: skip
        if delta > 0 and n not in opened and n not in used:
            yield _finding(books, "lot_missing", "ledger_lot", key, amount, "none")
            continue
        arrived = (opened[n][2] if n in opened else 0) - used.get(n, 0)
        if arrived != delta or (n in opened and opened[n][1] != unit):
            yield _finding(books, "transfer_unmatched", "ledger_transfer", key, arrived, delta)


def _lots(books: Books, link: Link) -> Iterator[Finding]:
    """No lot gives more than is in it, none gets back more than it gave, none is used out of its life."""
    standing, at = books.standing, link.journal.at
    standing.read(link)
    credits_to = {row[0]: row[3] for row in link.rows.transfers}
    for n, transfer, lot_seq, lot_n, amount in link.rows.uses:
        key, line = (lot_seq, lot_n), (link.seq, n)
        terms = standing.terms.get(key)
        if terms is None:
            yield _finding(books, "use_without_lot", "ledger_lot_use", line, f"lot {key}", "none")
            continue
        expires_at, expiry = terms[5], credits_to.get(transfer, "").endswith(":expired")
        if amount > 0 and expiry and (expires_at is None or at < expires_at):
            yield _finding(books, "lot_expired_early", "ledger_lot_use", line, f"from {expires_at}", at)
        if amount > 0 and not expiry and expires_at is not None and at >= expires_at:
            yield _finding(books, "lot_used_after_end", "ledger_lot_use", line, f"before {expires_at}", at)
        if standing.left[key] < 0:
            yield _finding(books, "lot_overdrawn", "ledger_lot", key, f"at most {terms[2]} used",
                           f"{terms[2] - standing.left[key]} used, at {line}")  # fmt: skip
        if standing.left[key] > terms[2]:
            yield _finding(books, "lot_overfull", "ledger_lot", key, f"at most {terms[2]}",
                           f"{standing.left[key]}, at {line}")  # fmt: skip


def _holds(books: Books, link: Link) -> Iterator[Finding]:
    for n, hold_seq, hold_n, what, unit, amount, lapses_at in link.rows.holds:
        key, line = (hold_seq, hold_n), (link.seq, n)
        if what == "placed":
            books.holds[key] = (unit, HoldFact(key, amount, link.journal.at, lapses_at))
            continue
        open_hold = books.holds.get(key)
        left = open_hold[1].left if open_hold else 0
        if open_hold is None or open_hold[0] != unit or left < amount:
            yield _finding(books, "hold_unsound", "ledger_hold", line, f"at most {left} of {unit}", amount)
            continue
        fact = open_hold[1]
        books.holds[key] = (unit, HoldFact(key, left - amount, fact.placed_at, fact.lapses_at))
        if left == amount:
            del books.holds[key]


def _account(books: Books, history: History, head: bytes, seq: int) -> Iterator[Finding]:
    """The account row is exactly the fold of its journals."""
    account = history.account
    if account is None:
        if history.links or history.orphans or history.measures:
            yield _finding(books, "account_missing", "ledger_account", (), "an account", "none")
        return
    expected = books.states()
    wrong = [
        ("seq", seq, account.seq),
        ("head", head.hex(), account.head.hex()),
        ("next_due", next_due(expected.values()), next_due(account.units.values())),
        ("next_due", next_due(account.units.values()), account.next_due),
    ]
    for unit in sorted({*expected, *account.units}):
        ours, theirs = expected.get(unit, UnitState()), account.unit(unit)
        wrong.append((f"{unit}.balance", ours.balance, theirs.balance))
        wrong.append((f"{unit}.held", ours.held, theirs.held))
        wrong.append((f"{unit}.holds", ours.holds, theirs.holds))
        if books.moved.get(unit, 0) != ours.balance:
            wrong.append((f"{unit}.transfers", books.moved.get(unit, 0), ours.balance))
        yield from _lot_terms(books, ours.lots, theirs.lots, unit)
    for part, want, have in wrong:
        if want != have:
            yield _finding(books, "account_out_of_step", "ledger_account", (), want, have, part)


def _lot_terms(books: Books, ours: tuple[LotFact, ...], theirs: tuple[LotFact, ...], unit: str) -> Iterator[Finding]:
    """Lot by lot. Where the lot's own journal no longer has its hash, the lot was changed; else the account was."""
    history: dict[LotKey, LotFact] = {lot.key: lot for lot in ours}
    cached: dict[LotKey, LotFact] = {lot.key: lot for lot in theirs}
    for key in sorted({*history, *cached}):
        mine, other = history.get(key), cached.get(key)
        if mine == other:
            continue
        if mine and other and mine.left == other.left and key[0] in books.changed:
            yield _finding(books, "lot_terms_changed", "ledger_lot", key, _told(other), _told(mine))
        else:
            yield _finding(books, "account_out_of_step", "ledger_account", (), _told(mine), _told(other),
                           f"{unit}.lot {key}")  # fmt: skip


def _told(lot: LotFact | None) -> str:
    if lot is None:
        return "none"
    return f"{lot.left} left, earned {lot.earned_at}, usable {lot.usable_from}, expires {lot.expires_at}"


def _measures(books: Books, history: History, now: bool) -> Iterator[Finding]:
    """A day's measures are the sum of the journals' tallies, and none is below nought."""
    expected = merged(books.tallies)
    for day in sorted({*expected, *(history.measures if now else ())}):
        want = expected.get(day, {})
        have = history.measures.get(day, {}) if now else want
        for name in sorted({*want, *have}):
            key = (day.isoformat(),)
            if want.get(name, 0) != have.get(name, 0):
                yield _finding(books, "measure_out_of_step", "ledger_measure", key, want.get(name, 0),
                               have.get(name, 0), name)  # fmt: skip
            elif have.get(name, 0) < 0:
                yield _finding(books, "measure_negative", "ledger_measure", key, "at least 0", have[name], name)
