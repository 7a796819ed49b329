"""What the entries of a ledger are called, by what caused them."""

from __future__ import annotations

from huiguan.kernel.text import Text

# (cause, whether units came or went) -> what the entry is called
LABELS: dict[tuple[str, bool], Text] = {
    ("given", False): Text(zh="转赠", en="Passed on"),
    ("given", True): Text(zh="获赠", en="Given by a member"),
    ("exchange", False): Text(zh="换给合作方", en="Exchanged out"),
    ("exchange", True): Text(zh="由合作方换入", en="From a partner"),
    ("exchange_back", True): Text(zh="通兑退回", en="Exchange given back"),
    ("sale", True): Text(zh="消费积分", en="Earned by a sale"),
    ("signature", True): Text(zh="补签后积分", en="Earned once signed"),
    ("sale", False): Text(zh="积分抵扣", en="Paid with points"),
    ("return", False): Text(zh="退货扣回", en="Taken back by a return"),
    ("return", True): Text(zh="退货退回", en="Given back by a return"),
    ("void", False): Text(zh="作废扣回", en="Taken back by a void"),
    ("void", True): Text(zh="作废退回", en="Given back by a void"),
    ("top_up", True): Text(zh="充值", en="Topped up"),
    ("top_up_refund", False): Text(zh="退储值", en="Refunded"),
    ("top_up_refund", True): Text(zh="归还扣款", en="Deduction given back"),
    ("redemption", False): Text(zh="兑换礼品", en="Redeemed for a gift"),
    ("gift_return", True): Text(zh="退回礼品", en="A gift came back"),
    ("order", False): Text(zh="商城兑换", en="Had in the mall"),
    ("order_back", True): Text(zh="商城退回", en="Back from the mall"),
    ("auction", False): Text(zh="竞拍成交", en="Won at auction"),
    ("ticket", False): Text(zh="换抽奖券", en="Tickets of a draw"),
    ("ticket_back", True): Text(zh="抽奖撤回", en="A draw was taken back"),
    ("set_aside", False): Text(zh="留给离线收银", en="Set aside for an offline till"),
    ("set_back", True): Text(zh="离线额度归还", en="Back from an offline till"),
    ("rebate", True): Text(zh="年终返利", en="The year’s rebate"),
    ("referral", True): Text(zh="推荐有礼", en="For bringing a friend"),
    ("award", True): Text(zh="表彰奖励", en="For an award"),
    ("award_undone", False): Text(zh="收回表彰奖励", en="An award was taken back"),
    ("exit", False): Text(zh="资格终止，积分作废", en="Void with the membership"),
    ("referral_undone", False): Text(zh="收回推荐所得", en="Referral taken back"),
    ("opening", True): Text(zh="期初积分", en="Opening points"),
    ("expiry", False): Text(zh="到期清零", en="Cleared"),
    ("merge", True): Text(zh="合并带来", en="Came along in a merge"),
    ("merge", False): Text(zh="合并带走", en="Went along in a merge"),
    ("unmerge", True): Text(zh="撤销合并带回", en="Back from a merge undone"),
    ("unmerge", False): Text(zh="撤销合并带走", en="Went back, a merge undone"),
    ("recall", True): Text(zh="为退货转回", en="Back for a return"),
    ("recall", False): Text(zh="为退货转出", en="Lent for a return"),
}
CAME, WENT = Text(zh="入账", en="Came in"), Text(zh="出账", en="Went out")
# What else a sale and its return are to stored value.
WALLET_LABELS: dict[tuple[str, bool], Text] = {
    ("sale", False): Text(zh="付货款", en="Paid for goods"),
    ("return", True): Text(zh="退货退回", en="Back from a return"),
    ("void", True): Text(zh="作废退回", en="Back from a void"),
    ("expiry", False): Text(zh="到期", en="Ended"),
}


def entry_title(cause: str, *, came: bool, stored: bool = False) -> Text:
    """What an entry of a ledger is called, by its cause and whether units came or went; `stored`: of stored value."""
    if stored and (cause, came) in WALLET_LABELS:
        return WALLET_LABELS[cause, came]
    return LABELS.get((cause, came), CAME if came else WENT)
