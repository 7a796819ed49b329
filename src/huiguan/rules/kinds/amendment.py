"""Amendment: how a new version of the rulebook is announced, and on which days one may begin.

"Changes are announced thirty days before" is `notice: 30`: thirty whole days of the rulebook's own zone lie between the
day of publication, which does not count, and the moment the new version takes effect. `begins: month` lets a version
take effect at the first moment of a month only. The version in force says how the next one is announced: a rulebook does
not excuse itself from its own notice. "Once the council has passed it" is `resolved_by: council`: whoever publishes names
the resolution. `parts` are what every version must say something of: one that leaves a part out is refused when it is read.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field

from huiguan.kernel.moments import add_months, at_day, local_day, month_start
from huiguan.kernel.text import Text
from huiguan.rules.findings import Fault, Finding, suggestion
from huiguan.rules.kinds import body
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.parameters import Positive, Slug
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused, unwise

ROOM = "programme"
TITLE = Text(zh="章程修订", en="Amendment")

Part = Literal[
    "joining", "papers", "approval", "tiers", "points", "redemption", "expiry", "benefits", "rights", "coupons", "birthday", "notices",
    "dues", "duties", "penalties", "leaving", "bodies",
]  # fmt: skip
# The kinds by which a rulebook says something of a part: any of them will do.
SAID_BY: dict[Part, tuple[str, ...]] = {
    "joining": ("eligibility", "profile", "credential"),
    "papers": ("dossier",),
    "approval": ("procedure",),
    "tiers": ("tier_ladder",),
    "points": ("earn",),
    "redemption": ("redemption",),
    "expiry": ("expiry",),
    "benefits": ("benefit", "price", "grant", "multiplier"),
    "rights": ("member_type",),
    "coupons": ("coupon",),
    "birthday": ("grant", "multiplier", "notice"),
    "notices": ("notice",),
    "dues": ("fee",),
    "duties": ("duty",),
    "penalties": ("watch", "duty", "measure_taken"),
    "leaving": ("exit",),
    "bodies": ("body",),
}
MOMENT, DAY, MONTH, YEAR = "moment", "day", "month", "year"


def _days(value: object) -> object:
    if isinstance(value, bool):
        raise Fault("须为天数", "must be a number of days")
    return value


class Parameters(Base):
    """`notice`: whole days between publication and effect. `begins`: a version may take effect at any moment, or only
    at the first one of a day, a month, a year. `resolved_by`: the body whose resolution is named with every version.
    `parts`: what a version may not leave out. `review`: so many months after the last publication it is looked through
    again."""

    notice: Annotated[int, BeforeValidator(_days), Field(ge=0, le=1000)] = 0
    begins: Literal["moment", "day", "month", "year"] = "moment"
    resolved_by: Slug | None = None
    parts: list[Part] = []
    review: Positive | None = None

    @property
    def announces(self) -> bool:
        """Whether it says when a version may begin, or by whose resolution."""
        return bool(self.notice or self.begins != MOMENT or self.resolved_by)


SAYS = {
    "notice": Text(
        zh="公布当天不计，满 {days} 天后才生效。",
        en="It takes effect {days} whole {days:day|days} after the day it is published.",
    ),
    "begins": Text(zh="只从{begins}的开头生效。", en="It takes effect at the beginning of {begins} only."),
    "resolved": Text(zh="公布时写明{body}的决议。", en="Whoever publishes names the resolution of {body}."),
}
BEGINNINGS = {
    MOMENT: Text(zh="任何时刻", en="any moment"),
    DAY: Text(zh="一天", en="a day"),
    MONTH: Text(zh="一个月", en="a month"),
    YEAR: Text(zh="一年", en="a year"),
}


def clause_of(programme: Programme) -> Clause | None:
    """The clause that says when a version may begin and by whose resolution; the lint lets one only."""
    return next((each for each in programme.of("amendment") if _rule(each).announces), None)


def review_clause(programme: Programme) -> Clause | None:
    """The clause that says when the rulebook is looked through again; the lint lets one only."""
    return next((each for each in programme.of("amendment") if _rule(each).review is not None), None)


def review_by(clause: Clause, published: date) -> date | None:
    """The last day of the months after a publication: twelve from 15 March end with 14 March."""
    months = _rule(clause).review
    return add_months(published, months) - timedelta(days=1) if months is not None else None


def _rule(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


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
    "papers": Text(zh="须交的材料", en="the papers it takes"),
    "approval": Text(zh="审批的流程", en="who decides on an application, and how"),
    "tiers": Text(zh="等级", en="tiers"),
    "points": Text(zh="积分怎么得", en="how points are earned"),
    "redemption": Text(zh="积分怎么用", en="how points are used"),
    "expiry": Text(zh="积分的有效期", en="when points end"),
    "benefits": Text(zh="权益和优惠", en="benefits"),
    "rights": Text(zh="会员有哪些权利", en="which rights members have"),
    "coupons": Text(zh="优惠券怎么用", en="how coupons are used"),
    "birthday": Text(zh="生日礼遇", en="what birthdays bring"),
    "notices": Text(zh="怎样和会员联系", en="how members are written to"),
    "dues": Text(
        zh="会费的金额、周期、缴纳方式和逾期的后果",
        en="what dues are, how often and how they are paid, and what being late means",
    ),
    "duties": Text(zh="会员的义务", en="duties"),
    "penalties": Text(zh="违规和降级的后果", en="what follows from breaking the rules"),
    "leaving": Text(zh="退出的办法", en="how one leaves"),
    "bodies": Text(zh="管理会员的机构", en="who looks after members"),
}


# What a clause must say besides being of the kind.
_WHOLE: dict[Part, Callable[[Any], bool]] = {
    "dues": lambda fee: fee.every != "asked" and bool(fee.means) and fee.late is not None,
    "birthday": lambda given: str(given.on).startswith("birthday"),
    "rights": lambda sort: bool(sort.rights),
    "approval": lambda procedure: procedure.of in ("membership", "registration"),
}


def _said(programme: Programme, part: Part) -> bool:
    """Whether a clause says something of the part; of dues all must be said. A tier that is lost is a penalty too."""
    clauses = [clause for kind in SAID_BY[part] for clause in programme.of(kind)]
    if part in _WHOLE:
        return any(_WHOLE[part](clause.parameters) for clause in clauses)
    return bool(clauses) or (
        part == "penalties" and any(c.parameters.keep for c in programme.of("tier_ladder"))  # type: ignore[attr-defined]
    )


_OVERLAP = Text(
    zh="与 {other} 管的是同一件事，只能留一条。", en="This governs the same matter as {other}; keep one of them."
)
_NO_BODY = Text(zh="没有 {body} 这个机构。{near}", en="There is no body {body}.{near}")


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """One clause says how versions are announced, and one when they are looked through; one that asks for nothing is as
    good as none; a rulebook says what it promised to say; who resolves is there."""
    nothing = Parameters()
    found = [
        refused(programme, each, "overlap", "", _OVERLAP, other=several[0].id)
        for several in ([c for c in clauses if _rule(c).announces], [c for c in clauses if _rule(c).review])
        for each in several[1:]
    ]
    found += [
        refused(programme, clause, "part_missing", "parts", _LACKS, part=PARTS[part])
        for clause in clauses
        for part in clause.parameters.parts  # type: ignore[attr-defined]
        if not _said(programme, part)
    ]
    known = body.bodies(programme)
    found += [
        refused(programme, clause, "unknown_body", "resolved_by", _NO_BODY, body=name, near=suggestion(name, known))
        for clause in clauses
        if (name := clause.parameters.resolved_by) is not None and name not in known  # type: ignore[attr-defined]
    ]
    return found + [
        unwise(programme, each, "asks_nothing", "notice", _SAYS_NOTHING)
        for each in clauses
        if each.parameters == nothing
    ]
