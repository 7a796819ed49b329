"""What shifts and the closing of days refuse, by name."""

from __future__ import annotations

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text


class ShiftAlreadyOpen(Refusal):
    text = Text(
        zh="{clerk}的班自 {since:moment} 起还开着，先交班。",
        en="{clerk} has had a shift open since {since:moment}; hand it over first.",
    )


class TillTaken(Refusal):
    text = Text(
        zh="{till} 号收银台自 {since:moment} 起由{clerk}当班，先交班。",
        en="Till {till} has been {clerk}'s since {since:moment}; that shift is handed over first.",
    )


class ShiftUnknown(Refusal):
    text = Text(zh="没有这个班：{given}。", en="No such shift: {given}.")
    status = 404
    rank = "existence"


class ShiftHandedOver(Refusal):
    text = Text(zh="这个班已在 {on:moment} 交过。", en="This shift was handed over at {on:moment}.")


class CountMissing(Refusal):
    text = Text(zh="还没有点{means}：应点的都要写。", en="{means} has not been counted; each means is.")
    status = 422
    rank = "input"


class DifferenceUnexplained(Refusal):
    """`differences` in fen by means, counted less expected."""

    text = Text(
        zh="点数与应有不符：{told}。请复点，或写明原因。", en="The count differs: {told}. Count again, or say why."
    )
    rank = "balance"


class CashNotThere(Refusal):
    text = Text(
        zh="钱箱应有现金 {has:yuan}，取不出 {given:yuan}。",
        en="The drawer should hold {has:yuan}; {given:yuan} cannot be taken out.",
    )
    rank = "balance"


class ShiftsStillOpen(Refusal):
    text = Text(
        zh="还有没交的班：{names:list}。交完再日结。",
        en="Not handed over yet: {names:list}. The day is closed after them.",
    )


class DayAlreadyClosed(Refusal):
    text = Text(zh="{day:day}已经日结（第 {number} 号）。", en="{day:day} is closed already (number {number}).")


class DayBeforeLastClose(Refusal):
    text = Text(
        zh="已日结到 {last:day}，不能再结更早的日子；迟到的单列在下一次日结里。",
        en="Days are closed up to {last:day}; what came in late of an earlier day is told by the next close.",
    )


class DayAhead(Refusal):
    text = Text(zh="{day:day}还没有到。", en="{day:day} has not come yet.")
    status = 422
    rank = "input"


class DayCloseUnknown(Refusal):
    text = Text(zh="没有第 {given} 号日结。", en="No day close has the number {given}.")
    status = 404
    rank = "existence"
