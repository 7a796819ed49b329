"""Points for gifts and coupons, outside any sale."""

from __future__ import annotations

from datetime import datetime

from huiguan.checkout import refusals
from huiguan.checkout.balances import units_left
from huiguan.checkout.counter import AtCounter, at_counter, by_number
from huiguan.checkout.events import PointsRedeemed
from huiguan.checkout.inputs import RedeemInput
from huiguan.checkout.journals import redemption_journal
from huiguan.checkout.models import Redemption
from huiguan.checkout.telling import refuse_first
from huiguan.checkout.values import RedemptionView
from huiguan.entitlements import operations as entitlements
from huiguan.entitlements.values import NewRight
from huiguan.foundation.outbox import tell
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.ledger import operations as ledger
from huiguan.ledger.posting import fold
from huiguan.ledger.values import Account, Journal
from huiguan.members import queries as members
from huiguan.rules.effects import NOTHING, Decision, GrantRight, Refuse, Spend
from huiguan.rules.facts import RightFact
from huiguan.rules.kinds import eligibility, redemption


def redeem_points(*, actor: Actor, at: datetime, given: RedeemInput, key: str | None = None) -> RedemptionView:
    """Points for a gift. Refused outside the clause's months, beyond its number, or beyond the balance."""
    actor.demand("sell")
    subject, asked = by_number(actor, given)
    return perform(
        "redeem_points",
        actor=actor,
        at=at,
        subject=subject,
        given=asked,
        key=key,
        returns=RedemptionView,
        do=lambda: _redeem(actor, at, asked),
    )


def _redeem(actor: Actor, now: datetime, given: RedeemInput) -> RedemptionView:
    here = at_counter(actor, now, given)
    decision = _decided(here, given.points)
    spend = next((effect for effect in decision.effects if isinstance(effect, Spend)), None)
    if spend is None:
        raise refusals.WayNotOffered(field="points", why=refusals.NO_REDEMPTION)
    account, sealed = fold(here.account, _journal(actor, here, decision), written_at=now)
    ledger.write_sealed(actor.programme, [account], [(account.membership, sealed)], now)
    coupon = _coupon(actor, now, here, decision, account.seq)
    row = _record(actor, now, given, here, account.seq, spend, coupon)
    view = view_of(row, here.facts.number, account, now)
    tell(actor.programme, [_told(row, view)], now)
    return view


def _told(row: Redemption, view: RedemptionView) -> PointsRedeemed:
    return PointsRedeemed(
        membership=row.membership_id,
        shop=row.shop_id,
        reference=view.id,
        at=row.at,
        clause=row.document["clause"],
        unit=row.unit,
        units=row.units,
        gift=row.gift,
        coupon=view.coupon,
    )


def _decided(here: AtCounter, units: int) -> Decision:
    """What the clauses allow; the first refusal otherwise."""
    rule = redemption.terms(here.rulebook)
    way: redemption.Way = "coupon" if rule and rule.rewards else "gift"
    decision = redemption.redeem(
        here.rulebook, here.facts, at=here.at, day=here.day, units=units, way=way, presence=here.presence
    )
    effects = (*_unverified(here).effects, *decision.effects)
    refuse_first(here.rulebook, tuple(effect for effect in effects if isinstance(effect, Refuse)))
    return decision


def _unverified(here: AtCounter) -> Decision:
    """What must be verified of her first and is not; read only where a rulebook asks for it."""
    if not eligibility.asks_verified(here.rulebook):
        return NOTHING
    membership = here.facts.membership
    return eligibility.using_points(here.rulebook, members.verified([membership], here.at)[membership])


def _journal(actor: Actor, here: AtCounter, decision: Decision) -> Journal:
    ref = f"{here.facts.membership}-{here.account.seq + 1}"
    return redemption_journal(
        here.rulebook, here.facts, decision, at=here.at, day=here.day, actor=actor.reference, ref=ref
    )


def _coupon(actor: Actor, now: datetime, here: AtCounter, decision: Decision, seq: int) -> RightFact | None:
    """The coupon the units were turned into; its occasion is the redemption itself."""
    effect = next((each for each in decision.effects if isinstance(each, GrantRight)), None)
    if effect is None:
        return None
    cause = f"redemption:{here.facts.membership}-{seq}"
    right = NewRight.granted(here.facts.membership, effect, cause, occasion=cause)
    ((_, held),) = entitlements.grant_rights(programme=actor.programme, rights=[right], written_at=now)
    return held


def _record(
    actor: Actor,
    now: datetime,
    given: RedeemInput,
    here: AtCounter,
    seq: int,
    spend: Spend,
    coupon: RightFact | None,
) -> Redemption:
    right = {"right": coupon.id, "coupon": coupon.code} if coupon else {}
    return Redemption.objects.create(
        membership_id=here.facts.membership,
        seq=seq,
        programme_id=actor.programme,
        shop_id=here.shop,
        unit=spend.unit,
        units=spend.amount,
        gift=coupon.name if coupon else given.gift,
        at=here.at,
        written_at=now,
        actor=actor.reference,
        version=here.rulebook.version,
        document={"clause": spend.clause, "actor": actor.name, **right},
    )


def view_of(row: Redemption, member: str, account: Account, at: datetime) -> RedemptionView:
    return RedemptionView(
        id=f"{row.membership_id}-{row.seq}",
        member=member,
        unit=row.unit,
        units=row.units,
        gift=row.gift,
        at=row.at,
        balance=units_left(account.units, at),
        returned_at=row.returned_at,
        coupon=row.document.get("coupon"),
    )
