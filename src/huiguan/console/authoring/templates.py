"""The gallery of templates, and a draft begun from one of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_http_methods

from huiguan.console.acting import Acting, acting, refused, show
from huiguan.console.authoring.gallery import begin_page, begun, shelves
from huiguan.kernel.refusals import Refusal
from huiguan.rules.sentences.wheres import COMPARISONS

CURRENT = "rulebook"


@require_GET
@acting("read_rulebook")
def gallery(request: HttpRequest, now: Acting) -> HttpResponse:
    """The rulebooks that come along, as cards."""
    return show(request, now, "console/authoring/gallery.html", current=CURRENT, shelves=shelves(now.at))


@require_http_methods(["GET", "POST"])
@acting("write_rulebook")
def begin(request: HttpRequest, now: Acting, template: str) -> HttpResponse:
    """A template's few questions; POST opens a draft with the answers in it."""
    context: dict[str, Any] = {"comparisons": COMPARISONS, "errors": {}}
    if request.method == "GET":
        page = begin_page(now.at, template)
        return show(request, now, "console/authoring/begin.html", current=CURRENT, page=page, **context)
    posted = {name: [str(each) for each in values] for name, values in request.POST.lists()}
    try:
        number = begun(now, template, posted)
    except Refusal as refusal:
        page = begin_page(now.at, template, posted, refused(refusal, now))
        return show(
            request, now, "console/authoring/begin.html", current=CURRENT, page=page, status=refusal.status, **context
        )
    return HttpResponseRedirect(f"/rulebook/drafts/{number}/form/")
