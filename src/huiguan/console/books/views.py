"""The books: their sums, their proof on demand, and the trail of who did what."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from huiguan.console.acting import Acting, acting, show
from huiguan.console.books.drawing import audit_page, books_page
from huiguan.console.books.proving import ask_proof, proof_part

CURRENT = "books"


@require_GET
@acting("audit")
def books(request: HttpRequest, now: Acting) -> HttpResponse:
    """Each unit's book as of now, the last proof, the last seals."""
    return show(request, now, "console/books/books.html", current=CURRENT, page=books_page(now))


@never_cache
@require_http_methods(["GET", "POST"])
@acting("audit")
def proof(request: HttpRequest, now: Acting) -> HttpResponse:
    """A post has the books proved; the part is asked for until it is done."""
    if request.method == "POST":
        ask_proof(now)
        if not request.headers.get("HX-Request"):
            return HttpResponseRedirect("/books/")
    return render(request, "console/books/proof.html", {"proof": proof_part(now)})


@require_GET
@acting("audit")
def audit(request: HttpRequest, now: Acting) -> HttpResponse:
    """Who did what, about whom, when."""
    page = audit_page(now, request.GET.dict())
    return show(request, now, "console/books/audit.html", current=CURRENT, page=page)
