"""An amount somebody decided, charged under a fee; called by rooms above inside their own transaction."""

from __future__ import annotations

from datetime import datetime

from huiguan.billing.dues.books import close_books, open_books
from huiguan.billing.dues.changing import cancel_charge
from huiguan.billing.dues.charges import found_charge
from huiguan.billing.dues.charging import Asked, clause_named, settle_if_any, write_charges
from huiguan.billing.inputs import OneCharge
from huiguan.calendar import queries as calendar
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.moments import local_day
from huiguan.programme import queries as programmes
from huiguan.rules import owing
from huiguan.rules.effects import Reason
from huiguan.rules.kinds import fee


def charge_amount(*, actor: Actor, at: datetime, membership: int, name: str, amount: int, key: str, note: str) -> str:
    """Charge a member `amount` fen as the fee `name`, due as its clause says, once for each `key`; the charge's number.
    FeeUnknown."""
    rulebook = programmes.programme_at(actor.programme, at)
    clause, today = clause_named(rulebook, name), local_day(at, rulebook.zone)
    asked = Asked(rulebook, clause, today, calendar.workdays(actor.programme).after, 1, key)
    books = open_books(actor, at, rulebook, membership)
    due = owing.due_on(clause.parameters.due, today, None, asked.workdays)  # type: ignore[attr-defined]
    said = Reason(clause.id, "charged", True, {"amount": amount, "due": due.isoformat()})
    made = write_charges(actor, at, asked, {membership: fee.Plan((fee.Planned(key, amount, due, None),), said)}, note)
    settle_if_any(books, made)
    close_books(books)
    return made[0].number


def take_back_charge(*, actor: Actor, at: datetime, charge: str, reason: str) -> None:
    """A charge is owed no more: what was paid of it is on account again. One that was taken back before stays so."""
    row = found_charge(actor, charge)
    if row.cancelled_at is None:
        house = system(actor.programme, actor.name)
        cancel_charge(actor=house, at=at, given=OneCharge(charge=charge, reason=reason[:200]))
