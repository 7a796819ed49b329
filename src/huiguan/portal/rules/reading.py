"""The published versions in the words members read."""

from __future__ import annotations

import re
from itertools import pairwise

from huiguan.design.values import Mark, Words
from huiguan.kernel.text import Text
from huiguan.portal.acting import Visiting
from huiguan.portal.rules.pages import Article, Changed, Chapter, RulesPage, Step
from huiguan.programme import queries as programmes
from huiguan.programme.values import PublishedVersion
from huiguan.rules.differing import ADDED, CHANGED, REMOVED, ClauseChange, difference
from huiguan.rules.programme import Clause, Programme

_CHAPTER = re.compile(r"^(\([^)]+\)|[零一二三四五六七八九十]+)")
SHOWN = 12  # versions
_MARKS = {
    ADDED: Mark(Text(zh="新增", en="new"), "ok"),
    REMOVED: Mark(Text(zh="删去", en="taken out"), "stop"),
    CHANGED: Mark(Text(zh="改动", en="changed"), "warn"),
}


def rules_page(now: Visiting) -> RulesPage:
    """The version in force."""
    book = programmes.rulebook(now.actor, now.at)
    versions = programmes.versions(now.actor)
    later = [each for each in versions if each.effective_from > now.at]
    return RulesPage(
        title=book.compiled.title,
        number=book.version.number,
        since=book.version.effective_from,
        chapters=_chapters(book.compiled),
        versions=len(versions),
        coming=(later[-1].number, later[-1].effective_from) if later else None,
    )


def _chapters(rulebook: Programme) -> list[Chapter]:
    """Clauses that say something, by the chapter their number begins with."""
    found: dict[str, list[Article]] = {}
    for clause in rulebook.clauses.values():
        if clause.text.zh:
            begins = _CHAPTER.match(clause.number or "")
            found.setdefault(begins.group() if begins else "", []).append(_article(clause))
    return [Chapter(rulebook.chapters.get(key, key), articles) for key, articles in found.items()]


def _article(clause: Clause) -> Article:
    return Article(clause.id, clause.number or clause.id, clause.title, clause.text)


def changes_page(now: Visiting) -> list[Step]:
    """The newest versions, each beside the one before."""
    versions = programmes.versions(now.actor)[: SHOWN + 1]
    steps = [_step(now, later, earlier) for later, earlier in pairwise(versions)]
    if versions and len(versions) <= SHOWN:
        first = versions[-1]
        steps.append(Step(first.number, first.effective_from, first.effective_from > now.at, None))
    return steps


def _step(now: Visiting, later: PublishedVersion, earlier: PublishedVersion) -> Step:
    after, before = (programmes.rulebook_of(now.actor, each.number) for each in (later, earlier))
    found = difference(before.source, after.source)
    changed = [_changed(each, before.compiled, after.compiled) for each in found.clauses]
    return Step(later.number, later.effective_from, later.effective_from > now.at, changed)


def _changed(change: ClauseChange, before: Programme, after: Programme) -> Changed:
    was = before.clauses.get(change.id) if change.what != ADDED else None
    now = after.clauses.get(change.id) if change.what != REMOVED else None
    named = now or was
    return Changed(
        number=named.number or change.id if named else change.id,
        title=named.title if named else "",
        mark=_MARKS[change.what],
        before=_text(was),
        after=_text(now),
    )


def _text(clause: Clause | None) -> Words:
    return clause.text if clause else ""
