"""Points for gifts outside any sale, and gifts that come back."""

from __future__ import annotations

from datetime import datetime, timedelta

from huiguan.checkout import refusals
from huiguan.checkout.inputs import GiftReturnInput, RedeemInput
from huiguan.checkout.models import Redemption
from huiguan.checkout.reading import reference_of
from huiguan.checkout.telling import refuse_first
from huiguan.checkout.values import RedemptionView
from huiguan.foundation.performing import perform
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day, moment_of
from huiguan.kernel.refusals import MomentInFuture
from huiguan.ledger import facts as ledger_facts
from huiguan.ledger import lots as lot_choice
from huiguan.ledger import operations as ledger
from huiguan.ledger.posting import fold
from huiguan.ledger.values import Account, Journal, Movement, house_address, member_address
from huiguan.members import facts as member_facts
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rules.effects import Refuse, Spend, Tally
from huiguan.rules.facts import MemberFacts
from huiguan.rules.kinds import expiry, redemption
from huiguan.rules.programme import Programme


def redeem_points(*, actor: Actor, at: datetime, given: RedeemInput, key: str | None = None) -> RedemptionView:
    """Points for a gift. Refused outside the clause's months, beyond its number, or beyond the balance."""
    actor.demand("sell")
    return perform(
        "redeem_points",
        actor=actor,
        at=at,
        subject=f"member:{reference_of(given.member)}",
        given=given,
        key=key,
        returns=RedemptionView,
        do=lambda: _redeem(actor, at, given),
    )


def _redeem(actor: Actor, now: datetime, given: RedeemInput) -> RedemptionView:
    rulebook = programmes.programme_at(actor.programme, now)
    at = moment_of(given.at, "at", rulebook.zone) if given.at else now
    if at > now:
        raise MomentInFuture(field="at", given=at.isoformat(), now=now.isoformat())
    membership = _membership(actor, given)
    account = ledger.lock_accounts([membership])[membership]
    since = local_day(at, rulebook.zone) - timedelta(days=400)
    accounts = {membership: account}
    facts = member_facts.member_facts(actor.programme, [membership], at=now, since=since, accounts=accounts)[membership]
    if facts.standing != "active":
        raise refusals.MembershipNotActive(field="member", standing=members.standing_title(facts.standing))
    spend, journal = _decided(actor, given, rulebook, facts, account, at)
    account, sealed = fold(account, journal, written_at=now)
    ledger.write_sealed(actor.programme, [account], [(membership, sealed)], now)
    row = _record(actor, now, given, rulebook, membership, account, spend, at)
    return view_of(row, facts.number, account, now)


def _decided(
    actor: Actor, given: RedeemInput, rulebook: Programme, facts: MemberFacts, account: Account, at: datetime
) -> tuple[Spend, Journal]:
    """The spend the clauses allow, and the journal that makes it."""
    day = local_day(at, rulebook.zone)
    rule = redemption.terms(rulebook)
    way: redemption.Way = "coupon" if rule and rule.rewards else "gift"
    decision = redemption.redeem(rulebook, facts, at=at, day=day, units=given.points, way=way)
    refuse_first(rulebook, tuple(effect for effect in decision.effects if isinstance(effect, Refuse)))
    spend = next((effect for effect in decision.effects if isinstance(effect, Spend)), None)
    if spend is None:
        raise refusals.WayNotOffered(field="points", why=refusals.NO_REDEMPTION)
    order = expiry.spending_order(rulebook, spend.unit)
    uses = lot_choice.choose(facts.lots.get(spend.unit, ()), spend.amount, at, order=order, unit=spend.unit)
    mine, house = member_address(facts.membership, spend.unit), house_address(spend.unit, "redeemed")
    journal = Journal(
        at=at,
        cause=("redemption", f"{facts.membership}-{account.seq + 1}"),
        actor=actor.reference,
        version=rulebook.version,
        movements=(Movement(spend.unit, spend.amount, mine, house, spend.clause, uses=uses),),
        tallies=tuple((day, each.measure, each.amount) for each in decision.effects if isinstance(each, Tally)),
    )
    return spend, journal


def _membership(actor: Actor, given: RedeemInput) -> int:
    reference = reference_of(given.member)
    found = members.resolve(actor.programme, {reference}) if reference else {}
    if reference is None or reference not in found:
        raise refusals.UnknownMember(field="member", given=reference[1] if reference else "")
    return found[reference]


def _record(
    actor: Actor,
    now: datetime,
    given: RedeemInput,
    rulebook: Programme,
    membership: int,
    account: Account,
    spend: Spend,
    at: datetime,
) -> Redemption:
    shop = identity.shop(actor.programme, given.shop) if given.shop else None
    return Redemption.objects.create(
        membership_id=membership,
        seq=account.seq,
        programme_id=actor.programme,
        shop_id=shop.id if shop else None,
        unit=spend.unit,
        units=spend.amount,
        gift=given.gift,
        at=at,
        written_at=now,
        actor=actor.reference,
        version=rulebook.version,
        document={"clause": spend.clause, "actor": actor.name},
    )


def view_of(row: Redemption, member: str, account: Account, at: datetime) -> RedemptionView:
    return RedemptionView(
        id=f"{row.membership_id}-{row.seq}",
        member=member,
        unit=row.unit,
        units=row.units,
        gift=row.gift,
        at=row.at,
        balance={unit: lot_choice.available(state, at) for unit, state in account.units.items()},
        returned_at=row.returned_at,
    )


def return_gift(*, actor: Actor, at: datetime, given: GiftReturnInput, key: str | None = None) -> RedemptionView:
    """A redeemed gift comes back: its units go back to the lots they came from."""
    actor.demand("return")

    def do() -> RedemptionView:
        row, account = take_gift_back(actor=actor, at=at, reference=given.redemption)
        number = members.numbers(actor.programme, [row.membership_id])[row.membership_id]
        return view_of(row, number, account, at)

    return perform(
        "return_gift",
        actor=actor,
        at=at,
        subject=f"redemption:{given.redemption}",
        given=given,
        key=key,
        returns=RedemptionView,
        do=do,
    )


def take_gift_back(
    *, actor: Actor, at: datetime, reference: str, membership: int | None = None
) -> tuple[Redemption, Account]:
    """The gift of redemption `reference` returned, inside the caller's transaction."""
    row = _redemption(actor, reference)
    if membership is not None and row.membership_id != membership:
        raise refusals.RedemptionUnknown(field="redemption", redemption=reference)
    account = ledger.lock_accounts([row.membership_id])[row.membership_id]
    row.refresh_from_db()
    if row.returned_at is not None:
        raise refusals.GiftAlreadyReturned(field="redemption")
    rulebook = programmes.version(row.version)
    key = (row.membership_id, row.seq)
    restores = lot_choice.give_back(ledger_facts.spent_lots([key])[key], row.units)
    movement = Movement(
        unit=row.unit,
        amount=row.units,
        debit=house_address(row.unit, "redeemed"),
        credit=member_address(row.membership_id, row.unit),
        clause=row.document["clause"],
        restores=restores,
    )
    journal = Journal(
        at=at,
        cause=("gift_return", reference),
        actor=actor.reference,
        version=row.version,
        movements=(movement,),
        tallies=((local_day(row.at, rulebook.zone), redemption.MEASURE, -1),),
        reverses=row.seq,
    )
    account, sealed = fold(account, journal, written_at=at)
    ledger.write_sealed(actor.programme, [account], [(row.membership_id, sealed)], at)
    row.returned_at, row.returned_seq = at, account.seq
    row.save(update_fields=["returned_at", "returned_seq"])
    return row, account


def _redemption(actor: Actor, reference: str) -> Redemption:
    parts = reference.split("-")
    if len(parts) == 2 and all(part.isdecimal() and len(part) < 19 for part in parts):
        found = Redemption.objects.filter(
            membership_id=int(parts[0]), seq=int(parts[1]), programme_id=actor.programme
        ).first()
        if found is not None:
            return found
    raise refusals.RedemptionUnknown(field="redemption", redemption=reference)


__all__ = ["redeem_points", "return_gift", "take_gift_back", "view_of"]
