"""What a sale asks for, held against what the rulebook offers and what is due."""

from __future__ import annotations

from huiguan.checkout import refusals
from huiguan.checkout.inputs import SaleInput
from huiguan.kernel.text import Text
from huiguan.rules import countersigned, vouchers
from huiguan.rules.kinds import benefit, redemption, tender, trade_up
from huiguan.rules.programme import Programme
from huiguan.rules.wallet import WALLET

NO_SIGNATURES = Text(zh="章程不要求购物记录签字。", en="The rulebook has no purchase signed.")


def demand_offered(rulebook: Programme, given: SaleInput) -> None:
    """What no clause offers at all is refused, never passed over."""
    for name in given.benefits:
        if name not in benefit.table(rulebook).clauses:
            raise refusals.UnknownBenefit(field="benefits", given=name)
    if given.points and redemption.terms(rulebook) is None:
        raise refusals.WayNotOffered(field="points", why=refusals.NO_REDEMPTION)
    if any(sku not in trade_up.offers(rulebook) for sku in given.trade_ups):
        raise refusals.WayNotOffered(field="trade_ups", why=refusals.NO_TRADE_UP)
    if any(each.means == WALLET for each in given.tenders) and tender.terms(rulebook) is None:
        raise refusals.WayNotOffered(field="tenders", why=refusals.NO_STORED_VALUE)
    if given.signed and not countersigned.signers(rulebook):
        raise refusals.WayNotOffered(field="signed", why=NO_SIGNATURES)
    if given.vouchers and not vouchers.any_given(rulebook):
        raise refusals.RightNotHeld(field="vouchers", why=refusals.NO_COUPONS)


def demand_due(given: SaleInput, due: int) -> None:
    """The tenders come to what is due, and that is what was quoted."""
    if given.tenders and sum(each.amount for each in given.tenders) != due:
        raise refusals.TendersDiffer(field="tenders", due=due, given=sum(each.amount for each in given.tenders))
    if given.quoted is not None and given.quoted != due:
        raise refusals.QuoteChanged(field="quoted", due=due, quoted=given.quoted)
