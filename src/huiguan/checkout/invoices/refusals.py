"""What invoices refuse, by name."""

from __future__ import annotations

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text


class InvoiceUnknown(Refusal):
    text = Text(zh="没有这张发票：{given}。", en="No such invoice: {given}.")
    status = 404
    rank = "existence"


class InvoiceAlreadyAsked(Refusal):
    text = Text(
        zh="这张单的发票{state}；要改抬头先撤回或红冲。",
        en="This sale already has an invoice ({state}); withdraw or reverse it first.",
    )


class NothingToInvoice(Refusal):
    text = Text(
        zh="没有可开票的金额：已全退，或全由积分与券支付。",
        en="There is nothing to invoice: all came back, or points and coupons paid for it.",
    )
    rank = "limit"


class InvoiceAmountChanged(Refusal):
    text = Text(
        zh="现可开 {due:yuan}，所开为 {given:yuan}。", en="{due:yuan} may be invoiced now; {given:yuan} was issued."
    )


class InvoiceNumberTaken(Refusal):
    text = Text(zh="发票号 {number} 已经用过。", en="The invoice number {number} is taken.")
    status = 422
    rank = "input"


class InvoiceNotInState(Refusal):
    text = Text(zh="这张发票{state}，不能这样办。", en="This invoice stands as: {state}. That cannot be done now.")


class InvoiceDayWrong(Refusal):
    text = Text(zh="开票日期须在申请之日与今天之间。", en="The day of issue lies between the request and today.")
    status = 422
    rank = "input"
