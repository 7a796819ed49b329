"""Discount: the conditions under which a named benefit is given.

Each clause names the benefits it governs and one or more conditions: at certain shops, the member in person, in the birthday month or on the day, a
card shown, not on the purchase at which the card was opened, so many times a month or year. All must hold; the first
that does not is the reason, with its own clause.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from huiguan.kernel.moments import month_end, month_start
from huiguan.kernel.refusals import PRECEDENCE
from huiguan.kernel.text import Text
from huiguan.rules.effects import Reason
from huiguan.rules.facts import MemberFacts, Sale
from huiguan.rules.kinds.multiplier import birthday_in
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.parameters import Positive
from huiguan.rules.programme import Clause, Programme

ROOM = "checkout"
TITLE = Text(zh="折扣条件", en="Conditions of a discount")


class Quota(Base):
    """At most `times` in each local calendar month or year."""

    times: Positive
    per: Literal["month", "year"]


class Parameters(Base):
    """`benefits` governed; `shops` where it is given, every one where none is named; `by_member` the member in person; `month: birthday` only in the birthday month,
    `day: birthday` on the day itself (29 February: on the 28th in years that have none); `shown` what
    must be presented; `opening` false: not on the opening purchase; `quota`."""

    benefits: list[str]
    shops: list[str] = []
    by_member: bool = False
    month: Literal["birthday"] | None = None
    day: Literal["birthday"] | None = None
    shown: list[Literal["card", "phone"]] = []
    opening: bool = True
    quota: Quota | None = None


SAYS = {
    "other_shop": Text(zh="只在这些门店享受：{shops:list}。", en="Given at these shops only: {shops:list}."),
    "not_in_person": Text(zh="只限会员本人使用。", en="For the member in person only."),
    "no_birthday": Text(zh="资料里没有生日。", en="No birthday is on record."),
    "wrong_month": Text(
        zh="生日在 {month:month}，只在生日当月可用。",
        en="The birthday is in {month:month}; the benefit is for that month only.",
    ),
    "wrong_day": Text(
        zh="生日是 {day:monthday}，只在生日当天可用。",
        en="The birthday is on {day:monthday}; the benefit is for that day only.",
    ),
    "not_shown": Text(zh="须出示会员卡。", en="The card must be shown."),
    "opening": Text(
        zh="办卡当次积分，但不打折；下一单起可用。",
        en="The purchase that opens the card earns points but gets no discount; the next one does.",
    ),
    "used_year": Text(
        zh="{year} 年的 {times} 次已在 {on:monthday} 用过。",
        en="All {times} of {year} were used, last on {on:monthday}.",
    ),
    "used_month": Text(
        zh="{month:month} 的 {times} 次已在 {on:monthday} 用过。",
        en="All {times} of {month:month} were used, last on {on:monthday}.",
    ),
}

# What a benefit that was asked for is refused as, and its rank in the published precedence.
REFUSALS = {
    "other_shop": ("NotAtThisShop", "window"),
    "not_in_person": ("NotInPerson", "credential"),
    "not_shown": ("CardNotShown", "credential"),
    "no_birthday": ("OutsideWindow", "window"),
    "wrong_month": ("OutsideWindow", "window"),
    "wrong_day": ("OutsideWindow", "window"),
    "opening": ("NotOnOpeningSale", "window"),
    "used_year": ("LimitReached", "limit"),
    "used_month": ("LimitReached", "limit"),
}


def stop(programme: Programme, benefit: str, facts: MemberFacts, sale: Sale) -> Reason | None:
    """Why `benefit` is not given on this sale; None where nothing stands against it.

    The first condition that does not hold is told; where the benefit was asked for, that of the first rank, for then it
    is a refusal.
    """
    found = _stops(programme, benefit, facts, sale)
    if benefit not in sale.asks:
        return next(found, None)
    return min(found, key=lambda reason: PRECEDENCE.index(REFUSALS[reason.say][1]), default=None)


def _stops(programme: Programme, benefit: str, facts: MemberFacts, sale: Sale) -> Iterator[Reason]:
    for clause in programme.of("discount"):
        parameters: Parameters = clause.parameters  # type: ignore[assignment]
        if benefit in parameters.benefits:
            yield from _stops_of(clause, parameters, benefit, facts, sale)


def counted(programme: Programme, benefit: str) -> bool:
    """Whether uses of the benefit are counted at all."""
    return any(
        benefit in clause.parameters.benefits and clause.parameters.quota  # type: ignore[attr-defined]
        for clause in programme.of("discount")
    )


def _stops_of(clause: Clause, parameters: Parameters, benefit: str, facts: MemberFacts, sale: Sale) -> Iterator[Reason]:
    def because(say: str, **values: object) -> Reason:
        return Reason(clause.id, say, False, {"benefit": benefit, **values})

    if parameters.shops and sale.shop not in parameters.shops:
        yield because("other_shop", shops=list(parameters.shops))
    if parameters.by_member and not sale.by_member:
        yield because("not_in_person")
    yield from _birthday(clause, parameters, benefit, facts.birthday, sale.day)
    if parameters.shown and sale.shown not in parameters.shown:
        yield because("not_shown")
    if not parameters.opening and sale.opening:
        yield because("opening")
    over = _over_quota(clause, parameters.quota, benefit, facts, sale.day) if parameters.quota else None
    if over is not None:
        yield over


def _birthday(clause: Clause, parameters: Parameters, benefit: str, born: date | None, day: date) -> Iterator[Reason]:
    """That it is not the month, or the day, of the birthday the benefit is for."""
    if parameters.month is None and parameters.day is None:
        return
    if born is None:
        yield Reason(clause.id, "no_birthday", False, {"benefit": benefit})
    elif parameters.day is not None and (hers := birthday_in(day.year, born)) != day:
        yield Reason(clause.id, "wrong_day", False, {"benefit": benefit, "day": hers.isoformat()})
    elif born.month != day.month:
        yield Reason(clause.id, "wrong_month", False, {"benefit": benefit, "month": born.month})


def _over_quota(clause: Clause, quota: Quota, benefit: str, facts: MemberFacts, day: date) -> Reason | None:
    first, last = (
        (date(day.year, 1, 1), date(day.year, 12, 31)) if quota.per == "year" else (month_start(day), month_end(day))
    )
    measure = f"used:{benefit}"
    if facts.sum(measure, first, last) < quota.times:
        return None
    on = max(d for d, values in facts.days.items() if first <= d <= last and values.get(measure, 0) > 0)
    values = {"benefit": benefit, "times": quota.times, "on": on.isoformat(), "year": day.year, "month": day.month}
    return Reason(clause.id, f"used_{quota.per}", False, values)
