"""Numbers of a spreadsheet: exact to the fifteen digits it keeps; days counted from its epoch."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal, InvalidOperation

from huiguan.foundation.sheets.values import FAULTY, ROUNDED, Broken, Cell

_KEPT = Context(prec=15)
_MOST = Decimal(10) ** 15
# Days are counted without a zone: a cell's moment is local to whoever wrote it.
_EPOCH, _EPOCH_1904 = datetime.combine(date(1899, 12, 30), time()), datetime.combine(date(1904, 1, 1), time())
_LONGEST = 400  # digits before or behind the point: more than any spreadsheet's number has
_LAST_DAY = Decimal(2958465)  # 9999-12-31
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_DATE_LETTERS = re.compile(r"[ymdhs]", re.IGNORECASE)
# Formats known by number alone: dates, times, and the Chinese ones that older programs write.
DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})


def number_of(text: str) -> Cell:
    """A number as the sheet shows it: '19.989999999999998' -> 19.99. Longer whole numbers have lost their end."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return Broken(FAULTY, text)
    if not sizeable(number):
        return Broken(FAULTY, text)
    if abs(number) >= _MOST:
        return Broken(ROUNDED, text)
    return _KEPT.create_decimal(number)


def sizeable(number: Decimal) -> bool:
    """Whether it is finite and may be written out: 1e999999999 is a number too, of a thousand million digits."""
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and abs(exponent) <= _LONGEST


def is_date_format(code: str) -> bool:
    """Whether a number format writes a day or a time: 'yyyy-mm-dd', 'h:mm', not '0.00' nor '[Red]0'."""
    return _DATE_LETTERS.search(_QUOTED.sub("", code)) is not None


def day_number(number: Decimal, *, since_1904: bool = False) -> Cell:
    """A day count as a moment, a day, or a time alone where it counts no day."""
    if not 0 <= number <= _LAST_DAY:
        return Broken(FAULTY, str(number))
    seconds = int((number % 1 * 86400).to_integral_value())
    moment = (_EPOCH_1904 if since_1904 else _EPOCH) + timedelta(days=int(number), seconds=seconds)
    if number < 1:
        return moment.time()
    return moment if seconds else date(moment.year, moment.month, moment.day)
