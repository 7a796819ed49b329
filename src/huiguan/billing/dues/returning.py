"""Deposits are assessed, returned less what is owed, or forfeited."""

from __future__ import annotations

from datetime import datetime

from huiguan.billing.dues.books import Books, close_books, held, open_books
from huiguan.billing.dues.charges import moves_of, open_charges, stands
from huiguan.billing.dues.deposits import deposit_named, draw_deposit, known_of, review, view_of
from huiguan.billing.dues.needing import go_on
from huiguan.billing.dues.receiving import pay
from huiguan.billing.dues.settling import settle
from huiguan.billing.dues.suspending import lift
from huiguan.billing.inputs import AssessDeposit, ForfeitDeposit, ReturnDeposit
from huiguan.billing.models import DepositBase, DepositCall
from huiguan.billing.refusals import BaseNeeded, CreditTooLow, NeverForfeited, NothingToPayOut, NotReturned
from huiguan.billing.values.dues import CREDIT, DepositView, ReturnPlan
from huiguan.foundation.performing import in_trial, perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import deposit
from huiguan.rules.programme import Clause

_NEEDED = Text(zh="这项保证金按比例计算，请填基数。", en="This deposit is a part of a figure: give the figure.")
_FIXED = Text(zh="这项保证金金额固定，不填基数。", en="This deposit is a fixed amount and takes no figure.")


def assess_deposit(*, actor: Actor, at: datetime, given: AssessDeposit, key: str | None = None) -> DepositView:
    """The figure a deposit is a part of, from now on; what is short is called. Takes `bill`. Refuses DepositUnknown,
    BaseNeeded, NotFound."""
    actor.demand("bill")
    membership = members.membership(actor, given.member)
    called = members.number_and_name(actor.programme, membership)

    def do() -> DepositView:
        books = open_books(actor, at, programmes.programme_at(actor.programme, at), membership)
        clause = deposit_named(books.rulebook, given.deposit)
        rated = clause.parameters.part is not None  # type: ignore[attr-defined]
        if rated != (given.base is not None):
            raise BaseNeeded(field="base", rule=_NEEDED if rated else _FIXED)
        DepositBase.objects.create(
            programme_id=actor.programme, membership_id=membership, deposit=given.deposit, base=given.base,
            note=given.note or "", by=actor.name, at=at,
        )  # fmt: skip
        review(books, clause)
        lift(books)
        go_on(books)
        return _view(books, clause, given.deposit, called)

    return perform(
        "assess_deposit", actor=actor, at=at, subject=f"member:{called[0]}", given=given, do=do, key=key,
        returns=DepositView,
    )  # fmt: skip


def _view(books: Books, clause: Clause, name: str, called: tuple[str, str]) -> DepositView:
    known = known_of(books.membership, name, held(books, deposit.unit_of(name)))
    return view_of(clause, name, known, books.today, called)


def preview_return(actor: Actor, at: datetime, given: ReturnDeposit) -> ReturnPlan:
    """What returning a deposit would come to. Writes nothing. Takes `bill`; refuses DepositUnknown, NotFound."""
    actor.demand("bill")
    membership = members.membership(actor, given.member)

    def look() -> ReturnPlan:
        books = open_books(actor, at, programmes.programme_at(actor.programme, at), membership)
        return _plan(books, given.deposit)

    return in_trial(look)


def _plan(books: Books, name: str) -> ReturnPlan:
    clause = deposit_named(books.rulebook, name)
    charges = open_charges(books.actor.programme, [books.membership])
    moves = moves_of(charges)
    unpaid = {row.fee: stands(row, moves[row.pk], books.today).owed for row in charges}
    owed = sum(stands(row, moves[row.pk], books.today).owed for row in charges)
    owed = max(0, owed - held(books, CREDIT))
    has = held(books, deposit.unit_of(name))
    told = deposit.returning(clause, has, owed, [fee for fee, left in unpaid.items() if left])
    return ReturnPlan(name, has, told.settles, told.back, told.why.given, told.why)


def return_deposit(*, actor: Actor, at: datetime, given: ReturnDeposit, key: str | None = None) -> ReturnPlan:
    """Give a deposit back: what is owed is paid from it, the rest goes out, the voucher last. Takes `bill`. Refuses
    NotReturned with the clause, NothingToPayOut, DepositUnknown."""
    actor.demand("bill")
    membership = members.membership(actor, given.member)
    number = members.numbers(actor.programme, [membership])[membership]

    def do() -> ReturnPlan:
        books = open_books(actor, at, programmes.programme_at(actor.programme, at), membership)
        plan = _plan(books, given.deposit)
        if not plan.possible:
            text: Text = books.rulebook.clauses[plan.reason.clause].module.SAYS[plan.reason.say]
            why = Text(**text.both(**plan.reason.values))
            raise NotReturned(field="deposit", clause=plan.reason.clause, why=why)
        if not plan.held:
            raise NothingToPayOut(field="deposit")
        draw_deposit(books, given.deposit, plan.held)
        settle(books, [], books.today)
        calls = DepositCall.objects.filter(membership_id=membership, deposit=given.deposit, closed_at=None)
        calls.update(closed_at=at)
        lift(books)
        voucher = ""
        if plan.back:
            voucher = pay(books, CREDIT, plan.back, given.means, given.reference or "", given.reason).number
        close_books(books)
        go_on(books)
        return ReturnPlan(plan.deposit, plan.held, plan.settles, plan.back, True, plan.reason, voucher)

    return perform(
        "return_deposit", actor=actor, at=at, subject=f"member:{number}", given=given, do=do, key=key,
        returns=ReturnPlan,
    )  # fmt: skip


def forfeit_deposit(*, actor: Actor, at: datetime, given: ForfeitDeposit, key: str | None = None) -> DepositView:
    """Some of a deposit is the house's, by decision. Takes `correct`. Refuses NeverForfeited, CreditTooLow,
    DepositUnknown."""
    actor.demand("correct")
    membership = members.membership(actor, given.member)
    called = members.number_and_name(actor.programme, membership)

    def do() -> DepositView:
        books = open_books(actor, at, programmes.programme_at(actor.programme, at), membership)
        clause = deposit_named(books.rulebook, given.deposit)
        if clause.parameters.forfeit == "never":  # type: ignore[attr-defined]
            raise NeverForfeited(field="deposit", clause=clause.id)
        has = held(books, deposit.unit_of(given.deposit))
        if has < given.amount:
            raise CreditTooLow(field="amount", has=has, needs=given.amount)
        draw_deposit(books, given.deposit, given.amount, "forfeited")
        review(books, clause)
        close_books(books)
        return _view(books, clause, given.deposit, called)

    return perform(
        "forfeit_deposit", actor=actor, at=at, subject=f"member:{called[0]}", given=given, do=do, key=key,
        returns=DepositView,
    )  # fmt: skip
