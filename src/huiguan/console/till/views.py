"""The till. Each view makes one call of the till's own: a quote, a sale. The sale being rung up lives in the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiguan.checkout import operations as checkout
from huiguan.checkout.refusals import QuoteChanged, TendersDiffer
from huiguan.checkout.values import ProductView, SaleView
from huiguan.console.acting import Acting, acting, show, to_the_shop_choice, wall
from huiguan.console.till import holding
from huiguan.console.till.asking import Asked, asked_of, fresh, paid_input
from huiguan.console.till.buying import hits_of
from huiguan.console.till.drawing import drawn
from huiguan.console.till.pages import TillPage
from huiguan.console.till.proving import forget_proof, is_proved, proof_of
from huiguan.console.till.quoting import with_best_coupons
from huiguan.console.till.scanning import Scanned, chosen_buyer, scanned
from huiguan.design.saying import say_next, say_on
from huiguan.design.values import Said
from huiguan.kernel import text as words
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text, either
from huiguan.programme import queries as programmes

CURRENT = "till"


@require_GET
@acting("sell")
def till(request: HttpRequest, now: Acting) -> HttpResponse:
    """The till with the sale this session was ringing up; `?member=` puts a member to it, `?scan=` a piece."""
    if now.shop is None:
        return to_the_shop_choice(request)
    asked = holding.draft(request)
    member, scan = request.GET.get("member", ""), request.GET.get("scan", "")
    if not (member or scan):
        return _answer(request, now, asked)
    told = chosen_buyer(now, asked, member) if member and member != asked.member else Scanned(asked)
    told = scanned(now, told.asked, [scan]) if scan else told
    holding.keep(request, told.asked)
    return HttpResponseRedirect("/till/")


@require_POST
@acting("sell")
def quote(request: HttpRequest, now: Acting) -> HttpResponse:
    """Everything the form says, quoted anew."""
    if now.shop is None:
        return to_the_shop_choice(request)
    if request.POST.get("clear"):
        return _answer(request, now, fresh(asked_of(request.POST)))
    told = _read(request, now)
    asked = with_best_coupons(now, told.asked) if request.POST.get("best") and told.asked.lines else told.asked
    return _answer(request, now, asked, told.refusal, told.products)


@require_POST
@acting("sell")
def sell(request: HttpRequest, now: Acting) -> HttpResponse:
    """Take payment. The page's key makes a second press the first one's answer."""
    if now.shop is None:
        return to_the_shop_choice(request)
    told = _read(request, now)
    if told.refusal or told.products or not told.asked.lines:
        return _answer(request, now, told.asked, told.refusal, told.products)
    try:
        pin, proof = request.POST.get("pin", "").strip()[:20], proof_of(request, now, told.asked)
        given = paid_input(told.asked, now.shop.code, pin, proof)
        sale = checkout.commit_sale(actor=now.actor, at=now.at, given=given, key=told.asked.key, wall=wall())
    except Refusal as refusal:
        return _answer(request, now, told.asked, _since_quoted(told.asked, refusal))
    forget_proof(request)
    said = Said(_paid(now, sale), Text(zh="小票", en="Receipt"), f"/sales/{sale.id}/receipt")
    return _next_sale(request, now, told.asked, said)


def _since_quoted(asked: Asked, refusal: Refusal) -> Refusal:
    """Tenders that came to what was shown differ only because what is due has changed: said as that."""
    if not isinstance(refusal, TendersDiffer) or refusal.values["given"] != asked.expected:
        return refusal
    return QuoteChanged(field="quoted", due=refusal.values["due"], quoted=asked.expected)


def _paid(now: Acting, sale: SaleView) -> Text:
    """Paid ¥4,788.00 · ¥12.00 change · +94 points · now Diamond."""
    paid = words.yuan(sale.paid)
    zh, en = [f"已收 {paid}"], [f"Paid {paid}"]
    if sale.document["received"]:
        change = words.yuan(sale.document["received"] - dict(sale.document["tenders"])["cash"])
        zh.append(f"找零 {change}")
        en.append(f"{change} change")
    for units in sale.document["earned"].values():
        zh.append(f"{words.signed(units)} 分")
        en.append(f"{words.signed(units)} {either(words.signed(units), 'point', 'points')}")
    for _, say, _, values in sale.document["reasons"]:
        if say in ("promoted", "promoted_by"):
            zh.append(f"晋级{values['to']['zh']}")
            en.append(f"now {values['to']['en']}")
    return Text(zh=" · ".join(zh), en=" · ".join(en))


@require_POST
@acting("sell")
def hold(request: HttpRequest, now: Acting) -> HttpResponse:
    """Put the sale aside; the till is free for the next."""
    if now.shop is None:
        return to_the_shop_choice(request)
    asked = _read(request, now).asked
    page, asked = drawn(now, asked, held=0)
    if not page.lines:
        return _answer(request, now, asked)
    said = _put_aside(request, now, page, asked)
    return _next_sale(request, now, asked, said)


def _put_aside(request: HttpRequest, now: Acting, page: TillPage, asked: Asked) -> Said:
    """Hold a sale under its buyer's name; what is said of it, with the way back."""
    who = Text(zh=page.buyer.name, en=page.buyer.name) if page.buyer else Text(zh="散客", en="Walk-in")
    at = now.at.astimezone(programmes.programme_at(now.actor.programme, now.at).zone)
    aside = {"zh": f"{page.pieces} 件 · {at:%H:%M}", "en": f"{page.pieces} pc · {at:%H:%M}"}
    held = holding.put_aside(request, asked, {"zh": who.zh, "en": who.en}, aside, page.bill.due)
    text = Text(zh=f"已挂单 · {who.zh} · {page.pieces} 件", en=f"Held · {who.en} · {page.pieces} pc")
    return Said(text, Text(zh="取回", en="Take back"), f"/till/held/take?held={held}")


@require_GET
@acting("sell")
def held(request: HttpRequest, now: Acting) -> HttpResponse:
    """The held sales, in the asking sheet."""
    return render(request, "console/till/held.html", {"held": holding.put_aside_sales(request)})


@require_http_methods(["GET", "POST"])
@acting("sell")
def take_up(request: HttpRequest, now: Acting) -> HttpResponse:
    """A held sale back on the till; what was being rung up is held in its place."""
    wanted = request.POST.get("held") or request.GET.get("held", "")
    current = holding.draft(request)
    taken = holding.take(request, wanted)
    if taken is not None:
        if current.lines and now.shop is not None:
            page, current = drawn(now, current, held=0)
            _put_aside(request, now, page, current)
        holding.keep(request, taken)
    return HttpResponseRedirect("/till/")


@require_GET
@acting("sell")
def buyers(request: HttpRequest, now: Acting) -> HttpResponse:
    """Members found for the buyer's field."""
    query = request.GET.get("q", "").strip()[:80]
    rulebook = programmes.programme_at(now.actor.programme, now.at)
    hits = hits_of(now, rulebook, query) if query else []
    enrol = "/members/new" if now.actor.may("enrol") else ""
    return render(request, "console/till/buyers.html", {"hits": hits, "query": query, "enrol_href": enrol})


@require_GET
@acting("return")
def returns(request: HttpRequest, now: Acting) -> HttpResponse:
    """F6: where a sale is found to take goods back."""
    return HttpResponseRedirect("/sales/returns")


def _read(request: HttpRequest, now: Acting) -> Scanned:
    """The form with what was scanned and typed since."""
    asked = asked_of(request.POST)
    buyer = next((text.strip() for text in reversed(request.POST.getlist("buyer")) if text.strip()), "")
    told = chosen_buyer(now, asked, buyer) if buyer else Scanned(asked)
    after = scanned(now, told.asked, request.POST.getlist("scan"))
    return replace(after, refusal=after.refusal or told.refusal)


def _answer(
    request: HttpRequest,
    now: Acting,
    asked: Asked,
    refusal: Refusal | None = None,
    products: Sequence[ProductView] = (),
) -> HttpResponse:
    """The till with this sale, kept in the session: its parts for HTMX, the page otherwise."""
    before = holding.draft(request)
    page, stands = drawn(now, asked, held=holding.count(request), refusal=refusal, products=products, before=before)
    holding.keep(request, stands)
    return _shown(request, now, replace(page, proved=is_proved(request, asked)))


def _shown(request: HttpRequest, now: Acting, page: TillPage) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return render(request, "console/till/answer.html", {"till": page})
    return show(request, now, "console/till/till.html", current=CURRENT, till=page)


def _next_sale(request: HttpRequest, now: Acting, before: Asked, said: Said) -> HttpResponse:
    """An empty till that says what was just done."""
    empty = fresh(before)
    page, stands = drawn(now, empty, held=holding.count(request))
    holding.keep(request, stands)
    if not request.headers.get("HX-Request"):
        say_next(request, said)
        return HttpResponseRedirect("/till/")
    return say_on(_shown(request, now, page), said)
