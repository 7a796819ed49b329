"""Cards handed out and month-ends of the time, under the rulebook tried: the tier a card brings, the rights both give."""

from __future__ import annotations

from dataclasses import replace

from huiguan.checkout.simulating.records import CardHanded, MonthEnd
from huiguan.checkout.simulating.redeeming import granted
from huiguan.checkout.simulating.selling import Side
from huiguan.checkout.simulating.shadow import Shadow
from huiguan.kernel.moments import local_day
from huiguan.rules.effects import GrantRight, SetTier
from huiguan.rules.facts import RightFact
from huiguan.rules.kinds import grant, tier_ladder
from huiguan.rules.needs import needs


def grant_on_card(shadow: Shadow, handed: CardHanded) -> Side:
    """The tier the card brings where tiers begin with their card, and the rights a first card brings."""
    draft = shadow.setting.draft
    side = Side({})
    if tier_ladder.with_card(draft):
        facts, day = shadow.then(handed.at, handed.now), local_day(handed.at, draft.zone)
        # As far back as is looked when a card is handed out: what came due before that is forgotten.
        since = needs(draft).since(day)
        seen = replace(facts, days={each: told for each, told in facts.days.items() if each >= since})
        decision = tier_ladder.on_card(draft, seen, day=day, at=handed.at)
        up = next((effect for effect in decision.effects if isinstance(effect, SetTier)), None)
        if up is not None:
            shadow.step(up.at, up.tier)
            side = Side({}, facts.tier, up.tier, decision.reasons)
    if handed.first and not shadow.setting.grants_alike:
        given = grant.on_card_issued(draft, shadow.facts, handed.at)
        _give(shadow, [effect for effect in given.effects if isinstance(effect, GrantRight)])
    return side


def grant_on_month_end(shadow: Shadow, end: MonthEnd) -> None:
    """What a month's end gives to this member."""
    draft, member = shadow.setting.draft, shadow.life.member
    due: list[GrantRight] = []
    for month, effect in grant.on_month_end(draft, end.day):
        born = draft.clauses[effect.clause].parameters.to != "birthday_next_month"  # type: ignore[attr-defined]
        if member.entered_at < end.at and (born or (member.birthday and member.birthday.month == month)):
            due.append(effect)
    _give(shadow, due)


def _give(shadow: Shadow, effects: list[GrantRight]) -> None:
    for effect in effects:
        shadow.give(granted(effect, _real(shadow, effect), -1 - len(shadow.granted) - 10**9))


def _real(shadow: Shadow, effect: GrantRight) -> RightFact | None:
    """The right of that name that was really given on the same occasion."""
    rights = shadow.life.member.rights
    return next((p.right for p in rights if p.right.name == effect.name and p.occasion == effect.once_for), None)
