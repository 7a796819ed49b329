"""Coupon: what a coupon of this name takes off, off which goods, for whom, when, with what, and how members come by it.

Thirty yuan off two hundred, a tenth off the tea, one cup free, one loaf at a fixed price. The clause is the product; the
coupons themselves are rights of members, given by a clause (`grant`, `redemption`), claimed as an offer, got for a code,
or handed out. A coupon bears its own first and last moment from the day it was given; all else is asked of the rulebook
in force at the sale.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field

from huiguan.kernel.moments import at_day, local_day, month_end, month_start
from huiguan.kernel.text import Text
from huiguan.rules.conditions import LineCondition
from huiguan.rules.effects import Reason
from huiguan.rules.facts import Bill, MemberFacts, RightFact
from huiguan.rules.findings import Finding
from huiguan.rules.once import once
from huiguan.rules.parameters import Bilingual, Day, Positive, Rate, Slug, Yuan
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused, unwise

ROOM = "entitlements"
TITLE = Text(zh="优惠券", en="Coupons")
COUPONS, POINTS, DISCOUNT = "coupons", "points", "discount"  # what a coupon may be apart from, beside names of coupons
Span = Literal["day", "month", "year", "always"]


class Uses(Base):
    """At most `times` by one member in each local day, month or year, or ever."""

    times: Positive
    per: Span


class Claim(Base):
    """Members may take it as an offer: in each `per`, `quota` of them in all, `shop_quota` at one shop, `times` by one
    member."""

    quota: Positive | None = None
    shop_quota: Positive | None = None
    times: Positive = 1
    per: Span = "always"


class Parameters(Base):
    """Exactly one of `off` (yuan), `rate` (the share that is paid, at most `most` off), `free` (one item, the cheapest or
    the dearest), `fixed` (one item at this price) and `elsewhere` (a code that another house takes). `minimum` yuan of the goods meant by `where`; `tiers` and `shops`
    named, or all. `since` the first day and `until` the last, or so many `days` after it was given. `apart`: not with
    these on one sale. `uses` and `claim` limits; `give`: days a friend has to accept it. `returns`: what a partial return
    makes of it."""

    name: Slug
    title: Bilingual
    off: Yuan | None = None
    rate: Rate | None = None
    most: Yuan | None = None
    free: Literal["cheapest", "dearest"] | None = None
    fixed: Yuan | None = None
    minimum: Yuan = 0
    where: LineCondition | None = None
    tiers: list[Slug] = []
    shops: list[str] = []
    since: Day | None = None
    until: Day | None = None
    days: Annotated[Positive, Field(le=3660)] | None = None
    apart: list[str] = []
    elsewhere: bool = False
    uses: Uses | None = None
    claim: Claim | None = None
    give: Annotated[Positive, Field(le=366)] | None = None
    returns: Literal["share", "unmet"] = "share"


SAYS = {
    "coupon_unknown": Text(zh="没有这张券：{code}。", en="The member holds no coupon {code}."),
    "used": Text(zh="{title}减 {off:yuan}。", en="{title} takes {off:yuan} off."),
    "ready": Text(
        zh="{title}（{code}）可减 {off:yuan}，本单未用。",
        en="{title} ({code}) would take {off:yuan} off; it was not asked for.",
    ),
    "spent": Text(zh="{title}（{code}）已在 {on} 用过。", en="{title} ({code}) was used on {on}."),
    "not_yet": Text(zh="{title}（{code}）从 {on:day}起可用。", en="{title} ({code}) may be used from {on:day} on."),
    "over": Text(zh="{title}（{code}）已在 {until:moment} 过期。", en="{title} ({code}) ended at {until:moment}."),
    "locked": Text(
        zh="{title}（{code}）已为另一单锁定，到 {until:moment}。",
        en="{title} ({code}) is locked for another order until {until:moment}.",
    ),
    "giving": Text(
        zh="{title}（{code}）已转赠好友，{until:moment} 前未接受便退回。",
        en="{title} ({code}) was given to a friend; it comes back unless accepted by {until:moment}.",
    ),
    "given_away": Text(zh="{title}（{code}）已送给好友。", en="{title} ({code}) was given to a friend."),
    "revoked": Text(zh="{title}（{code}）已收回。", en="{title} ({code}) was revoked."),
    "tier": Text(zh="{title}不给这个等级用。", en="{title} is not for this tier."),
    "shop": Text(zh="{title}不能在这家店用。", en="{title} is not for this shop."),
    "elsewhere": Text(
        zh="{title}凭码在发码方使用，不在本店收银。", en="{title} is a code for use elsewhere, not at this till."
    ),
    "reserved": Text(
        zh="{title}（{code}）为您保留到 {until:moment}，领取后可用。",
        en="{title} ({code}) is reserved until {until:moment}; it may be used once claimed.",
    ),
    "lapsed": Text(zh="{title}（{code}）保留期已过。", en="The time {title} ({code}) was reserved for is over."),
    "not_these": Text(zh="{title}不能用在这些商品上。", en="{title} is not for these goods."),
    "short": Text(
        zh="{title}满 {minimum:yuan} 可用，差 {gap:yuan}。",
        en="{title} takes {minimum:yuan} of its goods; {gap:yuan} more are needed.",
    ),
    "with_coupon": Text(zh="{title}不与{other}同用。", en="{title} does not go with {other}."),
    "with_points": Text(zh="{title}不与积分抵扣同用。", en="{title} does not go with points."),
    "with_discount": Text(zh="{title}不与折扣同用。", en="{title} does not go with a discount."),
    "used_up": Text(
        zh="{title}至多用 {times} 次，已在 {on:day}用过。",
        en="{title} may be used {times} {times:time|times}; last on {on:day}.",
    ),
    "no_offer": Text(zh="{title}不能领取。", en="{title} cannot be claimed."),
    "not_open": Text(zh="{title}从 {on:day}起可领。", en="{title} may be claimed from {on:day} on."),
    "closed": Text(zh="{title}领取已在 {on:day}结束。", en="{title} could be claimed until {on:day}."),
    "had": Text(zh="{title}每人至多 {times} 张，已经领过。", en="{title}: {times} for each member, already claimed."),
    "all_gone": Text(zh="{title}已领完。", en="All of {title} are gone."),
    "not_to_give": Text(zh="{title}不能转赠。", en="{title} cannot be given to others."),
}
REFUSALS = {
    "coupon_unknown": ("RightNotHeld", "existence"),
    "spent": ("RightUsed", "limit"),
    "not_yet": ("OutsideWindow", "window"),
    "over": ("OutsideWindow", "window"),
    "locked": ("RightNotFree", "limit"),
    "giving": ("RightNotFree", "limit"),
    "given_away": ("RightNotFree", "limit"),
    "revoked": ("RightNotFree", "limit"),
    "tier": ("CouponNotFor", "window"),
    "shop": ("CouponNotFor", "window"),
    "elsewhere": ("CouponNotFor", "window"),
    "reserved": ("RightNotFree", "limit"),
    "lapsed": ("RightNotFree", "limit"),
    "not_these": ("CouponNotFor", "window"),
    "short": ("MinimumNotMet", "limit"),
    "with_coupon": ("NotTogether", "window"),
    "with_points": ("NotTogether", "window"),
    "with_discount": ("NotTogether", "window"),
    "used_up": ("LimitReached", "limit"),
    "no_offer": ("CouponNotOffered", "window"),
    "not_open": ("OutsideWindow", "window"),
    "closed": ("OutsideWindow", "window"),
    "had": ("LimitReached", "limit"),
    "all_gone": ("AllGone", "limit"),
    "not_to_give": ("CouponNotFor", "window"),
}


@once
def products(programme: Programme) -> dict[str, Clause]:
    """The coupon products by name."""
    return {clause.parameters.name: clause for clause in programme.of("coupon")}  # type: ignore[attr-defined]


def product_of(programme: Programme, right: RightFact) -> Clause | None:
    """The clause whose terms a coupon has: that of its name, else the one dropped since that it was given by; None for
    a plain voucher."""
    found = products(programme).get(right.name)
    if found is None:
        try:
            given = programme.clauses[right.clause]
        except KeyError:
            return None
        found = given if given.kind == "coupon" else None
    return found


def terms(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


def life(programme: Programme, clause: Clause, at: datetime) -> tuple[datetime, datetime | None]:
    """From when until just before when a coupon given at `at` is good: days end with their last second, in the zone."""
    given, zone = terms(clause), programme.zone
    begins = max(at, at_day(given.since, zone)) if given.since else at
    ends = [at_day(given.until + timedelta(days=1), zone)] if given.until else []
    if given.days:
        ends.append(at_day(local_day(at, zone) + timedelta(days=given.days + 1), zone))
    return begins, min(ends, default=None)


def worth(clause: Clause) -> int:
    """Fen a coupon is told to be worth: what it takes off, or the price it fixes; 0 where that depends on the sale."""
    return terms(clause).off or 0


def span_name(per: str, day: date) -> str:
    """What the period around `day` is called: "2026-06-15", "2026-06", "2026", or nothing."""
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}.get(per, 0)]


def span(per: str, day: date) -> tuple[date, date]:
    """The first and last local day of the period around `day`."""
    if per == "day":
        return day, day
    if per == "month":
        return month_start(day), month_end(day)
    return (date(day.year, 1, 1), date(day.year, 12, 31)) if per == "year" else (date.min, date.max)


def claiming(
    programme: Programme, clause: Clause, facts: MemberFacts, at: datetime, before: Iterable[RightFact] = ()
) -> Reason | None:
    """Why a member may not take the offer now, quotas apart; None where she may. `before`: what she was given under the
    memberships merged into hers."""
    given, told = terms(clause), told_of(clause)
    day = local_day(at, programme.zone)
    if given.claim is None:
        return Reason(clause.id, "no_offer", False, told)
    if given.since and day < given.since:
        return Reason(clause.id, "not_open", False, {**told, "on": given.since.isoformat()})
    if given.until and day > given.until:
        return Reason(clause.id, "closed", False, {**told, "on": given.until.isoformat()})
    if given.tiers and facts.tier not in given.tiers:
        return Reason(clause.id, "tier", False, told)
    first, last = span(given.claim.per, day)
    had = [r for r in (*facts.rights, *before) if r.claimed and r.name == given.name]
    if sum(1 for r in had if first <= local_day(r.granted_at, programme.zone) <= last) >= given.claim.times:
        return Reason(clause.id, "had", False, {**told, "times": given.claim.times})
    return None


def title_of(programme: Programme, right: RightFact) -> dict[str, str]:
    """What a coupon is called, in both languages."""
    clause = product_of(programme, right)
    title = terms(clause).title if clause else programme.clauses[right.clause].title
    return {"zh": title.zh, "en": title.en}


def told_of(clause: Clause, right: RightFact | None = None) -> dict[str, object]:
    """The figures every sentence about a coupon of this clause may name."""
    title = terms(clause).title
    told: dict[str, object] = {"title": {"zh": title.zh, "en": title.en}}
    return told if right is None else {**told, "code": right.code, "worth": right.worth, "right": right.id}


def bars_discount(programme: Programme, bill: Bill) -> str | None:
    """The clause of a coupon on this bill that no discount goes with; None where there is none."""
    for step in bill.steps:
        clause = programme.clauses[step.clause] if step.right is not None else None
        if clause is not None and clause.kind == "coupon" and DISCOUNT in terms(clause).apart:
            return clause.id
    return None


_ONE = Text(
    zh="须且只能写 off、rate、free、fixed、elsewhere 中的一个。",
    en="Exactly one of off, rate, free, fixed and elsewhere must be given.",
)
_TWICE = Text(zh="名为 {name} 的券已由 {other} 规定。", en="A coupon {name} is already described by {other}.")
_BACKWARDS = Text(zh="最后一天早于第一天。", en="The last day lies before the first.")
_NOTHING_OFF = Text(zh="这张券什么也不减。", en="This coupon takes nothing off.")
_MORE_THAN_MINIMUM = Text(
    zh="满 {minimum:yuan} 就减 {off:yuan}，等于白送。", en="{off:yuan} off {minimum:yuan} gives the goods away."
)


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """A coupon takes one thing off, has one clause, and opens before it closes."""
    found: list[Finding] = []
    seen: dict[str, str] = {}
    for clause in clauses:
        given = terms(clause)
        if given.name in seen:
            told = {"name": given.name, "other": seen[given.name]}
            found.append(refused(programme, clause, "overlap", "name", _TWICE, **told))
        seen.setdefault(given.name, clause.id)
        found += _terms_checked(programme, clause, given)
    return found


def _terms_checked(programme: Programme, clause: Clause, given: Parameters) -> Iterator[Finding]:
    said = (given.off, given.rate, given.free, given.fixed, given.elsewhere or None)
    if sum(each is not None for each in said) != 1:
        yield refused(programme, clause, "one_worth", "off", _ONE)
    if given.since and given.until and given.until < given.since:
        yield refused(programme, clause, "backwards", "until", _BACKWARDS)
    if given.off == 0 or (given.rate is not None and given.rate >= 1):
        yield unwise(programme, clause, "worthless", "off", _NOTHING_OFF)
    if given.off and given.minimum and given.off >= given.minimum:
        told = {"off": given.off, "minimum": given.minimum}
        yield unwise(programme, clause, "gives_away", "minimum", _MORE_THAN_MINIMUM, **told)
