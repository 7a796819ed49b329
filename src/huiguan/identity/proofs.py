"""A change of how one signs in follows soon after the password: a till left alone for a minute lets nobody add a key."""

from __future__ import annotations

from datetime import datetime, timedelta

from huiguan.identity.models import Session, Staff
from huiguan.identity.refusals import PasswordWrong, ProofTooOld
from huiguan.identity.troubles import counted_under, demand_no_wait, forget, note_failure
from huiguan.identity.values import PASSWORD
from huiguan.kernel.actors import Actor

FRESH = timedelta(minutes=10)


def demand_fresh(actor: Actor, session: int, wall: datetime) -> None:
    """ProofTooOld unless the person gave her password at this session within the last ten minutes."""
    fresh = Session.objects.filter(
        pk=session, staff_id=actor.id, ended_at=None, proved_at__gt=wall - FRESH, proved_at__lte=wall
    )
    if actor.kind != "staff" or not fresh.exists():
        raise ProofTooOld()


def demand_password(person: Staff, password: str, *, field: str, wall: datetime, at: datetime, origin: str) -> None:
    """The person's password, asked for again while she is signed in; failures count as those of the door do.

    Refuses SignInMustWait, PasswordWrong.
    """
    keys = counted_under(name=person.username, origin=origin)
    demand_no_wait(keys, wall)
    if not person.check_password(password):
        note_failure(keys, wall, at, who=person, what=PASSWORD, origin=origin)
        raise PasswordWrong(field=field)
    forget(keys[0])
