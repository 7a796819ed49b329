"""What is refused of points that go on: to another member, to a partner and back."""

from __future__ import annotations

from huiguan.checkout.refusals import NotVerified as NotVerified
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text


class AmountTooSmall(Refusal):
    text = Text(zh="{why}", en="{why}")
    rank = "limit"


class BlockWrong(Refusal):
    text = Text(zh="{why}", en="{why}")
    rank = "limit"


class GivenToHerself(Refusal):
    text = Text(zh="转出和收到的是同一位会员。", en="Who gives and who receives are the same member.")
    status = 422
    rank = "input"


class PartnerUnknown(Refusal):
    text = Text(zh="章程里没有合作方“{partner}”。", en="The rulebook has no partner {partner}.")
    status = 404
    rank = "existence"


class PartnerStopped(Refusal):
    """No line to it is set up, or it was stopped."""

    text = Text(zh="与{partner}的兑换没有接通，或已停用。", en="There is no line to {partner}, or it was stopped.")
    rank = "window"


class PartnerAddressRefused(Refusal):
    """An address that will never be asked anything."""

    text = Text(zh="不能接到这个地址：{why}", en="This address cannot be asked anything: {why}")
    status = 422
    rank = "input"


class NotLinked(Refusal):
    text = Text(zh="会员还没有登记在{partner}的账号。", en="The member has named no account at {partner}.")
    rank = "credential"


class AccountTaken(Refusal):
    text = Text(
        zh="这个账号在另一位会员名下；或先解除现有的登记。",
        en="This account stands with another member, or the member's other account is to be unlinked first.",
    )
    rank = "state"


class ExchangeOpen(Refusal):
    text = Text(
        zh="还有兑换没有定下来，不能解除。", en="An exchange is still open: the account stays until it is settled."
    )
    rank = "state"


class ExchangeUnknown(Refusal):
    text = Text(zh="没有这笔兑换：{exchange}。", en="No such exchange: {exchange}.")
    status = 404
    rank = "existence"


class ExchangeSettled(Refusal):
    text = Text(zh="这笔兑换已经定下来了。", en="This exchange is settled already.")
    rank = "state"


class ReferenceUsed(Refusal):
    """The partner's reference stands for something else already."""

    text = Text(zh="编号 {reference} 已用于另一笔。", en="The reference {reference} stands for something else already.")
    status = 409
    rank = "input"


class PartnerForged(Refusal):
    """Not signed with the partner's secret, or too long ago."""

    text = Text(
        zh="签名不对，或已过五分钟。", en="It is not signed with the partner's secret, or more than five minutes ago."
    )
    status = 401
    rank = "permission"


class MessageUnknown(Refusal):
    text = Text(zh="没有这种报文：{given}。", en="There is no such message: {given}.")
    status = 422
    rank = "input"


class MonthOpen(Refusal):
    """`open` exchanges are not settled, or the month is not over."""

    text = Text(zh="这个月还没过完，不能结算。", en="The month is not over; it cannot be settled.")
    rank = "window"


class MonthClosed(Refusal):
    text = Text(zh="{month} 已结算。", en="{month} is settled already.")
    rank = "state"


class MonthNotClosed(Refusal):
    text = Text(zh="{month} 还没有结算。", en="{month} is not settled yet.")
    rank = "state"


class NotInPool(Refusal):
    text = Text(zh="不在任何共享里。", en="The member shares with nobody.")
    rank = "state"


class SharesAlready(Refusal):
    text = Text(zh="已在一个共享里，先退出。", en="The member shares already; leave that first.")
    rank = "state"
