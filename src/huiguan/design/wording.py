"""How the house's words read on any page: tiers, standings, coupons, benefits, units, entries. Pure reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from huiguan.checkout.telling import benefit_title, coupon_title, step_title, text_of
from huiguan.checkout.values import MEANS
from huiguan.design.values import Mark, Words
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.rules.kinds import tier_ladder
from huiguan.rules.programme import Programme
from huiguan.rules.wallet import BONUS, PRINCIPAL

__all__ = ["MEANS", "benefit_title", "coupon_title", "step_title", "text_of"]

_POINTS = Text(zh="积分", en="points")

PACKAGE_STATES = {
    "open": Mark(Text(zh="可用", en="Open"), "ok"),
    "waiting": Mark(Text(zh="还没开始", en="Not yet"), "draft"),
    "spent": Mark(Text(zh="用完", en="Used up")),
    "expired": Mark(Text(zh="过期", en="Run out")),
    "swapped": Mark(Text(zh="已换卡", en="Handed in")),
    "refunded": Mark(Text(zh="已退", en="Refunded")),
    "transferred": Mark(Text(zh="已转让", en="Passed on")),
    "moved": Mark(Text(zh="已并走", en="Moved along")),
}
PACKAGE_STEPS = {
    "used": Text(zh="用了", en="Used"),
    "undone": Text(zh="撤回", en="Taken back"),
    "swapped": Text(zh="换卡", en="Handed in"),
    "refunded": Text(zh="退款", en="Refunded"),
    "transferred": Text(zh="转让", en="Passed on"),
    "moved": Text(zh="并走", en="Moved along"),
    "reopened": Text(zh="恢复", en="Begun again"),
}

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


def joined(parts: Iterable[Text | Mapping[str, str] | str], between: str = " · ") -> Text:
    """Words beside each other; empty ones are left out."""
    said = [each if isinstance(each, Text) else Text(zh=each, en=each) if isinstance(each, str) else text_of(each)
            for each in parts if each]  # fmt: skip
    return Text(zh=between.join(e.zh for e in said if e.zh), en=between.join(e.en for e in said if e.en))


def tier_mark(rulebook: Programme, tier: str) -> Mark | None:
    """A tier's word, filled from the second rung on; None where there are no tiers."""
    if not tier:
        return None
    lowest, _ = tier_ladder.entry_tier(rulebook)
    return Mark(tier_ladder.title_of(rulebook, tier), "plain" if tier == lowest else "tier")


def standing_mark(standing: str) -> Mark:
    return Mark(capital(members.standing_title(standing)), "ok" if standing == "active" else "stop")


def card_mark(status: str) -> Mark:
    return Mark(
        capital(members.card_status_title(status)),
        {"active": "ok", "lost": "stop", "frozen": "stop"}.get(status, "plain"),
    )


def main_unit(rulebook: Programme) -> str | None:
    """The unit a sale earns; None where the rulebook has none."""
    clause = rulebook.one("earn")
    return clause.parameters.unit if clause else None  # type: ignore[attr-defined]


# What else a sale and its return are to stored value.
WALLET_LABELS: dict[tuple[str, bool], Text] = {
    ("sale", False): Text(zh="付货款", en="Paid for goods"),
    ("return", True): Text(zh="退货退回", en="Back from a return"),
    ("void", True): Text(zh="作废退回", en="Back from a void"),
    ("expiry", False): Text(zh="到期", en="Ended"),
}
# The two parts of stored value.
PART_TITLES = {PRINCIPAL: Text(zh="储值本金", en="principal"), BONUS: Text(zh="储值赠送", en="bonus")}


def unit_title(rulebook: Programme, unit: str) -> Text:
    """What a unit is called."""
    return rulebook.units.get(unit) or PART_TITLES.get(unit, _POINTS)


def named_unit(rulebook: Programme, unit: str) -> Text:
    """A unit as the head of a figure, with a capital in English."""
    return capital(unit_title(rulebook, unit))


def capital(title: Text) -> Text:
    """With a capital in English, as the head of something."""
    return Text(zh=title.zh, en=title.en[:1].upper() + title.en[1:])


def masked_tail(tail: str) -> str:
    """A phone of which only the tail is shown: ****2046."""
    return f"****{tail}" if tail else ""


def entry_title(cause: str, *, came: bool, stored: bool = False) -> Text:
    """What an entry of a ledger is called, by its cause and whether units came or went; `stored`: of stored value."""
    if stored and (cause, came) in WALLET_LABELS:
        return WALLET_LABELS[cause, came]
    return LABELS.get((cause, came), CAME if came else WENT)


LENGTHS = {
    "hour": Text(zh="小时", en="hours"), "day": Text(zh="天", en="days"), "workday": Text(zh="个工作日", en="workdays"),
    "week": Text(zh="周", en="weeks"), "month": Text(zh="个月", en="months"), "year": Text(zh="年", en="years"),
}  # fmt: skip


def length_told(written: str) -> Words:
    """ "15 workdays" as people read it; '' for no time."""
    if not written:
        return ""
    count, unit = written.split()
    word = LENGTHS[unit.removesuffix("s")]
    return Text(zh=f"{count} {word.zh}", en=f"{count} {word.en}" if count != "1" else f"1 {word.en[:-1]}")


_SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "Mac"), ("Linux", "Linux"))  # fmt: skip
_BROWSERS = (("MicroMessenger", "WeChat"), ("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))  # fmt: skip
_UNKNOWN = Text(zh="未知设备", en="Unknown device")


def device_said(agent: str) -> Text:
    """A browser and its machine, out of what the browser says of itself."""
    system = next((said for sign, said in _SYSTEMS if sign in agent), "")
    browser = next((said for sign, said in _BROWSERS if sign in agent), "")
    told = " · ".join(part for part in (browser, system) if part) or re.sub(r"[/ ].*", "", agent)[:30]
    return Text(zh=told, en=told) if told else _UNKNOWN
