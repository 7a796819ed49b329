"""Writing down what of a member was verified, and what was not."""

from __future__ import annotations

from datetime import datetime

from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.members.inputs import VerifyMember
from huiguan.members.models import Verification
from huiguan.members.resolving import by_number, locked_member
from huiguan.members.values.verifying import PHONE, VERIFIED, VerificationTold


def verify_member(*, actor: Actor, at: datetime, given: VerifyMember, key: str | None = None) -> VerificationTold:
    """Write down a finding about a member's identity or phone: verified, pending or failed. Takes `edit_members`.
    NotFound, Forbidden."""
    actor.demand("edit_members")

    def do() -> VerificationTold:
        row = locked_member(actor, given.member)
        _write(actor, at, row.pk, given.what, given.state, given.how, given.note)
        return VerificationTold(row.number, given.what, given.state, given.how, given.note, at, actor.name)

    subject, given = by_number(actor, given, given.member)
    return perform(
        "verify_member", actor=actor, at=at, subject=subject, given=given, do=do, returns=VerificationTold, key=key
    )


def phone_proved(*, actor: Actor, at: datetime, membership: int) -> None:
    """Her phone answered a one-time code. Inside the caller's transaction."""
    _write(actor, at, membership, PHONE, VERIFIED, "code", "")


def _write(actor: Actor, at: datetime, membership: int, what: str, state: str, how: str, note: str) -> Verification:
    return Verification.objects.create(
        membership_id=membership, programme_id=actor.programme, what=what, state=state, how=how, note=note, at=at,
        written_at=at, actor=actor.reference, actor_name=actor.name,
    )  # fmt: skip
