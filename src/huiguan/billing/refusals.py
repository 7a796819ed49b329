"""What payments refuse, and what dues do."""

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


class FeeUnknown(Refusal):
    text = Text(zh="章程里没有叫 {given} 的费用。", en="The rulebook names no fee {given}.")
    rank = "existence"
    status = 404


class DepositUnknown(Refusal):
    text = Text(zh="章程里没有叫 {given} 的保证金。", en="The rulebook names no deposit {given}.")
    rank = "existence"
    status = 404


class ShareUnknown(Refusal):
    text = Text(zh="章程里没有叫 {given} 的分配。", en="The rulebook names no share {given}.")
    rank = "existence"
    status = 404


class ChargeUnknown(Refusal):
    text = Text(zh="没有这张缴费单：{given}。", en="There is no such charge: {given}.")
    rank = "existence"
    status = 404


class MoneyUnknown(Refusal):
    text = Text(zh="没有这笔收款：{given}。", en="There is no such receipt: {given}.")
    rank = "existence"
    status = 404


class NothingToCharge(Refusal):
    """The clause charges this member nothing; `why` says so."""

    text = Text(zh="不收：{why}", en="Nothing is charged: {why}")
    rank = "limit"


class FeeNotRun(Refusal):
    """A fee that is charged when asked for is nobody's until somebody asks."""

    text = Text(zh="这项费用提出时才收，不能批量开单。", en="This fee is charged when asked for, not for everybody.")
    rank = "limit"


class AlreadyCharged(Refusal):
    text = Text(zh="这一期已经开过单：{number}。", en="This was charged already: {number}.")


class ChargeClosed(Refusal):
    text = Text(zh="这张缴费单{state}。", en="This charge is closed: {state}.")


class OthersCharge(Refusal):
    """A charge named for a payment is another member's."""

    text = Text(
        zh="{given} 是 {member} 的缴费单，不是这位会员的。", en="{given} is a charge of {member}, not of this member."
    )
    rank = "input"
    status = 422


class MeansNotTaken(Refusal):
    """At the counter. `means` is how the money came, `fee` what it would pay, `taken` what its clause takes."""

    text = Text(zh="“{fee}”不收{means}，可用：{taken}。", en="{fee} is not paid by {means}; it takes {taken}.")
    rank = "input"
    status = 422


class MoneyKnown(Refusal):
    """The bank's or terminal's own number came before."""

    text = Text(zh="这笔款已经收过：{number}。", en="This money was received already: {number}.")


class MoneyUndone(Refusal):
    text = Text(zh="这笔收款已经冲销：{number}。", en="This receipt was taken back already: {number}.")


class NotMoneyIn(Refusal):
    text = Text(zh="{number} 不是收款，不能冲销。", en="{number} is no receipt that could be taken back.")


class CreditTooLow(Refusal):
    """More is to be taken than there is on account, in the deposit or stored."""

    text = Text(zh="只有 {has:yuan}，需要 {needs:yuan}。", en="There is {has:yuan}; this takes {needs:yuan}.")
    rank = "balance"


class NotRefunded(Refusal):
    text = Text(zh="不退：{why}", en="Not refunded: {why}")
    rank = "limit"


class WaiverPending(Refusal):
    text = Text(
        zh="这一项已有人提请核销，等待决定。", en="Writing this off was asked for already and waits for a decision."
    )


class WaiverDecided(Refusal):
    text = Text(zh="这项核销已经决定。", en="This was decided already.")


class OwnWaiver(Refusal):
    """Who asked does not decide."""

    text = Text(zh="自己提请的核销，须由另一个人决定。", en="Another person decides what you asked for.")
    rank = "permission"
    status = 403


class WaiverTooLarge(Refusal):
    text = Text(zh="未交的只有 {open:yuan}。", en="Only {open:yuan} is open.")
    rank = "limit"


class BaseNeeded(Refusal):
    """The deposit is a part of a figure; or it is not, and takes none."""

    text = Text(zh="{rule}", en="{rule}")
    rank = "input"
    status = 422


class NotReturned(Refusal):
    text = Text(zh="保证金还不能退：{why}", en="The deposit cannot be returned yet: {why}")
    rank = "limit"


class NeverForfeited(Refusal):
    text = Text(zh="章程规定这项保证金不罚没。", en="By the rulebook this deposit is never forfeited.")
    rank = "limit"


class BankLineDecided(Refusal):
    text = Text(zh="这一行已经处理过。", en="This line was dealt with already.")


class BankLineUnknown(Refusal):
    text = Text(zh="没有这一行：{given}。", en="There is no such line: {given}.")
    rank = "existence"
    status = 404


class BankLineDiffers(Refusal):
    """The bank's number is known with another day or amount."""

    text = Text(
        zh="流水号 {given} 已有，金额或日期不同。", en="The bank's number {given} is known with another amount or day."
    )
    rank = "input"
    status = 422


class DividedAlready(Refusal):
    text = Text(zh="{key} 已经分配过。", en="{key} was divided already.")


class SharesTooLarge(Refusal):
    text = Text(zh="约定的比例合计超过全部。", en="The agreed parts are more than the whole.")
    rank = "limit"


class NobodyShares(Refusal):
    text = Text(zh="没有可以分给的人。", en="There is nobody to divide it among.")
    rank = "limit"


class MoneyDayAhead(Refusal):
    text = Text(zh="{day:day} 还没有到。", en="{day:day} is yet to come.")
    rank = "input"
    status = 422


class NothingToPay(Refusal):
    text = Text(zh="没有要交的费用。", en="There is nothing to pay.")
    rank = "limit"


class NothingToPayOut(Refusal):
    text = Text(zh="没有可以付出的。", en="There is nothing to pay out.")
    rank = "limit"
