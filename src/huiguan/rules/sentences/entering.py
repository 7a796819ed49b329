"""What stands in a blank, and what somebody typed there: figures of the file as people write them, and back.

Nothing typed is lost: what is no figure goes into the file as it was typed, and the compiler says what is wrong with it.
What means the same as before is left as the file had it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from huiguan.kernel import amounts
from huiguan.kernel.refusals import InvalidInput
from huiguan.rules.sentences.blanks import CHOICES, DAY, MONEY, NUMBERS, RATE, TRUTH, WHOLE, WORDS, Blank

_MONEY = re.compile(r"\d{1,12}(\.\d{1,2})?")
_NUMBER = re.compile(r"\d{1,9}(\.\d{1,6})?")
_SHARE = re.compile(r"\d{1,9}(\.\d{1,9})?%|\d{1,9}/[1-9]\d{0,8}")
_DAY = re.compile(r"(\d{1,2})\s*(?:[-/.]|月|月\s)\s*(\d{1,2})\s*日?")
_BETWEEN = re.compile(r"[,，、;；\s]+")
TYPED = str.maketrans("０１２３４５６７８９．，－／％", "0123456789.,-/%")


def shown(blank: Blank, value: Any, lang: str) -> str:
    """A value of the file as its blank shows it."""
    if value is None or (blank.shape == WORDS and value == "all"):
        return ""
    if blank.shape == MONEY:
        fen = _fen(value)
        return str(value) if fen is None else _yuan(fen).removesuffix(".00")
    if blank.shape == RATE:
        return _rate_shown(value, lang)
    if blank.shape == TRUTH:
        return str(value).lower()
    if blank.shape in (WORDS, CHOICES, NUMBERS) and isinstance(value, list):
        return ("、" if lang == "zh" else ", ").join(map(str, value))
    return str(value)


def meant(blank: Blank, typed: str, lang: str) -> Any:
    """What was typed as plain data; None for nothing."""
    text = typed.strip()
    if not text:
        return None
    plain = text.translate(TYPED)
    if blank.shape == MONEY:
        bare = re.sub(r"[¥￥,\s]|元|yuan", "", plain)
        return f"{bare.partition('.')[0]}.{(bare.partition('.')[2] + '00')[:2]}" if _MONEY.fullmatch(bare) else text
    if blank.shape == RATE:
        return _rate_meant(plain, text, lang)
    if blank.shape == WHOLE:
        bare = re.sub(r"[,\s]", "", plain)
        return int(bare) if re.fullmatch(r"\d{1,15}", bare) else text
    if blank.shape == DAY:
        found = _DAY.fullmatch(plain)
        return f"{int(found.group(1)):02d}-{int(found.group(2)):02d}" if found else text
    if blank.shape == TRUTH:
        return {"true": True, "false": False}.get(text, text)
    return " ".join(text.split()) if blank.shape == "text" else text


def read_out(shape: str, text: str) -> str:
    """What a field holds where it is read and not filled in: figures with their thousands apart."""
    whole, dot, rest = text.partition(".")
    if shape not in (MONEY, WHOLE) or not (whole.isascii() and whole.isdecimal()):
        return text
    return f"{int(whole):,}{dot}{rest}"


def meant_list(blank: Blank, typed: Sequence[str]) -> list[Any]:
    """Chosen words or numbers as plain data, in the order the record has them."""
    words = [word for text in typed for word in _BETWEEN.split(text.strip()) if word]
    if blank.shape == NUMBERS or blank.subject == WHOLE:
        return [int(word) if re.fullmatch(r"-?[0-9]{1,15}", word) else word for word in words]
    return list(dict.fromkeys(words))


def alike(blank: Blank, before: Any, now: Any) -> bool:
    """Whether two plain values mean the same: 0.90 and 9 折, 100 and 100.00."""
    if type(before) is type(now) and before == now:
        return True
    if before is None or now is None:
        return False
    if blank.shape == MONEY:
        return _fen(before) is not None and _fen(before) == _fen(now)
    if blank.shape == RATE:
        return share(before) is not None and share(before) == share(now)
    return blank.shape not in (TRUTH, WHOLE) and str(before) == str(now)


def share(value: Any) -> Fraction | None:
    """A rate as the file writes it: 0.95, 19/20, 95%; None where it is none."""
    text = str(value).strip()
    if isinstance(value, bool) or not (_NUMBER.fullmatch(text) or _SHARE.fullmatch(text)):
        return None
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)


def decimal(value: Fraction) -> str | None:
    """A fraction as a decimal, None where it has no end within six places."""
    scaled = value * 10**6
    if scaled.denominator != 1:
        return None
    whole, rest = divmod(scaled.numerator, 10**6)
    return f"{whole}.{rest:06d}".rstrip("0").rstrip(".")


def _rate_shown(value: Any, lang: str) -> str:
    paid = share(value)
    told = None if paid is None else decimal(paid * 10 if lang == "zh" else (1 - paid) * 100) if paid <= 1 else None
    return str(value) if told is None else told


def _rate_meant(plain: str, text: str, lang: str) -> Any:
    bare = re.sub(r"\s|折|off", "", plain)
    if _SHARE.fullmatch(bare) and not (lang == "en" and "off" in plain):
        return bare
    bare = bare.removesuffix("%")
    if not _NUMBER.fullmatch(bare):
        return text
    paid = Fraction(bare) / 10 if lang == "zh" else 1 - Fraction(bare) / 100
    told = decimal(paid) if paid >= 0 else None
    return text if told is None else _two_places(told)


def _two_places(told: str) -> str:
    whole, _, rest = told.partition(".")
    return f"{whole}.{rest:0<2}"


def _fen(value: Any) -> int | None:
    try:
        return amounts.fen(value, "")
    except InvalidInput:
        return None


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"
