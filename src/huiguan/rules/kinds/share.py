"""Share: an amount divided among members.

"Income is shared in proportion to the margin each has paid": by deposit, the whole is divided to the fen, the odd fen to
the largest remainder. "Each gets its agreed part": by agreement, everybody gets the rate agreed with her, rounded to the
fen, and what is left stays with the house.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal

from huiguan.kernel.amounts import allocate, share
from huiguan.kernel.records import record
from huiguan.kernel.text import Text
from huiguan.rules.effects import Reason
from huiguan.rules.findings import Finding
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.parameters import Slug
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused

ROOM = "billing"
TITLE = Text(zh="分配", en="Shares")


class Parameters(Base):
    """`name`; `by` what is held of the `deposit`, or `agreed` with each member."""

    name: Slug
    by: Literal["deposit", "agreed"]
    deposit: Slug | None = None

    @classmethod
    def calls_for(cls, given: Mapping[str, Any]) -> list[str]:
        """By deposit, which."""
        return ["deposit"] if given.get("by") == "deposit" else []


SAYS = {
    "by_deposit": Text(
        zh="{total:yuan} 按保证金 {weight:yuan} / {all:yuan} 分得 {amount:yuan}。",
        en="{amount:yuan} of {total:yuan}, by a deposit of {weight:yuan} out of {all:yuan}.",
    ),
    "agreed": Text(
        zh="{total:yuan} 按约定的 {rate} 分得 {amount:yuan}。",
        en="{amount:yuan} of {total:yuan}, at the agreed {rate}.",
    ),
}


@record
class Part:
    """What one member gets."""

    membership: int
    amount: int
    reason: Reason


def named(programme: Programme, name: str) -> Clause | None:
    """The clause of the share of this name."""
    return programme.first_of("share", name=name)


def by_deposit(clause: Clause, total: int, held: Sequence[tuple[int, int]]) -> list[Part]:
    """`total` fen divided among (membership, deposit held), none of them without a deposit; sums exactly."""
    weights = [weight for _, weight in held]
    amounts = allocate(total, weights) if sum(weights) else [0] * len(weights)
    return [
        Part(
            membership,
            amount,
            Reason(
                clause.id, "by_deposit", True, {"total": total, "weight": weight, "all": sum(weights), "amount": amount}
            ),
        )
        for (membership, weight), amount in zip(held, amounts, strict=True)
    ]


def by_agreement(clause: Clause, total: int, agreed: Sequence[tuple[int, Fraction]]) -> list[Part]:
    """What each gets of `total` at the rate agreed with her; the rates are one together at most."""
    parts, left = [], total
    for membership, rate in agreed:
        amount = min(left, share(total, rate))
        left -= amount
        values = {"total": total, "rate": f"{rate.numerator}/{rate.denominator}", "amount": amount}
        parts.append(Part(membership, amount, Reason(clause.id, "agreed", True, values)))
    return parts


def _of(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


_NO_DEPOSIT = Text(zh="没有叫 {name} 的保证金。", en="No deposit is named {name}.")


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """A deposit that there is."""
    known = {each.parameters.name for each in programme.of("deposit")}  # type: ignore[attr-defined]
    return [
        refused(programme, clause, "unknown_deposit", "deposit", _NO_DEPOSIT, name=_of(clause).deposit)
        for clause in clauses
        if _of(clause).by == "deposit" and _of(clause).deposit not in known
    ]
