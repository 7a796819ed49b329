"""Reversal: what a return takes back, and what happens when it is no longer there.

What the goods earned is taken back: first from the sale's own lots, then from others. Where the balance does not
cover it, the rest is claimed as the gift it bought or in money, and the return waits until that is settled. Units that
paid for the goods go back to the lots they came from.
"""

from __future__ import annotations

from typing import Literal

from huiguan.kernel.text import Text
from huiguan.rules.effects import Reason, Require
from huiguan.rules.kinds import earn
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.parameters import Slug
from huiguan.rules.programme import Clause, Programme

ROOM = "checkout"
TITLE = Text(zh="退货扣减", en="Returns")
Way = Literal["gift", "cash"]


class Parameters(Base):
    """`undo: earned` takes back what the goods earned; `shortfall` the ways to settle what the balance lacks; `used`
    where units that paid for the goods go."""

    unit: Slug
    undo: Literal["earned"] | None = None
    shortfall: list[Way] = []
    used: Literal["back_to_lots"] | None = None


SAYS = {
    "taken_back": Text(
        zh="按留下的实付重算，应得由 {before:points} 改为 {after:points}，扣回 {units:points} 分。",
        en="Restated on what is kept: {before:points} becomes {after:points}; {units:points} {units:point is|points are} taken back.",
    ),
    "given_back": Text(
        zh="当时抵扣的 {units:points} 分退回原来的批次。",
        en="The {units:points} {units:point|points} that paid go back to the lots they came from.",
    ),
    "shortfall": Text(
        zh="应扣 {needs:points} 分，现有 {has:points} 分，差 {gap:points} 分：退回礼品，或补 {worth:yuan}。",
        en="{needs:points} {needs:point is|points are} to be taken back and {has:points} are left; for the missing {gap:points}, return the gift or pay {worth:yuan}.",
    ),
}


def _having(programme: Programme, unit: str, name: str) -> Clause | None:
    clauses = [clause for clause in programme.of("reversal") if clause.parameters.unit == unit]  # type: ignore[attr-defined]
    return next((clause for clause in clauses if getattr(clause.parameters, name)), None)


def undo_clause(programme: Programme, unit: str) -> str | None:
    """The clause by which a return takes back what was earned; None: it does not."""
    clause = _having(programme, unit, "undo")
    return clause.id if clause else None


def back_clause(programme: Programme, unit: str) -> str | None:
    """The clause by which units that paid go back to their lots."""
    clause = _having(programme, unit, "used")
    return clause.id if clause else undo_clause(programme, unit)


def shortfall(programme: Programme, unit: str, *, has: int, needs: int) -> tuple[Require | None, Reason | None]:
    """What must be settled where `needs` units are to be taken back and `has` are left. `worth` is in fen."""
    if needs <= has:
        return None, None
    clause = _having(programme, unit, "shortfall")
    gap = needs - has
    if clause is None:
        return None, None
    worth = gap * earn.worth_of(programme, unit)
    values = {"needs": needs, "has": has, "gap": gap, "worth": worth}
    ways = tuple(clause.parameters.shortfall)  # type: ignore[attr-defined]
    return Require(clause.id, unit, gap, worth, ways), Reason(clause.id, "shortfall", False, values)
