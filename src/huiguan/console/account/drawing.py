"""One's own account as a page; what a change of how one signs in asks for first."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from huiguan.console.account.pages import AccountPage
from huiguan.console.acting import Acting, acting, refused, show
from huiguan.console.door.challenges import passkeys_possible
from huiguan.console.staff.listing import session_rows
from huiguan.design.wording import device_said
from huiguan.identity import queries as identity
from huiguan.identity.refusals import ProofTooOld
from huiguan.kernel.refusals import Refusal

Part = Callable[..., HttpResponse]


def account_page(request: HttpRequest, now: Acting, refusal: Refusal | None = None, wrong: str = "") -> AccountPage:
    member = identity.staff_member(now.actor, now.session.username, now.at)
    agent = request.headers.get("User-Agent", "")
    return AccountPage(
        name=member.name,
        username=member.username,
        posts=member.posts,
        language=member.language,
        factors=identity.second_factors(now.actor, now.at),
        sessions=session_rows(now, member.username, "/account/sessions"),
        owes=now.owes,
        passkeys_possible=passkeys_possible(request),
        passkey_name=device_said(agent).zh,
        refused=refused(refusal, now) if refusal else None,
        wrong=wrong,
    )


def show_account(request: HttpRequest, now: Acting, refusal: Refusal | None = None, wrong: str = "") -> HttpResponse:
    page = account_page(request, now, refusal, wrong)
    return show(request, now, "console/account/account.html", page=page, status=refusal.status if refusal else 200)


def proven(view: Part) -> Part:
    """Wrap a view of the account whose change takes a recent password: where it lies too long back, ask for it and come
    back to the account; any other refusal is told there."""

    @wraps(view)
    def asked(request: HttpRequest, now: Acting, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, now, *args, **kwargs)
        except ProofTooOld:
            return HttpResponseRedirect(f"/account/proof?{urlencode({'next': back_of(request)})}")
        except Refusal as refusal:
            return show_account(request, now, refusal)

    return acting()(asked)


def back_of(request: HttpRequest) -> str:
    """Where to come back to after the password: the page of the authenticator, else the account."""
    return request.path if request.path == "/account/authenticator" else "/account/"
