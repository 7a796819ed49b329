"""Catalogue: what can be had for units in the mall, at which price for which tier, and how it reaches the member.

The goods themselves, their prices, pictures and stock are kept from day to day; the clause says by which rules they are
given, in one clause or in several of the same unit: the unit that pays, what a tier pays of the price, how much of a mixed price units may pay, in how many workdays a
thing leaves the house, until when an order may be taken back, and how long a thing may come back.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import Field

from huiguan.kernel.amounts import share
from huiguan.kernel.text import Text
from huiguan.rules import collecting
from huiguan.rules.effects import Decision, Effect, Reason, Refuse, Spend, Tally
from huiguan.rules.facts import MemberFacts
from huiguan.rules.findings import Finding
from huiguan.rules.kinds import allocation, grant
from huiguan.rules.mall import PERIODS, BookAhead, Deposit, Offer, Price, Wish
from huiguan.rules.once import once
from huiguan.rules.parameters import DayOfYear, Positive, Rate, Slug, Whole, Yuan
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused, unwise

ROOM = "rewards"
TITLE = Text(zh="积分商城", en="The points mall")
ORDERS = "orders:mall"  # what a local day counts


class Parameters(Base):
    """`unit` that pays; `worth` yuan of one unit where a price is mixed, of which units pay at least `least` and at most
    `most`; `rates` a tier's share of the price in units, rounded `up` or down; `ways` a thing reaches the member;
    `dispatch` workdays by sort of thing; `cancel` until when the member may take an order back; `return_days` after
    receipt; `pay_within` hours for what is owed in money, and the `deposit` that keeps it longer; `substitute`: worth as much, where a thing has run out; `book_ahead` what is dear; `finish_by` the day of each year
    by which a thing is collected, or forfeited."""

    unit: Slug
    worth: Yuan | None = None
    least: Rate = Fraction(0)
    most: Rate = Fraction(1)
    rates: dict[Slug, Rate] = {}
    round: Literal["up", "down"] = "up"
    ways: Annotated[list[Literal["delivery", "pickup"]], Field(min_length=1)] = ["delivery", "pickup"]
    dispatch: dict[Literal["goods", "gift"], Positive] = {}
    cancel: Literal["until_prepared", "until_sent"] = "until_prepared"
    return_days: Whole = 0
    pay_within: Positive | None = None
    deposit: Deposit | None = None
    substitute: Literal["worth_as_much"] | None = None
    book_ahead: BookAhead | None = None
    finish_by: DayOfYear | None = None


SAYS = {
    "had": Text(
        zh="{quantity} 件，{units:points} 分，另付 {cash:yuan}。",
        en="{quantity} for {units:points} {units:point|points} and {cash:yuan}.",
    ),
    "had_units": Text(
        zh="{quantity} 件，{units:points} 分。", en="{quantity} for {units:points} {units:point|points}."
    ),
    "rate": Text(
        zh="按等级付积分的 {rate:rate}，少用 {off:points} 分。", en="This tier pays {rate:rate}: {off:points} fewer."
    ),
    "for_tiers": Text(zh="这件只给{tiers:list}。", en="This one is for {tiers:list} only."),
    "closed": Text(zh="已于 {on:moment} 下架。", en="It left the shelf at {on:moment}."),
    "enough": Text(
        zh="每人{per}至多 {most} 件，已有 {had} 件。", en="At most {most} for each member {per}; {had} are had already."
    ),
    "book_late": Text(
        zh="须提前 {days} 天预约，{on:day}才能领，过了 {until:day}的期限。",
        en="It is booked {days} {days:day|days} ahead: that would be {on:day}, after the last day, {until:day}.",
    ),
    "not_before": Text(
        zh="须提前 {days} 天预约，{on:day}起可领。",
        en="It is booked {days} {days:day|days} ahead: to be had from {on:day} on.",
    ),
    "forfeited": Text(
        zh="须在 {until:day}前领完，逾期视为放弃。", en="It had to be collected by {until:day}; it is forfeited."
    ),
    "no_such_way": Text(zh="不能这样领取。", en="It cannot be had in this way."),
    "too_few": Text(
        zh="这个价至少用 {least:points} 分，至多 {most:points} 分。",
        en="Between {least:points} and {most:points} {most:point pays|points pay} for this.",
    ),
    "short": Text(
        zh="余 {has:points} 分，要用 {needs:points} 分，差 {gap:points} 分。",
        en="{gap:points} {gap:point|points} short: the balance is {has:points}, this takes {needs:points}.",
    ),
}
# A coupon had in the mall is used at the till like any other.
SAYS |= {f"{grant.COUPON}{say}": text for say, text in grant.SAYS.items()} | {"not_open": allocation.SAYS["not_open"]}


@once
def rule(programme: Programme) -> Clause | None:
    """What the mall is run by: its clause, or its clauses read together under the first one's id; None where there is
    no mall."""
    clauses = programme.of("catalogue")
    if len(clauses) < 2:
        return next(iter(clauses), None)
    said: dict[str, Any] = {}
    for clause in reversed(clauses):
        said |= {name: getattr(clause.parameters, name) for name in clause.parameters.model_fields_set}
    return replace(clauses[0], parameters=clauses[0].parameters.model_copy(update=said))


def who_says(programme: Programme, name: str) -> str:
    """The id of the clause that has this parameter; the first one's where none has."""
    clauses = programme.of("catalogue")
    return next((each.id for each in clauses if name in each.parameters.model_fields_set), clauses[0].id)


def terms(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


def deposit(programme: Programme, owed: int) -> tuple[int, int]:
    """What of `owed` fen is paid to keep an order, up to the fen, and for how many days; (0, 0): no clause takes any."""
    clause = rule(programme)
    said = terms(clause).deposit if clause is not None else None
    return (share(owed, said.part, "ceiling"), said.days) if said is not None and owed else (0, 0)


def price(clause: Clause, offer: Offer, tier: str, wish: Wish) -> Price:
    """What `wish` comes to for a member on `tier`. Of a mixed price the units she names are worth their worth."""
    said = terms(clause)
    if not offer.mixed:
        return Price(for_tier(clause, offer.units, tier) * wish.quantity, offer.cash * wish.quantity)
    units = wish.units if wish.units is not None else bounds(clause, offer, wish)[0]
    return Price(units, max(0, offer.worth * wish.quantity - units * (said.worth or 0)))


def for_tier(clause: Clause, units: int, tier: str) -> int:
    """A price in units as `tier` pays it, rounded once."""
    said = terms(clause)
    return share(units, said.rates.get(tier, Fraction(1)), "ceiling" if said.round == "up" else "floor")


def bounds(clause: Clause, offer: Offer, wish: Wish) -> tuple[int, int]:
    """The fewest and the most units that may pay of a mixed price: never more than the price itself."""
    said, whole = terms(clause), offer.worth * wish.quantity
    worth = said.worth or 1
    fewest = -(-share(whole, said.least, "ceiling") // worth)
    return min(fewest, whole // worth), share(whole, said.most, "floor") // worth


def decide(
    programme: Programme, facts: MemberFacts, offer: Offer, wish: Wish, *, at: datetime
) -> tuple[Price, Decision]:
    """An order asked of the clauses: its price, what it spends and tallies, why, and every reason against it."""
    clause = rule(programme)
    assert clause is not None, "asked only where there is a mall"
    cost = price(clause, offer, facts.tier, wish)
    stops = [*_stops(programme, clause, facts, offer, wish, cost, at)]
    said_had = "had" if cost.cash else "had_units"
    reasons = [Reason(clause.id, said_had, not stops, _figures(wish, cost)), *_saved(clause, offer, facts.tier, wish)]
    effects: list[Effect] = [
        Refuse(stop.clause, code, rank, field, {"reason": stop}) for stop, code, rank, field in stops
    ]
    if cost.units:
        effects.append(Spend(clause.id, terms(clause).unit, cost.units, "order"))
    effects.append(Tally(None, ORDERS, 1))
    return cost, Decision(tuple(effects), (*(stop for stop, *_ in stops), *reasons))


_Stop = tuple[Reason, str, str, str]


def _stops(
    programme: Programme, clause: Clause, facts: MemberFacts, offer: Offer, wish: Wish, cost: Price, at: datetime
) -> list[_Stop]:
    """Everything against it: whom it is for, when, how many, in which way, and what it costs."""
    found: list[_Stop] = []
    if offer.tiers and facts.tier not in offer.tiers:
        found.append(
            (Reason(clause.id, "for_tiers", False, {"tiers": list(offer.tiers)}), "NotForTier", "standing", "item")
        )
    early = allocation.not_open(programme, offer, facts.tier, at)
    if early is not None:
        found.append((early, "OutsideWindow", "window", "item"))
    if offer.closes_at is not None and at >= offer.closes_at:
        on = offer.closes_at.astimezone(programme.zone).isoformat()
        found.append((Reason(clause.id, "closed", False, {"on": on}), "OutsideWindow", "window", "item"))
    late = booked_late(programme, offer, at)
    if late is not None:
        found.append((late, "OutsideWindow", "window", "item"))
    if wish.way != _way_of(offer, wish) or (wish.way != "instant" and wish.way not in terms(clause).ways):
        found.append((Reason(who_says(programme, "ways"), "no_such_way", False, {}), "WayNotOffered", "window", "way"))
    if offer.most is not None and offer.had + wish.quantity > offer.most:
        per = PERIODS[offer.per]
        told = {"most": offer.most, "had": offer.had, "per": {"zh": per.zh, "en": per.en}}
        found.append((Reason(clause.id, "enough", False, told), "LimitReached", "limit", "quantity"))
    return found + _money_stops(clause, facts, offer, wish, cost, at)


def had_between(programme: Programme, units: int, at: datetime) -> tuple[datetime | None, datetime | None]:
    """From when on, and until just before when, a thing of `units` ordered at `at` is handed over; None: no such bound."""
    clause = rule(programme)
    if clause is None:
        return None, None
    said, zone = terms(clause), programme.zone
    return collecting.begins(said.book_ahead, units, at, zone), collecting.ends(said.finish_by, at, zone)


def booked_late(programme: Programme, offer: Offer, at: datetime) -> Reason | None:
    """Why a thing that is booked ahead can no longer be collected in time; None where it can."""
    begins, ends = had_between(programme, offer.units, at)
    if begins is None or ends is None or begins < ends:
        return None
    return Reason(who_says(programme, "book_ahead"), "book_late", False, _days(programme, begins, ends))


def handing_over(programme: Programme, units: int, ordered: datetime, at: datetime) -> Reason | None:
    """Why what was ordered at `ordered` is not handed over at `at`: too early, or forfeited; None where it is."""
    begins, ends = had_between(programme, units, ordered)
    if begins is not None and at < begins:
        return Reason(who_says(programme, "book_ahead"), "not_before", False, _days(programme, begins, ends))
    if ends is not None and at >= ends:
        return Reason(who_says(programme, "finish_by"), "forfeited", False, _days(programme, begins, ends))
    return None


def _days(programme: Programme, begins: datetime | None, ends: datetime | None) -> dict[str, Any]:
    clause = rule(programme)
    return collecting.told(terms(clause).book_ahead if clause is not None else None, begins, ends, programme.zone)


def _money_stops(
    clause: Clause, facts: MemberFacts, offer: Offer, wish: Wish, cost: Price, at: datetime
) -> list[_Stop]:
    if offer.mixed:
        fewest, most = bounds(clause, offer, wish)
        if not fewest <= cost.units <= most:
            told = {"least": fewest, "most": most}
            return [(Reason(clause.id, "too_few", False, told), "WayNotOffered", "window", "points")]
    has = facts.available(terms(clause).unit, at)
    if cost.units <= has:
        return []
    told = {"has": has, "needs": cost.units, "gap": cost.units - has}
    return [(Reason(clause.id, "short", False, told), "BalanceTooLow", "balance", "item")]


def _way_of(offer: Offer, wish: Wish) -> str:
    """Vouchers and codes are there at once; nothing else is."""
    return "instant" if offer.sort in ("voucher", "code") else "delivery" if wish.way == "instant" else wish.way


def _figures(wish: Wish, cost: Price) -> dict[str, Any]:
    return {"quantity": wish.quantity, "units": cost.units, "cash": cost.cash}


def _saved(clause: Clause, offer: Offer, tier: str, wish: Wish) -> list[Reason]:
    rate = terms(clause).rates.get(tier)
    if rate is None or offer.mixed:
        return []
    off = (offer.units - for_tier(clause, offer.units, tier)) * wish.quantity
    return [Reason(clause.id, "rate", True, {"rate": str(rate), "off": off})] if off else []


_ONE = Text(zh="商城已由 {other} 规定。", en="The mall is already governed by {other}.")
_BETWEEN = Text(zh="至少的份额大于至多的份额。", en="The least share is above the most.")
_WORTHLESS = Text(zh="有份额就要写明一分值多少元。", en="A share takes what a unit is worth in yuan.")


_LATE = Text(
    zh="提前 {days} 天预约，{last:monthday}前领完：最后 {days} 天里约不成。",
    en="Booked {days} {days:day|days} ahead and collected by {last:monthday}: in the last {days} {days:day|days} nothing can be booked.",
)


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """Clauses of one unit; shares that can be met; tiers that there are; days on which nothing dear can be booked."""
    units = {terms(each).unit for each in clauses}
    found = [refused(programme, each, "overlap", "unit", _ONE, other=clauses[0].id) for each in clauses[1:]]
    found = found if len(units) > 1 else []
    for clause in clauses:
        found += allocation.unknown_tiers(programme, clause, "rates", terms(clause).rates)
    whole = rule(programme)
    if whole is None:
        return found
    said = terms(whole)
    if said.least > said.most:
        found.append(refused(programme, whole, "contradiction", "least", _BETWEEN))
    if said.worth is None and {"least", "most"} & said.model_fields_set:
        found.append(refused(programme, whole, "missing", "worth", _WORTHLESS))
    if said.book_ahead is not None and said.finish_by is not None:
        by = programme.clauses[who_says(programme, "book_ahead")]
        told = {"days": said.book_ahead.days, "last": said.finish_by.of(2000).isoformat()}
        found.append(unwise(programme, by, "late_booking", "book_ahead", _LATE, **told))
    return found
