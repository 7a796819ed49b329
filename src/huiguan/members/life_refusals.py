"""What is refused of a membership's life: joining as somebody one is not, renewing, leaving, coming back."""

from __future__ import annotations

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text


class NotInForce(Refusal):
    """The membership is not active: it waits, has lapsed, or is over."""

    text = Text(zh="会员 {number} 现为“{standing}”，办不了。", en="Member {number} is {standing} now.")
    rank = "standing"


class NoSuchType(Refusal):
    text = Text(zh="{why}", en="{why}")
    status = 422
    rank = "input"


class NotByApplication(Refusal):
    """Such members are named by the house."""

    text = Text(zh="{why}", en="{why}")
    rank = "permission"


class NotForTheseMembers(Refusal):
    """The procedure is for members of a segment she is not in."""

    text = Text(zh="“{procedure}”只收“{segment}”的会员。", en="{procedure} is for these members only: {segment}.")
    rank = "standing"


class NotRenewable(Refusal):
    """The membership has no end, or its end is too far."""

    text = Text(zh="{why}", en="{why}")
    rank = "window"


class NoSuchGround(Refusal):
    """The rulebook knows no such ground of leaving, or it is not the member's to name."""

    text = Text(zh="{why}", en="{why}")
    status = 422
    rank = "input"


class StillEncumbered(Refusal):
    """Something must be cleared before the membership ends."""

    text = Text(zh="{why}", en="{why}")
    rank = "balance"


class ExitByProcedure(Refusal):
    """A member does not leave so by a word: it is asked for and decided on."""

    text = Text(
        zh="“{called}”须按“{procedure}”申请，批准才退出。",
        en="{called} is asked for by “{procedure}”, and is no leaving before it is passed.",
    )
    rank = "state"


class GroundUnproved(Refusal):
    """The paper that goes with the ground does not lie with the member."""

    text = Text(
        zh="“{called}”须有材料“{paper}”，还没有交来或不合格。",
        en="{called} takes the paper {paper}, which is not there or was found wanting.",
    )
    rank = "state"


class NotYetDue(Refusal):
    """Another thing is settled first."""

    text = Text(zh="{why}", en="{why}")
    rank = "state"


class EncumbranceOpen(Refusal):
    text = Text(zh="“{ref}”已经登记，尚未了结。", en="{ref} is on record already and not cleared.")
    rank = "state"


class NoEncumbrance(Refusal):
    text = Text(zh="没有登记“{ref}”，或已了结。", en="{ref} is not on record, or cleared already.")
    status = 404
    rank = "existence"


class ExitAsked(Refusal):
    text = Text(
        zh="会员 {number} 已经在办退出，{on:day}零点起。", en="Member {number} is leaving already, from {on:day}."
    )
    rank = "state"


class NotLeaving(Refusal):
    text = Text(zh="会员 {number} 没有在办退出。", en="Member {number} is not leaving.")
    rank = "state"


class Barred(Refusal):
    """She was put out, or an organisation under the same code was, and may not come back yet."""

    text = Text(zh="{why}", en="{why}")
    rank = "standing"


class MemberAlready(Refusal):
    """Somebody with the same identity number or credit code is a member."""

    text = Text(
        zh="证件号或信用代码已属于会员 {number}（{standing}）。",
        en="Member {number} ({standing}) has that number already.",
    )
    rank = "limit"


class IdentityTaken(Refusal):
    """What is one person's alone is on record of somebody who is a member or was one; it is not told of whom."""

    text = Text(
        zh="{title}已经登记过会员，不能再用它入会。是您本人的，请用原来的会员身份，或带证件到门店办理。",
        en="{title}: it is on record of a member already and cannot join twice. If it is yours, use your membership, or come to the shop with your paper.",
    )
    rank = "limit"


class RowsNotAsAsked(Refusal):
    """A list of the form has too few rows of a sort, or too many."""

    text = Text(zh="{why}", en="{why}")
    rank = "limit"


class StricterWay(Refusal):
    """She left on a ground from which another procedure leads back."""

    text = Text(zh="{why}", en="{why}")
    rank = "state"


class NotFrozen(Refusal):
    text = Text(zh="会员 {number} 并未停用。", en="Member {number} is not stopped.")
    rank = "standing"


class NoSuchCertificate(Refusal):
    """The rulebook knows no such certificate for her, or none of that number is good."""

    text = Text(zh="没有这张证书：{given}。", en="There is no certificate {given}.")
    status = 404
    rank = "existence"


class CertificateHeld(Refusal):
    text = Text(
        zh="已有证书 {number}；遗失或损坏请补发。",
        en="The certificate {number} is good; have it reissued where it is lost.",
    )
    rank = "state"


class PrimaryNamed(Refusal):
    """One contact alone is the first."""

    text = Text(zh="主联系人已是{name}，先结束或另定。", en="The first contact is {name} already; that ends first.")
    rank = "state"


class PrimaryUnreached(Refusal):
    """The first contact is told by both ways."""

    text = Text(zh="主联系人要有手机和邮箱。", en="The first contact takes a mobile and a mailbox.")
    status = 422
    rank = "input"


class RelationUnknown(Refusal):
    text = Text(zh="{number} 没有这条现行的关系。", en="{number} has no such relation that runs.")
    status = 404
    rank = "existence"
