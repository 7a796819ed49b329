"""How much there is: pools cut into slices, so that many buyers take at once and never more than there is.

A buyer takes from a slice nobody else is taking from. Where none of those has enough, all slices are locked in their
order and what is left is taken across them: the last piece is never missed and never given twice. Every piece that comes
or goes is a move; their sum is what is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection
from django.db.models import Sum

from huiguan.foundation.statements import hot_rows
from huiguan.kernel.actors import Actor
from huiguan.rewards.models import Flash, Item, Pool, Prize, Slice, StockMove

SLICES = 4
FLASH_SLICES = 8
_ONE = """
UPDATE rewards_slice SET "left" = "left" - %(pieces)s::int WHERE id = (
    SELECT id FROM rewards_slice WHERE pool_id = %(pool)s::bigint AND "left" >= %(pieces)s::int
    ORDER BY random() LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING id
"""
_ALL = 'SELECT id, "left" FROM rewards_slice WHERE pool_id = %s::bigint ORDER BY n FOR UPDATE'
_SET = """
UPDATE rewards_slice s SET "left" = given.pieces FROM unnest(%s::bigint[], %s::int[]) AS given(id, pieces)
WHERE s.id = given.id AND s."left" <> given.pieces
"""


def pool_at(item: Item, shop: int | None) -> Pool:
    """An item's pool at a place, made where there is none."""
    return _made(item, shop_id=shop)


def pool_for(item: Item, *, flash: Flash | None = None, prize: Prize | None = None) -> Pool:
    """The pieces set aside for a flash sale or a prize."""
    return _made(item, flash=flash, prize=prize)


def _made(item: Item, *, shop_id: int | None = None, flash: Flash | None = None, prize: Prize | None = None) -> Pool:
    pool, new = Pool.objects.get_or_create(
        programme_id=item.programme_id, item=item, shop_id=shop_id, flash=flash, prize=prize
    )
    if new:
        slices = FLASH_SLICES if flash is not None else SLICES
        Slice.objects.bulk_create(Slice(programme_id=item.programme_id, pool=pool, n=n, left=0) for n in range(slices))
    return pool


def left_in(pools: Sequence[int]) -> dict[int, int]:
    """What each of these pools has."""
    rows = Slice.objects.filter(pool_id__in=pools).values_list("pool_id").annotate(Sum("left"))
    return {**dict.fromkeys(pools, 0), **dict(rows)}


def take(actor: Actor, pool: Pool, pieces: int, *, cause: str, at: datetime, why: str = "") -> bool:
    """Take `pieces`, all or none; whether they were there. They are the caller's once its transaction commits."""
    if not hot_rows(_ONE, {"pool": pool.pk, "pieces": pieces}) and not _across(pool, pieces):
        return False
    _moved(actor, pool, -pieces, cause, at, why)
    return True


def _across(pool: Pool, pieces: int) -> bool:
    """The last of a pool, under the locks of all its slices."""
    rows = hot_rows(_ALL, [pool.pk])
    if sum(left for _, left in rows) < pieces:
        return False
    _level(rows, -pieces)
    return True


def locked_left(pool: Pool) -> int:
    """What a pool has, all its slices locked until the transaction ends."""
    return sum(left for _, left in hot_rows(_ALL, [pool.pk]))


def put(actor: Actor, pool: Pool, pieces: int, *, cause: str, at: datetime, why: str = "") -> None:
    """Put `pieces` in, spread evenly over the slices."""
    _level(hot_rows(_ALL, [pool.pk]), pieces)
    _moved(actor, pool, pieces, cause, at, why)


def _level(rows: Sequence[tuple[int, int]], change: int) -> None:
    whole, slices = sum(left for _, left in rows) + change, len(rows)
    parts = [whole // slices + (place < whole % slices) for place in range(slices)]
    with connection.cursor() as cursor:
        cursor.execute(_SET, [[key for key, _ in rows], parts])


def _moved(actor: Actor, pool: Pool, pieces: int, cause: str, at: datetime, why: str) -> None:
    StockMove.objects.create(
        programme_id=pool.programme_id, pool=pool, pieces=pieces, cause=cause, why=why, actor=actor.reference,
        actor_name=actor.name, at=at,
    )  # fmt: skip
