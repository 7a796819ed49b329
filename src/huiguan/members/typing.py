"""Of which type a member is: named on joining, turned by a birthday."""

from __future__ import annotations

from datetime import date, datetime

from huiguan.kernel.moments import at_day, local_day
from huiguan.members.changes import record_changes
from huiguan.members.life_refusals import NoSuchType
from huiguan.members.models import Membership
from huiguan.members.turning import put_dates
from huiguan.members.values import NewChange
from huiguan.rules.effects import Decision
from huiguan.rules.kinds import member_type
from huiguan.rules.programme import Programme

NO_SORTS = {"zh": "章程没有分会员种类。", "en": "The rulebook knows one sort of member."}


def demand_type(rulebook: Programme, name: str, birthday: date | None, day: date) -> Decision:
    """Whether somebody may be of the type by the house's own word; NoSuchType where the rulebook knows no sorts."""
    demand_sorts(rulebook, name)
    return member_type.decide(rulebook, name, birthday, day, itself=False)


def demand_sorts(rulebook: Programme, name: str) -> None:
    """NoSuchType where a type is named and the rulebook knows one sort of member alone."""
    if name and not member_type.types(rulebook):
        raise NoSuchType(field="type", why=NO_SORTS)


def type_at(rulebook: Programme, row: Membership, at: datetime) -> str:
    """The member's type at `at`, written down or not."""
    return member_type.type_on(rulebook, row.type, row.birthday, local_day(at, rulebook.zone))


def turning(rulebook: Programme) -> list[str]:
    """The types of member that become another by a birthday."""
    return [name for name, clause in member_type.types(rulebook).items() if member_type.rule(clause).becomes]


def turn_types(programme: int, rulebook: Programme, at: datetime) -> int:
    """Write down whoever became of another type by a birthday up to `at`, each at its first moment; how many."""
    rows = Membership.objects.select_for_update().filter(
        programme_id=programme, type__in=turning(rulebook), birthday__isnull=False, merged_into=None
    )
    today = local_day(at, rulebook.zone)
    count = 0
    for row in rows.order_by("pk"):
        due = member_type.turn(rulebook, row.type, row.birthday)
        if due is None or due[0] > today:
            continue
        day, to, clause = due
        years = member_type.rule(clause).turns_at
        told = {"say": "turned", "on": day.isoformat(), "years": years, "called": member_type.called(rulebook, to)}
        moment = max(at_day(day, rulebook.zone), row.joined_at)
        record_changes([NewChange(row.pk, "type", row.type, to, moment, clause.id, "birthday", told)], at)
        put_dates(row, type=to)
        count += 1
    return count
