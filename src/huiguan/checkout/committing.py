"""Commit: many sales in one transaction, each answered for itself. One read for all, a pure decision for each in the order
given, one write for all. A refused sale leaves the others alone; the same member twice in a batch sees her own first sale;
the same key twice gets the first answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any

from huiguan.checkout import proving, watching
from huiguan.checkout.balances import units_left, wallet_of
from huiguan.checkout.checking import demand_due, demand_offered
from huiguan.checkout.deciding import decided, facts_after, promotion
from huiguan.checkout.documents import reasons_of
from huiguan.checkout.events import SaleCommitted
from huiguan.checkout.evidence import fingerprint_of, new_sale, plain_document, used_units
from huiguan.checkout.inputs import SaleInput
from huiguan.checkout.journals import sale_journal
from huiguan.checkout.proving import demand_proof
from huiguan.checkout.quoting import Judged, judge_walk_in
from huiguan.checkout.reading import scope_of
from huiguan.checkout.sharing import user_of, within_limits
from huiguan.checkout.storing import NewSale, writing_sales
from huiguan.checkout.telling import refuse_first
from huiguan.checkout.till import Till, Tries
from huiguan.checkout.values import SaleView
from huiguan.entitlements import operations as entitlements
from huiguan.entitlements.values import NewPackage, RightMove
from huiguan.foundation.outbox import telling
from huiguan.foundation.performing import ending_with
from huiguan.foundation.statements import Question
from huiguan.identity.values import Shop
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import KeyReused, Refusal
from huiguan.ledger import operations as ledger
from huiguan.ledger.posting import fold
from huiguan.ledger.values import Sealed
from huiguan.members import operations as members
from huiguan.members.refusals import ShopOutsideScope
from huiguan.members.values import NewChange, NewReview
from huiguan.rules.effects import NOTHING, SetTier
from huiguan.rules.facts import MemberFacts
from huiguan.rules.kinds import allocation, price, scope
from huiguan.rules.packaging import selling
from huiguan.rules.programme import Programme
from huiguan.rules.reviewing import as_it_stands

Answer = SaleView | Refusal


@dataclass(slots=True)
class _Written:
    """What a batch will write, gathered while its sales are decided."""

    sealed: list[tuple[int, Sealed]] = field(default_factory=list)
    sales: list[NewSale] = field(default_factory=list)
    rights: list[RightMove] = field(default_factory=list)
    packages: list[NewPackage] = field(default_factory=list)
    changes: list[NewChange] = field(default_factory=list)
    reviews: list[NewReview] = field(default_factory=list)


def commit_sales(
    *,
    actor: Actor,
    at: datetime,
    sales: Sequence[SaleInput],
    recorded: bool = False,
    wall: datetime | None = None,
    meanwhile: Callable[[list[Answer]], None] | None = None,
) -> list[Answer]:
    """Commit `sales` (each with its own `key`) and answer each: the sale, or the refusal that left it undone.

    A key already answered gets its first answer again (`replayed`); with another input, KeyReused. `recorded`: they were
    made by another till long ago: nobody's card is frozen for them now, and nobody proves who she is. `wall`: the
    wall's time, for one-time codes, where it is not `at`. `meanwhile` gets the answers while they are written, to put
    them into words: nobody may hear them before this returns.
    """
    tries = {} if recorded else proving.tried(actor, sales)
    return ending_with(lambda: _commit(actor, at, sales, tries, wall, watched=not recorded), meanwhile)


def commit_sale(*, actor: Actor, at: datetime, given: SaleInput, key: str, wall: datetime | None = None) -> SaleView:
    """Commit one sale; a batch of one. Raises what refuses it."""
    (answer,) = commit_sales(actor=actor, at=at, sales=[given.model_copy(update={"key": key})], wall=wall)
    if isinstance(answer, Refusal):
        raise answer
    return answer


def quote_sale(*, actor: Actor, at: datetime, given: SaleInput) -> SaleView:
    """What the sale would be if committed now; writes and locks nothing."""
    till = Till.open(actor, at, [given], lock=False)
    return _decide(till, _Written(), given, b"")


def _commit(
    actor: Actor, at: datetime, sales: Sequence[SaleInput], tries: Tries, wall: datetime | None, *, watched: bool
) -> tuple[list[Answer], list[Question[Any]]]:
    marks: list[bytes] = []
    known_by = partial(_mark_all, marks, sales)
    till = replace(Till.open(actor, at, sales, lock=True, meanwhile=known_by), tries=tries, wall=wall)
    known = till.known.answered
    written = _Written(sealed=list(till.known.lapsed))
    answers: list[Answer] = []
    for given, mark in zip(sales, marks, strict=True):
        own = scope_of(given, till.known.found)
        try:
            sale = _again(known.get(own), mark) or _decide(till, written, given, mark, watched=watched)
        except Refusal as refusal:
            answers.append(refusal)
            continue
        if given.key is not None:
            known[own] = (mark, sale)
        answers.append(sale)
    return answers, _write(till, written)


def _mark_all(marks: list[bytes], sales: Sequence[SaleInput]) -> None:
    marks[:] = map(fingerprint_of, sales)


def _again(found: tuple[bytes, SaleView] | None, mark: bytes) -> SaleView | None:
    if found is None:
        return None
    if found[0] != mark:
        raise KeyReused(field="Idempotency-Key")
    return replace(found[1], replayed=True)


def _decide(till: Till, written: _Written, given: SaleInput, mark: bytes, *, watched: bool = True) -> SaleView:
    at = till.moment(given)
    shop = till.shop(given)
    rulebook = till.rulebook(at)
    demand_offered(rulebook, given)
    membership = till.membership(given)
    if not membership:
        return _walk_in(till, written, given, mark, shop, at)
    _covered(rulebook, shop)
    facts = as_it_stands(rulebook, till.facts_at(membership, at), at)
    sale = till.sale_of(given, shop, at, facts)
    judged = decided(rulebook, facts, sale, till.buying(given, rulebook, membership, at))
    judged = within_limits(rulebook, facts, judged, given.buyer_name)
    refuse_first(rulebook, judged.refuses, till.objections(given, facts, at))
    demand_due(given, judged.bill.due)
    if watched:
        judged = _looked_at(till, written, mark, shop, facts, rulebook, judged)
        if mark:
            demand_proof(till, given, facts, rulebook, judged)
    return _member_sale(till, written, given, mark, shop, facts, rulebook, judged)


def _looked_at(
    till: Till, written: _Written, mark: bytes, shop: Shop, facts: MemberFacts, rulebook: Programme, judged: Judged
) -> Judged:
    """The sale with what is unusual about it told; UnusualUse where that refuses it. The review is opened either way."""
    found = watching.look(till, rulebook, facts, judged, shop)
    if found is NOTHING:
        return judged
    seen = judged.also(found)
    if mark:
        at = judged.bill.sale.at
        sale = f"sale:{facts.membership}-{till.accounts[facts.membership].seq + 1}"
        cause = f"refused:{shop.code}" if seen.refuses else sale
        written.reviews += watching.reviews_of(till, found, rulebook, facts, shop, at, cause)
    refuse_first(rulebook, seen.refuses)
    return seen


def _covered(rulebook: Programme, shop: Shop) -> None:
    """Where the rulebook does not hold, a member is nobody in particular."""
    for effect in scope.decide(rulebook, shop.code).effects:
        raise ShopOutsideScope(field="shop", clause=effect.clause, shop=shop.code)


def _walk_in(till: Till, written: _Written, given: SaleInput, mark: bytes, shop: Shop, at: datetime) -> SaleView:
    sale = till.sale_of(given, shop, at, None)
    rulebook = till.rulebook(at)
    judged = judge_walk_in(sale).also(price.decide(rulebook, sale)).also(selling(rulebook, sale, None))
    judged = judged.also(allocation.early(rulebook, None, sale))
    refuse_first(rulebook, judged.refuses)
    demand_due(given, judged.bill.due)
    quote = not mark
    seq = 0 if quote else next(till.known.walk_ins)
    told = plain_document(judged, till, given, shop, at) | {"reasons": reasons_of(judged.reasons)}
    row = new_sale(till, given, mark, shop, rulebook, judged, 0, seq, told)
    if not quote:
        written.sales.append(row)
    return row.view(None)


def _member_sale(
    till: Till,
    written: _Written,
    given: SaleInput,
    mark: bytes,
    shop: Shop,
    facts: MemberFacts,
    rulebook: Programme,
    judged: Judged,
) -> SaleView:
    """Fold the sale into the member's account and facts, and note what is to be written."""
    membership, sale = facts.membership, judged.bill.sale
    account = till.accounts[membership]
    seq = account.seq + 1
    journal = sale_journal(rulebook, facts, judged, actor=till.actor.reference, ref=f"{membership}-{seq}")
    account, sealed = fold(account, journal, written_at=till.now)
    before = till.facts[membership]
    after = facts_after(before, account.units, judged)
    step = promotion(rulebook, before, facts, after, sale, till.now)
    reasons = (*judged.reasons, *step.reasons)
    promoted = next((effect for effect in step.effects if isinstance(effect, SetTier)), None)
    extra = plain_document(judged, till, given, shop, sale.at)
    limited = _benefit_measures(judged)
    extra |= {
        "tier": {"before": facts.tier, "after": promoted.tier if promoted else facts.tier},
        "earned": judged.earned,
        "expires": {e.unit: e.expires_at.isoformat() if e.expires_at else None for e in judged.earns},
        "used": used_units(judged.spends),
        "rights": [effect.right for effect in judged.rights],
        "user": user_of(judged),
        "counted": [t.measure.removeprefix("used:") for t in judged.tallies if t.measure in limited],
        "balance": units_left(account.units, till.now),
        "wallet": wallet_of(judged.stored, account.units, till.now),
        "card": facts.card.number if facts.card else None,  # the record names it, whatever was shown
        "reasons": reasons_of(reasons),
    }
    row = new_sale(till, given, mark, shop, rulebook, judged, membership, seq, extra)
    if mark:
        _note(till, written, row, sealed, judged, promoted, facts, account, after)
    return row.view(facts.number)


def _benefit_measures(judged: Judged) -> set[str]:
    return {f"used:{step.name}" for step in judged.bill.steps if step.rate is not None}


def _note(
    till: Till,
    written: _Written,
    row: NewSale,
    sealed: Sealed,
    judged: Judged,
    promoted: SetTier | None,
    facts: MemberFacts,
    account: Any,
    after: MemberFacts,
) -> None:
    membership, cause = facts.membership, f"sale:{row.id}"
    till.accounts[membership] = account
    written.sealed.append((membership, sealed))
    written.sales.append(row)
    written.rights += [RightMove(membership, effect.right, row.at, cause) for effect in judged.rights]
    written.packages += [NewPackage(membership, effect, row.at, cause) for effect in judged.opens]
    if promoted:
        after = replace(after, tier=promoted.tier, tier_since=promoted.at)
        written.changes.append(
            NewChange(
                membership=membership,
                what="tier",
                before=facts.tier,
                after=promoted.tier,
                at=promoted.at,
                clause=promoted.clause,
                cause=cause,
                values=dict(promoted.values),
                actor=till.actor.reference,
            )
        )
    till.facts[membership] = after
    till.known.trails.setdefault(membership, []).append((row.at, row.shop_id))


def _write(till: Till, written: _Written) -> list[Question[Any]]:
    """Write what a sale brings beside the books, seldom; the statements that write the books and the sales, which come
    last."""
    if written.rights:
        entitlements.use_rights(programme=till.actor.programme, moves=written.rights, written_at=till.now)
    if written.packages:
        entitlements.open_packages(actor=till.actor, packages=written.packages, written_at=till.now)
    if written.changes:
        members.record_changes(written.changes, till.now)
    if written.reviews:
        members.open_reviews(till.actor.programme, written.reviews, till.now)
    till.accounts, late = ledger.lapse_due(till.accounts, at=till.now, written_at=till.now, pending=written.sealed)
    written.sealed += late
    touched = [till.accounts[key] for key in sorted({key for key, _ in written.sealed})]
    return [
        *ledger.writing(till.actor.programme, touched, written.sealed, till.now),
        *([writing_sales(written.sales)] if written.sales else []),
        *telling(till.actor.programme, [_committed(row) for row in written.sales], till.now),
    ]


def _committed(row: NewSale) -> SaleCommitted:
    return SaleCommitted(membership=row.membership or None, shop=row.shop_id, reference=row.id)
