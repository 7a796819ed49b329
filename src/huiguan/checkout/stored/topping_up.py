"""A top-up: what is paid in becomes principal, with the bonus the clauses give, in one journal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from huiguan.checkout import refusals
from huiguan.checkout.counter import AtCounter, at_counter, by_number
from huiguan.checkout.documents import reasons_back, reasons_of
from huiguan.checkout.events import ValueStored
from huiguan.checkout.inputs import TopUpInput
from huiguan.checkout.models import StoredDay, TopUp
from huiguan.checkout.shifts.standing import shift_now
from huiguan.checkout.stored.standing import earlier_of, left_told
from huiguan.checkout.storing import client_of
from huiguan.checkout.telling import refuse_first
from huiguan.checkout.tendering import CASH
from huiguan.checkout.values import TopUpView
from huiguan.foundation.outbox import tell
from huiguan.foundation.performing import in_trial, perform
from huiguan.identity import queries as identity
from huiguan.identity.values import Shop
from huiguan.kernel.actors import Actor
from huiguan.ledger import operations as ledger
from huiguan.ledger.posting import fold
from huiguan.ledger.values import Account, Journal, LotTerms, Movement, house_address, member_address
from huiguan.rules.effects import Decision, Earn, Refuse, Warn
from huiguan.rules.kinds import custody, top_up
from huiguan.rules.wallet import BONUS, PRINCIPAL

Tenders = tuple[tuple[str, int], ...]


def store_value(*, actor: Actor, at: datetime, given: TopUpInput, key: str | None = None) -> TopUpView:
    """Take money in for a member and store it, with the bonus that comes on top. Takes `sell` at the shop.

    Refuses AmountOutside, LimitReached, LawForbids, TendersDiffer, WayNotOffered, and what stands against her at the
    counter.
    """
    actor.demand("sell")
    subject, asked = by_number(actor, given)
    return perform(
        "store_value", actor=actor, at=at, subject=subject, given=asked, key=key, returns=TopUpView,
        do=lambda: store_at(actor, at, asked),
    )  # fmt: skip


def preview_top_up(*, actor: Actor, at: datetime, given: TopUpInput) -> TopUpView:
    """What the top-up would bring. Writes nothing."""
    actor.demand("sell")
    _, asked = by_number(actor, given)
    return replace(in_trial(lambda: store_at(actor, at, asked)), id="", number="")


def store_at(actor: Actor, now: datetime, given: TopUpInput, paid: Tenders | None = None) -> TopUpView:
    """Store what was `paid`, by default what the counter took; inside the caller's transaction."""
    here = at_counter(actor, now, given)
    if here.shop is None:
        raise refusals.ShopNeeded(field="shop")
    if not here.rulebook.of("top_up"):
        raise refusals.WayNotOffered(field="amount", why=refusals.NO_STORED_VALUE)
    tenders = _tenders(given) if paid is None else paid
    decision, lawful = _decided(here, given, tenders)
    account, sealed = fold(here.account, _journal(actor, here, decision), written_at=now)
    ledger.write_sealed(actor.programme, [account], [(account.membership, sealed)], now)
    shop = identity.shops_by_id(actor.programme, [here.shop])[here.shop]
    row = _record(actor, now, given, here, shop, account, tenders, decision, lawful)
    told = ValueStored(
        membership=row.membership_id, shop=row.shop_id, reference=f"{row.membership_id}-{row.seq}", at=row.at,
        clause=row.document["clause"], paid=row.amount, bonus=row.bonus,
    )  # fmt: skip
    tell(actor.programme, [told], now)
    return view_of(row, here.facts.number, shop.code)


def _tenders(given: TopUpInput) -> Tenders:
    if not given.tenders:
        return ((CASH, given.amount),)
    total = sum(each.amount for each in given.tenders)
    if total != given.amount:
        raise refusals.TendersDiffer(field="tenders", due=given.amount, given=total)
    return tuple((each.means, each.amount) for each in given.tenders)


def _decided(here: AtCounter, given: TopUpInput, tenders: Tenders) -> tuple[Decision, Decision]:
    """What the clauses give, and what the law says of it; the first refusal of both otherwise."""
    rulebook, held = here.rulebook, here.account.unit(PRINCIPAL).balance
    earlier, known = earlier_of(rulebook, here.facts.membership)
    asked = top_up.Asked(here.at, here.day, given.amount, held, here.facts.tier, earlier)
    decision = top_up.decide(rulebook, asked)
    lawful = custody.topping_up(
        rulebook,
        custody.Happening(
            amount=given.amount,
            held=held + given.amount,
            cash=sum(amount for means, amount in tenders if means == CASH),
            unit=given.payer == "unit",
            named=custody.is_named(rulebook, complete=here.facts.profile_complete),
            shown="id" in given.presented,
            known=known,
            outstanding=_outstanding(here.account.programme),
        ),
    )
    both = (*decision.effects, *lawful.effects)
    refuse_first(rulebook, [effect for effect in both if isinstance(effect, Refuse)])
    return decision, lawful


def _outstanding(programme: int) -> int:
    """What all members had stored when the last night looked."""
    last = StoredDay.objects.filter(programme_id=programme).order_by("-day").first()
    return last.principal if last else 0


def _journal(actor: Actor, here: AtCounter, decision: Decision) -> Journal:
    membership = here.facts.membership
    lots = [effect for effect in decision.effects if isinstance(effect, Earn)]
    return Journal(
        at=here.at,
        cause=("top_up", f"{membership}-{here.account.seq + 1}"),
        actor=actor.reference,
        version=here.rulebook.version,
        movements=tuple(_stored(membership, here.at, each) for each in lots),
    )


def _stored(membership: int, at: datetime, effect: Earn) -> Movement:
    return Movement(
        unit=effect.unit,
        amount=effect.amount,
        debit=house_address(effect.unit, "issued"),
        credit=member_address(membership, effect.unit),
        clause=effect.clause,
        opens=LotTerms(earned_at=at, expires_at=effect.expires_at, clause=effect.expiry_clause),
    )


def _record(
    actor: Actor,
    now: datetime,
    given: TopUpInput,
    here: AtCounter,
    shop: Shop,
    account: Account,
    tenders: Tenders,
    decision: Decision,
    lawful: Decision,
) -> TopUp:
    bonus = sum(each.amount for each in decision.effects if isinstance(each, Earn) and each.unit == BONUS)
    number = given.number or f"{shop.code}-T{here.day:%y%m%d}-{account.membership}-{account.seq}"
    return TopUp.objects.create(
        membership_id=account.membership,
        seq=account.seq,
        programme_id=actor.programme,
        shop_id=shop.id,
        number=number,
        client=client_of(actor),
        clerk=given.clerk or actor.name,
        at=here.at,
        written_at=now,
        version=here.rulebook.version,
        amount=given.amount,
        bonus=bonus,
        document=_document(actor, now, given, here, shop.id, account, tenders, decision, lawful),
    )


def _document(
    actor: Actor,
    now: datetime,
    given: TopUpInput,
    here: AtCounter,
    shop: int,
    account: Account,
    tenders: Tenders,
    decision: Decision,
    lawful: Decision,
) -> dict[str, Any]:
    lots = {effect.unit: effect for effect in decision.effects if isinstance(effect, Earn)}
    bonus = lots.get(BONUS)
    return {
        "tenders": [list(each) for each in tenders],
        "received": sum(each.received or 0 for each in given.tenders),
        "payer": given.payer,
        "identity": "id" in given.presented,
        "shift": shift_now(actor, shop, given.clerk or actor.name, here.at),
        "clause": lots[PRINCIPAL].clause,
        "bonus_clause": bonus.clause if bonus else "",
        "bonus_until": bonus.expires_at.isoformat() if bonus and bonus.expires_at else None,
        "wallet": left_told(account, now),
        "warnings": [effect.code for effect in lawful.effects if isinstance(effect, Warn)],
        "reasons": reasons_of((*decision.reasons, *lawful.reasons)),
    }


def view_of(row: TopUp, member: str, shop: str, refunded: int = 0) -> TopUpView:
    """The top-up as it was recorded."""
    document = row.document
    until = document["bonus_until"]
    return TopUpView(
        id=f"{row.membership_id}-{row.seq}",
        number=row.number,
        member=member,
        shop=shop,
        clerk=row.clerk,
        at=row.at,
        paid=row.amount,
        bonus=row.bonus,
        bonus_until=datetime.fromisoformat(until) if until else None,
        tenders=tuple((means, amount) for means, amount in document["tenders"]),
        version=row.version,
        wallet=document["wallet"],
        refunded=refunded,
        warnings=tuple(document["warnings"]),
        reasons=reasons_back(document["reasons"]),
    )
