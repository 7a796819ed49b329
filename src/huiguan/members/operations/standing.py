"""Suspending a member and taking it back, each with a reason that is kept."""

from __future__ import annotations

from datetime import datetime

from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.members.changes import record_changes
from huiguan.members.inputs import RestoreMember, SuspendMember
from huiguan.members.refusals import AlreadySuspended, NotSuspended
from huiguan.members.resolving import by_number, locked_member
from huiguan.members.values import ACTIVE, SUSPENDED, ChangedStanding, NewChange


def suspend_member(*, actor: Actor, at: datetime, given: SuspendMember, key: str | None = None) -> ChangedStanding:
    """From `at` on the membership gives nothing; what it holds stays. Refuses AlreadySuspended, NotFound, Forbidden."""
    return _stand("suspend_member", actor, at, given, SUSPENDED, key)


def restore_member(*, actor: Actor, at: datetime, given: RestoreMember, key: str | None = None) -> ChangedStanding:
    """The suspension is lifted from `at` on. Refuses NotSuspended, NotFound, Forbidden."""
    return _stand("restore_member", actor, at, given, ACTIVE, key)


def _stand(
    operation: str, actor: Actor, at: datetime, given: SuspendMember | RestoreMember, standing: str, key: str | None
) -> ChangedStanding:
    actor.demand("suspend")

    def do() -> ChangedStanding:
        member = locked_member(actor, given.member)
        if member.standing == standing:
            refusal = AlreadySuspended if standing == SUSPENDED else NotSuspended
            raise refusal(field="member", number=member.number)
        change = NewChange(
            member.pk, "standing", member.standing, standing, at, None, given.reason, {}, actor.reference
        )
        record_changes([change], at)
        return ChangedStanding(member.pk, member.number, standing, at)

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
