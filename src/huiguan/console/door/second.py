"""The second step at the door: a code or a passkey; and a passkey in place of both."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from huiguan.console.acting import wall
from huiguan.console.door.challenges import answered_challenge, fresh_challenge, passkeys_possible
from huiguan.console.door.drawing import door, outside
from huiguan.console.door.entering import Half, come_in, half_of, origin_of, safe_next
from huiguan.console.door.pages import SecondPage, SignInPage
from huiguan.design.values import Refused
from huiguan.foundation import clock
from huiguan.identity import operations
from huiguan.identity import queries as identity
from huiguan.identity.values import CODE, PASSKEY
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

SIGN_IN = "sign-in"
_TOO_LATE = Text(
    zh="密码输入已过五分钟，请重新进来。", en="The password was given over five minutes ago; sign in again."
)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """After the password: what else she has. A POST brings a code."""
    half, to = half_of(request), safe_next(request)
    if half is None:
        late = Refused(title=_TOO_LATE) if request.method == "POST" else None
        return (
            door(request, SignInPage(refused=late, next=to), 401) if late else HttpResponseRedirect(settings.LOGIN_URL)
        )
    if request.method == "GET":
        return _page(request, half, to)
    try:
        known = operations.sign_in_with_code(
            staff_id=half.staff,
            code=request.POST.get("code", "").replace("\x00", ""),
            wall=wall(),
            origin=origin_of(request),
            at=clock.now(),
        )
    except Refusal as refusal:
        return _page(request, half, to, refusal)
    return come_in(request, known, to)


@never_cache
@require_POST
def passkey_options(request: HttpRequest) -> HttpResponse:
    """What the browser is asked to sign: anybody's passkey of this site, or hers where the password already told who."""
    half = half_of(request)
    ceremony = fresh_challenge(request, SIGN_IN, wall())
    return JsonResponse(identity.passkey_to_present(ceremony, half.staff if half else None))


@never_cache
@require_POST
def passkey(request: HttpRequest) -> HttpResponse:
    """The browser's answer: she is in, or why not."""
    half, to = half_of(request), safe_next(request)
    try:
        known = operations.sign_in_with_passkey(
            ceremony=answered_challenge(request, SIGN_IN, wall()),
            credential=request.POST.get("credential", "").replace("\x00", ""),
            wall=wall(),
            origin=origin_of(request),
            staff_id=half.staff if half else None,
            at=clock.now(),
        )
    except Refusal as refusal:
        if half is not None:
            return _page(request, half, to, refusal)
        return door(request, SignInPage(refused=Refused(title=refusal.as_problem()["text"]), next=to), refusal.status)
    return come_in(request, known, to)


def _page(request: HttpRequest, half: Half, to: str, refusal: Refusal | None = None) -> HttpResponse:
    page = SecondPage(
        next=to,
        code=CODE in half.second,
        paper=identity.codes_on_paper(half.staff) > 0,
        passkey=PASSKEY in half.second and passkeys_possible(request),
        refused=Refused(title=refusal.as_problem()["text"]) if refusal else None,
    )
    return outside(request, "console/door/second.html", refusal.status if refusal else 200, page=page)
