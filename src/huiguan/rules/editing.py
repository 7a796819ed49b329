"""A rulebook's file edited by clause and parameter: what is not edited stays as it is, byte for byte.

An edit is said in plain data, as the file reads (`reading`): money and rates as text, `{per: "100.00", give: 3}`. The
file's comments, order, quotes and blank lines are nobody's to change but the author's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text
from huiguan.rules.compiling import RulebookRefused
from huiguan.rules.reading import read_tree
from huiguan.rules.scribing import lines
from huiguan.rules.spans import LIST, MAPPING, Span, spans_of
from huiguan.rules.splicing import Splicer, cut_into

Path = tuple[str | int, ...]
_CLAUSE = Text(zh="条款", en="clause")
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Put:
    """The value at `path`, whether or not one stands there."""

    path: Path
    value: Any


@dataclass(frozen=True, slots=True)
class Take:
    """What stands at `path` taken out: a parameter, or a row by its place."""

    path: Path


@dataclass(frozen=True, slots=True)
class Insert:
    """A row put into the list at `path`, before the one at `place`; the list is begun where there is none."""

    path: Path
    place: int
    value: Any


@dataclass(frozen=True, slots=True)
class Move:
    """The row at `place` of the list at `path` moved `to` another place."""

    path: Path
    place: int
    to: int


Edit = Put | Take | Insert | Move


def edited(source: str, clause: str, edits: Sequence[Edit]) -> str:
    """The file with `edits` made, in turn, to a clause. NotFound where there is no such clause; RulebookRefused where
    the file cannot be read at all; KeyError, IndexError or TypeError for a path that leads nowhere."""
    return rewritten(source, clause, applied(clause_in(source, clause), edits))


def applied(plain: Mapping[str, Any], edits: Sequence[Edit]) -> dict[str, Any]:
    """Plain data with the edits made; what is given stays as it is."""
    made: dict[str, Any] = deepcopy(dict(plain))
    for edit in edits:
        if isinstance(edit, Put | Take):
            *way, last = edit.path
            around = _at(made, way, begin=isinstance(edit, Put))
            if isinstance(edit, Put):
                around[last] = deepcopy(edit.value)
            else:
                del around[last]
        elif isinstance(edit, Insert):
            rows = _rows(made, edit.path)
            rows.insert(edit.place, deepcopy(edit.value))
        else:
            rows = _rows(made, edit.path)
            rows.insert(edit.to, rows.pop(edit.place))
    return made


def _at(made: Any, way: Sequence[str | int], *, begin: bool = False) -> Any:
    for part in way:
        if begin and isinstance(made, dict):
            made = made.setdefault(part, {})
        else:
            made = made[part]
    return made


def _rows(made: dict[str, Any], path: Path) -> list[Any]:
    *way, last = path
    rows: list[Any] = _at(made, way, begin=True).setdefault(last, [])
    return rows


def clause_in(source: str, clause: str) -> dict[str, Any]:
    """A clause of the file as plain data."""
    plain: dict[str, Any] = _clause_span(_root(source), clause).plain()
    return plain


def clauses_in(source: str) -> dict[str, dict[str, Any]]:
    """The clauses of the file as plain data by id, in its order."""
    return {str(plain["id"]): plain for plain in (each.plain() for each in _listed(_root(source)) if _is_clause(each))}


def head_in(source: str) -> dict[str, Any]:
    """What stands above the clauses, as plain data."""
    return {name: part.plain() for name, (_, part) in _root(source).entries().items() if name != "clauses"}


def clause_ids(source: str) -> list[str]:
    """The ids of the clauses in the file's order; clauses without one are left out."""
    return [str(each.plain()["id"]) for each in _listed(_root(source)) if _is_clause(each)]


def rewritten(source: str, clause: str, wanted: Mapping[str, Any]) -> str:
    """The file with a clause that reads as `wanted`: keys left out are taken out, new ones come behind the one they
    follow in `wanted`."""
    bom, text = _split(source)
    return bom + cut_into(text, list(Splicer(text).cuts(_clause_span(_root(source), clause), dict(wanted))))


def in_order_of(known: Any, wanted: Any) -> Any:
    """`wanted` with its keys in the order of `known`, those that are new behind them: what comes as JSON has no order."""
    if isinstance(known, Mapping) and isinstance(wanted, Mapping):
        names = [*(name for name in known if name in wanted), *(name for name in wanted if name not in known)]
        return {name: in_order_of(known.get(name), wanted[name]) for name in names}
    if isinstance(known, list) and isinstance(wanted, list):
        return [in_order_of(known[i] if i < len(known) else None, each) for i, each in enumerate(wanted)]
    return wanted


def head_rewritten(source: str, changes: Mapping[str, Any]) -> str:
    """The file with other words above its clauses; what `changes` does not name stays."""
    bom, text = _split(source)
    root = _root(source)
    wanted: dict[str, Any] = {}
    for name, (_, part) in root.entries().items():
        if name == "clauses":
            wanted |= {key: value for key, value in changes.items() if key not in root.entries()}
        wanted[name] = changes.get(name, part.plain())
    return bom + cut_into(text, list(Splicer(text).cuts(root, wanted)))


def without_clause(source: str, clause: str) -> str:
    """The file without a clause, its lines and the blank line behind them."""
    bom, text = _split(source)
    start, end = _extent(text, _clause_span(_root(source), clause))
    return bom + text[:start] + text[end:]


def with_clause_of(source: str, other: str, clause: str) -> str:
    """The file with a clause as `other` writes it, behind the one it follows there."""
    bom, text = _split(source)
    _, theirs = _split(other)
    start, end = _extent(theirs, _clause_span(_root(other), clause))
    before = clause_ids(other)[: clause_ids(other).index(clause)]
    known = set(clause_ids(source))
    follows = next((each for each in reversed(before) if each in known), None)
    root = _root(source)
    if follows is None:
        first = _listed(root)[0]
        place = text.rfind("\n", 0, first.start) + 1
    else:
        place = _extent(text, _clause_span(root, follows))[1]
    taken = theirs[start:end]
    glue = "" if not text[:place] or text[:place].endswith("\n") else "\n"
    return bom + text[:place] + glue + taken + ("" if taken.endswith("\n") else "\n") + text[place:]


def with_clause(source: str, plain: Mapping[str, Any], after: str) -> str:
    """The file with a new clause behind `after`."""
    bom, text = _split(source)
    span = _clause_span(_root(source), after)
    place, column = _extent(text, span)[1], span.start - text.rfind("\n", 0, span.start) - 1
    rows = [row for key, value in plain.items() for row in lines(key, value, column)]
    rows[0] = f"{' ' * max(column - 2, 0)}- {rows[0].lstrip()}"
    glue = "\n" if text[:place].endswith("\n\n") or not text[:place].endswith("\n") else ""
    before = "" if glue or not text[:place] else "\n"
    return bom + text[:place] + before + "\n".join(rows) + "\n" + glue + text[place:]


def _extent(text: str, span: Span) -> tuple[int, int]:
    """A clause's lines, from its dash to the blank line behind it."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end) + 1 or len(text)
    if text[end : end + 1] == "\n":
        end += 1
    return start, end


def _split(source: str) -> tuple[str, str]:
    return (_BOM, source[1:]) if source.startswith(_BOM) else ("", source)


def _root(source: str) -> Span:
    _, findings = read_tree(source.encode(errors="surrogatepass"))
    root = None if findings else spans_of(_split(source)[1])
    if root is None or root.shape != MAPPING:
        raise RulebookRefused(findings=tuple(findings) or _no_mapping())
    return root


def _no_mapping() -> Any:
    return read_tree(b"")[1]


def _listed(root: Span) -> list[Span]:
    found = root.entries().get("clauses")
    return found[1].parts if found is not None and found[1].shape == LIST else []


def _is_clause(span: Span) -> bool:
    return span.shape == MAPPING and "id" in span.entries()


def _clause_span(root: Span, clause: str) -> Span:
    for span in _listed(root):
        if _is_clause(span) and str(span.entries()["id"][1].value) == clause:
            return span
    raise NotFound(field="clause", what=_CLAUSE, given=clause)
