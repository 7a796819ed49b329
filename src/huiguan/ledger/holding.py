"""Holds: value set aside until it is posted, in whole or part, released, or lapses. Pure.

A hold belongs to no lot: it lowers what may be spent. When it is posted, the lots are chosen then.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.ledger.lots import choose
from huiguan.ledger.values import Account, HoldEvent, HoldFact, HoldKey, Journal, Movement, member_address


class HoldEnded(Refusal):
    """The hold is no longer open at that moment, or not for so much: posted, released or lapsed."""

    text = Text(
        zh="这笔预留已结束，或余下不足：还留着 {left:points}。",
        en="This hold has ended or has too little left: {left:points}.",
    )


def open_hold(account: Account, hold: HoldKey, at: datetime) -> tuple[str, HoldFact]:
    """The unit and the hold; HoldEnded where it is not open at `at`."""
    for unit, state in account.units.items():
        for each in state.holds:
            if each.key == hold and (each.lapses_at is None or at < each.lapses_at):
                return unit, each
    raise HoldEnded(field="hold", left=0)


def placing(head: Journal, *, unit: str, amount: int, lapses_at: datetime | None) -> Journal:
    """`head` (moment, cause, actor, clause) with the hold it places."""
    return replace(head, holds=(*head.holds, HoldEvent("placed", unit, amount, lapses_at=lapses_at)))


def releasing(head: Journal, account: Account, hold: HoldKey, *, amount: int | None = None) -> Journal:
    """`head` with the release of `amount`, or of all that is left."""
    unit, found = open_hold(account, hold, head.at)
    return replace(head, holds=(*head.holds, HoldEvent("released", unit, _part(found, amount), hold)))


def posting(
    head: Journal,
    account: Account,
    hold: HoldKey,
    *,
    credit: str,
    amount: int | None = None,
    order: str = "oldest",
    keep_rest: bool = False,
) -> Journal:
    """`head` with `amount` of the hold (all of it by default) spent to the address `credit`.

    What is left of the hold is released, or stays held with `keep_rest`. BalanceTooLow where lots died meanwhile.
    """
    unit, found = open_hold(account, hold, head.at)
    part = _part(found, amount)
    events = [HoldEvent("posted", unit, part, hold)]
    if part < found.left and not keep_rest:
        events.append(HoldEvent("released", unit, found.left - part, hold))
    uses = choose(account.unit(unit).lots, part, head.at, order=order, unit=unit)
    move = Movement(unit, part, member_address(account.membership, unit), credit, head.clause, uses=uses)
    return replace(head, holds=(*head.holds, *events), movements=(*head.movements, move))


def _part(hold: HoldFact, amount: int | None) -> int:
    if amount is not None and amount > hold.left:
        raise HoldEnded(field="amount", left=hold.left)
    return hold.left if amount is None else amount
