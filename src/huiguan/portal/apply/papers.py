"""Papers of an application: what is asked for, what was handed in and how it was found, templates to fill in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from huiguan.cases import operations as cases
from huiguan.cases import queries
from huiguan.cases.inputs import AttachDocument
from huiguan.cases.values import LIVING
from huiguan.design.sending import attachment, uploaded
from huiguan.design.values import Mark, Words
from huiguan.documents import operations as documents
from huiguan.documents import queries as kept
from huiguan.documents.values import DocumentView, Upload
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.portal.acting import Visiting, clause_ref, go_on, show, visiting
from huiguan.portal.apply.acting import applying
from huiguan.portal.apply.pages import DossierPart, PaperLine
from huiguan.portal.apply.steps import PAPERS, Filling, filling, wizard
from huiguan.rules import courses, dossiers
from huiguan.rules.dossiers import Line, Standing
from huiguan.rules.kinds import dossier
from huiguan.rules.programme import Programme

_LINES = {
    "complete": Mark(Text(zh="齐", en="Complete"), "ok"),
    "missing": Mark(Text(zh="还缺", en="Missing"), "warn"),
    "wrong": Mark(Text(zh="请补", en="Look again"), "stop"),
    "optional": Mark(Text(zh="可不交", en="Optional"), "draft"),
}
_FOUND = {
    "pass": Mark(Text(zh="通过", en="Passed"), "ok"),
    "fail": Mark(Text(zh="请重交", en="Please send again"), "stop"),
    "unclear": Mark(Text(zh="请说明", en="Please explain"), "warn"),
}
_WAITING = Mark(Text(zh="已收到", en="Received"))
_TOLD = ("form", "number", "issuer", "issued", "expires", "period", "whose", "part")


@never_cache
@require_http_methods(["GET", "POST"])
@applying
def papers(request: HttpRequest, now: Visiting, number: str) -> HttpResponse:
    """Line by line; POST hands one in, or one anew."""
    if request.method == "GET":
        return _page(request, now, number)
    form = request.POST
    told: dict[str, Any] = {name: form.get(name, "").strip() for name in _TOLD}
    told |= {"matter": number, "doc": form.get("doc", ""), "document": form.get("document") or None}
    told |= {"scan": form.get("scan") == "1", "stamped": form.get("stamped") == "1"}
    try:
        upload = uploaded(request) or Upload("", b"")
        given = read(AttachDocument, told)
        key = form.get("key") or None
        cases.attach_document(actor=now.actor, at=now.at, given=given, file=upload, key=key)
    except Refusal as refusal:
        return _page(request, now, number, refusal)
    return go_on(request, now, f"apply/{number}/{PAPERS}", Text(zh="收到了", en="Received"))


@require_GET
@applying
def paper(request: HttpRequest, now: Visiting, number: str, document: str) -> HttpResponse:
    """A paper of the application, seen again by who handed it in."""
    opened = cases.open_matter_document(actor=now.actor, at=now.at, matter=number, document=document[:20])
    return attachment(opened)


@require_GET
@visiting()
def template(request: HttpRequest, now: Visiting, name: str) -> HttpResponse:
    """A template to fill in, for anybody who comes to apply."""
    door = Actor("applicant", 0, "访客", now.programme.id)
    return attachment(documents.open_template(actor=door, at=now.at, name=name))


def _page(request: HttpRequest, now: Visiting, number: str, refusal: Refusal | None = None) -> HttpResponse:
    held = filling(now, number)
    wrong = request.POST.get("line", "") if refusal else ""
    return show(
        request, now, "portal/apply/papers.html", page=wizard(now, held, PAPERS) if held.files else None,
        parts=dossier_parts(now, held), key=get_random_string(22), wrong=wrong, typed=request.POST.dict(),
        here=f"{now.base}apply/{number}/",
        living=held.form.state in LIVING, filling=held.form.state != "open", title=held.form.title,
        refusal=refusal,
    )  # fmt: skip


def dossier_parts(now: Visiting, held: Filling) -> list[DossierPart]:
    """The dossiers of a matter, line by line, with what serves for each."""
    files = {each.number: each for each in queries.papers_of(now.actor, held.form.number, now.at)}
    templates = {each.name for each in kept.templates(now.actor)}
    return [
        DossierPart(
            each.title, _before(now.rulebook, held.form.procedure, each.dossier), len(each.open),
            [_line(now, each, n, line, files, templates) for n, line in enumerate(each.lines)],
        )
        for each in held.files
    ]  # fmt: skip


def _before(rulebook: Programme, procedure: str, name: str) -> Words:
    """Before which stage a dossier must be whole."""
    found = courses.course(rulebook, procedure)
    leg = next((each for each in found.legs if name in each.stage.needs), None) if found is not None else None
    return leg.title if leg is not None else ""


def _line(
    now: Visiting, of: Standing, n: int, line: Line, files: dict[str, DocumentView], templates: set[str]
) -> PaperLine:
    item = next((item for _, item in dossiers.items(now.rulebook, of.dossier) if item.doc == line.doc), None)
    said = Text(**dossier.SAYS[line.reason.say].both(**line.reason.values))
    asks: set[str] = set(item.wants) if item is not None else set()
    asks |= {"scan"} if "scan" in dossiers.every(now.rulebook, of.dossier) else set()
    return PaperLine(
        id=f"{of.dossier}-{n}", doc=line.doc, title=line.title, mark=_LINES[line.state],
        why=said if line.state == "wrong" else "",
        files=[_file(files[each]) for each in line.papers if each in files],
        template=line.template if line.template in templates else "", asks=sorted(asks),
        form=(item.form or "") if item is not None else "", stamp=item.stamp if item is not None else False,
        period=line.period, whose=line.whose,
        parts=[(each.part, Text(zh=each.title.zh, en=each.title.en)) for each in dossiers.parts(now.rulebook, of.dossier, line.doc)],
        blocks=line.blocks, clause=clause_ref(now, line.clause),
    )  # fmt: skip


def _file(view: DocumentView) -> tuple[str, str, Mark, str]:
    verdict = view.verdict
    name = view.file.name if view.file else "—"
    why = verdict.words if verdict is not None and verdict.verdict != "pass" else ""
    return view.number, name, _FOUND[verdict.verdict] if verdict else _WAITING, why
