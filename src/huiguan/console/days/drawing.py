"""A shop's day as its page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from huiguan.checkout.telling import POINTS
from huiguan.checkout.values import MEANS, SALE_MEANS, DayView, ShiftView
from huiguan.console.acting import Acting, refused
from huiguan.console.days.pages import ClerkRow, CloseLine, DayPage, LateRow, ShiftRow, TenderRow
from huiguan.console.keys import new_key
from huiguan.console.shifts.drawing import shift_line
from huiguan.console.wording import capital, unit_title
from huiguan.design.values import Figure, Mark, Stair, Words
from huiguan.identity import queries as identity
from huiguan.kernel import text as words
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text, either
from huiguan.programme import queries as programmes
from huiguan.rules.sentences.words import BENEFITS
from huiguan.rules.wallet import WALLET

DISCOUNTS = {
    "promotion": Text(zh="促销", en="Promotions"),
    "voucher": Text(zh="券", en="Coupons"),
    "points": POINTS,
}
MOVED = {
    "earned": Text(zh="发出", en="given"),
    "used": Text(zh="抵扣用掉", en="used on sales"),
    "redeemed": Text(zh="换礼用掉", en="used for gifts"),
    "taken_back": Text(zh="退货扣回", en="taken back"),
    "given_back": Text(zh="退货退回", en="given back"),
    "gifts_back": Text(zh="退礼退回", en="back with gifts"),
}


def day_page(
    now: Acting,
    view: DayView,
    *,
    open_shifts: Sequence[ShiftView] = (),
    closes: Sequence[DayView] = (),
    refusal: Refusal | None = None,
) -> DayPage:
    """The page of a day; `closes` the shop's latest closed days."""
    listed = {str(row["id"]) for row in view.document["shifts"]}
    told, shop = view.document, identity.shop(now.actor.programme, view.shop)
    return DayPage(
        shop=shop.name,
        code=view.shop,
        day=view.day,
        number=view.number,
        closed_at=view.closed_at,
        closed_by=view.closed_by,
        figures=_figures(told),
        tenders=_tenders(told),
        clerks=[ClerkRow(**row) for row in told["clerks"]],
        discounts=_discounts(told["sales"]),
        paid=Stair(Text(zh="实收", en="Paid"), told["sales"]["paid"]),
        units=_units(now, told["units"]),
        late=_late(told["late"]),
        shifts=[_shift(row) for row in told["shifts"]],
        outside=_outside(told["outside"]),
        note=told["note"],
        key=new_key(),
        may_close=now.actor.may("close_day", shop.id),
        open_shifts=[shift_line(each) for each in open_shifts if each.id not in listed],
        closes=[
            CloseLine(f"/shops/day/{each.shop}/{each.number}/", each.day, each.number, each.document["sales"]["paid"])
            for each in closes
        ],
        shops=[(each.code, each.name, each.code == view.shop) for each in now.shops] if len(now.shops) > 1 else (),
        refused=refused(refusal, now) if refusal else None,
    )


def _figures(told: Mapping[str, Any]) -> list[Figure]:
    sales, returns, voids = told["sales"], told["returns"], told["voids"]
    back = returns["refund"] + voids["refund"]
    pieces = Text(zh=f"{sales['pieces']} 件", en=f"{sales['pieces']} {either(sales['pieces'], 'piece', 'pieces')}")
    members = Text(zh=f"会员 {sales['members']} 单", en=f"{sales['members']} by members")
    times = Text(
        zh=f"退 {returns['count']} 次，作废 {voids['count']} 单",
        en=f"{returns['count']} returns, {voids['count']} voids",
    )
    return [
        Figure(Text(zh="净收", en="Net"), sum(told["net"].values()), "money"),
        Figure(Text(zh="实收", en="Taken"), sales["paid"], "money", pieces),
        Figure(Text(zh="单数", en="Sales"), sales["count"], "points", members),
        Figure(Text(zh="退款", en="Refunded"), back, "money", times),
        *_stored_figure(told),
    ]


def _tenders(told: Mapping[str, Any]) -> list[TenderRow]:
    rows = []
    for means, label in MEANS.items():
        if means in told["net"]:
            sales, net = told["sales"]["tenders"].get(means, 0), told["net"][means]
            rows.append(TenderRow(label, sales, sales - net, net))
    stored = told.get("stored", {})
    spent, back = stored.get("spent", 0), stored.get("back", 0)
    if spent or back:
        rows.append(TenderRow(SALE_MEANS[WALLET], spent, back, spent - back))
    return rows


def _stored_figure(told: Mapping[str, Any]) -> list[Figure]:
    """What was stored less what was refunded of it: money of the day that is no turnover."""
    stored = told.get("stored", {})
    if not (stored.get("count") or stored.get("refunds")):
        return []
    aside = Text(
        zh=f"充 {stored['count']} 笔，退 {stored['refunds']} 笔，不计营业额",
        en=f"{stored['count']} top-ups, {stored['refunds']} refunds; no turnover",
    )
    return [Figure(Text(zh="储值净收", en="Stored, net"), stored["amount"] - stored["refund"], "money", aside)]


def _discounts(sales: Mapping[str, Any]) -> list[Stair]:
    listed = Stair(Text(zh="吊牌价", en="List prices"), sales["listed"])
    return [listed, *(Stair(_discount(name), -amount) for name, amount in sales["discounts"].items())]


def _discount(name: str) -> Words:
    return DISCOUNTS.get(name) or BENEFITS.get(name) or name


def _units(now: Acting, units: Mapping[str, Mapping[str, int]]) -> list[tuple[Words, Words]]:
    rulebook = programmes.programme_at(now.actor.programme, now.at)
    rows: list[tuple[Words, Words]] = []
    for unit, moved in units.items():
        title = unit_title(rulebook, unit)
        for what, label in MOVED.items():
            if what in moved:
                word = capital(Text(zh=f"{title.zh}{label.zh}", en=f"{title.en} {label.en}"))
                rows.append((word, words.grouped(moved[what])))
    return rows


def _shift(row: Mapping[str, Any]) -> ShiftRow:
    differs = {MEANS[means]: amount for means, amount in row["differences"].items()}
    told = Text(
        zh="，".join(f"{means.zh} {words.yuan(amount)}" for means, amount in differs.items()),
        en=", ".join(f"{means.en} {words.yuan(amount)}" for means, amount in differs.items()),
    )
    mark = (
        Mark(Text(zh="当班", en="Open"), "ok") if row["closed_at"] is None else Mark(Text(zh="已交", en="Handed over"))
    )
    if differs:
        mark = Mark(Text(zh="有差", en="Differs"), "warn")
    return ShiftRow(
        f"/till/shift/{row['id']}/", row["clerk"], row["till"], mark, told if differs else "", row["reason"]
    )


def _late(rows: Sequence[Mapping[str, Any]]) -> list[LateRow]:
    return [
        LateRow(date.fromisoformat(row["day"]), row["sales"], row["paid"], row["returns"], row["refund"])
        for row in rows
    ]


def _outside(outside: Mapping[str, int]) -> Words:
    if not outside["sales"]:
        return ""
    count, paid = outside["sales"], words.yuan(outside["paid"])
    return Text(
        zh=f"有 {count} 单 {paid} 不在任何班里。",
        en=f"{count} {either(count, 'sale', 'sales')} of {paid} {either(count, 'is', 'are')} in no shift.",
    )
