"""The claim centre: what members may claim, what is left of it, and why one of them may not."""

from __future__ import annotations

from datetime import datetime

from huiguan.checkout.catalogue import category_names
from huiguan.checkout.coupons.claiming import pool_of
from huiguan.checkout.coupons.holder import rights_before
from huiguan.checkout.inputs import MemberReference
from huiguan.checkout.reading import reference_of
from huiguan.checkout.refusals import UnknownMember
from huiguan.checkout.telling import sentence
from huiguan.checkout.values.coupons import Offer
from huiguan.entitlements import operations as entitlements
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.kernel.text import Text
from huiguan.members import facts as member_facts
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rules.effects import Reason
from huiguan.rules.facts import MemberFacts
from huiguan.rules.kinds import coupon
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.reviewing import as_it_stands
from huiguan.rules.sentences.conditioned import Names
from huiguan.rules.sentences.telling import terms


def coupon_offers(actor: Actor, at: datetime, member: MemberReference | None = None) -> tuple[Offer, ...]:
    """The coupons that may be claimed, in the rulebook's order; with a `member`, why she may not take one now."""
    rulebook = programmes.programme_at(actor.programme, at)
    offered = [clause for clause in rulebook.of("coupon") if coupon.terms(clause).claim is not None]
    facts = _facts(actor, at, rulebook, member) if member is not None else None
    taken = entitlements.taken_of(actor.programme, [pool_of(clause) for clause in offered])
    names = {"category": category_names(actor.programme)}
    return tuple(_offer(rulebook, clause, taken, facts, names, at) for clause in offered)


def _facts(actor: Actor, at: datetime, rulebook: Programme, member: MemberReference) -> MemberFacts:
    reference = reference_of(member)
    key = members.resolve(actor.programme, {reference}).get(reference) if reference else None
    if key is None or actor.membership != key:
        actor.demand("read_members")
    if key is None:
        raise UnknownMember(field="member", given=reference[1] if reference else "")
    day = local_day(at, rulebook.zone)
    facts = member_facts.member_facts(actor.programme, [key], at=at, since=day, accounts={})[key]
    return as_it_stands(rulebook, facts, at)


def _offer(
    rulebook: Programme,
    clause: Clause,
    taken: dict[tuple[str, str, int], int],
    facts: MemberFacts | None,
    names: Names,
    at: datetime,
) -> Offer:
    given = coupon.terms(clause)
    quota = given.claim.quota if given.claim else None
    span = coupon.span_name(given.claim.per if given.claim else "", local_day(at, rulebook.zone))
    left = None if quota is None else max(0, quota - taken.get((pool_of(clause), span, 0), 0))
    stop = coupon.claiming(rulebook, clause, facts, at, rights_before(facts.membership)) if facts is not None else None
    if stop is None and left == 0:
        stop = Reason(clause.id, "all_gone", False, coupon.told_of(clause))
    said = tuple(Text(**term.text.both(**term.values)) for term in terms(rulebook, clause, names)[1:])
    why = sentence(rulebook, stop) if stop is not None else None
    return Offer(given.name, clause.id, given.title, said, left, quota, why)
