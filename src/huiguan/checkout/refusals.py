"""What the till refuses, by name. A clause's refusal carries its own sentence in `why`."""

from __future__ import annotations

from huiguan.checkout import package_refusals as packages
from huiguan.checkout.coupon_refusals import AllGone, CouponNotFor, CouponNotOffered, MinimumNotMet, RightNotFree
from huiguan.checkout.package_refusals import NotVerified as NotVerified
from huiguan.checkout.stored_refusals import AmountOutside, LawForbids, NothingToRefund
from huiguan.entitlements import values as entitlements
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.ledger import values as ledger

WHY = Text(zh="{why}", en="{why}")
NO_TRADE_UP = Text(zh="没有这样的换购。", en="There is no such trade-up.")
NO_REDEMPTION = Text(zh="章程没有积分兑换。", en="The rulebook has no redemption.")
NO_STORED_VALUE = Text(zh="章程没有储值。", en="The rulebook stores no value.")
NO_COUPONS = Text(zh="章程没有赠券。", en="The rulebook gives no coupons.")


class OutsideWindow(Refusal):
    text = WHY
    rank = "window"


class NotOnOpeningSale(Refusal):
    text = WHY
    rank = "window"


class NotAtThisShop(Refusal):
    text = WHY
    rank = "window"


class LimitReached(Refusal):
    text = WHY
    rank = "limit"


class MoreThanDue(Refusal):
    text = WHY
    rank = "limit"


class TooFewPoints(Refusal):
    """Points are used so many at a time at least."""

    text = WHY
    rank = "limit"


class CardNotShown(Refusal):
    text = WHY
    rank = "credential"


class NotInPerson(Refusal):
    text = WHY
    rank = "credential"


class RightNotHeld(entitlements.RightNotHeld):
    text = WHY


class RightUsed(entitlements.RightUsed):
    text = WHY


class WayNotOffered(Refusal):
    text = WHY
    rank = "window"


class NotTogether(Refusal):
    """What one clause gives does not go with what the sale is, or with what another gives."""

    text = WHY
    rank = "window"


class NotYet(Refusal):
    text = WHY
    rank = "window"


class NotIssuingShop(Refusal):
    text = WHY
    rank = "window"


class UnusualUse(Refusal):
    """The purchase is not like this member's and the rulebook lets a person look first. The purchase changes nothing;
    that the card is frozen and a review open is written by the watch."""

    text = Text(zh="{why}先由店长复核。", en="{why} A manager looks at it first.")
    rank = "limit"
    recorded = True


class BuyerNotListed(Refusal):
    """Somebody else buys in the member's name, and she has not said that they may."""

    text = WHY
    rank = "credential"


class UserLimitReached(Refusal):
    """Somebody else has bought enough on the account for one day."""

    text = WHY
    rank = "limit"


class RegistrationInvalid(Refusal):
    text = WHY
    rank = "standing"


class CardNotNamed(Refusal):
    text = WHY
    status = 422
    rank = "input"


class MembersOnly(Refusal):
    text = WHY
    status = 403
    rank = "permission"


class IdNotShown(Refusal):
    text = WHY
    rank = "credential"


class BenefitNotGiven(Refusal):
    text = WHY
    rank = "limit"


class BalanceTooLow(ledger.BalanceTooLow):
    """The ledger's refusal, told with the clause's own sentence."""

    text = WHY

    def __init__(self, *, why: object, has: int = 0, needs: int = 0, unit: str = "", **more: object) -> None:
        super().__init__(unit=unit, has=has, needs=needs, why=why, **more)


class UnknownBenefit(Refusal):
    text = Text(zh="章程里没有“{given}”这项权益。", en="The rulebook has no benefit “{given}”.")
    status = 422
    rank = "input"


class UnknownSku(Refusal):
    text = Text(zh="没有货号 {sku}。", en="No product has the number {sku}.")
    status = 422
    rank = "existence"


class NotPriced(Refusal):
    text = Text(zh="货号 {sku} 在此时此店没有价格。", en="Product {sku} has no price at this shop and moment.")
    status = 422
    rank = "existence"


class UnknownMember(Refusal):
    text = Text(zh="没有这位会员：{given}。", en="No such member: {given}.")
    status = 404
    rank = "existence"


class MembershipNotActive(Refusal):
    text = Text(
        zh="会员资格为“{standing}”，不能享受会员待遇。", en="The membership is {standing}; it gives nothing now."
    )
    rank = "standing"


class CardNotUsable(Refusal):
    """`said` what became of the card and what to do; `status` and `card` in short."""

    text = Text(zh="这张卡（{status}）不能使用。{said}", en="This card is {status} and cannot be used. {said}")
    rank = "credential"


class CardOfAnother(Refusal):
    text = Text(zh="出示的卡不是这位会员的。", en="The card shown is not this member's.")
    rank = "credential"


class NeedsMember(Refusal):
    text = Text(zh="没有会员，不能用积分、券或会员权益。", en="Points, coupons and benefits take a member.")
    status = 422
    rank = "input"


class ShopNeeded(Refusal):
    text = Text(zh="请写明门店。", en="Name the shop.")
    status = 422
    rank = "input"


class TendersDiffer(Refusal):
    text = Text(
        zh="应收 {due:yuan}，各种付款合计 {given:yuan}。", en="{due:yuan} is due; the tenders come to {given:yuan}."
    )
    status = 422
    rank = "input"


class AmountTooLarge(Refusal):
    text = Text(zh="金额太大。", en="The amount is too large.")
    status = 422
    rank = "input"


class QuoteChanged(Refusal):
    text = Text(
        zh="报价已变：现应收 {due:yuan}，原为 {quoted:yuan}。",
        en="The quote has changed: {due:yuan} is due now, {quoted:yuan} was shown.",
    )
    rank = "state"


class SaleUnknown(Refusal):
    text = Text(zh="没有这张销售单：{sale}。", en="No such sale: {sale}.")
    status = 404
    rank = "existence"


class LineUnknown(Refusal):
    text = Text(zh="这张单没有第 {line} 行。", en="The sale has no line {line}.")
    status = 422
    rank = "existence"


class MoreThanSold(Refusal):
    text = Text(
        zh="第 {line} 行只余 {left} 件可退，要退 {given} 件。",
        en="Line {line} has {left} left to return; {given} were asked.",
    )
    rank = "limit"


class AlreadyReturned(Refusal):
    text = Text(zh="这张单已全部退回。", en="Everything on this sale has already come back.")
    rank = "state"


class ShortfallUnsettled(Refusal):
    text = Text(zh="{why} 结清后才能退货。", en="{why} The return waits until this is settled.")
    rank = "balance"


class ReturnBeforeSale(Refusal):
    text = Text(zh="退回的时刻早于售出或兑换的时刻。", en="The return would be earlier than what comes back.")
    status = 422
    rank = "input"


class VoidWindowClosed(Refusal):
    text = Text(
        zh="只能作废当日且未退过货的单，请走退货。",
        en="Only a sale of the same day with no return can be voided; take a return instead.",
    )
    rank = "window"


class RedemptionUnknown(Refusal):
    text = Text(zh="没有这笔兑换：{redemption}。", en="No such redemption: {redemption}.")
    status = 404
    rank = "existence"


class GiftUnknown(Refusal):
    text = Text(zh="章程里没有赠礼“{gift}”。", en="The rulebook gives no gift “{gift}”.")
    status = 404
    rank = "existence"


class GiftAlreadyReturned(Refusal):
    text = Text(zh="这件礼品已退回。", en="This gift has already come back.")
    rank = "state"


BY_CODE: dict[str, type[Refusal]] = {
    each.__name__: each
    for each in (
        OutsideWindow, NotOnOpeningSale, NotAtThisShop, LimitReached, MoreThanDue, TooFewPoints, CardNotShown, NotInPerson,
        RightNotHeld, RightUsed, WayNotOffered, BenefitNotGiven, BalanceTooLow, NotTogether, NotYet, NotIssuingShop,
        IdNotShown, BuyerNotListed, UserLimitReached, MembersOnly, RegistrationInvalid, CardNotNamed, UnusualUse, AmountOutside,
        NothingToRefund, LawForbids, RightNotFree, CouponNotFor, MinimumNotMet, CouponNotOffered, AllGone,
    )
} | packages.BY_CODE  # fmt: skip
