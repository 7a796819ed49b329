"""Packages that come back with a return: unused ones only, and what was handed in for them begins again."""

from __future__ import annotations

from datetime import datetime

from huiguan.checkout.telling import refuse_first
from huiguan.checkout.undoing import Plan
from huiguan.entitlements import operations as entitlements
from huiguan.entitlements import queries
from huiguan.entitlements.values import PackageMove
from huiguan.kernel.actors import Actor
from huiguan.rules.effects import Refuse
from huiguan.rules.facts import PackageFact
from huiguan.rules.packages import by_sku, sold
from huiguan.rules.packaging import taking_back


def coming_back(plan: Plan) -> None:
    """Note in the plan which packages come back with its lines. Refuses PackageInUse and PackageEnded."""
    if not sold(plan.rulebook):
        return
    goods = by_sku(plan.rulebook)
    wanted = {
        i: had - left
        for i, (row, had, left) in enumerate(zip(plan.sale.document["lines"], plan.sale.kept, plan.kept, strict=True))
        if row["sku"] in goods and had > left
    }
    if not wanted:
        return
    held = queries.packages_of({plan.sale.membership, plan.holder or plan.sale.membership})
    for i, count in wanted.items():
        for whose, fact in _chosen(plan, held, i)[:count]:
            decision = taking_back(plan.rulebook, fact)
            refuse_first(plan.rulebook, [effect for effect in decision.effects if isinstance(effect, Refuse)])
            plan.packages.append((whose, fact))
            plan.reasons += decision.reasons


def _chosen(plan: Plan, held: dict[int, tuple[PackageFact, ...]], line: int) -> list[tuple[int, PackageFact]]:
    """The line's packages that have not come back, unused ones first; one that went along with its member where it is."""
    cause = f"sale:{plan.sale.id}"
    hers = [each for each in held.get(plan.sale.membership, ()) if each.cause == cause and each.line == line]
    found = []
    for fact in hers:
        along = _along(held, fact) if fact.ended == "moved" else None
        if along is not None:
            found.append(along)
        elif fact.ended != "refunded":
            found.append((plan.sale.membership, fact))
    return sorted(found, key=lambda each: (each[1].ended is not None, each[1].used, each[1].id))


def _along(held: dict[int, tuple[PackageFact, ...]], fact: PackageFact) -> tuple[int, PackageFact] | None:
    """The same package where it is now."""
    return next(
        ((whose, each) for whose, facts in held.items() for each in facts if each.code == fact.code and not each.ended),
        None,
    )


def take_back(actor: Actor, at: datetime, plan: Plan, kind: str) -> None:
    """Write that they came back; the package handed in for one begins again, with what was used of it."""
    cause = f"{kind}:{plan.sale.id}"
    for whose, fact in plan.packages:
        moves = [PackageMove(whose, fact.id, "refunded", plan.at, actor.reference, cause)]
        if fact.origin is not None:
            moves.append(PackageMove(whose, fact.origin, "reopened", plan.at, actor.reference, cause))
        entitlements.note_packages(programme=actor.programme, moves=moves, written_at=at)
