"""Signatures on the record of a purchase, given after the sale: with the last of them it counts, from then on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from huiguan.checkout import refusals
from huiguan.checkout.balances import units_left
from huiguan.checkout.checking import NO_SIGNATURES
from huiguan.checkout.deciding import facts_after, promotion
from huiguan.checkout.documents import reasons_of
from huiguan.checkout.events import SaleSigned
from huiguan.checkout.inputs import SignInput
from huiguan.checkout.making_up import counted_late, signature_journal
from huiguan.checkout.models import SaleSignature
from huiguan.checkout.planning import YEAR, facts_of_both
from huiguan.checkout.queries.sales import sale as sale_view
from huiguan.checkout.quoting import Judged
from huiguan.checkout.storing import SoldSale, sold_sale
from huiguan.checkout.telling import refuse_first
from huiguan.checkout.values import SaleView
from huiguan.foundation.outbox import tell
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.kernel.records import replace
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.ledger import facts as ledger_facts
from huiguan.ledger import operations as ledger
from huiguan.ledger.posting import fold
from huiguan.members import facts as member_facts
from huiguan.members import operations as members
from huiguan.members import queries as members_asked
from huiguan.members.values import NewChange
from huiguan.programme import queries as programmes
from huiguan.rules import countersigned
from huiguan.rules.effects import Reason, Refuse, SetTier
from huiguan.rules.facts import MemberFacts
from huiguan.rules.programme import Programme
from huiguan.rules.reviewing import as_it_stands


class SignedAlready(Refusal):
    """Whoever is named has signed this record before, or nothing is lacking on it."""

    text = Text(zh="这一单已经签过了。", en="This record is signed already.")
    rank = "state"


def sign_sale(*, actor: Actor, at: datetime, given: SignInput, key: str | None = None) -> SaleView:
    """Note who signed the record of a sale. With the last signature it earns and is counted, at this moment. Refused
    where nothing is to be signed, beyond the clause's days, twice, or when all of it came back. Takes `sell`."""
    actor.demand("sell")
    return perform(
        "sign_sale",
        actor=actor,
        at=at,
        subject=f"sale:{given.sale}",
        given=given,
        key=key,
        returns=SaleView,
        do=lambda: _sign(actor, at, given),
    )


def _sign(actor: Actor, at: datetime, given: SignInput) -> SaleView:
    sold = sold_sale(actor, given.sale, "sell")
    recalled = members.recall_books(actor=actor, at=at, membership=sold.membership) if sold.membership else None
    if sold.membership:
        ledger.lock_accounts([sold.membership])
    sold = sold_sale(actor, given.sale, "sell")
    rulebook = programmes.version(sold.version)
    _demand(rulebook, sold, given, at)
    signed = list(dict.fromkeys([*sold.document.get("signed", []), *given.signed]))
    missing = countersigned.lacking(rulebook, signed)
    told: dict[str, Any] = {"signed": signed, "unsigned": list(missing)}
    journal = None
    if missing:
        told["reasons"] = _said(rulebook, sold, counted_late(rulebook, sold, signed, at, sold.at), ())
    else:
        journal, more = _count(actor, at, rulebook, sold, signed)
        told |= more
    _record(actor, at, rulebook, sold, given, journal, told)
    clause = countersigned.clause_of(rulebook)
    event = SaleSigned(
        membership=sold.membership,
        shop=sold.shop_id,
        reference=sold.id,
        at=at,
        clause=clause.id if clause else None,
        signed=" ".join(signed),
        complete=not missing,
    )
    tell(actor.programme, [event], at)
    if recalled is not None:
        members.hand_books_on(recalled)
    return sale_view(actor, sold.id)


def _demand(rulebook: Programme, sold: SoldSale, given: SignInput, at: datetime) -> None:
    """WayNotOffered, SignedAlready, AlreadyReturned, OutsideWindow."""
    if not sold.membership or not countersigned.signers(rulebook):
        raise refusals.WayNotOffered(field="signed", why=NO_SIGNATURES)
    twice = [role for role in given.signed if role in sold.document.get("signed", [])]
    if twice or not sold.document.get("unsigned"):
        raise SignedAlready(field="signed")
    if not any(sold.kept):
        raise refusals.AlreadyReturned(field="sale")
    zone = rulebook.zone
    late = countersigned.late(rulebook, local_day(sold.at, zone), local_day(at, zone))
    refuse_first(rulebook, tuple(each for each in late.effects if isinstance(each, Refuse)))


def _count(
    actor: Actor, at: datetime, rulebook: Programme, sold: SoldSale, signed: list[str]
) -> tuple[int, dict[str, Any]]:
    """Write what the sale brings: its journal's seq, and what of the sale is told otherwise from now on."""
    holder = members_asked.holder_of(sold.membership)
    account = ledger_facts.accounts([sold.membership])[sold.membership]
    facts = _facts(actor, at, sold, holder, rulebook)
    judged = counted_late(rulebook, sold, signed, at, facts.joined_at)
    own = replace(facts, membership=sold.membership)
    journal = signature_journal(rulebook, own, judged, actor=actor.reference, ref=sold.id)
    account, sealed = fold(account, journal, written_at=at)
    ledger.write_sealed(actor.programme, [account], [(sold.membership, sealed)], at)
    step = promotion(rulebook, facts, facts, facts_after(facts, account.units, judged), judged.bill.sale, at)
    up = next((effect for effect in step.effects if isinstance(effect, SetTier)), None)
    if up is not None:
        members.record_changes([_rise(actor, sold, holder, facts.tier, up)], at)
    return account.seq, {
        "earned": judged.earned,
        "expires": {e.unit: e.expires_at.isoformat() if e.expires_at else None for e in judged.earns},
        "balance": units_left(account.units, at),
        "tier": {"before": facts.tier, "after": up.tier if up else facts.tier},
        "reasons": _said(rulebook, sold, judged, step.reasons),
    }


def _facts(actor: Actor, at: datetime, sold: SoldSale, holder: int, rulebook: Programme) -> MemberFacts:
    """Whose tier it is, as of now; with the days of both where the buyer has been merged into another."""
    since = local_day(sold.at, rulebook.zone) - YEAR
    found = member_facts.member_facts(actor.programme, {sold.membership, holder}, at=at, since=since, accounts={})
    return as_it_stands(rulebook, facts_of_both(holder, found), at)


def _rise(actor: Actor, sold: SoldSale, holder: int, before: str, up: SetTier) -> NewChange:
    return NewChange(
        membership=holder,
        what="tier",
        before=before,
        after=up.tier,
        at=up.at,
        clause=up.clause,
        cause=f"signature:{sold.id}",
        values=dict(up.values),
        actor=actor.reference,
    )


def _said(rulebook: Programme, sold: SoldSale, judged: Judged, more: tuple[Reason, ...]) -> list[list[Any]]:
    """The sale's own reasons, with those of signature, units and tier as they are now."""
    told_anew = {"acceptance", "earn", "multiplier", "tier_ladder"}
    stay = [row for row in sold.document["reasons"] if rulebook.clauses[row[0]].kind not in told_anew]
    return [*stay, *reasons_of((*judged.reasons, *more))]


def _record(
    actor: Actor,
    at: datetime,
    rulebook: Programme,
    sold: SoldSale,
    given: SignInput,
    journal: int | None,
    told: dict[str, Any],
) -> None:
    """A row for each signature; the last carries what they brought."""
    roles = list(dict.fromkeys(given.signed))
    last = roles[-1]
    SaleSignature.objects.bulk_create(
        SaleSignature(
            membership_id=sold.membership,
            sale_seq=sold.seq,
            role=role,
            programme_id=actor.programme,
            shop_id=sold.shop_id,
            at=at,
            written_at=at,
            actor=actor.reference,
            clerk=given.clerk or actor.name,
            journal=journal if role == last else None,
            counted_on=local_day(at, rulebook.zone) if journal and role == last else None,
            document=told if role == last else {},
        )
        for role in roles
    )
