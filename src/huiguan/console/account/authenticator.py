"""One's own authenticator: its QR code, the first code that confirms it, the codes for paper."""

from __future__ import annotations

import segno
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from huiguan.console.account.drawing import proven
from huiguan.console.account.pages import AuthenticatorPage
from huiguan.console.acting import Acting, brand_of, refused, show, wall
from huiguan.design.markup import plain
from huiguan.design.saying import say_next
from huiguan.design.values import Said
from huiguan.identity import operations
from huiguan.identity import queries as identity
from huiguan.identity.inputs import ConfirmTotp
from huiguan.identity.refusals import CodeRefused, TotpNotBegun
from huiguan.identity.values import NewTotp, RecoveryCodes
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text


@never_cache
@require_http_methods(["GET", "POST"])
@proven
def authenticator(request: HttpRequest, now: Acting) -> HttpResponse:
    """A secret to put into the phone: a POST begins with one; another brings the code it shows, and the recovery codes are
    the answer."""
    house = plain(brand_of(identity.tree(now.actor)).name)
    if request.method == "GET":
        try:
            return _page(request, now, identity.totp_begun(now.actor, now.session.id, wall(), house))
        except TotpNotBegun:
            return show(request, now, "console/account/authenticator.html", page=AuthenticatorPage())
    if "begin" in request.POST:
        operations.begin_totp(actor=now.actor, at=now.at, session=now.session.id, wall=wall(), house=house)
        return HttpResponseRedirect("/account/authenticator")
    given = read(ConfirmTotp, {"code": request.POST.get("code", "").strip() or "-"})
    try:
        codes = operations.confirm_totp(actor=now.actor, at=now.at, session=now.session.id, wall=wall(), given=given)
    except CodeRefused as refusal:
        begun = identity.totp_begun(now.actor, now.session.id, wall(), house)
        return _page(request, now, begun, refusal)
    return show_codes(request, now, codes)


def _page(request: HttpRequest, now: Acting, begun: NewTotp, refusal: CodeRefused | None = None) -> HttpResponse:
    page = AuthenticatorPage(
        qr=qr_of(begun.address),
        secret=" ".join(begun.secret[i : i + 4] for i in range(0, len(begun.secret), 4)),
        refused=refused(refusal, now) if refusal else None,
    )
    return show(
        request, now, "console/account/authenticator.html", page=page, status=refusal.status if refusal else 200
    )


def qr_of(address: str) -> SafeString:
    """A QR code as SVG, drawn here: the secret leaves the house for no service."""
    drawn = segno.make(address, error="m").svg_inline(omitsize=True, border=0, svgclass="qr-code", lineclass=None)
    return mark_safe(drawn)


def show_codes(request: HttpRequest, now: Acting, codes: RecoveryCodes) -> HttpResponse:
    return show(request, now, "console/account/codes.html", codes=codes.codes)


@require_POST
@proven
def removal(request: HttpRequest, now: Acting) -> HttpResponse:
    """The authenticator is asked for no more."""
    operations.remove_totp(actor=now.actor, at=now.at, session=now.session.id, wall=wall())
    say_next(request, Said(Text(zh="验证器已停用", en="The authenticator is off")))
    return HttpResponseRedirect("/account/")


@never_cache
@require_POST
@proven
def recovery_codes(request: HttpRequest, now: Acting) -> HttpResponse:
    """Ten fresh codes for paper; the ones before open nothing any more."""
    codes = operations.renew_recovery_codes(actor=now.actor, at=now.at, session=now.session.id, wall=wall())
    return show_codes(request, now, codes)
