"""Dues: what is owed, a member's, a charge's, a receipt's page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET

from huiguan.billing import queries
from huiguan.console.acting import Acting, acting, refused, show
from huiguan.console.dues import charge_deeds, deeds, member_deeds
from huiguan.console.dues.drawing import (
    DUES,
    charge_page,
    deposit_row,
    member_page,
    money_page,
    money_row,
    rulebook_of,
    waiver_row,
    whose_page,
)
from huiguan.console.dues.drawing import (
    overview as overview_page,
)
from huiguan.console.dues.pages import ListPage
from huiguan.design.values import Cursor
from huiguan.kernel.refusals import Refusal
from huiguan.members import queries as members

CURRENT = "books"
PAGE = 50


@require_GET
@acting("bill")
def overview(request: HttpRequest, now: Acting) -> HttpResponse:
    """What is owed, by how long it was due."""
    ages = {name for name, _, _ in queries.AGES}
    age = request.GET.get("age", "")
    page = overview_page(now, age if age in ages else "")
    return show(request, now, "console/dues/overview.html", current=CURRENT, page=page)


@require_GET
@acting("bill")
def whose(request: HttpRequest, now: Acting) -> HttpResponse:
    """To a member's dues, by number, card or phone; without a search, and where nobody is found, who owes."""
    query = request.GET.get("q", "").strip()[:60]
    if not query:
        return show(request, now, "console/dues/whose.html", current=CURRENT, page=whose_page(now))
    try:
        key = members.membership(now.actor, query)
    except Refusal as refusal:
        page = whose_page(now, query, refused(refusal, now))
        return show(request, now, "console/dues/whose.html", current=CURRENT, page=page, status=refusal.status)
    number = members.numbers(now.actor.programme, [key])[key]
    return HttpResponseRedirect(f"{DUES}/members/{number}/")


@require_GET
@acting("bill")
def member(request: HttpRequest, now: Acting, number: str) -> HttpResponse:
    """All a member owes and has."""
    forms = deeds.forms(member_deeds.MEMBER, now, number, f"{DUES}/members/{number}/deeds/")
    page = member_page(now, number, forms)
    return show(request, now, "console/dues/member.html", current=CURRENT, page=page)


@require_GET
@acting("bill")
def charge(request: HttpRequest, now: Acting, number: str) -> HttpResponse:
    """One charge and all that became of it."""
    forms = deeds.forms(charge_deeds.CHARGE, now, number, f"{DUES}/charges/{number}/deeds/")
    return show(request, now, "console/dues/charge.html", current=CURRENT, page=charge_page(now, number, forms))


@require_GET
@acting("bill")
def moneys(request: HttpRequest, now: Acting) -> HttpResponse:
    """Money that came and went, newest first."""
    after = request.GET.get("after", "")
    before = int(after) if after.isdecimal() and len(after) < 18 else None
    found = queries.moneys(now.actor, before=before, limit=PAGE + 1)
    shown = found[:PAGE]
    more = f"{DUES}/money/?after={shown[-1][0]}" if len(found) > PAGE else ""
    cursor = Cursor(len(shown), None, f"{DUES}/money/" if before else "", more) if shown else None
    page = ListPage(rows=[money_row(view) for _, view in shown], cursor=cursor)
    return show(request, now, "console/dues/moneys.html", current=CURRENT, page=page)


@require_GET
@acting("bill")
def money(request: HttpRequest, now: Acting, number: str) -> HttpResponse:
    """A receipt or voucher, to be printed."""
    forms = deeds.forms(charge_deeds.MONEY, now, number, f"{DUES}/money/{number}/undoing?")
    return show(request, now, "console/dues/money.html", current=CURRENT, page=money_page(now, number, forms))


@require_GET
@acting("bill")
def waivers(request: HttpRequest, now: Acting) -> HttpResponse:
    """What is asked to be written off, and what was decided."""
    page = ListPage(
        waivers=[waiver_row(each) for each in queries.waivers(now.actor)],
        decided=[waiver_row(each) for each in queries.waivers(now.actor, decided=True)],
    )
    return show(request, now, "console/dues/waivers.html", current=CURRENT, page=page, decides=now.actor.may("correct"))


@require_GET
@acting("bill")
def deposits(request: HttpRequest, now: Acting) -> HttpResponse:
    """Everybody's deposits, those short first."""
    rulebook = rulebook_of(now)
    page = ListPage(deposits=[deposit_row(rulebook, each) for each in queries.deposits(now.actor, now.at)])
    return show(request, now, "console/dues/deposits.html", current=CURRENT, page=page)
