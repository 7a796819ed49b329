"""The member at the other end, as her pages ask for her: read once, then told by card, ledgers and coupons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from huiguan.design.wording import main_unit
from huiguan.kernel.moments import local_day
from huiguan.members import facts as member_facts
from huiguan.members import queries as members
from huiguan.members.values import MemberTold
from huiguan.portal.acting import Visiting
from huiguan.rules.facts import MemberFacts, alive
from huiguan.rules.programme import Programme

BEGINNING = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Member:
    """`told` is what is known of her, `facts` what clauses know; both at `now`."""

    now: Visiting
    told: MemberTold
    facts: MemberFacts

    @property
    def rulebook(self) -> Programme:
        return self.now.rulebook

    @property
    def day(self) -> date:
        return local_day(self.now.at, self.rulebook.zone)

    @property
    def unit(self) -> str | None:
        return main_unit(self.rulebook)

    def has(self, unit: str) -> int:
        """What she may spend of a unit now."""
        return max(0, self.facts.available(unit, self.now.at))

    def ends_next(self, unit: str) -> tuple[int, datetime] | None:
        """How many units die soonest, and when; None where none dies."""
        ends = [lot for lot in self.facts.lots.get(unit, ()) if alive(lot, self.now.at) and lot.expires_at]
        if not ends:
            return None
        soonest = min(lot.expires_at for lot in ends if lot.expires_at)
        return sum(lot.left for lot in ends if lot.expires_at == soonest), soonest


def known_member(now: Visiting) -> Member:
    """Everything of the visiting member."""
    told = members.member(now.actor, now.number, now.at)
    found = member_facts.member_facts(now.actor.programme, [told.membership], at=now.at, since=BEGINNING)
    return Member(now, told, found[told.membership])
