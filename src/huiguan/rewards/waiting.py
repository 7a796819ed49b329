"""The wait-list: first come or by rank, one piece kept for one member until a moment, then for the next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from django.db.models import Q, QuerySet

from huiguan.foundation.outbox import tell
from huiguan.foundation.performing import in_transaction, perform
from huiguan.foundation.statements import hot_rows
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rewards import refusals, stock
from huiguan.rewards.events import PieceOffered
from huiguan.rewards.inputs import JoinWaitList
from huiguan.rewards.models import Item, Wait
from huiguan.rewards.shelf import item_of
from huiguan.rewards.values import WaitTold
from huiguan.rewards.whom import asking, codes_of, membership_for, place_of, subject_of
from huiguan.rules.kinds import allocation
from huiguan.rules.programme import Clause, Programme

LAPSED = "FROM rewards_wait WHERE programme_id = %(programme)s AND until <= %(at)s AND state = 'offered'"

WAITING, OFFERED, TAKEN, LEFT, PASSED = "waiting", "offered", "taken", "left", "passed"
_LIST = Text(zh="候补名单", en="a wait-list")


def join_wait_list(*, actor: Actor, at: datetime, given: JoinWaitList, key: str | None = None) -> WaitTold:
    """A place on the list of an item that has run out. ItemUnknown, WayNotSaid, StillThere, AlreadyWaiting, and what
    `place_order` refuses of the member."""
    membership = membership_for(actor, given.member)

    def do() -> WaitTold:
        here = asking(actor, at, membership)
        clause = _clause(here.rulebook)
        item, shop = item_of(actor.programme, given.item), place_of(actor, given.shop)
        if stock.left_in([stock.pool_at(item, shop).pk])[stock.pool_at(item, shop).pk]:
            raise refusals.StillThere(field="item")
        if _open(membership, item, shop).exists():
            raise refusals.AlreadyWaiting(field="item")
        rank = allocation.rank(here.rulebook, here.facts.tier) if allocation.said(clause).ranked else 0
        row = Wait.objects.create(
            programme_id=actor.programme, membership_id=membership, item=item, shop_id=shop, since=at, rank=rank
        )
        return waits_told(actor, [row])[0]

    return perform(
        "join_wait_list", actor=actor, at=at, subject=subject_of(actor, membership, given.member), given=given, key=key,
        returns=WaitTold, do=do,
    )  # fmt: skip


def leave_wait_list(*, actor: Actor, at: datetime, given: JoinWaitList, key: str | None = None) -> WaitTold:
    """Off the list again; a piece that was kept is the next one's. ItemUnknown, NotWaiting."""
    membership = membership_for(actor, given.member)

    def do() -> WaitTold:
        item, shop = item_of(actor.programme, given.item), place_of(actor, given.shop)
        row = _open(membership, item, shop).select_for_update().first()
        if row is None:
            raise refusals.NotWaiting(field="item")
        _end(actor, row, LEFT, at)
        return waits_told(actor, [row])[0]

    return perform(
        "leave_wait_list", actor=actor, at=at, subject=subject_of(actor, membership, given.member), given=given, key=key,
        returns=WaitTold, do=do,
    )  # fmt: skip


def _clause(rulebook: Programme) -> Clause:
    clause = allocation.rule(rulebook, "wait_list")
    if clause is None:
        raise refusals.WayNotSaid(field="item", what=_LIST)
    return clause


def _open(membership: int, item: Item, shop: int | None) -> QuerySet[Wait]:
    return Wait.objects.filter(
        membership_id__in=members.lives_of(membership), item=item, shop_id=shop, state__in=[WAITING, OFFERED]
    )


def _end(actor: Actor, row: Wait, state: str, at: datetime) -> None:
    """She waits no more; what was kept for her goes back, and to the next."""
    kept = row.state == OFFERED
    row.state, row.ended_at = state, at
    row.save()
    if kept:
        stock.put(actor, stock.pool_at(row.item, row.shop_id), 1, cause=f"wait:{row.pk}", at=at)
        offer_next(actor, row.item, row.shop_id, at)


def offer_next(actor: Actor, item: Item, shop: int | None, at: datetime) -> None:
    """Keep what has come for those who wait, one piece each, in their order. Nothing where the rulebook has no list."""
    waiting = Wait.objects.filter(item=item, shop_id=shop, state=WAITING)
    if not waiting.exists():
        return
    clause = allocation.rule(programmes.programme_at(item.programme_id, at), "wait_list")
    hours = allocation.said(clause).hours if clause is not None else None
    if clause is None or hours is None:
        return
    pool = stock.pool_at(item, shop)
    for row in waiting.select_for_update(skip_locked=True).order_by("rank", "since", "pk"):
        if not stock.take(actor, pool, 1, cause=f"wait:{row.pk}", at=at):
            return
        row.state, row.offered_at, row.until = OFFERED, at, at + timedelta(hours=hours)
        row.save()
        told = PieceOffered(
            membership=row.membership_id, shop=shop, reference=item.code, at=at, clause=clause.id, item=item.code,
            until=row.until.isoformat(),
        )  # fmt: skip
        tell(item.programme_id, [told], at)


def pass_on_due(programme: int, until: datetime, item: Item | None = None) -> int:
    """Pieces kept for those who did not come (of `item`, or all) go to the next, each at the moment the offer ended."""
    actor, passed = system(programme, "nightly"), 0
    first = f"SELECT id {LAPSED}{'' if item is None else ' AND item_id = %(item)s'} ORDER BY until, id LIMIT 1"
    asked = {"programme": programme, "at": until, "item": None if item is None else item.pk}
    while due := hot_rows(first, asked):
        passed += in_transaction(partial(_pass_on, actor, due[0][0]))
    return passed


def _pass_on(actor: Actor, key: int) -> int:
    row = Wait.objects.select_for_update(of=("self",)).select_related("item").get(pk=key)
    if row.state != OFFERED or row.until is None:
        return 0
    _end(actor, row, PASSED, row.until)
    return 1


def waits_told(actor: Actor, rows: Iterable[Wait]) -> list[WaitTold]:
    """Places on lists, with how many come before."""
    held = list(rows)
    numbers = members.numbers(actor.programme, [row.membership_id for row in held])
    shops = codes_of(actor.programme, [row.shop_id for row in held])
    return [
        WaitTold(
            item=row.item.code,
            name={"zh": row.item.name_zh, "en": row.item.name_en},
            member=numbers.get(row.membership_id, ""),
            shop=shops.get(row.shop_id),
            state=row.state,
            since=row.since,
            ahead=_ahead(row),
            until=row.until if row.state == OFFERED else None,
        )
        for row in held
    ]


def _ahead(row: Wait) -> int:
    if row.state != WAITING:
        return 0
    before = (
        Q(rank__lt=row.rank) | Q(rank=row.rank, since__lt=row.since) | Q(rank=row.rank, since=row.since, pk__lt=row.pk)
    )
    return Wait.objects.filter(before, item=row.item, shop_id=row.shop_id, state=WAITING).count()
