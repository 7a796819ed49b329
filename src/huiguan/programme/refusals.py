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
        en="{failed:count} of {examples:count} examples do not come out as they say.",
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
