"""Templates: papers to download and fill in, edition after edition."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiguan.console.acting import Acting, acting, refused_field, show
from huiguan.console.documents.pages import Shelf
from huiguan.console.keys import new_key
from huiguan.design.saying import say_next
from huiguan.design.sending import attachment, uploaded
from huiguan.design.values import Said
from huiguan.documents import operations as documents
from huiguan.documents import queries
from huiguan.documents.inputs import KeepTemplate, WithdrawTemplate
from huiguan.documents.values import Upload
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

NAMES = {
    "name": Text(zh="记作", en="Kept as"),
    "title_zh": Text(zh="中文名", en="Chinese title"),
    "title_en": Text(zh="英文名", en="English title"),
}


@require_http_methods(["GET", "POST"])
@acting("documents")
def shelf(request: HttpRequest, now: Acting) -> HttpResponse:
    """The templates in use; POST puts one there, or its next edition."""
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            given = read(KeepTemplate, {name: request.POST.get(name, "").strip() for name in NAMES})
            file, key = uploaded(request) or Upload("", b""), request.POST.get("key") or None
            documents.keep_template(actor=now.actor, at=now.at, given=given, file=file, key=key)
            say_next(request, Said(Text(zh="模板已放好", en="The template is in use")))
            return HttpResponseRedirect(request.path)
        except Refusal as wrong:
            refusal = wrong
    told = refused_field(refusal, now, NAMES) if refusal else None
    page = Shelf(queries.templates(now.actor), new_key(), told)
    return show(request, now, "console/documents/templates.html", page=page, status=refusal.status if refusal else 200)


@require_GET
@acting("documents")
def file(request: HttpRequest, now: Acting, name: str) -> HttpResponse:
    """The file of the edition in use."""
    return attachment(documents.open_template(actor=now.actor, at=now.at, name=name))


@require_POST
@acting("documents")
def withdraw(request: HttpRequest, now: Acting, name: str) -> HttpResponse:
    """Out of use; its editions stay."""
    given = read(WithdrawTemplate, {"name": name})
    documents.withdraw_template(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    say_next(request, Said(Text(zh="模板已停用", en="The template is out of use")))
    return HttpResponseRedirect("/papers/templates/")
