"""Money on account pays charges, and is taken off them again. Always under the member's lock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from huiguan.billing.dues.books import Books, held, put, take
from huiguan.billing.dues.charges import add_move, clause_of, moves_of, open_charges, stands
from huiguan.billing.dues.marking import note
from huiguan.billing.events import ChargePaid
from huiguan.billing.models import Charge, ChargeMove
from huiguan.billing.values.dues import CREDIT
from huiguan.foundation.outbox import tell
from huiguan.rules import owing
from huiguan.rules.kinds import fee


def settle(books: Books, first: Sequence[Charge], day: date, money: str = "") -> int:
    """Pay what is open from what is on account: `first` in their order, then what was due longest. `day` counts for being
    late; how much was used."""
    others = [each for each in open_charges(books.actor.programme, [books.membership]) if each not in first]
    charges = [*first, *others]
    moves, used = moves_of(charges), 0
    for charge in charges:
        has = held(books, CREDIT)
        if not has:
            break
        used += pay(books, charge, moves[charge.pk], has, day, money)
    return used


def pay(books: Books, charge: Charge, moves: list[ChargeMove], most: int, day: date, money: str) -> int:
    """Pay at most `most` fen of one charge: the amount itself, then its fine. What was paid."""
    now = stands(charge, moves, day)
    into = min(now.left, most)
    fine = min(now.fine, most - into)
    cause = ("charge", charge.number)
    for portion, amount in ((owing.PRINCIPAL, into), (owing.FINE, fine)):
        if amount:
            take(books, CREDIT, amount, cause, charge.clause)
            add_move(
                charge, moves, owing.PAID, portion, amount, day=day, actor=books.actor, at=books.at, money=money
            )  # fmt: skip
    _give_parts(books, charge, now.paid, now.paid + into)
    if into + fine:
        _stand_open(books, charge, moves, was_left=now.left)
    return into + fine


def unpay(
    books: Books, charge: Charge, moves: list[ChargeMove], portion: str, amount: int, reason: str, what: str,
    day: date | None = None,
) -> None:  # fmt: skip
    """Money comes off a charge and is on account again: owed once more (`unpaid`, as if it had not come on `day`) or no
    more (`returned`)."""
    before = stands(charge, moves, books.today)
    if portion == owing.PRINCIPAL:
        _give_parts(books, charge, before.paid, before.paid - amount)
    put(books, CREDIT, amount, ("charge", charge.number), charge.clause)
    add_move(
        charge, moves, what, portion, amount, day=day or books.today, actor=books.actor, at=books.at, reason=reason
    )
    keep_open(books, charge, moves)


def keep_open(books: Books, charge: Charge, moves: Sequence[ChargeMove]) -> None:
    """Keep the mark by which open charges are found."""
    now = stands(charge, moves, books.today)
    if charge.open != bool(now.owed):
        charge.open = bool(now.owed)
        charge.save(update_fields=["open"])
    note(charge, moves, books.at, books.actor.reference)


def _stand_open(books: Books, charge: Charge, moves: Sequence[ChargeMove], was_left: int) -> None:
    keep_open(books, charge, moves)
    if was_left and not stands(charge, moves, books.today).left:
        told = ChargePaid(
            membership=charge.membership_id, reference=charge.number, at=books.at, clause=charge.clause, fee=charge.fee,
            amount=charge.amount, covers_until=charge.covers_last,
        )  # fmt: skip
        tell(charge.programme_id, [told], books.at)


def _give_parts(books: Books, charge: Charge, before: int, after: int) -> None:
    """What a payment makes the member's beside what it settles; taken again where the payment is. CreditTooLow where it
    was spent since."""
    clause, cause = clause_of(charge), ("charge", charge.number)
    for (part, was), (_, now) in zip(fee.part_amounts(clause, before), fee.part_amounts(clause, after), strict=True):
        if part.unit is not None and now > was:
            put(books, part.unit, now - was, cause, clause.id)
        elif part.unit is not None and now < was:
            take(books, part.unit, was - now, cause, clause.id, to="refunded")
