"""One's own passkeys: registered by the browser, named, removed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huiguan.console.account.drawing import proven
from huiguan.console.acting import Acting, acting, brand_of, wall
from huiguan.console.door.challenges import answered_challenge, fresh_challenge
from huiguan.design.markup import plain
from huiguan.design.saying import say_next
from huiguan.design.values import Said
from huiguan.identity import operations
from huiguan.identity import queries as identity
from huiguan.identity.inputs import NamePasskey, PasskeyNumbered, RegisterPasskey
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text

REGISTER = "register"


@never_cache
@require_POST
@acting()
def options(request: HttpRequest, now: Acting) -> HttpResponse:
    """What the browser is asked to make."""
    ceremony = fresh_challenge(request, REGISTER, wall())
    house = plain(brand_of(identity.tree(now.actor)).name)
    return JsonResponse(identity.passkey_to_register(now.actor, now.session.id, wall(), ceremony, house))


@require_POST
@proven
def passkeys(request: HttpRequest, now: Acting) -> HttpResponse:
    """The browser made one."""
    ceremony = answered_challenge(request, REGISTER, wall())
    typed = {"name": request.POST.get("name", "").strip(), "credential": request.POST.get("credential", "")}
    made = operations.register_passkey(
        actor=now.actor,
        at=now.at,
        session=now.session.id,
        wall=wall(),
        given=read(RegisterPasskey, typed),
        ceremony=ceremony,
    )
    say_next(request, Said(Text(zh=f"通行密钥已登记 · {made.name}", en=f"Passkey registered · {made.name}")))
    return HttpResponseRedirect("/account/")


@require_POST
@proven
def rename(request: HttpRequest, now: Acting, number: int) -> HttpResponse:
    """Another name for it."""
    given = read(NamePasskey, {"passkey": number, "name": request.POST.get("name", "").strip()})
    operations.rename_passkey(actor=now.actor, at=now.at, given=given)
    return HttpResponseRedirect("/account/")


@require_POST
@proven
def removal(request: HttpRequest, now: Acting, number: int) -> HttpResponse:
    """It opens nothing any more."""
    given = read(PasskeyNumbered, {"passkey": number})
    gone = operations.remove_passkey(actor=now.actor, at=now.at, session=now.session.id, wall=wall(), given=given)
    say_next(request, Said(Text(zh=f"已移除 · {gone.name}", en=f"Removed · {gone.name}")))
    return HttpResponseRedirect("/account/")
