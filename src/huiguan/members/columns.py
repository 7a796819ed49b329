"""The facts of this room as SQL columns, for conditions that select among all members. Pure.

The row is `held` (the membership) with `card` beside it; the ledger's measures are asked through its own columns.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from huiguan.entitlements.facts import rights_rows
from huiguan.ledger.facts import MEASURE_COLUMN
from huiguan.members.standings import NOW
from huiguan.rules.selecting import ColumnReader, Fragment
from huiguan.rules.vocabulary import quarter_start

SOURCE = """
members_membership held
LEFT JOIN LATERAL (
    SELECT status FROM members_card WHERE membership_id = held.id ORDER BY seq DESC LIMIT 1
) card ON true
CROSS JOIN LATERAL (SELECT held.id AS membership_id) account
"""


def column_reader(day: date, zone: str, at: datetime | None = None) -> ColumnReader:
    """What conditions on members read, on the local `day` of `zone`; the same as `vocabulary.member_values` says. The
    standing at the moment `at`, as it is written where none is named."""
    quarter, year = quarter_start(day), date(day.year, 1, 1)
    return ColumnReader(
        columns={
            "tier": Fragment("nullif(held.tier, '')"),
            "member_type": Fragment("nullif(held.type, '')"),
            "standing": Fragment("held.standing") if at is None else _standing(at),
            "joined_on": Fragment("(held.joined_at AT TIME ZONE %s)::date", (zone,)),
            "tier_since": Fragment("(held.tier_since AT TIME ZONE %s)::date", (zone,)),
            "birthday_month": Fragment("extract(month FROM held.birthday)::bigint"),
            "years_a_member": Fragment(
                "extract(year FROM age(%s::date, (held.joined_at AT TIME ZONE %s)::date))::bigint", (day, zone)
            ),
            "age": Fragment("extract(year FROM age(%s::date, held.birthday))::bigint", (day,)),
            "profile_complete": Fragment("held.profile_complete"),
            "card_status": Fragment("card.status"),
            "visits_this_quarter": _measure("visits", quarter, day),
            "visits_this_year": _measure("visits", year, day),
            "spend_this_quarter": _measure("spend", quarter, day),
            "spend_this_year": _measure("spend", year, day),
        },
        relations={"rights": rights_rows("held.id")},
    )


def _standing(at: datetime) -> Fragment:
    sql, places = NOW.replace("%(at)s", "%s"), NOW.count("%(at)s")
    return Fragment(f"({sql})", (at,) * places)


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
