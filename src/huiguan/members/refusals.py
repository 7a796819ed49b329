"""What this room refuses, by name."""

from __future__ import annotations

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.members.referral_refusals import ReferrerUnknown as ReferrerUnknown


class PhoneTaken(Refusal):
    text = Text(zh="手机号已属于会员 {number} {name}。", en="This phone number belongs to member {number}, {name}.")
    rank = "limit"


class PhoneDormant(Refusal):
    """The phone's holder has long not been seen: the number may be another person's now."""

    text = Text(
        zh="手机号登记在会员 {number} {name}名下，{seen:day}以后没有来过。若号码已换了主人，请注明，并填生日或身份证号。",
        en="This phone belongs to member {number}, {name}, last seen on {seen:day}. If it has another owner now, say so and give a birthday or identity number.",
    )
    rank = "limit"


class SecondFactNeeded(Refusal):
    """Nothing in the form tells the new owner of a phone from the former one."""

    text = Text(
        zh="看不出与原号主 {number} {name}是两个人：生日或身份证号须与原号主的不同。",
        en="Nothing tells them from the former owner, {number} {name}: birthday or identity number must differ.",
    )
    rank = "limit"


class NumberTaken(Refusal):
    text = Text(zh="会员号 {number} 已在使用。", en="The member number {number} is in use.")
    rank = "limit"


class CardTaken(Refusal):
    """A card number is given once and never again."""

    text = Text(zh="卡号 {number} 已发放过。", en="The card number {number} has been issued before.")
    rank = "limit"


class CardHeld(Refusal):
    """She holds a card already: the next one replaces it."""

    text = Text(
        zh="已持有卡 {number}，换卡请走补卡。", en="The member holds the card {number}; a further one replaces it."
    )


class NoCardHeld(Refusal):
    text = Text(zh="该会员没有卡。", en="This member holds no card.")


class CardNotActive(Refusal):
    text = Text(zh="卡 {number} 已不在使用。", en="The card {number} is no longer in use.")


class NotOfAge(Refusal):
    """Joining goes by age, and the birthday is missing, too late or too early."""

    text = Text(zh="{why}", en="{why}")
    rank = "limit"


class PurchaseNeeded(Refusal):
    """Joining takes a purchase that is not there, or is too small."""

    text = Text(zh="{why}", en="{why}")
    rank = "limit"


class CardNeeded(Refusal):
    """Holding the card makes the member."""

    text = Text(zh="{why}", en="{why}")
    status = 422
    rank = "input"


class CardFeeDiffers(Refusal):
    """What was paid for the card is not what it costs."""

    text = Text(zh="{why}", en="{why}")
    rank = "limit"


class StaffCannotJoin(Refusal):
    text = Text(zh="{why}", en="{why}")
    status = 403
    rank = "permission"


class CardNotWaiting(Refusal):
    text = Text(zh="卡 {number} 不待开通。", en="The card {number} is not waiting to be opened for use.")


class CardFrozen(Refusal):
    """Nothing is done with the card until somebody has looked and let it go."""

    text = Text(
        zh="卡 {number} 已冻结，先在“复核”里放行。",
        en="The card {number} is frozen; it must be released under Reviews first.",
    )
    rank = "credential"


class HeldByMeasure(Refusal):
    """A measure froze the card: it is let go when that is over."""

    text = Text(
        zh="卡因处分 {measure} 冻结，处分到期或撤销后才放开。",
        en="Measure {measure} holds the card; it is let go when that is over or taken back.",
    )
    rank = "state"


class NothingToReview(Refusal):
    text = Text(zh="会员 {number} 没有待复核的卡。", en="Nothing of member {number} waits for a review.")


class PaperNeeded(Refusal):
    """The rulebook lets a frozen card go only against an identity paper."""

    text = Text(zh="放行前须核对本人证件。", en="The holder's identity paper must be checked before it is released.")
    rank = "credential"


class PackageNeeded(Refusal):
    """The card is handed out once a package is paid for."""

    text = Text(zh="{why}", en="{why}")
    rank = "limit"


class CardNotTransferable(Refusal):
    """The card is its holder's alone."""

    text = Text(zh="{why}", en="{why}")
    rank = "limit"


class ReplacementTooLate(Refusal):
    """A lost card is replaced within so many days, or not at all."""

    text = Text(zh="{why}", en="{why}")
    rank = "window"


class ReplacementsUsedUp(Refusal):
    text = Text(zh="{why}", en="{why}")
    rank = "limit"


class TierNotReached(Refusal):
    """The tier whose card is asked for has not been reached."""

    text = Text(zh="{why}", en="{why}")
    rank = "limit"


class OldCardNotReturned(Refusal):
    """The card of a higher tier is handed out against the old one."""

    text = Text(zh="请先收回原卡 {number}，再发新卡。", en="Take the old card {number} back first.")


class NoCardsIssued(Refusal):
    """The phone is the account; there is nothing to hand out."""

    text = Text(zh="会员账号就是手机号码，不发卡。", en="The mobile number is the account; no cards are issued.")
    status = 422
    rank = "input"


class RelationNotAdmitted(Refusal):
    """The rulebook does not let such people use a member's account."""

    text = Text(zh="{why}", en="{why}")
    rank = "limit"


class UserListed(Refusal):
    text = Text(zh="{name}已在共用名单上。", en="{name} is on the list already.")
    rank = "state"


class UserNotListed(Refusal):
    text = Text(zh="{name}不在共用名单上。", en="{name} is not on the list.")
    status = 404
    rank = "existence"


class MemberSuspended(Refusal):
    text = Text(zh="会员 {number} 已暂停：{reason}。", en="Member {number} is suspended: {reason}.")
    rank = "standing"


class AlreadySuspended(Refusal):
    text = Text(zh="会员 {number} 已经是暂停状态。", en="Member {number} is suspended already.")
    rank = "standing"


class NotSuspended(Refusal):
    text = Text(zh="会员 {number} 并未暂停。", en="Member {number} is not suspended.")
    rank = "standing"


class BillAlreadyRecorded(Refusal):
    text = Text(
        zh="单据 {bill} 已为会员 {number} 入过期初。", en="The bill {bill} has been entered for member {number}."
    )
    rank = "limit"


class ShopOutsideScope(Refusal):
    text = Text(zh="门店 {shop} 不在章程的适用范围内。", en="The rulebook does not cover the shop {shop}.")
    status = 403
    rank = "permission"


class RepeatedInFile(Refusal):
    """Two rows of a list are one person: which of them counts, nobody but her shop can say."""

    text = Text(zh="与第 {row} 行是同一{what}。", en="The same {what} as in row {row}.")
    status = 422
    rank = "input"


class PointsExpired(Refusal):
    """What was earned so long ago that the rulebook has cleared it."""

    text = Text(
        zh="{earned:day} 得到的积分按章程已清零。", en="By the rulebook, points earned on {earned:day} are cleared."
    )
    status = 422
    rank = "window"


class NothingToChange(Refusal):
    text = Text(zh="没有要改的内容。", en="There is nothing to change.")
    status = 422
    rank = "input"


class SameMember(Refusal):
    """A membership cannot go into itself."""

    text = Text(zh="{number} 就是同一个会员，无须合并。", en="Both name member {number}: there is nothing to merge.")
    status = 422
    rank = "input"


class AlreadyMerged(Refusal):
    text = Text(zh="会员 {number} 已并入 {into}。", en="Member {number} has been merged into {into}.")
    rank = "state"


class NotMerged(Refusal):
    text = Text(zh="会员 {number} 并未合并。", en="Member {number} has not been merged into another.")
    rank = "state"


class HoldsOthers(Refusal):
    """One that took in others is not absorbed itself: what is whose could no longer be told apart."""

    text = Text(
        zh="会员 {number} 已并入过 {others}：请反过来合并，或先撤销那次合并。",
        en="Member {number} has taken in {others}: merge the other way round, or undo that first.",
    )
    rank = "state"


class HoldsOpen(Refusal):
    """Units set aside stand on the lots that would move."""

    text = Text(
        zh="会员 {number} 还有预留未结（{units:points}），先了结再办。",
        en="Member {number} has {units:points} set aside in open holds; end them first.",
    )
    rank = "state"


class AlreadyLeft(Refusal):
    text = Text(zh="会员 {number} 已经退会。", en="Member {number} has left already.")


class StoredValueLeft(Refusal):
    """What she paid in is hers: it goes back before she leaves."""

    text = Text(
        zh="储值本金还有 {amount:yuan}，请先到门店退款，再退会。",
        en="{amount:yuan} of what was paid in is left: have it refunded at the shop first, then leave.",
    )
    rank = "balance"
