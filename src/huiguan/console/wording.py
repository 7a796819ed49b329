"""How the house's words read in the console: those of every page, and clauses with where they read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from huiguan.design.values import ClauseRef, Why
from huiguan.design.wording import (
    MEANS,
    benefit_title,
    capital,
    card_mark,
    coupon_title,
    joined,
    main_unit,
    masked_tail,
    named_unit,
    standing_mark,
    step_title,
    text_of,
    tier_mark,
    unit_title,
)
from huiguan.rules.programme import Programme

__all__ = [
    "MEANS",
    "benefit_title",
    "capital",
    "card_mark",
    "clause_ref",
    "clause_refs",
    "coupon_title",
    "joined",
    "main_unit",
    "masked_tail",
    "named_unit",
    "standing_mark",
    "step_title",
    "text_of",
    "tier_mark",
    "unit_title",
    "why",
]


def clause_ref(rulebook: Programme, clause_id: str | None) -> ClauseRef | None:
    """A clause by the source's own numbering, and where it reads; None for none."""
    if not clause_id:
        return None
    clause = rulebook.clauses.get(clause_id)
    return ClauseRef(clause.number if clause and clause.number else clause_id, f"/rulebook/{clause_id}/")


def clause_refs(rulebook: Programme, ids: Iterable[str | None]) -> tuple[ClauseRef, ...]:
    """Clauses in order, each once."""
    refs = (clause_ref(rulebook, each) for each in dict.fromkeys(ids))
    return tuple(ref for ref in refs if ref is not None)


def why(rulebook: Programme, reason: Mapping[str, Any]) -> Why:
    """A told reason (`checkout.telling.told`) as its sentence and clause."""
    return Why(reason["text"], clause_refs(rulebook, [reason["clause"]]))
