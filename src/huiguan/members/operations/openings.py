"""What members bring from before this system: points under their bill, and what they had spent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import Refusal
from huiguan.members.inputs import RecordOpening
from huiguan.members.opening import record
from huiguan.members.resolving import by_number
from huiguan.members.values import RecordedOpening


def record_opening(*, actor: Actor, at: datetime, given: RecordOpening, key: str | None = None) -> RecordedOpening:
    """Post opening points as a lot earned when they were earned, count earlier spending, and let the tier follow.

    Refuses InvalidInput (`bill`: points without one; amounts; days), BillAlreadyRecorded (one bill counts once, for
    whomever), NothingToChange, MomentInFuture, NotFound, Forbidden.
    """
    actor.demand("correct")

    def do() -> RecordedOpening:
        (answer,) = record(actor, at, [given])
        if isinstance(answer, Refusal):
            raise answer
        return answer

    subject, given = by_number(actor, given, given.member)
    return perform(
        "record_opening",
        actor=actor,
        at=at,
        subject=subject,
        given=given,
        do=do,
        returns=RecordedOpening,
        key=key,
    )


def record_openings(
    *, actor: Actor, at: datetime, given: Sequence[RecordOpening]
) -> tuple[RecordedOpening | Refusal, ...]:
    """Many openings in one transaction, an answer or refusal for each in the same order; a refusal leaves the others."""
    actor.demand("correct")
    return perform(
        "record_openings",
        actor=actor,
        at=at,
        subject="members",
        given={"count": len(given)},
        do=lambda: record(actor, at, given),
        returns=tuple,
    )
