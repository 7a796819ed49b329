"""One's own account: the password, the language, where one is signed in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiguan.console.account.drawing import show_account
from huiguan.console.acting import Acting, acting, refused, show, wall
from huiguan.console.door.entering import origin_of, safe_next, tongue_of
from huiguan.design.saying import say_next
from huiguan.design.values import Said
from huiguan.identity import operations
from huiguan.identity import queries as identity
from huiguan.identity.inputs import ChangeLanguage, ChangePassword, SessionNumbered, StaffNamed
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import InvalidInput, Refusal
from huiguan.kernel.text import Text

_DIFFER = Text(zh="两次输入的新密码不一样", en="the two new passwords differ")
_SHORT = Text(zh="新密码至少 8 个字符", en="the new password has at least 8 characters")


@require_GET
@acting()
def account(request: HttpRequest, now: Acting) -> HttpResponse:
    """How one signs in, and where one is signed in."""
    return show_account(request, now)


@require_POST
@acting()
def language(request: HttpRequest, now: Acting) -> HttpResponse:
    """The language one reads, here and from the next sign-in on."""
    given = read(ChangeLanguage, {"language": request.POST.get("language", "")})
    operations.change_language(actor=now.actor, at=now.at, given=given)
    answer = HttpResponseRedirect("/account/")
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, tongue_of(given.language), samesite="Lax", secure=settings.LANGUAGE_COOKIE_SECURE
    )
    return answer


@sensitive_post_parameters()
@require_POST
@acting()
def password(request: HttpRequest, now: Acting) -> HttpResponse:
    """A new password; every other device is signed out."""
    try:
        operations.change_password(
            actor=now.actor,
            at=now.at,
            given=_passwords(request),
            session=now.session.id,
            wall=wall(),
            origin=origin_of(request),
        )
    except Refusal as refusal:
        return show_account(request, now, refusal, "password")
    auth.update_session_auth_hash(request, identity.account(now.session.staff))
    say_next(
        request, Said(Text(zh="密码已改，其他设备已退出", en="The password is changed; other devices are signed out"))
    )
    return HttpResponseRedirect("/account/")


def _passwords(request: HttpRequest) -> ChangePassword:
    old, fresh, again = (request.POST.get(name, "") for name in ("old", "password", "again"))
    if len(fresh) < 8:
        raise InvalidInput(field="password", rule=_SHORT)
    if fresh != again:
        raise InvalidInput(field="again", rule=_DIFFER)
    return read(ChangePassword, {"old": old, "password": fresh})


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@acting()
def proof(request: HttpRequest, now: Acting) -> HttpResponse:
    """The password once more, before a change of how one signs in."""
    to, told = safe_next(request), None
    if request.method == "POST":
        try:
            operations.prove_password(
                actor=now.actor,
                at=now.at,
                session=now.session.id,
                password=request.POST.get("password", ""),
                wall=wall(),
                origin=origin_of(request),
            )
            return HttpResponseRedirect(to)
        except Refusal as refusal:
            told = refusal
    context: dict[str, Any] = {
        "next": to,
        "refused": refused(told, now) if told else None,
        "username": now.session.username,
    }
    return show(request, now, "console/account/proof.html", status=told.status if told else 200, **context)


@require_POST
@acting()
def end_session(request: HttpRequest, now: Acting, session: int) -> HttpResponse:
    """One of one's own devices is signed out."""
    given = read(SessionNumbered, {"session": session})
    operations.end_session(actor=now.actor, at=now.at, given=given, wall=wall())
    say_next(request, Said(Text(zh="已退出那台设备", en="That device is signed out")))
    return HttpResponseRedirect("/account/")


@require_POST
@acting()
def end_others(request: HttpRequest, now: Acting) -> HttpResponse:
    """Every device but this one is signed out."""
    given = read(StaffNamed, {"username": now.session.username})
    ended = operations.end_sessions(actor=now.actor, at=now.at, given=given, wall=wall(), but=now.session.id)
    say_next(request, Said(Text(zh=f"已退出另外 {ended} 处", en=f"Signed out of {ended} others")))
    return HttpResponseRedirect("/account/")
