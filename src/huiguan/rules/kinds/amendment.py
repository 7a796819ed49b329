"""Amendment: how a new version of the rulebook is announced, and on which days one may begin.

"Changes are announced thirty days before" is `notice: 30`: thirty whole days of the rulebook's own zone lie between the
day of publication, which does not count, and the moment the new version takes effect. `begins: month` lets a version
take effect at the first moment of a month only. The version in force says how the next one is announced: a rulebook does
not excuse itself from its own notice. `parts` are what every version must say something of: one that leaves a part out
is refused when it is read.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field

from huiguan.kernel.moments import add_months, at_day, local_day, month_start
from huiguan.kernel.text import Text
from huiguan.rules.findings import Fault, Finding
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused, unwise

ROOM = "programme"
TITLE = Text(zh="章程修订", en="Amendment")

Part = Literal["joining", "tiers", "points", "benefits", "penalties"]
# The kinds by which a rulebook says something of a part: any of them will do.
SAID_BY: dict[Part, tuple[str, ...]] = {
    "joining": ("eligibility", "profile", "credential"),
    "tiers": ("tier_ladder",),
    "points": ("earn",),
    "benefits": ("benefit", "price", "grant", "multiplier"),
    "penalties": ("watch", "duty", "measure_taken"),
}
MOMENT, DAY, MONTH, YEAR = "moment", "day", "month", "year"


def _days(value: object) -> object:
    if isinstance(value, bool):
        raise Fault("须为天数", "must be a number of days")
    return value


class Parameters(Base):
    """`notice`: whole days between publication and effect. `begins`: a version may take effect at any moment, or only
    at the first one of a day, a month, a year. `parts`: what a version may not leave out."""

    notice: Annotated[int, BeforeValidator(_days), Field(ge=0, le=1000)] = 0
    begins: Literal["moment", "day", "month", "year"] = "moment"
    parts: list[Part] = []


SAYS = {
    "notice": Text(
        zh="公布当天不计，满 {days} 天后才生效。",
        en="It takes effect {days} whole days after the day it is published.",
    ),
    "begins": Text(zh="只从{begins}的开头生效。", en="It takes effect at the beginning of {begins} only."),
}
BEGINNINGS = {
    MOMENT: Text(zh="任何时刻", en="any moment"),
    DAY: Text(zh="一天", en="a day"),
    MONTH: Text(zh="一个月", en="a month"),
    YEAR: Text(zh="一年", en="a year"),
}


def clause_of(programme: Programme) -> Clause | None:
    """The clause that says how this rulebook is amended; the lint lets one only."""
    return programme.one("amendment")


def earliest(parameters: Parameters, at: datetime, tz: ZoneInfo) -> datetime:
    """The first moment at which a version that is published at `at` may take effect."""
    noticed = at_day(local_day(at, tz) + timedelta(days=parameters.notice + 1), tz) if parameters.notice else at
    return noticed if begins_well(parameters, noticed, tz) else _next(parameters, noticed, tz)


def begins_well(parameters: Parameters, moment: datetime, tz: ZoneInfo) -> bool:
    """Whether a version may begin at this moment, notice aside."""
    day = local_day(moment, tz)
    return parameters.begins == MOMENT or moment == at_day(_opening(parameters, day), tz)


def _opening(parameters: Parameters, day: date) -> date:
    """The first day of what `day` lies in."""
    return {DAY: day, MONTH: month_start(day), YEAR: day.replace(month=1, day=1)}[parameters.begins]


def _next(parameters: Parameters, moment: datetime, tz: ZoneInfo) -> datetime:
    opening = _opening(parameters, local_day(moment, tz))
    following = {
        DAY: opening + timedelta(days=1),
        MONTH: add_months(opening, 1),
        YEAR: add_months(opening, 12),
    }
    return at_day(following[parameters.begins], tz)


_SAYS_NOTHING = Text(
    zh="既没有公布天数，也没有限定生效日，等于没写。",
    en="Neither a notice nor a day to begin on: it asks for nothing.",
)


_LACKS = Text(
    zh="章程须写明{part}，却没有这样的条款。", en="The rulebook must say something of: {part}. No clause does."
)
PARTS: dict[Part, Text] = {
    "joining": Text(zh="入会的条件和方式", en="how one joins"),
    "tiers": Text(zh="等级", en="tiers"),
    "points": Text(zh="积分", en="points"),
    "benefits": Text(zh="权益和优惠", en="benefits"),
    "penalties": Text(zh="违规和降级的后果", en="what follows from breaking the rules"),
}


def _stepped_down(programme: Programme, part: Part) -> bool:
    """A tier that is lost is a penalty too."""
    return part == "penalties" and any(c.parameters.keep for c in programme.of("tier_ladder"))  # type: ignore[attr-defined]


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """A clause that asks for nothing is as good as none; a rulebook says what it promised to say."""
    nothing = Parameters()
    lacking = [
        refused(programme, clause, "part_missing", "parts", _LACKS, part=PARTS[part])
        for clause in clauses
        for part in clause.parameters.parts  # type: ignore[attr-defined]
        if not any(programme.of(kind) for kind in SAID_BY[part]) and not _stepped_down(programme, part)
    ]
    return lacking + [
        unwise(programme, each, "asks_nothing", "notice", _SAYS_NOTHING)
        for each in clauses
        if each.parameters == nothing
    ]
