"""One member's ledger while her dues are moved: locked, folded journal by journal, written once.

Money that comes is hers on account (`dues_credit`) until a charge takes it; a deposit is hers until it is returned or
forfeited. So every fen is in the ledger exactly once, and its proof covers it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from huiguan.billing.refusals import CreditTooLow
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.ledger import lots
from huiguan.ledger import operations as ledger
from huiguan.ledger.posting import fold
from huiguan.ledger.values import Account, Journal, LotTerms, Movement, Sealed, house_address, member_address
from huiguan.rules.programme import Programme

Cause = tuple[str, str]


@dataclass(slots=True)
class Books:
    """`today` is the local day of `at`; what was folded waits in `sealed`."""

    actor: Actor
    at: datetime
    rulebook: Programme
    account: Account
    sealed: list[tuple[int, Sealed]] = field(default_factory=list)

    @property
    def membership(self) -> int:
        return self.account.membership

    @property
    def today(self) -> date:
        return local_day(self.at, self.rulebook.zone)


def open_books(actor: Actor, at: datetime, rulebook: Programme, membership: int) -> Books:
    """The member's account, locked until the transaction ends: nobody else moves her dues meanwhile."""
    return Books(actor, at, rulebook, ledger.lock_accounts([membership])[membership])


def held(books: Books, unit: str) -> int:
    """What there is of a unit, and may be used."""
    return lots.available(books.account.unit(unit), books.at)


def put(books: Books, unit: str, amount: int, cause: Cause, clause: str | None = None) -> None:
    """`amount` becomes the member's."""
    movement = Movement(
        unit=unit, amount=amount, debit=house_address(unit, "issued"), credit=member_address(books.membership, unit),
        clause=clause, opens=LotTerms(earned_at=books.at, clause=clause),
    )  # fmt: skip
    _fold(books, cause, clause, movement)


def take(books: Books, unit: str, amount: int, cause: Cause, clause: str | None = None, to: str = "redeemed") -> None:
    """`amount` is the member's no more; `to` the house's side: redeemed, refunded, claimed. Refuses CreditTooLow."""
    has = held(books, unit)
    if has < amount:
        raise CreditTooLow(field="amount", has=has, needs=amount)
    movement = Movement(
        unit=unit, amount=amount, debit=member_address(books.membership, unit), credit=house_address(unit, to),
        clause=clause, uses=lots.choose(books.account.unit(unit).lots, amount, books.at, unit=unit),
    )  # fmt: skip
    _fold(books, cause, clause, movement)


def _fold(books: Books, cause: Cause, clause: str | None, movement: Movement) -> None:
    journal = Journal(
        at=books.at, cause=cause, actor=books.actor.reference, clause=clause, version=books.rulebook.version,
        movements=(movement,),
    )  # fmt: skip
    books.account, sealed = fold(books.account, journal, written_at=books.at)
    books.sealed.append((books.membership, sealed))


def close_books(books: Books) -> None:
    """Write what was folded."""
    if books.sealed:
        ledger.write_sealed(books.account.programme, [books.account], books.sealed, books.at)
        books.sealed = []
