"""What the form must say for the procedure: each demand looked at, and told with its figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from huiguan.cases.values import Check
from huiguan.kernel.moments import whole_years
from huiguan.kernel.text import Text, either
from huiguan.rules.courses import Course
from huiguan.rules.kinds.procedure import SAYS, Demand

_NONE = Text(zh="未填", en="nothing")


def looked_at(course: Course, form: Mapping[str, Any], day: date) -> tuple[Check, ...]:
    """Every demand with its answer, in the order of the file."""
    return tuple(
        _check(course, clause, demand, form, day)
        for clause, demand in course.demands
        if not demand.given or form.get(demand.field) not in (None, "")
    )


def _check(course: Course, clause: str, demand: Demand, form: Mapping[str, Any], day: date) -> Check:
    given = form.get(demand.field)
    met = given not in (None, "") and _met(demand, str(given), day)
    field = course.field(demand.field)
    title = field.title if field else Text(zh=demand.field, en=demand.field)
    shown = _NONE if given in (None, "") else _shown(course, demand.field, given)
    values = {"title": {"zh": title.zh, "en": title.en}, "given": {"zh": shown.zh, "en": shown.en}}
    if met:
        return Check(clause, True, Text(**SAYS["check_met"].both(**values)))
    wanted = told(course, demand)
    return Check(clause, False, Text(**SAYS["check_unmet"].both(**values, demand={"zh": wanted.zh, "en": wanted.en})))


def _met(demand: Demand, given: str, day: date) -> bool:
    try:
        if demand.least is not None and Decimal(given) < demand.least:
            return False
        if demand.most is not None and Decimal(given) > demand.most:
            return False
        if demand.years is not None and whole_years(date.fromisoformat(given), day) < demand.years:
            return False
    except (ArithmeticError, ValueError):
        return False
    if demand.one_of and given not in demand.one_of:
        return False
    return demand.containing is None or demand.containing in given


def told(course: Course, demand: Demand) -> Text:
    """What is demanded, in words."""
    parts: list[Text] = []
    if demand.least is not None:
        parts.append(Text(zh=f"不少于 {demand.least:,}", en=f"at least {demand.least:,}"))
    if demand.most is not None:
        parts.append(Text(zh=f"不多于 {demand.most:,}", en=f"at most {demand.most:,}"))
    if demand.years is not None:
        parts.append(
            Text(zh=f"满 {demand.years} 年", en=f"{demand.years} {either(demand.years, 'year', 'years')} or more")
        )
    if demand.one_of:
        words = [_shown(course, demand.field, each) for each in demand.one_of]
        parts.append(
            Text(zh="为" + "、".join(each.zh for each in words), en="one of " + ", ".join(each.en for each in words))
        )
    if demand.containing is not None:
        parts.append(Text(zh=f"含“{demand.containing}”", en=f"containing “{demand.containing}”"))
    return Text(zh="，".join(each.zh for each in parts), en=", ".join(each.en for each in parts))


def _shown(course: Course, name: str, given: Any) -> Text:
    """An answer as people read it: a choice by its title."""
    field = course.field(name)
    for choice in field.choices if field else ():
        if choice.value == given:
            return Text(zh=choice.title.zh, en=choice.title.en)
    return Text(zh=str(given), en=str(given))
