"""What this room refuses, by name."""

from __future__ import annotations

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text


class NotSignedIn(Refusal):
    """The visit ended, here or from another device, or never was."""

    text = Text(zh="请先用手机号登录。", en="Sign in with your phone first.")
    status = 401
    rank = "permission"


class AlreadyMember(Refusal):
    text = Text(zh="这个手机号已经是会员了。", en="This phone is a member's already.")


class FactDiffers(Refusal):
    """What was told does not fit the member the phone belonged to; how it differs is not told."""

    text = Text(
        zh="与登记的不符。号码若已换了主人，请直接入会。",
        en="That is not what we have on record. If the number is newly yours, join instead.",
    )
    status = 403
    rank = "permission"


class FactTriedTooOften(Refusal):
    text = Text(
        zh="试错次数太多，请到门店出示证件办理。",
        en="Too many wrong answers. Please come to the shop with your identity document.",
    )
    status = 429
    rank = "permission"


class NotAnotherPerson(Refusal):
    """The form of a phone's new owner says nothing that tells her from the former one."""

    text = Text(
        zh="看不出与这个号码从前的会员是两个人，请到门店办理。",
        en="Nothing in the form tells you from the number's former member. Please come to the shop.",
    )
    rank = "limit"


class FieldNotYours(Refusal):
    """What gives something, or is found by: a person at the counter changes it, against a paper."""

    text = Text(zh="{title}请到门店凭证件更改。", en="{title} is changed at the shop, against a paper.")
    status = 403
    rank = "permission"


class PhoneAnothers(Refusal):
    """Whose it is is not told."""

    text = Text(
        zh="这个号码已登记在别处，请到门店办理。", en="This number is registered already. Please come to the shop."
    )
    rank = "limit"


class ConsentNeeded(Refusal):
    text = Text(zh="入会须先同意：{title}。", en="Joining takes your agreement: {title}.")
    status = 422
    rank = "input"


class TooManyBegun(Refusal):
    """From one place of the net within an hour, whoever it was."""

    text = Text(
        zh="这里一小时内开始的申请太多了，请过 {minutes} 分钟再来；已经开始的照样可以接着填。",
        en="Too many applications were begun from here within an hour. Come back in {minutes} {minutes:minute|minutes}; those begun go on.",
    )
    status = 429
    rank = "limit"


class TooManyDrafts(Refusal):
    text = Text(
        zh="这里已有 {most} 件没提交的申请。先提交或撤回其中一件，再开始新的。",
        en="There are {most} {most:application|applications} here that were not handed in. Hand one in or take it back before you begin another.",
    )
    status = 429
    rank = "limit"


class SensitiveConsentNeeded(Refusal):
    text = Text(
        zh="{title}须先单独同意敏感资料一项。", en="{title} takes your separate agreement on sensitive data first."
    )
    rank = "input"
    status = 422


class ConsentStays(Refusal):
    """What membership itself rests on ends with the membership only."""

    text = Text(
        zh="{title}是会员关系的前提，退会时一并终止。",
        en="Membership rests on this ({title}); it ends when you leave.",
    )


class MemberCodeForged(Refusal):
    text = Text(zh="这不是本店发出的会员码。", en="This member code was not issued here.")
    status = 422
    rank = "credential"


class NoOwnPhone(Refusal):
    """What takes a code at her own phone, where there is none on record."""

    text = Text(
        zh="您的档案里没有手机号，请带证件到门店办理。",
        en="There is no phone on your record: come to the shop with your identity paper.",
    )
    status = 409
    rank = "credential"


class MemberCodeExpired(Refusal):
    text = Text(
        zh="会员码已过一分钟（{ago} 秒前失效），请会员刷新后再扫。",
        en="The member code is over its minute (ended {ago} s ago): have it refreshed and scan again.",
    )
    rank = "credential"


class MemberCodeTaken(Refusal):
    """Photographed, or shown twice: somebody else scanned it first."""

    text = Text(
        zh="这个会员码刚在别处扫过，请会员刷新后再扫。",
        en="This member code was scanned elsewhere a moment ago: have it refreshed and scan again.",
    )
    rank = "credential"


class MemberCodeUsed(Refusal):
    text = Text(zh="这个会员码已用过一次，请会员刷新。", en="This member code has been used: have it refreshed.")
    rank = "credential"


class MemberCodeNotTaken(Refusal):
    """It pays only where it was scanned, within ten minutes."""

    text = Text(zh="请先扫会员码。", en="Scan the member code first.")
    rank = "credential"


class NoConsentToShare(Refusal):
    """Nobody outside is told of a member without her consent for that recipient, unless the law asks for it."""

    text = Text(
        zh="会员没有同意向“{recipient}”提供资料。", en="The member has not agreed to be shared with {recipient}."
    )
    status = 403
    rank = "permission"


class StillMember(Refusal):
    """Data goes after the membership; what was erased is erased."""

    text = Text(
        zh="{given} 不是已离开的会员，或资料已删除。", en="{given} is no former member, or the data was erased already."
    )
    rank = "state"


class NothingToErase(Refusal):
    """There is no such application, it belongs to a member, or it was erased."""

    text = Text(
        zh="{given} 没有可以单独删除的资料：已成为会员的随会员资料删除，删过的不再删。",
        en="There is nothing to erase by {given} alone: a member's goes with the membership, and what was erased is erased.",
    )
    rank = "state"


class StillTied(Refusal):
    """What she owes or holds needs her data."""

    text = Text(zh="还有没了结的：{ties}。", en="Not settled yet: {ties}.")
    rank = "balance"
