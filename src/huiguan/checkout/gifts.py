"""Gifts that come back."""

from __future__ import annotations

from datetime import datetime

from huiguan.checkout import refusals
from huiguan.checkout.events import GiftReturned
from huiguan.checkout.inputs import GiftReturnInput
from huiguan.checkout.models import Redemption
from huiguan.checkout.redeeming import view_of
from huiguan.checkout.values import RedemptionView
from huiguan.entitlements import operations as entitlements
from huiguan.entitlements.values import RightMove
from huiguan.foundation.outbox import tell
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day, moment_of
from huiguan.kernel.refusals import MomentInFuture
from huiguan.ledger import facts as ledger_facts
from huiguan.ledger import lots as lot_choice
from huiguan.ledger import operations as ledger
from huiguan.ledger.posting import fold
from huiguan.ledger.values import Account, Journal, Movement, house_address, member_address
from huiguan.members import operations as member_books
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import redemption


def return_gift(*, actor: Actor, at: datetime, given: GiftReturnInput, key: str | None = None) -> RedemptionView:
    """A redeemed gift comes back, or a coupon not used yet: its units go back to the lots they came from.

    Refuses RedemptionUnknown, GiftAlreadyReturned, RightUsed (the coupon paid for something), Forbidden (at the shop
    where it was handed over).
    """
    actor.demand("return")

    def do() -> RedemptionView:
        held = _redemption(actor, given.redemption)
        actor.demand("return", held.shop_id)
        recalled = member_books.recall_books(actor=actor, at=at, membership=held.membership_id)
        row, account = take_gift_back(actor=actor, at=at, reference=given.redemption, when=given.at)
        if recalled is not None:
            member_books.hand_books_on(recalled)
            account = ledger_facts.accounts([recalled.keep])[recalled.keep]
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
    *, actor: Actor, at: datetime, reference: str, membership: int | None = None, when: str | None = None
) -> tuple[Redemption, Account]:
    """The gift of redemption `reference` returned, inside the caller's transaction; `when` it came, where not now."""
    row = _redemption(actor, reference)
    moment = _moment(row, at, when)
    if membership is not None and row.membership_id != membership:
        raise refusals.RedemptionUnknown(field="redemption", redemption=reference)
    account = ledger.lock_accounts([row.membership_id])[row.membership_id]
    row.refresh_from_db()
    if row.returned_at is not None:
        raise refusals.GiftAlreadyReturned(field="redemption")
    account, sealed = fold(account, _journal(actor, row, moment), written_at=at)
    ledger.write_sealed(actor.programme, [account], [(row.membership_id, sealed)], at)
    if "right" in row.document:
        # A coupon that comes back is used up by it; one that paid for something already cannot come back.
        move = RightMove(row.membership_id, row.document["right"], moment, f"gift_return:{reference}")
        entitlements.use_rights(programme=actor.programme, moves=[move], written_at=at)
    row.returned_at, row.returned_written_at, row.returned_seq = moment, at, account.seq
    row.save(update_fields=["returned_at", "returned_written_at", "returned_seq"])
    told = GiftReturned(
        membership=row.membership_id,
        shop=row.shop_id,
        reference=reference,
        at=moment,
        clause=row.document["clause"],
        unit=row.unit,
        units=row.units,
        gift=row.gift,
    )
    tell(actor.programme, [told], at)
    return row, account


def _journal(actor: Actor, row: Redemption, at: datetime) -> Journal:
    """Its units back in the lots they came from, and the turn with them."""
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
    return Journal(
        at=at,
        cause=("gift_return", f"{row.membership_id}-{row.seq}"),
        actor=actor.reference,
        version=row.version,
        movements=(movement,),
        tallies=((local_day(row.at, rulebook.zone), redemption.MEASURE, -1),),
        reverses=row.seq,
    )


def _moment(row: Redemption, now: datetime, when: str | None) -> datetime:
    """When the gift came back: between its redemption and now."""
    if when is None:
        return now
    at = moment_of(when, "at", programmes.version(row.version).zone)
    if at > now:
        raise MomentInFuture(field="at", given=at.isoformat(), now=now.isoformat())
    if at < row.at:
        raise refusals.ReturnBeforeSale(field="at")
    return at


def _redemption(actor: Actor, reference: str) -> Redemption:
    parts = reference.split("-")
    if len(parts) == 2 and all(part.isdecimal() and len(part) < 19 for part in parts):
        found = Redemption.objects.filter(
            membership_id=int(parts[0]), seq=int(parts[1]), programme_id=actor.programme
        ).first()
        if found is not None:
            return found
    raise refusals.RedemptionUnknown(field="redemption", redemption=reference)


__all__ = ["return_gift", "take_gift_back"]
