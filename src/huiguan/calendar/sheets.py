"""A year's days as a file, and a file as days. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from huiguan.calendar.inputs import GivenDay
from huiguan.calendar.values import NamedDay
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text

COLUMNS = ("day", "work", "name")
MOST = 800
# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def written(days: Iterable[NamedDay], lang: str) -> str:
    """The days as CSV with a heading; names in one language."""
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\r\n")
    sheet.writerow(COLUMNS)
    for each in days:
        name = each.name.zh if lang == "zh" else each.name.en
        safe = f"'{name}" if name.startswith(_FORMULA) else name
        sheet.writerow([each.day.isoformat(), "worked" if each.worked else "off", safe])
    return out.getvalue()


def read_days(text: str) -> list[GivenDay]:
    """The days of a CSV; InvalidInput naming the row (from 1, without the heading) and column at fault."""
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    missing = [name for name in COLUMNS[:2] if name not in (rows.fieldnames or ())]
    if missing:
        raise InvalidInput(field="text", rule=Text(zh=f"缺少列：{missing[0]}", en=f"lacks the column {missing[0]}"))
    try:
        found = list(rows)
    except csv.Error as wrong:
        raise InvalidInput(field="text", rule=Text(zh=f"读不成表：{wrong}", en=f"is no table: {wrong}")) from None
    if len(found) > MOST:
        raise InvalidInput(field="text", rule=Text(zh=f"至多 {MOST} 行", en=f"has at most {MOST} rows"))
    return [_day(row, n) for n, row in enumerate(found, 1)]


def _day(row: dict[str, str | None], place: int) -> GivenDay:
    name = (row.get("name") or "").strip().removeprefix("'")
    given = {"day": (row["day"] or "").strip(), "work": (row["work"] or "").strip().lower(), "name": name}
    return read(GivenDay, given, within=f"days.{place}")
