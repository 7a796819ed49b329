"""What a year's end brings back of what was spent: stored value to each member, once. A part of the night's grants."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from huiguan.kernel.actors import system
from huiguan.kernel.moments import at_day
from huiguan.ledger import operations as ledger
from huiguan.ledger.posting import fold
from huiguan.ledger.values import Journal, LotTerms, Movement, Sealed, house_address, member_address
from huiguan.members import facts as member_facts
from huiguan.rules.effects import Decision, Earn, Tally
from huiguan.rules.facts import MemberFacts
from huiguan.rules.kinds import rebate
from huiguan.rules.programme import Programme


def pay_rebates(
    programme: int, rulebook: Programme, day: date, memberships: Collection[int], written_at: datetime
) -> int:
    """To each of `memberships` what the year that ends with `day` brings her; how many got something. Inside the caller's
    transaction; done again it gives nothing twice: what was given is counted on the year's last day."""
    end = at_day(day + timedelta(days=1), rulebook.zone)
    accounts = ledger.lock_accounts(sorted(memberships))
    facts = member_facts.member_facts(programme, memberships, at=end, since=date(day.year, 1, 1), accounts=accounts)
    sealed: list[tuple[int, Sealed]] = []
    for membership, hers in sorted(facts.items()):
        hers = member_facts.as_of(hers, end)
        for clause in rulebook.of("rebate"):
            decision = rebate.decide(rulebook, clause, hers, day)
            if decision.effects:
                journal = _journal(programme, rulebook, hers, decision, day, end)
                accounts[membership], one = fold(accounts[membership], journal, written_at=written_at)
                sealed.append((membership, one))
    if sealed:
        touched = [accounts[key] for key in sorted({key for key, _ in sealed})]
        ledger.write_sealed(programme, touched, sealed, written_at)
    return len(sealed)


def _journal(
    programme: int, rulebook: Programme, facts: MemberFacts, decision: Decision, day: date, end: datetime
) -> Journal:
    earn = next(effect for effect in decision.effects if isinstance(effect, Earn))
    movement = Movement(
        unit=earn.unit,
        amount=earn.amount,
        debit=house_address(earn.unit, "issued"),
        credit=member_address(facts.membership, earn.unit),
        clause=earn.clause,
        opens=LotTerms(earned_at=end, expires_at=earn.expires_at, clause=earn.expiry_clause),
    )
    return Journal(
        at=end,
        cause=("rebate", f"{day.year}"),
        actor=system(programme, "nightly").reference,
        clause=earn.clause,
        version=rulebook.version,
        movements=(movement,),
        tallies=tuple((day, each.measure, each.amount) for each in decision.effects if isinstance(each, Tally)),
    )
