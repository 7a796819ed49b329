"""Deposits: assessed, called, paid in, returned, forfeited. What is held lies in the ledger, in a unit of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from huiguan.billing.dues.books import Books, held, put, take
from huiguan.billing.dues.marking import put_full, tie_deposit
from huiguan.billing.events import DepositCalled, DepositMoved
from huiguan.billing.models import DepositBase, DepositCall
from huiguan.billing.refusals import DepositUnknown
from huiguan.billing.values.dues import CREDIT, DepositView
from huiguan.calendar import queries as calendar
from huiguan.foundation.outbox import tell
from huiguan.ledger import facts as ledger
from huiguan.ledger.lots import available
from huiguan.rules.kinds import deposit
from huiguan.rules.programme import Clause, Programme


def deposit_named(rulebook: Programme, name: str) -> Clause:
    """The deposit's clause; DepositUnknown."""
    clause = deposit.named(rulebook, name)
    if clause is None:
        raise DepositUnknown(field="deposit", given=name[:40])
    return clause


def base_of(membership: int, name: str) -> DepositBase | None:
    """The newest assessment; None where there was none."""
    return DepositBase.objects.filter(membership_id=membership, deposit=name).order_by("-at", "-pk").first()


def call_of(membership: int, name: str) -> DepositCall | None:
    """The call that is open."""
    return DepositCall.objects.filter(membership_id=membership, deposit=name, closed_at=None).first()


def known_of(membership: int, name: str, has: int) -> deposit.Held:
    base, call = base_of(membership, name), call_of(membership, name)
    return deposit.Held(has, base.base if base else None, call.due if call else None)


def review(books: Books, clause: Clause) -> deposit.Asked:
    """Call what is short of a deposit that was assessed, or close the call where nothing is short any more."""
    name = clause.parameters.name  # type: ignore[attr-defined]
    asked = deposit.asked(clause, known_of(books.membership, name, held(books, deposit.unit_of(name))), books.today)
    call, assessed = call_of(books.membership, name), base_of(books.membership, name) is not None
    if assessed:
        full = not asked.short
        put_full(books.actor.programme, books.membership, name, full, books.at, books.actor.reference, clause.id)
    if not asked.short:
        DepositCall.objects.filter(pk=call.pk if call else 0).update(closed_at=books.at)
    elif call is not None:
        DepositCall.objects.filter(pk=call.pk).update(required=asked.required, short=asked.short)
    elif assessed:
        _call(books, clause, name, asked)
    return asked


def _call(books: Books, clause: Clause, name: str, asked: deposit.Asked) -> None:
    due = deposit.call_ends(clause, books.today, calendar.workdays(books.actor.programme).after)
    DepositCall.objects.create(
        programme_id=books.actor.programme, membership_id=books.membership, deposit=name, clause=clause.id,
        version=books.rulebook.version, required=asked.required, short=asked.short, due=due, called_at=books.at,
    )  # fmt: skip
    told = DepositCalled(
        membership=books.membership, reference=name, at=books.at, clause=clause.id, short=asked.short, due=due
    )
    tell(books.actor.programme, [told], books.at)


def pay_deposit(books: Books, name: str, amount: int) -> None:
    """From what is on account into the deposit."""
    clause = deposit_named(books.rulebook, name)
    take(books, CREDIT, amount, ("deposit", name), clause.id)
    put(books, deposit.unit_of(name), amount, ("deposit", name), clause.id)
    _tell(books, clause, name, "paid", amount)
    review(books, clause)


def draw_deposit(books: Books, name: str, amount: int, how: str = "returned") -> None:
    """Out of the deposit: on account again, or, where it is `forfeited`, the house's."""
    clause = books.rulebook.first_of("deposit", name=name)
    id = clause.id if clause else None
    take(
        books, deposit.unit_of(name), amount, ("deposit", name), id, to="claimed" if how == "forfeited" else "redeemed"
    )
    if how != "forfeited":
        put(books, CREDIT, amount, ("deposit", name), id)
    _tell(books, clause, name, how, amount)


def unpay_deposit(books: Books, name: str, amount: int, *, since: datetime) -> None:
    """Out of the deposit as if it had not come at `since`: a call it had ended runs on with its own last day."""
    draw_deposit(books, name, amount)
    calls = DepositCall.objects.filter(membership_id=books.membership, deposit=name).order_by("-called_at", "-pk")
    last = calls.first()
    if last is not None and last.closed_at is not None and last.closed_at >= since:
        DepositCall.objects.filter(pk=last.pk).update(closed_at=None)
    clause = books.rulebook.first_of("deposit", name=name)
    if clause is not None:
        review(books, clause)


def _tell(books: Books, clause: Clause | None, name: str, how: str, amount: int) -> None:
    told = DepositMoved(
        membership=books.membership, reference=name, at=books.at, clause=clause.id if clause else None, how=how,
        amount=amount, held=held(books, deposit.unit_of(name)),
    )  # fmt: skip
    tell(books.actor.programme, [told], books.at)
    tie_deposit(
        books.actor.programme, books.membership, name, clause.title.zh if clause else name, told.held, books.at,
        books.actor.reference, clause.id if clause else "",
    )  # fmt: skip


def views_of(
    rulebook: Programme, membership: int, units: Mapping[str, int], today: date, called: tuple[str, str] = ("", "")
) -> list[DepositView]:
    """A member's deposits: those the rulebook names that were assessed or are held, and those held without a clause."""
    told = []
    for clause in rulebook.of("deposit"):
        name = clause.parameters.name  # type: ignore[attr-defined]
        known = known_of(membership, name, units.get(deposit.unit_of(name), 0))
        if known.held or base_of(membership, name) is not None:
            told.append(view_of(clause, name, known, today, called))
    return told


def view_of(clause: Clause, name: str, known: deposit.Held, today: date, called: tuple[str, str]) -> DepositView:
    asked = deposit.asked(clause, known, today)
    return DepositView(
        deposit=name, title=clause.title, clause=clause.id, base=known.base,
        required=deposit.required(clause, known.base), held=known.held, short=asked.short,
        due=known.called if asked.short else None,
        overdue=bool(asked.short and known.called is not None and today > known.called), reasons=asked.reasons,
        member=called[0], name=called[1],
    )  # fmt: skip


def held_by(memberships: Sequence[int], unit: str, at: datetime) -> dict[int, int]:
    """{membership: what it holds of a unit}."""
    return {key: available(account.unit(unit), at) for key, account in ledger.accounts(memberships).items()}
