"""Figures and words as markup: the kernel says how they read, this wraps the tags around. Safe strings only."""

from __future__ import annotations

import string
from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import segno
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from huiguan.design.values import ClauseRef
from huiguan.kernel import text as words
from huiguan.kernel.moments import end_of_day_text
from huiguan.kernel.text import Text
from huiguan.rules.explaining import western

NONE = "—"
WEEKDAYS = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


def tongue() -> str:
    """'zh' or 'en', from the language Django has active."""
    return words.language_of(get_language() or "zh")


def plain(value: object) -> str:
    """Words in the active language: a Text, a {'zh','en'} mapping, or plain text; nothing for None."""
    if isinstance(value, Text):
        return value.of(tongue())
    if isinstance(value, Mapping):
        return str(value[tongue()])
    return "" if value is None else value if isinstance(value, str) else str(value)


def told(value: object) -> SafeString:
    """Words in the active language, escaped unless already safe."""
    return conditional_escape(plain(value))


def money(fen: int | None) -> SafeString:
    """Fen as '¥4,788.00', sign and decimals in tags of their own so that large sizes can shrink them."""
    if fen is None:
        return mark_safe(NONE)
    sign = words.MINUS if fen < 0 else ""
    whole, cents = f"{abs(fen) // 100:,}", f"{abs(fen) % 100:02d}"
    return format_html('<span class="money">{}<i>¥</i>{}<small>.{}</small></span>', sign, whole, cents)


def column(fen: int | None) -> SafeString:
    """Fen in a column: '4,788.00', '−100.00', '—' for none."""
    return mark_safe(NONE if fen is None else words.plain_yuan(fen))


def points(number: int | None) -> SafeString:
    return mark_safe(NONE if number is None else words.grouped(number))


def signed(number: int | None) -> SafeString:
    """A movement of points: '+94' in green, '−100' in ink, for spending is not a fault."""
    if number is None:
        return mark_safe(NONE)
    kind = "plus" if number > 0 else "minus" if number < 0 else ""
    return format_html('<span class="{}">{}</span>', kind, words.signed(number))


def signed_money(fen: int | None) -> SafeString:
    """A movement of money in a column: '+300.00', '−100.00'."""
    if fen is None:
        return mark_safe(NONE)
    plus = "+" if fen > 0 else ""
    return format_html('<span class="{}">{}{}</span>', "plus" if fen > 0 else "minus", plus, words.plain_yuan(fen))


def by_unit(value: Any, unit: str) -> SafeString:
    """A value as its unit reads: money, column, points, signed, signed_money, text."""
    readers = {"money": money, "column": column, "points": points, "signed": signed, "signed_money": signed_money}
    return readers[unit](value) if unit in readers else told(NONE if value in (None, "") else value)


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


def moment(value: datetime | str | None) -> SafeString:
    """A full local moment, '2026-12-12 14:41'."""
    if value is None:
        return mark_safe(NONE)
    return conditional_escape(words.moment(_local(value) if isinstance(value, datetime) else value))


def clock(value: datetime | None) -> SafeString:
    return mark_safe(NONE if value is None else _local(value).strftime("%H:%M"))


def ending(value: datetime | str | None) -> SafeString:
    """The moment something ends; midnight reads as 24:00 of the day it closes."""
    if value is None or isinstance(value, str):
        return conditional_escape(value or NONE)
    local = _local(value)
    return mark_safe(
        end_of_day_text(local, timezone.get_current_timezone()) if timezone.is_aware(local) else words.moment(local)
    )


def ledger_moment(value: datetime | date | None, at: datetime | None) -> SafeString:
    """A moment in a ledger: '12-12 14:36' in the year of `at`, '2025-11-08' before, as a <time>."""
    if value is None:
        return mark_safe(NONE)
    local = _local(value) if isinstance(value, datetime) else value
    this_year = at is not None and local.year == _local(at).year
    short = "%m-%d %H:%M" if isinstance(local, datetime) else "%m-%d"
    shown = local.strftime(short) if this_year else f"{local.year}-{local:%m-%d}"
    full = words.moment(local) if isinstance(local, datetime) else local.isoformat()
    return format_html('<time datetime="{}" title="{}">{}</time>', local.isoformat(), full, shown)


def day(value: date | str | None) -> SafeString:
    return mark_safe(NONE) if value is None else conditional_escape(words.day(_day_of(value), tongue()))


def month_day(value: date | str | None) -> SafeString:
    return mark_safe(NONE) if value is None else conditional_escape(words.monthday(_day_of(value), tongue()))


def long_day(value: date | None) -> SafeString:
    """'12 月 12 日 周六', 'Sat 12 Dec'."""
    if value is None:
        return mark_safe(NONE)
    on, lang = _day_of(value), tongue()
    weekday = WEEKDAYS[lang][date(on.year, on.month, on.day).weekday()]
    return mark_safe(
        f"{words.monthday(on, lang)} {weekday}" if lang == "zh" else f"{weekday} {words.monthday(on, lang)}"
    )


def _day_of(value: Any) -> Any:
    return _local(value) if isinstance(value, datetime) else value


def discount(paid: Fraction | str | None) -> SafeString:
    return mark_safe(NONE if paid is None else words.discount(paid, tongue()))


def rate(value: Fraction | str | None) -> SafeString:
    return mark_safe(NONE if value is None else words.rate(value))


def masked_phone(value: str | None) -> SafeString:
    """'138****2046'; anything too short to keep its ends is hidden whole."""
    digits = value or ""
    return conditional_escape(f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 10 else "*" * len(digits) or NONE)


def clause_name(number: str) -> str:
    """The source's own numbering as a reader says it: '(四)1' -> '第 (四)1 条', 'Clause (4)1'."""
    if tongue() == "zh":
        return f"第 {number}" if number[-1:] in "表章节" else f"第 {number} 条"
    english = western(number).replace("表", " table").replace("续", " cont.")
    return f"Clause {english}"


def clause(ref: ClauseRef | str | None) -> SafeString:
    """A clause mark, a link where its address is known."""
    if not ref:
        return mark_safe("")
    ref = ClauseRef(number=ref) if isinstance(ref, str) else ref
    if not ref.href:
        return format_html('<span class="clause">{}</span>', clause_name(ref.number))
    return format_html('<a class="clause" href="{}">{}</a>', ref.href, clause_name(ref.number))


def percent(share: Fraction | int) -> str:
    """A share as an SVG width, two decimals at most: 1/3 -> '33.33%'."""
    return words.rate(min(max(Fraction(share), Fraction(0)), Fraction(1)))


def icon(name: str, kind: str = "") -> SafeString:
    """An icon of the sprite; always beside a word, so hidden from readers of the page."""
    return format_html('<svg class="i {}" aria-hidden="true" focusable="false"><use href="#i-{}"/></svg>', kind, name)


class _Safely(string.Formatter):
    """Fills a trusted sentence: each value said by its spec, then escaped, then marked where asked."""

    def __init__(self, lang: str, mark: bool) -> None:
        self.lang, self.mark = lang, mark

    def get_value(self, key: Any, args: Any, kwargs: Any) -> Any:
        return kwargs[key]

    def format_field(self, value: Any, format_spec: str) -> str:
        said = (
            value
            if isinstance(value, SafeString) and not format_spec
            else words.say_value(value, format_spec, self.lang)
        )
        shown = conditional_escape(said)
        return format_html("<mark>{}</mark>", shown) if self.mark and not words.chooses(format_spec) else shown


def filled(sentence: Text, values: Mapping[str, Any], *, mark: bool = False) -> SafeString:
    """A trusted sentence with its values said and escaped; `mark` underlines each figure as a slip does."""
    lang = tongue()
    return mark_safe(_Safely(lang, mark).vformat(sentence.of(lang), (), dict(values)))


def qr(text: str) -> SafeString:
    """`text` as a QR code, drawn as SVG in the page itself."""
    return mark_safe(
        segno.make(text, error="m", micro=False).svg_inline(omitsize=True, border=1, svgclass=None, lineclass=None)
    )
