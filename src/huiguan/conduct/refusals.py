"""What the room refuses, by name."""

from __future__ import annotations

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

_WHY = Text(zh="{why}", en="{why}")


class DutyUnknown(Refusal):
    """A code the rulebook in force does not know. `near`: what may have been meant."""

    text = Text(zh="章程里没有“{given}”这项义务。{near}", en="The rulebook knows no duty {given}.{near}")
    status = 404
    rank = "existence"


class MeasureUnknown(Refusal):
    text = Text(zh="章程里没有“{given}”这项措施。{near}", en="The rulebook knows no measure {given}.{near}")
    status = 404
    rank = "existence"


class DutyNotHers(Refusal):
    """`why` in both languages: whom the duty binds."""

    text = _WHY
    rank = "limit"


class TooFewBreaches(Refusal):
    """`why`: how many it takes."""

    text = _WHY
    rank = "limit"


class MeasureNotAdmitted(Refusal):
    """`why`: what may follow."""

    text = _WHY
    rank = "limit"


class BreachUnknown(Refusal):
    text = Text(zh="没有编号为 {given} 的违规记录。", en="There is no breach {given}.")
    status = 404
    rank = "existence"


class BreachSettled(Refusal):
    """Measures were proposed for it, or it was dismissed."""

    text = Text(zh="{number}已处理过。", en="{number} has been dealt with.")
    rank = "state"


class SeveralMembers(Refusal):
    text = Text(
        zh="几条违规不是同一位会员的，请分别提出。", en="These breaches are of several members: propose for each apart."
    )
    rank = "input"


class NobodyDecides(Refusal):
    """The rulebook names no procedure for the measure or the award."""

    text = Text(
        zh="章程没有写明“{measure}”由谁决定，不能提出。", en="The rulebook does not say who decides “{measure}”."
    )
    rank = "window"


class NotByHand(Refusal):
    """A matter about a measure, an appeal or an award opened beside the room."""

    text = Text(
        zh="这类事项从违规记录、处分或表彰推荐提出，不能单独开。",
        en="Such a matter is opened from a breach, a measure or a proposal for an award, not by itself.",
    )
    rank = "input"


class TakenUnknown(Refusal):
    text = Text(zh="没有编号为 {given} 的处分。", en="There is no measure {given}.")
    status = 404
    rank = "existence"


class NotProposedNow(Refusal):
    """It was decided or dropped: nothing more is heard."""

    text = Text(zh="{number}已有结果，不再听取陈述。", en="{number} has been settled; nothing more is heard.")
    rank = "state"


class HearingOver(Refusal):
    text = Text(zh="陈述的期限已到（{until:moment}）。", en="The time to be heard ended at {until:moment}.")
    rank = "window"


class NoAppeal(Refusal):
    """Final, or not decided yet, or appealed before."""

    text = Text(zh="{number}不能申诉：{why}。", en="{number} cannot be appealed: {why}.")
    rank = "state"


class AppealTooLate(Refusal):
    text = Text(zh="申诉期限已到（{until:moment}）。", en="The time for an appeal ended at {until:moment}.")
    rank = "window"


class NotStanding(Refusal):
    """It does not act now, so there is nothing to take back."""

    text = Text(zh="{number}现在不起作用。", en="{number} does not stand now.")
    rank = "state"


class TaskUnknown(Refusal):
    text = Text(zh="{number}没有这项要求，或已完成。", en="{number} asks for no such thing, or it is done.")
    status = 404
    rank = "existence"


class ObligationUnknown(Refusal):
    """`near`: what may have been meant."""

    text = Text(zh="章程里没有“{given}”这样应尽的事。{near}", en="The rulebook knows no obligation {given}.{near}")
    status = 404
    rank = "existence"


class NotToReport(Refusal):
    """`why`: it need not be reported, or not by this member."""

    text = _WHY
    rank = "limit"


class EventNoted(Refusal):
    text = Text(zh="这件事已经记下了，编号 {number}。", en="That event was noted before, as {number}.")
    rank = "state"


class OccurrenceUnknown(Refusal):
    text = Text(zh="没有编号为 {given} 的事项。", en="There is no event {given}.")
    status = 404
    rank = "existence"


class NothingOwed(Refusal):
    """Nothing of that key is owed, or it is done already."""

    text = Text(zh="{member}没有待办的“{given}”。", en="{member} owes nothing called {given} that is not done.")
    rank = "state"


class AwardUnknown(Refusal):
    """A name the rulebook in force does not know. `near`: what may have been meant."""

    text = Text(zh="章程里没有“{given}”这项表彰。{near}", en="The rulebook knows no award {given}.{near}")
    status = 404
    rank = "existence"


class AwardNotHers(Refusal):
    """`why`: whom it is for."""

    text = _WHY
    rank = "limit"


class AwardCategoryNeeded(Refusal):
    """`why`: the categories there are."""

    text = _WHY
    status = 422
    rank = "input"


class AwardedAlready(Refusal):
    """`why`: she is proposed for it or has it already this year."""

    text = _WHY
    rank = "limit"


class AwardsUsedUp(Refusal):
    """`why`: how many a year there are."""

    text = _WHY
    rank = "limit"


class HonourUnknown(Refusal):
    """No such award was proposed or given, or it is another member's."""

    text = Text(zh="没有编号为 {given} 的表彰。", en="There is no award {given} on record.")
    status = 404
    rank = "existence"


class AwardNotBorne(Refusal):
    """It was not given, or is over or taken back."""

    text = Text(zh="{number}不是现有的表彰。", en="{number} is no award that is borne now.")
    rank = "state"
