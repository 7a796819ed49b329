"""A condition as rows of fact, comparison and value, where it is as plain as that; else as the file writes it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from huiguan.kernel.text import Text
from huiguan.rules.conditions import BOUNDS
from huiguan.rules.reading import read_tree
from huiguan.rules.scribing import flow
from huiguan.rules.sentences.blanks import MONEY, WHOLE, Blank
from huiguan.rules.sentences.entering import TYPED, decimal, meant, share, shown
from huiguan.rules.sentences.words import OPERATORS
from huiguan.rules.vocabulary import FACTS, Subject, facts_of

ISNT, NONE_OF = "isnt", "none_of"
COMPARISONS: dict[str, Text] = {
    "is": OPERATORS["is"],
    ISNT: Text(zh="不是", en="is not"),
    "in": OPERATORS["in"],
    NONE_OF: Text(zh="不属于", en="is none of"),
    "not_in": Text(zh="已知且不属于", en="is known and none of"),
    **{bound: OPERATORS[bound] for bound in BOUNDS},
    "missing": Text(zh="是否未知", en="is not known"),
}
_LISTS = ("in", "not_in", NONE_OF)
_COMMAS = re.compile(r"[,，、;；\s]+")


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison as it is typed."""

    fact: str
    operator: str
    value: str


def rows_of(plain: Any) -> tuple[Row, ...] | None:
    """The rows of a condition; None where it says more than rows can (any of, number of, within)."""
    if not isinstance(plain, Mapping):
        return () if plain is None else None
    rows: list[Row] = []
    for name, value in plain.items():
        made = _negated(value) if name == "not" else _rows(name, value)
        if made is None:
            return None
        rows += made
    return tuple(rows)


def _negated(value: Any) -> list[Row] | None:
    if not isinstance(value, Mapping) or len(value) != 1:
        return None
    ((name, inner),) = value.items()
    if name not in FACTS or isinstance(inner, Mapping):
        return None
    operator = NONE_OF if isinstance(inner, list) else ISNT
    return [Row(name, operator, _shown(name, inner))]


def _rows(name: str, value: Any) -> list[Row] | None:
    if name not in FACTS:
        return None
    if not isinstance(value, Mapping):
        return [Row(name, "in" if isinstance(value, list) else "is", _shown(name, value))]
    if any(operator not in COMPARISONS or isinstance(each, Mapping) for operator, each in value.items()):
        return None
    return [Row(name, operator, _shown(name, each)) for operator, each in value.items()]


def plain_of(rows: Sequence[Row]) -> Any:
    """Rows as the file writes them; rows without a fact are none."""
    made: dict[str, Any] = {}
    for row in rows:
        if not row.fact:
            continue
        value = _meant(row)
        if row.operator in (ISNT, NONE_OF) and "not" not in made:
            made["not"] = {row.fact: value}
        elif row.operator in (ISNT, NONE_OF):
            made.setdefault(row.fact, {})["not_in"] = value if isinstance(value, list) else [value]
        elif row.operator in ("is", "in") and row.fact not in made:
            made[row.fact] = value
        else:
            already = made.get(row.fact)
            beside = already if isinstance(already, dict) else {} if already is None else {"in": _listed(already)}
            made[row.fact] = {**beside, "in" if row.operator == "is" else row.operator: value}
    return made or None


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def written(plain: Any) -> str:
    """A condition as the file writes it, on one line."""
    return "" if plain is None else flow(plain)


def read(text: str) -> Any:
    """A condition typed as the file writes it; the words themselves where they cannot be read."""
    if not text.strip():
        return None
    root, findings = read_tree(f"where: {text.strip()}".encode(errors="surrogatepass"))
    return text if root is None or findings or not isinstance(root.value, dict) else root.plain()["where"]


def comparisons_for(subject: Subject) -> dict[str, Text]:
    """The facts that may be asked about, by name."""
    return {name: fact.title for name, fact in facts_of(subject).items()}


def _shown(name: str, value: Any) -> str:
    if isinstance(value, list):
        return "、".join(_shown(name, each) for each in value)
    kind = FACTS[name].type
    if kind == "money":
        return shown(Blank(MONEY), value, "zh")
    if kind == "ratio":
        found = share(value)
        told = decimal(found * 100) if found is not None else None
        return str(value) if told is None else f"{told}%"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _meant(row: Row) -> Any:
    if row.operator == "missing":
        return row.value.strip().lower() not in ("false", "否", "no")
    if row.operator in _LISTS:
        return [_figure(row.fact, word) for word in _COMMAS.split(row.value.strip()) if word]
    return _figure(row.fact, row.value)


def _figure(fact: str, typed: str) -> Any:
    text = typed.strip()
    kind = FACTS[fact].type if fact in FACTS else "word"
    if kind == "money":
        return meant(Blank(MONEY), text, "zh")
    if kind == "whole":
        return meant(Blank(WHOLE), text, "zh")
    if kind == "truth":
        return {"true": True, "是": True, "yes": True, "false": False, "否": False, "no": False}.get(text.lower(), text)
    if kind == "ratio":
        found = share(text.translate(TYPED))
        percent = (
            found * (1 if "%" in text or "/" in text or found <= 1 else Fraction(1, 100)) if found is not None else None
        )
        return text if percent is None else decimal(percent) or text
    return text
