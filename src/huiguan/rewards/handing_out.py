"""What an order brings at once (a coupon, an outside code), and by when the rest leaves the house."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from huiguan.calendar import queries as calendar
from huiguan.entitlements import operations as entitlements
from huiguan.entitlements.values import NewRight
from huiguan.kernel.actors import Actor
from huiguan.kernel.text import Text
from huiguan.rewards import refusals
from huiguan.rewards.models import Item, Order, OutsideCode
from huiguan.rewards.shelf import left_of, name_of, total
from huiguan.rewards.stepping import write_step
from huiguan.rewards.values import RECEIVED
from huiguan.rules.kinds import catalogue
from huiguan.rules.programme import Programme

_NONE = Text(zh="", en="")


def due_on(rulebook: Programme, programme: int, item: Item, day: date) -> date | None:
    """The day by which it leaves the house: so many workdays after the order; None where nobody promised."""
    clause = catalogue.rule(rulebook)
    promised = dict(catalogue.terms(clause).dispatch) if clause is not None else {}
    days = item.dispatch or {str(sort): count for sort, count in promised.items()}.get(item.sort)
    if days is None:
        return None
    return calendar.workdays(programme).after(day, days)


def hand_out(actor: Actor, rulebook: Programme, row: Order, at: datetime, now: datetime | None = None) -> None:
    """A coupon in the member's name, or an outside code nobody else gets; then the order is received already."""
    now = now or at
    if row.item.sort == "voucher":
        _grant(actor, rulebook, row, at, now)
    elif row.item.sort == "code":
        _give_codes(row)
    if row.way == "instant":
        row.settled_at = at
        write_step(actor, row, RECEIVED, at=at, now=now)


def _grant(actor: Actor, rulebook: Programme, row: Order, at: datetime, now: datetime) -> None:
    terms = row.item.voucher
    until = at + timedelta(days=terms["days"]) if terms.get("days") else None
    known = rulebook.first_of("grant", name=terms["name"])
    clause = known.id if known is not None else row.clause
    rights = [
        NewRight(
            row.membership_id, terms["name"], clause, terms["worth"], at, at, until, f"{row.number}-{n}",
            f"order:{row.number}",
        )
        for n in range(1, row.quantity + 1)
    ]  # fmt: skip
    given = entitlements.grant_rights(programme=actor.programme, rights=rights, written_at=now)
    row.document["rights"] = [[right.id, right.code] for _, right in given]
    row.save(update_fields=["document"])


def _give_codes(row: Order) -> None:
    free = OutsideCode.objects.select_for_update(skip_locked=True).filter(item=row.item, order=None)
    codes = list(free.order_by("pk")[: row.quantity])
    if len(codes) < row.quantity:
        left = total(left_of([row.item])[row.item.pk]) or 0
        raise refusals.SoldOut(field="item", name=name_of(row.item), left=left, told=_NONE)
    OutsideCode.objects.filter(pk__in=[code.pk for code in codes]).update(order=row)
