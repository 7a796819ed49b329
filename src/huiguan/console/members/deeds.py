"""What is done to a member from her page, each asked in a sheet first: standing, who else may use her account; cards and
gifts stand in modules of their own."""

from __future__ import annotations

from collections.abc import Sequence

from huiguan.console.acting import Acting
from huiguan.console.members.asking import Blank, Deed, Form, always
from huiguan.console.members.bringing import REFERRER
from huiguan.console.members.card_deeds import CARD_DEEDS
from huiguan.console.members.coupon_deeds import COUPON_DEEDS
from huiguan.console.members.gift_deeds import GIFT_DEEDS
from huiguan.console.members.knowing import Member
from huiguan.console.members.life_deeds import LIFE_DEEDS
from huiguan.console.members.passing_deeds import PASSING_DEEDS
from huiguan.console.members.pooling import POOL_DEEDS
from huiguan.console.members.review_deeds import REVIEW_DEEDS
from huiguan.console.members.wallet_deeds import WALLET_DEEDS
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text, either
from huiguan.members import operations
from huiguan.members import queries as members
from huiguan.members.inputs import (
    AuthoriseUser,
    ReleasePhone,
    RestoreMember,
    SuspendMember,
    UnmergeMembers,
    WithdrawUser,
)

# ---- standing --------------------------------------------------------------------------------------------------------


def _suspend(now: Acting, member: Member, form: Form, key: str | None) -> Text:
    given = read(SuspendMember, {"member": member.told.number, "reason": form["reason"]})
    operations.suspend_member(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh=f"已暂停 · {form['reason']}", en=f"Suspended · {form['reason']}")


def _restore(now: Acting, member: Member, form: Form, key: str | None) -> Text:
    given = read(RestoreMember, {"member": member.told.number, "reason": form["reason"]})
    operations.restore_member(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh="已恢复", en="Restored")


# ---- who else may use the account ------------------------------------------------------------------------------------


def _authorise(now: Acting, member: Member, form: Form, key: str | None) -> Text:
    given = read(AuthoriseUser, {"member": member.told.number, "name": form["name"], "kin": form["kin"]})
    made = operations.authorise_user(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh=f"{made.name} 可以用这个账号了", en=f"{made.name} may use the account")


def _withdraw(now: Acting, member: Member, form: Form, key: str | None) -> Text:
    given = read(WithdrawUser, {"member": member.told.number, "name": form["name"]})
    made = operations.withdraw_user(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh=f"{made.name} 不能再用这个账号", en=f"{made.name} may use the account no more")


def _listed(member: Member) -> Sequence[Blank]:
    """Those who are on the list."""
    users = members.authorised_users(member.now.actor, member.told.number, member.now.at)
    choices = tuple((each.name, Text(zh=each.name, en=each.name)) for each in users)
    return (Blank("name", Text(zh="姓名", en="Name"), choices=choices),)


KIN = (
    ("colleague", Text(zh="同事", en="Colleague")),
    ("friend", Text(zh="朋友", en="Friend")),
    ("relative", Text(zh="亲人", en="Relative")),
)


# ---- a phone given up ------------------------------------------------------------------------------------------------


def _release(now: Acting, member: Member, form: Form, key: str | None) -> Text:
    given = read(ReleasePhone, {"member": member.told.number, "reason": form["reason"]})
    operations.release_phone(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh="号码已放开，别人可以用它入会", en="The number is free for another person")


# ---- a merge undone --------------------------------------------------------------------------------------------------


def _unmerge(now: Acting, member: Member, form: Form, key: str | None) -> Text:
    given = read(UnmergeMembers, {"member": form["member"], "reason": form["reason"]})
    made = operations.unmerge_members(actor=now.actor, at=now.at, given=given, key=key)
    zh, en = [f"{made.absorb} 又是单独的会员"], [f"{made.absorb} is her own again"]
    for unit, units in made.back.items():
        zh.append(f"带回 {units} 分")
        en.append(f"{units} {either(units, 'point went', 'points went')} back")
        gone = made.gone.get(unit, 0)
        if gone:
            zh.append(f"其间用掉或清零 {gone} 分")
            en.append(f"{gone} were spent or cleared meanwhile")
    return Text(zh=" · ".join(zh), en=" · ".join(en))


def _absorbed(member: Member) -> Sequence[Blank]:
    """Those merged into her; or herself, where she was merged into another."""
    numbers = member.told.formerly or (member.told.number,)
    choices = tuple((number, Text(zh=number, en=number)) for number in numbers)
    return (Blank("member", Text(zh="哪一个", en="Which"), choices=choices), _REASON)


_REASON = Blank("reason", Text(zh="为什么，会留在账上", en="Why; it is kept"))
DEEDS: dict[str, Deed] = {
    **CARD_DEEDS,
    **COUPON_DEEDS,
    **GIFT_DEEDS,
    **LIFE_DEEDS,
    **PASSING_DEEDS,
    **POOL_DEEDS,
    **REVIEW_DEEDS,
    **WALLET_DEEDS,
    "suspension": Deed(
        "suspend",
        Text(zh="暂停会员资格", en="Suspend the membership"),
        lambda member: Text(
            zh="暂停期间没有会员待遇；积分与券留着，到期照常清零。",
            en="It gives nothing meanwhile; points and coupons stay, and end when they would.",
        ),
        always(_REASON),
        Text(zh="暂停", en="Suspend"),
        _suspend,
    ),
    "restoration": Deed(
        "suspend",
        Text(zh="恢复会员资格", en="Restore the membership"),
        lambda member: Text(zh="从现在起恢复全部会员待遇。", en="Everything it gives is back from now on."),
        always(_REASON),
        Text(zh="恢复", en="Restore"),
        _restore,
    ),
    "referrer": REFERRER,
    "users": Deed(
        "edit_members",
        Text(zh="让谁也能用", en="Who else may use it"),
        lambda member: Text(
            zh="须会员同意。名单上的人买，积分记在会员账上。",
            en="With the member's consent. What those on the list buy earns for the member.",
        ),
        always(
            Blank("name", Text(zh="姓名", en="Name")),
            Blank("kin", Text(zh="是会员的", en="Is the member's"), choices=KIN),
        ),
        Text(zh="记上", en="Add"),
        _authorise,
    ),
    "users/withdrawal": Deed(
        "edit_members",
        Text(zh="从名单上去掉", en="Take off the list"),
        lambda member: Text(zh="从现在起不能再用会员的账号。", en="May use the account no more from now on."),
        _listed,
        Text(zh="去掉", en="Take off"),
        _withdraw,
    ),
    "phone": Deed(
        "edit_members",
        Text(zh="放开手机号", en="Give up the phone"),
        lambda member: Text(
            zh=f"从现在起，尾号 {member.told.phone_tail} 不再找到这位会员；账号、积分不变，凭会员号或卡号照样找到。",
            en=f"The phone ending in {member.told.phone_tail} finds this member no more; the account stays, under number and card.",
        ),
        always(_REASON),
        Text(zh="放开", en="Give it up"),
        _release,
    ),
    "unmerge": Deed(
        "correct",
        Text(zh="撤销合并", en="Undo a merge"),
        lambda member: Text(
            zh="带来的积分余下多少带回多少；合并以后买的、得的、用的留在合并后的会员。",
            en="Of the points that came along, what is left goes back; what was bought, earned and used since stays.",
        ),
        _absorbed,
        Text(zh="撤销", en="Undo"),
        _unmerge,
    ),
}
