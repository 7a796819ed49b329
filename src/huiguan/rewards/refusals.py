"""What the mall refuses, by name. A clause's refusal carries its own sentence in `why`."""

from __future__ import annotations

from huiguan.checkout import refusals as checkout
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.rewards import partner_refusals as partners
from huiguan.rewards.partner_refusals import NotInPool as NotInPool
from huiguan.rewards.partner_refusals import PartnerForged as PartnerForged
from huiguan.rewards.partner_refusals import PartnerUnknown as PartnerUnknown


class NoMall(Refusal):
    text = Text(zh="章程里没有积分商城。", en="The rulebook has no mall.")
    rank = "window"


class WayNotSaid(Refusal):
    """The rulebook has no clause for this way of giving."""

    text = Text(zh="章程没有规定{what}。", en="The rulebook says nothing of {what}.")
    rank = "window"


class NotForTier(Refusal):
    text = Text(zh="{why}", en="{why}")
    rank = "standing"


class ItemUnknown(Refusal):
    text = Text(zh="商城里没有“{item}”。", en="The mall has no {item}.")
    status = 404
    rank = "existence"


class ZoneUnknown(Refusal):
    text = Text(zh="没有专区“{zone}”。", en="There is no zone {zone}.")
    status = 404
    rank = "existence"


class ItemWithdrawn(Refusal):
    text = Text(zh="{name}已下架。", en="{name} is no longer on the shelf.")
    rank = "window"


class SoldOut(Refusal):
    """`left` pieces are there; `wait` whether a place on the wait-list is offered."""

    text = Text(zh="{name}只剩 {left} 件。{told}", en="Of {name} {left} {left:is|are} left. {told}")
    rank = "state"


class StockTooLow(Refusal):
    text = Text(
        zh="这里只有 {left} 件，不能拿走 {given} 件。", en="There {left:is|are} {left} here; {given} cannot be taken."
    )
    rank = "state"


class TransferToItself(Refusal):
    text = Text(zh="要写两个不同的地方。", en="Name two different places.")
    status = 422
    rank = "input"


class AddressNeeded(Refusal):
    text = Text(zh="寄送须写收件人、手机和地址。", en="Delivery takes a recipient, a phone and an address.")
    status = 422
    rank = "input"


class OrderUnknown(Refusal):
    text = Text(zh="没有这张兑换单：{order}。", en="No such order: {order}.")
    status = 404
    rank = "existence"


class OrderNotInState(Refusal):
    text = Text(zh="这张单{state}，不能{deed}。", en="This order is {state}; it cannot be {deed}.")
    rank = "state"


class CashOwed(Refusal):
    text = Text(zh="还欠 {owed:yuan}，收了款才能交货。", en="{owed:yuan} is owed; the goods wait until it is paid.")
    rank = "state"


class PaymentDiffers(Refusal):
    text = Text(zh="应收 {owed:yuan}，收到 {given:yuan}。", en="{owed:yuan} is owed; {given:yuan} was given.")
    status = 422
    rank = "input"


class CashInDrawer(Refusal):
    """What was taken in cash is handed back out of a drawer, so somebody at the counter must do it."""

    text = Text(
        zh="有 {cash:yuan} 是现金收的，要在柜台从开着的钱箱里退：请先开班，或由当班的店员办理。",
        en="{cash:yuan} was paid in cash and goes back at the counter, out of an open drawer: open a shift first, or let who is on duty do it.",
    )
    status = 409
    rank = "input"


class ReceiptUnproved(Refusal):
    text = Text(zh="取货码不对；没有取货码，请写签收人。", en="The code is wrong; without it name who signs.")
    rank = "credential"


class ReturnTooLate(Refusal):
    text = Text(zh="{told}", en="{told}")
    rank = "window"


class CodeSeen(Refusal):
    text = Text(zh="券码已交给会员，不能退。", en="The code is in the member's hands; it cannot come back.")
    rank = "state"


class SubstituteWorthLess(Refusal):
    text = Text(
        zh="替代品须值 {least:yuan} 以上，这件值 {worth:yuan}。",
        en="What is given instead must be worth {least:yuan} or more; this is worth {worth:yuan}.",
    )
    rank = "limit"


class AlreadyWaiting(Refusal):
    text = Text(zh="已在候补名单上。", en="This member is on the wait-list already.")
    rank = "state"


class NotWaiting(Refusal):
    text = Text(zh="不在候补名单上。", en="This member is not on the wait-list.")
    status = 404
    rank = "existence"


class StillThere(Refusal):
    text = Text(zh="还有货，不必候补。", en="It is still there; there is no need to wait.")
    rank = "state"


class FlashUnknown(Refusal):
    text = Text(zh="没有这场秒杀：{flash}。", en="No such flash sale: {flash}.")
    status = 404
    rank = "existence"


class AuctionUnknown(Refusal):
    text = Text(zh="没有这场竞拍：{auction}。", en="No such auction: {auction}.")
    status = 404
    rank = "existence"


class BidTooLow(Refusal):
    """`least` the smallest bid that is taken now."""

    text = Text(
        zh="出价须不低于 {least:points} 分，这里是 {given:points} 分。",
        en="A bid must be {least:points} {least:point|points} or more; this is {given:points}.",
    )
    rank = "limit"


class LeadsAlready(Refusal):
    text = Text(zh="这位会员已经领先。", en="This member leads already.")
    rank = "state"


class NotOpen(Refusal):
    """`on` its first moment, as ISO text."""

    text = Text(zh="{on:moment} 开始。", en="It begins at {on:moment}.")
    rank = "window"


class Ended(Refusal):
    """`on` the moment it ended, as ISO text."""

    text = Text(zh="已于 {on:moment} 结束。", en="It ended at {on:moment}.")
    rank = "window"


class DrawUnknown(Refusal):
    text = Text(zh="没有这场抽奖：{draw}。", en="No such draw: {draw}.")
    status = 404
    rank = "existence"


class NotDrawnYet(Refusal):
    text = Text(zh="{on:moment} 开奖，之后才有记录。", en="It is drawn at {on:moment}; the record is there then.")
    rank = "window"


class PictureWrong(Refusal):
    text = Text(zh="{rule}", en="{rule}")
    status = 422
    rank = "input"


BY_CODE: dict[str, type[Refusal]] = {
    **checkout.BY_CODE,
    **{
        each.__name__: each for each in (NotForTier, partners.NotVerified, partners.AmountTooSmall, partners.BlockWrong)
    },
}
