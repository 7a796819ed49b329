"""Taking new members in, one or thousands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import Refusal
from huiguan.members.enrolling import enrol
from huiguan.members.inputs import EnrolMember
from huiguan.members.values import EnrolledMember

SECRET = frozenset({"phone", "profile"})


def enrol_member(*, actor: Actor, at: datetime, given: EnrolMember, key: str | None = None) -> EnrolledMember:
    """Enrol one person: profile checked against the rulebook, number given, account opened, first tier, and her card
    with what it brings where one is named.

    Refuses InvalidInput (`profile.<field>`, with the clause), PhoneTaken, CardTaken, NumberTaken, NotFound (shop),
    ShopOutsideScope, MomentInFuture, Forbidden. Nothing is kept of a form that is refused.
    """
    actor.demand("enrol")

    def do() -> EnrolledMember:
        (answer,) = enrol(actor, at, [given], allow_incomplete=False, carried_over=False)
        if isinstance(answer, Refusal):
            raise answer
        return answer

    return perform(
        "enrol_member",
        actor=actor,
        at=at,
        subject="members",
        given=given,
        do=do,
        returns=EnrolledMember,
        key=key,
        secret=SECRET,
    )


def enrol_members(
    *,
    actor: Actor,
    at: datetime,
    given: Sequence[EnrolMember],
    allow_incomplete: bool = False,
    carried_over: bool = False,
) -> tuple[EnrolledMember | Refusal, ...]:
    """Enrol many in one transaction, one answer or refusal for each in the same order; a refusal leaves the others.

    `allow_incomplete`: a profile may lack required fields (never the name); it is then marked, not refused.
    `carried_over`: these belonged before this system; their cards bring no opening gifts, and nothing of theirs is late.
    """
    actor.demand("enrol")
    return perform(
        "enrol_members",
        actor=actor,
        at=at,
        subject="members",
        given={"count": len(given), "allow_incomplete": allow_incomplete, "carried_over": carried_over},
        do=lambda: enrol(actor, at, given, allow_incomplete=allow_incomplete, carried_over=carried_over),
        returns=tuple,
    )
