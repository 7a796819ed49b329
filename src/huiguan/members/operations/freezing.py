"""Freezing a card, and what a person decides about it: it is let go, or it stays frozen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text
from huiguan.members.freezing import (
    cards_of,
    decide,
    demand_not_frozen,
    frozen_cards,
    let_go,
    newest_card,
    open_review,
    open_reviews,
)
from huiguan.members.inputs import ConfirmReview, FreezeCard, ReleaseCard
from huiguan.members.models import Card, Membership
from huiguan.members.places import moment_given
from huiguan.members.refusals import CardNotActive, NoCardHeld, NothingToReview, PaperNeeded
from huiguan.members.resolving import by_number, locked_member
from huiguan.members.values import CARD_ACTIVE, DecidedReview, FrozenCard, NewReview
from huiguan.parties.names import plain
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import watch
from huiguan.rules.programme import Programme

_CARD = Text(zh="会员卡", en="card")
Asked = TypeVar("Asked", ReleaseCard, ConfirmReview)
RELEASED, CONFIRMED = "released", "confirmed"


def freeze_card(*, actor: Actor, at: datetime, given: FreezeCard, key: str | None = None) -> FrozenCard:
    """From `at` on the card named opens nothing until a person has looked, without one every card in use; a review is
    opened with the reason. A member may be named by the card that is meant.

    Refuses NoCardHeld, CardFrozen (already), CardNotActive (lost, replaced, void), MomentInFuture, NotFound, Forbidden.
    """
    actor.demand("cards")

    def do() -> FrozenCard:
        member = locked_member(actor, given.member)
        moment = moment_given(programmes.programme_at(actor.programme, at), given.at, at)
        named = _named(member.pk, given.card) if given.card else None
        meant = _in_use(member.pk, named)
        number = named.number if named else None
        found = NewReview(member.pk, moment, True, None, None, "", {}, given.reason, actor.reference, number)
        open_reviews(actor.programme, [found], at)
        cards = tuple(card.number for card in meant)
        return FrozenCard(member.pk, member.number, cards[0], moment, cards)

    given = _with_card(actor, given)
    subject, given = by_number(actor, given, given.member)
    return perform(
        "freeze_card",
        actor=actor,
        at=at,
        subject=subject,
        given=given,
        do=do,
        returns=FrozenCard,
        key=key,
    )


def _with_card(actor: Actor, given: FreezeCard) -> FreezeCard:
    """Where the member was named by a card of hers, that card is meant."""
    number = _plain(given.member)
    if given.card is not None or not Card.objects.filter(programme_id=actor.programme, number=number).exists():
        return given
    return given.model_copy(update={"card": number})


def _plain(reference: str) -> str:
    return plain(reference).replace(" ", "").upper()


def _named(membership: int, reference: str) -> Card:
    """The card of hers that bears this number. Refuses NotFound."""
    found = next((card for card in cards_of(membership) if card.number == _plain(reference)), None)
    if found is None:
        raise NotFound(field="card", what=_CARD, given=reference)
    return found


def _in_use(membership: int, named: Card | None) -> list[Card]:
    """The card named, or every one that can be frozen; refuses where there is none, by how the newest stands."""
    held = [named] if named else cards_of(membership)
    meant = [card for card in held if card.status == CARD_ACTIVE and card.frozen_at is None]
    if not held:
        raise NoCardHeld(field="member")
    if not meant:
        demand_not_frozen(held[0])
        raise CardNotActive(field="member", number=held[0].number)
    return meant


def release_card(*, actor: Actor, at: datetime, given: ReleaseCard, key: str | None = None) -> DecidedReview:
    """The card named, or every frozen one, opens again what it opened; with the last of them the review is decided. One that was confirmed may be let go later.

    Refuses NothingToReview (neither frozen nor looked at), PaperNeeded (by the clause of the watch), NotFound, Forbidden.
    """

    def decided(member: Membership, rulebook: Programme) -> DecidedReview:
        frozen, review = frozen_cards(member.pk), open_review(member.pk)
        named = _named(member.pk, given.card) if given.card else None
        meant = [card for card in frozen if named is None or card.pk == named.pk]
        if not meant and (review is None or named is not None):
            raise NothingToReview(field="member", number=member.number)
        if meant:
            _demand_papers(rulebook, given)
        for card in meant:
            let_go(card, actor.reference, at, given.reason)
        if review is not None and len(meant) == len(frozen):  # the last of them
            decide(review, RELEASED, actor.reference, at, given.reason)
        newest = meant[0] if meant else newest_card(member.pk)
        cards = tuple(card.number for card in meant)
        return DecidedReview(member.pk, member.number, newest.number if newest else "", RELEASED, at, cards)

    return _decide("release_card", actor, at, given, decided, key)


def confirm_review(*, actor: Actor, at: datetime, given: ConfirmReview, key: str | None = None) -> DecidedReview:
    """What was found is as it looks: the review is closed, and a card that was frozen stays so.

    Refuses NothingToReview (nothing is open), NotFound, Forbidden.
    """

    def decided(member: Membership, rulebook: Programme) -> DecidedReview:
        review = open_review(member.pk)
        if review is None:
            raise NothingToReview(field="member", number=member.number)
        decide(review, CONFIRMED, actor.reference, at, given.reason)
        return DecidedReview(member.pk, member.number, review.card, CONFIRMED, at)

    return _decide("confirm_review", actor, at, given, decided, key)


def _decide(
    operation: str,
    actor: Actor,
    at: datetime,
    given: Asked,
    decided: Callable[[Membership, Programme], DecidedReview],
    key: str | None,
) -> DecidedReview:
    actor.demand("suspend")

    def do() -> DecidedReview:
        return decided(locked_member(actor, given.member), programmes.programme_at(actor.programme, at))

    subject, given = by_number(actor, given, given.member)
    return perform(
        operation,
        actor=actor,
        at=at,
        subject=subject,
        given=given,
        do=do,
        returns=DecidedReview,
        key=key,
    )


def _demand_papers(rulebook: Programme, given: ReleaseCard) -> None:
    asked = watch.release_papers(rulebook)
    if asked is not None and not set(asked[1]) <= set(given.presented):
        raise PaperNeeded(field="presented", clause=asked[0].id)
