"""The dossiers of a matter, line by line, beside its answers; a paper opened from there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_POST

from huiguan.cases import operations as cases
from huiguan.cases import queries
from huiguan.console.acting import Acting, acting, clause_ref
from huiguan.design.saying import say_next
from huiguan.design.sending import attachment, framed
from huiguan.design.values import ClauseRef, Mark, Said, Words
from huiguan.documents.inputs import JudgeDocument
from huiguan.documents.values import DocumentView
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text
from huiguan.rules.dossiers import Line
from huiguan.rules.kinds import dossier

_MARKS = {
    "complete": Mark(Text(zh="齐", en="Complete"), "ok"),
    "missing": Mark(Text(zh="缺", en="Missing"), "stop"),
    "wrong": Mark(Text(zh="要看", en="Look"), "warn"),
    "optional": Mark(Text(zh="可选", en="Optional"), "draft"),
}


@dataclass(frozen=True, slots=True)
class LineOfFile:
    """One line: how it stands, why, what a reviewer should see of it all the same, and the papers that serve."""

    title: Words
    mark: Mark
    why: Words
    flags: Sequence[Words]
    papers: Sequence[tuple[str, str]]
    clause: ClauseRef


@dataclass(frozen=True, slots=True)
class FileOfMatter:
    """A dossier: `open` lines stand in the way."""

    title: Words
    open: int
    lines: Sequence[LineOfFile]


def files_of(now: Acting, number: str) -> list[FileOfMatter]:
    """The dossiers the matter's stages ask for."""
    found = queries.dossiers(now.actor, number, now.at)
    return [FileOfMatter(each.title, len(each.open), [_line(now, number, one) for one in each.lines]) for each in found]


def _line(now: Acting, number: str, line: Line) -> LineOfFile:
    keeps = now.actor.may("documents")
    said = Text(**dossier.SAYS[line.reason.say].both(**line.reason.values))
    flags = [Text(**dossier.SAYS[each.say].both(**each.values)) for each in line.flags]
    papers = [(each, f"/papers/{each}/" if keeps else f"/matters/{number}/papers/{each}") for each in line.papers]
    why = said if line.state == "wrong" or line.reason.say not in ("missing", "complete", "optional") else ""
    return LineOfFile(line.title, _MARKS[line.state], why, flags, papers, clause_ref(now, line.clause))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper that serves in the matter, to be looked at beside the answers: a `picture` is drawn, a PDF shown in a `frame`,
    anything else is a file to be saved. `told` of it when it was handed in; the verdict as it stands is its `mark` and `why`."""

    number: str
    title: Words
    name: str
    href: str
    look: str
    picture: bool
    pages: int | None
    mark: Mark
    why: str
    told: Sequence[tuple[Words, Words]]
    current: bool = False
    frame: str = ""


_FOUND = {
    "pass": Mark(Text(zh="通过", en="Passed"), "ok"),
    "fail": Mark(Text(zh="退回", en="Returned"), "stop"),
    "unclear": Mark(Text(zh="要说明", en="Unclear"), "warn"),
}
_UNSEEN = Mark(Text(zh="未看", en="Not looked at"), "draft")
_TOLD = {
    "paper_number": Text(zh="编号", en="Number"),
    "issuer": Text(zh="发证机关", en="Issued by"),
    "issued": Text(zh="签发", en="Issued"),
    "expires": Text(zh="有效期至", en="Valid until"),
    "period": Text(zh="年度", en="Fiscal year"),
}


def sheets_of(now: Acting, number: str, chosen: str = "") -> list[Sheet]:
    """The papers of a matter with a file, the one to look at marked: the one chosen, else the first nobody has looked at."""
    titles = {line.doc: line.title for file in queries.dossiers(now.actor, number, now.at) for line in file.lines}
    views = [each for each in queries.papers_of(now.actor, number, now.at) if each.file is not None]
    first = next((each.number for each in views if each.verdict is None), views[0].number if views else "")
    current = chosen if any(each.number == chosen for each in views) else first
    return [_sheet(number, each, titles, current) for each in views]


def _sheet(number: str, view: DocumentView, titles: dict[str, Text], current: str) -> Sheet:
    assert view.file is not None  # only papers with a file are drawn
    told = [(label, value) for name, label in _TOLD.items() if (value := str(getattr(view, name) or ""))]
    verdict = view.verdict
    return Sheet(
        view.number, titles.get(view.doc, Text(zh=view.doc, en=view.doc)), view.file.name,
        f"/matters/{number}/papers/{view.number}", f"/matters/{number}/?paper={view.number}#papers",
        view.file.media.startswith("image/"), view.file.pages, _FOUND[verdict.verdict] if verdict else _UNSEEN,
        verdict.words if verdict else "", told, view.number == current,
        f"/matters/{number}/papers/{view.number}/view" if view.file.media == "application/pdf" else "",
    )  # fmt: skip


@require_POST
@acting()
def verdict(request: HttpRequest, now: Acting, number: str, document: str) -> HttpResponse:
    """A paper judged beside the answers; on to the next nobody has looked at."""
    form = request.POST
    told = {"document": document[:20], "verdict": form.get("verdict", ""), "why": form.get("why", "").strip()}
    given, key = read(JudgeDocument, told), form.get("key") or None
    cases.judge_matter_document(actor=now.actor, at=now.at, matter=number[:20], given=given, key=key)
    say_next(request, Said(_FOUND[given.verdict].text))
    return HttpResponseRedirect(f"/matters/{number}/#papers")


@require_GET
@acting()
def paper(request: HttpRequest, now: Acting, number: str, document: str) -> HttpResponse:
    """A paper of the matter, for whoever reviews it; who opened it is kept."""
    return attachment(
        cases.open_matter_document(actor=now.actor, at=now.at, matter=number[:20], document=document[:20])
    )


@require_GET
@acting()
def view(request: HttpRequest, now: Acting, number: str, document: str) -> HttpResponse:
    """The same in a frame beside the answers, where it is a PDF; who opened it is kept alike."""
    return framed(cases.open_matter_document(actor=now.actor, at=now.at, matter=number[:20], document=document[:20]))
