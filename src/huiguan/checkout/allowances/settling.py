"""What a till sold offline, settled: each sale once, whatever the network did with the message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from huiguan.checkout.allowances import refusals
from huiguan.checkout.allowances.granting import found_allowance, give_back
from huiguan.checkout.committing import commit_sale
from huiguan.checkout.inputs import MemberReference, OfflineSale, SaleInput, SettleInput
from huiguan.checkout.models import Allowance, AllowanceSale
from huiguan.checkout.values import SettledSale
from huiguan.foundation.performing import in_transaction
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import moment_of
from huiguan.kernel.refusals import Refusal
from huiguan.members import queries as members
from huiguan.programme import queries as programmes

RIGHT = timedelta(minutes=5)  # a clock that differs by no more, messages' way included, is right


def settle_allowance(*, actor: Actor, at: datetime, given: SettleInput) -> list[SettledSale]:
    """Settle sales made under an allowance, each in a transaction of its own and answered for itself: the sale, or the
    refusal that leaves it outside. A key settled before gets its sale again. Takes `sell`. AllowanceUnknown.

    `till_now` is what the till's clock said when it sent this: where it is wrong, the sales' moments are put right.
    """
    row = found_allowance(actor, given.allowance)
    actor.demand("sell", row.shop_id)
    zone = programmes.programme_at(actor.programme, at).zone
    skew = moment_of(given.till_now, "till_now", zone) - at
    skew = skew if abs(skew) > RIGHT else timedelta()
    moments = [moment_of(sale.at, f"sales.{i}.at", zone) - skew for i, sale in enumerate(given.sales)]
    return _settle_all(actor, at, given.allowance, given.sales, moments)


def _settle_all(
    actor: Actor, at: datetime, allowance: str, sales: Sequence[OfflineSale], moments: Sequence[datetime]
) -> list[SettledSale]:
    answers = []
    for sale, moment in zip(sales, moments, strict=True):
        try:
            answers.append(_settle(actor, at, allowance, sale, moment))
        except Refusal as refusal:
            answers.append(SettledSale(sale.key, None, False, refusal))
    return answers


def _settle(actor: Actor, at: datetime, allowance: str, sale: OfflineSale, moment: datetime) -> SettledSale:
    def do() -> SettledSale:
        row = found_allowance(actor, allowance, lock=True)
        known = AllowanceSale.objects.filter(allowance=row, key=sale.key).first()
        if known is not None:
            return SettledSale(sale.key, known.sale, True, None)
        within = _within(row, sale, moment)
        give_back(actor, at, row, sale.points)
        made = commit_sale(actor=actor, at=at, given=_sold(row, sale, within), key=sale.key)
        AllowanceSale.objects.create(
            programme_id=actor.programme, allowance=row, key=sale.key, sale=made.id, points=sale.points, settled_at=at
        )
        row.used += sale.points
        row.save(update_fields=["used"])
        return SettledSale(sale.key, made.id, False, None)

    return in_transaction(do)


def _within(row: Allowance, sale: OfflineSale, moment: datetime) -> datetime:
    """The sale's moment by the house's clock, inside the allowance; a clock within its tolerance is taken as right."""
    if row.closed_at is not None:
        raise refusals.AllowanceClosed(field="allowance")
    left = row.points - row.used
    early = row.granted_at - RIGHT <= moment < row.granted_at
    inside = early or row.granted_at <= moment < row.until
    if not inside or sale.points > left:
        zone = programmes.programme_at(row.programme_id, row.granted_at).zone
        raise refusals.OutsideAllowance(field="at", left=left, moment=moment.astimezone(zone).isoformat())
    return max(moment, row.granted_at)


def _sold(row: Allowance, sale: OfflineSale, moment: datetime) -> SaleInput:
    """The sale as any other late one, of the member and the shop the allowance names."""
    number = members.numbers(row.programme_id, [row.membership_id])[row.membership_id]
    shop = identity.shops_by_id(row.programme_id, [row.shop_id])[row.shop_id].code
    told = {"member": MemberReference(number=number), "shop": shop, "at": moment.isoformat()}
    return sale.model_copy(update=told)
