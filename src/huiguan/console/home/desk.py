"""What procedures laid on somebody's desk: the four boxes, and what is due first."""

from __future__ import annotations

from huiguan.cases import queries as cases
from huiguan.cases.values import BOXES, Worklist
from huiguan.console.acting import Acting, opens_matters
from huiguan.console.home.pages import Desk
from huiguan.console.matters.rows import line_row
from huiguan.design.values import Figure, Words
from huiguan.kernel.text import Text

MOST = 8
_NOTES = {
    "done": Text(zh="定过、投过票的", en="Decided or voted on"),
    "copied": Text(zh="给我看的", en="For my information"),
    "mine": Text(zh="代填、发起的", en="Taken down or begun"),
}
_NOTHING = Text(zh="没有要办的", en="Nothing to do")


def desk_of(now: Acting) -> Desk | None:
    """The desk of who stands here; None where matters are not hers."""
    if not opens_matters(now):
        return None
    listed = cases.worklist(now.actor, now.at)
    rows = [line_row(each, now.at) for each in listed.lines]
    boxes = [
        Figure(
            label, listed.counts[name], "points", _NOTES.get(name) or _pressing(listed, rows[0].time if rows else ""),
            f"/matters/?box={name}", key=str(place),
        )
        for place, (name, label) in enumerate(BOXES.items(), 1)
    ]  # fmt: skip
    return Desk(boxes, rows[:MOST], max(listed.counts["todo"] - MOST, 0))


def _pressing(listed: Worklist, first: Words) -> Words:
    """How many are late; where none is, when the first is due."""
    late = sum(each.late for each in listed.lines)
    if late:
        return Text(zh=f"{late} 件逾期", en=f"{late} overdue")
    return first or _NOTHING
