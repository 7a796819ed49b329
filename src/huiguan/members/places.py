"""Shops and moments as an operation is given them."""

from __future__ import annotations

from datetime import datetime

from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import demand_not_ahead, moment_of
from huiguan.rules.programme import Programme


def shop_given(actor: Actor, power: str, code: str | None) -> int | None:
    """The shop's key; the only shop of an actor who has one and names none. Demands `power` there."""
    if code is not None:
        shop = identity.shop(actor.programme, code)
        actor.demand(power, shop.id)
        return shop.id
    actor.demand(power)
    return next(iter(actor.shops)) if actor.shops is not None and len(actor.shops) == 1 else None


def moment_given(rulebook: Programme, text: str | None, at: datetime, field: str = "at") -> datetime:
    """The moment as written, `at` where none is; MomentInFuture where it lies after `at`."""
    if text is None:
        return at
    moment = moment_of(text, field, rulebook.zone)
    demand_not_ahead(moment, at, rulebook.zone, field)
    return moment
