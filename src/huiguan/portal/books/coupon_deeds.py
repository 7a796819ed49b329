"""What a member does with coupons by herself: claims, turns a code in, gives one to a friend, takes it back, accepts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_http_methods, require_POST

from huiguan.checkout import operations as checkout
from huiguan.checkout.inputs.coupons import CodeInput, CouponInput, GiveInput, HeldCouponInput
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.portal.acting import Visiting, go_on, member_only, show
from huiguan.portal.books.coupons import coupons_page
from huiguan.portal.knowing import known_member
from huiguan.portal.typed import key_of

Deed = Callable[[HttpRequest, Visiting, str], tuple[Any, Text]]


def _herself(now: Visiting) -> dict[str, str]:
    return {"number": now.number}


def _claim(request: HttpRequest, now: Visiting, name: str) -> tuple[Any, Text]:
    given = read(CouponInput, {"member": _herself(now), "coupon": request.POST.get("coupon", "")})
    done = checkout.claim_coupon(actor=now.actor, at=now.at, given=given, key=key_of(request))
    return done, Text(zh=f"已领 · {done.code}", en=f"Claimed · {done.code}")


def _turn_in(request: HttpRequest, now: Visiting, name: str) -> tuple[Any, Text]:
    given = read(CodeInput, {"member": _herself(now), "code": request.POST.get("code", "")[:60]})
    done = checkout.claim_code(actor=now.actor, at=now.at, given=given, key=key_of(request))
    return done, Text(zh=f"已兑 · {done.code}", en=f"Turned in · {done.code}")


def _take_back(request: HttpRequest, now: Visiting, name: str) -> tuple[Any, Text]:
    given = read(HeldCouponInput, {"member": _herself(now), "code": name})
    done = checkout.take_back_coupon(actor=now.actor, at=now.at, given=given, key=key_of(request))
    return done, Text(zh="已取回，还是您的", en="Taken back: it is yours again")


def _accept_reserved(request: HttpRequest, now: Visiting, name: str) -> tuple[Any, Text]:
    given = read(HeldCouponInput, {"member": _herself(now), "code": name})
    done = checkout.accept_reserved(actor=now.actor, at=now.at, given=given, key=key_of(request))
    return done, Text(zh=f"已领 · {done.code}", en=f"Claimed · {done.code}")


def _done(request: HttpRequest, now: Visiting, deed: Deed, name: str) -> HttpResponse:
    """The deed, and the coupons after it; what is refused is told above them."""
    try:
        _, said = deed(request, now, name)
    except Refusal as refusal:
        return _again(request, now, refusal, request.POST.get("code", "")[:60])
    return go_on(request, now, "coupons/", said)


def _again(request: HttpRequest, now: Visiting, refusal: Refusal, typed: str = "") -> HttpResponse:
    page = coupons_page(known_member(now))
    return show(request, now, "portal/books/coupons.html", current="coupons", refusal=refusal, page=page, typed=typed)


@require_POST
@member_only
def claim(request: HttpRequest, now: Visiting) -> HttpResponse:
    """An offer of the rulebook."""
    return _done(request, now, _claim, "")


@require_POST
@member_only
def turn_in(request: HttpRequest, now: Visiting) -> HttpResponse:
    """A code she was given."""
    return _done(request, now, _turn_in, "")


@require_POST
@member_only
def take_back(request: HttpRequest, now: Visiting, coupon: str) -> HttpResponse:
    """A gift nobody has accepted yet."""
    return _done(request, now, _take_back, coupon)


@require_POST
@member_only
def accept_reserved(request: HttpRequest, now: Visiting, coupon: str) -> HttpResponse:
    """What was kept for her."""
    return _done(request, now, _accept_reserved, coupon)


@require_POST
@member_only
def give(request: HttpRequest, now: Visiting, coupon: str) -> HttpResponse:
    """To a friend: the word she accepts it by, shown this once, and where."""
    try:
        given = read(GiveInput, {"member": _herself(now), "code": coupon})
        made = checkout.give_coupon(actor=now.actor, at=now.at, given=given, key=key_of(request))
    except Refusal as refusal:
        return _again(request, now, refusal)
    address = request.build_absolute_uri(f"{now.base}coupons/gift?code={made.gift}")
    done: dict[str, Any] = {"gift": made, "address": address}
    return show(request, now, "portal/books/given.html", current="coupons", **done)


@require_http_methods(["GET", "POST"])
@member_only
def gift(request: HttpRequest, now: Visiting) -> HttpResponse:
    """A friend's coupon: accepted by its word."""
    code = (request.POST if request.method == "POST" else request.GET).get("code", "")[:60]
    told: dict[str, Any] = {"code": code, "key": get_random_string(22)}
    if request.method == "GET":
        return show(request, now, "portal/books/gift.html", current="coupons", **told)
    try:
        given = read(CodeInput, {"member": _herself(now), "code": code})
        checkout.accept_coupon(actor=now.actor, at=now.at, given=given, key=key_of(request))
    except Refusal as refusal:
        return show(request, now, "portal/books/gift.html", current="coupons", refusal=refusal, **told)
    return go_on(request, now, "coupons/", Text(zh="收下了，是您的券", en="Accepted: the coupon is yours"))
