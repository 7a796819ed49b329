"""What is done in the mall. Each door is one call; see the modules for the rules each follows."""

from huiguan.rewards.bidding import close_auctions, open_auction, place_bid, withdraw_auction
from huiguan.rewards.closing import run_due
from huiguan.rewards.desk import (
    arrange_order,
    pay_order,
    prepare_order,
    receive_order,
    send_order,
    substitute_item,
)
from huiguan.rewards.drawing import draw_due, enter_draw, open_draw, withdraw_draw
from huiguan.rewards.flashing import close_flash, open_flash
from huiguan.rewards.images import MOST_BYTES
from huiguan.rewards.keeping import add_codes, keep_item, keep_zone, withdraw_item
from huiguan.rewards.ordering import place_order
from huiguan.rewards.picturing import keep_picture
from huiguan.rewards.stocking import count_stock, move_stock, transfer_stock
from huiguan.rewards.undoing import cancel_order, return_order
from huiguan.rewards.waiting import join_wait_list, leave_wait_list

__all__ = [
    "MOST_BYTES",
    "add_codes",
    "arrange_order",
    "cancel_order",
    "close_auctions",
    "close_flash",
    "count_stock",
    "draw_due",
    "enter_draw",
    "join_wait_list",
    "keep_item",
    "keep_picture",
    "keep_zone",
    "leave_wait_list",
    "move_stock",
    "open_auction",
    "open_draw",
    "open_flash",
    "pay_order",
    "place_bid",
    "place_order",
    "prepare_order",
    "receive_order",
    "return_order",
    "run_due",
    "send_order",
    "substitute_item",
    "transfer_stock",
    "withdraw_auction",
    "withdraw_draw",
    "withdraw_item",
]
