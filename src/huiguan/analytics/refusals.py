"""What the figures refuse."""

from __future__ import annotations

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text


class UnitUnknown(Refusal):
    text = Text(zh="账上没有这个单位：{given}。", en="The books know no such unit: {given}.")
    rank = "input"
    status = 404


class MonthWrong(Refusal):
    text = Text(zh="月份写作 2026-12：{given}。", en="A month is written 2026-12: {given}.")
    rank = "input"
    status = 422


class WorthIncomplete(Refusal):
    """How many units and what they are worth belong together."""

    text = Text(zh="“多少单位”和“值多少钱”要一起填。", en="How many units and what they are worth go together.")
    rank = "input"
    status = 422


class DaysTooMany(Refusal):
    text = Text(zh="一次最多看 {most} 天。", en="At most {most} {most:day|days} at once.")
    rank = "input"
    status = 422
