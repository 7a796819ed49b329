"""An order undone: cancelled before it is had, or its goods returned. Units go back to the lots they came from."""

from __future__ import annotations

from datetime import datetime

from huiguan.checkout.refusals import OutsideWindow
from huiguan.checkout.telling import sentence
from huiguan.entitlements import operations as entitlements
from huiguan.entitlements import queries as rights
from huiguan.entitlements.values import RightMove, RightUsed
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.moments import local_day
from huiguan.kernel.text import Text
from huiguan.ledger import facts as ledger_facts
from huiguan.ledger import lots as lot_choice
from huiguan.ledger import operations as ledger
from huiguan.ledger.posting import fold
from huiguan.ledger.values import Journal, Movement, house_address, member_address
from huiguan.members import operations as member_books
from huiguan.programme import queries as programmes
from huiguan.rewards import refusals, stock
from huiguan.rewards.desk import demand_desk, demand_state, on_order
from huiguan.rewards.inputs import EndOrder
from huiguan.rewards.models import Order
from huiguan.rewards.paying import pay_back
from huiguan.rewards.stepping import owed_of, returnable_until, write_step
from huiguan.rewards.values import CANCELLED, CLOSED, PLACED, PREPARED, READY, RECEIVED, RETURNED, SENT, OrderView
from huiguan.rewards.waiting import offer_next, pass_on_due
from huiguan.rules.kinds import catalogue

LATE = """
FROM rewards_order
WHERE programme_id = %(programme)s AND pay_until <= %(at)s AND state IN ('placed', 'prepared', 'ready')
"""

CANCEL = Text(zh="取消", en="cancelled")
RETURN = Text(zh="退回", en="returned")
UNPAID = "unpaid"
_NO_RETURN = Text(zh="章程规定领取后不退。", en="By the rulebook nothing comes back once it is received.")
_LATE = Text(zh="只能在 {until:moment} 之前退回。", en="It could come back until {until:moment}.")


def cancel_order(*, actor: Actor, at: datetime, given: EndOrder, key: str | None = None) -> OrderView:
    """An order taken back before it is had; a member's own as long as the clause says. OrderUnknown, OrderNotInState,
    Forbidden."""

    def do(row: Order) -> None:
        if actor.kind == "member":
            demand_state(row, _hers(row), CANCEL, at)
        else:
            demand_desk(actor, row)
            demand_state(row, (PLACED, PREPARED, READY), CANCEL, at)
        _demand_not_forfeited(row, at)
        undo(actor, at, row, CANCELLED, given.why, given.shift)

    return on_order("cancel_order", actor, at, given, given.order, key, do)


def _demand_not_forfeited(row: Order, at: datetime) -> None:
    """What was not collected by the last day there is for it cannot be taken back either."""
    rulebook = programmes.version(row.version)
    _, ends = catalogue.had_between(rulebook, 0, row.placed_at)
    if row.source == "mall" and ends is not None and at >= ends:
        stop = catalogue.handing_over(rulebook, 0, row.placed_at, at)
        assert stop is not None, "its time is over"
        raise OutsideWindow(field="order", clause=stop.clause, why=sentence(rulebook, stop))


def _hers(row: Order) -> tuple[str, ...]:
    """In which states a member may take her order back herself."""
    clause = catalogue.rule(programmes.version(row.version))
    until = catalogue.terms(clause).cancel if clause is not None else "until_prepared"
    return (PLACED,) if until == "until_prepared" else (PLACED, PREPARED)


def return_order(*, actor: Actor, at: datetime, given: EndOrder, key: str | None = None) -> OrderView:
    """Goods that come back: a parcel nobody took, or what was received, within the clause's days. A coupon comes back
    while it is not used, an outside code never. Takes the power `return`.

    OrderUnknown, OrderNotInState, ReturnTooLate, CodeSeen, RightUsed, Forbidden.
    """
    actor.demand("return")

    def do(row: Order) -> None:
        actor.demand("return", row.shop_id)
        demand_state(row, (SENT, RECEIVED, CLOSED), RETURN, at)
        if row.state == RECEIVED:
            _demand_in_time(row, at)
        if row.item.sort == "code":
            raise refusals.CodeSeen(field="order")
        undo(actor, at, row, RETURNED, given.why, given.shift)

    return on_order("return_order", actor, at, given, given.order, key, do)


def _demand_in_time(row: Order, at: datetime) -> None:
    until = returnable_until(row)
    if not row.document.get("return_days"):
        raise refusals.ReturnTooLate(field="order", clause=row.clause, told=_NO_RETURN)
    if until is not None and until <= at:
        on = until.astimezone(programmes.version(row.version).zone).isoformat()
        raise refusals.ReturnTooLate(field="order", clause=row.clause, told=Text(**_LATE.both(until=on)))


def undo(
    actor: Actor,
    at: datetime,
    row: Order,
    state: str,
    why: str,
    shift: str | None = None,
    *,
    when: datetime | None = None,
) -> None:
    """Units, pieces, coupons and money back, the step written, and the piece offered to who waits. `when` it happened,
    where not now."""
    now, at = at, when or at
    recalled = member_books.recall_books(actor=actor, at=now, membership=row.membership_id)
    _units_back(actor, at, now, row)
    _rights_back(at, now, row)
    if recalled is not None:
        member_books.hand_books_on(recalled)
    if row.pool is not None:
        stock.put(actor, row.pool, row.quantity, cause=f"back:{row.number}", at=at)
        offer_next(actor, row.item, row.pool.shop_id, at)
    # Last: the drawer's deed takes the audit's lock, for which others wait with books and shelves in their hands.
    back = pay_back(actor, now, row, shift)
    write_step(actor, row, state, at=at, now=now, why=why, **back)


def _units_back(actor: Actor, at: datetime, now: datetime, row: Order) -> None:
    """What the order spent, in the lots it came from; what its day counted, counted no more."""
    if row.seq is None:
        return
    account = ledger.lock_accounts([row.membership_id])[row.membership_id]
    account, sealed = fold(account, _journal(actor, at, row), written_at=now)
    ledger.write_sealed(row.programme_id, [account], [(row.membership_id, sealed)], now)
    row.back_seq = account.seq


def _rights_back(at: datetime, now: datetime, row: Order) -> None:
    """A coupon that comes back is used up by it; one that paid for something already, or that a friend has, cannot."""
    given = [right for right, _ in row.document.get("rights", ())]
    if not given:
        return
    ledger.lock_accounts([row.membership_id])
    for held in rights.rights_of([row.membership_id])[row.membership_id]:
        if held.id in given and held.gone:
            raise RightUsed(field="order", code=held.code)
    moves = [RightMove(row.membership_id, right, at, f"order_back:{row.number}") for right in given]
    entitlements.use_rights(programme=row.programme_id, moves=moves, written_at=now)


def _journal(actor: Actor, at: datetime, row: Order) -> Journal:
    rulebook = programmes.version(row.version)
    day, key = local_day(row.placed_at, rulebook.zone), (row.membership_id, row.seq or 0)
    movements: tuple[Movement, ...] = ()
    if row.units:
        restores = lot_choice.give_back(ledger_facts.spent_lots([key])[key], row.units)
        movements = (
            Movement(
                unit=row.unit,
                amount=row.units,
                debit=house_address(row.unit, "redeemed"),
                credit=member_address(row.membership_id, row.unit),
                clause=row.clause,
                restores=restores,
            ),
        )
    return Journal(
        at=at,
        cause=("order_back", row.number),
        actor=actor.reference,
        version=row.version,
        movements=movements,
        tallies=tuple((day, measure, -count) for measure, count in row.document.get("tallies", ())),
        reverses=row.seq,
    )


def end_what_lapsed(programme: int, until: datetime) -> int:
    """The night's work: orders whose money did not come in time, and pieces kept for who did not come, each in the order
    of their moments, so that a piece goes to whoever was next when it came free; how many."""
    due = Order.objects.raw(f"SELECT * {LATE} ORDER BY pay_until, id", {"programme": programme, "at": until})
    unpaid = [(row.pay_until or until, row.number) for row in due if owed_of(row)]
    passed = 0
    for moment, number in unpaid:
        passed += pass_on_due(programme, moment)
        given = EndOrder(order=number, why=UNPAID)
        on_order(
            "cancel_order", system(programme, "nightly"), until, given, number, None,
            lambda row: _lapse(programme, until, row),
        )  # fmt: skip
    return len(unpaid) + passed + pass_on_due(programme, until)


def _lapse(programme: int, until: datetime, row: Order) -> None:
    if row.state in (PLACED, PREPARED, READY) and owed_of(row):
        undo(system(programme, "nightly"), until, row, CANCELLED, UNPAID, when=row.pay_until)
