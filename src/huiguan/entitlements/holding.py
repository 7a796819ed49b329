"""Packages held, counted from their steps: raw for the till, one statement for many, and as pages tell them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import msgspec

from huiguan.entitlements.models import Package, PackageStep
from huiguan.entitlements.values import HeldPackage, PackageLine
from huiguan.foundation.statements import Question, Row, ask, listed
from huiguan.rules.facts import PackageFact
from huiguan.rules.passes import Allowance, Use, remaining, summed

_HELD = """
SELECT held.membership_id, held.id, held.code, held.name, held.clause, held.price, held.valid_from, held.valid_until,
       held.allowances, held.carried, held.sold_at, held.cause, held.origin, held.line,
       (SELECT jsonb_agg(jsonb_build_array(n, what, place, item, quantity, undoes) ORDER BY n)
        FROM entitlements_packagestep done
        WHERE done.membership_id = held.membership_id AND done.package_id = held.id)
FROM entitlements_package held
WHERE held.membership_id = ANY(%s::bigint[]) ORDER BY held.membership_id, held.id
"""
_ENDS = ("swapped", "refunded", "transferred", "moved")
Step = Sequence[Any]  # n, what, place, item, quantity, undoes


def packages_of(memberships: Collection[int]) -> dict[int, tuple[PackageFact, ...]]:
    """All packages ever held, oldest first, with what was used of each. Memberships without any are left out."""
    return ask(packages_question(memberships))


def packages_question(memberships: Collection[int]) -> Question[dict[int, tuple[PackageFact, ...]]]:
    """`packages_of`, to be asked together with others."""
    return Question(_HELD, [listed(memberships)], _by_membership)


def _by_membership(rows: list[Row]) -> dict[int, tuple[PackageFact, ...]]:
    found: dict[int, list[PackageFact]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(_fact(row))
    return {membership: tuple(packages) for membership, packages in found.items()}


def _fact(row: Row) -> PackageFact:
    _, key, code, name, clause, price, since, until, allowances, carried, sold_at, cause, origin, line, steps = row
    done = _decoded(steps) or []
    return PackageFact(
        key, code, name, clause, price, since, until, allowances_of(_decoded(allowances)),
        uses_of(_decoded(carried), done), _ended(done), sold_at, cause, origin, line,
    )  # fmt: skip


def allowances_of(told: Sequence[dict[str, Any]]) -> tuple[Allowance, ...]:
    return tuple(Allowance(**{**each, "of": tuple(each["of"])}) for each in told)


def uses_of(carried: Sequence[Sequence[Any]], steps: Sequence[Step]) -> tuple[Use, ...]:
    """What is used: what came along, and the uses that were not undone."""
    undone = {step[5] for step in steps if step[1] == "undone"}
    uses = [(place, item, quantity) for place, item, quantity in carried]
    uses += [(step[2], step[3], step[4]) for step in steps if step[1] == "used" and step[0] not in undone]
    return summed(uses)


def _ended(steps: Sequence[Step]) -> str | None:
    last = next((step[1] for step in reversed(steps) if step[1] in (*_ENDS, "reopened")), None)
    return None if last == "reopened" else last


def _decoded(value: Any) -> Any:
    return msgspec.json.decode(value) if isinstance(value, str) else value


def held_packages(membership: int, at: datetime) -> tuple[HeldPackage, ...]:
    """The packages that had begun to be hers by `at`, newest first, as they read then, each with its history."""
    rows = Package.objects.filter(membership_id=membership, sold_at__lte=at).order_by("-id")
    lines: dict[int, list[PackageStep]] = {}
    for step in PackageStep.objects.filter(membership_id=membership, at__lte=at).order_by("package_id", "n"):
        lines.setdefault(step.package_id, []).append(step)
    return tuple(_held(row, lines.get(row.id, []), at) for row in rows)


def _held(row: Package, steps: list[PackageStep], at: datetime) -> HeldPackage:
    done = [(step.n, step.what, step.place, step.item, step.quantity, step.undoes) for step in steps]
    fact = PackageFact(
        row.id, row.code, row.name, row.clause, row.price, row.valid_from, row.valid_until,
        allowances_of(row.allowances), uses_of(row.carried, done), _ended(done), row.sold_at, row.cause, row.origin,
        row.line,
    )  # fmt: skip
    left = remaining(fact.allowances, fact.uses)
    undone = {step.undoes for step in steps if step.what == "undone"}
    told = tuple(
        PackageLine(step.n, step.what, step.at, step.written_at, step.item, step.quantity, step.shop_id, step.actor,
                    step.cause, step.n in undone)
        for step in steps
    )  # fmt: skip
    spent = bool(left) and all(each.left == 0 or not each.open for each in left)
    return HeldPackage(fact, state_of(fact, at, spent=spent), left, told, row.agreement)


def state_of(package: PackageFact, at: datetime, *, spent: bool) -> str:
    """open, waiting, expired, spent, or how it ended."""
    if package.ended is not None:
        return package.ended
    if at < package.valid_from:
        return "waiting"
    if package.valid_until is not None and at >= package.valid_until:
        return "expired"
    return "spent" if spent else "open"
