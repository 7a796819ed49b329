"""Leaving by oneself: the membership, every agreement and every device, in one transaction."""

from __future__ import annotations

from datetime import datetime

from huiguan.foundation.performing import in_transaction
from huiguan.kernel.actors import Actor
from huiguan.members import operations as member_operations
from huiguan.members import queries as members
from huiguan.members.inputs import LeaveProgramme
from huiguan.members.values import ChangedStanding
from huiguan.programme import queries as programmes
from huiguan.visits.agreements import asked_of
from huiguan.visits.herself import demand_herself
from huiguan.visits.opening import open_of
from huiguan.visits.operations.consenting import write_consent
from huiguan.visits.queries import agreed_to
from huiguan.visits.refusals import NotSignedIn


def leave(*, actor: Actor, at: datetime, wall: datetime, proof: str, reason: str = "") -> ChangedStanding:
    """The acting member leaves: what she agreed to ends, she is signed out everywhere, and her phone is free. `proof`: that
    this phone answered a code for `leave`.

    Refuses NotSignedIn, ProofNotGood, NoOwnPhone, and what `leave_programme` refuses.
    """
    if actor.membership is None:
        raise NotSignedIn()
    membership = actor.membership

    def do() -> ChangedStanding:
        if not members.has_left(membership):
            demand_herself(actor, at, "leave", proof, wall)
        number, _ = members.number_and_name(actor.programme, membership)
        left = member_operations.leave_programme(
            actor=actor, at=at, given=LeaveProgramme(member=number, reason=reason[:200])
        )
        rulebook = programmes.programme_at(actor.programme, at)
        for asked in asked_of(rulebook, programmes.number_of(rulebook.version or 0)):
            if agreed_to(membership, asked.what):
                write_consent(actor=actor, at=at, membership=membership, asked=asked, given=False)
        open_of(membership).update(ended_at=wall)
        return left

    return in_transaction(do)
