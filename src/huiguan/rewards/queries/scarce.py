"""Flash sales, auctions, draws and their records."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from huiguan.kernel.actors import Actor
from huiguan.programme import queries as programmes
from huiguan.rewards.bidding import found_auction
from huiguan.rewards.drawing import DRAWN, found_draw
from huiguan.rewards.models import Auction, Draw, Flash
from huiguan.rewards.queries.asking import demand
from huiguan.rewards.refusals import NotDrawnYet
from huiguan.rewards.scarcity import auction_told, draw_told, flash_told, record_of
from huiguan.rewards.values import (
    AuctionTold,
    DrawTold,
    FlashTold,
)


def flashes(actor: Actor, at: datetime) -> tuple[FlashTold, ...]:
    """Flash sales, the newest first."""
    demand(actor)
    rows = Flash.objects.filter(programme_id=actor.programme).select_related("item").order_by("-opens_at", "-pk")
    return tuple(flash_told(row, at) for row in rows[:100])


def auctions(actor: Actor, at: datetime) -> tuple[AuctionTold, ...]:
    """Auctions, the newest first, without their bids."""
    demand(actor)
    rows = Auction.objects.filter(programme_id=actor.programme).select_related("item", "order")
    return tuple(
        auction_told(actor, row, at, membership=actor.membership, whole=False)
        for row in rows.order_by("-closes_at", "-pk")[:100]
    )


def auction(actor: Actor, code: str, at: datetime) -> AuctionTold:
    """One auction with its bids, the newest first; other members are masked for a member. AuctionUnknown."""
    demand(actor)
    return auction_told(actor, found_auction(actor, code), at, membership=actor.membership)


def draws(actor: Actor, at: datetime) -> tuple[DrawTold, ...]:
    """Draws, the newest first."""
    demand(actor)
    rows = Draw.objects.filter(programme_id=actor.programme).order_by("-closes_at", "-pk")
    return tuple(draw_told(row, at, membership=actor.membership) for row in rows[:100])


def draw(actor: Actor, code: str, at: datetime) -> DrawTold:
    """One draw, with the member's own tickets. DrawUnknown."""
    demand(actor)
    return draw_told(found_draw(actor.programme, code), at, membership=actor.membership)


def public_draw(programme: int, code: str, at: datetime) -> DrawTold:
    """A draw as anybody may see it: commitment, odds, and once it is drawn seed and winning tickets. DrawUnknown."""
    return draw_told(found_draw(programme, code), at)


def draw_record(programme: int, code: str) -> dict[str, Any]:
    """The record by which anyone can draw it again, for `huiguan draw verify`. DrawUnknown, NotDrawnYet."""
    row = found_draw(programme, code)
    if row.state != DRAWN:
        zone = programmes.programme_at(programme, row.closes_at).zone
        raise NotDrawnYet(on=row.closes_at.astimezone(zone).isoformat())
    return record_of(row)
