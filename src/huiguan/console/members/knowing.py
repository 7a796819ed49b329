"""One member as her page asks for her: read once, then told by figures, ledgers and slips."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from huiguan.console.acting import Acting
from huiguan.console.wording import main_unit
from huiguan.identity import queries as identity
from huiguan.kernel.moments import local_day
from huiguan.kernel.text import Text
from huiguan.members import facts as member_facts
from huiguan.members import queries as members
from huiguan.members.values import MemberTold
from huiguan.programme import queries as programmes
from huiguan.rules.facts import MemberFacts
from huiguan.rules.kinds import tier_ladder
from huiguan.rules.programme import Programme

BEGINNING = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Member:
    """`told` is her page, `facts` what clauses know of her, days since the beginning; both at `now`."""

    now: Acting
    rulebook: Programme
    told: MemberTold
    facts: MemberFacts

    @property
    def page(self) -> str:
        return f"/members/{self.told.number}/"

    @property
    def unit(self) -> str | None:
        return main_unit(self.rulebook)

    @property
    def day(self) -> date:
        return local_day(self.now.at, self.rulebook.zone)

    @property
    def window(self) -> tuple[date, date] | None:
        """The days the ladder looks back on; None where the rulebook climbs by nothing."""
        months = tier_ladder.months_back(self.rulebook)
        return tier_ladder.window(self.day, months) if months else None

    def local(self, at: datetime) -> datetime:
        return at.astimezone(self.rulebook.zone)


def known_member(now: Acting, ref: str) -> Member:
    """The member somebody names, herself also where she was merged into another; NotFound, and Forbidden without
    `read_members`."""
    told = members.member(now.actor, ref, now.at, itself=True)
    rulebook = programmes.programme_at(now.actor.programme, now.at)
    found = member_facts.member_facts(now.actor.programme, [told.membership], at=now.at, since=BEGINNING)
    return Member(now, rulebook, told, found[told.membership])


def hands(programme: int, references: Iterable[str]) -> dict[str, str]:
    """Who acted: reference ("staff:7") -> name. What no person did is left out."""
    ids = {int(ref.partition(":")[2]) for ref in references if ref.startswith("staff:")}
    return {f"staff:{person.id}": person.name for person in identity.people_by_id(programme, ids).values()}


def shop_names(programme: int, ids: Iterable[int | None]) -> dict[int, Text]:
    """Shop key -> name."""
    found = identity.shops_by_id(programme, {each for each in ids if each is not None})
    return {key: shop.name for key, shop in found.items()}
