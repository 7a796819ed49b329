"""The facts a condition may name, each declared once: its name, type, subject, owning room and title.

A fact has two readers. In Python it is a value in a mapping (`member_values`, `line_values`, `right_values`); in SQL a
column expression that the owning room gives to a `ColumnReader` (`selecting`). A fact not known is missing: None here,
NULL there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Literal
from zoneinfo import ZoneInfo

from huiguan.kernel.moments import local_day, whole_years
from huiguan.kernel.text import Text
from huiguan.rules.facts import Line, MemberFacts, RightFact

Subject = Literal["member", "line", "right", "row"]
Type = Literal["word", "truth", "whole", "money", "ratio", "day", "number"]


@dataclass(frozen=True, slots=True)
class Fact:
    """`type`: word (text), truth (bool), whole (int), money (fen), ratio (exact fraction), day (local date), number
    (of a form, exact).
    `days_back`: how far the days must be read for it, before the day asked about."""

    name: str
    type: Type
    of: Subject
    room: str
    title: Text
    days_back: int = 0


@dataclass(frozen=True, slots=True)
class Relation:
    """A list that belongs to a subject, counted by `count of … where …`."""

    name: str
    of: Subject
    each: Subject
    title: Text


QUARTER, YEAR = 92, 366

_DECLARED = (
    Fact("tier", "word", "member", "members", Text(zh="等级", en="tier")),
    Fact("member_type", "word", "member", "members", Text(zh="会员种类", en="sort of member")),
    Fact("standing", "word", "member", "members", Text(zh="状态", en="standing")),
    Fact("joined_on", "day", "member", "members", Text(zh="入会日期", en="day of joining")),
    Fact("tier_since", "day", "member", "members", Text(zh="现等级起始日", en="day the tier began")),
    Fact("birthday_month", "whole", "member", "members", Text(zh="生日月份", en="month of birth")),
    Fact("years_a_member", "whole", "member", "members", Text(zh="会龄（年）", en="years a member")),
    Fact("age", "whole", "member", "members", Text(zh="年龄", en="age")),
    Fact("profile_complete", "truth", "member", "members", Text(zh="资料已填齐", en="profile complete")),
    Fact("card_status", "word", "member", "members", Text(zh="会员卡状态", en="card status")),
    Fact("visits_this_quarter", "whole", "member", "members", Text(zh="本季购物次数", en="purchases this quarter"), QUARTER),
    Fact("visits_this_year", "whole", "member", "members", Text(zh="本年购物次数", en="purchases this year"), YEAR),
    Fact("spend_this_quarter", "money", "member", "members", Text(zh="本季实付", en="paid this quarter"), QUARTER),
    Fact("spend_this_year", "money", "member", "members", Text(zh="本年实付", en="paid this year"), YEAR),
    Fact("sku", "word", "line", "checkout", Text(zh="货号", en="SKU")),
    Fact("category", "word", "line", "checkout", Text(zh="品类", en="category")),
    Fact("promotion", "truth", "line", "checkout", Text(zh="促销价", en="at promotion price")),
    Fact("quantity", "whole", "line", "checkout", Text(zh="件数", en="quantity")),
    Fact("list_price", "money", "line", "checkout", Text(zh="吊牌价", en="list price")),
    Fact("price", "money", "line", "checkout", Text(zh="售价", en="price asked")),
    Fact("price_ratio", "ratio", "line", "checkout", Text(zh="售价与吊牌价之比", en="price asked over list price")),
    Fact("right_name", "word", "right", "entitlements", Text(zh="券名", en="coupon")),
    Fact("right_worth", "money", "right", "entitlements", Text(zh="券面值", en="coupon worth")),
    Fact("right_used", "truth", "right", "entitlements", Text(zh="已用", en="used")),
)  # fmt: skip

FACTS: Mapping[str, Fact] = {fact.name: fact for fact in _DECLARED}
RELATIONS: Mapping[str, Relation] = {
    "rights": Relation("rights", "member", "right", Text(zh="持有的券", en="coupons held")),
}


def facts_of(subject: Subject) -> Mapping[str, Fact]:
    return {name: fact for name, fact in FACTS.items() if fact.of == subject}


def quarter_start(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def member_values(member: MemberFacts, day: date, tz: ZoneInfo) -> dict[str, Any]:
    """The member's facts on the local `day` of zone `tz`, by name, and her relations."""
    quarter, year = quarter_start(day), date(day.year, 1, 1)
    return {
        "tier": member.tier or None,
        "member_type": member.type or None,
        "standing": member.standing,
        "joined_on": local_day(member.joined_at, tz),
        "tier_since": local_day(member.tier_since, tz),
        "birthday_month": member.birthday.month if member.birthday else None,
        "years_a_member": whole_years(local_day(member.joined_at, tz), day),
        "age": whole_years(member.birthday, day) if member.birthday else None,
        "profile_complete": member.profile_complete,
        "card_status": member.card.status if member.card else None,
        "visits_this_quarter": member.sum("visits", quarter, day),
        "visits_this_year": member.sum("visits", year, day),
        "spend_this_quarter": member.sum("spend", quarter, day),
        "spend_this_year": member.sum("spend", year, day),
        "rights": [right_values(right) for right in member.rights],
    }


def line_values(line: Line) -> dict[str, Any]:
    """A sale line's facts by name. A line without a list price has no price ratio."""
    return {
        "sku": line.sku,
        "category": line.category or None,
        "promotion": line.promotion,
        "quantity": line.quantity,
        "list_price": line.list_price,
        "price": line.price,
        "price_ratio": Fraction(line.price, line.list_price) if line.list_price > 0 else None,
    }


def right_values(right: RightFact) -> dict[str, Any]:
    return {"right_name": right.name, "right_worth": right.worth, "right_used": right.used_at is not None}


def first_day(days_back: int, day: date) -> date:
    """The earliest local day that must be read to know everything about `day`."""
    return day - timedelta(days=days_back)
