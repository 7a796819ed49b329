"""A card taken over by another person, where the rulebook lets it: the membership goes on under a new holder."""

from __future__ import annotations

from datetime import datetime

from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.members import forms, profiling, register
from huiguan.members.admitting import demand_transfer
from huiguan.members.alone import demand_alone, once_fields
from huiguan.members.changes import record_changes
from huiguan.members.forms import Form
from huiguan.members.freezing import demand_not_frozen, newest_card
from huiguan.members.inputs import EnrolMember, TransferCard
from huiguan.members.models import AuthorisedUser, Card, Membership
from huiguan.members.numbers import lock_register
from huiguan.members.refusals import CardNotActive, NoCardHeld, PhoneTaken
from huiguan.members.resolving import by_number
from huiguan.members.standings import demand_active
from huiguan.members.taking import member_now
from huiguan.members.values import CARD_ACTIVE, CARD_TRANSFERRED, HANDED_OVER, NewChange, TransferredCard
from huiguan.parties import operations as parties
from huiguan.parties.values import NewParty
from huiguan.programme import queries as programmes
from huiguan.rules.programme import Programme

SECRET = frozenset({"phone", "profile"})


def transfer_card(*, actor: Actor, at: datetime, given: TransferCard, key: str | None = None) -> TransferredCard:
    """From `at` on the card, and the membership with its number, tier, points and rights, is the new holder's, who is
    registered by the whole form. The former holder stays on record; she is found by her phone no more, and those who
    could use the account may no longer.

    Refuses CardNotTransferable (the clause, or where no clause lets it), NoCardHeld, CardFrozen, CardNotActive,
    MemberSuspended, PhoneTaken, InvalidInput (`profile.<field>`), NotFound, Forbidden.
    """
    actor.demand("cards")

    def do() -> TransferredCard:
        rulebook = programmes.programme_at(actor.programme, at)
        clause, reasons = demand_transfer(rulebook)
        lock_register(actor.programme)
        member = member_now(actor, given.member, at)
        demand_active(member, at)
        card = _held(member)
        form = _form(actor, rulebook, given, card, at)
        before = member.party_id
        _hand_over(actor, at, rulebook, member, form)
        # Who they are says the register, which can forget: what is written of a card is never edited.
        told = {"card": card.number, "from": before, "to": member.party_id}
        cause = f"{HANDED_OVER}{before}:{member.party_id}"
        change = NewChange(member.pk, "card", card.status, CARD_TRANSFERRED, at, clause, cause, told, actor.reference)
        record_changes([change], at)
        missing = profiling.refresh_completeness(rulebook, [member.pk])[member.pk]
        return TransferredCard(member.pk, member.number, card.number, form.known.name, at, missing, reasons)

    subject, given = by_number(actor, given, given.member)
    return perform(
        "transfer_card",
        actor=actor,
        at=at,
        subject=subject,
        given=given,
        do=do,
        returns=TransferredCard,
        key=key,
        secret=SECRET,
    )


def _held(member: Membership) -> Card:
    card = newest_card(member.pk)
    if card is None:
        raise NoCardHeld(field="member")
    demand_not_frozen(card)
    if card.status != CARD_ACTIVE:
        raise CardNotActive(field="member", number=card.number)
    return card


def _form(actor: Actor, rulebook: Programme, given: TransferCard, card: Card, at: datetime) -> Form:
    """The new holder's form, in full; her phone must be nobody's."""
    asked = EnrolMember(name=given.name, phone=given.phone, profile=given.profile, card=card.number)
    form = forms.read_form(rulebook, asked, at, allow_incomplete=False)
    phone = form.known.phone
    taken = register.holders_of_phones(actor.programme, {phone}) if phone else {}
    for number, name in taken.values():
        raise PhoneTaken(field="phone", number=number, name=name)
    return form


def _hand_over(actor: Actor, at: datetime, rulebook: Programme, member: Membership, form: Form) -> None:
    known = form.known
    demand_alone(actor.programme, rulebook, known.values, but={member.party_id})
    sensitive, once = forms.sensitive_fields(rulebook), once_fields(rulebook)
    person = NewParty(known.name, known.phone, known.values, sensitive, known.birthday, once=once)
    parties.release_once(actor=actor, at=at, party=member.party_id)
    parties.release_phone(actor=actor, at=at, party=member.party_id)
    member.party_id = parties.create_party(actor=actor, at=at, party=person)
    member.birthday = known.birthday
    member.save(update_fields=["party", "birthday"])
    AuthorisedUser.objects.filter(membership_id=member.pk, until=None).update(until=at)
