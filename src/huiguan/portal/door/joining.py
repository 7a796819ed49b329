"""Joining: the rulebook's own form, and agreements apart from it. What was typed stays where it is refused."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huiguan.design.forms import ProfileForm, fields_of, profile_clause
from huiguan.design.saying import say_next
from huiguan.design.values import Said
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import InvalidInput, Refusal
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.portal.acting import COOKIE, Visiting, clause_refs, keep, place_of, refused, show, visiting
from huiguan.portal.door.drawing import joins_by_application, phone_page, shop_name
from huiguan.rules.referring import clause_of
from huiguan.visits import operations as visits
from huiguan.visits import queries as visit_queries
from huiguan.visits.inputs import JoinByPhone
from huiguan.visits.refusals import ConsentNeeded
from huiguan.visits.values import FACT, MEMBER, STRANGER

BY, BY_LASTS = "huiguan_by", 3600  # the code of who brought her, in seconds
LEFT_OUT = ("phone", "card")  # the phone is proved already; a card is handed out at the counter


@never_cache
@require_http_methods(["GET", "POST"])
@visiting()
def join(request: HttpRequest, now: Visiting) -> HttpResponse:
    """By the shop's code: first the phone, then the form. A form pressed twice comes with the token of before: it is
    answered as the first time."""
    if now.visit is not None and now.visit.stage == MEMBER:
        return HttpResponseRedirect(now.base + place_of(now))
    if joins_by_application(now):
        return HttpResponseRedirect(f"{now.base}apply/")
    shop = (request.POST if request.method == "POST" else request.GET).get("shop", "")[:40]
    by = request.GET.get("by", "")[:20]
    if by and members.is_referral_code(by):
        return _brought(request, now, by, shop)
    token = now.token or request.COOKIES.get(COOKIE, "")
    if now.visit is None and (request.method == "GET" or not token):
        return _phone(request, now, shop)
    form = ProfileForm(fields_of(now.rulebook, but=LEFT_OUT), data=request.POST if request.method == "POST" else None)
    if request.method == "GET" or form.reshaped:
        return _page(request, now, form, shop)
    given: JoinByPhone | None = None
    try:
        given = read(JoinByPhone, _given(request, now, form, shop))
        made = visits.join_by_phone(
            actor=now.actor, at=now.at, given=given, token=token, wall=now.wall, key=request.POST.get("key") or None
        )
    except Refusal as refusal:
        if now.visit is None:
            return _phone(request, now, shop)
        left = form.refuse(_all_faults(now, given, refusal))
        return _page(request, now, form, shop, left, 422 if isinstance(refusal, InvalidInput) else refusal.status)
    welcome = Text(zh=f"欢迎，{made.name}。会员号 {made.number}", en=f"Welcome, {made.name}. You are {made.number}")
    say_next(request, Said(welcome))
    token = visit_queries.next_token(token)
    visit = visit_queries.visit_of(now.programme.id, token, now.wall)
    answer = HttpResponseRedirect(now.base)
    return keep(answer, request, now, visit.with_token(token)) if visit else answer


def _brought(request: HttpRequest, now: Visiting, code: str, shop: str) -> HttpResponse:
    """Come by a member's link: her code is kept until the form is there."""
    answer = HttpResponseRedirect(f"{now.base}join" + (f"?shop={shop}" if shop_name(now, shop) else ""))
    answer.set_cookie(
        BY, code, max_age=BY_LASTS, path=now.base, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return answer


def _phone(request: HttpRequest, now: Visiting, shop: str) -> HttpResponse:
    return show(request, now, "portal/door/phone.html", page=phone_page(now, "", join=True, shop=shop))


def _given(request: HttpRequest, now: Visiting, form: ProfileForm, shop: str) -> dict[str, Any]:
    asked = [each.what for each in visit_queries.agreements(now.programme.id, now.at)]
    given: dict[str, Any] = {
        "profile": {name: answer for name, answer in form.answers().items() if answer},
        "consents": [what for what in asked if request.POST.get(f"consent_{what}")],
        "new_holder": now.visit is not None and now.visit.stage == FACT,
    }
    referrer = request.POST.get("referrer", "").strip()[:20]
    if referrer:
        given["referrer"] = referrer
    return {**given, "shop": shop} if shop and shop_name(now, shop) else given


def _all_faults(now: Visiting, given: JoinByPhone | None, refusal: Refusal) -> tuple[Refusal, ...]:
    """Of a form that is wrong, every fault; of anything else only itself."""
    if given is None or not isinstance(refusal, InvalidInput | ConsentNeeded):
        return (refusal,)
    return visit_queries.joining_faults(now.actor, given, now.at) or (refusal,)


def _page(
    request: HttpRequest,
    now: Visiting,
    form: ProfileForm,
    shop: str,
    left: list[Refusal] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The form; `left`: what is wrong and belongs to no field."""
    asked = visit_queries.agreements(now.programme.id, now.at)
    missing = {each.field for each in left or () if isinstance(each, ConsentNeeded)}
    context: dict[str, Any] = {
        "form": form,
        "key": request.POST.get("key") or get_random_string(22),
        "brings": clause_of(now.rulebook) is not None,
        "by": request.POST.get("referrer", request.COOKIES.get(BY, ""))[:20],
        "shop": shop,
        "shop_name": shop_name(now, shop),
        "clauses": clause_refs(now, profile_clause(now.rulebook)),
        "consents": [(each, bool(request.POST.get(f"consent_{each.what}")), each.what in missing) for each in asked],
        "refusals": [refused(each, now) for each in left or ()],
        "wrong": sum(len(each) for each in form.errors.values()) if form.is_bound else 0,
        "stranger": now.visit is not None and now.visit.stage == STRANGER,
    }
    return show(request, now, "portal/door/join.html", status=status, **context)
