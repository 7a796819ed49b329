"""What the calendar gives: the rights of each month's end, for all members at once. A night's work, restartable."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from django.db.models import Min

from huiguan.calendar import queries as calendar
from huiguan.entitlements import operations as entitlements
from huiguan.entitlements.values import NewRight
from huiguan.foundation.performing import in_transaction
from huiguan.foundation.statements import hot_rows
from huiguan.kernel.actors import system
from huiguan.kernel.moments import at_day, local_day, month_end
from huiguan.members.models import Membership
from huiguan.members.operations.rebating import pay_rebates
from huiguan.members.recalling import hand_books_on, recall_books
from huiguan.members.storing import run
from huiguan.programme import queries as programmes
from huiguan.rules.effects import GrantRight
from huiguan.rules.kinds import grant
from huiguan.rules.programme import Programme

BATCH = 1000

# Known and active at the month's end, whenever the night is written: what came after it is looked past.
_ENTITLED = """
SELECT id, merged_into FROM members_membership held
WHERE programme_id = %s AND id > %s AND entered_at < %s
  AND (%s::int IS NULL OR extract(month FROM birthday) = %s)
  AND CASE WHEN standing_since <= %s THEN standing ELSE (
        SELECT after FROM members_change
        WHERE membership_id = held.id AND what = 'standing' AND at <= %s ORDER BY at DESC, seq DESC LIMIT 1
      ) END = 'active'
ORDER BY id LIMIT %s
"""

_WRITTEN = """
INSERT INTO members_grantrun (programme_id, month_end, ends, granted, written_at) VALUES (%s, %s, %s, %s, %s)
"""
_NEWEST = "SELECT ends FROM members_grantrun WHERE programme_id = %s ORDER BY month_end DESC LIMIT 1"


def grant_due(programme: int, at: datetime) -> int:
    """Write what fell due at the month-ends up to `at` that are not written yet; how many rights and rebates were given.

    Each month-end is judged by the rulebook in force at its 24:00; an occasion never gives twice, so a night that was
    cut short is simply run again.
    """
    given = 0
    for day, rulebook in _due(programme, at):
        count = sum(
            _grant(programme, rulebook, day, month, effect, at) for month, effect in grant.on_month_end(rulebook, day)
        )
        count += _rebate(programme, rulebook, day, at)
        hot_rows(_WRITTEN, [programme, day, at_day(day + timedelta(days=1), rulebook.zone), count, at])
        given += count
    return given


def _due(programme: int, at: datetime) -> Iterator[tuple[date, Programme]]:
    """The month-ends not written down yet, each with its rulebook, oldest first."""
    after = _written_until(programme)
    if after is None or after > at:
        return
    zone = programmes.programme_at(programme, at).zone
    day = month_end(local_day(after, zone))
    while (ends := at_day(day + timedelta(days=1), zone)) <= at:
        if ends > after:
            yield day, programmes.programme_at(programme, ends)
        day = calendar.next_month_end(day)


def _written_until(programme: int) -> datetime | None:
    """From when on month-ends are to be written: the last one written, else when rulebook and members were first."""
    for (ends,) in hot_rows(_NEWEST, [programme]):
        return ends  # type: ignore[no-any-return]
    first = Membership.objects.filter(programme_id=programme).aggregate(first=Min("entered_at"))["first"]
    begun = min((version.effective_from for version in programmes.versions(system(programme))), default=None)
    return max(first, begun) if first is not None and begun is not None else None


def _grant(programme: int, rulebook: Programme, day: date, month: int, effect: GrantRight, written_at: datetime) -> int:
    """One grant clause at one month-end, in batches by key; each batch its own transaction."""
    clause = rulebook.clauses[effect.clause]
    birth_month = month if clause.parameters.to == "birthday_next_month" else None  # type: ignore[attr-defined]
    end, last, given = at_day(day + timedelta(days=1), rulebook.zone), 0, 0
    while True:
        rows = run(_ENTITLED, [programme, last, end, birth_month, birth_month, end, end, BATCH])
        if not rows:
            return given
        occasion = f"month_end:{day.isoformat()}"
        given += in_transaction(partial(_give, programme, dict(rows), effect, occasion, written_at))
        last = rows[-1][0]


def _rebate(programme: int, rulebook: Programme, day: date, written_at: datetime) -> int:
    """What the year's end brings back of what was spent, in batches by key; each batch its own transaction."""
    if (day.month, day.day) != (12, 31) or not rulebook.of("rebate"):
        return 0
    end, last, given = at_day(day + timedelta(days=1), rulebook.zone), 0, 0
    while rows := run(_ENTITLED, [programme, last, end, None, None, end, end, BATCH]):
        # Whoever was absorbed since has her days with the one who goes on.
        hers = [membership for membership, absorbed in rows if absorbed is None]
        given += in_transaction(partial(pay_rebates, programme, rulebook, day, hers, written_at))
        last = rows[-1][0]
    return given


def _give(
    programme: int, members: dict[int, int | None], effect: GrantRight, occasion: str, written_at: datetime
) -> int:
    """The right to each of `members`, with who absorbed her since, if any: then it goes along as all she had did."""
    rights = [NewRight.granted(membership, effect, occasion) for membership in members]
    given = entitlements.grant_rights(programme=programme, rights=rights, written_at=written_at)
    for membership, _ in given:
        if members[membership] is not None:
            recalled = recall_books(actor=system(programme), at=written_at, membership=membership)
            if recalled is not None:
                hand_books_on(recalled)
    return len(given)
