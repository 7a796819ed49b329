"""A shift as its page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from huiguan.checkout.values import MEANS, ShiftView
from huiguan.console.acting import Acting, refused_field
from huiguan.console.keys import new_key
from huiguan.console.shifts.pages import CountRow, MoveRow, OpeningPage, ShiftLine, ShiftPage
from huiguan.design.values import Figure, Mark, Words
from huiguan.identity import queries as identity
from huiguan.kernel import text as words
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text, either
from huiguan.programme import queries as programmes

NAMES = {
    "opening": Text(zh="备用金", en="Float"),
    "till": Text(zh="收银台", en="Till"),
    "counted": Text(zh="实点", en="Counted"),
    "amount": Text(zh="金额", en="Amount"),
    "reason": Text(zh="做什么用", en="What for"),
}
MOVES = {"in": Text(zh="补入", en="Put in"), "out": Text(zh="支取", en="Taken out")}


def shift_page(
    now: Acting,
    view: ShiftView,
    *,
    counted: Mapping[str, str] | None = None,
    reason: str = "",
    refusal: Refusal | None = None,
    move_refusal: Refusal | None = None,
) -> ShiftPage:
    """The page of a shift; `counted` and `reason` as typed when it was refused."""
    sheet, shop = view.sheet, identity.shop(now.actor.programme, view.shop)
    tells = view.closed_at is not None or bool(counted) or now.actor.may("close_day", shop.id)
    return ShiftPage(
        id=view.id,
        clerk=view.clerk,
        till=view.till,
        aside=_aside(now, shop.name, view),
        marks=_marks(view),
        figures=_figures(view),
        rows=_rows(view, counted or {}, tells=tells),
        opening=view.opening,
        moves=[
            MoveRow(MOVES[e["kind"]], e["amount"], e["reason"], datetime.fromisoformat(e["at"]), e["hand"])
            for e in sheet["moves"]
        ],
        late=_late(view),
        reason=sheet.get("reason", reason),
        closed_at=view.closed_at,
        closed_by=view.closed_by,
        key=new_key(),
        move_key=new_key(),
        refused=refused_field(refusal, now, NAMES) if refusal else None,
        move_refused=refused_field(move_refusal, now, NAMES) if move_refusal else None,
    )


def opening_page(
    now: Acting,
    shop: Words,
    others: Sequence[ShiftView],
    *,
    till: str = "1",
    opening: str = "",
    refusal: Refusal | None = None,
) -> OpeningPage:
    told = refused_field(refusal, now, NAMES) if refusal else None
    return OpeningPage(shop, new_key(), till, opening, [shift_line(each) for each in others], told)


def shift_line(view: ShiftView) -> ShiftLine:
    href = "/till/shift/" if view.mine and view.closed_at is None else f"/till/shift/{view.id}/"
    return ShiftLine(href, view.clerk, view.till, view.opened_at, _state(view))


def _state(view: ShiftView) -> Mark:
    if view.closed_at is None:
        return Mark(Text(zh="当班", en="Open"), "ok")
    differs = any(told["difference"] for told in view.sheet["tenders"].values())
    return Mark(Text(zh="有差", en="Differs"), "warn") if differs else Mark(Text(zh="已交", en="Handed over"))


def _aside(now: Acting, shop: Text, view: ShiftView) -> Text:
    zone = programmes.programme_at(now.actor.programme, now.at).zone
    since = f"{view.opened_at.astimezone(zone):%m-%d %H:%M}"
    until = f" – {view.closed_at.astimezone(zone):%m-%d %H:%M}" if view.closed_at else ""
    return Text(
        zh=f"{shop.zh} · {view.till} 号台 · {since}{until or ' 起'}",
        en=f"{shop.en} · till {view.till} · {'from ' if not until else ''}{since}{until}",
    )


def _marks(view: ShiftView) -> list[Mark]:
    marks = [_state(view)]
    if view.sheet["overnight"]:
        marks.append(Mark(Text(zh="过了夜", en="Over midnight"), "warn"))
    return marks


def _figures(view: ShiftView) -> list[Figure]:
    sheet = view.sheet
    back = Text(
        zh=f"退 {sheet['returns']} 次，作废 {sheet['voids']} 单",
        en=f"{sheet['returns']} returns, {sheet['voids']} voids",
    )
    moved = Text(zh=f"支取 {words.yuan(sheet['out'])}", en=f"{words.yuan(sheet['out'])} taken out")
    return [
        Figure(
            Text(zh="实收", en="Taken"),
            sheet["paid"],
            "money",
            Text(zh=f"{sheet['sales']} 单", en=f"{sheet['sales']} {either(sheet['sales'], 'sale', 'sales')}"),
        ),
        Figure(Text(zh="退款", en="Refunded"), sheet["refunds"], "money", back),
        Figure(Text(zh="备用金", en="Float"), view.opening, "money"),
        Figure(Text(zh="补入", en="Put in"), sheet["in"], "money", moved),
        *_stored_figure(sheet),
    ]


def _stored_figure(sheet: Mapping[str, Any]) -> list[Figure]:
    """Money of top-ups in the drawer, less their refunds."""
    stored = sheet.get("stored", {})
    if not (stored.get("count") or stored.get("refunds")):
        return []
    aside = Text(
        zh=f"充 {stored['count']} 笔，退 {stored['refunds']} 笔",
        en=f"{stored['count']} top-ups, {stored['refunds']} refunds",
    )
    return [Figure(Text(zh="储值净收", en="Stored, net"), stored["amount"] - stored["refund"], "money", aside)]


def _rows(view: ShiftView, counted: Mapping[str, str], *, tells: bool) -> list[CountRow]:
    nothing = {"sales": 0, "refunds": 0, "expected": 0}
    done = view.closed_at is not None
    rows = []
    for means, label in MEANS.items():
        told = view.sheet["tenders"].get(means)
        if done and told is None:
            continue
        figures = told or nothing
        rows.append(
            CountRow(
                means=means,
                label=label,
                sales=figures["sales"],
                refunds=figures["refunds"],
                counted=figures["counted"] if done else counted.get(means, ""),
                expected=figures["expected"] if tells else None,
                difference=figures["difference"] if done else None,
                must=told is not None,
            )
        )
    return rows


def _late(view: ShiftView) -> Words:
    late = view.sheet["late"]
    if not late["sales"]:
        return ""
    paid = words.yuan(late["paid"])
    return Text(
        zh=f"另有 {late['sales']} 单 {paid} 是开班以前的，这个班里才录入，不计入应有。",
        en=f"{late['sales']} {either(late['sales'], 'sale', 'sales')} of {paid} from before this shift came in during it; that money is not expected here.",
    )
