"""Proving the books: everything is made again from history, for now or as the books stood at a moment.

Nothing is trusted but the journals and their hashes; the account rows, measures and seals are compared with what the
journals give. It reads one snapshot, a batch of memberships at a time, and writes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection, transaction

from huiguan.ledger.chaining import seal
from huiguan.ledger.examining import Books, examine
from huiguan.ledger.findings import Finding
from huiguan.ledger.handing import PENDING
from huiguan.ledger.history import History, all_histories
from huiguan.ledger.models import SealRow
from huiguan.ledger.sealing import root_of
from huiguan.ledger.values import house_address

__all__ = ["Finding", "Proof", "prove"]


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found (nothing: the books are sound), and what was counted.

    `outstanding`: (programme, unit, whole units held by members, dead lots not counted).
    """

    findings: tuple[Finding, ...]
    counted: dict[str, int]
    outstanding: tuple[tuple[int, str, int], ...]
    at: datetime | None = None

    @property
    def sound(self) -> bool:
        return not self.findings


def prove(
    programme: int | None = None,
    *,
    at: datetime | None = None,
    most: int = 1000,
    progress: Callable[[int], None] | None = None,
) -> Proof:
    """Prove the books of one programme, or of all, as they are now or (`at`) as they had been written by a moment.

    At most `most` findings are kept. `progress` is told the number of memberships done, now and then.
    """
    with _snapshot():
        total = _Total(at)
        for history in all_histories(programme):
            total.add(history if at is None else history.until(at))
            if progress is not None and total.counted["memberships"] % 500 == 0:
                progress(total.counted["memberships"])
        total.findings.extend(total.unequal())
        total.findings.extend(_seals(programme, at, total.counted))
    held = sorted((*key, amount) for key, amount in total.held.items())
    return Proof(tuple(total.findings[:most]), dict(total.counted), tuple(held), at)


@contextmanager
def _snapshot() -> Iterator[None]:
    """One unchanging view of the books, unless the caller's own transaction is being looked at."""
    inside = connection.in_atomic_block
    with transaction.atomic():
        if not inside:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


class _Total:
    """The sums over memberships."""

    def __init__(self, at: datetime | None) -> None:
        self.at = at
        self.findings: list[Finding] = []
        self.counted: Counter[str] = Counter(dict.fromkeys(COUNTED, 0))
        self.house: Counter[tuple[int, str]] = Counter()  # what house accounts gave less what they got
        self.balances: Counter[tuple[int, str]] = Counter()
        self.held: Counter[tuple[int, str]] = Counter()
        self.pending: Counter[tuple[int, str, str]] = (
            Counter()
        )  # given to and taken from the account between memberships

    def add(self, history: History) -> None:
        programmes = {link.programme for link in history.links}
        if history.account is not None:
            programmes.add(history.account.programme)
        programme = min(programmes, default=None)
        books, found = examine(history, now=self.at is None)
        if len(programmes) > 1:
            key = (history.membership,)
            found.append(Finding("programme_mixed", "ledger_journal", key, "one", str(sorted(programmes)), *key))
        self.findings.extend(replace(each, programme=programme) for each in found)
        if programme is not None:
            self._count(programme, history, books)

    def _count(self, programme: int, history: History, books: Books) -> None:
        self.counted["memberships"] += 1
        self.counted["journals"] += len(history.links)
        for link in history.links:
            self.counted["transfers"] += len(link.rows.transfers)
            self.counted["lots"] += len(link.rows.lots)
            self.counted["uses"] += len(link.rows.uses)
            self.counted["holds"] += len(link.rows.holds)
            for _, unit, debit, credit, amount, _ in link.rows.transfers:
                gave, got = debit.startswith("house:"), credit.startswith("house:")
                self.house[(programme, unit)] += amount * gave - amount * got
                for between in PENDING:
                    if f":{between}" in (debit[-len(between) - 1 :], credit[-len(between) - 1 :]):
                        self.pending[(programme, unit, between)] += amount * got - amount * gave
        self.counted["measures"] += len(history.measures)
        for unit, state in books.states().items():
            now = history.account.unit(unit).balance if self.at is None and history.account else state.balance
            self.balances[(programme, unit)] += now
        for unit, lot in books.standing.open_lots(at=self.at):
            self.held[(programme, unit)] += lot.left

    def unequal(self) -> Iterator[Finding]:
        """What the house gave out, net, is what members hold: the sum over all accounts is nought."""
        for programme, unit in sorted({*self.house, *self.balances}):
            gave, held = self.house[(programme, unit)], self.balances[(programme, unit)]
            if gave != held:
                yield Finding("balance_unequal", "ledger_account", (programme, unit), str(gave), str(held),
                              programme=programme)  # fmt: skip
        for (programme, unit, between), left in sorted(self.pending.items()):
            if left and self.at is None:
                address = house_address(unit, between)
                yield Finding("pending_open", "ledger_transfer", (programme, address), "0", str(left),
                              programme=programme)  # fmt: skip


COUNTED = ("memberships", "journals", "transfers", "lots", "uses", "holds", "measures", "seals")


def _seals(programme: int | None, at: datetime | None, counted: Counter[str]) -> Iterator[Finding]:
    """Every sealed day still has its root, and every seal follows from the one before."""
    rows = SealRow.objects.order_by("programme_id", "day")
    if programme is not None:
        rows = rows.filter(programme_id=programme)
    if at is not None:
        rows = rows.filter(ends__lte=at)
    before: SealRow | None = None
    for row in rows.iterator():
        counted["seals"] += 1
        if before is not None and before.programme_id != row.programme_id:
            before = None
        yield from _seal(row, before)
        before = row


def _seal(row: SealRow, before: SealRow | None) -> Iterator[Finding]:
    key = (row.programme_id, row.day.isoformat())

    def finding(code: str, part: str, expected: object, got: object) -> Finding:
        return Finding(code, "ledger_seal", key, str(expected), str(got), programme=row.programme_id, field=part)

    previous = bytes(before.hash) if before else b""
    if bytes(row.previous) != previous:
        yield finding("seal_chain_broken", "previous", previous.hex() or "start", bytes(row.previous).hex() or "start")
    if row.starts != (before.ends if before else None):
        yield finding("seal_chain_broken", "starts", before.ends if before else "start", row.starts)
    journals, root = root_of(row.programme_id, row.starts, row.ends)
    if row.journals != journals:
        yield finding("seal_altered", "journals", row.journals, journals)
    if bytes(row.root) != root:
        yield finding("seal_altered", "root", bytes(row.root).hex(), root.hex())
    expected = seal(
        programme=row.programme_id,
        day=row.day,
        starts=row.starts,
        ends=row.ends,
        journals=row.journals,
        root=bytes(row.root),
        previous=bytes(row.previous),
    )
    if bytes(row.hash) != expected:
        yield finding("seal_altered", "hash", expected.hex(), bytes(row.hash).hex())
