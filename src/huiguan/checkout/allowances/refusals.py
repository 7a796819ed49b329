"""What allowances refuse, by name."""

from __future__ import annotations

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text


class AllowanceUnknown(Refusal):
    text = Text(zh="没有这笔离线额度：{given}。", en="No such allowance: {given}.")
    status = 404
    rank = "existence"


class AllowanceTooLong(Refusal):
    text = Text(
        zh="离线额度至多 {hours} 小时，且须晚于现在。",
        en="An allowance lasts {hours} {hours:hour|hours} at most, and ends after now.",
    )
    status = 422
    rank = "input"


class AllowanceClosed(Refusal):
    text = Text(
        zh="这笔离线额度已结清，余下的积分已归还；迟到的单要另行处理。",
        en="This allowance is closed and what was left of it given back; a sale this late is looked at by a person.",
    )


class OutsideAllowance(Refusal):
    """`left` units of the allowance; `moment` the sale's by the house's own clock."""

    text = Text(
        zh="这单在离线额度之外：额度还余 {left} 分，时刻按本店时钟为 {moment:moment}。",
        en="This sale lies outside the allowance: {left} {left:point|points} of it {left:is|are} left, and by the house's clock it was at {moment:moment}.",
    )
    rank = "limit"
