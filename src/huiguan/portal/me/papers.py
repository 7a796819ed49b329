"""A member's own papers on her phone: handed in, seen again, taken back; templates to fill in, and what she signs."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiguan.design.sending import attachment
from huiguan.design.values import Mark
from huiguan.documents import operations as documents
from huiguan.documents import queries
from huiguan.documents.values import DocumentView, Upload
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.portal.acting import Visiting, go_on, member_only, show
from huiguan.rules.dossiers import docs
from huiguan.rules.kinds import acceptance
from huiguan.visits import operations as visits
from huiguan.visits import queries as visit_queries
from huiguan.visits.inputs import OwnPaper, OwnSignature

_OTHER = Text(zh="其他材料", en="Another paper")
_MARKS = {
    "pass": Mark(Text(zh="通过", en="Passed"), "ok"),
    "fail": Mark(Text(zh="请重交", en="Please send again"), "stop"),
    "unclear": Mark(Text(zh="请说明", en="Please explain"), "warn"),
}
_WAITING = Mark(Text(zh="待审核", en="Being looked at"))


@never_cache
@require_http_methods(["GET", "POST"])
@member_only
def papers(request: HttpRequest, now: Visiting) -> HttpResponse:
    """Her papers; POST hands one in, or a returned one anew."""
    if request.method == "GET":
        return _page(request, now)
    file = request.FILES.get("file")
    upload = Upload(file.name or "", file.read()) if isinstance(file, UploadedFile) else Upload("", b"")
    told = {"doc": request.POST.get("doc", ""), "document": request.POST.get("document") or None}
    told |= {name: request.POST.get(name, "").strip() for name in ("number", "expires", "period")}
    try:
        given = read(OwnPaper, {**told, "scan": request.POST.get("scan") == "1"})
        key = request.POST.get("key") or None
        visits.upload_own_document(actor=now.actor, at=now.at, given=given, file=upload, key=key)
    except Refusal as refusal:
        return _page(request, now, refusal)
    return go_on(request, now, "me/papers", Text(zh="收到了", en="Received"))


@require_POST
@member_only
def sign(request: HttpRequest, now: Visiting) -> HttpResponse:
    """She signs what stands on the page."""
    asked = {name: request.POST.get(name, "").strip() for name in ("acceptance", "edition", "signer")}
    try:
        visits.sign_own(
            actor=now.actor, at=now.at, given=read(OwnSignature, asked), key=request.POST.get("key") or None
        )
    except Refusal as refusal:
        return _page(request, now, refusal)
    return go_on(request, now, "me/papers", Text(zh="签好了", en="Signed"))


@require_GET
@member_only
def file(request: HttpRequest, now: Visiting, document: str) -> HttpResponse:
    """A paper of her own."""
    return attachment(visits.open_own_document(actor=now.actor, at=now.at, document=document))


@require_GET
@member_only
def template(request: HttpRequest, now: Visiting, name: str) -> HttpResponse:
    """A template to fill in."""
    return attachment(documents.open_template(actor=now.actor, at=now.at, name=name))


def _page(request: HttpRequest, now: Visiting, refusal: Refusal | None = None) -> HttpResponse:
    known = docs(now.rulebook)
    held, signed = visit_queries.own_papers(now.actor), visit_queries.own_signatures(now.actor)
    views = list(reversed(visit_queries.own_signed(now.actor)))
    context: dict[str, Any] = {
        "papers": [_row(known, each) for each in held],
        "docs": [*known.items(), ("other", _OTHER)],
        "templates": queries.templates(now.actor),
        "signs": [
            (
                name,
                edition,
                clause.title,
                acceptance.words(clause),
                acceptance.standing(clause, signed).given,
                "member" in acceptance.awaited(clause, signed),
                [each for each in views if each.acceptance == name],
            )
            for name, (clause, edition) in acceptance.editions(now.rulebook).items()
            if "member" in clause.parameters.signs  # type: ignore[attr-defined]
        ],
        "key": get_random_string(20),
    }
    return show(request, now, "portal/me/papers.html", current="me", refusal=refusal, **context)


def _row(known: dict[str, Text], view: DocumentView) -> dict[str, Any]:
    verdict = view.verdict
    return {
        "number": view.number,
        "doc": view.doc,
        "title": known.get(view.doc, _OTHER if view.doc == "other" else Text(zh=view.doc, en=view.doc)),
        "file": view.file.name if view.file else "",
        "at": view.uploaded_at,
        "expires": view.expires,
        "mark": _MARKS[verdict.verdict] if verdict else _WAITING,
        "why": verdict.words if verdict and verdict.verdict != "pass" else "",
    }
