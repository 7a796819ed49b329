"""Partners: rates and limits, the line to each, what is exchanged, what each owes by month."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from huiguan.console.acting import Acting, acting, refused, show
from huiguan.console.mall import drawing
from huiguan.console.mall.exchanges import CURRENT, line_of, partner_row
from huiguan.console.mall.partner_pages import Month, MonthPage, PartnerLine, PartnerPage, PartnersPage
from huiguan.design.saying import say_next
from huiguan.design.values import Refused, Said, Words
from huiguan.kernel.inputs import read
from huiguan.kernel.moments import add_months, local_day
from huiguan.kernel.refusals import NotFound, Refusal
from huiguan.kernel.text import Text, grouped, yuan
from huiguan.programme import queries as programmes
from huiguan.rewards import operations, queries
from huiguan.rewards.inputs import partners as inputs
from huiguan.rewards.values.partners import PartnerTold

_PARTNER = Text(zh="合作方", en="partner")
_STATES = {
    "": Text(zh="全部", en="All"),
    "open": Text(zh="没有定下来的", en="Not settled"),
    "disputed": Text(zh="对不上的", en="Differing"),
    "odd": Text(zh="前后矛盾的", en="Contradicted"),
    "done": Text(zh="成了的", en="Done"),
    "refused": Text(zh="没成的", en="Not done"),
}


@require_GET
@acting("sell")
def listed(request: HttpRequest, now: Acting) -> HttpResponse:
    """The partners of the rulebook."""
    rows = [partner_row(each) for each in queries.partners(now.actor, now.at)]
    return show(request, now, "console/mall/partners.html", current=CURRENT, page=PartnersPage(_tabs(now), rows))


def _tabs(now: Acting) -> list[Any]:
    return drawing.tabs(now, "partners")


def _known(now: Acting, name: str) -> PartnerTold:
    found = next((each for each in queries.partners(now.actor, now.at) if each.partner == name), None)
    if found is None:
        raise NotFound(field="partner", what=_PARTNER, given=name[:40])
    return found


@require_GET
@acting("sell")
def partner(request: HttpRequest, now: Acting, name: str) -> HttpResponse:
    """One partner: its terms, its line, its exchanges."""
    return _shown(request, now, name)


def _shown(
    request: HttpRequest, now: Acting, name: str, *, secret: str = "", url: str = "", wrong: Refused | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    told = _known(now, name)
    state = request.GET.get("state", "")
    state = state if state in _STATES else ""
    found = queries.exchanges(now.actor, now.at, name=name, state=state, limit=50)
    code = programmes.programme_named(now.actor.programme).code
    months = queries.settled_months(now.actor, name, now.at) if now.actor.may("audit") else ()
    page = PartnerPage(
        tabs=_tabs(now), row=partner_row(told), limits=_limits(told),
        states=[(word, title, word == state) for word, title in _STATES.items()],
        exchanges=[line_of(each, told) for each in found],
        months=[Month(f"{m:%Y-%m}", reverse("mall:partner-month", args=[name, f"{m:%Y-%m}"])) for m in months],
        door=request.build_absolute_uri(f"/api/partners/{code}/{name}"), may_keep=now.actor.may("organise"),
        may_read=now.actor.may("audit"), key=drawing.fresh_key(), secret=secret, url=url or told.url, refused=wrong,
    )  # fmt: skip
    return show(request, now, "console/mall/partner.html", current=CURRENT, page=page, status=status)


def _limits(told: PartnerTold) -> list[tuple[Words, Words]]:
    """What the clauses bound, in words; what they do not is left out."""
    rows: list[tuple[Words, Words]] = []

    def add(zh: str, en: str, value: int | None, units: str = "分", english: str = "points") -> None:
        if value and value > 1:
            rows.append((Text(zh=zh, en=en), Text(zh=f"{grouped(value)} {units}", en=f"{grouped(value)} {english}")))

    add("换出的倍数", "Out, in multiples of", told.block)
    add("换入的倍数", "In, in multiples of", told.takes_block, told.units.zh, told.units.en)
    add("一次至少换出", "At least at a time", told.least)
    add("每天至多换出", "At most out a day", told.a_day)
    add("每年至多换出", "At most out a year", told.a_year)
    add("每年至多换入", "At most in a year", told.in_a_year)
    add("每次另收", "Taken beside", told.fee_points)
    pays = (
        (told.we_pay, Text(zh="它的每 100 个，我们付", en="We pay for a hundred of its units")),
        (told.they_pay, Text(zh="我们的每 100 分，它付", en="It pays for a hundred of ours")),
    )
    return rows + [(title, Text(zh=yuan(fen), en=yuan(fen))) for fen, title in pays if fen is not None]


@require_POST
@acting("organise")
def line(request: HttpRequest, now: Acting, name: str) -> HttpResponse:
    """The address set, and the secret made: shown on the page that answers, and nowhere again."""
    url = request.POST.get("url", "").strip()
    try:
        given = read(inputs.KeepPartner, {"partner": name, "url": url, "renew": bool(request.POST.get("renew"))})
        kept = operations.keep_partner(actor=now.actor, at=now.at, given=given)
    except Refusal as refusal:
        return _shown(request, now, name, url=url, wrong=refused(refusal, now), status=refusal.status)
    if kept.secret is None:
        say_next(request, Said(Text(zh="地址已存", en="The address is kept")))
        return HttpResponseRedirect(reverse("mall:partner", args=[name]))
    return _shown(request, now, name, secret=kept.secret)


@require_POST
@acting("organise")
def stop(request: HttpRequest, now: Acting, name: str) -> HttpResponse:
    """Nothing new is exchanged, or again."""
    stopped = request.POST.get("stopped") == "1"
    try:
        given = read(inputs.StopPartner, {"partner": name, "stopped": stopped})
        operations.stop_partner(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    except Refusal as refusal:
        return _shown(request, now, name, wrong=refused(refusal, now), status=refusal.status)
    said = Text(zh="已停用", en="Stopped") if stopped else Text(zh="已恢复", en="Resumed")
    say_next(request, Said(said))
    return HttpResponseRedirect(reverse("mall:partner", args=[name]))


@require_GET
@acting("audit")
def month(request: HttpRequest, now: Acting, name: str, month: str) -> HttpResponse:
    """What each owes in a month, by day."""
    return _month_shown(request, now, name, month)


def _month_shown(
    request: HttpRequest, now: Acting, name: str, month: str, wrong: Refused | None = None, status: int = 200
) -> HttpResponse:
    asked = read(inputs.CloseMonth, {"partner": name, "month": month})
    told = queries.statement(now.actor, asked.partner, asked.month, now.at)
    zone = programmes.programme_at(now.actor.programme, now.at).zone
    page = MonthPage(
        tabs=_tabs(now), row=_row(now, name), month=month, statement=told,
        over=local_day(now.at, zone) >= add_months(told.month, 1), may_close=now.actor.may("estimate"),
        key=drawing.fresh_key(), refused=wrong,
    )  # fmt: skip
    return show(request, now, "console/mall/month.html", current=CURRENT, page=page, status=status)


def _row(now: Acting, name: str) -> PartnerLine:
    return partner_row(_known(now, name))


@require_POST
@acting("estimate")
def close(request: HttpRequest, now: Acting, name: str, month: str) -> HttpResponse:
    """A month settled."""
    return _settled(request, now, name, month, operations.close_month, inputs.CloseMonth, {}, Text(zh="已结算", en="Settled"))  # fmt: skip


@require_POST
@acting("estimate")
def payment(request: HttpRequest, now: Acting, name: str, month: str) -> HttpResponse:
    """The difference paid."""
    paper = {"paper": request.POST.get("paper", "").strip()}
    return _settled(request, now, name, month, operations.pay_settlement, inputs.PaySettlement, paper, Text(zh="已登记", en="Noted"))  # fmt: skip


def _settled(
    request: HttpRequest, now: Acting, name: str, month: str, operation: Any, record: Any, more: dict[str, str], said: Text
) -> HttpResponse:  # fmt: skip
    try:
        given = read(record, {"partner": name, "month": month, **more})
        operation(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    except Refusal as refusal:
        return _month_shown(request, now, name, month, refused(refusal, now), refusal.status)
    say_next(request, Said(said))
    return HttpResponseRedirect(reverse("mall:partner-month", args=[name, month]))
