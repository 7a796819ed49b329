"""How the house's words read on a page: clauses, tiers, standings, coupons, benefits, units. Pure reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from huiguan.checkout.telling import benefit_title, coupon_title, step_title, text_of
from huiguan.checkout.values import MEANS
from huiguan.design.values import ClauseRef, Mark, Why
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.rules.kinds import tier_ladder
from huiguan.rules.programme import Programme

__all__ = ["MEANS", "benefit_title", "coupon_title", "step_title", "text_of"]

_POINTS = Text(zh="积分", en="points")


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


def joined(parts: Iterable[Text | Mapping[str, str] | str], between: str = " · ") -> Text:
    """Words beside each other; empty ones are left out."""
    said = [each if isinstance(each, Text) else Text(zh=each, en=each) if isinstance(each, str) else text_of(each)
            for each in parts if each]  # fmt: skip
    return Text(zh=between.join(e.zh for e in said if e.zh), en=between.join(e.en for e in said if e.en))


def tier_mark(rulebook: Programme, tier: str) -> Mark | None:
    """A tier's word, filled from the second rung on; None where there are no tiers."""
    if not tier:
        return None
    lowest, _ = tier_ladder.entry_tier(rulebook)
    return Mark(tier_ladder.title_of(rulebook, tier), "plain" if tier == lowest else "tier")


def standing_mark(standing: str) -> Mark:
    return Mark(capital(members.standing_title(standing)), "ok" if standing == "active" else "stop")


def card_mark(status: str) -> Mark:
    return Mark(
        capital(members.card_status_title(status)),
        {"active": "ok", "lost": "stop", "frozen": "stop"}.get(status, "plain"),
    )


def main_unit(rulebook: Programme) -> str | None:
    """The unit a sale earns; None where the rulebook has none."""
    clause = rulebook.one("earn")
    return clause.parameters.unit if clause else None  # type: ignore[attr-defined]


def unit_title(rulebook: Programme, unit: str) -> Text:
    """What a unit is called."""
    return rulebook.units.get(unit, _POINTS)


def named_unit(rulebook: Programme, unit: str) -> Text:
    """A unit as the head of a figure, with a capital in English."""
    return capital(unit_title(rulebook, unit))


def capital(title: Text) -> Text:
    """With a capital in English, as the head of something."""
    return Text(zh=title.zh, en=title.en[:1].upper() + title.en[1:])


def masked_tail(tail: str) -> str:
    """A phone of which only the tail is shown: ****2046."""
    return f"****{tail}" if tail else ""
