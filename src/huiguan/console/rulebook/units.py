"""Clauses of units (points) told: how they are earned, when they end, what they buy, what a return takes back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from huiguan.console.rulebook.words import Term, condition_told, said
from huiguan.console.wording import text_of, unit_title
from huiguan.kernel.text import Text
from huiguan.rules.kinds import tier_ladder
from huiguan.rules.parameters import MonthDay
from huiguan.rules.programme import Programme

WAYS = {
    "gift": Text(zh="换礼品", en="buy gifts"),
    "offset": Text(zh="抵付货款", en="pay for goods"),
    "coupon": Text(zh="换券", en="buy coupons"),
}
SETTLING = {
    "gift": Text(zh="退回礼品", en="handing back the gift"),
    "cash": Text(zh="补足现金", en="paying the difference"),
}


def _day(value: MonthDay) -> str:
    return value.of(2000).isoformat()


def earn(rulebook: Programme, given: Any) -> Iterator[Term]:
    """What is earned for how much, on which goods, and what earns nothing."""
    unit = {"unit": unit_title(rulebook, given.unit)}
    if given.per is not None:
        values = {**unit, "per": given.per, "give": given.give, "group": said(given.group)}
        zh, en = "", ""
        if given.tier:
            values["tier"] = text_of(tier_ladder.title_of(rulebook, given.tier))
            zh, en = "{tier}", "{tier}: "
        yield Term(
            Text(
                zh=f"{zh}实付每满 {{per:yuan}} 得 {{give:points}} {{unit}}，按{{group}}计，不足的部分不计。",
                en=f"{en}Every full {{per:yuan}} paid earns {{give:points}} {{unit}}, counted over {{group}}; the remainder earns none.",
            ),
            values,
        )
    if given.where is not None:
        yield Term(
            Text(zh="这样的商品：{where}。", en="For goods of which {where}."), {"where": condition_told(given.where)}
        )
    if given.only is not None:
        only = {**unit, "only": condition_told(given.only)}
        yield Term(Text(zh="只有这样的商品得{unit}：{only}。", en="Only goods of which {only} earn {unit}."), only)
    if given.not_on:
        orders = {**unit, "orders": [said(order) for order in given.not_on]}
        yield Term(Text(zh="{orders:list}不得{unit}。", en="{orders:list} earn no {unit}."), orders)
    if given.without:
        stages = {**unit, "stages": [said(stage) for stage in given.without]}
        yield Term(Text(zh="用{stages:list}付的部分不得{unit}。", en="What {stages:list} pay earns no {unit}."), stages)
    if given.worth is not None:
        yield Term(
            Text(zh="每 1 {unit}相当于 {worth:yuan}。", en="Each of the {unit} stands for {worth:yuan}."),
            {**unit, "worth": given.worth},
        )


def expiry(rulebook: Programme, given: Any) -> Iterator[Term]:
    """When units end, and which are used first."""
    unit = {"unit": unit_title(rulebook, given.unit)}
    if given.clears:
        until = given.takes_until or given.clears
        yield Term(
            Text(
                zh="截至 {until:monthday} 24:00 所得的{unit}，在 {clears:monthday} 24:00 清零。",
                en="The {unit} earned up to 24:00 of {until:monthday} are cleared at 24:00 of {clears:monthday}.",
            ),
            {**unit, "until": _day(until), "clears": _day(given.clears)},
        )
    if given.spend:
        yield Term(Text(zh="先用{order}的。", en="The {order} are used first."), {"order": said(given.spend)})
    if given.carries:
        yield Term(
            Text(
                zh="{months:months}所得的{unit}转入下一年。",
                en="The {unit} earned in {months:months} carry into the next year.",
            ),
            {**unit, "months": given.carries},
        )
    if given.newcomers:
        yield Term(
            Text(zh="入会{when}不清零。", en="Nothing is cleared in {when}."),
            {"when": Text(zh="当年", en="the year of joining")},
        )
    if given.cycle:
        yield Term(
            Text(
                zh="一个年度自 {since:monthday} 起，至 {until:monthday} 止。",
                en="The year runs from {since:monthday} to {until:monthday}.",
            ),
            {"since": _day(given.cycle.since), "until": _day(given.cycle.until)},
        )


def redemption(rulebook: Programme, given: Any) -> Iterator[Term]:
    """When, how often, for what and how units may be used."""
    unit = {"unit": unit_title(rulebook, given.unit)}
    if given.months and given.times:
        yield Term(
            Text(
                zh="{unit}只在 {months:months} 使用，每个月至多 {times} 次。",
                en="The {unit} are used in {months:months} only, {times} × in each.",
            ),
            {**unit, "months": given.months, "times": given.times},
        )
    elif given.months:
        yield Term(
            Text(zh="{unit}只在 {months:months} 使用。", en="The {unit} are used in {months:months} only."),
            {**unit, "months": given.months},
        )
    if given.ways:
        ways = {**unit, "ways": [WAYS[way] for way in given.ways]}
        yield Term(Text(zh="{unit}可以{ways:list}。", en="The {unit} may {ways:list}."), ways)
    if given.worth:
        yield Term(
            Text(zh="每 1 {unit}抵 {worth:yuan}。", en="Each of the {unit} takes off {worth:yuan}."),
            {**unit, "worth": given.worth},
        )
    if given.last_days is not None:
        told = {"of": said(f"every_{given.last_days.of}"), "days": given.last_days.days}
        yield Term(Text(zh="只在{of}最后 {days} 天使用。", en="Used in the last {days} days of {of} only."), told)
    for reward in given.rewards:
        told = {**unit, "units": reward.units, "worth": reward.worth}
        yield Term(
            Text(
                zh="{units:points} {unit}换 {worth:yuan} 的券。",
                en="{units:points} {unit} give a coupon of {worth:yuan}.",
            ),
            told,
        )
    yield from _limits(given, unit)
    if given.at or given.in_person or given.shown:
        yield from _how(given)


def _limits(given: Any, unit: dict[str, Any]) -> Iterator[Term]:
    """On which purchases, for which goods."""
    if given.not_on:
        orders = {**unit, "orders": [said(order) for order in given.not_on]}
        yield Term(Text(zh="{orders:list}不能用{unit}。", en="{unit} cannot be used on {orders:list}."), orders)
    if given.from_purchase:
        yield Term(
            Text(zh="从第 {nth} 次购物起可用。", en="Usable from purchase number {nth} on."),
            {"nth": given.from_purchase},
        )
    if given.own_sale is False:
        yield Term(Text(zh="本单所得，下一单起可用。", en="What a purchase earns is for the next one."))
    if given.goods:
        yield Term(Text(zh="{goods}都可以。", en="Good for {goods}."), {"goods": Text(zh="任何商品", en="any goods")})
    if given.takes:
        yield Term(Text(zh="用多少扣多少。", en="Only what is used is deducted."))


def _how(given: Any) -> Iterator[Term]:
    """Where, by whom, and with what in the hand."""
    if given.at:
        yield Term(
            Text(zh="在{where}使用。", en="Used at {where}."),
            {"where": Text(zh="发卡的门店", en="the shop that issued the card")},
        )
    if given.in_person:
        yield Term(Text(zh="限{who}。", en="For {who}."), {"who": Text(zh="会员本人", en="the member in person")})
    if given.shown:
        yield Term(
            Text(zh="须出示{shown:list}。", en="{shown:list} must be shown."),
            {"shown": [said(each) for each in given.shown]},
        )


def reversal(rulebook: Programme, given: Any) -> Iterator[Term]:
    """What a return takes back and gives back."""
    unit = {"unit": unit_title(rulebook, given.unit)}
    if given.undo:
        yield Term(
            Text(zh="退货时扣回所退商品得到的{unit}。", en="A return takes back the {unit} its goods had earned."), unit
        )
    if given.shortfall:
        yield Term(
            Text(
                zh="余额不够扣时，以{ways:list}结清，再办退货。",
                en="Where too few are left, it is settled before the return by {ways:list}.",
            ),
            {"ways": [SETTLING.get(way, said(way)) for way in given.shortfall]},
        )
    if given.used:
        yield Term(Text(zh="当初付货款的{unit}退回{where}。", en="The {unit} that paid for the goods go back {where}."),
                   {**unit, "where": Text(zh="原来的批次", en="to the lots they came from")})  # fmt: skip
