"""Stock that comes, goes, is moved and counted."""

from __future__ import annotations

from datetime import datetime

from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.rewards import refusals, stock
from huiguan.rewards.inputs import CountStock, StockInput, TransferStock
from huiguan.rewards.models import Item, Pool
from huiguan.rewards.shelf import item_of
from huiguan.rewards.values import Kept
from huiguan.rewards.waiting import offer_next
from huiguan.rewards.whom import place_of

_NOUGHT = Text(zh="不能是 0", en="must not be nought")
_CODES = Text(zh="外部券码按码计数", en="is counted by its codes")


def move_stock(*, actor: Actor, at: datetime, given: StockInput, key: str | None = None) -> Kept:
    """Pieces that came or went at a place, and why. What comes is offered to who waits first. Takes the power
    `catalogue`, at the shop where one is named. ItemUnknown, NotFound (shop), StockTooLow."""
    shop = _where(actor, given.shop)

    def do() -> Kept:
        item = _counted(actor, given.item)
        if not given.pieces:
            raise InvalidInput(field="pieces", rule=_NOUGHT)
        pool = stock.pool_at(item, shop)
        _change(actor, pool, given.pieces, "stock", given.why, at)
        return _kept(item, pool)

    return perform(
        "move_stock", actor=actor, at=at, subject=f"item:{given.item}", given=given, key=key, returns=Kept, do=do
    )


def count_stock(*, actor: Actor, at: datetime, given: CountStock, key: str | None = None) -> Kept:
    """What a stocktake found: the difference is written as a move. Takes the power `catalogue`. ItemUnknown."""
    shop = _where(actor, given.shop)

    def do() -> Kept:
        item = _counted(actor, given.item)
        pool = stock.pool_at(item, shop)
        difference = given.counted - stock.locked_left(pool)
        if difference:
            _change(actor, pool, difference, "count", given.why, at)
        return _kept(item, pool)

    return perform(
        "count_stock", actor=actor, at=at, subject=f"item:{given.item}", given=given, key=key, returns=Kept, do=do
    )


def transfer_stock(*, actor: Actor, at: datetime, given: TransferStock, key: str | None = None) -> Kept:
    """Pieces from one place to another; what is left at the first. Takes the power `catalogue`. ItemUnknown, StockTooLow,
    TransferToItself."""
    source, target = _where(actor, given.source, "source"), _where(actor, given.target, "target")

    def do() -> Kept:
        if source == target:
            raise refusals.TransferToItself(field="target")
        item = _counted(actor, given.item)
        giver, taker = stock.pool_at(item, source), stock.pool_at(item, target)
        _change(actor, giver, -given.pieces, "transfer", "", at)
        _change(actor, taker, given.pieces, "transfer", "", at)
        return _kept(item, giver)

    return perform(
        "transfer_stock", actor=actor, at=at, subject=f"item:{given.item}", given=given, key=key, returns=Kept, do=do
    )


def _where(actor: Actor, code: str | None, field: str = "shop") -> int | None:
    shop = place_of(actor, code, field)
    actor.demand("catalogue", shop)
    return shop


def _counted(actor: Actor, code: str) -> Item:
    item = item_of(actor.programme, code)
    if item.sort == "code":
        raise InvalidInput(field="item", rule=_CODES)
    return item


def _change(actor: Actor, pool: Pool, pieces: int, cause: str, why: str, at: datetime) -> None:
    if pieces > 0:
        stock.put(actor, pool, pieces, cause=cause, at=at, why=why)
        offer_next(actor, pool.item, pool.shop_id, at)
    elif not stock.take(actor, pool, -pieces, cause=cause, at=at, why=why):
        raise refusals.StockTooLow(field="pieces", left=stock.left_in([pool.pk])[pool.pk], given=-pieces)


def _kept(item: Item, pool: Pool) -> Kept:
    return Kept(item.code, stock.left_in([pool.pk])[pool.pk])
