"""How the house's words read on any page: tiers, standings, coupons, benefits, units, entries. Pure reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from huiguan.checkout.telling import benefit_title, coupon_title, step_title, text_of
from huiguan.checkout.values import MEANS
from huiguan.checkout.values.entries import entry_title
from huiguan.design.values import Mark, Words
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.rules.kinds import tier_ladder
from huiguan.rules.programme import Programme
from huiguan.rules.wallet import BONUS, PRINCIPAL

__all__ = ["MEANS", "benefit_title", "coupon_title", "entry_title", "step_title", "text_of"]

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
