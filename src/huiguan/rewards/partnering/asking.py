"""Points exchanged because a member asked here: what goes out leaves her lots at once, what comes in waits for the word.

The points are kept for the partner from the moment of asking: they can neither be spent twice nor end while its word is
waited for, and go back to the very lots they came from where it refuses.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from huiguan.foundation.outbox import tell
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.ledger import operations as ledger
from huiguan.ledger.lots import available, choose
from huiguan.ledger.posting import fold
from huiguan.ledger.values import Journal, LotTerms, Movement, house_address, member_address
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rewards.events import PointsExchanged
from huiguan.rewards.inputs.partners import ExchangePoints
from huiguan.rewards.models import Exchange, PartnerLink
from huiguan.rewards.partnering.lines import line_to, link_of, linked, terms_of
from huiguan.rewards.partnering.telling import exchange_told
from huiguan.rewards.telling import reasons_told, refuse_first
from huiguan.rewards.values.partners import ASKED, ExchangeTold
from huiguan.rewards.whom import Asking, active, membership_for, subject_of
from huiguan.rules.effects import Decision, Refuse, Tally
from huiguan.rules.kinds import expiry, partner

PURPOSE, CAUSE = "exchanged", "exchange"
HOUSE, PARTNER = "house", "partner"


@dataclass(frozen=True, slots=True)
class Agreed:
    """An exchange the clauses allow: for whom, by which terms, over which link, what it comes to and why."""

    here: Asking
    terms: partner.Terms
    link: PartnerLink
    direction: str
    what: partner.Exchanged
    decision: Decision


def exchange_points(*, actor: Actor, at: datetime, given: ExchangePoints, key: str | None = None) -> ExchangeTold:
    """Ask a partner to take or give points. What goes out is gone from the balance until the partner refuses; what comes
    in is there once it says it was done. A member asks for herself; staff name her (power: sell).

    Refuses PartnerUnknown, PartnerStopped, NotLinked, UnknownMember, MembershipNotActive, NotVerified, WayNotOffered,
    BlockWrong, AmountTooSmall, LimitReached, BalanceTooLow.
    """
    membership = membership_for(actor, given.member)
    named = given.model_copy(update={"member": members.numbers(actor.programme, [membership])[membership]})
    return perform(
        "exchange_points", actor=actor, at=at, subject=subject_of(actor, membership, given.member), given=named, key=key,
        returns=ExchangeTold, do=lambda: _ask(actor, at, given, membership), secret=frozenset({"account"}),
    )  # fmt: skip


def _ask(actor: Actor, now: datetime, given: ExchangePoints, membership: int) -> ExchangeTold:
    rulebook = programmes.programme_at(actor.programme, now)
    terms = terms_of(rulebook, given.partner)
    line_to(actor.programme, terms)
    here = active(actor, now, membership, rulebook, terms.clause)
    if given.account is not None:
        linked(actor, now, membership, given.partner, given.account)
    link = link_of(membership, given.partner, terms.title)
    agreed = judged(here, terms, link, given.direction, given.units)
    row = new_exchange(actor, agreed, HOUSE, "")
    if given.direction == partner.OUT:
        _take(actor, row, here, agreed.decision)
    row.save(force_insert=True)
    tell_exchange(row, now)
    return exchange_told(actor, row)


def judged(here: Asking, terms: partner.Terms, link: PartnerLink, direction: str, amount: int) -> Agreed:
    """What the clauses say to it; the first refusal otherwise."""
    verified = members.verified([here.membership], here.at)[here.membership]
    has = available(here.account.unit(terms.unit), here.at)
    what, decision = partner.decide(
        terms, here.facts, direction, amount, has=has, day=here.day, verified=verified
    )  # fmt: skip
    refuse_first(here.rulebook, [effect for effect in decision.effects if isinstance(effect, Refuse)])
    return Agreed(here, terms, link, direction, what, decision)


def new_exchange(actor: Actor, agreed: Agreed, begun_by: str, reference: str) -> Exchange:
    """The record of it, not yet written. Its number is its reference where we ask."""
    here, what = agreed.here, agreed.what
    key, number = _next()
    tallies = [[e.measure, e.amount] for e in agreed.decision.effects if isinstance(e, Tally)]
    return Exchange(
        pk=key, programme_id=actor.programme, number=number, partner=agreed.terms.partner, membership_id=here.membership,
        direction=agreed.direction, reference=reference or number, begun_by=begun_by, account=agreed.link.tail,
        link=agreed.link, unit=agreed.terms.unit, ours=what.ours, theirs=what.theirs, fee=what.fee, owed=what.owed,
        state=ASKED, asked_at=here.at, clause=agreed.decision.reasons[0].clause, version=here.rulebook.version,
        actor=actor.reference, actor_name=actor.name,
        document={"reasons": reasons_told(here.rulebook, agreed.decision.reasons), "tallies": tallies},
    )  # fmt: skip


def _next() -> tuple[int, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('rewards_exchange_id_seq')")
        key = int(cursor.fetchone()[0])
    return key, f"TH{key:06d}"


def _take(actor: Actor, row: Exchange, here: Asking, decision: Decision) -> None:
    """The points and the fee out of her lots, in one journal."""
    order, amount = expiry.spending_order(here.rulebook, row.unit), row.ours + row.fee
    uses = choose(here.account.unit(row.unit).lots, amount, here.at, order=order, unit=row.unit)
    mine, house = member_address(here.membership, row.unit), house_address(row.unit, PURPOSE)
    move = Movement(row.unit, amount, mine, house, row.clause, uses=uses)
    tallies = tuple((here.day, e.measure, e.amount) for e in decision.effects if isinstance(e, Tally))
    write(actor, row, here, Journal(
        at=here.at, cause=(CAUSE, row.number), actor=actor.reference, clause=row.clause, version=row.version,
        movements=(move,), tallies=tallies,
    ))  # fmt: skip


def give(actor: Actor, row: Exchange, here: Asking) -> None:
    """What came in, as a new lot that lives as if earned now; counted on the day it came."""
    ends, clause = expiry.expires_at(here.rulebook, row.unit, here.at, here.facts.joined_at)
    mine, house = member_address(here.membership, row.unit), house_address(row.unit, PURPOSE)
    opens = LotTerms(here.at, None, ends, clause)
    move = Movement(row.unit, row.ours, house, mine, row.clause, opens=opens)
    counted = (here.day, partner.measure(row.direction, row.partner), row.ours)
    write(actor, row, here, Journal(
        at=here.at, cause=(CAUSE, row.number), actor=actor.reference, clause=row.clause, version=here.rulebook.version,
        movements=(move,), tallies=(counted,),
    ))  # fmt: skip


def write(actor: Actor, row: Exchange, here: Asking, journal: Journal) -> None:
    account, sealed = fold(here.account, journal, written_at=here.at)
    ledger.write_sealed(actor.programme, [account], [(account.membership, sealed)], here.at)
    row.seq = account.seq


def tell_exchange(row: Exchange, now: datetime) -> None:
    told = PointsExchanged(
        membership=row.membership_id, reference=row.number, at=now, clause=row.clause, partner=row.partner,
        direction=row.direction, unit=row.unit, ours=row.ours, theirs=row.theirs, state=row.state,
    )  # fmt: skip
    tell(row.programme_id, [told], now)
