"""Gifts that are handed over at the counter on a member's day, once."""

from __future__ import annotations

from datetime import datetime

from huiguan.checkout import refusals
from huiguan.checkout.counter import AtCounter, at_counter, by_number
from huiguan.checkout.events import GiftClaimed
from huiguan.checkout.inputs import ClaimInput
from huiguan.checkout.telling import refuse_first
from huiguan.checkout.values import HandedOver
from huiguan.entitlements import operations as entitlements
from huiguan.entitlements.values import NewRight, RightMove
from huiguan.foundation.outbox import tell
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.rules.effects import GrantRight, Refuse
from huiguan.rules.kinds import grant


def claim_gift(*, actor: Actor, at: datetime, given: ClaimInput, key: str | None = None) -> HandedOver:
    """Hand a member the gift of her day.

    Refuses GiftUnknown, OutsideWindow (another day), LimitReached (had it this year), NotInPerson, CardNotShown,
    IdNotShown, and what `at_counter` refuses.
    """
    actor.demand("sell")
    subject, asked = by_number(actor, given)
    return perform(
        "claim_gift",
        actor=actor,
        at=at,
        subject=subject,
        given=asked,
        key=key,
        returns=HandedOver,
        do=lambda: _hand_over(actor, at, asked),
    )


def _hand_over(actor: Actor, now: datetime, given: ClaimInput) -> HandedOver:
    here = at_counter(actor, now, given)
    decision = grant.on_birthday(
        here.rulebook, here.facts, given.gift, at=here.at, day=here.day, presence=here.presence
    )
    refuse_first(here.rulebook, tuple(effect for effect in decision.effects if isinstance(effect, Refuse)))
    effect = next((each for each in decision.effects if isinstance(each, GrantRight)), None)
    if effect is None:
        raise refusals.GiftUnknown(field="gift", gift=given.gift)
    code = _give_and_use(actor, now, here, effect)
    told = GiftClaimed(
        membership=here.facts.membership,
        shop=here.shop,
        reference=code,
        at=here.at,
        clause=effect.clause,
        gift=given.gift,
    )
    tell(actor.programme, [told], now)
    return HandedOver(here.facts.number, given.gift, effect.clause, here.at, code, decision.reasons)


def _give_and_use(actor: Actor, now: datetime, here: AtCounter, effect: GrantRight) -> str:
    """The right is given and used in one: what was handed over is on record as any other."""
    membership, cause = here.facts.membership, f"birthday:{here.day.isoformat()}"
    right = NewRight.granted(membership, effect, cause)
    ((_, held),) = entitlements.grant_rights(programme=actor.programme, rights=[right], written_at=now)
    moves = [RightMove(membership, held.id, here.at, cause)]
    entitlements.use_rights(programme=actor.programme, moves=moves, written_at=now)
    return held.code
