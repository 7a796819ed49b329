"""A member's PIN set at the counter or by a one-time code."""

from __future__ import annotations

from datetime import datetime

from huiguan.foundation.performing import perform
from huiguan.identity import operations as identity
from huiguan.identity.inputs import SpendProof
from huiguan.identity.refusals import ProofNotGood
from huiguan.kernel.actors import Actor
from huiguan.members.inputs import SetPin
from huiguan.members.pins import ProofOfSelfNeeded, demand_strong, put_pin
from huiguan.members.reaching import contacts
from huiguan.members.resolving import by_number, locked_member
from huiguan.members.values import PinSet

PIN_PURPOSE = "set_pin"


def set_pin(
    *, actor: Actor, at: datetime, given: SetPin, key: str | None = None, wall: datetime | None = None
) -> PinSet:
    """Set a member's PIN, in place of any before; a shut one opens again. At the counter it takes `cards` and her
    identity paper, otherwise the proof of a one-time code for `set_pin`; `wall` is the wall's time where it is not `at`.

    Refuses PinTooWeak, ProofOfSelfNeeded, ProofNotGood, NotFound, Forbidden.
    """
    if actor.membership is None:
        actor.demand("cards")

    def do() -> PinSet:
        member = locked_member(actor, given.member)
        demand_strong(given.pin)
        if given.proof is not None:
            phone = contacts(actor.programme, [member.pk], at)[member.pk].phone
            if phone is None:
                raise ProofNotGood(field="code")
            asked = f"member:{member.number}"
            spent = SpendProof(address=phone, proof=given.proof, purpose=PIN_PURPOSE, subject=asked)
            identity.spend_proof(actor=actor, at=at, given=spent, wall=wall or at)
        elif actor.membership is not None or "id" not in given.presented:
            raise ProofOfSelfNeeded(field="presented")
        put_pin(actor.programme, member.pk, given.pin, at=at, by=actor.reference)
        return PinSet(member.number, at)

    subject, given = by_number(actor, given, given.member)
    return perform(
        "set_pin", actor=actor, at=at, subject=subject, given=given, do=do, returns=PinSet, key=key,
        secret=frozenset({"pin", "proof"}),
    )  # fmt: skip
