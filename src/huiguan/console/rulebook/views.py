"""The rulebook as it is published: its whole text, one clause, its file, and its examples run again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huiguan.console.acting import Acting, acting, show
from huiguan.console.rulebook.examples import ask_rehearsal, examples_part
from huiguan.console.rulebook.reading import clause_page, rulebook_page
from huiguan.programme import queries as programmes

CURRENT = "rulebook"


@require_GET
@acting("read_rulebook")
def read(request: HttpRequest, now: Acting) -> HttpResponse:
    """The text, chapter by chapter. `version`: another one than that in force; `show`: acting, gaps, waiting."""
    page = rulebook_page(now, request.GET.get("version"), request.GET.get("show", "all"))
    return show(
        request,
        now,
        "console/rulebook/text.html",
        current=CURRENT,
        page=page,
        drafts=programmes.reads_drafts(now.actor),
    )


@require_GET
@acting("read_rulebook")
def clause(request: HttpRequest, now: Acting, clause: str) -> HttpResponse:
    """One clause: what a member reads, what it does, what proves it."""
    version = request.GET.get("version")
    page, examples = clause_page(now, clause, version), examples_part(now, clause, version)
    return show(request, now, "console/rulebook/clause.html", current=CURRENT, page=page, examples=examples)


@require_GET
@acting("read_rulebook")
def file(request: HttpRequest, now: Acting, number: int) -> HttpResponse:
    """A version's file as it was published."""
    book = programmes.rulebook_of(now.actor, number)
    name = f"{book.compiled.name}-{number}.yaml"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(book.source, content_type="text/plain; charset=utf-8", headers=headers)


@require_POST
@acting("read_rulebook")
def rehearse(request: HttpRequest, now: Acting, clause: str) -> HttpResponse:
    """Run the clause's examples again; the page watches."""
    version = request.GET.get("version")
    number = ask_rehearsal(now, clause, version)
    if request.headers.get("HX-Request"):
        return render(
            request, "console/rulebook/examples.html", {"examples": examples_part(now, clause, version, number)}
        )
    return HttpResponseRedirect(f"/rulebook/{clause}/#examples")


@never_cache
@require_GET
@acting("read_rulebook")
def rehearsal(request: HttpRequest, now: Acting, clause: str, number: int) -> HttpResponse:
    """How far a run is, as the part of the page that shows the examples."""
    part = examples_part(now, clause, request.GET.get("version"), number)
    return render(request, "console/rulebook/examples.html", {"examples": part})
