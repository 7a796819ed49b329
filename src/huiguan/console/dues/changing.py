"""Deeds on dues: what a form asks is done once, or the page says why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from huiguan.billing import operations as billing
from huiguan.billing import queries
from huiguan.billing.inputs import DecideWaiver
from huiguan.console.acting import Acting, acting, refused, show
from huiguan.console.dues import charge_deeds, deeds, member_deeds
from huiguan.console.dues.drawing import DUES, charge_page, member_page, money_page, waiver_row
from huiguan.console.dues.pages import DeedForm, ListPage
from huiguan.console.dues.views import CURRENT
from huiguan.design.saying import say_next
from huiguan.design.values import Said
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

Draw = Callable[[list[DeedForm]], object]


def typed_in(request: HttpRequest) -> dict[str, str]:
    return {name: str(value).strip()[:300] for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}


def done(
    request: HttpRequest, now: Acting, known: Mapping[str, deeds.Deed], name: str, number: str, base: str, template: str,
    draw: Draw, back: str,
) -> HttpResponse:  # fmt: skip
    """Do one of `known`; refused, the page again with the form as it was typed."""
    deed = known.get(name)
    if deed is None:
        raise Http404
    now.actor.demand(deed.power)
    typed = typed_in(request)
    try:
        said = deed.do(now, number, typed, typed.pop("key", None) or None)
    except Refusal as refusal:
        page = draw(deeds.forms(known, now, number, base, typed, refusal, name))
        return show(request, now, template, current=CURRENT, page=page, status=refusal.status)
    say_next(request, Said(said))
    return HttpResponseRedirect(back)


@require_POST
@acting("bill")
def member_deed(request: HttpRequest, now: Acting, number: str, deed: str) -> HttpResponse:
    """Something done with a member's dues."""
    base = f"{DUES}/members/{number}/"
    return done(
        request, now, member_deeds.MEMBER, deed, number, f"{base}deeds/", "console/dues/member.html",
        lambda forms: member_page(now, number, forms), base,
    )  # fmt: skip


@require_POST
@acting("bill")
def charge_deed(request: HttpRequest, now: Acting, number: str, deed: str) -> HttpResponse:
    """Something done with a charge."""
    base = f"{DUES}/charges/{number}/"
    return done(
        request, now, charge_deeds.CHARGE, deed, number, f"{base}deeds/", "console/dues/charge.html",
        lambda forms: charge_page(now, number, forms), base,
    )  # fmt: skip


@require_POST
@acting("bill")
def undo(request: HttpRequest, now: Acting, number: str) -> HttpResponse:
    """A receipt taken back."""
    base = f"{DUES}/money/{number}/"
    return done(
        request, now, charge_deeds.MONEY, "undo", number, f"{base}undoing?", "console/dues/money.html",
        lambda forms: money_page(now, number, forms), base,
    )  # fmt: skip


@require_POST
@acting("correct")
def decide(request: HttpRequest, now: Acting, waiver: int) -> HttpResponse:
    """Write off what another asked for, or not."""
    approve = request.POST.get("decision") == "approve"
    try:
        given = DecideWaiver(waiver=waiver, approve=approve)
        billing.decide_waiver(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    except Refusal as refusal:
        told = refused(refusal, now)
        rows = queries.waivers(now.actor)
        page = ListPage(waivers=[waiver_row(each, told if each.id == waiver else None) for each in rows])
        return show(
            request, now, "console/dues/waivers.html", current=CURRENT, page=page, decides=True, status=refusal.status
        )
    say_next(request, Said(Text(zh="已核销", en="Written off") if approve else Text(zh="已回绝", en="Refused")))
    return HttpResponseRedirect(f"{DUES}/waivers/")
