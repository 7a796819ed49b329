"""Freezing a card, and what a person decides about it: it is let go, or it stays frozen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.members.freezing import (
    decide,
    demand_free,
    demand_not_frozen,
    let_go,
    newest_card,
    open_review,
    open_reviews,
)
from huiguan.members.inputs import ConfirmReview, FreezeCard, ReleaseCard
from huiguan.members.models import Membership
from huiguan.members.places import moment_given
from huiguan.members.refusals import CardNotActive, NoCardHeld, NothingToReview, PaperNeeded
from huiguan.members.resolving import by_number
from huiguan.members.taking import member_now
from huiguan.members.values import CARD_ACTIVE, DecidedReview, FrozenCard, NewReview
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import watch
from huiguan.rules.programme import Programme

Asked = TypeVar("Asked", ReleaseCard, ConfirmReview)
RELEASED, CONFIRMED = "released", "confirmed"


def freeze_card(*, actor: Actor, at: datetime, given: FreezeCard, key: str | None = None) -> FrozenCard:
    """From `at` on the newest card opens nothing until a person has looked; a review is opened with the reason.

    Refuses NoCardHeld, CardFrozen (already), CardNotActive (lost, replaced, void), MomentInFuture, NotFound, Forbidden.
    """
    actor.demand("cards")

    def do() -> FrozenCard:
        member = member_now(actor, given.member, at)
        moment = moment_given(programmes.programme_at(actor.programme, at), given.at, at)
        held = newest_card(member.pk)
        if held is None:
            raise NoCardHeld(field="member")
        demand_not_frozen(held)
        if held.status != CARD_ACTIVE:
            raise CardNotActive(field="member", number=held.number)
        found = NewReview(member.pk, moment, True, None, None, "", {}, given.reason, actor.reference)
        open_reviews(actor.programme, [found], at)
        return FrozenCard(member.pk, member.number, held.number, moment)

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


def release_card(*, actor: Actor, at: datetime, given: ReleaseCard, key: str | None = None) -> DecidedReview:
    """The card opens again what it opened, and its review is decided. One that was confirmed may be let go later.

    Refuses NothingToReview (neither frozen nor looked at), HeldByMeasure, PaperNeeded (by the clause of the watch), NotFound, Forbidden.
    """

    def decided(member: Membership, rulebook: Programme) -> DecidedReview:
        card, review = newest_card(member.pk), open_review(member.pk)
        frozen = card is not None and card.frozen_at is not None
        if review is None and not frozen:
            raise NothingToReview(field="member", number=member.number)
        if frozen:
            demand_free(member.pk, at)
            _demand_papers(rulebook, given)
        if card is not None and frozen:
            let_go(card, actor.reference, at, given.reason)
        if review is not None:
            decide(review, RELEASED, actor.reference, at, given.reason)
        return DecidedReview(member.pk, member.number, card.number if card else "", RELEASED, at)

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
        return decided(member_now(actor, given.member, at), programmes.programme_at(actor.programme, at))

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
