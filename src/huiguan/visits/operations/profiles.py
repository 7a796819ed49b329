"""What a member corrects by herself, and the copy she takes away. Every value that was sealed is logged when it is shown,
also to her."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from huiguan.foundation.performing import in_transaction
from huiguan.identity import operations as identities
from huiguan.identity.inputs import SpendProof
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import Refusal
from huiguan.members import operations as member_operations
from huiguan.members import queries as members
from huiguan.members.inputs import ChangeProfile
from huiguan.members.refusals import PhoneTaken
from huiguan.members.values import ChangedProfile
from huiguan.programme import queries as programmes
from huiguan.visits.agreements import sensitive_fields
from huiguan.visits.herself import demand_herself
from huiguan.visits.inputs import ChangePhone, CorrectProfile
from huiguan.visits.queries import agreed_to, corrects_herself
from huiguan.visits.refusals import FieldNotYours, NotSignedIn, PhoneAnothers, SensitiveConsentNeeded
from huiguan.visits.values import SENSITIVE


def correct_profile(*, actor: Actor, at: datetime, given: CorrectProfile, key: str | None = None) -> ChangedProfile:
    """From `at` on the acting member's fields have these values; the former ones stay in her history.

    Refuses FieldNotYours (`queries.corrects_herself`), SensitiveConsentNeeded, and what `change_profile` refuses.
    """
    number = _number(actor)
    rulebook = programmes.programme_at(actor.programme, at)
    told = {field.name: field for field in members.member(actor, number, at).profile}
    sealed = sensitive_fields(rulebook)
    for name, answer in given.profile.items():
        field = told.get(name)
        if field is not None and not corrects_herself(rulebook, field):
            raise FieldNotYours(field=f"profile.{name}", title=dict(field.title))
        if field is not None and name in sealed and answer and not agreed_to(actor.membership or 0, SENSITIVE):
            raise SensitiveConsentNeeded(field=f"profile.{name}", title=dict(field.title))
    return member_operations.change_profile(
        actor=_entering(actor), at=at, given=ChangeProfile(member=number, profile=given.profile), key=key
    )


def change_phone(*, actor: Actor, at: datetime, given: ChangePhone, wall: datetime) -> ChangedProfile:
    """The acting member is found by a new phone, which answered a code, as the present one did: whoever picks up a device that
    is signed in cannot take the account along. Where the present one answers nobody any more, her PIN stands in for it;
    wrong ones count as at the till. Both proofs are spent. Refuses ProofNotGood, NoOwnPhone, PhoneAnothers, PinNotSet,
    PinWrong, PinLocked."""
    number, membership = _number(actor), actor.membership or 0
    # Compared before anything is locked: that is slow on purpose.
    tries = member_operations.tried_pins(actor.programme, [(membership, given.pin)]) if given.pin else {}

    def do() -> ChangedProfile | Refusal:
        if given.pin is not None:
            try:
                member_operations.admit_pin(membership, tries.get((membership, given.pin)))
            except Refusal as refusal:
                return refusal  # that it was tried is kept, though nothing else is
        else:
            demand_herself(actor, at, "change_phone", given.own or "", wall)
        asked = f"member:{number}"
        spent = SpendProof(address=given.phone, proof=given.proof, purpose="change_phone", subject=asked)
        identities.spend_proof(actor=actor, at=at, given=spent, wall=wall)
        change = ChangeProfile(member=number, phone=given.phone)
        try:
            return member_operations.change_profile(actor=_entering(actor), at=at, given=change)
        except PhoneTaken:
            raise PhoneAnothers(field="phone") from None

    made = in_transaction(do)
    if isinstance(made, Refusal):
        raise made
    return made


def copy_profile(*, actor: Actor, at: datetime) -> dict[str, str]:
    """All that the acting member's form holds, in the clear, for the copy she takes away: a line in the audit for every
    value that lies sealed."""
    number = _number(actor)
    revealing = Actor(
        actor.kind, actor.id, actor.name, actor.programme, frozenset({"reveal", "read_members"}),
        membership=actor.membership,
    )  # fmt: skip
    found = {}
    told = members.member(actor, number, at)
    if told.phone_tail and not any(field.name == "phone" for field in told.profile):  # no form asks for it
        shown = member_operations.reveal_profile_field(actor=revealing, at=at, member=number, field="phone")
        found["phone"] = shown.value
    for field in told.profile:
        if field.value is not None and not field.sensitive:
            found[field.name] = field.value
        elif field.shown:
            shown = member_operations.reveal_profile_field(actor=revealing, at=at, member=number, field=field.name)
            found[field.name] = shown.value
    return found


def _entering(actor: Actor) -> Actor:
    """The member as who enters what is hers."""
    return replace(actor, powers=frozenset({"edit_members"}), shops=None)


def _number(actor: Actor) -> str:
    if actor.membership is None:
        raise NotSignedIn()
    return members.number_and_name(actor.programme, actor.membership)[0]
