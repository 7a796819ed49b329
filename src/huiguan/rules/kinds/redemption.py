"""Redemption: units turned into gifts or coupons, or into money off a sale, when and how often clauses allow.

Clauses of one unit are read together: one may name the months and how often, another the ways and what a unit is
worth, others what it does not go with, from which purchase on, where, and who must come with what. Each reward for a
number of units may be a clause of its own.
"""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import AfterValidator

from huiguan.kernel.text import Text
from huiguan.rules.effects import NOTHING, Decision, GrantRight, PriceLine, Reason, Refuse, Spend, Tally
from huiguan.rules.exchange import Presence, Terms, terms
from huiguan.rules.facts import Bill, MemberFacts
from huiguan.rules.findings import Fault, Finding
from huiguan.rules.kinds import credential, grant
from huiguan.rules.offsetting import again, most_units, off_of, step_of
from huiguan.rules.parameters import Month, Positive, Rate, Slug, Yuan
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused
from huiguan.rules.stops import at_counter, no_rung, on_sale, too_few
from huiguan.rules.windows import LastDays

__all__ = [
    "Presence",
    "Terms",
    "again",
    "most_units",
    "off_of",
    "offset",
    "pairs",
    "redeem",
    "short",
    "step_of",
    "terms",
]

ROOM = "checkout"
TITLE = Text(zh="积分兑换", en="Redemption")
Way = Literal["gift", "offset", "coupon"]
Paper = Literal["card", "id"]


def _share(part: Fraction) -> Fraction:
    if not 0 < part <= 1:
        raise Fault("须大于 0，至多 1（100%）", "must be more than 0 and at most 1 (100%)")
    return part


Share = Annotated[Rate, AfterValidator(_share)]


class Reward(Base):
    """So many `units` give a coupon `name` worth so much."""

    units: Positive
    name: Slug
    worth: Yuan


class Parameters(Base):
    """`months` in which units may be redeemed, `times` in each; or the `last_days` of each period. `ways`; `worth` yuan
    one unit takes off; `rewards` by units. `not_on` orders; `least` units at a time; `rungs` the numbers of units
    that bring a gift; `from_purchase` the second, say; `own_sale` false: not
    with what the same sale earns; `goods` any: whatever the goods; `after` the
    discount: as money does; `at`, `in_person`, `shown`: where, who, with what. `rates`: the share of the units that a
    tier uses for the same money off a sale; `most`: the share of what is due that units may pay."""

    unit: Slug
    months: list[Month] = []
    times: Positive | None = None
    last_days: LastDays | None = None
    ways: list[Way] = []
    worth: Yuan | None = None
    rewards: list[Reward] = []
    not_on: list[Literal["group", "promotion"]] = []
    least: Positive | None = None
    rungs: list[Positive] = []
    from_purchase: Positive | None = None
    own_sale: Literal[False] | None = None
    goods: Literal["any"] | None = None
    takes: Literal["what_is_used"] | None = None
    after: Literal["discount"] | None = None
    at: Literal["issuing_shop"] | None = None
    in_person: bool = False
    shown: list[Paper] = []
    rates: dict[Slug, Share] = {}
    most: Share | None = None


SAYS = {
    "offset": Text(
        zh="{units:points} 分抵 {off:yuan}，先于折扣；抵扣的部分不再积分。",
        en="{units:points} {units:point pays|points pay} {off:yuan}, before the discount; that part earns nothing.",
    ),
    "paid": Text(zh="{units:points} 分付 {off:yuan}。", en="{units:points} {units:point pays|points pay} {off:yuan}."),
    "redeemed": Text(zh="{units:points} 分兑换。", en="{units:points} {units:point|points} redeemed."),
    "rewarded": Text(
        zh="{units:points} 分换得{title}，值 {worth:yuan}。",
        en="{units:points} {units:point gives|points give}: {title}, worth {worth:yuan}.",
    ),
    "ready": Text(
        zh="可用 {units:points} 分，抵 {off:yuan}，本单未用。",
        en="{units:points} {units:point|points} could pay {off:yuan}; {units:it was|they were} not asked for.",
    ),
    "outside": Text(
        zh="只在 {months:months}可兑，下一次在 {next_year} 年 {next_month:month}。",
        en="Points may be redeemed in {months:months}; next in {next_month:month} {next_year}.",
    ),
    "outside_days": Text(
        zh="这次兑换从 {first:day}到 {last:day}。", en="The next redemption is open from {first:day} to {last:day}."
    ),
    "used": Text(
        zh="{month:month}的 {times} 次已在 {on:monthday} 用过。下一次在 {next_year} 年 {next_month:month}。",
        en="All {times} of {month:month} were used on {on:monthday}. The next is in {next_month:month} {next_year}.",
    ),
    "short": Text(
        zh="余 {has:points} 分，要用 {needs:points} 分，差 {gap:points} 分。",
        en="{gap:points} {gap:point|points} short: the balance is {has:points}, this takes {needs:points}.",
    ),
    "short_before": Text(
        zh="这一单之前余 {has:points} 分，要用 {needs:points} 分；本单得的分不能抵本单。",
        en="The balance before this purchase is {has:points}, this takes {needs:points}; what a purchase earns cannot pay for it.",
    ),
    "too_few": Text(
        zh="一次至少用 {least:points} 分，要用的是 {units:points} 分。",
        en="At least {least:points} {least:point|points} at a time; {units:points} were asked for.",
    ),
    "no_such_rung": Text(
        zh="{units:points} 分没有对应的礼品，只有 {known:list} 分各档。",
        en="No gift is had for {units:points} {units:point|points}; gifts are had for {known:list}.",
    ),
    "too_much": Text(
        zh="本单至多抵 {most:points} 分。", en="At most {most:points} {most:point|points} can go towards this sale."
    ),
    "over_share": Text(
        zh="积分至多抵本单的 {share:rate}，{most:points} 分，合 {off:yuan}。",
        en="Points pay at most {share:rate} of this sale: {most:points}, worth {off:yuan}.",
    ),
    "no_such_way": Text(zh="积分不能这样用。", en="Points cannot be used in this way."),
    "no_such_reward": Text(
        zh="没有 {units:points} 分的兑换，只有 {known:list} 分。",
        en="There is no reward for {units:points} {units:point|points}; there are rewards for {known:list}.",
    ),
    "group": Text(zh="团购单不能用积分。", en="Points cannot be used on a group order."),
    "promotion": Text(zh="积分不能与促销活动同时用。", en="Points do not go together with a promotion."),
    "too_early": Text(
        zh="从第 {number} 次购物起可用积分，这是第 {this} 次。",
        en="Points may be used from purchase number {number} on; this is number {this}.",
    ),
    "elsewhere": Text(zh="请到发卡的门店领取。", en="Please come to the shop that issued the card."),
    "not_in_person": Text(zh="须会员本人到场。", en="The member must come in person."),
    "no_card": Text(zh="须出示会员卡。", en="The card must be shown."),
    "no_id": Text(zh="须出示办卡时的有效证件。", en="The identity paper must be shown."),
}
SAYS |= {f"{grant.COUPON}{say}": text for say, text in grant.SAYS.items()}
REFUSALS = {
    "outside": ("OutsideWindow", "window"),
    "outside_days": ("OutsideWindow", "window"),
    "used": ("LimitReached", "limit"),
    "short": ("BalanceTooLow", "balance"),
    "short_before": ("BalanceTooLow", "balance"),
    "too_much": ("MoreThanDue", "limit"),
    "over_share": ("MoreThanDue", "limit"),
    "too_few": ("TooFewPoints", "limit"),
    "no_such_way": ("WayNotOffered", "window"),
    "no_such_rung": ("WayNotOffered", "window"),
    "no_such_reward": ("WayNotOffered", "window"),
    "group": ("NotTogether", "window"),
    "promotion": ("NotTogether", "window"),
    "too_early": ("NotYet", "window"),
    "elsewhere": ("NotIssuingShop", "window"),
    "not_in_person": ("NotInPerson", "credential"),
    "no_card": ("CardNotShown", "credential"),
    "no_id": ("IdNotShown", "credential"),
}
MEASURE = "used:redemption"


def offset(programme: Programme, facts: MemberFacts, bill: Bill) -> Decision:
    """Points asked for come off what is due at this stage; what was not asked for is offered, or said why not."""
    rule = terms(programme)
    if rule is None:
        return NOTHING
    asked, has = bill.sale.points, facts.available(rule.unit, bill.sale.at)
    stop = credential.not_shown(programme, "offset", bill.sale)
    stop = stop or _stop(rule, facts, bill.sale.day, "offset") or on_sale(rule, facts, bill.sale)
    most = most_units(rule, bill.due, facts.tier)
    if not asked:
        return Decision(reasons=_offer(rule, stop, min(has, most), facts.tier))
    stop = stop or too_few(rule, asked)
    if stop is None and rule.worth and asked > most:
        stop = _too_much(rule, most, facts.tier)
    if stop is None and asked > has:
        stop = short(rule, has, asked, on_sale=True)
    if stop is not None:
        return _refused(stop, "points")
    step = step_of(rule, bill, asked, facts.tier)
    effects = (PriceLine(rule.clause, step), Spend(rule.clause, rule.unit, asked, "offset"), Tally(None, MEASURE, 1))
    say = "paid" if rule.value("after") else "offset"
    return Decision(effects, (Reason(rule.clause, say, True, {"units": asked, "off": step.off}),))


def pairs(programme: Programme) -> tuple[tuple[str, str], ...]:
    """What comes off before points by their own clauses."""
    rule = terms(programme)
    return (("discount", "points"),) if rule is not None and rule.value("after") else ()


def _too_much(rule: Terms, most: int, tier: str) -> Reason:
    if "most" not in rule.said:
        return Reason(rule.clause, "too_much", False, {"most": most})
    return rule.stop("most", "over_share", most=most, off=off_of(rule, most, tier), share=str(rule.value("most")))


def redeem(
    programme: Programme,
    facts: MemberFacts,
    *,
    at: datetime,
    day: date,
    units: int,
    way: Way,
    presence: Presence = Presence(),
) -> Decision:
    """Units for a gift or a coupon, outside any sale. A coupon's occasion is the redemption's, which the room names."""
    rule = terms(programme)
    if rule is None:
        return NOTHING
    stop = at_counter(rule, presence) or _stop(rule, facts, day, way)
    if stop is None and way == "coupon" and units not in rule.rewards:
        stop = Reason(rule.clause, "no_such_reward", False, {"units": units, "known": list(rule.rewards)})
    stop = stop or too_few(rule, units) or (no_rung(rule, units) if way == "gift" else None)
    has = facts.available(rule.unit, at)
    if stop is None and units > has:
        stop = short(rule, has, units)
    if stop is not None:
        return _refused(stop, "points")
    if way != "coupon":
        effects = (Spend(rule.clause, rule.unit, units, "redemption"), Tally(None, MEASURE, 1))
        return Decision(effects, (Reason(rule.clause, "redeemed", True, {"units": units}),))
    clause, reward = rule.rewards[units]
    told = {"units": units, "title": {"zh": clause.title.zh, "en": clause.title.en}, "worth": reward.worth}
    given = GrantRight(clause.id, reward.name, reward.worth, at, None, "")
    return Decision(
        (Spend(clause.id, rule.unit, units, "redemption"), given, Tally(None, MEASURE, 1)),
        (Reason(clause.id, "rewarded", True, told),),
    )


def short(rule: Terms, has: int, needs: int, *, on_sale: bool = False) -> Reason:
    values = {"has": has, "needs": needs, "gap": needs - has}
    if on_sale and "own_sale" in rule.said:
        return rule.stop("own_sale", "short_before", **values)
    return Reason(rule.clause, "short", False, values)


def _refused(stop: Reason, field: str) -> Decision:
    code, rank = REFUSALS.get(stop.say) or credential.REFUSALS[stop.say]
    return Decision((Refuse(stop.clause, code, rank, field, {"reason": stop}),), (stop,))


def _offer(rule: Terms, stop: Reason | None, units: int, tier: str) -> tuple[Reason, ...]:
    if stop is not None:
        return (stop,) if stop.say != "no_such_way" else ()
    if units < (rule.value("least") or 1):
        return ()
    return (Reason(rule.clause, "ready", False, {"units": units, "off": off_of(rule, units, tier)}),)


def _stop(rule: Terms, facts: MemberFacts, day: date, way: Way) -> Reason | None:
    if way not in rule.ways:
        return Reason(rule.clause, "no_such_way", False, {})
    return rule.window.stop(facts, MEASURE, day) if rule.window else None


_TWICE = Text(
    zh="{units:points} 分的兑换已由 {other} 规定。",
    en="What {units:points} {units:point gives|points give} is already said by {other}.",
)


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """A number of units gives one reward."""
    found: list[Finding] = []
    seen: dict[tuple[str, int], Clause] = {}
    for clause in clauses:
        for reward in clause.parameters.rewards:  # type: ignore[attr-defined]
            key = (clause.parameters.unit, reward.units)  # type: ignore[attr-defined]
            if key in seen:
                told = {"units": reward.units, "other": seen[key].id}
                found.append(refused(programme, clause, "overlap", "rewards", _TWICE, **told))
            seen.setdefault(key, clause)
    return found
