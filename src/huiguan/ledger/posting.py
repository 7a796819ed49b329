"""Folding a journal into an account: the only arithmetic by which a balance changes. Pure.

The same fold runs when a sale is committed and when the books are proved, so what is written is what is checked.
"""

from __future__ import annotations

from datetime import datetime

from huiguan.kernel.records import replace
from huiguan.ledger.chaining import link
from huiguan.ledger.lots import alive, available, next_due
from huiguan.ledger.rows import rows_of, utc
from huiguan.ledger.values import (
    NOTHING_HELD,
    Account,
    BalanceTooLow,
    HoldEvent,
    HoldFact,
    Journal,
    Movement,
    Sealed,
    UnitState,
    member_address,
)
from huiguan.rules.facts import LotFact, LotKey


class Unsound(ValueError):
    """A journal that does not add up. It is our mistake, never the member's: nothing a person enters leads here."""


def fold(account: Account, journal: Journal, *, written_at: datetime) -> tuple[Account, Sealed]:
    """The account after `journal`, and the journal sealed into the chain.

    `written_at` never runs backwards within a chain: a clock that lags takes the moment of the link before.
    BalanceTooLow where a lot, or what holds leave free, does not suffice; Unsound where the journal contradicts itself.
    """
    seq = account.seq + 1
    if account.written_at is not None and account.written_at > written_at:
        written_at = account.written_at
    units = moved(account, journal, seq) if journal.movements or journal.holds else account.units
    due = account.next_due if units is account.units else next_due(units.values())
    rows = rows_of(journal, seq)
    membership, programme, head = account.membership, account.programme, account.head
    digest = link(
        journal, rows, membership=membership, programme=programme, seq=seq, written_at=written_at, previous=head
    )
    sealed = Sealed(membership, programme, seq, head, digest, written_at, journal, rows)
    return Account(membership, programme, seq, digest, units, due, written_at), sealed


def moved(account: Account, journal: Journal, seq: int) -> dict[str, UnitState]:
    """What the account holds once `journal` is its `seq`-th, nothing sealed. Raises what `fold` does."""
    units = dict(account.units)
    posted: dict[str, int] = {}
    for n, event in enumerate(journal.holds, 1):
        units[event.unit] = _held(units.get(event.unit, NOTHING_HELD), event, (seq, n), journal.at)
        if event.what == "posted":
            posted[event.unit] = posted.get(event.unit, 0) + event.amount
    for n, movement in enumerate(journal.movements, 1):
        unit = movement.unit
        mine = member_address(account.membership, unit)
        state = units.get(unit, NOTHING_HELD)
        if movement.amount <= 0 or movement.debit == movement.credit:
            raise Unsound(f"movement {n}: a positive amount between two addresses")
        if movement.credit == mine:
            units[unit] = _arrived(state, movement, (seq, n))
        elif movement.debit == mine:
            after = _left(state, movement, journal.at)
            if state.holds and not movement.credit.endswith(":expired"):
                _spare_holds(state, after, unit, journal.at, posted)
            units[unit] = after
        elif movement.opens or movement.uses or movement.restores or "member:" in movement.debit + movement.credit:
            raise Unsound(f"movement {n}: lots move with this membership's own address only")
    return units


def _arrived(state: UnitState, movement: Movement, key: LotKey) -> UnitState:
    """Value that reaches the member: a new lot, or back to the lots it came from."""
    if movement.uses or (movement.opens is None) == (not movement.restores):
        raise Unsound("what arrives opens a lot or restores lots")
    lots = list(state.lots)
    if movement.opens is not None:
        terms = movement.opens
        lots.append(LotFact(key, movement.amount, utc(terms.earned_at), utc(terms.expires_at), utc(terms.usable_from)))
    else:
        if sum(amount for _, amount in movement.restores) != movement.amount:
            raise Unsound("restores do not add up to the amount")
        for lot, amount in movement.restores:
            _put_back(lots, lot, amount)
    return UnitState(state.balance + movement.amount, state.held, tuple(lots), state.holds)


def _put_back(lots: list[LotFact], lot: LotFact, amount: int) -> None:
    """`amount` back into `lot`, which may have been emptied and left the open lots. Lots stay in order of their keys."""
    if amount <= 0:
        raise Unsound("a lot gets back a positive amount")
    for i, open_lot in enumerate(lots):
        if open_lot.key == lot.key:
            lots[i] = replace(open_lot, left=open_lot.left + amount)
            return
        if open_lot.key > lot.key:
            lots.insert(i, replace(lot, left=amount))
            return
    lots.append(replace(lot, left=amount))


def _left(state: UnitState, movement: Movement, at: datetime) -> UnitState:
    """Value that leaves the member: exactly the named lots, alive unless it is their expiry."""
    if movement.opens is not None or movement.restores:
        raise Unsound("what leaves takes from lots")
    if sum(amount for _, amount in movement.uses) != movement.amount:
        raise Unsound("uses do not add up to the amount")
    expiry = movement.credit.endswith(":expired")
    wanted: dict[LotKey, int] = {}
    for key, amount in movement.uses:
        if amount <= 0:
            raise Unsound("a lot gives a positive amount")
        wanted[key] = wanted.get(key, 0) + amount
    lots: list[LotFact] = []
    for lot in state.lots:
        amount = wanted.pop(lot.key, 0)
        if amount:
            is_dead = lot.expires_at is not None and lot.expires_at <= at
            if expiry and not is_dead:
                raise Unsound(f"lot {lot.key} does not expire before its end")
            if amount > lot.left or (is_dead and not expiry):
                raise BalanceTooLow(unit=movement.unit, has=0 if is_dead else lot.left, needs=amount)
            if amount == lot.left:
                continue
            lot = LotFact(lot.key, lot.left - amount, lot.earned_at, lot.expires_at, lot.usable_from)
        lots.append(lot)
    if wanted:
        raise BalanceTooLow(unit=movement.unit, has=0, needs=sum(wanted.values()))
    return UnitState(state.balance - movement.amount, state.held, tuple(lots), state.holds)


def _spare_holds(before: UnitState, after: UnitState, unit: str, at: datetime, posted: dict[str, int]) -> None:
    """A spend may not eat what open holds set aside; what this journal itself posts from a hold it may spend, even
    where lots that died have left too little for the other holds."""
    taken = _living(before, at) - _living(after, at)
    free = available(before, at)
    covered = min(taken, posted.get(unit, 0))
    if taken > max(free, covered):
        raise BalanceTooLow(unit=unit, has=free, needs=taken)
    posted[unit] = posted.get(unit, 0) - covered


def _living(state: UnitState, at: datetime) -> int:
    return sum(lot.left for lot in state.lots if alive(lot, at))


def _held(state: UnitState, event: HoldEvent, key: tuple[int, int], at: datetime) -> UnitState:
    if event.amount <= 0:
        raise Unsound("a hold is of a positive amount")
    if event.what == "placed":
        if event.hold is not None:
            raise Unsound("a new hold has no key yet")
        free = available(state, at)
        if event.amount > free:
            raise BalanceTooLow(unit=event.unit, has=free, needs=event.amount)
        holds = (*state.holds, HoldFact(key, event.amount, utc(at), utc(event.lapses_at)))
        return replace(state, held=state.held + event.amount, holds=holds)
    hold = next((each for each in state.holds if each.key == event.hold), None)
    if hold is None or event.amount > hold.left:
        raise Unsound(f"hold {event.hold} has not {event.amount} left")
    if event.what == "lapsed" and (hold.lapses_at is None or at < hold.lapses_at):
        raise Unsound(f"hold {event.hold} does not lapse before its end")
    rest = replace(hold, left=hold.left - event.amount)
    kept = tuple(rest if each.key == hold.key else each for each in state.holds)
    return replace(state, held=state.held - event.amount, holds=tuple(each for each in kept if each.left))
