"""The rows of what is traded up: ticked, offered, or why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from huiguan.console.till.pages import BillRow, Tick
from huiguan.console.wording import clause_refs
from huiguan.kernel.text import Text
from huiguan.rules.programme import Programme

Told = Mapping[str, Any]


def trade_rows(rulebook: Programme, told: Sequence[Told], lines: Sequence[Told]) -> list[BillRow]:
    """What may be traded up, what is, and what it would take; goods by their names."""
    names = {line["sku"]: line["name"].partition(" · ")[0] for line in lines}
    return [_row(rulebook, each, names) for each in told if rulebook.clauses[each["clause"]].kind == "trade_up"]


def _row(rulebook: Programme, reason: Told, names: Mapping[str, str]) -> BillRow:
    values, on = reason["values"], reason["say"] == "traded"
    name = names.get(values["sku"], values["sku"])
    tick = Tick("trade_ups", values["sku"], on=on, allowed=reason["say"] in ("traded", "ready"))
    label = Text(zh=f"换购 {name}", en=f"Trade up {name}")
    refs = clause_refs(rulebook, [reason["clause"]])
    return BillRow(label, -values["off"] if on else None, reason["text"], refs, tick=tick)
