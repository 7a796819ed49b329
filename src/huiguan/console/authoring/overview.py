"""The whole draft as sentences, chapter by chapter, with what changed and what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from huiguan.console.authoring.drafting import Opened
from huiguan.console.authoring.pages import Chapter, FormPage, Gone, Row, Said
from huiguan.console.rulebook.reading import marks_of
from huiguan.design.values import Mark
from huiguan.kernel.text import Text
from huiguan.rules.findings import REFUSE, Finding
from huiguan.rules.kinds import KINDS
from huiguan.rules.sentences.telling import terms

_CHAPTER = re.compile(r"^(\([^)]+\)|[零一二三四五六七八九十]+|\d+(?=\.))")
CHANGED = Mark(Text(zh="已改", en="Changed"), "draft")
NEW = Mark(Text(zh="新条", en="New"), "draft")
WRONG = Mark(Text(zh="不能发布", en="Cannot be run"), "stop")
UNWISE = Mark(Text(zh="请看一看", en="Look again"), "warn")
NO_TITLE = Text(zh="（没有标题）", en="(no title)")


def form_page(on: Opened) -> FormPage:
    """Everything the draft says, clause by clause; what was taken out can be put back."""
    rows = rows_of(on)
    rulebook = on.rulebook
    gone = [
        Gone(id, _both(plain.get("title")))
        for id, plain in on.base_plains.items()
        if on.readable and id not in on.plains
    ]
    kinds = sorted(((name, module.TITLE) for name, module in KINDS.items()), key=lambda each: each[0])
    return FormPage(
        draft=on.head,
        title=rulebook.title if rulebook else on.draft.title,
        chapters=chapters_of(on, rows),
        findings=[said_of(on, each) for each in on.findings if each.clause not in on.plains or each.level == REFUSE],
        gone=gone,
        kinds=kinds,
        changed=sum(1 for row in rows if row.changed) + len(gone),
        readable=on.readable,
    )


def rows_of(on: Opened, current: str = "") -> list[Row]:
    """The draft's clauses in the file's order."""
    rows: list[Row] = []
    for id, plain in on.plains.items():
        again = bool(rows) and rows[-1].number == str(plain.get("number", ""))
        rows.append(_row(on, id, plain, current, again))
    return rows


def _row(on: Opened, id: str, plain: Mapping[str, Any], current: str, again: bool) -> Row:
    number = str(plain.get("number", ""))
    found = _CHAPTER.match(number)
    clause = on.examined[0].clauses.get(id) if on.examined[0] else None
    changed = bool(on.base_plains) and on.base_plains.get(id) != plain
    marks = [NEW if id not in on.base_plains else CHANGED] if changed else []
    levels = {finding.level for finding in on.findings if finding.clause == id}
    marks += [WRONG] if REFUSE in levels else [UNWISE] if levels else []
    return Row(
        id=id,
        number=number or id,
        place=number.removeprefix(found.group(1)) if found else number,
        title=_both(plain.get("title")),
        text=_both(plain.get("text")),
        href=clause_href(on, id),
        terms=terms(on.examined[0], clause) if clause and on.examined[0] and clause.waits_for is None else (),
        marks=[*marks, *(marks_of(clause) if clause else ())],
        current=id == current,
        again=again,
        changed=changed,
    )


def clause_href(on: Opened, clause: str) -> str:
    return f"{on.head.href}clauses/{clause}/"


def chapters_of(on: Opened, rows: list[Row]) -> list[Chapter]:
    """The rows under the source's own chapters."""
    titles = on.rulebook.chapters if on.rulebook else {}
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        found = _CHAPTER.match(row.number)
        grouped.setdefault(found.group(1) if found else "", []).append(row)
    return [Chapter(number, titles.get(number, ""), each) for number, each in grouped.items()]


def said_of(on: Opened, finding: Finding) -> Said:
    """A finding with the clause it is about."""
    plain = on.plains.get(finding.clause or "")
    number = str(plain.get("number", finding.clause)) if plain else finding.clause or ""
    href = clause_href(on, finding.clause) if plain and finding.clause else ""
    return Said(finding.text, finding.level == REFUSE, finding.line, number, href)


def _both(value: Any) -> Text:
    if isinstance(value, Mapping) and {"zh", "en"} <= set(value):
        return Text(zh=str(value["zh"]), en=str(value["en"]))
    return NO_TITLE
