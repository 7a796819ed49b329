"""Rebate: at the year's end a share of what a member spent in it comes back as stored value.

"Two percent of 3,000 yuan or more, paid in at the end of the year." The bands are reached by what was paid and kept in the
calendar year; the highest one reached gives its share of all of it. What comes back is bonus, never money.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Annotated

from pydantic import AfterValidator, Field

from huiguan.kernel.moments import add_months, at_day
from huiguan.kernel.text import Text
from huiguan.rules.effects import NOTHING, Decision, Earn, Reason, Tally
from huiguan.rules.facts import MemberFacts
from huiguan.rules.findings import Fault, Finding
from huiguan.rules.kinds.allocation import unknown_tiers
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.parameters import Positive, Rate, Slug, Yuan
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused
from huiguan.rules.wallet import BONUS

ROOM = "members"
TITLE = Text(zh="年终返利", en="Rebate")


def _below_half(rate: Fraction) -> Fraction:
    if not 0 < rate < Fraction(1, 2):
        raise Fault("须大于 0、小于 50%", "must be more than 0 and less than 50%")
    return rate


class Band(Base):
    """From `spend` yuan on, this `part` of it."""

    spend: Yuan
    part: Annotated[Rate, AfterValidator(_below_half)]


class Parameters(Base):
    """`bands` of a calendar year's spending; `months` what comes back lives, for ever where nothing is said; `tiers` for whom,
    all where none is named."""

    bands: Annotated[list[Band], Field(min_length=1)]
    months: Annotated[Positive, Field(le=1200)] | None = None
    tiers: list[Slug] = []


SAYS = {
    "rebated": Text(
        zh="{year} 年实付 {spend:yuan}，返 {rate:rate}，存入 {amount:yuan}。",
        en="{spend:yuan} paid in {year}: {rate:rate} of it, {amount:yuan}, is stored.",
    ),
}


def measure(clause: str) -> str:
    """What the year's last day counts: the fen given under a clause, so that none is given twice."""
    return f"rebated:{clause}"


def decide(programme: Programme, clause: Clause, facts: MemberFacts, day: date) -> Decision:
    """What the year that ends with local `day` brings a member; NOTHING where too little was spent, or it was given."""
    said = _of(clause)
    spend = facts.sum("spend", date(day.year, 1, 1), day)
    reached = [band for band in said.bands if spend >= band.spend]
    if not reached or facts.sum(measure(clause.id), day, day) or (said.tiers and facts.tier not in said.tiers):
        return NOTHING
    band = max(reached, key=lambda each: each.spend)
    amount = int(spend * band.part)  # a part of a fen is cut off
    if not amount:
        return NOTHING
    effect = Earn(clause.id, BONUS, amount, _until(programme, said, day), clause.id if said.months else None)
    told = {"year": day.year, "spend": spend, "rate": str(band.part), "amount": amount}
    return Decision((effect, Tally(clause.id, measure(clause.id), amount)), (Reason(clause.id, "rebated", True, told),))


def _until(programme: Programme, said: Parameters, day: date) -> datetime | None:
    """To the end of the day so many months after the year's last."""
    return at_day(add_months(day, said.months) + timedelta(days=1), programme.zone) if said.months else None


def _of(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


_FALLS = Text(zh="花得更多，返得反而少。", en="Who spends more gets a smaller share.")
_TWICE = Text(zh="同一金额写了两档。", en="Two bands begin at the same amount.")


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """Bands that rise, each once, for tiers there are."""
    found: list[Finding] = []
    for clause in clauses:
        bands = sorted(_of(clause).bands, key=lambda each: each.spend)
        for lower, higher in pairwise(bands):
            if lower.spend == higher.spend:
                found.append(refused(programme, clause, "overlap", "bands", _TWICE))
            elif higher.part < lower.part:
                found.append(refused(programme, clause, "disagreement", "bands", _FALLS))
        found += unknown_tiers(programme, clause, "tiers", _of(clause).tiers)
    return found
