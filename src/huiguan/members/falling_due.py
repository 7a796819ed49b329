"""What the night writes down of memberships: standings that turned, types a birthday changed, members gone by silence."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from huiguan.foundation.performing import in_transaction
from huiguan.foundation.statements import hot_rows
from huiguan.kernel.moments import at_day, local_day
from huiguan.members.models import Membership
from huiguan.members.recycling import last_seen
from huiguan.members.turning import Why, end_dates, put_dates, settle, turn
from huiguan.members.typing import turn_types, turning
from huiguan.programme import queries as programmes
from huiguan.programme.refusals import NoRulebookInForce
from huiguan.rules.kinds import exit as exits
from huiguan.rules.kinds import member_type
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.standing import ACTIVE

_OVER = ("lapsed", "exited", "expelled", "left", "merged")
_DUE = """
FROM members_membership
WHERE programme_id = %(programme)s AND NOT standing = ANY(%(over)s::text[])
  AND (opens_at <= %(at)s OR resumes_at <= %(at)s OR lapses_at <= %(at)s OR exits_at <= %(at)s)
"""


def run_terms(programme: int, at: datetime) -> int:
    """Write down every standing and type that turned up to `at`, each at its own moment; how many members. Running it
    again changes nothing."""
    try:
        rulebook = programmes.programme_at(programme, at)
    except NoRulebookInForce:
        return 0
    turned = 0
    if turning(rulebook) or hot_rows(f"SELECT 1 {_DUE} LIMIT 1", _asked(programme, at)):
        turned = in_transaction(lambda: _settle_due(programme, rulebook, at) + turn_types(programme, rulebook, at))
    return turned + in_transaction(lambda: _silent(programme, rulebook, at)) if _grounds(rulebook) else turned


def _settle_due(programme: int, rulebook: Programme, at: datetime) -> int:
    turned = 0
    for row in Membership.objects.raw(f"SELECT * {_DUE} ORDER BY id FOR UPDATE", _asked(programme, at)):
        before = row.standing
        settle(rulebook, row, at)
        turned += row.standing != before
    return turned


def _asked(programme: int, at: datetime) -> dict[str, Any]:
    return {"programme": programme, "at": at, "over": list(_OVER)}


def _grounds(rulebook: Programme) -> dict[str, tuple[Clause, exits.Ground]]:
    """The types of member that end by silence, and by which ground."""
    known = {name: exits.silent_ground(rulebook, name) for name in member_type.types(rulebook) or [""]}
    return {name: found for name, found in known.items() if found is not None}


def _silent(programme: int, rulebook: Programme, at: datetime) -> int:
    """End the memberships of whoever has not been seen for as long as a ground says."""
    gone = 0
    for name, found in _grounds(rulebook).items():
        rows = Membership.objects.select_for_update().filter(programme_id=programme, standing=ACTIVE, type=name)
        for row in rows.order_by("pk"):
            day, reason = exits.silence(found, last_seen(row.pk, rulebook) or local_day(row.joined_at, rulebook.zone))
            moment = at_day(day, rulebook.zone)
            if moment <= at:
                put_dates(row, **end_dates(rulebook, row, moment, found[1].ground))
                turn(rulebook, row, found[1].reads, moment, Why.of(reason))
                gone += 1
    return gone
