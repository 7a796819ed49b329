"""A draft's file in a plain editor, and its rules as a member will read them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiguan.console.acting import Acting, acting, refused, show
from huiguan.console.authoring.drafting import Opened, opened, posted_revision, save_source
from huiguan.console.authoring.overview import chapters_of, rows_of, said_of
from huiguan.console.authoring.pages import Said, SourceLine, SourcePage
from huiguan.design.markup import tongue
from huiguan.design.values import Refused
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.rules.compiling import check_source

CURRENT = "rulebook"
_SAVED = Text(zh="已存入草案", en="Saved to the draft")


@require_http_methods(["GET", "POST"])
@acting("write_rulebook")
def source(request: HttpRequest, now: Acting, number: int) -> HttpResponse:
    """The file itself, whatever state it is in; POST saves it whole."""
    on = opened(now, number)
    if request.method == "GET":
        return show(request, now, "console/authoring/source.html", current=CURRENT, page=_page(on, on.draft.source))
    text = _text(request, on)
    revision = posted_revision(request.POST.get("revision", ""))
    try:
        save_source(now, number, revision, text)
    except Refusal as refusal:
        # Still written over what it was: saving it again is refused again, and writes over nobody's work.
        page = _page(on, text, refused(refusal, now))
        page = replace(page, draft=replace(on.head, revision=revision))
        return show(request, now, "console/authoring/source.html", current=CURRENT, page=page, status=refusal.status)
    messages.success(request, _SAVED.of(tongue()))
    return HttpResponseRedirect(request.path)


def _text(request: HttpRequest, on: Opened) -> str:
    """What was typed: browsers send lines ended as on Windows, the file keeps its own ends."""
    text = request.POST.get("source", "").replace("\r\n", "\n")
    return text.replace("\n", "\r\n") if "\r\n" in on.draft.source else text


@require_POST
@acting("write_rulebook")
def check(request: HttpRequest, now: Acting, number: int) -> HttpResponse:
    """The findings of the file as it is being typed."""
    on = opened(now, number)
    page = _page(on, _text(request, on))
    return render(request, "console/authoring/findings.html", {"page": page})


def _page(on: Opened, text: str, refusal: Refused | None = None) -> SourcePage:
    findings = on.findings if text == on.draft.source else check_source(text)
    told = [said_of(on, each) for each in findings]
    by_line: dict[int, list[Said]] = {}
    for each in told:
        by_line.setdefault(each.line, []).append(each)
    lines = [SourceLine(place, by_line.get(place, ())) for place in range(1, text.count("\n") + 2)]
    return SourcePage(on.head, text, told, lines, refusal)


@require_GET
@acting("read_rulebook")
def preview(request: HttpRequest, now: Acting, number: int) -> HttpResponse:
    """The rules as a member reads them on the phone, in both languages side by side."""
    on = opened(now, number)
    rulebook = on.rulebook
    context: dict[str, Any] = {
        "draft": on.head,
        "title": rulebook.title if rulebook else on.draft.title,
        "source": rulebook.source if rulebook else None,
        "chapters": chapters_of(on, rows_of(on)),
        "readable": on.readable,
        "languages": ("zh", "en"),
    }
    return show(request, now, "console/authoring/preview.html", current=CURRENT, **context)
