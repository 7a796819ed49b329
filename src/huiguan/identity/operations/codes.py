"""One's own authenticator and recovery codes. Each takes a password given at this `session` within ten minutes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from huiguan.foundation.performing import perform
from huiguan.identity.demands import demand_another_factor
from huiguan.identity.factors import address_of, factors_of, new_recovery_codes, new_secret, sealed_secret, step_of
from huiguan.identity.inputs import ConfirmTotp
from huiguan.identity.models import RecoveryCode, Staff, Totp
from huiguan.identity.proofs import demand_fresh
from huiguan.identity.refusals import CodeRefused, TotpAlreadyOn, TotpNotBegun
from huiguan.identity.staffing import myself
from huiguan.identity.values import CODE, NewTotp, RecoveryCodes
from huiguan.kernel.actors import Actor

_NOTHING: dict[str, Any] = {}


def begin_totp(*, actor: Actor, at: datetime, session: int, wall: datetime, house: str) -> NewTotp:
    """A fresh secret for one's authenticator; nothing is asked of it until a code of it is confirmed. `house`: what the
    authenticator shows it under. Refuses TotpAlreadyOn, ProofTooOld."""
    demand_fresh(actor, session, wall)

    def do() -> NewTotp:
        person = myself(actor)
        if Totp.objects.filter(staff=person, confirmed_at__isnull=False).exists():
            raise TotpAlreadyOn()
        secret = new_secret()
        row = {"sealed": sealed_secret(person.pk, secret), "begun_at": wall, "last_step": 0}
        Totp.objects.update_or_create(staff=person, defaults={"programme_id": person.programme_id, **row})
        return NewTotp(secret=secret, address=address_of(person.username, secret, house))

    return perform(
        "begin_totp", actor=actor, at=at, subject=_subject(actor), given=_NOTHING, do=do, returns=NewTotp,
    )  # fmt: skip


def confirm_totp(*, actor: Actor, at: datetime, session: int, wall: datetime, given: ConfirmTotp) -> RecoveryCodes:
    """The authenticator is asked for from now on; the recovery codes are told this once.

    Refuses TotpNotBegun, TotpAlreadyOn, CodeRefused, ProofTooOld.
    """
    demand_fresh(actor, session, wall)

    def do() -> RecoveryCodes:
        person = myself(actor)
        totp = Totp.objects.select_for_update().filter(staff=person).first()
        if totp is None:
            raise TotpNotBegun()
        if totp.confirmed_at is not None:
            raise TotpAlreadyOn()
        step = step_of(totp, given.code, wall)
        if step is None:
            raise CodeRefused(field="code")
        Totp.objects.filter(pk=totp.pk).update(confirmed_at=wall, last_step=step)
        return RecoveryCodes(new_recovery_codes(person.programme_id, person.pk))

    return perform(
        "confirm_totp", actor=actor, at=at, subject=_subject(actor), given=given, do=do, returns=RecoveryCodes,
        secret=frozenset({"code"}),
    )  # fmt: skip


def remove_totp(*, actor: Actor, at: datetime, session: int, wall: datetime) -> None:
    """The authenticator is asked for no more; codes on paper stay for a passkey's sake, else go with it.

    Refuses TotpNotBegun, SecondFactorDemanded (a post of hers takes one and there is no other), ProofTooOld.
    """
    demand_fresh(actor, session, wall)

    def do() -> None:
        person = myself(actor)
        if not Totp.objects.filter(staff=person, confirmed_at__isnull=False).exists():
            raise TotpNotBegun()
        demand_another_factor(person, at, without=CODE)
        Totp.objects.filter(staff=person).delete()
        if not factors_of(person.pk):
            RecoveryCode.objects.filter(staff=person).delete()

    perform(
        "remove_totp", actor=actor, at=at, subject=_subject(actor), given=_NOTHING, do=do, returns=type(None),
    )  # fmt: skip


def renew_recovery_codes(*, actor: Actor, at: datetime, session: int, wall: datetime) -> RecoveryCodes:
    """Ten fresh recovery codes, told this once; the ones before open nothing any more. Refuses ProofTooOld."""
    demand_fresh(actor, session, wall)

    def do() -> RecoveryCodes:
        person: Staff = myself(actor)
        return RecoveryCodes(new_recovery_codes(person.programme_id, person.pk))

    return perform(
        "renew_recovery_codes", actor=actor, at=at, subject=_subject(actor), given=_NOTHING, do=do,
        returns=RecoveryCodes,
    )  # fmt: skip


def _subject(actor: Actor) -> str:
    return f"staff:{myself(actor).username}"
