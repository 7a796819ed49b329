"""A member at the counter outside any sale: who she is, what is known of her, and what she brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from huiguan.checkout import refusals
from huiguan.checkout.inputs import ClaimInput, RedeemInput
from huiguan.checkout.reading import reference_of
from huiguan.checkout.telling import refuse_first
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day, moment_of
from huiguan.kernel.refusals import MomentInFuture
from huiguan.ledger import operations as ledger
from huiguan.ledger.values import Account
from huiguan.members import facts as member_facts
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rules.effects import Refuse
from huiguan.rules.exchange import Presence
from huiguan.rules.facts import MemberFacts
from huiguan.rules.kinds import eligibility
from huiguan.rules.programme import Programme

DAYS_BACK = timedelta(days=400)  # local days of measures a clause may look back on


@dataclass(frozen=True, slots=True)
class AtCounter:
    """The member with her account locked, the rulebook in force, the happening's moment and local day, and the shop."""

    rulebook: Programme
    at: datetime
    day: date
    account: Account
    facts: MemberFacts
    presence: Presence
    shop: int | None


def at_counter(actor: Actor, now: datetime, given: RedeemInput | ClaimInput) -> AtCounter:
    """Lock and read the member. Refuses UnknownMember, MembershipNotActive, RegistrationInvalid, CardNotUsable,
    MomentInFuture, NotFound (shop)."""
    rulebook = programmes.programme_at(actor.programme, now)
    at = moment_of(given.at, "at", rulebook.zone) if given.at else now
    if at > now:
        raise MomentInFuture(field="at", given=at.isoformat(), now=now.isoformat())
    key = membership_of(actor, given)
    account = ledger.lock_accounts([key])[key]
    day = local_day(at, rulebook.zone)
    since, accounts = day - DAYS_BACK, {key: account}
    facts = member_facts.member_facts(actor.programme, [key], at=now, since=since, accounts=accounts)[key]
    _check(rulebook, facts, given)
    shop = identity.shop(actor.programme, given.shop).id if given.shop else None
    issued_here = facts.card is not None and shop is not None and facts.card.shop == shop
    presence = Presence(given.buyer == "member", frozenset(given.presented), issued_here)
    return AtCounter(rulebook, at, day, account, facts, presence, shop)


def membership_of(actor: Actor, given: RedeemInput | ClaimInput) -> int:
    """The membership named; UnknownMember where there is none."""
    reference = reference_of(given.member)
    found = members.resolve(actor.programme, {reference}) if reference else {}
    if reference is None or reference not in found:
        raise refusals.UnknownMember(field="member", given=reference[1] if reference else "")
    return found[reference]


def _check(rulebook: Programme, facts: MemberFacts, given: RedeemInput | ClaimInput) -> None:
    if facts.standing != "active":
        raise refusals.MembershipNotActive(field="member", standing=members.standing_title(facts.standing))
    decision = eligibility.using(rulebook, facts)
    refuse_first(rulebook, tuple(effect for effect in decision.effects if isinstance(effect, Refuse)))
    status = facts.card.status if facts.card else "none"
    if "card" in given.presented and status != "active":
        raise refusals.CardNotUsable(field="presented", status=members.card_status_title(status))
