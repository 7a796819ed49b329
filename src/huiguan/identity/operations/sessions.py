"""Who is signed in, at which device, since when; and the end of it. On wall time."""

from __future__ import annotations

from datetime import datetime, timedelta

from huiguan.foundation.performing import in_transaction, perform, write_audit
from huiguan.identity.inputs import SessionNumbered, StaffNamed
from huiguan.identity.models import Session, Staff
from huiguan.identity.proofs import demand_password
from huiguan.identity.reach import demand_over
from huiguan.identity.sessions import SESSION, session_of
from huiguan.identity.staffing import find_person, myself
from huiguan.identity.tokens import hash_of, new_token
from huiguan.identity.values import OpenSession, SignedIn
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import NotFound

LASTS = timedelta(hours=12)


def begin_session(
    *, known: SignedIn, wall: datetime, origin: str = "", device: str = "", at: datetime | None = None
) -> OpenSession:
    """A session of a person who has shown all that is asked of her; its `token` is told this once."""
    token = new_token()

    def do() -> OpenSession:
        staff = Staff.objects.get(pk=known.staff)
        made = Session.objects.create(
            programme_id=known.programme,
            staff=staff,
            token_hash=hash_of(token),
            how=known.how,
            address=origin[:45],
            device=device[:300],
            began_at=wall,
            seen_at=wall,
            proved_at=wall,
            ends_at=wall + LASTS,
        )
        actor = Actor("staff", staff.pk, staff.name, staff.programme_id)
        given = {"with": known.how, "address": origin}
        write_audit("sign_in", actor=actor, at=at or wall, subject=f"staff:{staff.username}", given=given)
        return session_of(made, token)

    return in_transaction(do)


def touch_session(*, session: int, wall: datetime) -> None:
    """The session was used at `wall`; written once a minute."""
    Session.objects.filter(pk=session, seen_at__lt=wall - timedelta(minutes=1)).update(seen_at=wall)


def leave(*, token: str, wall: datetime) -> None:
    """Her own session ends, by the door."""
    Session.objects.filter(token_hash=hash_of(token), ended_at=None).update(ended_at=wall)


def prove_password(
    *, actor: Actor, at: datetime, session: int, password: str, wall: datetime, origin: str = ""
) -> None:
    """The person at this session gave her password again, as is asked before a change of how she signs in. Failures count
    as those of the door do. Refuses SignInMustWait, PasswordWrong."""
    person = myself(actor)
    demand_password(person, password, field="password", wall=wall, at=at, origin=origin)
    Session.objects.filter(pk=session, staff=person, ended_at=None).update(proved_at=wall)


def end_session(
    *, actor: Actor, at: datetime, given: SessionNumbered, wall: datetime, key: str | None = None
) -> OpenSession:
    """A session ends: one's own, or anybody's one organises. Refuses NotFound, AbovePowers, OutsidePlaces."""

    def do() -> OpenSession:
        found = Session.objects.select_related("staff").filter(pk=given.session, programme_id=actor.programme).first()
        if found is None or (actor.reference != f"staff:{found.staff_id}" and not actor.may("organise")):
            raise NotFound(field="session", what=SESSION, given=f"#{given.session}")
        demand_over(actor, found.staff, at)
        Session.objects.filter(pk=found.pk, ended_at=None).update(ended_at=wall)
        return session_of(found)

    return perform(
        "end_session", actor=actor, at=at, subject=actor.reference, given=given, do=do, returns=OpenSession, key=key,
        scope="organisation",
    )  # fmt: skip


def end_sessions(
    *,
    actor: Actor,
    at: datetime,
    given: StaffNamed,
    wall: datetime,
    but: int | None = None,
    key: str | None = None,
) -> int:
    """All sessions of a person end, `but` the one named; how many that were. One's own, or anybody's one organises.

    Refuses NotFound, Forbidden, AbovePowers, OutsidePlaces.
    """

    def do() -> int:
        person = find_person(actor.programme, given.username)
        if actor.reference != f"staff:{person.pk}":
            actor.demand("organise")
        demand_over(actor, person, at)
        return Session.objects.filter(staff=person, ended_at=None).exclude(pk=but or 0).update(ended_at=wall)

    return perform(
        "end_sessions", actor=actor, at=at, subject=f"staff:{given.username}", given=given, do=do, returns=int, key=key,
        scope="organisation",
    )  # fmt: skip
