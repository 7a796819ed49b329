"""A clause's refusal as the till's, stored reasons as sentences, and what the steps of a sale are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from huiguan.checkout.refusals import BY_CODE
from huiguan.kernel import text as words
from huiguan.kernel.refusals import Refusal, first_of
from huiguan.kernel.text import Text
from huiguan.rules.effects import Reason, Refuse
from huiguan.rules.facts import TRADED
from huiguan.rules.kinds import benefit, tier_ladder
from huiguan.rules.programme import Programme
from huiguan.rules.sentences.words import BENEFITS

TRADE_UP = Text(zh="积分换购", en="Trade-up")
POINTS = Text(zh="积分抵扣", en="Points")


_FIGURES = {"BalanceTooLow": ("has", "needs"), "LimitReached": ("most", "had")}  # told beside the sentence


def sentence(programme: Programme, reason: Reason) -> Mapping[str, str]:
    """A reason in both languages, by the words of its clause's kind."""
    text: Text = programme.clauses[reason.clause].module.SAYS[reason.say]
    try:
        return _said(text, tuple(reason.values.items()))
    except TypeError:  # a list among the values
        return text.both(**reason.values)


@lru_cache(maxsize=4096)
def _said(text: Text, values: tuple[tuple[str, Any], ...]) -> Mapping[str, str]:
    """Most of a till's sentences were said a moment ago, to the member before."""
    return text.both(**dict(values))


def refusal_of(programme: Programme, refuse: Refuse) -> Refusal:
    """The refusal a clause asked for, with its sentence, clause and field."""
    reason: Reason = refuse.values["reason"]
    figures = {name: reason.values[name] for name in _FIGURES.get(refuse.code, ()) if name in reason.values}
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
    return [
        {
            "clause": clause,
            "number": programme.clauses[clause].number,
            "given": given,
            "say": say,
            "values": values,
            "text": sentence(programme, Reason(clause, say, given, values)),
        }
        for clause, say, given, values in reasons
    ]


def text_of(both: Text | Mapping[str, str]) -> Text:
    return both if isinstance(both, Text) else Text(zh=both["zh"], en=both["en"])


def coupon_title(rulebook: Programme, name: str, clause_id: str = "") -> Text:
    """What a coupon is called: the title of the clause that gives it, else of the first grant of that name."""
    clause = rulebook.clauses.get(clause_id) or rulebook.first_of("grant", name=name)
    return clause.title if clause else Text(zh=name, en=name)


def benefit_title(rulebook: Programme, name: str, tier: str) -> Text:
    """A benefit as a clerk says it: 积分卡会员 9.5 折, 生日 8 折."""
    known = BENEFITS.get(name, Text(zh=name, en=name))
    found = benefit.offered(rulebook, name, tier)
    if found is None:
        return known
    clause, share = found
    if benefit.ANY not in clause.parameters.rates[name]:  # type: ignore[attr-defined]
        known = text_of(tier_ladder.title_of(rulebook, tier))
    return Text(zh=f"{known.zh} {words.discount(share, 'zh')}", en=f"{known.en} {words.discount(share, 'en')}")


def step_title(rulebook: Programme, step: Mapping[str, Any], tier: str) -> Text:
    """What a step of a stored sale is called: 积分抵扣, 开卡积分券, 积分卡会员 9.5 折."""
    if step["name"] == "points":
        return POINTS
    if step["name"].startswith(TRADED):
        return TRADE_UP
    if step["name"] == "voucher":
        return coupon_title(rulebook, step["name"], step["clause"])
    return benefit_title(rulebook, step["name"], tier)
