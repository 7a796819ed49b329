"""Who is signed in and with what, and what a browser is asked for a passkey."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from huiguan.identity.ceremonies import registration_asked, sign_in_asked
from huiguan.identity.demands import demanding_post
from huiguan.identity.factors import address_of, factors_of, secret_of
from huiguan.identity.models import Passkey, PasswordLink, RecoveryCode, Session, Totp
from huiguan.identity.passkeys import passkey_of
from huiguan.identity.proofs import demand_fresh
from huiguan.identity.refusals import TotpNotBegun
from huiguan.identity.sessions import session_of
from huiguan.identity.staffing import myself, person_of
from huiguan.identity.tokens import hash_of
from huiguan.identity.values import Ceremony, NewTotp, OpenSession, Person, SecondFactors
from huiguan.kernel.actors import Actor


def open_session(token: str, staff_id: int, wall: datetime) -> OpenSession | None:
    """The session a browser's token stands for, None where it ended, is another's or never was."""
    rows = Session.objects.select_related("staff")
    found = rows.filter(token_hash=hash_of(token), staff_id=staff_id, ended_at=None, ends_at__gt=wall).first()
    return session_of(found) if found and found.staff.is_active else None


def sessions(actor: Actor, wall: datetime, *, username: str | None = None) -> tuple[OpenSession, ...]:
    """Who is signed in at `wall`, the last used first; of one person where named. One's own, or with `organise`
    everybody's."""
    rows = Session.objects.filter(programme_id=actor.programme, ended_at=None, ends_at__gt=wall)
    if not actor.may("organise"):
        rows = rows.filter(staff_id=actor.id if actor.kind == "staff" else 0)
    if username is not None:
        rows = rows.filter(staff__username=username)
    return tuple(session_of(row) for row in rows.select_related("staff").order_by("-seen_at", "-id")[:500])


def second_factors(actor: Actor, at: datetime) -> SecondFactors:
    """What stands beside the acting person's password."""
    person = myself(actor)
    totp = Totp.objects.filter(staff=person, confirmed_at__isnull=False).first()
    return SecondFactors(
        totp_since=totp.confirmed_at if totp else None,
        recovery_left=codes_on_paper(person.pk),
        passkeys=tuple(passkey_of(row) for row in Passkey.objects.filter(staff=person).order_by("created_at", "id")),
        demanded=demanding_post(person, at) is not None,
    )


def codes_on_paper(staff_id: int) -> int:
    """How many recovery codes a person has left: for the door, where she is only half in."""
    return RecoveryCode.objects.filter(staff_id=staff_id, used_at=None).count()


def totp_begun(actor: Actor, session: int, wall: datetime, house: str) -> NewTotp:
    """The authenticator one is setting up, shown again within the hour. Refuses TotpNotBegun, ProofTooOld."""
    demand_fresh(actor, session, wall)
    person = myself(actor)
    row = Totp.objects.filter(staff=person, confirmed_at=None, begun_at__gt=wall - timedelta(hours=1)).first()
    if row is None:
        raise TotpNotBegun()
    secret = secret_of(row)
    return NewTotp(secret, address_of(person.username, secret, house))


def has_second_factor(staff_id: int) -> bool:
    """Whether more than a password stands at the door for this person."""
    return bool(factors_of(staff_id))


def passkey_to_register(actor: Actor, session: int, wall: datetime, ceremony: Ceremony, house: str) -> dict[str, Any]:
    """What the browser is asked for a new passkey, as WebAuthn's JSON. ProofTooOld without a recent password."""
    demand_fresh(actor, session, wall)
    return registration_asked(myself(actor), ceremony, house)


def passkey_to_present(ceremony: Ceremony, staff_id: int | None = None) -> dict[str, Any]:
    """What the browser is asked at the door, as WebAuthn's JSON; of one person's passkeys where she is known."""
    mine = Passkey.objects.filter(staff_id=staff_id, site=ceremony.site) if staff_id is not None else ()
    return sign_in_asked(ceremony, [bytes(row.credential_id) for row in mine])


def link_person(token: str, wall: datetime) -> Person | None:
    """Whose password a link would set; None for one that is spent."""
    rows = PasswordLink.objects.select_related("staff")
    found = rows.filter(token_hash=hash_of(token), used_at=None, ends_at__gt=wall, staff__is_active=True).first()
    return person_of(found.staff) if found else None
