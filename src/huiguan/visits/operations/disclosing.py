"""What somebody outside is told of a member, and what she agreed to be told of."""

from __future__ import annotations

from datetime import datetime

from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.visits.inputs import AgreeToShare, RecordDisclosure
from huiguan.visits.models import Consent, Disclosure
from huiguan.visits.own_data import shares_with
from huiguan.visits.refusals import NoConsentToShare
from huiguan.visits.values import SHARE, DisclosureTold, GivenConsent

_LAW = Text(zh="写明依据的法律或要求", en="names the law or the demand it rests on")
_WORDS = Text(zh="同意向{recipient}提供：{purpose}。", en="Agrees that {recipient} is told, for: {purpose}.")


def agree_to_share(*, actor: Actor, at: datetime, given: AgreeToShare, key: str | None = None) -> GivenConsent:
    """That somebody outside may be told of a member, for a purpose, or no more: by herself, or taken down by whoever has
    `edit_members`, with the number of the paper she signed. Refuses NotFound, Forbidden, InvalidInput (no paper named)."""
    if actor.membership is None:
        actor.demand("edit_members")
        if given.given and not given.paper:
            raise InvalidInput(
                field="paper", rule=Text(zh="写明本人签的那份材料", en="names the paper the member signed")
            )
    membership = members.membership(actor, given.member)

    def do() -> GivenConsent:
        words = _WORDS.both(recipient=given.recipient, purpose=given.purpose)
        Consent.objects.create(
            programme_id=actor.programme, membership_id=membership, what=SHARE, given=given.given,
            version=given.recipient, words={**words, "paper": given.paper}, at=at, actor=actor.reference,
        )  # fmt: skip
        return GivenConsent(membership, SHARE, given.given, at)

    number, _ = members.number_and_name(actor.programme, membership)
    return perform(
        "agree_to_share", actor=actor, at=at, subject=f"member:{number}", given=given, do=do, returns=GivenConsent,
        key=key,
    )  # fmt: skip


def record_disclosure(*, actor: Actor, at: datetime, given: RecordDisclosure, key: str | None = None) -> DisclosureTold:
    """Somebody outside is told of a member: with her consent for that recipient, or because the law asks for it. Takes
    `reveal`. Refuses NoConsentToShare, InvalidInput (no law named), NotFound, Forbidden."""
    actor.demand("reveal")
    membership = members.membership(actor, given.member)

    def do() -> DisclosureTold:
        if given.basis == "consent" and not shares_with(membership, given.recipient):
            raise NoConsentToShare(field="recipient", recipient=given.recipient)
        if given.basis == "law" and not given.ground:
            raise InvalidInput(field="ground", rule=_LAW)
        row = Disclosure.objects.create(
            programme_id=actor.programme, membership_id=membership, recipient=given.recipient, purpose=given.purpose,
            fields=given.fields, basis=given.basis, ground=given.ground, at=at, actor=actor.reference,
            actor_name=actor.name,
        )  # fmt: skip
        return DisclosureTold.of(row)

    number, _ = members.number_and_name(actor.programme, membership)
    return perform(
        "record_disclosure", actor=actor, at=at, subject=f"member:{number}", given=given, do=do,
        returns=DisclosureTold, key=key,
    )  # fmt: skip
