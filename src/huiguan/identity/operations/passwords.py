"""Passwords: one's own, another's by whoever organises, and links that set one once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from huiguan.foundation.performing import in_transaction, perform, write_audit
from huiguan.identity import staffing
from huiguan.identity.inputs import ChangePassword, ResetPassword, StaffNamed, UseLink
from huiguan.identity.models import Passkey, PasswordLink, RecoveryCode, Session, SignInTrouble, Staff, Totp
from huiguan.identity.proofs import demand_password
from huiguan.identity.reach import demand_over
from huiguan.identity.refusals import HasLeft, LinkSpent
from huiguan.identity.staffing import find_person, person_of
from huiguan.identity.tokens import hash_of, new_token
from huiguan.identity.values import NewLink, Person
from huiguan.kernel.actors import Actor

LINK_LASTS = timedelta(hours=24)
_HIDDEN: dict[str, Any] = {"scope": "organisation", "secret": frozenset({"password", "old", "token"})}


def reset_password(*, actor: Actor, at: datetime, given: ResetPassword, key: str | None = None) -> Person:
    """A new password for a person: one's own, or anyone's with the power to organise.

    Refuses PasswordTooWeak, AbovePowers, OutsidePlaces.
    """

    def do() -> Person:
        person = find_person(actor.programme, given.username)
        if actor.reference != f"staff:{person.pk}":
            actor.demand("organise")
        demand_over(actor, person, at)
        _set(person, given.password)
        Session.objects.filter(staff=person, ended_at=None).update(ended_at=at)  # they were opened with the old one
        return person_of(person)

    subject = f"staff:{given.username}"
    return perform(
        "reset_password", actor=actor, at=at, subject=subject, given=given, do=do, returns=Person, key=key, **_HIDDEN
    )


def change_password(
    *, actor: Actor, at: datetime, given: ChangePassword, session: int, wall: datetime, origin: str = ""
) -> Person:
    """One's own password; every other session of hers ends. A wrong old one counts as at the door.

    Refuses SignInMustWait, PasswordWrong, PasswordTooWeak.
    """
    demand_password(staffing.myself(actor), given.old, field="old", wall=wall, at=at, origin=origin)

    def do() -> Person:
        person = staffing.myself(actor)
        _set(person, given.password)
        Session.objects.filter(staff=person, ended_at=None).exclude(pk=session).update(ended_at=wall)
        Session.objects.filter(staff=person, pk=session).update(proved_at=wall)
        return person_of(person)

    subject = f"staff:{staffing.myself(actor).username}"
    return perform(
        "change_password", actor=actor, at=at, subject=subject, given=given, do=do, returns=Person, **_HIDDEN
    )


def make_password_link(
    *, actor: Actor, at: datetime, given: StaffNamed, wall: datetime, key: str | None = None
) -> NewLink:
    """A link by which a person sets her own password, once, within a day. The one before ends. Its token is told this
    once: a repeat under the same key gets it empty.

    Refuses NotFound, HasLeft, AbovePowers, OutsidePlaces.
    """
    actor.demand("organise")
    token = new_token()

    def do() -> NewLink:
        person = find_person(actor.programme, given.username)
        if not person.is_active:
            raise HasLeft(field="username")
        demand_over(actor, person, at)
        PasswordLink.objects.filter(staff=person, used_at=None).delete()
        made = PasswordLink.objects.create(
            programme_id=actor.programme,
            staff=person,
            token_hash=hash_of(token),
            made_at=wall,
            ends_at=wall + LINK_LASTS,
        )
        return NewLink(person.username, "", made.ends_at)

    subject = f"staff:{given.username}"
    answer = perform(
        "make_password_link", actor=actor, at=at, subject=subject, given=given, do=do, returns=NewLink, key=key,
        **_HIDDEN,
    )  # fmt: skip
    fresh = PasswordLink.objects.filter(token_hash=hash_of(token)).exists()
    return NewLink(answer.username, token if fresh else "", answer.ends_at)


def use_password_link(*, given: UseLink, wall: datetime, at: datetime | None = None) -> Person:
    """Set the password the link is for. Its sessions end, her failed sign-ins are forgotten, the link is spent; a second
    factor stays. Refuses LinkSpent, PasswordTooWeak."""

    def do() -> Person:
        link = (
            PasswordLink.objects.select_for_update(of=("self",))
            .select_related("staff")
            .filter(token_hash=hash_of(given.token), used_at=None, ends_at__gt=wall, staff__is_active=True)
            .first()
        )
        if link is None:
            raise LinkSpent(field="token")
        person = link.staff
        _set(person, given.password)
        PasswordLink.objects.filter(pk=link.pk).update(used_at=wall)
        Session.objects.filter(staff=person, ended_at=None).update(ended_at=wall)
        SignInTrouble.objects.filter(key=f"name:{person.username}"[:120]).delete()
        actor = Actor("staff", person.pk, person.name, person.programme_id)
        write_audit("use_password_link", actor=actor, at=at or wall, subject=f"staff:{person.username}", given={})
        return person_of(person)

    return in_transaction(do)


def drop_second_factors(*, actor: Actor, at: datetime, given: StaffNamed, key: str | None = None) -> Person:
    """The phone is lost: her authenticator, recovery codes and passkeys open nothing any more, and the next sign-in takes
    the password alone, unless her post asks to set up another. Takes `organise`.

    Refuses NotFound, AbovePowers, OutsidePlaces.
    """
    actor.demand("organise")

    def do() -> Person:
        person = find_person(actor.programme, given.username)
        demand_over(actor, person, at)
        for kept in (Passkey, Totp, RecoveryCode):
            kept.objects.filter(staff=person).delete()
        SignInTrouble.objects.filter(key=f"code:{person.pk}").delete()
        return person_of(person)

    subject = f"staff:{given.username}"
    return perform(
        "drop_second_factors", actor=actor, at=at, subject=subject, given=given, do=do, returns=Person, key=key,
        **_HIDDEN,
    )  # fmt: skip


def _set(person: Staff, password: str) -> None:
    staffing.check_strength(person.username, password)
    person.set_password(password)
    Staff.objects.filter(pk=person.pk).update(password=person.password)
