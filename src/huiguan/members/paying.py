"""A membership that lasts as long as a fee is paid: its term follows the last day that is paid for.

Called by the room that knows what is paid, inside its own transaction; it asks for no power.
"""

from __future__ import annotations

from datetime import date, datetime

from huiguan.kernel.moments import local_day
from huiguan.members.marking import put_mark
from huiguan.members.models import Membership
from huiguan.members.turning import TERM_PAID, Why, put_dates, settle, turn
from huiguan.programme import queries as programmes
from huiguan.rules.effects import Reason
from huiguan.rules.kinds import term
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.standing import ACTIVE, FROZEN, LAPSED, SUSPENDED


def follow_payment(
    *, programme: int, membership: int, fee: str, until: date | None, at: datetime, actor: str, cause: str
) -> None:
    """From `at` on `fee` is paid up to and including `until` (None: for no day) because of `cause`. Where the membership
    lasts as long as that fee is paid, it ends with that day; one that had lapsed is in force again, one for which
    nothing is paid any more ends now at the soonest."""
    rulebook = programmes.programme_at(programme, at)
    if all(term.rule(clause).paid != fee for clause in rulebook.of("term")):
        return
    row = Membership.objects.select_for_update().get(pk=membership, programme_id=programme)
    clause = term.term(rulebook, row.type)
    if clause is None or term.rule(clause).paid != fee:
        return
    put_mark(
        programme=programme, membership=membership, name=TERM_PAID, value=until.isoformat() if until else None, at=at,
        actor=actor, clause=clause.id, cause=cause,
    )  # fmt: skip
    settle(rulebook, row, at)
    if row.standing in (ACTIVE, LAPSED, SUSPENDED, FROZEN):
        _move(rulebook, clause, row, until, at, actor)


def _move(rulebook: Programme, clause: Clause, row: Membership, until: date | None, at: datetime, actor: str) -> None:
    zone, again, lapsed = rulebook.zone, row.standing == LAPSED, row.lapses_at
    begun = local_day(row.member_since or row.opens_at or row.joined_at, zone)
    end = term.paid_to(clause, until or begun, None, zone)
    lapse = term.lapses(clause, end, zone)
    assert lapse is not None, "a term that is paid for has an end"
    if again and lapse <= at:
        return
    put_dates(row, ends_at=end, lapses_at=max(lapse, at))
    if again:
        if not term.unbroken(clause, lapsed, at, zone):
            put_dates(row, member_since=at)
        renewed = Reason(clause.id, "renewed", True, {"until": term.last_day(end, zone)})
        turn(rulebook, row, ACTIVE, at, Why.of(renewed, actor))
    settle(rulebook, row, at)
