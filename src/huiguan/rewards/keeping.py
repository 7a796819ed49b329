"""The catalogue kept from day to day: zones, items, stock, outside codes, days that are not worked."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from huiguan.foundation import sealing
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import moment_of
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.rewards import refusals
from huiguan.rewards.inputs import AddCodes, KeepItem, KeepZone, WithdrawItem
from huiguan.rewards.models import Item, OutsideCode, Zone
from huiguan.rewards.shelf import item_of, left_of, total
from huiguan.rewards.stepping import code_bound
from huiguan.rewards.values import Kept

CATALOGUE = "catalogue"
_PRICE = Text(zh="写明多少积分或多少元", en="says how many points or how much money")
_WORTH = Text(zh="积分加现金的，写明值多少元", en="is needed where points and money pay together")
_VOUCHER = Text(zh="券要写明名称、面值", en="is needed for a voucher: its name and worth")
_ORDER = Text(zh="须晚于上架时刻", en="must be later than the moment it comes on the shelf")
_ITSELF = Text(zh="不能是它自己", en="must be another item")
_NOT_CODES = Text(zh="这件不是外部券码", en="is no item of outside codes")


def keep_zone(*, actor: Actor, at: datetime, given: KeepZone, key: str | None = None) -> Kept:
    """A zone of the mall, made or renamed. Takes the power `catalogue`."""
    actor.demand(CATALOGUE)

    def do() -> Kept:
        named = {"name_zh": given.zh, "name_en": given.en, "place": given.place}
        Zone.objects.update_or_create(programme_id=actor.programme, code=given.code, defaults=named)
        return Kept(given.code)

    return perform("keep_zone", actor=actor, at=at, subject="mall", given=given, key=key, returns=Kept, do=do)


def keep_item(*, actor: Actor, at: datetime, given: KeepItem, key: str | None = None) -> Kept:
    """A thing of the mall, made or changed as a whole; one withdrawn is on the shelf again. Orders placed keep what they
    were. Takes the power `catalogue`. InvalidInput, ZoneUnknown, ItemUnknown (substitute)."""
    actor.demand(CATALOGUE)

    def do() -> Kept:
        _check(given)
        values = _values(actor, at, given)
        row, _ = Item.objects.update_or_create(programme_id=actor.programme, code=given.code, defaults=values)
        return Kept(row.code, total(left_of([row])[row.pk]) or 0)

    return perform(
        "keep_item", actor=actor, at=at, subject=f"item:{given.code}", given=given, key=key, returns=Kept, do=do
    )


def _check(given: KeepItem) -> None:
    if given.mixed and not given.worth:
        raise InvalidInput(field="worth", rule=_WORTH)
    if not given.mixed and not given.points and not given.cash:
        raise InvalidInput(field="points", rule=_PRICE)
    if (given.sort == "voucher") != (given.voucher is not None):
        raise InvalidInput(field="voucher", rule=_VOUCHER)
    if given.substitute == given.code:
        raise InvalidInput(field="substitute", rule=_ITSELF)


def _values(actor: Actor, at: datetime, given: KeepItem) -> dict[str, object]:
    zone = programmes.programme_at(actor.programme, at).zone
    opens, closes = _moment(given.opens, "opens", zone), _moment(given.closes, "closes", zone)
    if opens is not None and closes is not None and closes <= opens:
        raise InvalidInput(field="closes", rule=_ORDER)
    voucher = given.voucher
    return {
        "sort": given.sort,
        "zone": _zone(actor.programme, given.zone) if given.zone else None,
        "name_zh": given.zh,
        "name_en": given.en,
        "about_zh": given.about_zh,
        "about_en": given.about_en,
        "units": 0 if given.mixed else given.points,
        "cash": 0 if given.mixed else given.cash,
        "worth": given.worth,
        "mixed": given.mixed,
        "tiers": list(given.tiers),
        "most": given.most,
        "per": given.per,
        "opens_at": opens,
        "closes_at": closes,
        "everyday": given.everyday,
        "dispatch": given.dispatch,
        "low": given.low,
        "voucher": {"name": voucher.name, "worth": voucher.worth, "days": voucher.days} if voucher else {},
        "substitute": item_of(actor.programme, given.substitute, "substitute") if given.substitute else None,
        "withdrawn_at": None,
    }


def _moment(text: str | None, field: str, zone: ZoneInfo) -> datetime | None:
    return moment_of(text, field, zone) if text else None


def _zone(programme: int, code: str) -> Zone:
    found = Zone.objects.filter(programme_id=programme, code=code).first()
    if found is None:
        raise refusals.ZoneUnknown(field="zone", zone=code)
    return found


def withdraw_item(*, actor: Actor, at: datetime, given: WithdrawItem, key: str | None = None) -> Kept:
    """Off the shelf; what was ordered goes on. Takes the power `catalogue`. ItemUnknown."""
    actor.demand(CATALOGUE)

    def do() -> Kept:
        row = item_of(actor.programme, given.item)
        row.withdrawn_at = row.withdrawn_at or at
        row.save(update_fields=["withdrawn_at"])
        return Kept(row.code, total(left_of([row])[row.pk]) or 0)

    return perform(
        "withdraw_item", actor=actor, at=at, subject=f"item:{given.item}", given=given, key=key, returns=Kept, do=do
    )


def add_codes(*, actor: Actor, at: datetime, given: AddCodes, key: str | None = None) -> Kept:
    """Outside codes, sealed; those that are here already stay as they are. Takes the power `catalogue`. ItemUnknown."""
    actor.demand(CATALOGUE)

    def do() -> Kept:
        item = item_of(actor.programme, given.item)
        if item.sort != "code":
            raise InvalidInput(field="item", rule=_NOT_CODES)
        bound = code_bound(item.pk)
        rows = [
            OutsideCode(
                programme_id=actor.programme, item=item, sealed=sealing.seal(code, bound=bound), added_at=at,
                blind=sealing.blind(actor.programme, bound, code),
            )
            for code in dict.fromkeys(given.codes)
        ]  # fmt: skip
        OutsideCode.objects.bulk_create(rows, ignore_conflicts=True)
        return Kept(item.code, total(left_of([item])[item.pk]) or 0)

    return perform(
        "add_codes", actor=actor, at=at, subject=f"item:{given.item}", given=given, key=key, returns=Kept,
        secret=frozenset({"codes"}), do=do,
    )  # fmt: skip
