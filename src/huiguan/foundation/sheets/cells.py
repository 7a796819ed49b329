"""What a cell says, read as a text, a day, a moment, money or a count; InvalidInput naming the field otherwise."""

from __future__ import annotations

import re
import sys
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from huiguan.foundation.sheets.numbers import day_number, sizeable
from huiguan.foundation.sheets.values import Broken, Cell
from huiguan.kernel import amounts
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text, either

_DAY = re.compile(
    r"(?P<year>\d{4})(?:(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})|年(?P<m>\d{1,2})月(?P<d>\d{1,2})日?"
    r"|(?P<mm>\d{2})(?P<dd>\d{2}))(?:[T ]*(?P<time>(?:[上下]午)? *\d{1,2}[:时].*))?"
)
_TIME = re.compile(
    r"(?P<before>[上下]午)? *(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2}))?(?:\.\d+)?[分秒]?(?: *(?P<half>[AP]M))?", re.I
)
_COUNTED = re.compile(r"\d{5}(\.\d+)?")  # a day as a spreadsheet counts it, saved as text
_MONEY = re.compile(r"[¥￥元,\s]|RMB|CNY", re.IGNORECASE)
_SERIAL = (Decimal(36526), Decimal(73051))  # 2000 to 2100 as a spreadsheet counts days
_NO_DAY = Text(zh="不是日期：{given}", en="not a date: {given}")
_NO_TIME = Text(zh="不是时间：{given}", en="not a time: {given}")
_LONGEST_SHOWN = 32_000
_NO_NUMBER = Text(zh="不是数：{given}", en="not a number: {given}")
_NO_WHOLE = Text(zh="须为整数：{given}", en="must be a whole number: {given}")


def text_in(cell: Cell, field: str, *, most: int = 200) -> str:
    """The cell as text, '' where empty; a number without a tail: 13800002046, not 13800002046.0."""
    match cell:
        case None:
            return ""
        case Broken():
            raise InvalidInput(field=field, rule=cell.why)
        case bool():
            text = "1" if cell else "0"
        case Decimal():
            text = plain(cell)
        case datetime():
            text = cell.isoformat(sep=" ", timespec="seconds")
        case date() | time():
            text = cell.isoformat()
        case _:
            text = unicodedata.normalize("NFC", str(cell)).replace("\x00", "").strip()
    if len(text) > most:
        raise InvalidInput(
            field=field,
            rule=Text(zh=f"至多 {most} 个字", en=f"has at most {most} {either(most, 'character', 'characters')}"),
        )
    return text


def plain(number: Decimal) -> str:
    """A number without exponent and trailing noughts: '19.9', '100'."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown(cell: Cell) -> str:
    """What a reader sees of the cell, whatever it holds: never refused, cut off where no spreadsheet's cell goes on."""
    return cell.shown if isinstance(cell, Broken) else text_in(cell, "", most=sys.maxsize)[:_LONGEST_SHOWN]


def moment_in(cell: Cell, field: str) -> datetime | date | None:
    """A local day, or a moment where a time stands with it; None where empty."""
    if isinstance(cell, str) and _COUNTED.fullmatch(unicodedata.normalize("NFKC", cell.strip())):
        cell = Decimal(unicodedata.normalize("NFKC", cell.strip()))
    if isinstance(cell, Decimal) and _SERIAL[0] <= cell < _SERIAL[1]:
        cell = day_number(cell)
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None)
    if isinstance(cell, date) or cell is None:
        return cell
    text = unicodedata.normalize("NFKC", text_in(cell, field))
    if not text:
        return None
    found = _DAY.fullmatch(text)
    if found is None or isinstance(cell, time | bool):
        raise _wrong(field, _NO_DAY, text)
    parts = found.groupdict()
    numbers = [parts["year"], parts["month"] or parts["m"] or parts["mm"], parts["day"] or parts["d"] or parts["dd"]]
    try:
        day = date(*map(int, numbers))
    except ValueError:
        raise _wrong(field, _NO_DAY, text) from None
    return datetime.combine(day, _time_of(parts["time"], field)) if parts["time"] else day


def day_in(cell: Cell, field: str) -> date | None:
    """A local day; a time beside it is left out. None where empty."""
    found = moment_in(cell, field)
    return found.date() if isinstance(found, datetime) else found


def time_in(cell: Cell, field: str) -> time | None:
    """A time of the day; None where empty."""
    if isinstance(cell, datetime | time):
        return cell.time() if isinstance(cell, datetime) else cell
    if isinstance(cell, Decimal) and 0 <= cell < 1:
        clock = day_number(cell)
        return clock if isinstance(clock, time) else None
    text = unicodedata.normalize("NFKC", text_in(cell, field))
    return _time_of(text, field) if text else None


def _time_of(text: str, field: str) -> time:
    found = _TIME.fullmatch(text.strip())
    try:
        hour, minute, second = (int(part or 0) for part in found.group(2, 3, 4)) if found else (99, 0, 0)
        half = (found["before"] or found["half"] or "").upper() if found else ""
        return time(_of_the_day(hour, half) if half else hour, minute, second)
    except ValueError:
        raise _wrong(field, _NO_TIME, text) from None


def _of_the_day(hour: int, half: str) -> int:
    """The hour of twenty-four: 下午 2 is 14, 12 AM is 0; 下午 14 is written too."""
    if half in ("上午", "AM"):
        return hour % 12 if hour <= 12 else 99
    return hour + 12 if 1 <= hour < 12 else hour


def number_in(cell: Cell, field: str) -> Decimal | None:
    """A number, written with or without ¥ and commas; None where empty."""
    if isinstance(cell, Decimal):
        return cell
    written = text_in(cell, field)
    text = _MONEY.sub("", unicodedata.normalize("NFKC", written)).replace("−", "-")
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise _wrong(field, _NO_NUMBER, written) from None
    if isinstance(cell, bool | datetime | date | time) or not sizeable(number):
        raise _wrong(field, _NO_NUMBER, written)
    return number


def fen_in(cell: Cell, field: str, *, least: int = 0) -> int | None:
    """Money in fen; None where empty. Refuses a third decimal that is not nought."""
    number = number_in(cell, field)
    return None if number is None else amounts.fen(plain(number), field, least=least)


def whole_in(cell: Cell, field: str, *, least: int = 0, most: int = amounts.LARGEST) -> int | None:
    """A whole number; None where empty."""
    number = number_in(cell, field)
    if number is None:
        return None
    if number != number.to_integral_value():
        raise _wrong(field, _NO_WHOLE, plain(number))
    return amounts.whole(int(number), field, least=least, most=most)


def _wrong(field: str, rule: Text, given: str) -> InvalidInput:
    return InvalidInput(field=field, rule=Text(**rule.both(given=given[:60])))
