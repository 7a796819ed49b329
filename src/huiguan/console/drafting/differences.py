"""What one text of a rulebook changes in another, as a page tells it: clause by clause, in sentences and figures."""

from __future__ import annotations

from collections.abc import Sequence

from huiguan.console.drafting.pages import ClauseDiff, DifferencePart
from huiguan.console.rulebook.reading import excerpt
from huiguan.design.values import Mark, Words
from huiguan.kernel.text import Text
from huiguan.rules.compiling import RulebookRefused, compile_rulebook
from huiguan.rules.differing import ADDED, CHANGED, REMOVED, ClauseChange, Line, difference, lines
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.sentences.telling import Term, terms

SHOWN_LINES = 400
_MARKS = {
    ADDED: Mark(Text(zh="新增", en="new"), "ok"),
    REMOVED: Mark(Text(zh="删去", en="taken out"), "stop"),
    CHANGED: Mark(Text(zh="改动", en="changed"), "warn"),
}
_WORDING = Mark(Text(zh="只改说法", en="wording only"), "plain")
_COUNTED = (
    (ADDED, Text(zh="新增", en="new")),
    (CHANGED, Text(zh="改动", en="changed")),
    (REMOVED, Text(zh="删去", en="taken out")),
)


def difference_part(before: str, after: str, names: tuple[Words, Words]) -> DifferencePart:
    """The difference of two sources; `names` of them as the page calls them."""
    found = difference(before, after)
    old, new = _compiled(before), _compiled(after)
    told = lines(before, after)
    counts = [(label, sum(1 for each in found.clauses if each.what == what)) for what, label in _COUNTED]
    return DifferencePart(
        before=names[0],
        after=names[1],
        clauses=[_clause(each, old, new, after if each.what != REMOVED else before) for each in found.clauses],
        head=found.head,
        moved=found.moved,
        comments=found.comments,
        readable=found.readable,
        lines=told[:SHOWN_LINES],
        more=max(0, len(told) - SHOWN_LINES),
        none=found.none,
        counts=[(label, count) for label, count in counts if count],
    )


def line_pairs(before: str, after: str) -> Sequence[Line]:
    """The lines two texts differ in, as many as a page shows."""
    return lines(before, after)[:SHOWN_LINES]


def _compiled(source: str) -> Programme | None:
    try:
        return compile_rulebook(source)
    except RulebookRefused:
        return None


def _clause(change: ClauseChange, old: Programme | None, new: Programme | None, source: str) -> ClauseDiff:
    was, is_ = (book.clauses.get(change.id) if book else None for book in (old, new))
    named = is_ or was
    # A clause that cannot be run has no sentences; that does not mean that all of them are gone.
    told = change.what != CHANGED or (was is not None and is_ is not None)
    before, after = (_terms(old, was), _terms(new, is_)) if told else ((), ())
    shared = {_plain(each) for each in before} & {_plain(each) for each in after}
    bare = change.what == CHANGED or named is None or not (before or after)
    return ClauseDiff(
        id=change.id,
        number=named.number if named else change.id,
        title=named.title if named else "",
        mark=_MARKS[change.what] if change.acts else _WORDING,
        gone=[each for each in before if _plain(each) not in shared],
        put=[each for each in after if _plain(each) not in shared],
        figures=[each for each in change.changes if not each.of_text],
        texts=[each for each in change.changes if each.of_text],
        unsaid=is_.text if is_ and change.what == CHANGED and change.acts and not _told_anew(change) else "",
        excerpt=excerpt(source, change.line) if change.what != CHANGED and bare else "",
    )


def _told_anew(change: ClauseChange) -> bool:
    """Whether what members read changes along."""
    return any(each.path.partition(".")[0] == "text" for each in change.changes)


def _terms(book: Programme | None, clause: Clause | None) -> tuple[Term, ...]:
    if book is None or clause is None or clause.waits_for is not None:
        return ()
    return terms(book, clause)


def _plain(term: Term) -> str:
    return term.text.fill("zh", **term.values)
