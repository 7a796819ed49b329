"""Drafts and versions of the rulebook: listed, written, proved, decided on, compared."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiguan.console.acting import Acting, acting, refused, show
from huiguan.console.drafting import deeds
from huiguan.console.drafting.differences import difference_part, line_pairs
from huiguan.console.drafting.drawing import draft_page, examples_page
from huiguan.console.drafting.listing import draft_rows, version_rows
from huiguan.console.drafting.opening import opened
from huiguan.console.drafting.proofs import proof_part
from huiguan.design.markup import tongue
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.programme import operations
from huiguan.programme import queries as programmes
from huiguan.programme.inputs import SaveExamples, SetApproval
from huiguan.programme.refusals import DraftChanged

CURRENT = "rulebook"
_VERSION = Text(zh="第 {n} 版", en="version {n}")


@require_http_methods(["GET", "POST"])
@acting("read_rulebook")
def drafts(request: HttpRequest, now: Acting) -> HttpResponse:
    """The drafts there are; a post opens another."""
    wrong: Refusal | None = None
    rows = draft_rows(now)
    if request.method == "POST":
        try:
            return HttpResponseRedirect(f"/rulebook/drafts/{opened(now, request)}/")
        except Refusal as refusal:
            wrong = refusal
    context = {
        "rows": rows,
        "versions": programmes.versions(now.actor),
        "writes": now.actor.may("write_rulebook"),
        "title": request.POST.get("title", ""),
        "refused": refused(wrong, now) if wrong else None,
    }
    return _shown(request, now, "list", wrong, **context)


@never_cache
@require_GET
@acting("read_rulebook")
def draft(request: HttpRequest, now: Acting, number: int) -> HttpResponse:
    """One draft."""
    return _shown(request, now, "draft", None, page=draft_page(now, number))


@require_POST
@acting("read_rulebook")
def decide(request: HttpRequest, now: Acting, number: int, deed: str) -> HttpResponse:
    """One deed of `deeds.DEEDS`, and back to the draft; what is refused is told on its page."""
    return _done(request, now, number, deeds.DEEDS[deed])


def _done(request: HttpRequest, now: Acting, number: int, deed: deeds.Deed) -> HttpResponse:
    try:
        told = deed(now, number, request.POST)
    except Refusal as refusal:
        return _shown(request, now, "draft", refusal, page=draft_page(now, number, refused(refusal, now)))
    messages.success(request, told.of(tongue()))
    return HttpResponseRedirect(f"/rulebook/drafts/{number}/")


@never_cache
@require_http_methods(["GET", "POST"])
@acting("read_rulebook")
def proof(request: HttpRequest, now: Acting, number: int) -> HttpResponse:
    """A post has the worker run the examples; the part is asked for until it is done."""
    if request.method == "POST" and not request.headers.get("HX-Request"):
        return _done(request, now, number, deeds.prove)
    if request.method == "POST":
        deeds.prove(now, number, request.POST)
    known = programmes.draft(now.actor, number)
    return render(request, "console/drafting/proof.html", {"proof": proof_part(now, known)})


@never_cache
@require_http_methods(["GET", "POST"])
@acting("read_rulebook")
def examples(request: HttpRequest, now: Acting, number: int) -> HttpResponse:
    """A draft's own examples; a post saves them."""
    if request.method == "GET":
        return _shown(request, now, "examples", None, page=examples_page(now, number))
    # Browsers end lines in their own way.
    written, token = request.POST.get("text", "").replace("\r\n", "\n"), deeds.whole(request.POST, "token")
    try:
        given = read(SaveExamples, {"draft": number, "number": token, "text": written})
        operations.save_examples(actor=now.actor, at=now.at, given=given)
    except Refusal as refusal:
        return _clashed(request, now, number, written, refusal)
    return HttpResponseRedirect(f"/rulebook/drafts/{number}/#proof")


def _clashed(request: HttpRequest, now: Acting, number: int, written: str, refusal: Refusal) -> HttpResponse:
    """What was written stays in the page; where somebody saved meanwhile, beside what it would undo. It is still written
    over what it was: saving it again is refused again."""
    page = examples_page(now, number)
    clash = line_pairs(page.text, written) if isinstance(refusal, DraftChanged) else ()
    token = request.POST.get("token", "")
    page = replace(page, text=written, token=token, refused=refused(refusal, now), clash=clash)
    return _shown(request, now, "examples", refusal, page=page)


@require_GET
@acting("read_rulebook")
def revision(request: HttpRequest, now: Acting, number: int, revision: int) -> HttpResponse:
    """A draft's text as it was saved."""
    source = programmes.draft_text(now.actor, number, revision)
    return HttpResponse(source, content_type="text/plain; charset=utf-8")


@require_http_methods(["GET", "POST"])
@acting("read_rulebook")
def versions(request: HttpRequest, now: Acting) -> HttpResponse:
    """Every version that was published; a post says whether a new one takes a second person."""
    wrong: Refusal | None = None
    if request.method == "POST":
        try:
            asked = {
                "second_person": request.POST.get("second_person") == "yes",
                "reason": request.POST.get("reason", ""),
            }
            operations.set_approval(actor=now.actor, at=now.at, given=read(SetApproval, asked))
            return HttpResponseRedirect("/rulebook/versions/")
        except Refusal as refusal:
            wrong = refusal
    rows = version_rows(now)
    context = {
        "rows": rows,
        "policy": programmes.approval_policy(now.actor),
        "organises": now.actor.may("organise"),
        "drafts": programmes.reads_drafts(now.actor),
        "earliest": programmes.earliest_effect(now.actor, now.at),
        "refused": refused(wrong, now) if wrong else None,
    }
    return _shown(request, now, "versions", wrong, **context)


@require_GET
@acting("read_rulebook")
def compared(request: HttpRequest, now: Acting) -> HttpResponse:
    """Any two versions beside each other."""
    published = programmes.versions(now.actor)
    last = published[0].number if published else 1
    before, after = (_number(request, name, other) for name, other in (("before", max(1, last - 1)), ("after", last)))
    sources = [programmes.rulebook_of(now.actor, each).source for each in (before, after)]
    names = (Text(**_VERSION.both(n=before)), Text(**_VERSION.both(n=after)))
    part = difference_part(sources[0], sources[1], names)
    return _shown(request, now, "compared", None, difference=part, versions=published, before=before, after=after)


def _number(request: HttpRequest, name: str, other: int) -> int:
    asked = request.GET.get(name, "")
    return int(asked) if asked.isdecimal() and len(asked) < 9 else other


def _shown(request: HttpRequest, now: Acting, template: str, wrong: Refusal | None, **context: Any) -> HttpResponse:
    status = wrong.status if wrong else 200
    return show(request, now, f"console/drafting/{template}.html", current=CURRENT, status=status, **context)
