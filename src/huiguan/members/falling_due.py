"""What the night writes down of memberships: standings that turned, types a birthday changed, members gone by silence."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from huiguan.foundation.performing import in_transaction
from huiguan.kernel.moments import at_day, local_day
from huiguan.members.models import Membership
from huiguan.members.recycling import last_seen
from huiguan.members.turning import Why, end_dates, put_dates, settle, turn
from huiguan.members.typing import turn_types
from huiguan.programme import queries as programmes
from huiguan.programme.refusals import NoRulebookInForce
from huiguan.rules.kinds import exit as exits
from huiguan.rules.kinds import member_type
from huiguan.rules.programme import Programme
from huiguan.rules.standing import ACTIVE


def run_terms(programme: int, at: datetime) -> int:
    """Write down every standing and type that turned up to `at`, each at its own moment; how many members. Running it
    again changes nothing."""
    try:
        rulebook = programmes.programme_at(programme, at)
    except NoRulebookInForce:
        return 0
    return in_transaction(lambda: _settle_due(programme, rulebook, at) + turn_types(programme, rulebook, at)) + (
        in_transaction(lambda: _silent(programme, rulebook, at))
    )


def _settle_due(programme: int, rulebook: Programme, at: datetime) -> int:
    due = Q(opens_at__lte=at) | Q(resumes_at__lte=at) | Q(lapses_at__lte=at) | Q(exits_at__lte=at)
    rows = Membership.objects.select_for_update().filter(due, programme_id=programme)
    turned = 0
    for row in rows.exclude(standing__in=["lapsed", "exited", "expelled", "left", "merged"]).order_by("pk"):
        before = row.standing
        settle(rulebook, row, at)
        turned += row.standing != before
    return turned


def _silent(programme: int, rulebook: Programme, at: datetime) -> int:
    """End the memberships of whoever has not been seen for as long as a ground says."""
    known = {name: exits.silent_ground(rulebook, name) for name in member_type.types(rulebook) or [""]}
    gone = 0
    for name, found in known.items():
        if found is None:
            continue
        rows = Membership.objects.select_for_update().filter(programme_id=programme, standing=ACTIVE, type=name)
        for row in rows.order_by("pk"):
            day, reason = exits.silence(found, last_seen(row.pk, rulebook) or local_day(row.joined_at, rulebook.zone))
            moment = at_day(day, rulebook.zone)
            if moment <= at:
                put_dates(row, **end_dates(rulebook, row, moment, found[1].ground))
                turn(rulebook, row, found[1].reads, moment, Why.of(reason))
                gone += 1
    return gone
