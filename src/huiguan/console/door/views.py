"""Coming in, going out, and choosing the shop one stands in. Sessions and waits live on wall time."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from huiguan.console.acting import SHOP_KEY, TOKEN_KEY, Acting, acting, show, wall
from huiguan.console.door.drawing import door
from huiguan.console.door.entering import come_in, origin_of, safe_next, stand_between
from huiguan.console.door.pages import ShopChoice, SignInPage
from huiguan.design.values import Refused
from huiguan.foundation import clock
from huiguan.founding.standing import to_be_founded
from huiguan.identity import operations
from huiguan.kernel.refusals import NotFound, Refusal
from huiguan.kernel.text import Text

SET_UP = "/setup/"
_SHOP = Text(zh="门店", en="shop")


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The door. A refused sign-in says why and keeps the name that was typed."""
    to = safe_next(request)
    if request.method == "GET":
        if to_be_founded():
            return HttpResponseRedirect(SET_UP)
        return HttpResponseRedirect(to) if request.user.is_authenticated else door(request, SignInPage(next=to))
    username = request.POST.get("username", "").strip()
    try:
        known = operations.sign_in(
            username=username,
            password=request.POST.get("password", ""),
            wall=wall(),
            origin=origin_of(request),
            at=clock.now(),
        )
    except Refusal as refusal:
        refused = Refused(title=refusal.as_problem()["text"])
        return door(request, SignInPage(username=username, refused=refused, next=to), refusal.status)
    if known.second:
        stand_between(request, known)
        return HttpResponseRedirect(f"/sign-in/second?{urlencode({'next': to})}")
    return come_in(request, known, to)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Going out ends the session, whoever's it was."""
    operations.leave(token=str(request.session.get(TOKEN_KEY, "")), wall=wall())
    auth.logout(request)
    return HttpResponseRedirect(settings.LOGIN_URL)


@require_http_methods(["GET", "POST"])
@acting()
def shop(request: HttpRequest, now: Acting) -> HttpResponse:
    """Which shop she stands in, of those her post covers; kept with the session."""
    if request.method == "POST":
        code = request.POST.get("shop", "")
        if code not in {each.code for each in now.shops}:
            raise NotFound(field="shop", what=_SHOP, given=code)
        request.session[SHOP_KEY] = code
        return HttpResponseRedirect(safe_next(request))
    choices = [ShopChoice(each.code, each.name, now.shop == each) for each in now.shops]
    return show(request, now, "console/door/shop.html", choices=choices, next=safe_next(request))
