"""Matters as rows: whose, where they stand, how long they wait, how much time is left."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from huiguan.cases.values import STATES, MatterLine
from huiguan.console.matters.pages import LineRow
from huiguan.design.values import Mark, Words
from huiguan.kernel.text import Text, either

MARKS = {
    "draft": "draft", "open": "plain", "returned": "warn", "passed": "ok", "refused": "stop", "lapsed": "stop",
    "withdrawn": "draft",
}  # fmt: skip
WHY = {
    "overdue": Text(zh="逾期催办", en="overdue, brought up"),
    "sign": Text(zh="加签", en="added as a signer"),
    "answer": Text(zh="有异议待答复", en="an objection to answer"),
}
_NO_LIMIT = Text(zh="不限时", en="no limit")
_ONCE_COMPLETE = Text(zh="材料齐后起算", en="once complete")
_INSTANT = timedelta(microseconds=1)


def line_row(line: MatterLine, at: datetime, current: str = "") -> LineRow:
    """A matter as a row read at `at`."""
    age = Text(zh=f"{line.age} 个工作日", en=f"{line.age} {either(line.age, 'workday', 'workdays')}")
    time, tone = _time(line, timezone.localtime(at))
    return LineRow(
        number=line.number, href=f"/matters/{line.number}/", name=line.name or line.number, title=line.title,
        stage=line.stage_title, mark=Mark(STATES[line.state], MARKS[line.state]), age=age, time=time, tone=tone,
        submitted_at=line.submitted_at, why=WHY.get(line.why, ""), current=line.number == current,
        provisional=line.provisional and line.state == "open",
    )  # fmt: skip


def _time(line: MatterLine, now: datetime) -> tuple[Words, str]:
    """What is left of its time, in words, and their tone: '' as usual, warn where it ends today, stop where it is over."""
    if line.state not in ("open", "returned"):
        return "—", ""
    if line.due_at is None:
        return (_ONCE_COMPLETE if line.awaits_file else _NO_LIMIT), ""
    last = (timezone.localtime(line.due_at) - _INSTANT).date()  # what ends at midnight ends the day before
    days = (last - now.date()).days
    if line.late:
        over = -days
        if over < 1:
            return Text(zh="今日逾期", en="overdue today"), "stop"
        return Text(zh=f"逾期 {over} 天", en=f"{over} {either(over, 'day', 'days')} late"), "stop"
    if days <= 1:
        said = Text(zh="明日到期", en="due tomorrow") if days else Text(zh="今日到期", en="due today")
        return said, "warn"
    return Text(zh=f"{short_day(last, now)} 到期", en=f"due {short_day(last, now)}"), ""


def short_day(day: date, now: datetime) -> str:
    """A day as lists say it: '12-16' in the year of `now`, else whole."""
    return f"{day:%m-%d}" if day.year == now.year else day.isoformat()
