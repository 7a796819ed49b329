"""The dossiers of a matter, line by line, beside its answers; a paper opened from there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huiguan.cases import operations as cases
from huiguan.cases import queries
from huiguan.console.acting import Acting, acting, clause_ref
from huiguan.design.sending import attachment
from huiguan.design.values import ClauseRef, Mark, Words
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


@require_GET
@acting()
def paper(request: HttpRequest, now: Acting, number: str, document: str) -> HttpResponse:
    """A paper of the matter, for whoever reviews it; who opened it is kept."""
    return attachment(
        cases.open_matter_document(actor=now.actor, at=now.at, matter=number[:20], document=document[:20])
    )
