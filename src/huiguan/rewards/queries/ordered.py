"""What was ordered, what is to be done, who waits."""

from __future__ import annotations

import json
from datetime import datetime

from django.db.models import Q

from huiguan.foundation import sealing
from huiguan.kernel.actors import Actor
from huiguan.members import queries as members
from huiguan.rewards.models import Order
from huiguan.rewards.queries.asking import READERS, demand
from huiguan.rewards.queries.shelves import open_waits
from huiguan.rewards.stepping import WAITING, found_order, pickup_code, view_of, views_of
from huiguan.rewards.values import (
    PLACED,
    PREPARED,
    READY,
    SENT,
    OrderView,
    WaitTold,
)
from huiguan.rewards.waiting import waits_told
from huiguan.rewards.whom import membership_for, place_of


def orders(
    actor: Actor,
    at: datetime,
    *,
    member: str | None = None,
    state: str = "",
    shop: str | None = None,
    after: int | None = None,
    limit: int = 50,
) -> tuple[OrderView, ...]:
    """Orders, the newest first, behind the key `after`: a member's own, or those staff may see. `state`: one of STATES,
    'open' for what is still to be done, '' for all."""
    rows = Order.objects.filter(programme_id=actor.programme).select_related("item")
    if actor.kind == "member" or member is not None:
        key = membership_for(actor, member, reading=True)
        rows = rows.filter(membership_id__in=[key, *members.absorbed_by(key)])
    else:
        demand(actor)
        rows = rows if actor.shops is None else rows.filter(Q(shop_id__in=actor.shops) | Q(shop_id=None))
    if state == "open":
        rows = rows.filter(state__in=[*WAITING, READY, SENT])
    elif state:
        rows = rows.filter(state=state)
    rows = rows.filter(shop_id=place_of(actor, shop)) if shop else rows
    rows = rows.filter(pk__lt=after) if after is not None else rows
    return tuple(views_of(actor, rows.order_by("-pk")[:limit], at))


def desk(actor: Actor, at: datetime, *, shop: int | None = None, what: str = "") -> tuple[OrderView, ...]:
    """What is to be done, the most pressing first: to prepare (`placed`), to send or lay ready (`prepared`), waiting to be
    collected (`ready`), under way (`sent`); all of it where nothing is named. Takes `sell` or `catalogue`."""
    demand(actor)
    states = [what] if what else [PLACED, PREPARED, READY, SENT]
    rows = Order.objects.filter(programme_id=actor.programme, state__in=states).select_related("item")
    if shop is not None:
        rows = rows.filter(shop_id=shop)
    elif actor.shops is not None:
        rows = rows.filter(shop_id__in=actor.shops)
    return tuple(views_of(actor, rows.order_by("due_on", "placed_at", "pk")[:200], at))


def order(actor: Actor, number: str, at: datetime) -> OrderView:
    """One order with its history; a member's own only. Who may read members may read it wherever it is collected, who only
    sells those of her own shops and what is sent. OrderUnknown, Forbidden."""
    row = found_order(actor, number)
    if actor.kind != "member":
        demand(actor)
        if not any(actor.may(power) for power in READERS):
            actor.demand("sell", row.shop_id)
    return view_of(actor, row, at)


def address_of(actor: Actor, number: str) -> dict[str, str] | None:
    """Where an order is sent: for the member herself and those who send it (power: catalogue). OrderUnknown."""
    row = found_order(actor, number)
    if actor.kind != "member":
        actor.demand("catalogue")
    if row.address is None:
        return None
    told: dict[str, str] = json.loads(sealing.unseal(bytes(row.address), bound=row.number))
    return told


def collection_code(actor: Actor, number: str) -> str:
    """The six figures by which an order is handed over; the member's own alone. OrderUnknown."""
    row = found_order(actor, number)
    if actor.kind != "member":
        actor.demand("audit")
    return pickup_code(row.number)


def waits(actor: Actor, *, member: str | None = None, item: str | None = None) -> tuple[WaitTold, ...]:
    """Who waits, in their order: for an `item`, or a member's own."""
    rows = open_waits(actor.programme).select_related("item")
    if actor.kind == "member" or member is not None:
        rows = rows.filter(membership_id__in=members.lives_of(membership_for(actor, member, reading=True)))
    else:
        demand(actor)
    rows = rows.filter(item__code=item) if item else rows
    return tuple(waits_told(actor, rows.order_by("item__code", "state", "rank", "since", "pk")[:500]))
