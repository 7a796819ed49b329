"""A member's sale decided: all clauses asked, and the member as her next sale finds her. Pure.

The till decides by this when a sale is committed, and a simulation when it judges recorded sales by another rulebook.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from huiguan.checkout.quoting import Judged, judge
from huiguan.kernel.moments import local_day
from huiguan.kernel.records import replace
from huiguan.ledger.values import UnitState
from huiguan.rules.effects import NOTHING, Decision
from huiguan.rules.facts import MemberFacts, PackageFact, Sale
from huiguan.rules.kinds import allocation, credential, eligibility, limit, price, tier_ladder
from huiguan.rules.packaging import selling
from huiguan.rules.programme import Programme


def decided(rulebook: Programme, facts: MemberFacts, sale: Sale, buying: Decision = NOTHING) -> Judged:
    """The sale priced, with everything that stands against it in `refuses`; `buying` is what is said of the buyer."""
    judged = judge(rulebook, facts, sale).also(buying)
    for also in (price.decide(rulebook, sale), eligibility.using(rulebook, facts), credential.slip(rulebook, sale)):
        judged = judged.also(also)
    judged = judged.also(allocation.early(rulebook, facts.tier, sale))
    judged = judged.also(limit.decide(rulebook, facts, sale.lines, sale.day))
    return judged.also(selling(rulebook, sale, facts.packages))


def facts_after(facts: MemberFacts, units: Mapping[str, UnitState], judged: Judged) -> MemberFacts:
    """The member as her next sale finds her; `units` are her holdings once the sale has moved them."""
    sale = judged.bill.sale
    day = dict(facts.days.get(sale.day, {}))
    for tally in judged.tallies:
        day[tally.measure] = day.get(tally.measure, 0) + tally.amount
    used = {effect.right for effect in judged.rights}
    rights = tuple(replace(right, used_at=sale.at) if right.id in used else right for right in facts.rights)
    return replace(
        facts,
        days={**facts.days, sale.day: day},
        lots={unit: state.lots for unit, state in units.items()},
        held={unit: state.held for unit, state in units.items()},
        rights=rights,
        packages=_packages_after(facts, judged) if judged.opens else facts.packages,
    )


def _packages_after(facts: MemberFacts, judged: Judged) -> tuple[PackageFact, ...]:
    """Those handed in are so at once; those just begun have no key before they are written."""
    handed_in = {effect.swaps for effect in judged.opens}
    begun = [
        PackageFact(0, "", each.name, each.clause, each.price, each.valid_from, each.valid_until, each.allowances)
        for each in judged.opens
    ]
    held = [replace(each, ended="swapped") if each.id in handed_in else each for each in facts.packages]
    return (*held, *begun)


def promotion(
    rulebook: Programme, before: MemberFacts, then: MemberFacts, after: MemberFacts, sale: Sale, now: datetime
) -> Decision:
    """The rung after the sale. `then` is the member at the sale's own moment, `before` and `after` as of `now`: one who
    has since moved on is not moved again by a late sale."""
    if then.tier != before.tier:
        return NOTHING
    today = local_day(now, rulebook.zone)
    # The purchase at which a card is opened may come a little before it: no rung is older than the membership.
    at = max(sale.at, then.joined_at)
    return tier_ladder.decide(rulebook, after, day=sale.day, at=at, today=today, now=now)
