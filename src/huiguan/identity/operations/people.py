"""Staff: taken on, changed, let go, taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F, Q

from huiguan.foundation.performing import perform
from huiguan.identity import staffing
from huiguan.identity.inputs import ChangeLanguage, ChangeStaff, CreateStaff, StaffNamed
from huiguan.identity.keeping import keep_an_owner
from huiguan.identity.models import Holding, Passkey, PasswordLink, RecoveryCode, Seat, Session, Staff, Totp
from huiguan.identity.operations.seats import end_term
from huiguan.identity.places import lock_house
from huiguan.identity.reach import demand_over
from huiguan.identity.refusals import HasLeft, StillHere
from huiguan.identity.staffing import find_person, living, person_of
from huiguan.identity.values import OWNER, Person
from huiguan.kernel.actors import Actor

_LEFT = "离职"
_ORGANISATION: dict[str, Any] = {"scope": "organisation", "secret": frozenset({"password", "phone"})}


def create_staff(*, actor: Actor, at: datetime, given: CreateStaff, key: str | None = None) -> Person:
    """Take a person on; without a post she may sign in but do nothing. Refuses UsernameTaken, PasswordTooWeak."""
    actor.demand("organise")

    def do() -> Person:
        made = staffing.add_person(actor.programme, at, given.username, given.name, given.password, given.language)
        if given.phone:
            Staff.objects.filter(pk=made.pk).update(phone=given.phone)
        return person_of(made)

    subject = f"staff:{given.username}"
    return perform(
        "create_staff",
        actor=actor,
        at=at,
        subject=subject,
        given=given,
        do=do,
        returns=Person,
        key=key,
        **_ORGANISATION,
    )


def change_staff(*, actor: Actor, at: datetime, given: ChangeStaff, key: str | None = None) -> Person:
    """A person's name and phone. Refuses NotFound, AbovePowers, OutsidePlaces."""
    actor.demand("organise")

    def do() -> Person:
        person = find_person(actor.programme, given.username)
        demand_over(actor, person, at)
        Staff.objects.filter(pk=person.pk).update(name=given.name, phone=given.phone or "")
        person.name = given.name
        return person_of(person)

    subject = f"staff:{given.username}"
    return perform(
        "change_staff",
        actor=actor,
        at=at,
        subject=subject,
        given=given,
        do=do,
        returns=Person,
        key=key,
        **_ORGANISATION,
    )


def dismiss_staff(
    *, actor: Actor, at: datetime, given: StaffNamed, wall: datetime | None = None, key: str | None = None
) -> Person:
    """A person leaves: no more sign-in; all posts, seats, sessions, passkeys and links end at once (sessions at `wall`).

    Refuses NotFound, HasLeft, LastOwner, AbovePowers, OutsidePlaces.
    """
    actor.demand("organise")

    def do() -> Person:
        lock_house(actor.programme)
        person = find_person(actor.programme, given.username)
        if not person.is_active:
            raise HasLeft(field="username")
        demand_over(actor, person, at)
        if Holding.objects.filter(living(at), staff=person, post=OWNER).exists():
            keep_an_owner(actor.programme, at, without=person)
        _end_everything(person, at, wall or at)
        person.is_active = False
        return person_of(person)

    subject = f"staff:{given.username}"
    return perform(
        "dismiss_staff",
        actor=actor,
        at=at,
        subject=subject,
        given=given,
        do=do,
        returns=Person,
        key=key,
        **_ORGANISATION,
    )


def _end_everything(person: Staff, at: datetime, wall: datetime) -> None:
    open_ended = Q(until=None) | Q(until__gt=at)
    Holding.objects.filter(open_ended, staff=person, since__gt=at).update(until=F("since"))  # never began
    Holding.objects.filter(open_ended, staff=person).exclude(until=F("since")).update(until=at)
    for seat in Seat.objects.filter(open_ended, staff=person):
        end_term(programme=person.programme_id, seat=seat.pk, until=at, why=_LEFT, written_at=at)
    Session.objects.filter(staff=person, ended_at=None).update(ended_at=wall)
    for kept in (Passkey, Totp, RecoveryCode, PasswordLink):
        kept.objects.filter(staff=person).delete()
    Staff.objects.filter(pk=person.pk).update(is_active=False)


def readmit_staff(*, actor: Actor, at: datetime, given: StaffNamed, key: str | None = None) -> Person:
    """Who left comes back, under the same name, without a post and without a password until one is set.

    Refuses NotFound, StillHere.
    """
    actor.demand("organise")

    def do() -> Person:
        person = find_person(actor.programme, given.username)
        if person.is_active:
            raise StillHere(field="username")
        person.set_password(None)
        Staff.objects.filter(pk=person.pk).update(is_active=True, password=person.password)
        person.is_active = True
        return person_of(person)

    subject = f"staff:{given.username}"
    return perform(
        "readmit_staff",
        actor=actor,
        at=at,
        subject=subject,
        given=given,
        do=do,
        returns=Person,
        key=key,
        **_ORGANISATION,
    )


def change_language(*, actor: Actor, at: datetime, given: ChangeLanguage, key: str | None = None) -> Person:
    """The language the acting person reads."""

    def do() -> Person:
        person = staffing.myself(actor)
        Staff.objects.filter(pk=person.pk).update(language=given.language)
        person.language = given.language
        return person_of(person)

    subject = actor.reference
    return perform(
        "change_language",
        actor=actor,
        at=at,
        subject=subject,
        given=given,
        do=do,
        returns=Person,
        key=key,
        **_ORGANISATION,
    )
