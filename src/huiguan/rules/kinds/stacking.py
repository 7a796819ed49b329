"""Stacking: what comes off a sale before what, and whether the part it paid earns.

"First the voucher, then the discount" and "first the points, then the discount" are two clauses; together they make
one order. A contradiction is refused when the rulebook is read.
"""

from __future__ import annotations

from huiguan.kernel.text import Text
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Clause, Programme

ROOM = "checkout"
TITLE = Text(zh="先后次序", en="Order of benefits")
STAGES = ("voucher", "points", "discount")


class Parameters(Base):
    """`first` comes before everything in `then` (stages: voucher, points, discount). `earns` false: what `first` paid
    earns nothing."""

    first: str
    then: list[str]
    earns: bool = False


SAYS = {
    "before": Text(zh="先减 {first}，再算折扣。", en="{first} comes off before the discount."),
    "earns_nothing": Text(zh="用 {first} 支付的部分不再积分。", en="What {first} pays earns no points."),
}


def order(clauses: tuple[Clause, ...], pairs: tuple[tuple[str, str], ...] = ()) -> tuple[str, ...]:
    """All stages in the order the clauses require, and the `pairs` of (earlier, later) that others do; those left open
    keep the order of STAGES.

    Raises ValueError naming the stages that would each have to come before the other.
    """
    before: dict[str, set[str]] = {stage: set() for stage in STAGES}
    for clause in clauses:
        for later in clause.parameters.then:  # type: ignore[attr-defined]
            before.setdefault(later, set()).add(clause.parameters.first)  # type: ignore[attr-defined]
    for earlier, later in pairs:
        before[later].add(earlier)
    placed: list[str] = []
    while len(placed) < len(before):
        ready = [stage for stage in before if stage not in placed and before[stage] <= set(placed)]
        if not ready:
            raise ValueError(", ".join(stage for stage in before if stage not in placed))
        placed.append(ready[0])
    return tuple(placed)


def earning_stages(programme: Programme) -> frozenset[str]:
    """The stages whose part of the price earns all the same."""
    silent = {
        clause.parameters.first  # type: ignore[attr-defined]
        for clause in programme.of("stacking")
        if not clause.parameters.earns  # type: ignore[attr-defined]
    }
    return frozenset({"voucher", "points"} - silent)
