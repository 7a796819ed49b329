"""Purchases that count once they are signed: who must, what is lacking, until when it may be made up for. Pure.

An acceptance whose `before` says `counting` is about the record of every purchase: until everybody signed it, nothing is
earned by it and no measure counts it. What it costs, uses up and limits does not wait.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from huiguan.kernel.text import Text
from huiguan.rules.effects import NOTHING, Decision, Reason, Refuse
from huiguan.rules.facts import Sale
from huiguan.rules.kinds.acceptance import SIGNERS, Parameters, needed
from huiguan.rules.once import once
from huiguan.rules.programme import Clause, Programme


@once
def clause_of(programme: Programme) -> Clause | None:
    """The clause by which purchases are signed; None where they count at once."""
    return next(iter(needed(programme, "counting")), None)


def signers(programme: Programme) -> tuple[str, ...]:
    """Who signs the record of a purchase: member, guide; () where nobody does."""
    clause = clause_of(programme)
    return tuple(_of(clause).signs) if clause is not None else ()


def lacking(programme: Programme, signed: Collection[str]) -> tuple[str, ...]:
    """Who of them has not signed."""
    asked = signers(programme)
    return tuple([role for role in asked if role not in signed]) if asked else ()


def counts(programme: Programme, sale: Sale) -> bool:
    """Whether the sale earns and is counted."""
    return not lacking(programme, sale.signed)


def standing(programme: Programme, sale: Sale) -> Reason | None:
    """What is said of a sale's signatures; None where none are asked for."""
    clause = clause_of(programme)
    if clause is None:
        return None
    missing, until = lacking(programme, sale.signed), last_day(programme, sale.day)
    if not missing:
        return Reason(clause.id, "purchase_signed", True, {"signed": _named(signers(programme))})
    values: dict[str, Any] = {"lacking": _named(missing)}
    if until is None:
        return Reason(clause.id, "purchase_open", False, values)
    return Reason(clause.id, "purchase_open_until", False, values | {"until": until.isoformat()})


def last_day(programme: Programme, bought: date) -> date | None:
    """The last local day on which a purchase of the day `bought` may be signed; None: any."""
    clause = clause_of(programme)
    days = _of(clause).within if clause is not None else None
    return bought + timedelta(days=days) if days is not None else None


def late(programme: Programme, bought: date, today: date) -> Decision:
    """Whether a purchase of the day `bought` is signed too late on `today`: a refusal, or NOTHING."""
    clause, until = clause_of(programme), last_day(programme, bought)
    if clause is None or until is None or today <= until:
        return NOTHING
    reason = Reason(clause.id, "purchase_too_late", False, {"until": until.isoformat()})
    return Decision((Refuse(clause.id, "OutsideWindow", "window", "signed", {"reason": reason}),), (reason,))


def _named(roles: Iterable[str]) -> list[dict[str, str]]:
    return [_both(SIGNERS[role]) for role in roles]


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _of(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]
