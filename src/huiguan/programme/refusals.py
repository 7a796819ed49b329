"""What this room refuses, by name."""

from __future__ import annotations

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text


class ProgrammeCodeTaken(Refusal):
    text = Text(zh="已有代码为 {given} 的计划。", en="There is already a programme with the code {given}.")
    rank = "input"


class ProofMissing(Refusal):
    text = Text(zh="未经例证的章程不能发布。", en="A rulebook is not published without a proof.")


class ProofOfAnotherSource(Refusal):
    text = Text(zh="这份例证验的是另一份章程。", en="This proof was made for another source.")


class ProofFailed(Refusal):
    text = Text(
        zh="{examples:count} 个例子中有 {failed:count} 个与章程不符。",
        en="{failed:count} of {examples:count} {examples:example|examples} {failed:does|do} not come out as {failed:it says|they say}.",
    )


class PublicationInPast(Refusal):
    text = Text(
        zh="生效时刻 {given:moment} 早于现在 {now:moment}：已发生的销售不会改判。",
        en="It would take effect at {given:moment}, before now ({now:moment}): what has happened is not judged anew.",
    )
    status = 422
    rank = "input"


class LaterVersionScheduled(Refusal):
    text = Text(
        zh="第 {number} 版已定于 {scheduled:moment} 生效，新版不能早于它；同一时刻则取代它。",
        en="Version {number} is scheduled for {scheduled:moment}: a new one takes effect then, replacing it, or later.",
    )
    rank = "window"


class NoRulebookInForce(Refusal):
    text = Text(zh="{given:moment} 尚无章程生效。", en="No rulebook was in force at {given:moment}.")
    rank = "existence"


class DraftChanged(Refusal):
    """Somebody saved another revision in the meantime."""

    text = Text(
        zh="{by}在此期间存了第 {latest} 稿，您是从第 {given} 稿改起的，没有覆盖。",
        en="{by} saved revision {latest} meanwhile; you began from revision {given}, so nothing was overwritten.",
    )


class DraftClosed(Refusal):
    """It was published or withdrawn; `state` says which."""

    text = Text(zh="草案 {number} 已{state}，不能再改。", en="Draft {number} is {state}: it no longer changes.")


class DraftNotSubmitted(Refusal):
    text = Text(zh="草案 {number} 还没有提交核准。", en="Draft {number} has not been submitted for approval.")


class DraftNotApproved(Refusal):
    text = Text(zh="草案 {number} 还没有另一人核准。", en="Draft {number} has not been approved by a second person.")


class AlreadyApproved(Refusal):
    text = Text(zh="草案 {number} 已由{by}核准。", en="Draft {number} has been approved already, by {by}.")


class AlreadySubmitted(Refusal):
    text = Text(zh="草案 {number} 已经提交。", en="Draft {number} has been submitted already.")


class OwnDraft(Refusal):
    text = Text(
        zh="您写过这份草案，须由没有写过它的人核准。",
        en="You wrote in this draft; somebody who did not must approve it.",
    )
    status = 403
    rank = "permission"


class PersonNeeded(Refusal):
    text = Text(zh="这一步须由员工本人办理，程序不能代办。", en="A person on the staff must do this; a program cannot.")
    status = 403
    rank = "permission"


class LeftTheStaff(Refusal):
    text = Text(zh="{name}此刻没有{power}的岗位，不能核准。", en="{name} holds no post for this now ({power}).")
    status = 403
    rank = "permission"


class NothingChanged(Refusal):
    text = Text(
        zh="草案与第 {version} 版一字不差，没有可核准的。",
        en="The draft is version {version} to the letter: there is nothing to approve.",
    )


class DraftOvertaken(Refusal):
    """A version was published since the draft began: publishing it would undo that version unseen."""

    text = Text(
        zh="草案从第 {based_on} 版改起，其后已发布第 {latest} 版；请并入第 {latest} 版的改动再提交。",
        en="The draft began from version {based_on}; version {latest} was published since. Take its changes in first.",
    )


class ApprovalNeeded(Refusal):
    """A version after the first is published from a draft that a second person approved."""

    text = Text(
        zh="第一版之后的章程须先写成草案，由另一人核准。",
        en="After the first version, a rulebook is drafted, and approved by a second person.",
    )
    status = 403
    rank = "permission"


class NoticeTooShort(Refusal):
    """The version in force says how many days before its successor is announced."""

    text = Text(
        zh="{clause}：公布当天不计，须满 {days} 天才生效，最早 {earliest:moment}。",
        en="{clause}: {days} whole {days:day lies|days lie} between publication and effect, so {earliest:moment} at the earliest.",
    )
    rank = "window"


class BeginsElsewhere(Refusal):
    """The version in force lets its successor begin at the first moment of a day, a month or a year only."""

    text = Text(
        zh="{clause}：新版只从{begins}的开头生效，下一个是 {earliest:moment}。",
        en="{clause}: a version begins with {begins} only, the next one being {earliest:moment}.",
    )
    rank = "window"


class VersionUnresolved(Refusal):
    """The version in force has its successor passed by a body, whose resolution is named."""

    text = Text(
        zh="{clause}：修订须经{body}通过，请写明是哪一份决议。",
        en="{clause}: a new version is passed by {body}. Name the resolution.",
    )
    status = 422
    rank = "input"


class ExampleNotFailed(Refusal):
    """Only what came out otherwise in the proof of the present text can be set aside."""

    text = Text(
        zh="在这一稿的例证里，“{says}”没有不符，不必搁置。",
        en="In the proof of this text “{says}” does not differ; there is nothing to set aside.",
    )
