"""The slips of sales and returns."""

from __future__ import annotations

from huiguan.checkout.queries.sales import returns_of, sale
from huiguan.checkout.queries.wallets import top_up, top_up_refunds
from huiguan.checkout.receipts import return_receipt, sale_receipt
from huiguan.checkout.stored.receipts import refund_receipt, top_up_receipt
from huiguan.checkout.values import Receipt
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes


class ReturnUnknown(Refusal):
    text = Text(zh="这张单没有第 {given} 次退货。", en="This sale has no return number {given}.")
    status = 404
    rank = "existence"


class RefundUnknown(Refusal):
    text = Text(zh="这笔充值没有第 {given} 次退款。", en="This top-up has no refund number {given}.")
    status = 404
    rank = "existence"


def stored_receipt(actor: Actor, reference: str, back: int | None = None) -> Receipt:
    """The slip of a top-up by id, or of its refund number `back`. TopUpUnknown, RefundUnknown, Forbidden."""
    made = top_up(actor, reference)
    rulebook = programmes.version(made.version)
    tree = identity.tree(actor)
    house = tree[0].name if tree else Text(zh="", en="")
    shop = identity.shop(actor.programme, made.shop).name
    if back is None:
        return top_up_receipt(rulebook, house, shop, made)
    refunds = top_up_refunds(actor, made.id)
    if not 1 <= back <= len(refunds):
        raise RefundUnknown(field="refund", given=back)
    return refund_receipt(rulebook, house, shop, made, refunds[back - 1])


def receipt(actor: Actor, reference: str, back: int | None = None) -> Receipt:
    """The slip of a sale, by id or bill number, or of its return number `back`. SaleUnknown, ReturnUnknown, Forbidden."""
    sold = sale(actor, reference)
    rulebook = programmes.version(sold.version)
    tree = identity.tree(actor)
    house = tree[0].name if tree else Text(zh="", en="")
    shop = identity.shop(actor.programme, sold.shop).name
    if back is None:
        return sale_receipt(rulebook, house, shop, sold)
    returns = returns_of(actor, sold.id)
    if not 1 <= back <= len(returns):
        raise ReturnUnknown(field="return", given=back)
    row = returns[back - 1]
    before = returns[back - 2].kept if back > 1 else tuple(line["quantity"] for line in sold.document["lines"])
    taken = identity.shops_by_id(actor.programme, [row.shop])
    told = {"kind": row.kind, "at": row.at, "refund": row.refund, "kept": row.kept, "document": row.document}
    return return_receipt(rulebook, house, taken[row.shop].name if row.shop in taken else shop, sold, told, before)
