"""The member whose coupons they are: who may act for her, and what is known of her, her account locked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from huiguan.checkout import refusals
from huiguan.checkout.inputs import MemberReference
from huiguan.checkout.reading import reference_of
from huiguan.checkout.telling import refusal_of
from huiguan.checkout.values.coupons import CouponView
from huiguan.entitlements import operations as entitlements
from huiguan.entitlements import queries as rights
from huiguan.entitlements.values import NewRight, state_at, typed
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.kernel.refusals import Refusal
from huiguan.ledger import operations as ledger
from huiguan.members import facts as member_facts
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rules.effects import Reason, Refuse
from huiguan.rules.facts import MemberFacts, RightFact
from huiguan.rules.kinds import coupon
from huiguan.rules.needs import needs
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.reviewing import as_it_stands
from huiguan.rules.vouchers import refusal_of as rank_of


@dataclass(frozen=True, slots=True)
class Holder:
    """A member at `at`, under the rulebook in force, with her account locked until the transaction ends; `before` are the
    rights of members merged into her, as she held them."""

    rulebook: Programme
    at: datetime
    facts: MemberFacts
    before: tuple[RightFact, ...] = ()

    def right(self, code: str) -> RightFact:
        """The coupon she holds under a code; RightNotHeld."""
        known = next((held for held in self.facts.rights if held.code == typed(code)), None)
        if known is None:
            why = {"zh": f"没有这张券：{code}。", "en": f"The member holds no coupon {code}."}
            raise refusals.RightNotHeld(field="code", why=why)
        return known


def key_of(actor: Actor, reference: MemberReference, power: str) -> int:
    """The membership meant; `power` is needed unless it is the actor's own. Refuses UnknownMember."""
    found = reference_of(reference)
    known = members.resolve(actor.programme, {found}) if found else {}
    key = known.get(found) if found else None
    if key is None or actor.membership != key:
        actor.demand(power)
    if key is None:
        raise refusals.UnknownMember(field="member", given=found[1] if found else "")
    return key


def subject_of(actor: Actor, key: int, named: MemberReference) -> str:
    """Who audit and key name: "member:DN000382", of the member as she was `named`."""
    reference = reference_of(named)
    return f"member:{members.number_as_named(actor.programme, key, reference[1] if reference else '')}"


def holder(actor: Actor, at: datetime, key: int) -> Holder:
    """Lock and read the member. Refuses MembershipNotActive."""
    rulebook = programmes.programme_at(actor.programme, at)
    accounts = {key: ledger.lock_accounts([key])[key]}
    day = local_day(at, rulebook.zone)
    since = min(day - timedelta(days=1), needs(rulebook).since(day))
    facts = member_facts.member_facts(actor.programme, [key], at=at, since=since, accounts=accounts)[key]
    facts = as_it_stands(rulebook, facts, at)
    if facts.standing != "active":
        raise refusals.MembershipNotActive(field="member", standing=members.standing_title(facts.standing))
    return Holder(rulebook, at, facts, rights_before(key))


def rights_before(key: int) -> tuple[RightFact, ...]:
    """What members merged into her were given under their own names: what they claimed counts for her."""
    merged = members.absorbed_by(key)
    held = rights.rights_of(merged) if merged else {}
    return tuple(right for each in merged for right in held.get(each, ()))


def refused(rulebook: Programme, stop: Reason, field: str) -> Refusal:
    """What a coupon's stop refuses a deed as."""
    name, rank = rank_of(rulebook, stop)
    return refusal_of(rulebook, Refuse(stop.clause, name, rank, field, {"reason": stop}))


def give(actor: Actor, here: Holder, clause: Clause, occasion: str, cause: str) -> RightFact:
    """A coupon of the clause is hers from now on; refused where its time is over before it begins."""
    begins, ends = coupon.life(here.rulebook, clause, here.at)
    given = coupon.terms(clause)
    if ends is not None and ends <= begins:
        told = {**coupon.told_of(clause), "on": local_day(ends - timedelta(seconds=1), here.rulebook.zone).isoformat()}
        raise refused(here.rulebook, Reason(clause.id, "closed", False, told), "coupon")
    right = NewRight(
        membership=here.facts.membership,
        name=given.name,
        clause=clause.id,
        worth=coupon.worth(clause),
        granted_at=here.at,
        valid_from=begins,
        valid_until=ends,
        occasion=occasion,
        cause=cause,
    )
    ((_, held),) = entitlements.grant_rights(programme=actor.programme, rights=[right], written_at=here.at)
    return held


def view(
    here: Holder, right: RightFact, *, outside: str = "", state: str = "", until: datetime | None = None
) -> CouponView:
    return CouponView(
        member=here.facts.number,
        code=right.code,
        coupon=right.name,
        clause=right.clause,
        worth=right.worth,
        state=state or state_at(right, here.at),
        valid_from=right.valid_from,
        valid_until=right.valid_until,
        outside=outside,
        until=until,
    )
