"""Stored value: its two units, and how a payment is shared between them. Pure; amounts in fen.

Principal is what was paid in; bonus is what came on top of it and is never money until it has bought something. Both are
units of the ledger of their own and are never mixed with points.
"""

from __future__ import annotations

from huiguan.kernel.amounts import allocate
from huiguan.kernel.records import record

PRINCIPAL, BONUS = "principal", "bonus"
MONEY = (PRINCIPAL, BONUS)
WALLET = "wallet"  # the means of payment


@record
class Parts:
    """An amount of stored value by what it is made of."""

    principal: int = 0
    bonus: int = 0

    @property
    def total(self) -> int:
        return self.principal + self.bonus

    def less(self, other: Parts) -> Parts:
        return Parts(self.principal - other.principal, self.bonus - other.bonus)


NO_PARTS = Parts()


@record
class Stored:
    """What stored value paid of a sale of `due` fen, so that a return can share it again; `eligible` of it was due for goods
    bonus may pay for."""

    parts: Parts
    due: int
    eligible: int


def most(has: Parts, due: int, eligible: int) -> int:
    """How much of `due` may be paid, where bonus may pay for goods of `eligible` fen of it."""
    return min(due, has.principal + min(has.bonus, eligible))


def shared(order: str, amount: int, has: Parts, eligible: int) -> Parts:
    """`amount` taken from `has` in the `order` of the clause, bonus for at most `eligible`. ValueError beyond `most`.

    By `ratio` both give in proportion to what there is of each, to the fen, the odd fen to the larger part.
    """
    free = min(has.bonus, eligible)
    if amount > has.principal + free:
        raise ValueError(f"{amount} fen are more than may be paid")
    if order == "bonus_first":
        bonus = min(free, amount)
    elif order == "ratio":
        bonus = min(free, allocate(amount, [has.principal, has.bonus])[1] if amount else 0)
    else:
        bonus = amount - min(has.principal, amount)
    bonus = max(bonus, amount - has.principal)
    return Parts(amount - bonus, bonus)


def kept(order: str, paid: Stored, due: int, eligible: int) -> Parts:
    """What of the parts `paid` stays where only goods for `due` are kept, of which bonus may pay for `eligible`.

    Depends on the kept goods alone, and neither part ever rises when goods come back: every sequence of returns ends where
    one would. What other means paid is never asked for more than they gave.
    """
    if not paid.due:
        return NO_PARTS
    due = min(due, paid.due)
    if order == "principal_first":
        amount = min(paid.parts.total * due // paid.due, most(paid.parts, due, eligible))
        return shared(order, amount, paid.parts, eligible)
    return _kept_apart(order, paid, due, min(eligible, paid.eligible))


def _kept_apart(order: str, paid: Stored, due: int, eligible: int) -> Parts:
    """Where bonus does not wait for principal to be used up, goods it may not pay for have a part of the principal of their
    own: else, with goods bonus paid for gone, principal given back before would be asked for again."""
    barred = paid.due - paid.eligible
    owed = paid.due - paid.parts.bonus
    apart = paid.parts.principal * barred // owed if barred else 0
    rest = Parts(paid.parts.principal - apart, paid.parts.bonus)
    stays = apart * min(due - eligible, barred) // barred if barred else 0
    amount = rest.total * eligible // paid.eligible if paid.eligible else 0
    parts = shared(order, amount, rest, amount)
    return Parts(parts.principal + stays, parts.bonus)
