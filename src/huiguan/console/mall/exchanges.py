"""One exchange with every word on it, and a person's decision where the words differ."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from huiguan.console.acting import Acting, acting, refused, show
from huiguan.console.mall import drawing
from huiguan.console.mall.partner_pages import ExchangeLine, ExchangePage, PartnerLine
from huiguan.design.saying import say_next
from huiguan.design.values import Mark, Refused, Said, Words
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text, either, grouped, yuan
from huiguan.rewards import operations, queries
from huiguan.rewards.inputs.partners import SettleExchange
from huiguan.rewards.values.partners import (
    DIRECTIONS,
    DISPUTED,
    DONE,
    EXCHANGE_STATES,
    OPEN_STATES,
    REFUSED,
    VIAS,
    ExchangeTold,
    PartnerTold,
)

CURRENT = "mall"
_WORDS: dict[str, Text] = {
    "done": Text(zh="办了", en="done"),
    "refused": Text(zh="没办", en="not done"),
    "pending": Text(zh="还没定", en="not yet"),
    "unknown": Text(zh="没有这笔", en="not known"),
}


def partner_row(told: PartnerTold) -> PartnerLine:
    """A partner as it stands in the list."""
    rates: list[Words] = []
    if told.gives:
        rates.append(
            Text(zh=f"换出：1 分换 {told.gives} {told.units.zh}", en=f"Out: a point is {told.gives} {told.units.en}")
        )
    if told.takes:
        rates.append(
            Text(
                zh=f"换入：1 {told.units.zh}换 {told.takes} 分",
                en=f"In: one of its {told.units.en} is {told.takes} {either(told.takes, 'point', 'points')}",
            )
        )
    if told.earns:
        rates.append(
            Text(
                zh=f"在那里每消费 1 元得 {told.earns} 分",
                en=f"A yuan spent there earns {told.earns} {either(told.earns, 'point', 'points')}",
            )
        )
    return PartnerLine(told, reverse("mall:partner", args=[told.partner]), _mark(told), rates)


def _mark(told: PartnerTold) -> Mark:
    if not told.connected:
        return Mark(Text(zh="没有接通", en="Not connected"), "plain")
    if told.stopped:
        return Mark(Text(zh="已停用", en="Stopped"), "stop")
    if told.disputed or told.odd:
        return Mark(Text(zh="待人裁定", en="A person decides"), "warn")
    return Mark(Text(zh="已接通", en="Connected"), "ok")


def line_of(told: ExchangeTold, partner: PartnerTold) -> ExchangeLine:
    """An exchange in a list."""
    kinds = {DONE: "ok", REFUSED: "stop", DISPUTED: "warn"}
    mark = Mark(EXCHANGE_STATES[told.state], kinds.get(told.state, "plain"))
    if told.odd:
        mark = Mark(Text(zh="前后矛盾", en="Contradicted"), "warn")
    theirs = Text(zh=f"{grouped(told.theirs)} {partner.units.zh}", en=f"{grouped(told.theirs)} {partner.units.en}")
    if told.direction == "earned":
        theirs = Text(zh=yuan(told.theirs), en=yuan(told.theirs))
    sign = "−" if told.direction == "out" else "+"
    ours = f"{sign}{grouped(told.ours + told.fee_points)}"
    return ExchangeLine(
        told.number, reverse("mall:exchange", args=[told.number]), told.member, DIRECTIONS[told.direction],
        Text(zh=ours, en=ours), theirs, told.asked_at, mark,
    )  # fmt: skip


@require_GET
@acting("sell")
def exchange(request: HttpRequest, now: Acting, number: str) -> HttpResponse:
    """What was asked, what was said of it, where it stands."""
    return _shown(request, now, number)


def _shown(
    request: HttpRequest, now: Acting, number: str, wrong: Refused | None = None, status: int = 200
) -> HttpResponse:
    told = queries.exchange(now.actor, number)
    partner = next(each for each in queries.partners(now.actor, now.at) if each.partner == told.partner)
    page = ExchangePage(
        tabs=drawing.tabs(now, "partners"), line=line_of(told, partner), told=told, partner=partner.title,
        words=[(VIAS[w.via], _said(w.state, w.units), w.told, w.at) for w in told.words],
        may_settle=told.state in OPEN_STATES and now.actor.may("correct"), key=drawing.fresh_key(), refused=wrong,
    )  # fmt: skip
    return show(request, now, "console/mall/exchange.html", current=CURRENT, page=page, status=status)


def _said(state: str, units: int | None) -> Text:
    word = _WORDS[state]
    count = "" if units is None else f" {grouped(units)}"
    return Text(zh=f"{word.zh}{count}", en=f"{word.en}{count}")


@require_POST
@acting("correct")
def settlement(request: HttpRequest, now: Acting, number: str) -> HttpResponse:
    """Decided by the partner's paper."""
    units = request.POST.get("units", "").replace(",", "").strip()
    asked: dict[str, object] = {
        "exchange": number,
        "outcome": request.POST.get("outcome", ""),
        "why": request.POST.get("why", "").strip(),
    }
    if units and asked["outcome"] == DONE:
        asked["units"] = int(units) if units.isdecimal() and len(units) < 14 else units
    try:
        given = read(SettleExchange, asked)
        operations.settle_exchange(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    except Refusal as refusal:
        return _shown(request, now, number, refused(refusal, now), refusal.status)
    say_next(request, Said(Text(zh="已裁定", en="Decided")))
    return HttpResponseRedirect(reverse("mall:exchange", args=[number]))
