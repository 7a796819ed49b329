"""What is on the shelves, how much of it there is, and what it costs whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from huiguan.kernel.actors import Actor
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rewards import stock
from huiguan.rewards.listing import item_told, shelf_told
from huiguan.rewards.models import Item, Picture, StockMove, Wait, Zone
from huiguan.rewards.queries.asking import demand
from huiguan.rewards.shelf import item_of, left_of
from huiguan.rewards.values import (
    ItemTold,
    MoveTold,
    ShelfItem,
    ZoneTold,
)
from huiguan.rewards.waiting import OFFERED
from huiguan.rewards.waiting import WAITING as ON_LIST
from huiguan.rewards.whom import codes_of, known, mall_clause, membership_for
from huiguan.rules.kinds import catalogue


def has_mall(actor: Actor, at: datetime) -> bool:
    """Whether the rulebook in force at `at` has a mall."""
    return catalogue.rule(programmes.programme_at(actor.programme, at)) is not None


def zones(actor: Actor) -> tuple[ZoneTold, ...]:
    """The zones in their order, each with how many items stand in it."""
    demand(actor)
    rows = Zone.objects.filter(programme_id=actor.programme).annotate(
        there=Count("items", filter=Q(items__withdrawn_at=None))
    )
    return tuple(
        ZoneTold(row.code, row.name_zh, row.name_en, row.place, row.there) for row in rows.order_by("place", "code")
    )


def items(
    actor: Actor, *, text: str = "", zone: str | None = None, state: str = "", after: str = "", limit: int = 50
) -> tuple[ItemTold, ...]:
    """The catalogue as those who keep it see it, by code, behind the code `after`. `state`: '' on the shelf, 'low' few
    left, 'withdrawn', 'all'. Takes the power `catalogue` or `sell`."""
    demand(actor)
    rows = Item.objects.filter(programme_id=actor.programme, code__gt=after).select_related("zone", "substitute")
    if state in ("", "low"):
        rows = rows.filter(withdrawn_at=None)
    elif state == "withdrawn":
        rows = rows.exclude(withdrawn_at=None)
    rows = rows.filter(zone__code=zone) if zone else rows
    rows = rows.filter(_naming(text)) if text.strip() else rows
    told = [item_told(row, left, waiting) for row, left, waiting in _with_stock(rows.order_by("code"))]
    kept = [each for each in told if state != "low" or (each.left is not None and each.left <= each.low)]
    return tuple(kept[:limit])


def _naming(text: str) -> Q:
    words = text.strip()
    return Q(code__icontains=words) | Q(name_zh__icontains=words) | Q(name_en__icontains=words)


def _with_stock(rows: QuerySet[Item]) -> list[tuple[Item, dict[int | None, int] | None, int]]:
    held = list(rows)
    left = left_of(held)
    waiting: Mapping[int, int] = dict(
        Wait.objects.filter(item__in=held, state=ON_LIST).values_list("item_id").annotate(Count("pk"))
    )
    return [(row, left[row.pk], waiting.get(row.pk, 0)) for row in held]


def item(actor: Actor, code: str) -> ItemTold:
    """One item with its stock by place. ItemUnknown."""
    demand(actor)
    row = item_of(actor.programme, code)
    left = left_of([row])[row.pk]
    waiting = Wait.objects.filter(item=row, state=ON_LIST).count()
    shops = codes_of(actor.programme, list(left or {}))
    return item_told(row, left, waiting, shops)


def stock_moves(actor: Actor, code: str, *, limit: int = 100) -> tuple[MoveTold, ...]:
    """What came and went of an item, the newest first; pieces of flash sales and prizes are not among them. ItemUnknown."""
    demand(actor)
    row = item_of(actor.programme, code)
    rows = StockMove.objects.filter(pool__item=row, pool__flash=None, pool__prize=None).select_related("pool")
    held = list(rows.order_by("-pk")[:limit])
    shops = codes_of(actor.programme, [move.pool.shop_id for move in held])
    return tuple(
        MoveTold(shops.get(move.pool.shop_id), move.pieces, move.cause, move.why, move.actor_name, move.at)
        for move in held
    )


def shelf(
    actor: Actor, at: datetime, *, member: str | None = None, zone: str | None = None, code: str | None = None
) -> tuple[ShelfItem, ...]:
    """What a member finds in the mall at `at`, everyday things last within their zone: what each costs her and why she
    may not have it now. A member asks for herself; staff name her. NoMall, UnknownMember."""
    rulebook = programmes.programme_at(actor.programme, at)
    clause = mall_clause(rulebook)
    membership = membership_for(actor, member, reading=True)
    facts = known(actor.programme, rulebook, membership, at)
    rows = Item.objects.filter(programme_id=actor.programme, withdrawn_at=None).select_related("zone")
    rows = rows.filter(zone__code=zone) if zone else rows
    rows = rows.filter(code=code) if code else rows
    held = list(rows.order_by("zone__place", "everyday", "code"))
    left = left_of(held)
    shops = codes_of(actor.programme, [place for places in left.values() for place in places or {}])
    waits = open_waits(actor.programme).filter(membership_id__in=members.lives_of(membership))
    mine = {wait.item_id: wait.state for wait in waits}
    return tuple(
        shelf_told(rulebook, clause, facts, row, left[row.pk], shops, mine.get(row.pk, ""), at) for row in held
    )


def open_waits(programme: int) -> QuerySet[Wait]:
    """Places on lists that are still held."""
    return Wait.objects.filter(programme_id=programme, state__in=[ON_LIST, OFFERED])


def picture(programme: int, digest: str) -> tuple[str, bytes] | None:
    """A picture by its digest: (kind, content)."""
    found = Picture.objects.filter(programme_id=programme, digest=digest).first()
    return (found.kind, bytes(found.content)) if found is not None else None


def stock_faults(programme: int) -> tuple[str, ...]:
    """Pools whose slices are not what their moves come to; none where the books of the stock are right."""
    moves: dict[int, int] = {}
    for pool, pieces in StockMove.objects.filter(programme_id=programme).values_list("pool_id", "pieces"):
        moves[pool] = moves.get(pool, 0) + pieces
    left = stock.left_in(list(moves))
    return tuple(
        f"pool {pool}: {left[pool]} left, moves come to {total}" for pool, total in moves.items() if left[pool] != total
    )
