"""Coming in, going out, and choosing the shop one stands in. Sessions and waits live on wall time."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from huiguan.console.acting import SHOP_KEY, Acting, acting, brand_of, show
from huiguan.console.door.pages import ShopChoice, SignInPage, TryAccount
from huiguan.design.values import Brand, Refused
from huiguan.foundation import clock
from huiguan.identity import operations
from huiguan.identity import queries as identity
from huiguan.kernel.actors import system
from huiguan.kernel.refusals import NotFound, Refusal
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes

BACKEND = "django.contrib.auth.backends.ModelBackend"
_SHOP = Text(zh="门店", en="shop")


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The door. A refused sign-in says why and keeps the name that was typed."""
    to = _safe_next(request)
    if request.method == "GET":
        return HttpResponseRedirect(to) if request.user.is_authenticated else _door(request, SignInPage(next=to))
    username = request.POST.get("username", "").strip()
    try:
        known = operations.sign_in(
            username=username,
            password=request.POST.get("password", ""),
            wall=datetime.now(UTC),
            origin=_origin(request),
        )
    except Refusal as refusal:
        refused = Refused(title=refusal.as_problem()["text"])
        return _door(request, SignInPage(username=username, refused=refused, next=to), refusal.status)
    auth.login(request, identity.account(known.staff), backend=BACKEND)
    response = HttpResponseRedirect(to)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, _tongue(known.language), samesite="Lax")
    return response


def _door(request: HttpRequest, page: SignInPage, status: int = 200) -> HttpResponse:
    shown = SignInPage(page.username, page.refused, page.next, _accounts())
    return render(request, "console/door/sign_in.html", {"brand": _brand(), "page": shown}, status=status)


def _brand() -> Brand:
    """The name over the door: that of the only house here, else the product's own."""
    known = programmes.programmes()
    return brand_of(identity.tree(system(known[0].id)) if len(known) == 1 else ())


def _accounts() -> tuple[TryAccount, ...]:
    """In a demonstration, the people anybody may come in as."""
    password = settings.HUIGUAN_DEMO_PASSWORD
    known = programmes.programmes()
    if not (settings.HUIGUAN_DEMO and password and known):
        return ()
    people = {person.username: person for person in identity.people(system(known[0].id), clock.now())}
    shown = [people[name] for name in settings.HUIGUAN_DEMO_PEOPLE if name in people and people[name].posts]
    return tuple(
        TryAccount(each.username, password, each.name, each.posts[0].title, each.posts[0].place) for each in shown
    )


def _origin(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _tongue(language: str) -> str:
    return "en" if language.startswith("en") else "zh-hans"


def _safe_next(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or settings.LOGIN_REDIRECT_URL
    return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else settings.LOGIN_REDIRECT_URL


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Going out ends the session, whoever's it was."""
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
        return HttpResponseRedirect(_safe_next(request))
    choices = [ShopChoice(each.code, each.name, now.shop == each) for each in now.shops]
    return show(request, now, "console/door/shop.html", choices=choices, next=_safe_next(request))
