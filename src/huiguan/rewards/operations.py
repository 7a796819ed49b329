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
from huiguan.rewards.giving import give_points
from huiguan.rewards.images import MOST_BYTES
from huiguan.rewards.keeping import add_codes, keep_item, keep_zone, withdraw_item
from huiguan.rewards.ordering import place_order
from huiguan.rewards.partnering.asking import exchange_points
from huiguan.rewards.partnering.hearing import hear_partner, partner_actor, settle_exchange
from huiguan.rewards.partnering.incoming import credit_points, earn_at_partner, receive_partner
from huiguan.rewards.partnering.lines import keep_partner, link_partner, stop_partner, unlink_partner
from huiguan.rewards.partnering.months import close_month, pay_settlement
from huiguan.rewards.partnering.talking import talk_to_partners
from huiguan.rewards.picturing import keep_picture
from huiguan.rewards.pooling import gather_points, join_pool, leave_pool
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
    "close_month",
    "count_stock",
    "credit_points",
    "draw_due",
    "earn_at_partner",
    "enter_draw",
    "exchange_points",
    "gather_points",
    "give_points",
    "hear_partner",
    "join_pool",
    "join_wait_list",
    "keep_item",
    "keep_partner",
    "keep_picture",
    "keep_zone",
    "leave_pool",
    "leave_wait_list",
    "link_partner",
    "move_stock",
    "open_auction",
    "open_draw",
    "open_flash",
    "partner_actor",
    "pay_order",
    "pay_settlement",
    "place_bid",
    "place_order",
    "prepare_order",
    "receive_order",
    "receive_partner",
    "return_order",
    "run_due",
    "send_order",
    "settle_exchange",
    "stop_partner",
    "substitute_item",
    "talk_to_partners",
    "transfer_stock",
    "unlink_partner",
    "withdraw_auction",
    "withdraw_draw",
    "withdraw_item",
]
