"""A refund of what is left of a top-up: principal to the member, the bonus that must come back to the house."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from huiguan.billing import operations as payments
from huiguan.checkout.documents import reasons_back, reasons_of
from huiguan.checkout.events import ValueRefunded
from huiguan.checkout.inputs import RefundTopUpInput
from huiguan.checkout.models import TopUp, TopUpRefund
from huiguan.checkout.shifts.standing import shift_now
from huiguan.checkout.stored.standing import back_of, found_top_up, left_told, refunds_of
from huiguan.checkout.telling import refuse_first
from huiguan.checkout.tendering import CASH, tenders_back
from huiguan.checkout.values import TopUpRefundView
from huiguan.foundation.outbox import tell
from huiguan.foundation.performing import in_trial, perform
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.ledger import facts as ledger_facts
from huiguan.ledger import operations as ledger
from huiguan.ledger.lots import give_back
from huiguan.ledger.posting import fold
from huiguan.ledger.values import Account, Journal, Movement, house_address, member_address
from huiguan.members import operations as member_books
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rules.effects import Decision, Refuse, Warn
from huiguan.rules.kinds import custody, top_up
from huiguan.rules.programme import Programme
from huiguan.rules.refunds import Refunded
from huiguan.rules.wallet import BONUS, PRINCIPAL


def preview_top_up_refund(*, actor: Actor, at: datetime, given: RefundTopUpInput) -> TopUpRefundView:
    """What refunding what is left of a top-up would bring. Writes nothing."""
    actor.demand("return")
    return in_trial(lambda: _refund(actor, at, given, told=False))


def refund_top_up(*, actor: Actor, at: datetime, given: RefundTopUpInput, key: str | None = None) -> TopUpRefundView:
    """Give back what is left of a top-up, under the version it was made by; what was paid from afar goes back by its
    provider, unless `means` is named. Takes `return` at its shop.

    Refuses TopUpUnknown, WayNotOffered (no clause refunds), OutsideWindow, NothingToRefund, LawForbids.
    """
    actor.demand("return")
    return perform(
        "refund_top_up", actor=actor, at=at, subject=f"top_up:{given.top_up}", given=given, key=key,
        returns=TopUpRefundView, do=lambda: _refund(actor, at, given),
    )  # fmt: skip


def _refund(actor: Actor, at: datetime, given: RefundTopUpInput, *, told: bool = True) -> TopUpRefundView:
    row = found_top_up(actor, given.top_up)
    shop = identity.shop(actor.programme, given.shop).id if given.shop else row.shop_id
    actor.demand("return", shop)
    recalled = member_books.recall_books(actor=actor, at=at, membership=row.membership_id)
    account = ledger.settle_accounts([row.membership_id], at=at)[row.membership_id]
    rulebook = programmes.version(row.version)
    law = custody.given_back(rulebook, local_day(row.at, rulebook.zone), local_day(at, rulebook.zone))
    made = top_up.refund(rulebook, back_of(rulebook, row, account, at, free=law is not None))
    if made.stop is not None:
        refuse_first(rulebook, [made.stop])
    earlier = [each.document["tenders"] for each in refunds_of(row)]
    afar = paid_from_afar(row) and given.means is None
    tenders = [] if afar else tenders_back(row.document["tenders"], earlier, made.money, given.means)
    lawful = _lawful(rulebook, given, made, tenders)
    account, sealed = fold(account, _journal(actor, at, row, rulebook, account, made), written_at=at)
    ledger.write_sealed(actor.programme, [account], [(account.membership, sealed)], at)
    reasons = (*((law,) if law else ()), *made.reasons, *lawful.reasons)
    if recalled is not None:
        member_books.hand_books_on(recalled)
        account = ledger_facts.accounts([recalled.keep])[recalled.keep]
    clerk = given.clerk or actor.name
    document = {
        "tenders": tenders,
        "shift": None if afar else shift_now(actor, shop, clerk, at),
        "payment": row.number if afar else "",
        "actor": clerk,
        "journal": sealed.seq,
        "reason": given.reason,
        "wallet": left_told(account, at),
        "warnings": [effect.code for effect in lawful.effects if isinstance(effect, Warn)],
        "reasons": reasons_of(reasons),
    }
    if afar:
        payments.ask_back(actor=actor, at=at, number=row.number, amount=made.money, reason=given.reason)
    back = _record(actor, at, row, shop, made, document)
    _tell(actor, at, back)
    return view_of(back, row, members.numbers(actor.programme, [row.membership_id])[row.membership_id], made=told)


def paid_from_afar(row: TopUp) -> bool:
    """Whether a member paid it by herself: in nobody's drawer, and its number is the payment's."""
    return not row.document["tenders"]


def _lawful(rulebook: Programme, given: RefundTopUpInput, made: Refunded, tenders: list[list[int | str]]) -> Decision:
    cash = sum(int(amount) for means, amount in tenders if means == CASH)
    happening = custody.Happening(amount=made.money, cash=cash, shown="id" in given.presented)
    lawful = custody.refunding(rulebook, happening)
    refuse_first(rulebook, [effect for effect in lawful.effects if isinstance(effect, Refuse)])
    return lawful


def _journal(actor: Actor, at: datetime, row: TopUp, rulebook: Programme, account: Account, made: Refunded) -> Journal:
    return Journal(
        at=at,
        cause=("top_up_refund", f"{row.membership_id}-{row.seq}"),
        actor=actor.reference,
        version=rulebook.version,
        movements=tuple(_movements(row, account, made)),
        reverses=row.seq,
    )


def _movements(row: TopUp, account: Account, made: Refunded) -> Iterator[Movement]:
    """First what was deducted earlier and is owed no longer comes back, then principal and bonus leave their own lots."""
    clause, kept = made.reasons[-1].clause, made.off + made.fee
    if kept < 0:
        house, mine = house_address(PRINCIPAL, "clawed"), member_address(row.membership_id, PRINCIPAL)
        yield Movement(PRINCIPAL, -kept, house, mine, clause, restores=_deducted(row, -kept))
    for unit, purpose, amount in (
        (PRINCIPAL, "refunded", made.money), (PRINCIPAL, "clawed", kept), (BONUS, "clawed", made.bonus),
    ):  # fmt: skip
        if amount > 0:
            key = (row.seq, 1 if unit == PRINCIPAL else 2)
            house, mine = house_address(unit, purpose), member_address(row.membership_id, unit)
            yield Movement(unit, amount, mine, house, clause, uses=((key, amount),))


def _deducted(row: TopUp, amount: int) -> Any:
    """The lot of principal, to which `amount` deducted by earlier refunds goes back."""
    keys = [(row.membership_id, each.document["journal"]) for each in refunds_of(row)]
    spent = [use for key in keys for use in ledger_facts.spent_lots([key])[key] if use.unit == PRINCIPAL]
    return give_back(spent, amount)


def _record(actor: Actor, at: datetime, row: TopUp, shop: int, made: Refunded, document: dict[str, Any]) -> TopUpRefund:
    return TopUpRefund.objects.create(
        membership_id=row.membership_id,
        top_up_seq=row.seq,
        n=len(refunds_of(row)) + 1,
        programme_id=actor.programme,
        shop_id=shop,
        at=at,
        written_at=at,
        actor=actor.reference,
        refund=made.money,
        deducted=made.off,
        fee=made.fee,
        bonus=made.bonus,
        document=document,
    )


def _tell(actor: Actor, at: datetime, back: TopUpRefund) -> None:
    reference = f"{back.membership_id}-{back.top_up_seq}.{back.n}"
    told = ValueRefunded(
        membership=back.membership_id, shop=back.shop_id, reference=reference, at=at, refund=back.refund,
        bonus_back=back.bonus,
    )  # fmt: skip
    tell(actor.programme, [told], at)


def view_of(back: TopUpRefund, row: TopUp, member: str, *, made: bool = True) -> TopUpRefundView:
    """The refund as it was recorded, or as it would be."""
    document = back.document
    top = f"{row.membership_id}-{row.seq}"
    return TopUpRefundView(
        id=f"{top}.{back.n}" if made else "",
        top_up=top,
        member=member,
        at=back.at,
        refund=back.refund,
        deducted=back.deducted,
        fee=back.fee,
        bonus_back=back.bonus,
        tenders=tuple((str(means), int(amount)) for means, amount in document["tenders"]),
        version=row.version,
        wallet=document["wallet"],
        warnings=tuple(document["warnings"]),
        reasons=reasons_back(document["reasons"]),
        payment=document.get("payment", ""),
    )
