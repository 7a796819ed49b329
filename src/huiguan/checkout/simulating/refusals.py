"""What a simulation refuses, by name."""

from __future__ import annotations

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text


class DaysReversed(Refusal):
    """`since` and `until` as given."""

    text = Text(zh="结束日 {until} 早于开始日 {since}。", en="The last day, {until}, is before the first, {since}.")
    status = 422
    rank = "input"


class NoSalesRecorded(Refusal):
    text = Text(
        zh="{since} 至 {until} 没有会员的销售记录，无从试算。",
        en="No member's sale is on record from {since} to {until}; there is nothing to judge.",
    )
    status = 422
    rank = "existence"


class SimulationEnded(Refusal):
    text = Text(zh="这次试算已经结束，不必停。", en="This simulation has ended; there is nothing to stop.")


class SimulationUnderWay(Refusal):
    text = Text(zh="试算还在进行，先停下再删。", en="The simulation is under way; stop it before deleting it.")
