"""The one-time code by which a member says, on her own phone, that it is she who pays from what she has stored."""

from __future__ import annotations

from datetime import datetime

from huiguan.checkout.counter import membership_of
from huiguan.checkout.inputs import PaymentCodeInput, PaymentProofInput
from huiguan.checkout.inputs.sales import MemberInput
from huiguan.checkout.stored_refusals import PhoneMissing
from huiguan.identity import operations as identity
from huiguan.identity.inputs import CheckCode, IssueCode
from huiguan.identity.values import IssuedCode, ProvedCode
from huiguan.kernel.actors import Actor
from huiguan.members import queries as members

PURPOSE = "pay"


def send_payment_code(
    *, actor: Actor, at: datetime, given: PaymentCodeInput, wall: datetime, origin: str = "", key: str | None = None
) -> IssuedCode:
    """Six digits to the phone on the member's record; whoever sells never names it. Takes `sell`.

    Refuses UnknownMember, PhoneMissing, CodeTooSoon, TooManyCodes, Forbidden.
    """
    actor.demand("sell")
    subject, phone = _whose(actor, at, given)
    asked = IssueCode(purpose=PURPOSE, address=phone, subject=subject, language=given.language)
    return identity.issue_code(actor=actor, at=at, given=asked, wall=wall, origin=origin, key=key)


def prove_payment(
    *, actor: Actor, at: datetime, given: PaymentProofInput, wall: datetime, origin: str = ""
) -> ProvedCode:
    """The digits she was sent, once: answered with the `proof` that one sale from her stored value takes, within ten
    minutes. Takes `sell`. Refuses UnknownMember, PhoneMissing, OneTimeCodeWrong, SignInMustWait, Forbidden."""
    actor.demand("sell")
    subject, phone = _whose(actor, at, given)
    asked = CheckCode(purpose=PURPOSE, address=phone, subject=subject, code=given.code)
    return identity.check_code(actor=actor, at=at, given=asked, wall=wall, origin=origin)


def _whose(actor: Actor, at: datetime, given: MemberInput) -> tuple[str, str]:
    """What the code is good for, and where it goes."""
    key = membership_of(actor, given)
    phone = members.contacts(actor.programme, [key], at)[key].phone
    if phone is None:
        raise PhoneMissing(field="member")
    return f"member:{members.numbers(actor.programme, [key])[key]}", phone
