"""Packages begun, used, ended and taken along to another membership.

The room above decides and holds the transaction and the account's lock, so that the steps of a package follow one
another; the database keeps two of one number, and a second undoing of a use, out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import connection

from huiguan.entitlements.codes import package_code
from huiguan.entitlements.events import PackageEnded, PackageOpened
from huiguan.entitlements.holding import packages_of
from huiguan.entitlements.models import Package, PackageStep
from huiguan.entitlements.values import NewPackage, PackageMove
from huiguan.foundation.outbox import tell
from huiguan.kernel.actors import Actor
from huiguan.rules.effects import OpenPackage
from huiguan.rules.facts import PackageFact

_NEXT = "SELECT nextval('entitlements_package_id_seq') FROM generate_series(1, %s)"
ENDS = ("swapped", "refunded", "transferred", "moved")


def open_packages(*, actor: Actor, packages: Sequence[NewPackage], written_at: datetime) -> tuple[PackageFact, ...]:
    """Begin packages, a row for each copy, in the order given. One that another is handed in for ends that one."""
    wanted = [new for new in packages for _ in range(new.effect.copies)]
    if not wanted:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [len(wanted)])
        keys = [int(row[0]) for row in cursor.fetchall()]
    rows = [_row(actor.programme, key, new, written_at) for key, new in zip(keys, wanted, strict=True)]
    Package.objects.bulk_create(rows)
    swapped = [
        PackageMove(new.membership, new.effect.swaps, "swapped", new.sold_at, actor.reference, new.cause)
        for new in packages
        if new.effect.swaps is not None
    ]
    note_packages(programme=actor.programme, moves=swapped, written_at=written_at)
    told = [
        PackageOpened(membership=row.membership_id, reference=row.code, at=row.sold_at, clause=row.clause,
                      package=row.name, price=row.price, cause=row.cause)
        for row in rows
    ]  # fmt: skip
    tell(actor.programme, told, written_at)
    return tuple(_fact(row, new) for row, new in zip(rows, wanted, strict=True))


def _row(programme: int, key: int, new: NewPackage, written_at: datetime) -> Package:
    effect = new.effect
    return Package(
        membership_id=new.membership, id=key, programme_id=programme, code=new.code or package_code(key),
        name=effect.name, clause=effect.clause, price=effect.price,
        allowances=[asdict(each) for each in effect.allowances], carried=[list(use) for use in effect.uses],
        agreement=effect.agreement, sold_at=new.sold_at, valid_from=effect.valid_from, valid_until=effect.valid_until,
        cause=new.cause, line=effect.line, origin=effect.swaps, written_at=written_at,
    )  # fmt: skip


def _fact(row: Package, new: NewPackage) -> PackageFact:
    return PackageFact(
        row.id, row.code, row.name, row.clause, row.price, row.valid_from, row.valid_until, new.effect.allowances,
        new.effect.uses, None, row.sold_at, row.cause, row.origin, row.line,
    )  # fmt: skip


def note_packages(*, programme: int, moves: Sequence[PackageMove], written_at: datetime) -> tuple[int, ...]:
    """Write steps, in the order given; their numbers. The caller has decided that they may be."""
    numbers: dict[tuple[int, int], int] = {}
    rows = []
    for move in moves:
        key = (move.membership, move.package)
        if key not in numbers:
            numbers[key] = PackageStep.objects.filter(membership_id=move.membership, package_id=move.package).count()
        numbers[key] += 1
        rows.append(
            PackageStep(
                membership_id=move.membership, package_id=move.package, n=numbers[key], programme_id=programme,
                what=move.what, item=move.item, place=move.place, quantity=move.quantity, undoes=move.undoes,
                at=move.at, written_at=written_at, shop_id=move.shop, actor=move.actor, cause=move.cause,
            )
        )  # fmt: skip
    PackageStep.objects.bulk_create(rows)
    ended = [move for move in moves if move.what in ENDS]
    tell(programme, _endings(ended), written_at)
    return tuple(row.n for row in rows)


def _endings(moves: Sequence[PackageMove]) -> list[PackageEnded]:
    held = {
        (m, fact.id): fact for m, facts in packages_of({move.membership for move in moves}).items() for fact in facts
    }
    told = []
    for move in moves:
        fact = held[move.membership, move.package]
        told.append(
            PackageEnded(membership=move.membership, shop=move.shop, reference=fact.code, at=move.at,
                         clause=fact.clause, package=fact.name, how=move.what)
        )  # fmt: skip
    return told


def move_packages(
    *,
    actor: Actor,
    giver: int,
    taker: int,
    codes: Sequence[str] | None,
    what: str,
    at: datetime,
    cause: str,
    written_at: datetime,
) -> tuple[str, ...]:
    """The packages of `giver` that have not ended (those with `codes` alone, where given) go on with `taker`, under
    their codes and with what was used of them; the codes. `what`: transferred, or moved along with a member."""
    going = [
        fact
        for fact in packages_of([giver]).get(giver, ())
        if fact.ended is None and (codes is None or fact.code in codes)
    ]
    note_packages(
        programme=actor.programme,
        moves=[PackageMove(giver, fact.id, what, at, actor.reference, cause) for fact in going],
        written_at=written_at,
    )
    papers = dict(Package.objects.filter(membership_id=giver).values_list("id", "agreement"))
    again = [_again(taker, fact, papers[fact.id], giver, at) for fact in going]
    open_packages(actor=actor, packages=again, written_at=written_at)
    return tuple(fact.code for fact in going)


def _again(taker: int, fact: PackageFact, paper: str, giver: int, at: datetime) -> NewPackage:
    """The same package with another membership. It keeps no word of what it was swapped for: that ended with the giver."""
    effect = OpenPackage(
        fact.clause, fact.name, fact.price, fact.allowances, fact.valid_from, fact.valid_until, -1,
        uses=fact.uses, agreement=paper,
    )  # fmt: skip
    return NewPackage(taker, effect, at, f"package:{giver}-{fact.id}", fact.code)
