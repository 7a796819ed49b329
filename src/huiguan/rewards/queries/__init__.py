"""Questions about the mall: what is on the shelves, what it costs whom, what was ordered, who waits, who leads."""

from huiguan.rewards.queries.ordered import address_of, collection_code, desk, order, orders, waits
from huiguan.rewards.queries.scarce import auction, auctions, draw, draw_record, draws, flashes, public_draw
from huiguan.rewards.queries.shelves import (
    has_mall,
    item,
    items,
    picture,
    shelf,
    stock_faults,
    stock_moves,
    zones,
)

__all__ = [
    "address_of",
    "auction",
    "auctions",
    "collection_code",
    "desk",
    "draw",
    "draw_record",
    "draws",
    "flashes",
    "has_mall",
    "item",
    "items",
    "order",
    "orders",
    "picture",
    "public_draw",
    "shelf",
    "stock_faults",
    "stock_moves",
    "waits",
    "zones",
]
