"""Batches of codes: made by the hundred thousand in the background, or brought from outside; each turned in once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import connection
from django.db.models import F

from huiguan.entitlements.codes import fresh_code
from huiguan.entitlements.inputs import BringCodes, MakeCodes, StopBatch
from huiguan.entitlements.models import Batch, Code, CodeClaim
from huiguan.entitlements.values import (
    BatchEnded,
    BatchUnknown,
    BatchView,
    CodesKnown,
    CodeTurnedIn,
    CouponUnknown,
    FoundCode,
)
from huiguan.foundation.jobs import enqueue
from huiguan.foundation.performing import in_transaction, perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import moment_of
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import coupon
from huiguan.rules.programme import Clause, Programme

MAKE = "entitlements.make_codes"
CHUNK = 10_000
_INSERT = """
INSERT INTO entitlements_code (programme_id, code, batch_id, n)
SELECT %s, code, %s, %s + row_number() OVER () FROM unnest(%s::text[]) AS fresh(code)
ON CONFLICT (programme_id, code) DO NOTHING RETURNING id
"""
_NEXT = """
SELECT c.id, c.code FROM entitlements_code c
WHERE c.batch_id = %s AND NOT EXISTS (SELECT 1 FROM entitlements_codeclaim k WHERE k.code_id = c.id)
ORDER BY c.n LIMIT 1 FOR UPDATE SKIP LOCKED
"""
_CLAIM = """
INSERT INTO entitlements_codeclaim (code_id, programme_id, batch_id, membership_id, right_id, at, written_at)
VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (code_id) DO NOTHING RETURNING code_id
"""


def make_batch(*, actor: Actor, at: datetime, given: MakeCodes, key: str | None = None) -> BatchView:
    """Ask for a batch of fresh codes; a worker makes them. Refuses CouponUnknown, and one that is used elsewhere."""
    actor.demand("coupons")

    def do() -> BatchView:
        rulebook, clause = _product(actor.programme, given.coupon, at)
        if coupon.terms(clause).elsewhere:
            raise CouponUnknown(field="coupon", coupon=given.coupon)
        ends = moment_of(given.until, "until", rulebook.zone) if given.until else None
        row = _begun(actor, at, given.coupon, given.size, given.note, outside=False, each=given.each, ends_at=ends)
        enqueue(MAKE, batch=row.id)
        return view_of(row)

    return perform(
        "make_batch",
        actor=actor,
        at=at,
        subject=f"coupon:{given.coupon}",
        given=given,
        key=key,
        returns=BatchView,
        do=do,
    )


def bring_codes(*, actor: Actor, at: datetime, given: BringCodes, key: str | None = None) -> BatchView:
    """Keep another house's codes, to be handed out once each. Refuses CouponUnknown (or one used at our own till), and
    CodesKnown where one came before or twice."""
    actor.demand("coupons")

    def do() -> BatchView:
        _, clause = _product(actor.programme, given.coupon, at)
        if not coupon.terms(clause).elsewhere:
            raise CouponUnknown(field="coupon", coupon=given.coupon)
        row = _begun(actor, at, given.coupon, len(given.codes), given.note, outside=True)
        if _insert(row, given.codes, 0) != len(given.codes):
            raise CodesKnown(field="codes")
        Batch.objects.filter(pk=row.id).update(made=len(given.codes))
        row.refresh_from_db()
        return view_of(row)

    told = {"coupon": given.coupon, "codes": len(given.codes), "note": given.note}
    return perform(
        "bring_codes",
        actor=actor,
        at=at,
        subject=f"coupon:{given.coupon}",
        given=told,
        key=key,
        returns=BatchView,
        do=do,
    )


def stop_batch(*, actor: Actor, at: datetime, given: StopBatch, key: str | None = None) -> BatchView:
    """No code of the batch is good any more; coupons had for its codes stay. Refuses BatchUnknown, BatchEnded."""
    actor.demand("coupons")

    def do() -> BatchView:
        if not Batch.objects.filter(programme_id=actor.programme, pk=given.batch).exists():
            raise BatchUnknown(field="batch", batch=given.batch)
        if not Batch.objects.filter(pk=given.batch, stopped_at=None).update(stopped_at=at):
            raise BatchEnded(field="batch")
        return view_of(Batch.objects.get(pk=given.batch))

    return perform(
        "stop_batch",
        actor=actor,
        at=at,
        subject=f"batch:{given.batch}",
        given=given,
        key=key,
        returns=BatchView,
        do=do,
    )


def _product(programme: int, name: str, at: datetime) -> tuple[Programme, Clause]:
    rulebook = programmes.programme_at(programme, at)
    clause = coupon.products(rulebook).get(name)
    if clause is None:
        raise CouponUnknown(field="coupon", coupon=name)
    return rulebook, clause


def _begun(
    actor: Actor,
    at: datetime,
    name: str,
    size: int,
    note: str,
    *,
    outside: bool,
    each: int = 1,
    ends_at: datetime | None = None,
) -> Batch:
    return Batch.objects.create(
        programme_id=actor.programme,
        name=name,
        outside=outside,
        note=note,
        size=size,
        each=each,
        ends_at=ends_at,
        at=at,
        actor=actor.name,
    )


def make_codes(*, batch: int) -> None:
    """Make what is left of a batch, a chunk a transaction; stopped or killed, it goes on where it was."""
    while in_transaction(lambda: _make_chunk(batch)):
        pass


def _make_chunk(batch: int) -> bool:
    row = Batch.objects.select_for_update().get(pk=batch)
    left = row.size - row.made
    if left <= 0 or row.stopped_at is not None:
        return False
    made = _insert(row, [fresh_code() for _ in range(min(CHUNK, left))], row.made)
    Batch.objects.filter(pk=batch).update(made=F("made") + made)
    return True


def _insert(row: Batch, codes: list[str], after: int) -> int:
    """Write codes that are new; how many were."""
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [row.programme_id, row.id, after, codes])
        return len(cursor.fetchall())


def find_code(programme: int, code: str) -> FoundCode | None:
    """A claim code and its batch, None where there is none; codes of other houses are not turned in here."""
    row = Code.objects.filter(programme_id=programme, code=code).first()
    batch = Batch.objects.filter(pk=row.batch_id, outside=False).first() if row else None
    return FoundCode(row.id, code, view_of(batch)) if row is not None and batch is not None else None


def turned_in(batch: int, memberships: Collection[int]) -> int:
    """How many codes of a batch a member has turned in, as any of her memberships."""
    return CodeClaim.objects.filter(batch_id=batch, membership_id__in=memberships).count()


def claim_code(
    *, programme: int, found: FoundCode, membership: int, right: int, at: datetime, written_at: datetime
) -> None:
    """The code is hers; CodeTurnedIn where somebody was first, be it a moment ago."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [found.id, programme, found.batch.id, membership, right, at, written_at])
        if cursor.fetchone() is None:
            raise CodeTurnedIn(field="code")


def next_outside_code(programme: int, name: str, at: datetime) -> FoundCode | None:
    """The next code of another house that nobody has, held for the caller's transaction; None where all are gone."""
    batches = Batch.objects.filter(programme_id=programme, name=name, outside=True, stopped_at=None).order_by("id")
    for batch in batches:
        with connection.cursor() as cursor:
            cursor.execute(_NEXT, [batch.id])
            row = cursor.fetchone()
        if row is not None:
            return FoundCode(row[0], row[1], view_of(batch))
    return None


def view_of(row: Batch, used: int = 0) -> BatchView:
    return BatchView(
        id=row.id,
        coupon=row.name,
        outside=row.outside,
        note=row.note,
        size=row.size,
        made=row.made,
        claimed=used,
        each=row.each,
        at=row.at,
        by=row.actor,
        ends_at=row.ends_at,
        stopped_at=row.stopped_at,
    )
