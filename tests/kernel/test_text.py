"""Sentences in both languages, and how values read in them."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

import pytest

from huiguan.kernel import text
from huiguan.kernel.text import Text

SENTENCE = Text(zh="消费 {paid:yuan}，得 {points:signed} 分。", en="{paid:yuan} spent: {points:signed} points.")


def test_a_sentence_reads_in_both_languages() -> None:
    assert SENTENCE.fill("zh", paid=478800, points=94) == "消费 ¥4,788.00，得 +94 分。"
    assert SENTENCE.fill("en", paid=478800, points=94) == "¥4,788.00 spent: +94 points."
    assert SENTENCE.both(paid=0, points=0) == {"zh": "消费 ¥0.00，得 0 分。", "en": "¥0.00 spent: 0 points."}


def test_a_missing_value_is_an_error_never_a_blank() -> None:
    with pytest.raises(KeyError):
        SENTENCE.fill("zh", paid=1)


def test_an_unknown_way_of_reading_is_an_error() -> None:
    with pytest.raises(ValueError, match="furlongs"):
        Text(zh="{a:furlongs}", en="").fill("zh", a=1)


@pytest.mark.parametrize(
    ("tag", "language"),
    [("zh", "zh"), ("zh-Hans-CN", "zh"), ("en", "en"), ("en-GB", "en"), ("EN", "en"), ("fr", "zh"), ("", "zh")],
)
def test_every_language_tag_reads_as_one_of_two(tag: str, language: str) -> None:
    assert text.language_of(tag) == language
    assert Text(zh="会馆", en="House").of(tag) == {"zh": "会馆", "en": "House"}[language]


@pytest.mark.parametrize(
    ("value", "spec", "zh", "en"),
    [
        (478850, "yuan", "¥4,788.50", "¥4,788.50"),
        (-100, "yuan", "\u2212¥1.00", "\u2212¥1.00"),
        (-105, "plain_yuan", "\u22121.05", "\u22121.05"),
        (1234567, "points", "1,234,567", "1,234,567"),
        (-1200, "count", "\u22121,200", "\u22121,200"),
        (94, "signed", "+94", "+94"),
        (-1000, "signed", "\u22121,000", "\u22121,000"),
        (0, "signed", "0", "0"),
        ("19/20", "discount", "9.5 折", "5% off"),
        (Fraction(4, 5), "discount", "8 折", "20% off"),
        ("17/20", "discount", "8.5 折", "15% off"),
        ("1", "discount", "10 折", "0% off"),
        ("7/8", "discount", "8.75 折", "12.5% off"),
        (Fraction(1, 50), "rate", "2%", "2%"),
        (Fraction(1, 3), "rate", "33.33%", "33.33%"),
        ("2026-12-31", "day", "2026 年 12 月 31 日", "31 Dec 2026"),
        (date(2024, 2, 29), "day", "2024 年 2 月 29 日", "29 Feb 2024"),
        ("2026-12-31T23:59:00+08:00", "day", "2026 年 12 月 31 日", "31 Dec 2026"),
        ("2000-12-31", "monthday", "12 月 31 日", "31 Dec"),
        (6, "month", "6 月", "Jun"),
        ([6, 12], "months", "6 月、12 月", "Jun, Dec"),
        ("2026-12-31T14:36:00+08:00", "moment", "2026-12-31 14:36", "2026-12-31 14:36"),
        ("2026-12-31 24:00", "moment", "2026-12-31 24:00", "2026-12-31 24:00"),
        (datetime(2026, 1, 2, 3, 4), "moment", "2026-01-02 03:04", "2026-01-02 03:04"),  # noqa: DTZ001
        (["甲", "乙"], "list", "甲、乙", "甲, 乙"),
        ([{"zh": "甲", "en": "A"}], "list", "甲", "A"),
        (Text(zh="钻卡", en="Diamond card"), "", "钻卡", "Diamond card"),
        ({"zh": "钻卡", "en": "Diamond card"}, "", "钻卡", "Diamond card"),
        (7, "", "7", "7"),
    ],
)
def test_each_way_of_reading(value: object, spec: str, zh: str, en: str) -> None:
    assert text.say_value(value, spec, "zh") == zh
    assert text.say_value(value, spec, "en") == en


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1, "1 point is left"),
        (2, "2 points are left"),
        (0, "0 points are left"),
        (-1, "\u22121 point is left"),
        (1000, "1,000 points are left"),
    ],
)
def test_words_that_go_with_a_number_are_chosen_by_it(value: int, said: str) -> None:
    sentence = Text(zh="剩 {n:points} 分", en="{n:points} {n:point is|points are} left")
    assert sentence.fill("en", n=value) == said
    assert sentence.both(n=value)["en"] == said


def test_a_number_already_said_chooses_its_words_too() -> None:
    assert [text.either(each, "point", "points") for each in ("1", "+1", "\u22121", "1,000", "11", "1.5")] == [
        "point", "point", "point", "points", "points", "points",
    ]  # fmt: skip
