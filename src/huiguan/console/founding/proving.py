"""The examples of the rulebook that was chosen: how far they are, which come out otherwise."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiguan.console.founding.pages import Differing, ProofPage
from huiguan.console.founding.standing import HOUSE, OWNER, PROOF, RULEBOOK, founding, page, reached
from huiguan.foundation import clock
from huiguan.foundation.errands import DONE, REFUSED
from huiguan.founding.draft import Draft
from huiguan.founding.proofs import ask_proof, run_of
from huiguan.founding.rulebooks import choice_of
from huiguan.kernel.text import Text

_BROKEN = Text(zh="例子没能跑起来，见服务日志。", en="The examples could not be run; the log says why.")
SHOWN = 40


@never_cache
@require_http_methods(["GET", "POST"])
@founding
def proof(request: HttpRequest, draft: Draft) -> HttpResponse:
    """How the examples come out. A POST has them run again."""
    if reached(draft) in (HOUSE, RULEBOOK):
        return HttpResponseRedirect(reached(draft))
    if request.method == "POST" or run_of(draft) is None:
        ask_proof(draft, clock.now())
        return HttpResponseRedirect(PROOF)
    return page(request, draft, PROOF, "console/founding/proof.html", page=_page(draft))


@never_cache
@require_GET
@founding
def state(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The part of the page that changes."""
    if reached(draft) in (HOUSE, RULEBOOK):
        return HttpResponse(headers={"HX-Redirect": reached(draft)})
    return render(request, "console/founding/state.html", {"page": _page(draft)})


@require_POST
@founding
def aside(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The examples that differ do so because of figures one filled in oneself."""
    shown = _page(draft) if draft.errand is not None else None
    if shown is None or shown.state != "differ" or not shown.may_aside:
        return HttpResponseRedirect(PROOF)
    draft.aside = True
    draft.keep()
    return HttpResponseRedirect(OWNER)


def _page(draft: Draft) -> ProofPage:
    choice, run = choice_of(draft.answers["rulebook"]), run_of(draft)
    if run is None:
        return ProofPage(choice.title, "none")
    if not run.ended:
        return ProofPage(choice.title, "working", run.done, run.total)
    if run.state != DONE or run.answer is None:
        message = Text(**run.answer["text"]) if run.state == REFUSED and run.answer else _BROKEN
        return ProofPage(choice.title, "failed", message=message)
    failed = [Differing(each["clause"], each["says"], Text(**each["text"])) for each in run.answer["failed"]]
    may = draft.template is not None and len(failed) < run.answer["examples"]
    outcome = "agree" if not failed else "aside" if draft.aside else "differ"
    return ProofPage(choice.title, outcome, run.answer["examples"] - len(failed), run.answer["examples"], failed, may)
