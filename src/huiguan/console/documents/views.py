"""A member's papers, and one paper: handed in, looked at, judged, compared with its original."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiguan.console.acting import Acting, acting, refused, refused_field, show
from huiguan.console.documents.drawing import member_papers, one_paper
from huiguan.console.members.knowing import Member, known_member
from huiguan.design.saying import say_next
from huiguan.design.sending import attachment, framed, uploaded
from huiguan.design.values import Said
from huiguan.documents import operations as documents
from huiguan.documents.inputs import (
    JudgeDocument,
    SeeOriginal,
    SignAcceptance,
    UploadDocument,
    WithdrawDocument,
)
from huiguan.documents.values import OpenedFile
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.members import queries as members

CURRENT = "members"
NAMES = {
    "doc": Text(zh="材料", en="Paper"),
    "form": Text(zh="形式", en="Handed in as"),
    "number": Text(zh="编号", en="Its number"),
    "issuer": Text(zh="发证机关", en="Issued by"),
    "issued": Text(zh="签发日期", en="Issued on"),
    "expires": Text(zh="有效期至", en="Valid until"),
    "period": Text(zh="年度", en="Fiscal year"),
    "whose": Text(zh="谁的", en="Whose"),
    "part": Text(zh="分项", en="Part"),
    "pair": Text(zh="成对记号", en="Goes with"),
    "file": Text(zh="文件", en="File"),
    "why": Text(zh="原因", en="Why"),
    "place": Text(zh="地点", en="Place"),
    "signer": Text(zh="签名人", en="Signed by"),
}
_TEXTS = ("doc", "form", "number", "issuer", "issued", "expires", "period", "whose", "part", "pair")
_TICKS = ("stamped", "scan", "paper")


def _holder(now: Acting, member: Member) -> str:
    return members.papers_holder(now.actor.programme, members.membership(now.actor, member.told.number))


@require_http_methods(["GET", "POST"])
@acting("documents")
def member(request: HttpRequest, now: Acting, number: str) -> HttpResponse:
    """The papers of a member; POST hands one in."""
    known = known_member(now, number)
    holder = _holder(now, known)
    if request.method == "GET":
        return show(
            request, now, "console/documents/member.html", current=CURRENT, page=member_papers(now, known, holder)
        )
    told = {name: request.POST.get(name, "").strip() for name in (*_TEXTS, *_TICKS)}
    try:
        given = read(UploadDocument, {**_typed(told), "holder": holder})
        file, key = uploaded(request), request.POST.get("key") or None
        documents.upload_document(actor=now.actor, at=now.at, given=given, file=file, key=key)
    except Refusal as refusal:
        page = member_papers(now, known, holder, refused=refused_field(refusal, now, NAMES), told=told)
        return show(request, now, "console/documents/member.html", current=CURRENT, page=page, status=refusal.status)
    say_next(request, Said(Text(zh="已收下", en="Handed in")))
    return HttpResponseRedirect(request.path)


def _typed(told: dict[str, str]) -> dict[str, Any]:
    """A form's words as the input takes them: ticks are true or false, days that were left blank none."""
    plain: dict[str, Any] = {name: told[name] for name in _TEXTS}
    plain |= {name: told[name] == "1" for name in _TICKS}
    return plain


@require_POST
@acting("documents")
def sign(request: HttpRequest, now: Acting, number: str) -> HttpResponse:
    """A signature on paper is registered."""
    known = known_member(now, number)
    holder = _holder(now, known)
    asked = {name: request.POST.get(name, "").strip() for name in ("acceptance", "edition", "role", "signer")}
    try:
        given = read(SignAcceptance, {**asked, "holder": holder, "way": "paper"})
        key = request.POST.get("key") or None
        documents.sign_acceptance(actor=now.actor, at=now.at, given=given, rulebook=known.rulebook, key=key)
    except Refusal as refusal:
        page = member_papers(now, known, holder, refused=refused_field(refusal, now, NAMES))
        return show(request, now, "console/documents/member.html", current=CURRENT, page=page, status=refusal.status)
    say_next(request, Said(Text(zh="签署已登记", en="Signature registered")))
    return HttpResponseRedirect(f"/papers/of/{known.told.number}/")


@require_GET
@acting("documents")
def paper(request: HttpRequest, now: Acting, document: str) -> HttpResponse:
    """One paper."""
    return show(request, now, "console/documents/paper.html", current=CURRENT, page=one_paper(now, document))


@require_GET
@acting("documents")
def file(request: HttpRequest, now: Acting, document: str) -> HttpResponse:
    """Its file; who opened it is kept."""
    return attachment(_opened(request, now, document))


@require_GET
@acting("documents")
def view(request: HttpRequest, now: Acting, document: str) -> HttpResponse:
    """The same in a frame on its page, where it is a PDF; who opened it is kept alike."""
    return framed(_opened(request, now, document))


def _opened(request: HttpRequest, now: Acting, document: str) -> OpenedFile:
    edition = request.GET.get("edition", "")
    return documents.open_document(
        actor=now.actor, at=now.at, document=document, edition=int(edition[:6]) if edition.isdecimal() else None
    )


@require_POST
@acting("documents")
def verdict(request: HttpRequest, now: Acting, document: str) -> HttpResponse:
    """It passes, is returned, or is unclear."""

    def do(key: str | None) -> Text:
        asked = {"document": document, "verdict": request.POST.get("verdict", ""), "why": request.POST.get("why", "")}
        documents.judge_document(actor=now.actor, at=now.at, given=read(JudgeDocument, asked), key=key)
        return Text(zh="已记下", en="Noted")

    return _done(request, now, document, do)


@require_POST
@acting("documents")
def original(request: HttpRequest, now: Acting, document: str) -> HttpResponse:
    """The original was seen."""

    def do(key: str | None) -> Text:
        given = read(SeeOriginal, {"document": document, "place": request.POST.get("place", "")})
        documents.see_original(actor=now.actor, at=now.at, given=given, key=key)
        return Text(zh="已记下看过原件", en="Noted: the original was seen")

    return _done(request, now, document, do)


@require_POST
@acting("documents")
def withdraw(request: HttpRequest, now: Acting, document: str) -> HttpResponse:
    """It serves no more."""

    def do(key: str | None) -> Text:
        given = read(WithdrawDocument, {"document": document})
        documents.withdraw_document(actor=now.actor, at=now.at, given=given, key=key)
        return Text(zh="已撤回", en="Withdrawn")

    return _done(request, now, document, do)


def _done(request: HttpRequest, now: Acting, document: str, do: Callable[[str | None], Text]) -> HttpResponse:
    """A deed on one paper: back to it, or there said why not."""
    try:
        said = do(request.POST.get("key") or None)
    except Refusal as refusal:
        if refusal.rank == "existence":
            raise
        told = refused_field(refusal, now, NAMES) if refusal.field in NAMES else refused(refusal, now)
        return show(
            request,
            now,
            "console/documents/paper.html",
            current=CURRENT,
            page=one_paper(now, document, told),
            status=refusal.status,
        )
    say_next(request, Said(said))
    return HttpResponseRedirect(f"/papers/{document}/")
