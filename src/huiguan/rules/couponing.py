"""What a coupon takes off a sale, to the fen, and what of it stays when goods come back. Pure."""

from __future__ import annotations

from typing import Any

from huiguan.kernel.amounts import allocate, share
from huiguan.rules.conditions import Condition
from huiguan.rules.facts import Bill, Step
from huiguan.rules.holding import holds
from huiguan.rules.vocabulary import line_values

NAME = "voucher"  # a coupon's step on the bill is named as every voucher's


def fitting(bill: Bill, where: Condition | None) -> list[bool]:
    """Which lines a coupon is for."""
    return [where is None or holds(where, line_values(line)) for line in bill.sale.lines]


def base_of(bill: Bill, where: Condition | None) -> int:
    """What is due for the goods a coupon is for, before any coupon: the amount its minimum is measured by."""
    taken = [step for step in bill.steps if step.name == NAME]
    due = [each + sum(step.offs[i] for step in taken) for i, each in enumerate(bill.due_lines)]
    return sum(each for each, fits in zip(due, fitting(bill, where), strict=True) if fits)


def taken_off(bill: Bill, given: Any) -> tuple[int, ...]:
    """What a coupon with these terms takes off each line; never more than is due for its goods."""
    fits = fitting(bill, given.where)
    due = [each if fit else 0 for each, fit in zip(bill.due_lines, fits, strict=True)]
    if given.free or given.fixed is not None:
        return _one_item(bill, given, due)
    off = min(given.off, sum(due)) if given.off is not None else _percentage(given, sum(due))
    return tuple(allocate(off, due))


def _percentage(given: Any, due: int) -> int:
    off = due - share(due, given.rate)
    return off if given.most is None else min(off, int(given.most))


def _one_item(bill: Bill, given: Any, due: list[int]) -> tuple[int, ...]:
    """One item free, or at a fixed price: the cheapest of its goods where the clause says so, else the dearest."""
    each = [(amount // line.quantity, -i) for i, (amount, line) in enumerate(zip(due, bill.sale.lines, strict=True))]
    priced = [pair for pair in each if pair[0] > 0]
    offs = [0] * len(due)
    if priced:
        price, place = min(priced, key=lambda p: (p[0], -p[1])) if given.free == "cheapest" else max(priced)
        offs[-place] = price - min(price, given.fixed or 0)
    return tuple(offs)


def step_of(bill: Bill, clause: str, right: int, given: Any) -> Step:
    """The coupon as a step of the bill; `worth` is all it took."""
    offs = taken_off(bill, given)
    return Step(NAME, clause, offs, right=right, worth=sum(offs))


def again(bill: Bill, step: Step, given: Any) -> Step:
    """A coupon that was used, on what is kept of the sale (`step.offs` are its shares in the kept goods).

    `share`: what it took off each kept piece stays. `unmet`: as if only the kept goods had been bought; where they do
    not come to the minimum it takes nothing and is the member's again.
    """
    if given.returns == "share":
        offs = tuple(min(off, due) for off, due in zip(step.offs, bill.due_lines, strict=True))
        return Step(NAME, step.clause, offs, right=step.right, worth=step.worth)
    if not stands(bill, given):
        return Step(NAME, step.clause, (0,) * len(bill.due_lines), right=step.right, worth=step.worth)
    return Step(NAME, step.clause, taken_off(bill, given), right=step.right, worth=step.worth)


def still_used(bill: Bill, step: Step, given: Any) -> bool:
    """Whether a coupon that took `step.worth` off the whole sale is used on what is kept of it (`step.offs` are its shares
    there): on goods it took something off, or, where it never came to a fen, on any of its goods. `unmet`: as long as
    these come to the minimum."""
    if given.returns == "unmet":
        return stands(bill, given)
    return any(step.offs) if step.worth else any(fitting(bill, given.where))


def stands(bill: Bill, given: Any) -> bool:
    """Whether what is kept has goods of the coupon, and as much of them as it takes."""
    return any(fitting(bill, given.where)) and base_of(bill, given.where) >= given.minimum
