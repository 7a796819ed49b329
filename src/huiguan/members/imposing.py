"""What a room above decided about a membership: suspended until a moment, put out, or nothing of it any more.

Called inside the caller's transaction; it asks for no power.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from huiguan.members.ahead import IMPOSED as IMPOSED
from huiguan.members.marking import put_mark
from huiguan.members.models import Change, Mark, Membership
from huiguan.members.turning import Why, put_dates, settle, turn
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import term
from huiguan.rules.programme import Programme
from huiguan.rules.standing import ACTIVE, EXPELLED, OVER, SUSPENDED

MARK = "measure"


def impose(
    *,
    programme: int,
    membership: int,
    to: str | None,
    until: datetime | None,
    at: datetime,
    actor: str,
    clause: str,
    cause: str,
) -> None:
    """From `at` on the membership is `to` (suspended `until` a moment, or expelled) because of `cause`; None: what was
    imposed is over, and it is again what it was before. What people did to it by hand stays."""
    row = Membership.objects.select_for_update().get(pk=membership, programme_id=programme)
    rulebook = programmes.programme_at(programme, at)
    settle(rulebook, row, at)
    why = Why(actor, clause or None, f"{IMPOSED}{cause}")
    put_mark(
        programme=programme, membership=membership, name=MARK, value=to, at=at, actor=actor, clause=clause, cause=cause,
        until=until,
    )  # fmt: skip
    if to is None:
        if _imposed(row):
            _give_back(rulebook, row, at, why)
        return
    if row.standing in OVER and not (row.standing == EXPELLED and _imposed(row)):
        return
    if row.standing != to:
        turn(rulebook, row, to, at, why)
    if to == SUSPENDED and (
        _imposed(row) or (row.resumes_at is not None and (until is None or until > row.resumes_at))
    ):
        put_dates(row, resumes_at=until)


def impose_again(rulebook: Programme, row: Membership, at: datetime) -> None:
    """What somebody else had suspended her for is lifted: a measure that still stands suspends her on."""
    then = Q(until=None) | Q(until__gt=at)
    mark = Mark.objects.filter(then, membership_id=row.pk, name=MARK, since__lte=at, value=SUSPENDED).first()
    if mark is not None and row.standing == ACTIVE:
        turn(rulebook, row, SUSPENDED, at, Why(mark.actor, mark.clause or None, f"{IMPOSED}{mark.cause}"))
        put_dates(row, resumes_at=mark.until)


def _newest(row: Membership) -> list[Change]:
    return list(Change.objects.filter(membership_id=row.pk, what="standing").order_by("-at", "-seq"))


def _imposed(row: Membership) -> bool:
    """Whether the standing it has now was imposed."""
    newest = next(iter(_newest(row)), None)
    return newest is not None and newest.cause.startswith(IMPOSED) and row.standing in (SUSPENDED, EXPELLED)


def _give_back(rulebook: Programme, row: Membership, at: datetime, why: Why) -> None:
    """Back to the standing before the first of what was imposed on end; a term that was running runs on."""
    before = ACTIVE
    for change in _newest(row):
        if not change.cause.startswith(IMPOSED):
            break
        before = change.before
    clause = term.term(rulebook, row.type)
    lapses = term.lapses(clause, row.ends_at, rulebook.zone) if clause is not None and row.ends_at else row.lapses_at
    turn(rulebook, row, before, at, why)
    put_dates(row, lapses_at=lapses, resumes_at=None)
    settle(rulebook, row, at)
