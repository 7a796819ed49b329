"""What payments refuse."""

from __future__ import annotations

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text


class RefundTooLarge(Refusal):
    text = Text(zh="最多可退 {left:yuan}。", en="At most {left:yuan} can be refunded.")
    rank = "balance"
    status = 409


class PaymentUsed(Refusal):
    """What it was for was done: undo that, and its own refund says what comes back."""

    text = Text(
        zh="这笔支付买的已经给出，请在那里退。",
        en="What this payment was for was done; it is refunded there, not here.",
    )
    rank = "standing"
    status = 409


class NothingDisputed(Refusal):
    text = Text(zh="这笔支付没有对不上的地方。", en="Nothing about this payment is disputed.")
    rank = "standing"
    status = 409


class SandboxOff(Refusal):
    """The sandbox takes no real money, so a real installation does not offer it unless its settings say so."""

    text = Text(zh="这里没有开支付沙箱。", en="The payment sandbox is not switched on here.")
    rank = "permission"
    status = 403


class NoticeForged(Refusal):
    text = Text(zh="通知的签名不对。", en="The notice's signature does not hold.")
    rank = "permission"
    status = 401


class NoticeUnknown(Refusal):
    text = Text(zh="没有这笔支付：{given}。", en="There is no such payment: {given}.")
    rank = "input"
    status = 404


class DifferenceClosed(Refusal):
    text = Text(zh="这一条已经说明过了。", en="This line has been explained already.")
    rank = "standing"
    status = 409


class LineTwice(Refusal):
    """A statement names each payment and refund once."""

    text = Text(zh="对账单里 {given} 出现了两次。", en="The statement names {given} twice.")
    rank = "input"
    status = 422
