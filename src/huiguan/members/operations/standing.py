"""Suspending a member and taking it back, each with a reason that is kept."""

from __future__ import annotations

from datetime import datetime

from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import moment_of
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.members.changes import record_changes
from huiguan.members.imposing import impose_again
from huiguan.members.inputs import RestoreMember, SuspendMember
from huiguan.members.life_refusals import NotInForce
from huiguan.members.models import Membership
from huiguan.members.refusals import AlreadySuspended, NotSuspended
from huiguan.members.resolving import by_number, locked_member
from huiguan.members.standings import STANDINGS
from huiguan.members.turning import put_dates, settle
from huiguan.members.values import ACTIVE, SUSPENDED, ChangedStanding, NewChange
from huiguan.programme import queries as programmes
from huiguan.rules.programme import Programme
from huiguan.rules.standing import OVER

_PAST = Text(zh="须在将来", en="must lie ahead")


def suspend_member(*, actor: Actor, at: datetime, given: SuspendMember, key: str | None = None) -> ChangedStanding:
    """From `at` on the membership gives nothing; what it holds stays. Where
    `until` is named it is over then of itself. Refuses AlreadySuspended, NotInForce (it is over), NotFound, Forbidden."""
    return _stand("suspend_member", actor, at, given, SUSPENDED, key)


def restore_member(*, actor: Actor, at: datetime, given: RestoreMember, key: str | None = None) -> ChangedStanding:
    """The suspension is lifted from `at` on; a measure that stands beside it suspends her on. Refuses NotSuspended, NotFound, Forbidden."""
    return _stand("restore_member", actor, at, given, ACTIVE, key)


def _stand(
    operation: str, actor: Actor, at: datetime, given: SuspendMember | RestoreMember, standing: str, key: str | None
) -> ChangedStanding:
    actor.demand("suspend")

    def do() -> ChangedStanding:
        member, rulebook = locked_member(actor, given.member), programmes.ruling_at(actor.programme, at)
        if rulebook is not None:
            settle(rulebook, member, at)
        _demand_other(member, standing)
        until = _until(given, rulebook, at)
        change = NewChange(
            member.pk, "standing", member.standing, standing, at, None, given.reason, {}, actor.reference
        )
        record_changes([change], at)
        put_dates(member, resumes_at=until)
        if standing == ACTIVE and rulebook is not None:
            member.standing = ACTIVE
            impose_again(rulebook, member, at)
        return ChangedStanding(member.pk, member.number, member.standing if standing == ACTIVE else standing, at)

    subject, given = by_number(actor, given, given.member)
    return perform(
        operation,
        actor=actor,
        at=at,
        subject=subject,
        given=given,
        do=do,
        returns=ChangedStanding,
        key=key,
    )


def _demand_other(member: Membership, standing: str) -> None:
    """A suspended one is not suspended again, one that is not suspended is not restored, one that is over is neither."""
    if member.standing in OVER:
        raise NotInForce(field="member", number=member.number, standing=STANDINGS[member.standing])
    if standing == SUSPENDED and member.standing == SUSPENDED:
        raise AlreadySuspended(field="member", number=member.number)
    if standing == ACTIVE and member.standing != SUSPENDED:
        raise NotSuspended(field="member", number=member.number)


def _until(given: SuspendMember | RestoreMember, rulebook: Programme | None, at: datetime) -> datetime | None:
    if not isinstance(given, SuspendMember) or given.until is None or rulebook is None:
        return None
    until = moment_of(given.until, "until", rulebook.zone)
    if until <= at:
        raise InvalidInput(field="until", rule=_PAST)
    return until
