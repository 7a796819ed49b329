"""Flash sales: pieces set aside for a while, at a price of their own."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from huiguan.foundation.performing import in_transaction, perform
from huiguan.foundation.statements import hot_rows
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.moments import moment_of
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.rewards import refusals, stock
from huiguan.rewards.inputs import OpenFlash, Withdraw
from huiguan.rewards.models import Flash, Item
from huiguan.rewards.shelf import flash_of, item_of
from huiguan.rewards.values import Kept
from huiguan.rewards.waiting import offer_next
from huiguan.rewards.whom import mall_clause

OVER = "FROM rewards_flash WHERE programme_id = %(programme)s AND closes_at <= %(at)s AND closed_at IS NULL"

CATALOGUE = "catalogue"
_TAKEN = Text(zh="这个代号已用过", en="is taken")
_ORDER = Text(zh="须晚于开始", en="must be later than the beginning")
_PAST = Text(zh="须晚于现在", en="must be later than now")
_PRICE = Text(zh="写明多少积分或多少元", en="says how many points or how much money")
_COUNTED = Text(zh="券和外部券码不能秒杀", en="takes goods or gifts")


def open_flash(*, actor: Actor, at: datetime, given: OpenFlash, key: str | None = None) -> Kept:
    """A flash sale; its pieces leave the centre's stock at once. Takes the power `catalogue`. ItemUnknown, StockTooLow,
    InvalidInput, NoMall."""
    actor.demand(CATALOGUE)

    def do() -> Kept:
        opens, closes = span(actor, at, given.opens, given.closes)
        if not given.points and not given.cash:
            raise InvalidInput(field="points", rule=_PRICE)
        item = counted_item(actor, given.item)
        if Flash.objects.filter(programme_id=actor.programme, code=given.code).exists():
            raise InvalidInput(field="code", rule=_TAKEN)
        row = Flash.objects.create(
            programme_id=actor.programme, code=given.code, item=item, units=given.points, cash=given.cash,
            quantity=given.quantity, most=given.most, opens_at=opens, closes_at=closes,
        )  # fmt: skip
        set_aside(actor, item, given.quantity, f"flash:{given.code}", at)
        stock.put(actor, stock.pool_for(item, flash=row), given.quantity, cause=f"flash:{given.code}", at=at)
        return Kept(row.code, given.quantity)

    return perform(
        "open_flash", actor=actor, at=at, subject=f"flash:{given.code}", given=given, key=key, returns=Kept, do=do
    )


def span(actor: Actor, at: datetime, opens: str, closes: str) -> tuple[datetime, datetime]:
    """The first moment, and the first one after: in order, and not over yet. NoMall."""
    rulebook = programmes.programme_at(actor.programme, at)
    mall_clause(rulebook)
    zone: ZoneInfo = rulebook.zone
    first, last = moment_of(opens, "opens", zone), moment_of(closes, "closes", zone)
    if last <= first:
        raise InvalidInput(field="closes", rule=_ORDER)
    if last <= at:
        raise InvalidInput(field="closes", rule=_PAST)
    return first, last


def counted_item(actor: Actor, code: str) -> Item:
    """Goods or a gift by its code."""
    item = item_of(actor.programme, code)
    if item.sort not in ("goods", "gift"):
        raise InvalidInput(field="item", rule=_COUNTED)
    return item


def set_aside(actor: Actor, item: Item, pieces: int, cause: str, at: datetime) -> None:
    """Pieces out of the centre's stock. StockTooLow."""
    centre = stock.pool_at(item, None)
    if not stock.take(actor, centre, pieces, cause=cause, at=at):
        raise refusals.StockTooLow(field="item", left=stock.left_in([centre.pk])[centre.pk], given=pieces)


def put_back(actor: Actor, item: Item, pieces: int, cause: str, at: datetime) -> None:
    """Pieces back to the centre, offered to who waits."""
    stock.put(actor, stock.pool_at(item, None), pieces, cause=cause, at=at)
    offer_next(actor, item, None, at)


def close_flash(*, actor: Actor, at: datetime, given: Withdraw, key: str | None = None) -> Kept:
    """End a flash sale before its time; what is left goes back to the centre. Takes the power `catalogue`. FlashUnknown."""
    actor.demand(CATALOGUE)

    def do() -> Kept:
        row = flash_of(actor.programme, given.code)
        return Kept(row.code, _close(actor, row.pk, at))

    return perform(
        "close_flash", actor=actor, at=at, subject=f"flash:{given.code}", given=given, key=key, returns=Kept, do=do
    )


def close_flashes(programme: int, until: datetime) -> int:
    """The night's work: flash sales that are over; how many."""
    actor = system(programme, "nightly")
    due = hot_rows(f"SELECT id, closes_at {OVER} ORDER BY closes_at, id", {"programme": programme, "at": until})
    for key, closes_at in due:
        in_transaction(partial(_close, actor, key, closes_at))
    return len(due)


def _close(actor: Actor, key: int, at: datetime) -> int:
    """What was left of it, back at the centre. Closing again changes nothing."""
    row = Flash.objects.select_for_update(of=("self",)).select_related("item").get(pk=key)
    if row.closed_at is not None:
        return 0
    row.closed_at = at
    row.save(update_fields=["closed_at"])
    pool = stock.pool_for(row.item, flash=row)
    left = stock.locked_left(pool)
    if left:
        stock.take(actor, pool, left, cause=f"flash:{row.code}", at=at)
        put_back(actor, row.item, left, f"flash:{row.code}", at)
    return left
