"""Chinese formats: mobile numbers, identity numbers, birthdays, addresses of mail, measures. Pure.

Each reader takes what was written and the name of its field, and gives the one way it is kept, or InvalidInput.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from huiguan.kernel.moments import month_end
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.parties.names import plain, tidy

OLDEST = 1900
LONGEST = 500
RANGES = {"height": (50, 250)}  # centimetres, by the field's name
GIRTH = (40, 200)

_MOBILE = re.compile(r"1[3-9]\d{9}")
_DAY = re.compile(r"(\d{4})(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})日?|(\d{4})(\d{2})(\d{2})")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}")
_NUMBER = re.compile(r"\d{1,9}(\.\d{1,2})?")
_CARD = re.compile(r"[A-Z0-9-]{3,40}")
_THREE = re.compile(r"(\d{2,3})\D+(\d{2,3})\D+(\d{2,3})\D*")


def wrong(field: str, zh: str, en: str) -> InvalidInput:
    return InvalidInput(field=field, rule=Text(zh=zh, en=en))


def mobile(given: str, field: str) -> str:
    """A mainland mobile number as eleven digits; spaces, hyphens and +86 are taken off."""
    digits = re.sub(r"[\s\-()]", "", plain(given))
    digits = re.sub(r"^(\+|00)86", "", digits)
    if not _MOBILE.fullmatch(digits):
        raise wrong(field, "手机号是 1 开头的 11 位数字。", "A mobile number has 11 digits and begins with 13 to 19.")
    return digits


def id_number(given: str, field: str) -> str:
    """A resident identity number, 18 characters, with its birthday and check digit right."""
    compact = plain(given).replace(" ", "").upper()
    try:
        return str(ric.validate(compact))
    except ValidationError:
        raise wrong(field, "身份证号不对。", "This is not a valid identity number.") from None


def tax_number(given: str, field: str) -> str:
    """A unified social credit code, 18 characters, its check digit right."""
    compact = plain(given).replace(" ", "").upper()
    try:
        return str(uscc.validate(compact))
    except ValidationError:
        raise wrong(
            field,
            "统一社会信用代码有 18 位，末位校验不符。",
            "A unified social credit code has 18 characters; its check digit is wrong.",
        ) from None


def day(given: str, field: str) -> date:
    """A day written 1991-02-28, 1991/2/28, 1991年2月28日 or 19910228."""
    found = _DAY.fullmatch(plain(given).replace(" ", ""))
    if not found:
        raise wrong(field, "日期写作 1990-05-05。", "Write a date as 1990-05-05.")
    year, month, number = (int(part) for part in found.groups() if part is not None)
    if not 1 <= month <= 12:
        raise wrong(field, f"没有 {month} 月。", f"There is no month {month}.")
    if year < 1 or not 1 <= number <= month_end(date(max(year, 1), month, 1)).day:
        raise wrong(field, f"{year} 年 {month} 月没有 {number} 日。", f"There is no {year}-{month:02d}-{number:02d}.")
    return date(year, month, number)


def birthday(given: str, field: str, today: date) -> date:
    """A day of birth: a real day, not before 1900, not after today."""
    born = day(given, field)
    if born > today:
        raise wrong(field, "生日不能晚于今天。", "A birthday cannot lie in the future.")
    if born.year < OLDEST:
        raise wrong(field, f"生日不能早于 {OLDEST} 年。", f"A birthday cannot lie before {OLDEST}.")
    return born


def email(given: str, field: str) -> str:
    address = plain(given)
    if len(address) > 254 or ".." in address or not _EMAIL.fullmatch(address):
        raise wrong(field, "电子邮箱格式不对。", "This is not an e-mail address.")
    return address


def number(given: str, field: str, bounds: tuple[int, int] | None = None) -> str:
    """A number of at most two decimals, within `bounds` (both included) where they are given."""
    written = plain(given)
    if not _NUMBER.fullmatch(written):
        raise wrong(field, "须为数字，至多两位小数。", "Must be a number with at most two decimals.")
    if bounds is not None and not bounds[0] <= Decimal(written) <= bounds[1]:
        raise wrong(field, f"须在 {bounds[0]} 到 {bounds[1]} 之间。", f"Must lie between {bounds[0]} and {bounds[1]}.")
    return written


def measurements(given: str, field: str) -> str:
    """Bust, waist and hips in centimetres, kept as 88/66/90."""
    found = _THREE.fullmatch(plain(given))
    if not found:
        raise wrong(field, "三围写作 88/66/90。", "Write the measurements as 88/66/90.")
    if not all(GIRTH[0] <= int(part) <= GIRTH[1] for part in found.groups()):
        raise wrong(
            field,
            f"三围须在 {GIRTH[0]} 到 {GIRTH[1]} 厘米之间。",
            f"Measurements lie between {GIRTH[0]} and {GIRTH[1]} cm.",
        )
    return "/".join(str(int(part)) for part in found.groups())


def card_number(given: str, field: str) -> str:
    """What is printed on a card: 3 to 40 letters, digits and hyphens, kept in capitals."""
    written = plain(given).replace(" ", "").upper()
    if not _CARD.fullmatch(written):
        raise wrong(
            field, "卡号是 3 到 40 位字母、数字或短横。", "A card number has 3 to 40 letters, digits or hyphens."
        )
    return written


def text(given: str, field: str) -> str:
    """Words as they were written: a Chinese comma stays one. Only codes and numbers are narrowed."""
    kept = tidy(given)
    if len(kept) > LONGEST:
        raise wrong(field, f"至多 {LONGEST} 个字。", f"Has at most {LONGEST} characters.")
    return kept


READERS: dict[str, Callable[[str, str], str]] = {
    "text": text,
    "phone": mobile,
    "card": card_number,
    "number": number,
    "measurements": measurements,
    "id_number": id_number,
    "credit_code": tax_number,
    "email": email,
}
