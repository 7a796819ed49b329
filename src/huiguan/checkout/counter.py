"""A member at the counter outside any sale: who she is, what is known of her, and what she brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from huiguan.checkout import refusals
from huiguan.checkout.inputs import CounterInput, MemberInput, MemberReference
from huiguan.checkout.reading import reference_of
from huiguan.checkout.telling import refuse_first
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import demand_not_ahead, local_day, moment_of
from huiguan.ledger import operations as ledger
from huiguan.ledger.values import Account
from huiguan.members import facts as member_facts
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rules.effects import Refuse
from huiguan.rules.exchange import Presence
from huiguan.rules.facts import MemberFacts
from huiguan.rules.kinds import eligibility
from huiguan.rules.needs import needs
from huiguan.rules.programme import Programme
from huiguan.rules.reviewing import as_it_stands

Asked = TypeVar("Asked", bound=MemberInput)
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


def at_counter(actor: Actor, now: datetime, given: CounterInput) -> AtCounter:
    """Lock and read the member. Refuses UnknownMember, MembershipNotActive, RegistrationInvalid, CardNotUsable,
    MomentInFuture, NotFound (shop), ShopNeeded, Forbidden."""
    shop = shop_of(actor, given.shop)
    rulebook = programmes.programme_at(actor.programme, now)
    at = moment_of(given.at, "at", rulebook.zone) if given.at else now
    demand_not_ahead(at, now, rulebook.zone)
    key = membership_of(actor, given)
    account = ledger.lock_accounts([key])[key]
    day = local_day(at, rulebook.zone)
    since, accounts = min(day - DAYS_BACK, needs(rulebook).since(day)), {key: account}
    facts = member_facts.member_facts(actor.programme, [key], at=now, since=since, accounts=accounts)[key]
    facts = as_it_stands(rulebook, facts if at == now else member_facts.as_of(facts, at), at)
    _check(actor.programme, rulebook, facts, given, at)
    issued_here = facts.card is not None and shop is not None and facts.card.shop == shop
    presence = Presence(given.buyer == "member", frozenset(given.presented), issued_here)
    return AtCounter(rulebook, at, day, account, facts, presence, shop)


def shop_of(actor: Actor, code: str | None, power: str = "sell") -> int | None:
    """Where it happens, with the power there. None only for an actor of every shop who names none."""
    if code is not None:
        shop = identity.shop(actor.programme, code).id
        actor.demand(power, shop)
        return shop
    if actor.shops is None:
        return None
    if len(actor.shops) != 1:
        raise refusals.ShopNeeded(field="shop")
    return next(iter(actor.shops))


def by_number(actor: Actor, given: Asked) -> tuple[str, Asked]:
    """How audit and key name the member, "member:DN000382", whichever way she was named; and what was given with her
    number in the place of a card or phone: that of before a merge, where she is named by it."""
    key = membership_of(actor, given)
    reference = reference_of(given.member)
    number = members.number_as_named(actor.programme, key, reference[1] if reference else "")
    return f"member:{number}", given.model_copy(update={"member": MemberReference(number=number)})


def membership_of(actor: Actor, given: MemberInput, field: str = "member") -> int:
    """The membership named; UnknownMember, naming `field`, where there is none."""
    reference = reference_of(given.member)
    found = members.resolve(actor.programme, {reference}) if reference else {}
    if reference is None or reference not in found:
        raise refusals.UnknownMember(field=field, given=reference[1] if reference else "")
    return found[reference]


def _check(programme: int, rulebook: Programme, facts: MemberFacts, given: CounterInput, at: datetime) -> None:
    if facts.standing != "active":
        raise refusals.MembershipNotActive(field="member", standing=members.standing_title(facts.standing))
    decision = eligibility.using(rulebook, facts)
    refuse_first(rulebook, tuple(effect for effect in decision.effects if isinstance(effect, Refuse)))
    status = facts.card.status if facts.card else "none"
    if "card" in given.presented and status != "active":
        number, title = facts.card.number if facts.card else "", members.card_status_title(status)
        said = members.said_of_card(programme, facts.membership, None, status, at)
        raise refusals.CardNotUsable(field="presented", status=title, card=number, said=said)
