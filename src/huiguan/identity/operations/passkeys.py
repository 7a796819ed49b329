"""One's own passkeys: registered, named, removed. Each takes a password given at this `session` within ten minutes."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from huiguan.foundation.performing import perform
from huiguan.identity.ceremonies import registered
from huiguan.identity.demands import demand_another_factor
from huiguan.identity.inputs import NamePasskey, PasskeyNumbered, RegisterPasskey
from huiguan.identity.models import Passkey, Staff
from huiguan.identity.passkeys import PASSKEY_SAID, passkey_of
from huiguan.identity.proofs import demand_fresh
from huiguan.identity.refusals import PasskeyNameTaken, PasskeyTaken
from huiguan.identity.staffing import myself
from huiguan.identity.values import PASSKEY, Ceremony, KnownPasskey
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import NotFound


def register_passkey(
    *, actor: Actor, at: datetime, session: int, wall: datetime, given: RegisterPasskey, ceremony: Ceremony
) -> KnownPasskey:
    """The passkey a browser just made in answer to the ceremony's challenge.

    Refuses ProofTooOld, PasskeyRefused, PasskeyTaken, PasskeyNameTaken.
    """
    demand_fresh(actor, session, wall)
    made = registered(ceremony, given.credential)

    def do() -> KnownPasskey:
        person = myself(actor)
        if Passkey.objects.filter(credential_id=made.credential_id).exists():
            raise PasskeyTaken(field="credential")
        _demand_free_name(person, given.name)
        row = Passkey(
            programme_id=person.programme_id,
            staff=person,
            credential_id=made.credential_id,
            public_key=made.credential_public_key,
            sign_count=made.sign_count,
            name=given.name,
            site=ceremony.site,
            created_at=wall,
        )
        try:
            with transaction.atomic():  # a savepoint: another request may have come between
                row.save(force_insert=True)
        except IntegrityError:
            raise PasskeyTaken(field="credential") from None
        return passkey_of(row)

    person = myself(actor)
    return perform(
        "register_passkey", actor=actor, at=at, subject=f"staff:{person.username}", given=given, do=do,
        returns=KnownPasskey, secret=frozenset({"credential"}),
    )  # fmt: skip


def rename_passkey(*, actor: Actor, at: datetime, given: NamePasskey) -> KnownPasskey:
    """Another name for one's own passkey. Refuses NotFound, PasskeyNameTaken."""

    def do() -> KnownPasskey:
        person = myself(actor)
        row = _mine(person, given.passkey)
        _demand_free_name(person, given.name, but=row.pk)
        Passkey.objects.filter(pk=row.pk).update(name=given.name)
        row.name = given.name
        return passkey_of(row)

    person = myself(actor)
    return perform(
        "rename_passkey", actor=actor, at=at, subject=f"staff:{person.username}", given=given, do=do,
        returns=KnownPasskey,
    )  # fmt: skip


def remove_passkey(*, actor: Actor, at: datetime, session: int, wall: datetime, given: PasskeyNumbered) -> KnownPasskey:
    """One's own passkey opens nothing any more. Refuses NotFound, SecondFactorDemanded, ProofTooOld."""
    demand_fresh(actor, session, wall)

    def do() -> KnownPasskey:
        person = myself(actor)
        row = _mine(person, given.passkey)
        demand_another_factor(person, at, without=PASSKEY, passkey=row.pk)
        told = passkey_of(row)
        row.delete()
        return told

    person = myself(actor)
    return perform(
        "remove_passkey", actor=actor, at=at, subject=f"staff:{person.username}", given=given, do=do,
        returns=KnownPasskey,
    )  # fmt: skip


def _mine(person: Staff, number: int) -> Passkey:
    found = Passkey.objects.select_for_update().filter(staff=person, pk=number).first()
    if found is None:
        raise NotFound(field="passkey", what=PASSKEY_SAID, given=f"#{number}")
    return found


def _demand_free_name(person: Staff, name: str, but: int | None = None) -> None:
    if Passkey.objects.filter(staff=person, name=name).exclude(pk=but or 0).exists():
        raise PasskeyNameTaken(field="name", given=name)
