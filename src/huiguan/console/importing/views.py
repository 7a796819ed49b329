"""Importing: choose a file, confirm its columns, watch it come in, take away what was rejected."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiguan.console.acting import Acting, acting, refused, show
from huiguan.console.importing.drawing import columns_page, columns_said, names_shops, run_page, start_page
from huiguan.console.importing.kinds import kind_of
from huiguan.console.importing.running import KIND, ask_import
from huiguan.console.importing.uploads import Upload, forget, keep, kept
from huiguan.design.markup import tongue
from huiguan.design.sending import file_answer
from huiguan.foundation.errands import Errand, errand
from huiguan.foundation.sheets import Columns, Preview, demand_required, preview
from huiguan.kernel.refusals import NotFound, Refusal
from huiguan.kernel.text import Text

_FILE = Text(zh="文件", en="file")


@require_http_methods(["GET", "POST"])
@acting("import")
def start(request: HttpRequest, now: Acting) -> HttpResponse:
    """Choose what and hand in a file; a file that cannot be read is refused here."""
    asked = request.POST if request.method == "POST" else request.GET
    kind = kind_of(asked.get("kind", "members"))
    if request.method == "GET":
        return show(request, now, "console/importing/start.html", page=start_page(now, kind.name))
    upload: Upload | None = None
    try:
        upload = keep(now, kind.name, request.FILES.get("file"))
        preview(upload.path, kind.fields(now))
    except Refusal as refusal:
        if upload is not None:
            forget(upload)
        page = start_page(now, kind.name, refused(refusal, now))
        return _shown(request, now, "console/importing/start.html", 422, page=page)
    return HttpResponseRedirect(f"/import/{upload.token}/")


@require_http_methods(["GET", "POST"])
@acting("import")
def columns(request: HttpRequest, now: Acting, token: str) -> HttpResponse:
    """What each column was taken for; changed where wrong, then tried or imported."""
    upload = _file(now, token)
    seen = preview(upload.path, kind_of(upload.kind).fields(now))
    shop = request.POST.get("shop", now.shop.code if now.shop else "")
    try:
        if request.method == "POST":
            number = _ask(request, now, upload, seen, shop)
            return HttpResponseRedirect(f"/import/runs/{number}/")
    except Refusal as refusal:
        said = _said_or_guessed(request, seen)
        page = columns_page(now, upload, Preview(seen.fields, said, seen.rows), shop, refused(refusal, now))
        return _shown(request, now, "console/importing/columns.html", 422, page=page)
    return show(request, now, "console/importing/columns.html", page=columns_page(now, upload, seen, shop))


def _ask(request: HttpRequest, now: Acting, upload: Upload, seen: Preview, shop: str) -> int:
    columns = columns_said(seen, _said(request))
    demand_required(seen.fields, columns)
    trial = request.POST.get("act") == "trial"
    named = shop or None if names_shops(seen) else None
    return ask_import(now, upload, columns, shop=named, dry_run=trial, lang=tongue())


def _said(request: HttpRequest) -> dict[int, str]:
    """Column -> field, as the form sends them: `column-3=amount`."""
    named = {
        name.removeprefix("column-"): str(value) for name, value in request.POST.items() if name.startswith("column-")
    }
    return {int(place): value for place, value in named.items() if place.isdecimal() and len(place) < 6 and value}


def _said_or_guessed(request: HttpRequest, seen: Preview) -> Columns:
    """What was chosen stays on the page, even where it is wrong."""
    places: dict[str, int] = {}
    for place, name in _said(request).items():
        places.setdefault(name, place)
    return Columns(seen.columns.heading_row, seen.columns.headings, places)


@never_cache
@require_GET
@acting("import")
def run(request: HttpRequest, now: Acting, number: int) -> HttpResponse:
    """An import under way, or how it ended."""
    return show(request, now, "console/importing/run.html", run=run_page(errand(now.actor, number, KIND)))


@never_cache
@require_GET
@acting("import")
def state(request: HttpRequest, now: Acting, number: int) -> HttpResponse:
    """How far it is, as the part of the page that changes."""
    return render(request, "console/importing/state.html", {"run": run_page(errand(now.actor, number, KIND))})


@require_POST
@acting("import")
def confirm(request: HttpRequest, now: Acting, number: int) -> HttpResponse:
    """Take in for good what was tried, with the same columns."""
    tried: Errand = errand(now.actor, number, KIND)
    given = tried.given
    upload = _file(now, given["token"])
    asked = ask_import(
        now, upload, Columns.from_json(given["columns"]), shop=given["shop"], dry_run=False, lang=tongue()
    )
    return HttpResponseRedirect(f"/import/runs/{asked}/")


@require_GET
@acting("import")
def rejected(request: HttpRequest, now: Acting, number: int) -> HttpResponse:
    """The file of rejected rows."""
    upload = kept(now.actor.programme, errand(now.actor, number, KIND).given["token"])
    if not upload.rejected.exists():
        raise NotFound(field="file", what=_FILE, given=upload.rejected_name)
    return file_answer(upload.rejected.read_bytes(), upload.rejected_name)


def _file(now: Acting, token: str) -> Upload:
    upload = kept(now.actor.programme, token)
    if not upload.path.exists():
        raise NotFound(field="file", what=_FILE, given=upload.name)
    return upload


def _shown(request: HttpRequest, now: Acting, template: str, status: int, **context: Any) -> HttpResponse:
    return show(request, now, template, status=status, **context)
