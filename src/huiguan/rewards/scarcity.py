"""Flash sales, auctions and draws as they are told at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from huiguan.kernel.actors import Actor
from huiguan.members import queries as members
from huiguan.rewards import lotteries, stock
from huiguan.rewards.models import Auction, Draw, Flash, Item, Prize, Ticket
from huiguan.rewards.values import AuctionTold, BidTold, DrawTold, FlashTold, PrizeTold

COMING, OPEN, OVER, SOLD_OUT, CLOSING = "coming", "open", "over", "sold_out", "closing"


def named(item: Item) -> dict[str, str]:
    return {"zh": item.name_zh, "en": item.name_en}


def flash_told(row: Flash, at: datetime) -> FlashTold:
    pool = row.pools.first()
    left = stock.left_in([pool.pk])[pool.pk] if pool is not None else 0
    over = row.closed_at is not None or at >= row.closes_at
    state = OVER if over else COMING if at < row.opens_at else OPEN if left else SOLD_OUT
    return FlashTold(
        row.code, row.item.code, named(row.item), row.units, row.cash, row.quantity, 0 if over else left, row.most,
        row.opens_at, row.closes_at, state, row.item.picture,
    )  # fmt: skip


def auction_told(
    actor: Actor, row: Auction, at: datetime, *, membership: int | None = None, whole: bool = True
) -> AuctionTold:
    """An auction at `at`; `membership`'s own bids are hers, those of others are masked for a member."""
    state = row.state
    if state == OPEN:
        state = COMING if at < row.opens_at else OPEN if at < row.closes_at else CLOSING
    bids = list(row.made.order_by("-n")) if whole else []
    shown = _names(actor, [bid.membership_id for bid in bids] + ([row.leader] if row.leader else []))
    return AuctionTold(
        code=row.code,
        item=row.item.code,
        name=named(row.item),
        picture=row.item.picture,
        reserve=row.reserve,
        step=row.step,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        state=state,
        leading=row.leading,
        leader=shown.get(row.leader, "") if row.leader else "",
        least=row.reserve if row.leading is None else row.leading + row.step,
        bids=row.bids,
        leads=membership is not None and row.leader is not None and members.holder_of(row.leader) == membership,
        order=row.order.number if row.order else None,
        history=tuple(BidTold(bid.n, shown.get(bid.membership_id, ""), bid.units, bid.at) for bid in bids),
    )


def _names(actor: Actor, memberships: Iterable[int]) -> dict[int, str]:
    """Member numbers; of others a member sees the last three figures only."""
    known = members.numbers(actor.programme, memberships)
    if actor.kind != "member":
        return known
    return {key: number if key == actor.membership else f"•••{number[-3:]}" for key, number in known.items()}


def draw_told(row: Draw, at: datetime, *, membership: int | None = None) -> DrawTold:
    """A draw at `at`, with the tickets of `membership`."""
    state = row.state
    if state == OPEN:
        state = COMING if at < row.opens_at else OPEN if at < row.closes_at else CLOSING
    prizes = list(row.prizes.order_by("grade").select_related("item"))
    won: dict[int, list[str]] = {}
    for grade, word in row.sold.exclude(grade=None).order_by("n").values_list("grade", "word"):
        won.setdefault(grade or 0, []).append(word)
    return DrawTold(
        code=row.code,
        name={"zh": row.name_zh, "en": row.name_en},
        points=row.units,
        most=row.most,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        state=state,
        committed=row.committed,
        seed=row.seed,
        tickets=row.tickets,
        prizes=tuple(_prize(row, prize, won.get(prize.grade, [])) for prize in prizes),
        mine=tuple(_mine(ticket) for ticket in _tickets(row, membership)),
    )


def _prize(row: Draw, prize: Prize, words: list[str]) -> PrizeTold:
    odds = f"{min(prize.pieces, row.tickets)}/{row.tickets}" if row.tickets else f"{prize.pieces}/0"
    return PrizeTold(prize.grade, prize.item.code, named(prize.item), prize.pieces, odds, tuple(words))


def _tickets(row: Draw, membership: int | None) -> list[Ticket]:
    if membership is None:
        return []
    return list(row.sold.filter(membership_id__in=members.lives_of(membership)).select_related("order").order_by("n"))


def _mine(ticket: Ticket) -> Mapping[str, Any]:
    order = ticket.order.number if ticket.order else None
    return {"n": ticket.n, "word": ticket.word, "grade": ticket.grade, "order": order}


def record_of(row: Draw) -> dict[str, Any]:
    """The record of a draw that is over, by which anyone can draw it again."""
    tickets = list(row.sold.order_by("n").values_list("n", "word", "grade"))
    prizes = row.prizes.order_by("grade").select_related("item")
    listed = [(n, word) for n, word, _ in tickets]
    winners = lotteries.drawn(row.seed, listed, [(prize.grade, prize.pieces) for prize in prizes])
    return {
        "format": lotteries.FORMAT,
        "draw": row.code,
        "closed": row.closes_at.isoformat(),
        "committed": row.committed,
        "secret": row.seed,
        "prizes": [{"grade": p.grade, "item": p.item.code, "pieces": p.pieces} for p in prizes],
        "tickets": [{"n": n, "word": word} for n, word in listed],
        "tickets_digest": row.entries_digest,
        "winners": [{"grade": each.grade, "n": each.n, "word": each.word} for each in winners],
    }
