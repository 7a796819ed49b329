"""Who may not come back yet: the member herself, or an organisation that is known again by its credit code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from huiguan.kernel.moments import local_day
from huiguan.members.admitting import stands
from huiguan.members.life_refusals import StricterWay
from huiguan.members.models import Membership
from huiguan.parties import queries as parties
from huiguan.rules.effects import Reason
from huiguan.rules.kinds import exit as exits
from huiguan.rules.programme import Programme


def demand_way_back(rulebook: Programme, member: Membership, at: datetime, way: str | None) -> tuple[Reason, ...]:
    """Why a former member may come back at `at`; Barred, or StricterWay where `way` is not the procedure asked for."""
    day, left = local_day(at, rulebook.zone), local_day(member.standing_since, rulebook.zone)
    reasons = stands(rulebook, exits.back(rulebook, member.type, member.exit_ground, left, day))
    needed = exits.way_back(rulebook, member.type, member.exit_ground)
    if needed and way != needed:
        why = exits.SAYS["strict"].both(**reasons[0].values)
        raise StricterWay(field="way", clause=reasons[0].clause, why=why)
    return reasons


def demand_not_barred(programme: int, rulebook: Programme, values: Mapping[str, str], at: datetime) -> None:
    """Barred where somebody who may not come back yet has the same credit code or identity number as the form."""
    for former in former_members(programme, rulebook, values):
        day, left = local_day(at, rulebook.zone), local_day(former.standing_since, rulebook.zone)
        stands(rulebook, exits.back(rulebook, former.type, former.exit_ground, left, day))


def former_members(programme: int, rulebook: Programme, values: Mapping[str, str]) -> list[Membership]:
    """Former members known again by the fields the rulebook names, the last first."""
    shared = {
        party
        for name in exits.same_by(rulebook)
        if name in values
        for party in parties.holders_of_value(programme, values[name])
    }
    rows = Membership.objects.filter(programme_id=programme, party__in=shared).exclude(exit_ground="")
    return list(rows.order_by("-standing_since"))
