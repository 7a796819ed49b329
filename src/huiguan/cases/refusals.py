"""What the room refuses, by name."""

from __future__ import annotations

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text


class ProcedureUnknown(Refusal):
    text = Text(zh="章程里没有“{procedure}”这个程序。", en="The rulebook has no procedure {procedure}.")
    status = 404
    rank = "existence"


class MatterUnknown(Refusal):
    """Also where it is there and not for the asking person: nobody learns which numbers exist."""

    text = Text(zh="没有事项 {matter}。", en="There is no matter {matter}.")
    status = 404
    rank = "existence"


class SubjectUnknown(Refusal):
    """No room has registered what the procedure is of."""

    text = Text(zh="“{subject}”类事项还办不了。", en="Matters of {subject} cannot be handled here.")
    rank = "window"


class NotForYouToOpen(Refusal):
    text = Text(zh="“{procedure}”不由您提出。", en="{procedure} is not for you to open.")
    status = 403
    rank = "permission"


class MatterEnded(Refusal):
    """`state` in both languages."""

    text = Text(zh="事项 {matter}{state}，不能再改。", en="Matter {matter} is {state} and changes no more.")
    rank = "state"


class MatterMovedOn(Refusal):
    """Somebody was first: the matter is not where the reviewer saw it."""

    text = Text(
        zh="事项 {matter} 已被他人处理，现在是“{stage}”，请刷新后再看。",
        en="Matter {matter} was handled by somebody else; it is at “{stage}” now. Look again.",
    )
    rank = "state"


class NotYourStage(Refusal):
    text = Text(zh="“{stage}”由{by}办理。", en="“{stage}” is for {by}.")
    status = 403
    rank = "permission"


class MakerMayNotDecide(Refusal):
    text = Text(
        zh="填报人不能审批自己经手的事项，请由他人办理。",
        en="Whoever filled it in does not decide it; somebody else must.",
    )
    status = 403
    rank = "permission"


class ConcernsHerself(Refusal):
    """Of a verdict, a vote or a place on the roll of a meeting. `name`: whom the matter is about."""

    text = Text(
        zh="此事关系到{name}本人，须回避，由他人办理。",
        en="This is about {name}, who takes no part in deciding it; somebody else must.",
    )
    status = 403
    rank = "permission"


class DecidedBefore(Refusal):
    """The same person twice in one stage, or, for an appeal, in the matter appealed against."""

    text = Text(zh="您已就此作过决定，须由他人办理。", en="You have decided on this already; somebody else must.")
    status = 403
    rank = "permission"


class BallWithApplicant(Refusal):
    text = Text(zh="事项已退回申请人，等申请人补正。", en="It is with the applicant, who has to correct it.")
    rank = "state"


class NotYourTurn(Refusal):
    text = Text(zh="“{stage}”由会方办理，现在改不了。", en="“{stage}” is with the house; it cannot be changed now.")
    rank = "state"


class ReasonForApplicantNeeded(Refusal):
    text = Text(zh="{verdict}要写明申请人看得到的理由。", en="{verdict} takes a reason the applicant can read.")
    status = 422
    rank = "input"


class RenewalReasonNeeded(Refusal):
    text = Text(
        zh="换发查询码要写明为什么，申请人会看到。", en="A code is renewed for a reason the applicant can read."
    )
    status = 422
    rank = "input"


class OwnAddressFirst(Refusal):
    text = Text(
        zh="这个查询码会方也知道，材料先不打开。请用您自己的手机或邮箱换一个查询码。",
        en="The house knows this code, so papers stay closed. Get another one by your own phone or mailbox.",
    )
    status = 403
    rank = "permission"


class ItemUnanswered(Refusal):
    text = Text(zh="“{item}”还没有判断。", en="“{item}” has not been judged.")
    status = 422
    rank = "input"


class ItemNotMet(Refusal):
    text = Text(zh="“{item}”判为不符合，不能同意。", en="“{item}” was judged not met; it cannot be passed.")
    rank = "state"


class ScoreTooLow(Refusal):
    text = Text(zh="得 {score} 分，及格 {needs} 分。", en="{score} {score:point|points}; {needs} are needed.")
    rank = "limit"


class SeenNeeded(Refusal):
    text = Text(zh="现场核验要写明地点和日期。", en="A look on site names its place and day.")
    status = 422
    rank = "input"


class StageNotMet(Refusal):
    """`why` in both languages: what still stands in the way."""

    text = Text(zh="还不能通过：{why}", en="It cannot pass yet: {why}")
    rank = "state"


class DoneByTheHouse(Refusal):
    text = Text(
        zh="“{stage}”由系统办理，不由人决定。", en="“{stage}” is done by the house itself, by nobody’s verdict."
    )
    rank = "state"


class ExtendedBefore(Refusal):
    text = Text(zh="“{stage}”不能延期，或已延过一次。", en="“{stage}” cannot be extended, or was once already.")
    rank = "limit"


class QuotaFull(Refusal):
    text = Text(zh="{why}", en="{why}")
    rank = "limit"


class CallClosed(Refusal):
    text = Text(
        zh="现在不受理申请，{since:day} 至 {until:day} 受理。",
        en="No applications are taken now; they are from {since:day} to {until:day}.",
    )
    rank = "window"


class EarlierMatterNeeded(Refusal):
    text = Text(
        zh="要先有一件{outcome}的“{procedure}”，并写明编号。",
        en="It follows a matter of {procedure} that is {outcome}; name its number.",
    )
    rank = "window"


class TooLateToFollow(Refusal):
    text = Text(zh="最迟 {until:moment} 提出，已经过了。", en="It had to be opened by {until:moment}.")
    rank = "window"


class FollowedBefore(Refusal):
    text = Text(
        zh="至多 {times} 次，已经提过了。", en="It may be followed {times} {times:time|times} at most and was already."
    )
    rank = "limit"


class AlreadyOpen(Refusal):
    text = Text(zh="已有一件未办完的：{matter}。", en="One is open already: {matter}.")
    rank = "state"


class AppliedAlready(Refusal):
    """Another application with the same identity number or credit code is under way. It does not say whose."""

    text = Text(
        zh="同一证件号或信用代码已有一件申请在办。", en="An application with the same number is under way already."
    )
    rank = "state"


class CodeWrong(Refusal):
    text = Text(zh="编号或查询码不对。", en="The number or the code is wrong.")
    status = 403
    rank = "permission"


class CodeLocked(Refusal):
    text = Text(
        zh="查询码错了五次，已锁定；请向会方申请换发。",
        en="Five wrong codes: it is locked. Ask the house for a new one.",
    )
    status = 403
    rank = "permission"


class NotPosted(Refusal):
    text = Text(zh="事项 {matter} 现在没有公示。", en="Matter {matter} is not on notice now.")
    status = 404
    rank = "existence"


class ObjectionAnswered(Refusal):
    text = Text(zh="这条异议已经答复。", en="That objection has been answered.")
    rank = "state"


class InvitationUnknown(Refusal):
    text = Text(zh="这个推荐链接无效或已用过。", en="This invitation is not known or was answered.")
    status = 404
    rank = "existence"


class NotRecommended(Refusal):
    """A stage where recommenders are asked and no more are needed, or none may be."""

    text = Text(zh="现在不需要推荐人。", en="No recommender is asked for now.")
    rank = "state"


class NoBallot(Refusal):
    text = Text(zh="现在没有进行中的表决。", en="No vote is under way.")
    rank = "state"


class VoteCast(Refusal):
    text = Text(zh="第 {place} 席已经表决，不能再改。", en="Place {place} has voted; a vote is not changed.")
    rank = "state"


class NotOnRoll(Refusal):
    """Places that are not on the roll, for they were vacant when the vote opened."""

    text = Text(zh="第 {place} 席不在这次表决的名册上。", en="Place {place} is not on the roll of this vote.")
    status = 422
    rank = "input"


class RemoteNotAllowed(Refusal):
    text = Text(zh="{body}不接受不到会表决。", en="{body} takes no votes from afar.")
    rank = "permission"


class RemoteConsentNeeded(Refusal):
    text = Text(zh="不到会表决，须写明本人的书面同意。", en="A vote from afar names the written consent it rests on.")
    status = 422
    rank = "input"


class NotTheRecorder(Refusal):
    text = Text(
        zh="表决由{body}的秘书、主持人或会员工作人员记录。",
        en="Votes are recorded by {body}’s secretary or chair, or by who handles matters.",
    )
    status = 403
    rank = "permission"


class WatcherUnknown(Refusal):
    text = Text(zh="章程没有要求这位监票人：{watcher}。", en="The rulebook asks for no watcher {watcher}.")
    status = 422
    rank = "input"


class MandateNotForeseen(Refusal):
    text = Text(zh="章程没有让{body}授权{to}代为决定。", en="The rulebook does not let {body} have {to} decide for it.")
    rank = "window"


class MandateNotRunning(Refusal):
    text = Text(zh="现在没有这样的授权。", en="There is no such mandate now.")
    rank = "state"
