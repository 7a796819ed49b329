"""Cards: issued, lost, replaced."""

from __future__ import annotations

from datetime import datetime

from huiguan.foundation.outbox import tell
from huiguan.foundation.performing import perform
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.members import profiling, storing
from huiguan.members.admitting import card_cost, demand_cards, demand_paid
from huiguan.members.changes import record_changes
from huiguan.members.events import CardActivated, CardIssued
from huiguan.members.facts import bare_facts
from huiguan.members.freezing import demand_not_frozen
from huiguan.members.gifts import NO_GIFTS, Given, give_on_card
from huiguan.members.inputs import ActivateCard, IssueCard, ReplaceCard, ReportCardLost
from huiguan.members.models import Card, Membership
from huiguan.members.numbers import lock_register
from huiguan.members.places import moment_given, shop_given
from huiguan.members.refusals import CardHeld, CardNotActive, CardNotWaiting, CardTaken, NoCardHeld
from huiguan.members.replacing import replacement_terms, why_issued
from huiguan.members.resolving import by_number
from huiguan.members.signing import demand_signed
from huiguan.members.standings import demand_active
from huiguan.members.stepping import Stepped, step_on_card
from huiguan.members.taking import member_now
from huiguan.members.values import (
    CARD_ACTIVE,
    CARD_FROZEN,
    CARD_LOST,
    CARD_REPLACED,
    ActivatedCard,
    IssuedCard,
    LostCard,
    NewChange,
)
from huiguan.parties import formats
from huiguan.programme import queries as programmes
from huiguan.rules.effects import Reason
from huiguan.rules.kinds import credential
from huiguan.rules.programme import Programme


def issue_card(*, actor: Actor, at: datetime, given: IssueCard, key: str | None = None) -> IssuedCard:
    """A member's first card, with what it brings.

    Refuses CardHeld (a further one replaces it), PackageNeeded, AcceptanceNeeded, CardTaken, CardFeeDiffers, TierNotReached, MemberSuspended, InvalidInput, NotFound, Forbidden.
    """
    shop = shop_given(actor, "cards", given.shop)
    number = formats.card_number(given.card, "card")

    def do() -> IssuedCard:
        lock_register(actor.programme)
        member = member_now(actor, given.member, at)
        held = _newest(member)
        if held is not None:
            one = credential.one_each(programmes.programme_at(actor.programme, at))
            raise CardHeld(field="card", clause=one.id if one else None, number=held.number)
        demand_paid(programmes.programme_at(actor.programme, at), member.pk)
        demand_signed(actor, member, at, "card")
        return _issue(actor, at, given, member, number, shop, None)

    subject, given = by_number(actor, given, given.member)
    return perform("issue_card", actor=actor, at=at, subject=subject, given=given, do=do, returns=IssuedCard, key=key)


def replace_card(*, actor: Actor, at: datetime, given: ReplaceCard, key: str | None = None) -> IssuedCard:
    """A new card in the place of the newest one, lost or not; the old one opens nothing any more. No further gift.

    Refuses NoCardHeld, CardFrozen, CardTaken, TierNotReached, OldCardNotReturned, ReplacementTooLate,
    ReplacementsUsedUp, CardFeeDiffers, MemberSuspended, InvalidInput, NotFound, Forbidden.
    """
    shop = shop_given(actor, "cards", given.shop)
    number = formats.card_number(given.card, "card")

    def do() -> IssuedCard:
        lock_register(actor.programme)
        member = member_now(actor, given.member, at)
        held = _newest(member)
        if held is None:
            raise NoCardHeld(field="member")
        demand_not_frozen(held)
        return _issue(actor, at, given, member, number, shop, held)

    subject, given = by_number(actor, given, given.member)
    return perform(
        "replace_card",
        actor=actor,
        at=at,
        subject=subject,
        given=given,
        do=do,
        returns=IssuedCard,
        key=key,
    )


def report_card_lost(*, actor: Actor, at: datetime, given: ReportCardLost, key: str | None = None) -> LostCard:
    """From `at` on the card opens nothing.

    Refuses NoCardHeld, CardNotActive (lost or replaced already), NotFound, Forbidden.
    """
    actor.demand("cards")

    def do() -> LostCard:
        member = member_now(actor, given.member, at)
        rulebook = programmes.programme_at(actor.programme, at)
        moment = moment_given(rulebook, given.at, at)
        held = _named(member, given.card)
        if held.status not in (CARD_ACTIVE, CARD_FROZEN):
            raise CardNotActive(field="card", number=held.number)
        Card.objects.filter(pk=held.pk).update(status=CARD_LOST, lost_at=moment)
        _remember(actor, at, member, held, CARD_LOST, moment, "report_card_lost")
        return LostCard(member.pk, member.number, held.number, moment)

    subject, given = by_number(actor, given, given.member)
    return perform(
        "report_card_lost",
        actor=actor,
        at=at,
        subject=subject,
        given=given,
        do=do,
        returns=LostCard,
        key=key,
    )


def activate_card(*, actor: Actor, at: datetime, given: ActivateCard, key: str | None = None) -> ActivatedCard:
    """From `at` on the newest card opens what cards open.

    Refuses NoCardHeld, CardFrozen, CardNotActive (lost or replaced), CardNotWaiting (opened already), AcceptanceNeeded, NotFound, Forbidden.
    """
    actor.demand("cards")

    def do() -> ActivatedCard:
        member = member_now(actor, given.member, at)
        held = _named(member, None)
        demand_not_frozen(held)
        if held.status != CARD_ACTIVE:
            raise CardNotActive(field="member", number=held.number)
        if not held.waiting:
            raise CardNotWaiting(field="member", number=held.number)
        demand_signed(actor, member, at, "activation")
        moment = moment_given(programmes.programme_at(actor.programme, at), given.at, at)
        opened = {"waiting": False, "activated_at": moment, "activated_by": actor.reference}
        Card.objects.filter(pk=held.pk).update(**opened)
        tell(
            actor.programme,
            [CardActivated(membership=member.pk, reference=held.number, at=moment, card=held.number)],
            at,
        )
        return ActivatedCard(member.pk, member.number, held.number, moment)

    subject, given = by_number(actor, given, given.member)
    return perform(
        "activate_card",
        actor=actor,
        at=at,
        subject=subject,
        given=given,
        do=do,
        returns=ActivatedCard,
        key=key,
    )


def _issue(
    actor: Actor,
    at: datetime,
    given: IssueCard | ReplaceCard,
    member: Membership,
    number: str,
    shop: int | None,
    old: Card | None,
) -> IssuedCard:
    demand_active(member, at)
    rulebook = programmes.programme_at(actor.programme, at)
    demand_cards(rulebook, number)
    issued_at = moment_given(rulebook, given.at, at)
    returned = isinstance(given, ReplaceCard) and given.returned
    stepped = step_on_card(
        actor, rulebook, member.pk, number=number, issued_at=issued_at, written_at=at, old=old, returned=returned
    )
    why = why_issued(rulebook, old, issued_at, higher=stepped.change is not None)
    paid = _paid(actor, rulebook, given, shop, issued_at, old, why)
    row = _row(actor, rulebook, member, number, issued_at, at, shop, stepped, why)
    if not storing.insert_cards(actor.programme, [row], at):
        raise CardTaken(field="card", number=number)
    rights, reasons = NO_GIFTS
    if old is not None:
        Card.objects.filter(pk=old.pk).update(status=CARD_REPLACED, replaced_at=issued_at, replaced_by=number)
        _remember(actor, at, member, old, CARD_REPLACED, issued_at, f"card:{number}")
    if stepped.change is not None:
        record_changes([stepped.change], at)
    profiling.refresh_completeness(rulebook, [member.pk])
    if old is None:
        rights, reasons = _given_on_first(actor.programme, rulebook, member.pk, at)
    replaced = old.number if old else None
    tell(actor.programme, [_issued(row, replaced)], at)
    reasons = (*paid, *stepped.reasons, *reasons)
    return IssuedCard(member.pk, member.number, number, issued_at, row.entered_late, replaced, rights, reasons)


def _given_on_first(programme: int, rulebook: Programme, membership: int, at: datetime) -> Given:
    facts = bare_facts(programme, [membership])[membership]
    return give_on_card(programme, rulebook, [facts], at)[membership]


def _issued(row: storing.CardRow, replaces: str | None) -> CardIssued:
    return CardIssued(
        membership=row.membership,
        reference=row.number,
        at=row.issued_at,
        clause=row.clause or None,
        card=row.number,
        issued_at=row.issued_at,
        entered_late=row.entered_late,
        replaces=replaces,
    )


def _paid(
    actor: Actor,
    rulebook: Programme,
    given: IssueCard | ReplaceCard,
    shop: int | None,
    issued_at: datetime,
    old: Card | None,
    why: str,
) -> tuple[Reason, ...]:
    """Why a card is free or paid for; CardFeeDiffers where it is neither."""
    if isinstance(given, ReplaceCard):
        assert old is not None, "only a card that is held is replaced"
        return replacement_terms(rulebook, old, issued_at, why, given.fee)
    held = identity.shops_by_id(actor.programme, [shop]).get(shop) if shop is not None else None
    opened = held.opened_at if held else None
    early = opened is not None and issued_at < opened
    return card_cost(rulebook, given.receipts, given.fee, before_opening=early)


def _row(
    actor: Actor,
    rulebook: Programme,
    member: Membership,
    number: str,
    issued_at: datetime,
    at: datetime,
    shop: int | None,
    stepped: Stepped,
    why: str,
) -> storing.CardRow:
    issued, entered = local_day(issued_at, rulebook.zone), local_day(at, rulebook.zone)
    clause = rulebook.one("credential")
    return storing.CardRow(
        member.pk,
        number,
        issued_at,
        bool(credential.decide(rulebook, issued=issued, entered=entered).effects),
        shop,
        clause.id if clause else "",
        waiting=credential.waiting(rulebook, issued) is not None,
        term_since=stepped.term_since,
        reviewed_at=stepped.reviewed_at,
        why=why,
        issued_by=actor.reference,
    )


def _newest(member: Membership) -> Card | None:
    return Card.objects.filter(membership_id=member.pk).order_by("-seq").first()


def _named(member: Membership, number: str | None) -> Card:
    """The card that was named, the newest where none was."""
    held = _newest(member)
    if number is not None:
        held = Card.objects.filter(membership_id=member.pk, number=formats.card_number(number, "card")).first()
    if held is None:
        raise NoCardHeld(field="member" if number is None else "card")
    return held


def _remember(
    actor: Actor, at: datetime, member: Membership, card: Card, after: str, moment: datetime, cause: str
) -> None:
    change = NewChange(
        member.pk, "card", card.status, after, moment, None, cause, {"card": card.number}, actor.reference
    )
    record_changes([change], at)
