"""What is signed in an application: the words as they stand, apart from what was agreed to about data."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huiguan.cases import operations as cases
from huiguan.cases.inputs import SignInMatter
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.portal.acting import Visiting, clause_ref, go_on, show
from huiguan.portal.apply.acting import applying
from huiguan.portal.apply.steps import SIGNATURE, filling, wizard


@never_cache
@require_http_methods(["GET", "POST"])
@applying
def signature(request: HttpRequest, now: Visiting, number: str) -> HttpResponse:
    """Each of them in its edition; POST signs one."""
    if request.method == "GET":
        return _page(request, now, number)
    asked = {name: request.POST.get(name, "").strip() for name in ("acceptance", "edition", "signer")}
    try:
        given, key = read(SignInMatter, {"matter": number, **asked}), request.POST.get("key") or None
        cases.sign_in_matter(actor=now.actor, at=now.at, given=given, key=key)
    except Refusal as refusal:
        return _page(request, now, number, refusal)
    return go_on(request, now, f"apply/{number}/{SIGNATURE}", Text(zh="签好了", en="Signed"))


def _page(request: HttpRequest, now: Visiting, number: str, refusal: Refusal | None = None) -> HttpResponse:
    held = filling(now, number)
    return show(
        request, now, "portal/apply/signature.html", page=wizard(now, held, SIGNATURE) if held.signs else None,
        signs=[(each, clause_ref(now, each.clause)) for each in held.signs], key=get_random_string(22),
        wrong=request.POST.get("acceptance", "") if refusal else "", typed=request.POST.dict(), title=held.form.title,
        here=f"{now.base}apply/{number}/", filling=held.form.state != "open",
        refusal=refusal,
    )  # fmt: skip
