"""Allocation: how a scarce thing is given to one of many who want it.

By rank: better tiers may have it some hours before it opens for everybody, in the mall and at the till, and stand first on
the wait-list. By
wait-list: what comes back or comes in is offered to who waits longest, for so many hours, then to the next. By auction:
units bid in steps, held until somebody bids more, taken from who leads at the close. By draw: a ticket costs units, and
so many tickets a member.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

from huiguan.kernel.text import Text
from huiguan.rules.conditions import LineCondition
from huiguan.rules.effects import NOTHING, Decision, Reason, Refuse
from huiguan.rules.facts import Line, Sale
from huiguan.rules.findings import Finding
from huiguan.rules.holding import holds
from huiguan.rules.kinds import tier_ladder
from huiguan.rules.mall import Offer
from huiguan.rules.once import once
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.parameters import Positive, Slug
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused
from huiguan.rules.vocabulary import line_values

ROOM = "rewards"
TITLE = Text(zh="稀缺之物的分配", en="Who gets the scarce one")
By = Literal["rank", "wait_list", "auction", "draw"]


class Parameters(Base):
    """`by` rank: `early` hours by tier before a thing of `where` opens for all. wait_list: an offer stands `hours`,
    `ranked` the better tier first. auction and draw: the `unit` that pays; `step` the least by which a bid is above the
    one before; `tickets` of a draw a member may have."""

    by: By
    early: dict[Slug, Positive] = {}
    where: LineCondition | None = None
    hours: Positive | None = None
    ranked: bool = False
    unit: Slug | None = None
    step: Positive | None = None
    tickets: Positive | None = None


SAYS = {
    "not_open": Text(zh="{on:moment} 起开放。", en="It may be had from {on:moment} on."),
    "early": Text(
        zh="{hours} 小时的优先期内，{all:moment} 起对所有人开放。",
        en="Within the {hours} {hours:hour|hours} before it opens for everybody at {all:moment}.",
    ),
    "over": Text(zh="已于 {on:moment} 结束。", en="It ended at {on:moment}."),
    "bid_low": Text(
        zh="出价须不低于 {least:points} 分，这里是 {bid:points} 分。",
        en="A bid must be {least:points} {least:point|points} or more; this is {bid:points}.",
    ),
    "own_bid": Text(zh="已是领先的出价。", en="This member leads already."),
    "bid": Text(
        zh="出价 {bid:points} 分，暂扣到竞拍结束。", en="{bid:points} {bid:point|points} bid, held until the close."
    ),
    "won": Text(zh="第 {n} 号票中 {grade} 等奖。", en="Ticket {n} won a prize of grade {grade}."),
    "tickets": Text(
        zh="每人至多 {most} 张，已有 {had} 张。",
        en="At most {most} {most:ticket|tickets} a member; {had} are had already.",
    ),
    "short": Text(
        zh="到结束时仍可用的有 {has:points} 分，要用 {needs:points} 分，差 {gap:points} 分。",
        en="{gap:points} {gap:point|points} short: {has:points} may still be used at the close, this takes {needs:points}.",
    ),
}


@once
def _by(programme: Programme) -> dict[str, tuple[Clause, ...]]:
    found: dict[str, list[Clause]] = {}
    for clause in programme.of("allocation"):
        found.setdefault(said(clause).by, []).append(clause)
    return {by: tuple(clauses) for by, clauses in found.items()}


def said(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


def rule(programme: Programme, by: By) -> Clause | None:
    """The clause that gives `by` this way; the first of several."""
    return next(iter(_by(programme).get(by, ())), None)


def opens_at(programme: Programme, offer: Offer, tier: str) -> tuple[datetime | None, Clause | None]:
    """From when `tier` may have the offer, and by which clause earlier than others."""
    if offer.opens_at is None:
        return None, None
    for clause in ranks(programme, offer.line(1)):
        hours = said(clause).early.get(tier)
        if hours is not None:
            return offer.opens_at - timedelta(hours=hours), clause
    return offer.opens_at, None


def ranks(programme: Programme, line: Line) -> tuple[Clause, ...]:
    """The clauses that let some tiers have goods earlier."""
    clauses = _by(programme).get("rank", ())
    return tuple(each for each in clauses if (where := said(each).where) is None or holds(where, line_values(line)))


def not_open(programme: Programme, offer: Offer, tier: str, at: datetime) -> Reason | None:
    """Why the offer is not open to `tier` yet; None where it is."""
    opens, clause = opens_at(programme, offer, tier)
    if opens is None or at >= opens:
        return None
    by = clause or next(iter(ranks(programme, offer.line(1))), None) or programme.of("catalogue")[0]
    return Reason(by.id, "not_open", False, {"on": opens.astimezone(programme.zone).isoformat()})


def opened_early(programme: Programme, offer: Offer, tier: str, at: datetime) -> Reason | None:
    """That a member had it before others could; None where everybody may."""
    opens, clause = opens_at(programme, offer, tier)
    if clause is None or opens is None or offer.opens_at is None or not opens <= at < offer.opens_at:
        return None
    told = {"hours": said(clause).early[tier], "all": offer.opens_at.astimezone(programme.zone).isoformat()}
    return Reason(clause.id, "early", True, told)


def early(programme: Programme, tier: str | None, sale: Sale) -> Decision:
    """Goods that are not sold to everybody yet: that a member of `tier` (None: a walk-in) may have them, or why not."""
    effects: list[Refuse] = []
    reasons: list[Reason] = []
    for i, line in enumerate(sale.lines):
        if line.opens_at is None:
            continue
        clauses = ranks(programme, line)
        clause = next((each for each in clauses if tier in said(each).early), clauses[0])
        hours, everybody = said(clause).early.get(tier or "", 0), line.opens_at.astimezone(programme.zone)
        opens = everybody - timedelta(hours=hours)
        if sale.at >= opens:
            reasons.append(Reason(clause.id, "early", True, {"hours": hours, "all": everybody.isoformat()}))
            continue
        stop = Reason(clause.id, "not_open", False, {"on": opens.isoformat()})
        reasons.append(stop)
        effects.append(Refuse(clause.id, "OutsideWindow", "window", f"lines.{i}", {"reason": stop}))
    return Decision(tuple(effects), tuple(reasons)) if reasons else NOTHING


def rank(programme: Programme, tier: str) -> int:
    """Where a tier stands on a ranked wait-list: the higher rung the smaller number."""
    rungs = [rung.tier for rung in tier_ladder.rungs(programme)]
    return len(rungs) - rungs.index(tier) if tier in rungs else len(rungs) + 1


def least_bid(clause: Clause, reserve: int, step: int | None, leading: int | None) -> int:
    """The smallest bid that is taken: the reserve first, then a step above who leads."""
    return reserve if leading is None else leading + (step or said(clause).step or 1)


_NEEDS = {
    "rank": "early",
    "wait_list": "hours",
    "auction": "unit",
    "draw": "unit",
}
_MISSING = Text(zh="“{by}”还须写明 {key}。", en="{by} takes {key} too.")
_ONE = Text(zh="同样的分配已由 {other} 规定。", en="This is already governed by {other}.")
_UNKNOWN = Text(zh="没有“{tier}”这个等级。", en="There is no tier {tier}.")


def unknown_tiers(
    programme: Programme, clause: Clause, key: str, tiers: Iterable[str], text: Text = _UNKNOWN
) -> list[Finding]:
    """The tiers named that no ladder has."""
    known = {rung.tier for rung in tier_ladder.rungs(programme)}
    return [refused(programme, clause, "unknown_tier", key, text, tier=tier) for tier in tiers if tier not in known]


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """Each way has what it takes and is said once; rank may be said for several sorts of things."""
    found: list[Finding] = []
    first: dict[str, Clause] = {}
    for clause in clauses:
        parameters = said(clause)
        key = _NEEDS[parameters.by]
        if not getattr(parameters, key):
            found.append(refused(programme, clause, "missing", key, _MISSING, by=parameters.by, key=key))
        if parameters.by != "rank" and parameters.by in first:
            found.append(refused(programme, clause, "overlap", "by", _ONE, other=first[parameters.by].id))
        first.setdefault(parameters.by, clause)
        found += unknown_tiers(programme, clause, "early", parameters.early)
    return found
