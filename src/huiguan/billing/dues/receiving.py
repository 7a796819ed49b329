"""Money comes, is taken back as if it had not come, or goes out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from huiguan.billing.dues import numbering
from huiguan.billing.dues.books import Books, close_books, held, open_books, put, take
from huiguan.billing.dues.charges import clause_of, found_charge, moves_of
from huiguan.billing.dues.deposits import deposit_named, pay_deposit, unpay_deposit
from huiguan.billing.dues.needing import go_on
from huiguan.billing.dues.settling import settle, unpay
from huiguan.billing.dues.suspending import lift, suspend_again
from huiguan.billing.dues.telling import money_view
from huiguan.billing.events import MoneyGone, MoneyReceived
from huiguan.billing.inputs import PayOut, ReceiveMoney, UndoMoney
from huiguan.billing.models import Charge, ChargeMove, Money
from huiguan.billing.refusals import (
    MeansNotTaken,
    MoneyDayAhead,
    MoneyKnown,
    MoneyUndone,
    MoneyUnknown,
    NothingToPayOut,
    NotMoneyIn,
    OthersCharge,
)
from huiguan.billing.values.dues import CREDIT, PAYABLE, WAYS, MoneyView
from huiguan.foundation.outbox import tell
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rules import owing
from huiguan.rules.kinds import fee

UNITS = {"credit": CREDIT, "shares": PAYABLE}


def receive_money(*, actor: Actor, at: datetime, given: ReceiveMoney, key: str | None = None) -> MoneyView:
    """Money of a member's: it pays the charges named, then what was due longest; what is over stays on account. Takes
    `bill`. Refuses MeansNotTaken (of a fee it would pay), MoneyKnown, OthersCharge, ChargeUnknown, DepositUnknown, MoneyDayAhead, NotFound, Forbidden."""
    actor.demand("bill")
    membership = members.membership(actor, given.member)
    number = members.numbers(actor.programme, [membership])[membership]
    return perform(
        "receive_money", actor=actor, at=at, subject=f"member:{number}", given=given, key=key, returns=MoneyView,
        do=lambda: _at_counter(actor, at, given, membership),
    )  # fmt: skip


def _at_counter(actor: Actor, at: datetime, given: ReceiveMoney, membership: int) -> MoneyView:
    """Whoever takes it can still decline it: each fee it pays names the means it takes, or takes any."""
    view = receive(actor, at, given, membership)
    paid = ChargeMove.objects.filter(membership_id=membership, money=view.number, what=owing.PAID).order_by("charge_id")
    for charge in Charge.objects.filter(pk__in=paid.values("charge_id")).order_by("pk"):
        clause = clause_of(charge)
        rule: fee.Parameters = clause.parameters  # type: ignore[assignment]
        if rule.means and given.means not in rule.means:
            taken = [WAYS[each] for each in rule.means]
            both = Text(zh="、".join(each.zh for each in taken), en=", ".join(each.en.lower() for each in taken))
            raise MeansNotTaken(field="means", clause=clause.id, means=WAYS[given.means], fee=clause.title, taken=both)
    return view


def receive(actor: Actor, at: datetime, given: ReceiveMoney, membership: int, means: str = "") -> MoneyView:
    """The same inside the caller's transaction, by the `means` it came where that is no counter's."""
    rulebook = programmes.programme_at(actor.programme, at)
    books = open_books(actor, at, rulebook, membership)
    day = given.day or books.today
    if day > books.today:
        raise MoneyDayAhead(field="day", day=day.isoformat())
    first = [_hers(actor, number, membership) for number in given.charges]
    if given.deposit is not None:
        deposit_named(rulebook, given.deposit)
    row = _enter(books, given, means or given.means, day)
    put(books, CREDIT, row.amount, ("money", row.number))
    if given.deposit is not None:
        pay_deposit(books, given.deposit, row.amount)
        used = row.amount
    else:
        used = settle(books, first, day, row.number)
    lift(books)
    close_books(books)
    go_on(books)
    told = MoneyReceived(
        membership=membership, reference=row.number, at=at, amount=row.amount, means=row.means, over=row.amount - used
    )
    tell(actor.programme, [told], at)
    return money_view(actor, row)


def _hers(actor: Actor, number: str, membership: int) -> Charge:
    charge = found_charge(actor, number, "charges")
    if charge.membership_id != membership:
        owner = members.numbers(actor.programme, [charge.membership_id])[charge.membership_id]
        raise OthersCharge(field="charges", given=number, member=owner)
    return charge


def _enter(books: Books, given: ReceiveMoney, means: str, day: date) -> Money:
    """The receipt, numbered; the same money is received once. MoneyKnown."""
    programme, reference = books.actor.programme, given.reference or ""
    numbers = numbering.next_numbers(programme, numbering.IN, books.today.year)  # others wait here
    if reference:
        known = Money.objects.filter(programme_id=programme, means=means, reference=reference).first()
        if known is not None:
            raise MoneyKnown(field="reference", number=known.number)
    return Money.objects.create(
        programme_id=programme, membership_id=books.membership, number=numbers[0], way="in", amount=given.amount,
        means=means, reference=reference, payer=given.payer or "", day=day, at=books.at, by=books.actor.name,
        note=given.note or "", deposit=given.deposit or "",
    )  # fmt: skip


def undo_money(*, actor: Actor, at: datetime, given: UndoMoney, key: str | None = None) -> MoneyView:
    """Take a receipt back: what it paid is owed again as if it had not come. Takes `bill`. Refuses MoneyUnknown, NotMoneyIn,
    MoneyUndone, CreditTooLow where it was spent since."""
    actor.demand("bill")

    def do() -> MoneyView:
        row = Money.objects.filter(programme_id=actor.programme, number=given.money).first()
        if row is None:
            raise MoneyUnknown(field="money", given=given.money[:40])
        if row.way != "in":
            raise NotMoneyIn(field="money", number=row.number)
        books = open_books(actor, at, programmes.programme_at(actor.programme, at), row.membership_id)
        gone = Money.objects.filter(programme_id=actor.programme, undoes=row.number).first()
        if gone is not None:
            raise MoneyUndone(field="money", number=gone.number)
        if row.deposit:
            unpay_deposit(books, row.deposit, row.amount, since=row.at)
        _free(books, row, given.reason)
        take(books, CREDIT, row.amount, ("money", row.number), to="refunded")
        suspend_again(books)
        back = _leave(books, row.amount, "correction", undoes=row.number, note=given.reason)
        close_books(books)
        return money_view(actor, back)

    return perform(
        "undo_money", actor=actor, at=at, subject=f"money:{given.money}", given=given, do=do, key=key, returns=MoneyView
    )


def _free(books: Books, row: Money, reason: str) -> None:
    """Bring so much back on account as the receipt brought: off what it paid first, then off what was paid last."""
    charges = list(Charge.objects.filter(programme_id=books.actor.programme, membership_id=books.membership))
    moves = moves_of(charges)
    paid = [(move, charge) for charge in charges for move in moves[charge.pk] if move.what == owing.PAID]
    paid.sort(key=lambda each: (each[0].money == row.number, each[0].at, each[0].n), reverse=True)
    for move, charge in paid:
        short = row.amount - held(books, CREDIT)
        if short <= 0:
            return
        part = min(short, move.amount, _net(moves[charge.pk], move.portion))
        if part > 0:
            unpay(books, charge, moves[charge.pk], move.portion, part, reason, owing.UNPAID, move.day)


def _net(moves: Sequence[owing.Moved] | Sequence[object], portion: str) -> int:
    signs = {owing.PAID: 1, owing.UNPAID: -1, owing.RETURNED: -1}
    return sum(signs.get(m.what, 0) * m.amount for m in moves if m.portion == portion)  # type: ignore[attr-defined]


def pay_out(*, actor: Actor, at: datetime, given: PayOut, key: str | None = None) -> MoneyView:
    """Give back what is on account, or pay out shares. Takes `bill`. Refuses CreditTooLow, NothingToPayOut, MoneyKnown."""
    actor.demand("bill")
    membership = members.membership(actor, given.member)
    number = members.numbers(actor.programme, [membership])[membership]

    def do() -> MoneyView:
        books = open_books(actor, at, programmes.programme_at(actor.programme, at), membership)
        unit = UNITS[given.of]
        amount = held(books, unit) if given.amount is None else given.amount
        if not amount:
            raise NothingToPayOut(field="amount")
        row = pay(books, unit, amount, given.means, given.reference or "", given.note or "")
        close_books(books)
        return money_view(actor, row)

    return perform(
        "pay_out", actor=actor, at=at, subject=f"member:{number}", given=given, do=do, key=key, returns=MoneyView
    )


def pay(books: Books, unit: str, amount: int, means: str, reference: str, note: str) -> Money:
    """Money goes out of one of the member's units."""
    row = _leave(books, amount, means, reference=reference, note=note)
    take(books, unit, amount, ("money", row.number), to="refunded")
    return row


def _leave(books: Books, amount: int, means: str, *, reference: str = "", undoes: str = "", note: str = "") -> Money:
    programme = books.actor.programme
    number = numbering.next_numbers(programme, numbering.OUT, books.today.year)[0]
    if reference and (known := Money.objects.filter(programme_id=programme, means=means, reference=reference).first()):
        raise MoneyKnown(field="reference", number=known.number)
    row = Money.objects.create(
        programme_id=programme, membership_id=books.membership, number=number, way="out", amount=amount, means=means,
        reference=reference, day=books.today, at=books.at, by=books.actor.name, note=note, undoes=undoes,
    )  # fmt: skip
    told = MoneyGone(
        membership=books.membership, reference=number, at=books.at, amount=amount, means=means, undoes=undoes
    )
    tell(programme, [told], books.at)
    return row
