"""A charge is taken back, given back by its clause, or written off by two people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from huiguan.billing.dues.books import Books, close_books, open_books
from huiguan.billing.dues.charges import (
    add_move,
    clause_of,
    covers_of,
    found_charge,
    moves_of,
    stands,
    state_of,
    view_of,
)
from huiguan.billing.dues.needing import go_on
from huiguan.billing.dues.settling import keep_open, unpay
from huiguan.billing.dues.suspending import lift
from huiguan.billing.events import ChargeEnded
from huiguan.billing.inputs import DecideWaiver, OneCharge, RefundCharge, WaiveCharge
from huiguan.billing.models import Charge, ChargeMove, Waiver
from huiguan.billing.refusals import (
    ChargeClosed,
    NotRefunded,
    OwnWaiver,
    WaiverDecided,
    WaiverPending,
    WaiverTooLarge,
)
from huiguan.billing.values.dues import CHARGE_STATES, ChargeView
from huiguan.foundation.outbox import tell
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rules import owing
from huiguan.rules.kinds import fee

WAIVER = Text(zh="核销", en="write-off")
Do = Callable[[Books, Charge, list[ChargeMove]], None]


def cancel_charge(*, actor: Actor, at: datetime, given: OneCharge, key: str | None = None) -> ChargeView:
    """Take back a charge raised in error: what was paid of it is on account again. Takes `bill`. Refuses ChargeUnknown,
    ChargeClosed, CreditTooLow."""
    actor.demand("bill")

    def do(books: Books, charge: Charge, moves: list[ChargeMove]) -> None:
        if charge.cancelled_at is not None:
            raise ChargeClosed(field="charge", state=CHARGE_STATES["cancelled"])
        charge.cancelled_at = at
        charge.save(update_fields=["cancelled_at"])
        now = stands(charge, moves, books.today)
        for portion, paid in ((owing.PRINCIPAL, now.paid), (owing.FINE, now.fine_paid)):
            if paid:
                unpay(books, charge, moves, portion, paid, given.reason, owing.RETURNED)
        _write_off(books, charge, moves, now.left, now.fine, given.reason)
        _tell(books, charge, "cancelled", charge.amount)
        lift(books)

    return _changed("cancel_charge", actor, at, given, key, do)


def refund_charge(*, actor: Actor, at: datetime, given: RefundCharge, key: str | None = None) -> ChargeView:
    """Give back of a charge what its clause gives back; it is on account then. Takes `bill`. Refuses ChargeUnknown,
    NotRefunded with the clause."""
    actor.demand("bill")

    def do(books: Books, charge: Charge, moves: list[ChargeMove]) -> None:
        clause, now = clause_of(charge), stands(charge, moves, books.today)
        days = [m.day for m in moves if m.what == owing.PAID and m.portion == owing.PRINCIPAL]
        state = state_of(charge, now, moves, books.today)
        if not now.paid or now.left or state in ("returned", "cancelled"):
            raise ChargeClosed(field="charge", state=CHARGE_STATES[state])
        amount, why = fee.refundable(clause, now.paid, max(days), covers_of(charge), books.today)
        if not amount:
            text: Text = clause.module.SAYS[why.say]
            raise NotRefunded(field="charge", clause=clause.id, why=Text(**text.both(**why.values)))
        unpay(books, charge, moves, owing.PRINCIPAL, amount, given.reason, owing.RETURNED)
        _tell(books, charge, "returned", amount)

    return _changed("refund_charge", actor, at, given, key, do)


def waive_charge(*, actor: Actor, at: datetime, given: WaiveCharge, key: str | None = None) -> int:
    """Ask for what is open of a charge, or a part of it, to be written off; the request's number. Takes `bill`. Refuses
    ChargeUnknown, WaiverTooLarge, WaiverPending."""
    actor.demand("bill")

    def do() -> int:
        charge = found_charge(actor, given.charge)
        rulebook = programmes.programme_at(actor.programme, at)
        books = open_books(actor, at, rulebook, charge.membership_id)
        now = stands(charge, moves_of([charge])[charge.pk], books.today)
        is_open = now.left if given.portion == owing.PRINCIPAL else now.fine
        amount = is_open if given.amount is None else given.amount
        if not 0 < amount <= is_open:
            raise WaiverTooLarge(field="amount", open=is_open)
        if Waiver.objects.filter(charge=charge, portion=given.portion, decision="").exists():
            raise WaiverPending(field="charge")
        row = Waiver.objects.create(
            programme_id=actor.programme, membership_id=charge.membership_id, charge=charge, amount=amount,
            portion=given.portion, reason=given.reason, asked_by=actor.reference, asked_name=actor.name, asked_at=at,
        )  # fmt: skip
        return row.pk

    return perform(
        "waive_charge", actor=actor, at=at, subject=f"charge:{given.charge}", given=given, do=do, key=key, returns=int
    )


def decide_waiver(*, actor: Actor, at: datetime, given: DecideWaiver, key: str | None = None) -> ChargeView:
    """Write off what was asked for, or not; never by who asked. At most what is still open then is written off. Takes
    `correct`. Refuses OwnWaiver, WaiverDecided, NotFound."""
    actor.demand("correct")
    row = Waiver.objects.select_related("charge").filter(programme_id=actor.programme, pk=given.waiver).first()
    if row is None:
        raise NotFound(field="waiver", what=WAIVER, given=str(given.waiver))

    def do(books: Books, charge: Charge, moves: list[ChargeMove]) -> None:
        asked = Waiver.objects.get(pk=row.pk)
        if asked.decision:
            raise WaiverDecided(field="waiver")
        if asked.asked_by == actor.reference:
            raise OwnWaiver(field="waiver")
        asked.decision = "approved" if given.approve else "refused"
        asked.decided_by, asked.decided_at = actor.name, at
        asked.save(update_fields=["decision", "decided_by", "decided_at"])
        if given.approve:
            now = stands(charge, moves, books.today)
            left = min(asked.amount, now.left) if asked.portion == owing.PRINCIPAL else 0
            fine = min(asked.amount, now.fine) if asked.portion == owing.FINE else 0
            _write_off(books, charge, moves, left, fine, asked.reason)
            _tell(books, charge, "waived", left + fine)
            lift(books)

    return _changed("decide_waiver", actor, at, OneCharge(charge=row.charge.number, reason=row.reason), key, do)


def _write_off(books: Books, charge: Charge, moves: list[ChargeMove], left: int, fine: int, reason: str) -> None:
    for portion, amount in ((owing.PRINCIPAL, left), (owing.FINE, fine)):
        if amount:
            add_move(
                charge, moves, owing.WAIVED, portion, amount, day=books.today, actor=books.actor, at=books.at,
                reason=reason,
            )  # fmt: skip
    keep_open(books, charge, moves)


def _changed(
    operation: str, actor: Actor, at: datetime, given: OneCharge | RefundCharge, key: str | None, change: Do
) -> ChargeView:
    """Change one charge under its member's lock, and tell it as it stands then."""

    def do() -> ChargeView:
        charge = found_charge(actor, given.charge)
        books = open_books(actor, at, programmes.programme_at(actor.programme, at), charge.membership_id)
        charge.refresh_from_db()
        moves = list(moves_of([charge])[charge.pk])
        change(books, charge, moves)
        close_books(books)
        go_on(books)
        called = members.number_and_name(actor.programme, charge.membership_id)
        return view_of(charge, moves, called, books.today)

    return perform(
        operation, actor=actor, at=at, subject=f"charge:{given.charge}", given=given, do=do, key=key, returns=ChargeView
    )


def _tell(books: Books, charge: Charge, how: str, amount: int) -> None:
    told = ChargeEnded(
        membership=charge.membership_id, reference=charge.number, at=books.at, clause=charge.clause, fee=charge.fee,
        how=how, amount=amount,
    )  # fmt: skip
    tell(charge.programme_id, [told], books.at)
