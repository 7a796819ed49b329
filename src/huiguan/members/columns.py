"""The facts of this room as SQL columns, for conditions that select among all members. Pure.

The row is `held` (the membership) with `card` beside it; the ledger's measures are asked through its own columns.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from huiguan.entitlements.facts import rights_rows
from huiguan.ledger.facts import MEASURE_COLUMN
from huiguan.members.ahead import CARD_NOW, SINCE_NOW, TIER_NOW
from huiguan.members.standings import NOW
from huiguan.rules.selecting import ColumnReader, Fragment
from huiguan.rules.vocabulary import quarter_start

SOURCE = """
members_membership held
LEFT JOIN LATERAL (
    SELECT number, status FROM members_card WHERE membership_id = held.id ORDER BY seq DESC LIMIT 1
) card ON true
CROSS JOIN LATERAL (SELECT held.id AS membership_id) account
"""


def column_reader(day: date, zone: str, at: datetime | None = None) -> ColumnReader:
    """What conditions on members read, on the local `day` of `zone`; the same as `vocabulary.member_values` says. The
    standing at the moment `at`, as it is written where none is named."""
    quarter, year = quarter_start(day), date(day.year, 1, 1)
    return ColumnReader(
        columns={
            "tier": Fragment("nullif(held.tier, '')") if at is None else _now(f"nullif({TIER_NOW}, '')", at),
            "member_type": Fragment("nullif(held.type, '')"),
            "standing": Fragment("held.standing") if at is None else _now(NOW, at),
            "joined_on": Fragment("(held.joined_at AT TIME ZONE %s)::date", (zone,)),
            "tier_since": _local("held.tier_since", zone) if at is None else _local(SINCE_NOW, zone, at),
            "birthday_month": Fragment("extract(month FROM held.birthday)::bigint"),
            "years_a_member": Fragment(
                "extract(year FROM age(%s::date, (held.joined_at AT TIME ZONE %s)::date))::bigint", (day, zone)
            ),
            "age": Fragment("extract(year FROM age(%s::date, held.birthday))::bigint", (day,)),
            "profile_complete": Fragment("held.profile_complete"),
            "card_status": Fragment("card.status") if at is None else _now(CARD_NOW, at),
            "visits_this_quarter": _measure("visits", quarter, day),
            "visits_this_year": _measure("visits", year, day),
            "spend_this_quarter": _measure("spend", quarter, day),
            "spend_this_year": _measure("spend", year, day),
        },
        relations={"rights": rights_rows("held.id")},
    )


def _now(sql: str, at: datetime) -> Fragment:
    """What is true at a moment, written down or not; the moment stands in it by name."""
    return Fragment(f"({sql.replace('%(at)s', '%s')})", (at,) * sql.count("%(at)s"))


def _local(sql: str, zone: str, at: datetime | None = None) -> Fragment:
    """The local day of a moment."""
    inner = _now(sql, at) if at is not None else Fragment(sql)
    return Fragment(f"({inner.sql} AT TIME ZONE %s)::date", (*inner.parameters, zone))


def _measure(name: str, first: date, last: date) -> Fragment:
    """The ledger's own column, with its named places filled in their order."""
    sql, places = _positional(MEASURE_COLUMN, ("measure", "first", "last"))
    values = {"measure": name, "first": first, "last": last}
    return Fragment(sql, tuple(values[place] for place in places))


def _positional(template: str, names: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    found = sorted((template.index(f"%({name})s"), name) for name in names)
    for _, name in found:
        template = template.replace(f"%({name})s", "%s")
    return template, tuple(name for _, name in found)
