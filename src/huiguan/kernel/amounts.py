"""Whole numbers for money and units, exact fractions for rates. Nothing here is ever a float."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text

LARGEST = 10**13  # fen: a hundred billion yuan, well inside 64 bits even when summed over a register
_YUAN = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,2})?")
_MORE_DECIMALS = re.compile(r"-?[0-9]{1,30}\.[0-9]+")


def fen(value: object, field: str, *, least: int = 0, most: int = LARGEST) -> int:
    """Yuan as '478.50', 478 or Decimal -> 47850 fen. Refuses floats, a third decimal, and amounts out of bounds."""
    if isinstance(value, bool | float) or not isinstance(value, str | int | Decimal):
        raise _wrong(field, '金额写作带两位小数的文字，如 "478.50"', 'write money as text with two decimals, "478.50"')
    text = format(value, "f") if isinstance(value, Decimal) else str(value).strip()
    if not _YUAN.fullmatch(text):
        if _MORE_DECIMALS.fullmatch(text):
            raise _wrong(field, "金额至多两位小数", "money has at most two decimals")
        raise _wrong(field, "金额写作 478.50", "money is written 478.50")
    whole, _, cents = text.partition(".")
    amount = abs(int(whole)) * 100 + int((cents + "00")[:2] or 0)
    return within(-amount if text.startswith("-") else amount, field, least=least, most=most)


def within(value: int, field: str, *, least: int, most: int) -> int:
    if value < least:
        raise _wrong(field, f"不能小于 {as_yuan(least)}", f"must not be below {as_yuan(least)}")
    if value > most:
        raise _wrong(field, "数太大", "is too large")
    return value


def whole(value: object, field: str, *, least: int = 0, most: int = LARGEST) -> int:
    """A whole number of units, counts or points."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise _wrong(field, "须为整数", "must be a whole number")
    if value < least:
        raise _wrong(field, f"不能小于 {least}", f"must not be below {least}")
    if value > most:
        raise _wrong(field, f"不能大于 {most}", f"must not be above {most}")
    return value


def _wrong(field: str, zh: str, en: str) -> InvalidInput:
    return InvalidInput(field=field, rule=Text(zh=zh, en=en))


def as_yuan(amount: int) -> str:
    """Fen as the API writes money: 47850 -> '478.50'."""
    return f"{amount // 100}.{amount % 100:02d}" if amount >= 0 else f"-{-amount // 100}.{-amount % 100:02d}"


def share(amount: int, rate: Fraction, rounding: str = "half_up") -> int:
    """`amount * rate` rounded once. `rounding`: floor, ceiling, half_up (ties away from zero)."""
    top, bottom = amount * rate.numerator, rate.denominator
    if rounding == "floor":
        return top // bottom
    if rounding == "ceiling":
        return -(-top // bottom)
    if rounding == "half_up":
        return (2 * top + bottom) // (2 * bottom) if top >= 0 else -((-2 * top + bottom) // (2 * bottom))
    raise ValueError(f"no such rounding: {rounding}")


def allocate(total: int, weights: Sequence[int]) -> list[int]:
    """Split `total` by `weights` (none negative) with the largest remainder; ties go to the earlier one. Sums exactly.

    Where all weights are nought, everything goes to the first.
    """
    everything = sum(weights)
    if everything == 0:
        return [total, *[0] * (len(weights) - 1)] if weights else []
    sign, size = (-1, -total) if total < 0 else (1, total)
    parts = [size * weight // everything for weight in weights]
    rest = size - sum(parts)
    if rest:
        over = [size * weight % everything for weight in weights]
        for i in sorted(range(len(weights)), key=over.__getitem__, reverse=True)[:rest]:  # stable: ties stay in order
            parts[i] += 1
    return parts if sign > 0 else [-part for part in parts]
