"""A notice to leave that runs while something must be cleared: she is out once both are over.

Called inside the transaction that ties the member to something or sets her free of it.
"""

from __future__ import annotations

from datetime import datetime

from huiguan.members.models import Encumbrance, Membership
from huiguan.members.turning import Why, end_dates, put_dates, settle, turn
from huiguan.programme import queries as programmes
from huiguan.rules.effects import Reason
from huiguan.rules.kinds import exit as exits
from huiguan.rules.programme import Programme
from huiguan.rules.standing import OVER


def open_encumbrances(membership: int) -> list[tuple[str, str]]:
    """(kind, what it is called) of those not cleared."""
    rows = Encumbrance.objects.filter(membership_id=membership, cleared_at=None).order_by("opened_at", "pk")
    return list(rows.values_list("kind", "said"))


def hold_exit(programme: int, membership: int, at: datetime) -> None:
    """Something new ties a member whose notice is running: it ends no membership before that is cleared."""
    leaving = Membership.objects.filter(pk=membership, exits_at__gt=at)
    if not leaving.exists():
        return
    row = leaving.select_for_update().get()
    rulebook = programmes.programme_at(programme, at)
    if exits.unmet(rulebook, row.type, open_encumbrances(membership)):
        put_dates(row, exit_held=row.exits_at, exits_at=None)


def let_out(programme: int, membership: int, at: datetime, actor: str) -> None:
    """Something was cleared: with the last of it the notice runs on, and where its day is past she is out now."""
    held = Membership.objects.filter(pk=membership, exit_held__isnull=False)
    if not held.exists():
        return
    row = held.select_for_update().get()
    rulebook = programmes.programme_at(programme, at)
    if exits.unmet(rulebook, row.type, open_encumbrances(membership)):
        return
    settle(rulebook, row, at)
    until = row.exit_held
    put_dates(row, exit_held=None)
    if until is not None and until > at:
        put_dates(row, exits_at=until)
    elif row.standing not in OVER:
        _out(rulebook, row, at, actor)


def _out(rulebook: Programme, row: Membership, at: datetime, actor: str) -> None:
    clause, ground = exits.grounds(rulebook, row.type)[row.exit_ground]
    put_dates(row, **end_dates(rulebook, row, at, row.exit_ground))
    turn(
        rulebook,
        row,
        ground.reads,
        at,
        Why.of(Reason(clause.id, "ground", True, {"called": ground.called.both()}), actor),
    )
