"""A row of the shelf as its clauses see it, and how much of it there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Count, Sum

from huiguan.kernel.moments import at_day, local_day
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.rewards import stock
from huiguan.rewards.models import Flash, Item, Order, OutsideCode, Pool
from huiguan.rewards.refusals import FlashUnknown, ItemUnknown
from huiguan.rewards.values import CANCELLED, RETURNED
from huiguan.rules.kinds import limit
from huiguan.rules.mall import Offer, Way
from huiguan.rules.programme import Programme

UNDONE = (CANCELLED, RETURNED)


def item_of(programme: int, code: str, field: str = "item") -> Item:
    """An item by its code. ItemUnknown."""
    found = Item.objects.filter(programme_id=programme, code=code).select_related("zone").first()
    if found is None:
        raise ItemUnknown(field=field, item=code)
    return found


def flash_of(programme: int, code: str) -> Flash:
    found = Flash.objects.filter(programme_id=programme, code=code).select_related("item__zone").first()
    if found is None:
        raise FlashUnknown(field="flash", flash=code)
    return found


def offer_of(item: Item, *, flash: Flash | None = None, had: int = 0) -> Offer:
    """The item as a clause sees it; in a flash sale with that sale's price, time and number."""
    zone = item.zone.code if item.zone else ""
    tiers = tuple(item.tiers)
    if flash is not None:
        return Offer(
            item.code, zone, item.sort, flash.units, flash.cash, item.worth, False, tiers, flash.opens_at,  # type: ignore[arg-type]
            flash.closes_at, flash.most, "ever", had,
        )  # fmt: skip
    return Offer(
        item.code, zone, item.sort, item.units, item.cash, item.worth, item.mixed, tiers, item.opens_at,  # type: ignore[arg-type]
        item.closes_at, item.most, item.per, had,
    )  # fmt: skip


def way_of(item: Item, asked: str | None, shop: int | None) -> Way:
    """How it reaches the member: as she asked, else at once, at the shop named, or by post."""
    if asked is not None:
        return asked  # type: ignore[return-value]
    if item.sort in ("voucher", "code"):
        return "instant"
    return "pickup" if shop is not None else "delivery"


def had_of(rulebook: Programme, item: Item, membership: int, at: datetime, *, flash: Flash | None = None) -> int:
    """How many pieces the member has had already in the period that counts, as any of the memberships she is now."""
    if flash is None and item.most is None:
        return 0
    rows = Order.objects.filter(membership_id__in=members.lives_of(membership), item=item).exclude(state__in=UNDONE)
    if flash is not None:
        rows = rows.filter(pool__flash=flash)
    elif item.per != "ever":
        first, _ = limit.period(item.per, local_day(at, rulebook.zone))
        rows = rows.filter(placed_at__gte=at_day(first, rulebook.zone))
    return rows.aggregate(had=Sum("quantity"))["had"] or 0


def left_of(items: Iterable[Item]) -> dict[int, dict[int | None, int] | None]:
    """item -> what is left at each place (None: the centre); None where it is not counted.

    Outside codes are as many as are not handed out; a voucher nobody ever counted has no end.
    """
    rows = list(items)
    found: dict[int, dict[int | None, int] | None] = {row.pk: None if row.sort == "voucher" else {} for row in rows}
    pools = list(Pool.objects.filter(item__in=rows, flash=None, prize=None))
    there = stock.left_in([pool.pk for pool in pools])
    for pool in pools:
        places = found[pool.item_id]
        found[pool.item_id] = {**(places or {}), pool.shop_id: there[pool.pk]}
    codes = [row.pk for row in rows if row.sort == "code"]
    free: Mapping[int, int] = dict(
        OutsideCode.objects.filter(item_id__in=codes, order=None).values_list("item_id").annotate(Count("pk"))
    )
    return found | {key: {None: free.get(key, 0)} for key in codes}


def total(places: Mapping[int | None, int] | None) -> int | None:
    return None if places is None else sum(places.values())


def name_of(item: Item) -> Text:
    return Text(zh=item.name_zh, en=item.name_en)
