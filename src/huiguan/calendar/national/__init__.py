"""The days off of mainland China as the State Council's general office announced them, one file a year.

A year is here once its notice is published, and never before: a guess would be a promise nobody made.
"""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from importlib.resources import files

from huiguan.calendar.values import NATIONAL, NamedDay
from huiguan.kernel.text import Text

# The notice each year's file was written from, by its title and date.
NOTICES: dict[int, Text] = {
    2025: Text(
        zh="国务院办公厅关于 2025 年部分节假日安排的通知（2024 年 11 月 12 日）",
        en="Notice of the General Office of the State Council on holidays in 2025 (12 November 2024)",
    ),
    2026: Text(
        zh="国务院办公厅关于 2026 年部分节假日安排的通知（2025 年 11 月 4 日）",
        en="Notice of the General Office of the State Council on holidays in 2026 (4 November 2025)",
    ),
}


@cache
def national_days() -> tuple[NamedDay, ...]:
    """Every day of the years in NOTICES that is not what its weekday says, in order."""
    return tuple(day for year in NOTICES for day in _read(year))


def _read(year: int) -> list[NamedDay]:
    source = (files(__name__) / f"{year}.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(source.splitlines())
    return [
        NamedDay(date.fromisoformat(row["day"]), row["work"] == "worked", Text(zh=row["zh"], en=row["en"]), NATIONAL)
        for row in rows
    ]
