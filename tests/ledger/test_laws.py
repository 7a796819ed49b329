"""The laws of the books, held against random lives: whatever a member does in whatever order, they stay true.

A life is a list of steps over some years. It is lived on a pure account, and some lives also in the database.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiguan.ledger import facts
from huiguan.ledger.expiry import lapses
from huiguan.ledger.lots import available, choose, claw, give_back, settled
from huiguan.ledger.operations import expire_due, lapse_due, lock_accounts, open_accounts, write_sealed
from huiguan.ledger.posting import fold
from huiguan.ledger.proof import prove
from huiguan.ledger.queries import balances_at
from huiguan.ledger.values import Account, BalanceTooLow, HoldEvent, Journal, Sealed, SpentLot
from tests.ledger.scenes import ACTOR, POINTS, PROGRAMME, account, earning, restoring, spending, when

START = when("2026-01-01")
DAY = timedelta(days=1)

steps = st.lists(
    st.tuples(
        st.sampled_from(("earn", "late", "spend", "claw", "restore", "expire", "hold", "release")),
        st.integers(1, 60),  # how much
        st.integers(0, 90),  # days until it happens
        st.integers(1, 400),  # days a lot lives
    ),
    max_size=14,
)
lives = settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])


@dataclass
class Life:
    """One member's life: her account, all her journals, her moments."""

    account: Account
    now: datetime = START
    sealed: list[Sealed] = field(default_factory=list)
    spends: list[tuple[int, list[SpentLot]]] = field(default_factory=list)

    def live(self, chosen: list[tuple[str, int, int, int]]) -> Life:
        for what, amount, days, life in chosen:
            self.now += days * DAY
            try:
                getattr(self, what)(amount, life)
            except BalanceTooLow as refused:
                assert refused.values["has"] < amount, "refused although there was enough"
        return self

    def post(self, journal: Journal) -> Sealed:
        self.account, link = fold(self.account, journal, written_at=self.now)
        self.sealed.append(link)
        return link

    @property
    def state(self) -> Any:
        return self.account.unit(POINTS)

    def earn(self, amount: int, life: int) -> None:
        end = None if life > 390 else self.now + life * DAY
        usable = self.now + 7 * DAY if life % 5 == 0 else None
        self.post(earning(amount, self.now, until=end, usable=usable, membership=self.account.membership))

    def late(self, amount: int, life: int) -> None:
        """A sale of a while ago arrives only now; its lot may be dead already."""
        sold = self.now - 60 * DAY
        self.post(earning(amount, sold, until=sold + life * DAY, membership=self.account.membership))
        self.expire(amount, life)

    def spend(self, amount: int, life: int) -> None:
        uses = choose(self.state.lots, amount, self.now, order="soonest" if life % 2 else "oldest")
        lots = {lot.key: lot for lot in self.state.lots}
        link = self.post(spending(uses, self.now, membership=self.account.membership))
        self.spends.append((link.seq, [SpentLot(POINTS, lots[key], part, 0) for key, part in uses]))

    def claw(self, amount: int, life: int) -> None:
        if available(self.state, self.now) != settled(self.account, self.now).unit(POINTS).balance:
            return  # holds or pending lots: what may be taken is the caller's policy
        uses, short = claw(self.state.lots, amount, self.now, prefer=[(life, 1)])
        assert sum(part for _, part in uses) + short == amount
        if uses:
            self.post(spending(uses, self.now, membership=self.account.membership, to="clawed"))

    def restore(self, amount: int, life: int) -> None:
        if not self.spends:
            return
        seq, spent = self.spends[life % len(self.spends)]
        part = min(amount, sum(use.amount - use.returned for use in spent))
        if part:
            back = give_back(spent, part)
            returned = {lot.key: amount for lot, amount in back}
            spent[:] = [replace(use, returned=use.returned + returned.get(use.lot.key, 0)) for use in spent]
            self.post(restoring(back, self.now, reverses=seq, membership=self.account.membership))

    def expire(self, amount: int, life: int) -> None:
        for journal in lapses(self.account, self.now, {}):
            self.post(journal)

    def hold(self, amount: int, life: int) -> None:
        event = HoldEvent("placed", POINTS, amount, lapses_at=self.now + life * DAY)
        self.post(Journal(self.now, ("quote", "Q"), "staff:1", holds=(event,)))

    def release(self, amount: int, life: int) -> None:
        for hold in self.state.holds[:1]:
            event = HoldEvent("released", POINTS, min(amount, hold.left), hold.key)
            self.post(Journal(self.now, ("quote", "Q"), "staff:1", holds=(event,)))


def lived(chosen: list[tuple[str, int, int, int]], membership: int = 382) -> Life:
    return Life(account(membership)).live(chosen)


@lives
@given(steps)
def test_lots_are_the_balance_and_nothing_is_below_nought(chosen: list[tuple[str, int, int, int]]) -> None:
    state = lived(chosen).state
    assert state.balance == sum(lot.left for lot in state.lots)
    assert state.held == sum(hold.left for hold in state.holds)
    assert all(lot.left > 0 for lot in state.lots)
    assert [lot.key for lot in state.lots] == sorted(lot.key for lot in state.lots)


@lives
@given(steps)
def test_what_the_house_gave_less_what_it_got_is_what_the_member_has(chosen: list[tuple[str, int, int, int]]) -> None:
    life = lived(chosen)
    moves = [row for link in life.sealed for row in link.rows.transfers]
    gave = sum(row[4] for row in moves if row[2].startswith("house:"))
    got = sum(row[4] for row in moves if row[3].startswith("house:"))
    assert gave - got == life.state.balance


@lives
@given(steps)
def test_no_lot_gives_more_than_arrived_in_it_nor_gets_back_more_than_it_gave(
    chosen: list[tuple[str, int, int, int]],
) -> None:
    amounts: dict[tuple[int, int], int] = {}
    left: dict[tuple[int, int], int] = {}
    for link in lived(chosen).sealed:
        for lot in link.rows.lots:
            amounts[(link.seq, lot[0])] = left[(link.seq, lot[0])] = lot[2]
        for _, _, seq, n, amount in link.rows.uses:
            left[(seq, n)] -= amount
            assert 0 <= left[(seq, n)] <= amounts[(seq, n)]


@lives
@given(steps, st.integers(0, 900))
def test_at_any_moment_it_reads_as_it_will_after_the_night(chosen: list[tuple[str, int, int, int]], days: int) -> None:
    life = lived(chosen)
    at = life.now + days * DAY
    after = life.account
    for journal in lapses(life.account, at, {}):
        after, _ = fold(after, journal, written_at=at)
    assert after.units == settled(life.account, at).units or not after.units
    assert after.next_due == settled(life.account, at).next_due


@lives
@given(steps)
def test_expiry_takes_what_is_left_of_its_own_lot_at_its_own_end(chosen: list[tuple[str, int, int, int]]) -> None:
    ends: dict[tuple[int, int], datetime | None] = {}
    for link in lived(chosen).sealed:
        ends.update({(link.seq, lot[0]): lot[5] for lot in link.rows.lots})
        if link.journal.cause[0] == "expiry":
            assert {ends[(seq, n)] for _, _, seq, n, _ in link.rows.uses} == {link.journal.at}


members = count(10_000)


@pytest.mark.django_db
@settings(lives, max_examples=25)
@given(steps)
def test_the_books_in_the_database_prove_themselves(chosen: list[tuple[str, int, int, int]]) -> None:
    membership = next(members)
    life = lived(chosen, membership)
    open_accounts(PROGRAMME, [membership])
    lock_accounts([membership])
    write_sealed(PROGRAMME, [life.account] if life.sealed else [], [(membership, s) for s in life.sealed], life.now)
    assert facts.accounts([membership])[membership] == life.account
    year_later = life.now + timedelta(days=365)
    reads = settled(life.account, year_later)
    folded, _ = lapse_due({membership: life.account}, at=year_later, written_at=year_later)
    moments = [START, life.now - DAY, life.now, year_later]
    before = [balances_at(actor=ACTOR, membership=membership, at=at) for at in moments]
    assert before[2].get(POINTS, 0) == settled(life.account, life.now).unit(POINTS).balance
    expire_due(programme=PROGRAMME, at=year_later)
    after = facts.accounts([membership])[membership]
    assert after == folded[membership]
    assert after.unit(POINTS) == reads.unit(POINTS)
    assert [balances_at(actor=ACTOR, membership=membership, at=at) for at in moments] == before
    assert prove(PROGRAMME).findings == ()
