"""A clause's refusal as the mall's, and reasons as sentences that are kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from huiguan.checkout.telling import sentence
from huiguan.kernel.refusals import Refusal, first_of
from huiguan.rewards.refusals import BY_CODE
from huiguan.rules.effects import Reason, Refuse
from huiguan.rules.programme import Programme


def refusal_of(rulebook: Programme, refuse: Refuse) -> Refusal:
    """The refusal a clause asked for, with its sentence, clause and field."""
    reason: Reason = refuse.values["reason"]
    figures = {name: reason.values[name] for name in ("has", "needs") if name in reason.values}
    figures = figures if refuse.code == "BalanceTooLow" else {}
    why = sentence(rulebook, reason)
    return BY_CODE[refuse.code](field=refuse.field, clause=refuse.clause or None, why=why, **figures)


def refuse_first(rulebook: Programme, refuses: Iterable[Refuse], others: Iterable[Refusal] = ()) -> None:
    """Raise what comes first in the published precedence; return where there is nothing."""
    found = [*others, *(refusal_of(rulebook, refuse) for refuse in refuses)]
    if found:
        raise first_of(found)


def reasons_told(rulebook: Programme, reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    """Reasons with clause, number, whether given, and the sentence in both languages, as they are kept with an order."""
    return [
        {
            "clause": reason.clause,
            "number": rulebook.clauses[reason.clause].number,
            "say": reason.say,
            "given": reason.given,
            "values": dict(reason.values),
            "text": dict(sentence(rulebook, reason)),
        }
        for reason in reasons
    ]
