"""A draft in forms: the whole of it, and one clause to be filled in."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from huiguan.console.acting import Acting, acting, refused, show
from huiguan.console.authoring.clauses import clause_form, clause_of, done, filled, untouched
from huiguan.console.authoring.drafting import (
    Opened,
    add_clause,
    opened,
    posted_revision,
    remove_clause,
    save_clause,
    save_source,
)
from huiguan.console.authoring.overview import clause_href, form_page
from huiguan.design.markup import tongue
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.rules.editing import with_clause_of
from huiguan.rules.sentences.answering import Posted

CURRENT = "rulebook"
_SAVED = Text(zh="已存入草案", en="Saved to the draft")
_REMOVED = Text(zh="已从草案删去一条", en="A clause was taken out of the draft")


@require_http_methods(["GET", "POST"])
@acting("write_rulebook")
def form(request: HttpRequest, now: Acting, number: int) -> HttpResponse:
    """The draft as sentences; POST puts a clause in, back, or takes one out (`do`)."""
    on = opened(now, number)
    if request.method == "POST":
        what, _, clause = request.POST.get("do", "").partition(":")
        return _changed(request, on, what, clause)
    return show(request, now, "console/authoring/form.html", current=CURRENT, page=form_page(on))


def _changed(request: HttpRequest, on: Opened, what: str, clause: str) -> HttpResponse:
    to = f"{on.head.href}form/"
    if what == "remove":
        clause_of(on, clause)
        remove_clause(on, clause)
        _say(request, _REMOVED)
    elif what == "restore" and clause in on.base_plains and clause not in on.plains:
        source = with_clause_of(on.draft.source, on.base_source, clause)
        save_source(on.now, on.draft.number, on.draft.revision, source)
        to = clause_href(on, clause)
    elif what == "new":
        to = clause_href(on, add_clause(on, request.POST.get("kind", ""), request.POST.get("after", "")))
    return HttpResponseRedirect(to)


@require_http_methods(["GET", "POST"])
@acting("write_rulebook")
def clause(request: HttpRequest, now: Acting, number: int, clause: str) -> HttpResponse:
    """One clause as a sentence with blanks. POST saves it, or with `do` adds, takes out or moves a row first."""
    on = opened(now, number)
    if request.method == "GET":
        page = clause_form(on, clause, untouched(on, clause))
        return show(request, now, "console/authoring/clause.html", current=CURRENT, page=page)
    given = filled(on, clause, _posted(request), _lang(request))
    deed, revision = request.POST.get("do", ""), posted_revision(request.POST.get("revision", ""))
    # The page goes on being written over what it was: saving it later still writes over nobody's work.
    head = replace(on.head, revision=revision)
    if deed:
        kind = str(clause_of(on, clause)["kind"])
        page = clause_form(on, clause, given, view=done(kind, given.wanted, deed))
        return show(request, now, "console/authoring/clause.html", current=CURRENT, page=replace(page, draft=head))
    try:
        save_clause(on, clause, revision, given.wanted)
    except Refusal as refusal:
        page = replace(clause_form(on, clause, given), draft=head, refused=refused(refusal, now))
        return show(request, now, "console/authoring/clause.html", current=CURRENT, page=page, status=refusal.status)
    _say(request, _SAVED)
    return HttpResponseRedirect(clause_href(on, clause))


@require_POST
@acting("write_rulebook")
def check(request: HttpRequest, now: Acting, number: int, clause: str) -> HttpResponse:
    """What the clause means as far as it is filled in: a part of its page, drawn anew while somebody types."""
    on = opened(now, number)
    page = clause_form(on, clause, filled(on, clause, _posted(request), _lang(request)), part=True)
    writing = request.headers.get("HX-Trigger-Name", "").startswith("text.")
    return render(request, "console/authoring/checked.html", {"page": page, "writing": writing})


def _posted(request: HttpRequest) -> Posted:
    return {name: [str(each) for each in values] for name, values in request.POST.lists()}


def _lang(request: HttpRequest) -> str:
    """The language the form was drawn in: rates are written otherwise in the other."""
    lang = request.POST.get("lang", "")
    return lang if lang in ("zh", "en") else tongue()


def _say(request: HttpRequest, text: Text) -> None:
    messages.success(request, text.of(tongue()))
