"""Lots: which are spent first, which are dead at a moment, how an account reads at that moment. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime

from huiguan.kernel.records import replace
from huiguan.ledger.values import Account, BalanceTooLow, SpentLot, UnitState
from huiguan.rules.facts import LotFact, LotKey, alive

ORDERS = ("oldest", "soonest")
_NEVER = datetime.max.replace(tzinfo=UTC)

__all__ = ["alive", "available", "choose", "claw", "dead", "due", "give_back", "next_due", "settled"]


def dead(lot: LotFact, at: datetime) -> bool:
    return lot.expires_at is not None and lot.expires_at <= at


def available(state: UnitState, at: datetime) -> int:
    """What may be spent at `at`: live lots less what is held; never below nought."""
    held = sum(hold.left for hold in state.holds if hold.lapses_at is None or at < hold.lapses_at)
    return max(0, sum(lot.left for lot in state.lots if alive(lot, at)) - held)


def choose(
    lots: Iterable[LotFact],
    amount: int,
    at: datetime,
    *,
    order: str = "oldest",
    prefer: Collection[LotKey] = (),
    unit: str = "points",
) -> tuple[tuple[LotKey, int], ...]:
    """The lots a spend of `amount` takes at `at`: `prefer` first, then by `order` ("oldest" earned or "soonest" dead).

    Only live lots are taken. BalanceTooLow where they do not suffice; holds are the business of `posting.fold`.
    """
    taken, short = _take((lot for lot in lots if alive(lot, at)), amount, order, prefer, pending_at=None)
    if short:
        raise BalanceTooLow(unit=unit, has=amount - short, needs=amount)
    return taken


def claw(
    lots: Iterable[LotFact], amount: int, at: datetime, *, order: str = "oldest", prefer: Collection[LotKey] = ()
) -> tuple[tuple[tuple[LotKey, int], ...], int]:
    """The lots from which `amount` is taken back, and what could not be: the caller settles that explicitly.

    Value not yet usable goes first, then the lots in `prefer` (the sale's own), then the others by `order`.
    """
    living = (lot for lot in lots if lot.left > 0 and not dead(lot, at))
    return _take(living, amount, order, prefer, pending_at=at)


def _take(
    lots: Iterable[LotFact], amount: int, order: str, prefer: Collection[LotKey], pending_at: datetime | None
) -> tuple[tuple[tuple[LotKey, int], ...], int]:
    if order not in ORDERS:
        raise ValueError(f"no such order of spending: {order}")

    def rank(lot: LotFact) -> tuple[bool, bool, datetime, datetime, LotKey]:
        usable = pending_at is None or alive(lot, pending_at)
        end = (lot.expires_at or _NEVER) if order == "soonest" else lot.earned_at
        return (usable, lot.key not in prefer, end, lot.earned_at, lot.key)

    taken: list[tuple[LotKey, int]] = []
    for lot in sorted(lots, key=rank):
        if amount == 0:
            break
        part = min(lot.left, amount)
        taken.append((lot.key, part))
        amount -= part
    return tuple(taken), amount


def give_back(spent: Sequence[SpentLot], amount: int) -> tuple[tuple[LotFact, int], ...]:
    """The lots to which `amount` of an earlier spend returns: what was taken last goes back first.

    So any sequence of partial returns leaves the lots as if only the smaller spend had been made. `spent` in the order
    of the spend, of one unit; ValueError where more is given back than is still out.
    """
    back: list[tuple[LotFact, int]] = []
    for use in reversed(spent):
        part = min(use.amount - use.returned, amount)
        if part > 0:
            back.append((use.lot, part))
            amount -= part
    if amount:
        raise ValueError(f"{amount} more to give back than was spent")
    return tuple(back)


def due(account: Account, at: datetime) -> tuple[tuple[str, LotFact], ...]:
    """The lots dead at `at` and not yet written down, with their unit, in the order in which they died."""
    if account.next_due is None or at < account.next_due:
        return ()
    found = [(unit, lot) for unit, state in account.units.items() for lot in state.lots if dead(lot, at)]
    return tuple(sorted(found, key=lambda each: (each[1].expires_at or _NEVER, each[0], each[1].key)))


def next_due(units: Iterable[UnitState]) -> datetime | None:
    """The earliest moment at which a lot dies or a hold lapses."""
    first: datetime | None = None
    for state in units:
        for lot in state.lots:
            if lot.expires_at is not None and (first is None or lot.expires_at < first):
                first = lot.expires_at
        for hold in state.holds:
            if hold.lapses_at is not None and (first is None or hold.lapses_at < first):
                first = hold.lapses_at
    return first


def settled(account: Account, at: datetime) -> Account:
    """The account as it reads at `at`: dead lots and lapsed holds gone, written down or not."""
    if account.next_due is None or at < account.next_due:
        return account
    units = {name: _settled_unit(state, at) for name, state in account.units.items()}
    return replace(account, units=units, next_due=next_due(units.values()))


def _settled_unit(state: UnitState, at: datetime) -> UnitState:
    lots = tuple(lot for lot in state.lots if not dead(lot, at))
    holds = tuple(hold for hold in state.holds if hold.lapses_at is None or at < hold.lapses_at)
    return UnitState(sum(lot.left for lot in lots), sum(hold.left for hold in holds), lots, holds)
