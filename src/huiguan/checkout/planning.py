"""A return before anything is done: what it needs to know is read, then it is worked out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from huiguan.checkout import refusals
from huiguan.checkout.inputs import ReturnInput, ReturnLine
from huiguan.checkout.packages.returning import coming_back
from huiguan.checkout.storing import SoldSale, sold_sale
from huiguan.checkout.undoing import Held, Plan, begun, brought_rung, worked_out
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import demand_not_ahead, local_day, moment_of
from huiguan.kernel.records import replace
from huiguan.kernel.refusals import Refusal, first_of
from huiguan.ledger import facts as ledger_facts
from huiguan.ledger.measures import merged
from huiguan.members import facts as member_facts
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rules.facts import MemberFacts

YEAR = timedelta(days=400)


def plan_return(actor: Actor, now: datetime, given: ReturnInput) -> Plan:
    """Read the sale and its member and work the return out; refuses what cannot come back. Writes nothing."""
    sold = sold_sale(actor, given.sale)
    rulebook = programmes.version(sold.version)
    at = moment_of(given.at, "at", rulebook.zone) if given.at else now
    demand_not_ahead(at, now, rulebook.zone)
    if at < sold.at:
        raise refusals.ReturnBeforeSale(field="at")
    kept = _kept(sold.kept, given.lines)
    plan = begun(rulebook, sold, at, kept)
    if not sold.membership:
        return plan
    plan = worked_out(plan, _held(actor, now, plan), now)
    coming_back(plan)
    return plan


def refuse_late_void(sold: SoldSale, at: datetime) -> None:
    """Asked once the sale is locked: a return at another till may just have been made."""
    zone = programmes.version(sold.version).zone
    if sold.returns or local_day(sold.at, zone) != local_day(at, zone):
        raise refusals.VoidWindowClosed(field="sale")


def _held(actor: Actor, now: datetime, plan: Plan) -> Held:
    sold, key = plan.sale, (plan.sale.membership, plan.sale.seq)
    plan.holder = members.holder_of(sold.membership)
    hers = _facts(actor, now, plan) if brought_rung(sold) else {}
    return Held(
        account=ledger_facts.accounts([sold.membership])[sold.membership],
        spent=ledger_facts.spent_lots([key])[key]
        if sold.stored.total or plan.before.points > plan.after.points
        else (),
        lapsed=_lapsed((sold.membership, sold.brought_by)),
        facts=facts_of_both(plan.holder, hers) if hers else None,
        own=hers.get(sold.membership) if plan.holder != sold.membership else None,
    )


def _lapsed(key: tuple[int, int]) -> dict[str, int]:
    """What lapsed unused of what the sale brought, with the buyer or with one she was ever merged into."""
    lapsed = ledger_facts.lapsed_units(key)
    for unit, amount in ledger_facts.lapsed_of_lots(members.lots_elsewhere(*key)).items():
        lapsed[unit] = lapsed.get(unit, 0) + amount
    return lapsed


def _facts(actor: Actor, now: datetime, plan: Plan) -> dict[int, MemberFacts]:
    """The buyer's, and where she has been merged into another also hers."""
    since = local_day(plan.sale.at, plan.rulebook.zone) - YEAR
    whose = {plan.sale.membership, plan.holder}
    return member_facts.member_facts(actor.programme, whose, at=now, since=since, accounts={})


def facts_of_both(holder: int, found: dict[int, MemberFacts]) -> MemberFacts:
    """Whose rung it is; where the buyer has been merged into another, hers, with the days of both."""
    if len(found) == 1:
        return found[holder]
    tallies = [
        (day, name, n) for facts in found.values() for day, told in facts.days.items() for name, n in told.items()
    ]
    return replace(found[holder], days=merged(tallies))


def _kept(left: tuple[int, ...], lines: Sequence[ReturnLine] | None) -> tuple[int, ...]:
    """What is left of each line afterwards; of all that is wrong with `lines`, the first rank is told."""
    if lines is None:
        if not any(left):
            raise refusals.AlreadyReturned(field="sale")
        return (0,) * len(left)
    kept, wrong = list(left), list[Refusal]()
    for i, line in enumerate(lines):
        if line.line > len(kept):
            wrong.append(refusals.LineUnknown(field=f"lines.{i}.line", line=line.line))
            continue
        had, given = kept[line.line - 1], line.quantity
        if given > had:
            wrong.append(refusals.MoreThanSold(field=f"lines.{i}.quantity", line=line.line, left=had, given=given))
        kept[line.line - 1] = max(0, had - given)
    if wrong:
        raise first_of(wrong)
    return tuple(kept)
