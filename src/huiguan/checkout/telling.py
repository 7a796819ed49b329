"""A clause's refusal as the till's, and stored reasons as sentences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from huiguan.checkout.refusals import BY_CODE
from huiguan.kernel.refusals import Refusal, first_of
from huiguan.kernel.text import Text
from huiguan.rules.effects import Reason, Refuse
from huiguan.rules.programme import Programme


def sentence(programme: Programme, reason: Reason) -> dict[str, str]:
    """A reason in both languages, by the words of its clause's kind."""
    text: Text = programme.clauses[reason.clause].module.SAYS[reason.say]
    return text.both(**reason.values)


def refusal_of(programme: Programme, refuse: Refuse) -> Refusal:
    """The refusal a clause asked for, with its sentence, clause and field."""
    reason: Reason = refuse.values["reason"]
    figures = {name: reason.values[name] for name in ("has", "needs") if name in reason.values}
    figures = figures if refuse.code == "BalanceTooLow" else {}
    return BY_CODE[refuse.code](
        field=refuse.field, clause=refuse.clause or None, why=sentence(programme, reason), **figures
    )


def refuse_first(programme: Programme, refuses: Iterable[Refuse], others: Iterable[Refusal] = ()) -> None:
    """Raise the refusal that comes first in the published precedence; return where there is none."""
    found = [*others, *(refusal_of(programme, refuse) for refuse in refuses)]
    if found:
        raise first_of(found)


def told(programme: Programme, reasons: list[list[Any]]) -> list[dict[str, Any]]:
    """Stored reasons with clause, the clause's own number, whether given, and the sentence in both languages."""
    answer = []
    for clause, say, given, values in reasons:
        reason = Reason(clause, say, given, values)
        answer.append(
            {
                "clause": clause,
                "number": programme.clauses[clause].number,
                "given": given,
                "say": say,
                "values": values,
                "text": sentence(programme, reason),
            }
        )
    return answer
