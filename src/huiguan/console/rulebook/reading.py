"""A published rulebook as pages: its text by chapters, and one clause with its working."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from huiguan.checkout import queries as checkout
from huiguan.console.acting import Acting
from huiguan.console.matters.courses import drawn
from huiguan.console.naming import doer
from huiguan.console.rulebook.pages import Chapter, ClausePage, ClauseRow, RulebookPage, Sort, VersionRow
from huiguan.console.wording import clause_ref
from huiguan.design.values import Mark, Words
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.programme.values import PublishedVersion, Rulebook
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.sentences.telling import terms

_CHAPTER = re.compile(r"^(\([^)]+\)|[零一二三四五六七八九十]+)")
ROOMS = {
    "analytics": Text(zh="统计", en="analytics"),
    "billing": Text(zh="账单", en="billing"),
    "campaigns": Text(zh="营销", en="campaigns"),
    "care": Text(zh="回访", en="member care"),
    "cases": Text(zh="办件", en="casework"),
    "conduct": Text(zh="行为规范", en="conduct"),
    "documents": Text(zh="文书", en="documents"),
    "gatherings": Text(zh="活动", en="events"),
    "governance": Text(zh="治理", en="governance"),
    "messaging": Text(zh="消息", en="messaging"),
    "rewards": Text(zh="礼品", en="rewards"),
}
GAP = Mark(Text(zh="补缺", en="Gap filled"), "warn")
_WAITS = Text(zh="等待{room}", en="Waits for {room}")
_SORTS = {
    "all": Text(zh="全部", en="All"),
    "acting": Text(zh="在执行", en="Acting"),
    "gaps": Text(zh="补缺", en="Gaps filled"),
    "waiting": Text(zh="等待", en="Waiting"),
}
_CLAUSE = Text(zh="条款", en="clause")

_SIMULATING = ("write_rulebook", "approve_rulebook", "publish", "audit")


def book_of(now: Acting, number: str | None) -> Rulebook:
    """The version asked for by its number, else the one in force."""
    if number and number.isdecimal() and len(number) < 10:
        return programmes.rulebook_of(now.actor, int(number))
    return programmes.rulebook(now.actor, now.at)


def rulebook_page(now: Acting, number: str | None, sort: str) -> RulebookPage:
    """The whole text of a version; `sort` one of all, acting, gaps, waiting."""
    book = book_of(now, number)
    versions = _versions(now, book.version)
    opened = next(each for each in versions if each.open)
    clauses = list(book.compiled.clauses.values())
    sort = sort if sort in _SORTS else "all"
    within = "" if opened.state == "now" else f"version={opened.number}"
    sorts = [
        Sort(
            name,
            label,
            sum(1 for each in clauses if _is(each, name)),
            _address("/rulebook/", within, _of(name)),
            name == sort,
        )
        for name, label in _SORTS.items()
    ]
    review = programmes.review(now.actor, now.at) if opened.state == "now" else None
    return RulebookPage(
        title=book.compiled.title,
        source=book.compiled.source or "",
        version=opened,
        versions=versions,
        chapters=_chapters(book.compiled, within, sort=sort),
        sorts=sorts,
        file_href=f"/rulebook/file/{opened.number}",
        simulations_href="/rulebook/simulations/" if any(now.actor.may(power) for power in _SIMULATING) else "",
        review=review,
        review_clause=clause_ref(book.compiled, review.clause if review else None),
    )


def _of(sort: str) -> str:
    return "" if sort == "all" else f"show={sort}"


def _address(path: str, *parts: str) -> str:
    asked = "&".join(part for part in parts if part)
    return f"{path}?{asked}" if asked else path


def _is(clause: Clause, sort: str) -> bool:
    return {
        "all": True,
        "acting": clause.waits_for is None and clause.kind != "statement",
        "gaps": clause.missing,
        "waiting": clause.waits_for is not None,
    }[sort]


def _versions(now: Acting, opened: PublishedVersion) -> list[VersionRow]:
    published = programmes.versions(now.actor)
    current = max((each.effective_from for each in published if each.effective_from <= now.at), default=None)
    in_force = max((each.number for each in published if each.effective_from == current), default=0)
    return [_version(each, now.at, in_force, opened.number) for each in published]


def _version(each: PublishedVersion, at: datetime, in_force: int, opened: int) -> VersionRow:
    state = "now" if each.number == in_force else "coming" if each.effective_from > at else "past"
    return VersionRow(
        number=each.number,
        since=each.effective_from,
        published=each.published_at,
        by=doer(each.by),
        examples=each.proof.examples,
        passed=each.proof.passed,
        state=state,
        href="/rulebook/" if state == "now" else f"/rulebook/?version={each.number}",
        open=each.number == opened,
    )


def marks_of(clause: Clause) -> tuple[Mark, ...]:
    """A gap that was filled, a room that is waited for."""
    waits = (Mark(waits_told(clause), "draft"),) if clause.waits_for else ()
    return ((GAP,) if clause.missing else ()) + waits


def waits_told(clause: Clause) -> Text:
    room = ROOMS.get(clause.waits_for or "", Text(zh=clause.waits_for or "", en=clause.waits_for or ""))
    return Text(**_WAITS.both(room=room))


def _chapters(rulebook: Programme, within: str, *, current: str = "", sort: str = "all") -> list[Chapter]:
    grouped: dict[str, list[ClauseRow]] = {}
    for clause in rulebook.clauses.values():
        found = _CHAPTER.match(clause.number)
        chapter = found.group(1) if found else ""
        row = _row(clause, chapter, within)
        before = grouped.get(chapter, [])
        again = bool(before) and before[-1].number == clause.number and before[-1].shown
        row = replace(row, current=clause.id == current, shown=_is(clause, sort), again=again)
        grouped.setdefault(chapter, []).append(row)
    return [Chapter(number, rulebook.chapters.get(number, ""), rows) for number, rows in grouped.items()]


def _row(clause: Clause, chapter: str, within: str) -> ClauseRow:
    return ClauseRow(
        id=clause.id,
        number=clause.number,
        place=clause.number.removeprefix(chapter),
        title=clause.title,
        text=clause.text,
        href=_address(f"/rulebook/{clause.id}/", within),
        marks=marks_of(clause),
    )


def clause_page(now: Acting, clause_id: str, number: str | None) -> ClausePage:
    """One clause of a version; NotFound where the version has none of that id."""
    book = book_of(now, number)
    rulebook = book.compiled
    clause = rulebook.clauses.get(clause_id)
    if clause is None:
        raise NotFound(field="clause", what=_CLAUSE, given=clause_id)
    opened = next(each for each in _versions(now, book.version) if each.open)
    within = "" if opened.state == "now" else f"version={opened.number}"
    rows = [_row(each, "", within) for each in rulebook.clauses.values()]
    place = [row.id for row in rows].index(clause_id)
    names = {"category": checkout.category_names(now.actor.programme)}
    return ClausePage(
        id=clause.id,
        number=clause.number or clause.id,
        title=clause.title,
        text=clause.text,
        marks=marks_of(clause),
        waits=waits_told(clause) if clause.waits_for else "",
        missing=clause.missing,
        terms=terms(rulebook, clause, names) if clause.waits_for is None else (),
        acts=_is(clause, "acting"),
        facts=_facts(clause),
        version=opened,
        chapters=_chapters(rulebook, within, current=clause_id),
        other=[row for row in rows if row.id != clause_id and _alike(rulebook, clause, row)],
        before=rows[place - 1] if place else None,
        after=rows[place + 1] if place + 1 < len(rows) else None,
        file_href=f"/rulebook/file/{opened.number}#L{clause.line}",
        excerpt=excerpt(book.source, clause.line),
        course=drawn(now, rulebook, clause),
    )


def _alike(rulebook: Programme, clause: Clause, row: ClauseRow) -> bool:
    return clause.kind != "statement" and rulebook.clauses[row.id].kind == clause.kind


def _facts(clause: Clause) -> Sequence[tuple[Words, Words]]:
    title: Text = clause.module.TITLE
    kind = Text(zh=f"{title.zh} · {clause.kind}", en=f"{title.en} · {clause.kind}")
    return [
        (Text(zh="原文", en="Source"), clause.source or "—"),
        (Text(zh="编号", en="Id"), clause.id),
        (Text(zh="类型", en="Kind"), kind),
        (Text(zh="文件行", en="Line"), str(clause.line)),
    ]


def excerpt(source: str, line: int) -> str:
    """A clause as it is written in the file, from its first line to the next clause."""
    lines = source.splitlines()
    start = max(line - 1, 0)
    end = start + 1
    while end < len(lines) and not lines[end].lstrip().startswith(("- id:", "# ──")):
        end += 1
    taken = lines[start:end]
    while taken and (not taken[-1].strip() or taken[-1].lstrip().startswith("#")):
        taken.pop()
    return "\n".join(each.removeprefix("  ") for each in taken)
