"""Whom something in the mall is for: a member acting for herself, or one that staff name. Her books are locked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from huiguan.checkout.refusals import MembershipNotActive, UnknownMember
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.kernel.refusals import Forbidden
from huiguan.kernel.text import Text
from huiguan.ledger import operations as ledger
from huiguan.ledger.values import Account
from huiguan.members import facts as member_facts
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rewards.refusals import NoMall
from huiguan.rewards.telling import refuse_first
from huiguan.rules.effects import Refuse
from huiguan.rules.facts import MemberFacts
from huiguan.rules.kinds import catalogue, eligibility
from huiguan.rules.needs import needs
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.reviewing import as_it_stands

MEMBER = "member"
DAYS_BACK = timedelta(days=400)
_OTHERS = Text(zh="替别人办理", en="Acting for another member")


@dataclass(frozen=True, slots=True)
class Asking:
    """A member asking something of the mall at `at`, her local `day`; `account` is locked and settled until then."""

    rulebook: Programme
    clause: Clause
    at: datetime
    day: date
    account: Account
    facts: MemberFacts

    @property
    def membership(self) -> int:
        return self.facts.membership

    @property
    def number(self) -> str:
        return self.facts.number


def membership_for(actor: Actor, named: str | None, *, reading: bool = False) -> int:
    """The member meant: the actor herself, or the one staff name by number, card or phone. UnknownMember, Forbidden.

    Staff take the power to sell, for `reading` that to read members.
    """
    if actor.kind == MEMBER:
        own = members.holder_of(actor.membership or 0)
        if named is not None and members.resolve(actor.programme, {("any", named)}).get(("any", named)) != own:
            raise Forbidden(power=_OTHERS)
        return own
    actor.demand("read_members" if reading else "sell")
    found = members.resolve(actor.programme, {("any", named)}) if named else {}
    if not found:
        raise UnknownMember(field="member", given=named or "")
    return next(iter(found.values()))


def subject_of(actor: Actor, membership: int, named: str | None) -> str:
    """What audit and key name: "member:DN000382", of the member as she was `named`."""
    return f"member:{number_of(actor, membership, named)}"


def number_of(actor: Actor, membership: int, named: str | None) -> str:
    """Her number, that of before a merge where she is named by it: a request of before it is known again."""
    return members.number_as_named(actor.programme, membership, named or "")


def mall_clause(rulebook: Programme) -> Clause:
    """The clause the mall is run by; NoMall."""
    clause = catalogue.rule(rulebook)
    if clause is None:
        raise NoMall()
    return clause


def asking(actor: Actor, at: datetime, membership: int) -> Asking:
    """Lock and read the member. NoMall, MembershipNotActive, RegistrationInvalid."""
    rulebook = programmes.programme_at(actor.programme, at)
    return active(actor, at, membership, rulebook, mall_clause(rulebook))


def active(actor: Actor, at: datetime, membership: int, rulebook: Programme, clause: Clause) -> Asking:
    """The member locked and read, where she may use what she has. MembershipNotActive, RegistrationInvalid,
    NotVerified."""
    account = ledger.settle_accounts([membership], at=at)[membership]
    facts = known(actor.programme, rulebook, membership, at, account)
    if facts.standing != "active":
        raise MembershipNotActive(field="member", standing=members.standing_title(facts.standing))
    decision = eligibility.using(rulebook, facts)
    effects = [*decision.effects]
    if eligibility.asks_verified(rulebook):
        effects += eligibility.using_points(rulebook, members.verified([membership], at)[membership]).effects
    refuse_first(rulebook, [effect for effect in effects if isinstance(effect, Refuse)])
    return Asking(rulebook, clause, at, local_day(at, rulebook.zone), account, facts)


def known(
    programme: int, rulebook: Programme, membership: int, at: datetime, account: Account | None = None
) -> MemberFacts:
    """What is known of a member at `at`, her tier as it stands then; `account` where it is locked already."""
    day = local_day(at, rulebook.zone)
    since = min(day - DAYS_BACK, needs(rulebook).since(day))
    accounts = {membership: account} if account is not None else None
    facts = member_facts.member_facts(programme, [membership], at=at, since=since, accounts=accounts)[membership]
    return as_it_stands(rulebook, facts, at)


def place_of(actor: Actor, code: str | None, field: str = "shop") -> int | None:
    """A shop's id, None for the centre. NotFound naming `field`."""
    return identity.shop(actor.programme, code, field).id if code is not None else None


def codes_of(programme: int, ids: list[int | None]) -> dict[int | None, str | None]:
    """The codes of shops by id; the centre has none."""
    known_shops = identity.shops_by_id(programme, [each for each in ids if each is not None])
    return {None: None, **{key: shop.code for key, shop in known_shops.items()}}
