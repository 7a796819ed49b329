"""The page of somebody who was asked to recommend: who asks, for what, and her answer, once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huiguan.cases import operations as cases
from huiguan.cases import queries
from huiguan.cases.inputs import AnswerInvitation
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import InvalidInput, Refusal
from huiguan.kernel.text import Text
from huiguan.portal.acting import Visiting, clause_refs, show, visiting

_CHOOSE = Text(zh="请选推荐或不推荐", en="Say whether you recommend or not")
_WHY = Text(zh="请写明理由", en="Say why")


@never_cache
@require_http_methods(["GET", "POST"])
@visiting()
def recommend(request: HttpRequest, now: Visiting, token: str) -> HttpResponse:
    """The link opens one answer; afterwards it tells what was answered and takes nothing more."""
    if request.method == "GET":
        return _page(request, now, token)
    form = request.POST
    try:
        if form.get("recommends") not in ("yes", "no"):
            raise InvalidInput(field="recommends", rule=_CHOOSE)
        if not form.get("words", "").strip():
            raise InvalidInput(field="words", rule=_WHY)
        told = {"token": token, "recommends": form["recommends"] == "yes", "words": form["words"]}
        door = Actor("applicant", 0, "推荐人", now.programme.id)
        given, key = read(AnswerInvitation, told), form.get("key") or None
        cases.answer_invitation(actor=door, at=now.at, given=given, key=key)
    except Refusal as refusal:
        return _page(request, now, token, refusal)
    return HttpResponseRedirect(request.path)


def _page(request: HttpRequest, now: Visiting, token: str, refusal: Refusal | None = None) -> HttpResponse:
    asked = queries.invitation(now.programme.id, token[:200], now.at)
    return show(
        request, now, "portal/apply/recommend.html", asked=asked, clauses=clause_refs(now, asked.clause),
        typed=request.POST.dict(), wrong=refusal.field if refusal else "", key=get_random_string(22),
        refusal=refusal,
    )  # fmt: skip
