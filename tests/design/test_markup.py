"""How figures, dates and clauses read, to the character, in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation
from django.utils.safestring import SafeString

from huiguan.design import markup
from huiguan.design.values import ClauseRef
from huiguan.kernel.text import Text

SHANGHAI = ZoneInfo("Asia/Shanghai")
MOMENT = datetime(2026, 12, 12, 6, 36, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _shop_time() -> object:
    with timezone.override(SHANGHAI):
        yield


def both(read: object, *given: object) -> tuple[str, str]:
    """What a reader says in Chinese and in English."""
    said = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            said.append(str(read(*given)))  # type: ignore[operator]
    return said[0], said[1]


def test_money_keeps_two_decimals_and_a_true_minus() -> None:
    assert markup.money(478800) == '<span class="money"><i>¥</i>4,788<small>.00</small></span>'
    assert markup.money(-5) == '<span class="money">\u2212<i>¥</i>0<small>.05</small></span>'
    assert markup.money(0) == '<span class="money"><i>¥</i>0<small>.00</small></span>'
    assert markup.money(None) == "—"


def test_columns_carry_no_sign_of_money() -> None:
    assert [markup.column(fen) for fen in (478800, -10000, 0, None)] == ["4,788.00", "\u2212100.00", "0.00", "—"]


def test_movements_say_their_direction() -> None:
    assert markup.signed(94) == '<span class="plus">+94</span>'
    assert markup.signed(-1100) == '<span class="minus">\u22121,100</span>'
    assert markup.signed(0) == '<span class="">0</span>'
    assert markup.signed_money(30000) == '<span class="plus">+300.00</span>'
    assert markup.signed_money(-1) == '<span class="minus">\u22120.01</span>'


def test_shares() -> None:
    assert both(markup.discount, Fraction(19, 20)) == ("9.5 折", "5% off")
    assert both(markup.discount, "4/5") == ("8 折", "20% off")
    assert markup.rate(Fraction(1, 50)) == "2%"
    assert markup.percent(Fraction(1, 3)) == "33.33%"
    assert markup.percent(Fraction(5, 2)) == "100%"
    assert markup.percent(Fraction(-1, 2)) == "0%"


def test_days() -> None:
    new_year = date(2026, 12, 31)
    assert both(markup.day, new_year) == ("2026 年 12 月 31 日", "31 Dec 2026")
    assert both(markup.month_day, new_year) == ("12 月 31 日", "31 Dec")
    assert both(markup.long_day, date(2026, 12, 12)) == ("12 月 12 日 周六", "Sat 12 Dec")


def test_moments_are_the_shops_own() -> None:
    assert markup.moment(MOMENT) == "2026-12-12 14:36"
    assert markup.clock(MOMENT) == "14:36"
    late = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)
    assert both(markup.long_day, late) == ("1 月 1 日 周五", "Fri 1 Jan")


def test_a_midnight_that_ends_something_is_24_of_the_day_before() -> None:
    assert markup.ending(datetime(2027, 1, 1, tzinfo=SHANGHAI)) == "2026-12-31 24:00"
    assert markup.ending(datetime(2027, 1, 1, 0, 1, tzinfo=SHANGHAI)) == "2027-01-01 00:01"
    assert markup.ending("2026-12-31 24:00") == "2026-12-31 24:00"
    assert markup.ending(None) == "—"


def test_a_ledger_is_short_within_its_year() -> None:
    assert ">12-12 14:36</time>" in markup.ledger_moment(MOMENT, MOMENT)
    assert 'title="2026-12-12 14:36"' in markup.ledger_moment(MOMENT, MOMENT)
    last_year = datetime(2025, 11, 8, 8, 0, tzinfo=UTC)
    assert ">2025-11-08</time>" in markup.ledger_moment(last_year, MOMENT)
    assert ">12-01</time>" in markup.ledger_moment(date(2026, 12, 1), MOMENT)
    assert markup.ledger_moment(None, MOMENT) == "—"


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [
        ("(四)1", "第 (四)1 条", "Clause (4)1"),
        ("(十二)3", "第 (十二)3 条", "Clause (12)3"),
        ("(二十)", "第 (二十) 条", "Clause (20)"),
        ("五1", "第 五1 条", "Clause 5.1"),
        ("(三)表", "第 (三)表", "Clause (3) table"),
        ("7.2", "第 7.2 条", "Clause 7.2"),
    ],
)
def test_clauses_keep_the_sources_numbering(number: str, zh: str, en: str) -> None:
    assert both(markup.clause_name, number) == (zh, en)


def test_a_clause_is_a_link_where_its_address_is_known() -> None:
    with translation.override("en"):
        assert markup.clause(ClauseRef("(四)1", "/rulebook#a&b")) == (
            '<a class="clause" href="/rulebook#a&amp;b">Clause (4)1</a>'
        )
        assert markup.clause("(四)1") == '<span class="clause">Clause (4)1</span>'
        assert markup.clause(None) == ""


def test_masked() -> None:
    assert markup.masked_phone("13800002046") == "138****2046"
    assert markup.masked_phone("2046") == "****"
    assert markup.masked_phone("") == "—"


def test_words_come_in_the_readers_language_and_never_as_markup() -> None:
    assert both(markup.told, Text(zh="收银", en="Till")) == ("收银", "Till")
    assert both(markup.told, {"zh": "收银", "en": "Till"}) == ("收银", "Till")
    assert markup.told("<b>顾</b>") == "&lt;b&gt;顾&lt;/b&gt;"
    assert markup.told(SafeString("<mark>94</mark>")) == "<mark>94</mark>"
    assert markup.told(None) == ""


def test_a_sentence_escapes_its_values_and_may_underline_them() -> None:
    paid = Text(zh="{who} 付 {due:yuan}", en="{who} paid {due:yuan}")
    with translation.override("en"):
        assert markup.filled(paid, {"who": "<i>", "due": 478800}) == "&lt;i&gt; paid ¥4,788.00"
        assert markup.filled(paid, {"who": "Li", "due": 5}, mark=True) == "<mark>Li</mark> paid <mark>¥0.05</mark>"


def test_a_missing_value_is_an_error_never_a_blank() -> None:
    with pytest.raises(KeyError):
        markup.filled(Text(zh="{n} 单", en="{n} sales"), {})
