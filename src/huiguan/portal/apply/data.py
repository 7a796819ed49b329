"""An applicant's own data: what she agreed to, who looked, how long it is kept; the copy she takes away; everything erased."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huiguan.cases import queries
from huiguan.design.saying import say_next
from huiguan.design.values import Said
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import InvalidInput, Refusal
from huiguan.kernel.text import Text
from huiguan.portal.acting import Visiting, clause_refs, refused, show
from huiguan.portal.apply.acting import applying, let_out
from huiguan.visits import operations as visits
from huiguan.visits import queries as visit_queries
from huiguan.visits.inputs import EraseApplication

_SURE = Text(zh="请勾选“我明白”", en="Please tick that you understand")
_REASON = "本人收回同意 consent taken back"


@never_cache
@require_GET
@applying
def data(request: HttpRequest, now: Visiting, number: str) -> HttpResponse:
    """What is known of her in this matter, and what she may do about it."""
    return _page(request, now, number)


@require_POST
@applying
def copy(request: HttpRequest, now: Visiting, number: str) -> HttpResponse:
    """The copy as JSON, to be kept: answers as her code shows them, rounds, letters, what happened, papers, agreements."""
    answer = JsonResponse(_copied(now, number), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="{now.programme.code}-{number}.json"'
    return answer


@require_POST
@applying
def erasure(request: HttpRequest, now: Visiting, number: str) -> HttpResponse:
    """She takes her agreement back: the application ends, what she gave is erased, and this device is out."""
    try:
        if not request.POST.get("sure"):
            raise InvalidInput(field="sure", rule=_SURE)
        given = read(EraseApplication, {"matter": number, "reason": _REASON, "withdraw": True})
        visits.erase_application(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    except Refusal as refusal:
        return _page(request, now, number, refusal)
    say_next(request, Said(Text(zh=f"{number} 的资料已删除", en=f"The data of {number} is erased")))
    return let_out(HttpResponseRedirect(f"{now.base}apply/"), now)


def _page(request: HttpRequest, now: Visiting, number: str, refusal: Refusal | None = None) -> HttpResponse:
    told = visit_queries.applicant_data(now.actor, number, now.at)
    status = queries.status_for_applicant(now.actor, number, now.at)
    return show(
        request, now, "portal/apply/data.html", current="me", told=told, status=refusal.status if refusal else 200,
        here=f"{now.base}apply/{number}/", matter=status, clauses=clause_refs(now, told.clause),
        refused=refused(refusal, now) if refusal else None, key=get_random_string(22),
        member=now.actor.kind == "member",
    )  # fmt: skip


def _copied(now: Visiting, number: str) -> dict[str, Any]:
    actor, at = now.actor, now.at
    view, status = queries.matter(actor, number, at), queries.status_for_applicant(actor, number, at)
    told = visit_queries.applicant_data(actor, number, at)
    return {
        "programme": {"code": now.programme.code, "rulebook": view.version},
        "as_of": at,
        "application": {"number": number, "title": status.title.zh, "state": status.state, "stage": status.stage.zh},
        "answers": dict(status.form),
        "rounds": [{"n": each.n, "at": each.at} for each in view.rounds],
        "papers": [
            {"doc": line.doc, "numbers": list(line.papers)}
            for part in queries.dossiers(actor, number, at) for line in part.lines if line.papers
        ],
        "letters": [
            {"at": each.at, "subject": each.subject.zh, "text": each.text.zh}
            for each in queries.letters_of(actor, number, at)
        ],
        "happened": [{"at": each.at, "what": each.text.zh} for each in status.steps],
        "agreements": [{"what": each.what, "version": each.version, "at": each.at, "words": each.words.zh} for each in told.agreed],
        "looks": [{"at": each.at, "by": each.by, "what": each.what.zh} for each in told.looks],
    }  # fmt: skip
