"""Units turned into gifts and coupons, and gifts that came back, judged by the rulebook tried."""

from __future__ import annotations

from datetime import date

from huiguan.checkout.journals import redemption_journal
from huiguan.checkout.refusals import NO_REDEMPTION, WayNotOffered
from huiguan.checkout.simulating.records import GiftBack, Redeemed
from huiguan.checkout.simulating.selling import ACTOR, Side
from huiguan.checkout.simulating.shadow import Shadow
from huiguan.checkout.telling import refusal_of
from huiguan.kernel.moments import local_day
from huiguan.kernel.refusals import first_of
from huiguan.ledger.lots import give_back
from huiguan.ledger.values import Journal, Movement, house_address
from huiguan.rules.effects import Decision, GrantRight, Refuse, Spend
from huiguan.rules.exchange import Presence
from huiguan.rules.facts import MemberFacts, RightFact
from huiguan.rules.kinds import redemption

# Who came with which papers is not on record; as it was in order then, it is taken to be in order.
IN_ORDER = Presence(True, frozenset({"card", "id"}), at_issuing_shop=True)


def redeem(shadow: Shadow, asked: Redeemed) -> Side:
    """Units for a gift or a coupon; where that is refused, the units stay."""
    draft = shadow.setting.draft
    rule = redemption.terms(draft)
    if rule is None:
        none = WayNotOffered(field="points", why=NO_REDEMPTION)
        return Side({"refused": 1}, refused=none, made=False)
    day, facts = local_day(asked.at, draft.zone), shadow.then(asked.at, asked.now)
    way: redemption.Way = "coupon" if rule.rewards else "gift"
    decision = redemption.redeem(draft, facts, at=asked.at, day=day, units=asked.units, way=way, presence=IN_ORDER)
    against = [refusal_of(draft, effect) for effect in decision.effects if isinstance(effect, Refuse)]
    if against:
        return Side({"refused": 1}, reasons=decision.reasons, refused=first_of(against), made=False)
    _turn_in(shadow, asked, decision, facts, day)
    used = {f"used:{effect.unit}": effect.amount for effect in decision.effects if isinstance(effect, Spend)}
    return Side({"redemptions": 1, **used}, reasons=decision.reasons)


def _turn_in(shadow: Shadow, asked: Redeemed, decision: Decision, facts: MemberFacts, day: date) -> None:
    draft, ref = shadow.setting.draft, f"{facts.membership}-{asked.seq}"
    journal = redemption_journal(draft, facts, decision, at=asked.at, day=day, actor=ACTOR, ref=ref)
    shadow.write(journal, asked.seq)
    for effect in decision.effects:
        if isinstance(effect, GrantRight):
            shadow.give(_coupon(shadow, effect, f"redemption:{ref}", -asked.seq))


def _coupon(shadow: Shadow, effect: GrantRight, cause: str, number: int) -> RightFact:
    """The coupon under the number and code of the one really given, where one was."""
    real = next((past.right for past in shadow.life.member.rights if past.cause == cause), None)
    return granted(effect, real, number)


def granted(effect: GrantRight, real: RightFact | None, number: int) -> RightFact:
    """A right as the rulebook tried gives it; `real` lends its number and code, so that its use is known again."""
    return RightFact(
        id=real.id if real else number,
        code=real.code if real else f"#{-number}",
        name=effect.name,
        clause=effect.clause,
        worth=effect.worth,
        granted_at=effect.valid_from,
        valid_from=effect.valid_from,
        valid_until=effect.valid_until,
    )


def redeemed_really(asked: Redeemed) -> Side:
    """The redemption as it is on record."""
    return Side({"redemptions": 1, f"used:{asked.unit}": asked.units})


def take_gift_back(shadow: Shadow, back: GiftBack) -> Side:
    """Its units back in the lots they came from; nothing where the gift would not have been handed over."""
    spent = [use for use in shadow.spent.get(back.of, back.spent) if use.amount > use.returned]
    units = sum(use.amount - use.returned for use in spent)
    if not units:
        return Side({}, made=False)
    unit = spent[0].unit
    restores = give_back(spent, units)
    movement = Movement(unit, units, house_address(unit, "redeemed"), shadow.mine(unit), None, restores=restores)
    shadow.spent.setdefault(back.of, back.spent)
    shadow.take_back(back.of, restores)
    turn = (local_day(back.redeemed_at, shadow.setting.draft.zone), redemption.MEASURE, -1)
    journal = Journal(
        at=back.at, cause=("gift_return", str(back.of)), actor=ACTOR, movements=(movement,), tallies=(turn,)
    )
    shadow.write(journal, back.seq)
    return Side({f"given_back:{unit}": units})


def gift_returned_really(back: GiftBack) -> Side:
    """The gift's return as it is on record."""
    return Side({f"given_back:{back.unit}": back.units})
