"""What the law says of all the value that is stored: how much there may be, and how much of it lies with a custodian."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from huiguan.kernel.records import record
from huiguan.rules.effects import Reason
from huiguan.rules.lawful import article_of, clause_of, rule_of
from huiguan.rules.laws import Rule
from huiguan.rules.programme import Clause, Programme


@record
class Limits:
    """How much may be outstanding (`ceiling`, None where the figure for it is missing) and the percent of it that must be
    in custody, each with its rule; None where no rule watches it."""

    ceiling: int | None = None
    ceiling_rule: Rule | None = None
    custody_percent: int = 0
    custody_rule: Rule | None = None


def limits(programme: Programme) -> Limits:
    """The ceilings of this issuer in its edition."""
    clause = clause_of(programme)
    if clause is None:
        return Limits()
    given: Any = clause.parameters
    kind = "retail" if given.issuer == "brand" else given.issuer
    top = rule_of(clause, "ceiling_new" if given.young else f"ceiling_{kind}")
    size = {"group": "group", "brand": "brand"}.get(given.issuer, "large")
    kept = rule_of(clause, f"custody_{size}") if given.large or given.issuer in ("group", "brand") else None
    base = given.capital if given.young else given.revenue
    return Limits(
        ceiling=None if top is None or base is None else base * top[0].percent // 100,
        ceiling_rule=top[0] if top else None,
        custody_percent=kept[0].percent if kept and not given.guaranteed else 0,
        custody_rule=kept[0] if kept and not given.guaranteed else None,
    )


def watched(programme: Programme, *, outstanding: int, quarter_end: int, in_custody: int) -> tuple[Reason, ...]:
    """What is out of bounds: `outstanding` fen now, `quarter_end` when the last quarter ended, `in_custody` now."""
    clause, bounds = clause_of(programme), limits(programme)
    return tuple(_breaches(clause, bounds, outstanding, quarter_end, in_custody)) if clause else ()


def _breaches(clause: Clause, bounds: Limits, outstanding: int, quarter_end: int, in_custody: int) -> Iterator[Reason]:
    if bounds.ceiling_rule is not None:
        article = {"article": article_of(bounds.ceiling_rule)}
        if bounds.ceiling is None:
            yield Reason(clause.id, "figure_missing", False, article)
        elif outstanding > bounds.ceiling:
            values = {"outstanding": outstanding, "most": bounds.ceiling, **article}
            yield Reason(clause.id, "ceiling", False, values)
    if bounds.custody_rule is not None:
        needs = -(-quarter_end * bounds.custody_percent // 100)
        if in_custody < needs:
            values = {"needs": needs, "has": in_custody, "article": article_of(bounds.custody_rule)}
            yield Reason(clause.id, "custody", False, values)
