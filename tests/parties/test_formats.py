"""Chinese formats, on both sides of their borders."""

from __future__ import annotations

from datetime import date

import pytest

from huiguan.kernel.refusals import InvalidInput
from huiguan.parties import formats

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    "given", ["13800000001", "138 0000 0001", "138-0000-0001", "+86 13800000001", "１３８００００００01"]
)
def test_one_mobile_written_many_ways(given: str) -> None:
    assert formats.mobile(given, "phone") == "13800000001"


@pytest.mark.parametrize("given", ["1380000000", "138000000011", "12800000001", "23800000001", "1380000000a", ""])
def test_not_a_mobile(given: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        formats.mobile(given, "phone")
    assert refused.value.field == "phone"
    assert refused.value.status == 422


@pytest.mark.parametrize(
    "given", ["1991-02-28", "1991/2/28", "1991.2.28", "1991年2月28日", "19910228", "１９９１-02-28"]
)
def test_one_day_written_many_ways(given: str) -> None:
    assert formats.day(given, "birthday") == date(1991, 2, 28)


def test_a_day_that_does_not_exist_is_named() -> None:
    with pytest.raises(InvalidInput) as refused:
        formats.birthday("1991-02-30", "profile.birthday", TODAY)
    assert refused.value.say("zh") == "profile.birthday：1991 年 2 月没有 30 日。"
    assert refused.value.say("en") == "profile.birthday: There is no 1991-02-30."


@pytest.mark.parametrize(
    "given", ["1991-13-01", "1991-00-10", "1991-02-29", "1991-04-31", "0000-01-01", "yesterday", "1991"]
)
def test_not_a_day(given: str) -> None:
    with pytest.raises(InvalidInput):
        formats.day(given, "birthday")


def test_birthdays_lie_between_1900_and_today() -> None:
    assert formats.birthday("1992-02-29", "b", TODAY) == date(1992, 2, 29)
    assert formats.birthday("2026-11-21", "b", TODAY) == TODAY
    assert formats.birthday("1900-01-01", "b", TODAY) == date(1900, 1, 1)
    for given in ("2026-11-22", "1899-12-31"):
        with pytest.raises(InvalidInput):
            formats.birthday(given, "b", TODAY)


def test_identity_numbers_have_their_check_digit() -> None:
    assert formats.id_number("11010519491231002x", "id") == "11010519491231002X"
    for given in ("110105194912310021", "11010519490231002X", "123", ""):
        with pytest.raises(InvalidInput):
            formats.id_number(given, "id")


def test_mail_addresses() -> None:
    assert formats.email("li.mei@example.com.cn", "e") == "li.mei@example.com.cn"
    for given in ("li.mei", "li@mei", "li mei@example.com", "li..mei@example.com", "@example.com"):
        with pytest.raises(InvalidInput):
            formats.email(given, "e")


def test_numbers_and_their_bounds() -> None:
    bounds = formats.RANGES["height"]
    assert [formats.number(text, "h", bounds) for text in ("50", "165.5", "250")] == ["50", "165.5", "250"]
    for given in ("49.99", "250.01", "16O", "-165", "165.555", "1e3"):
        with pytest.raises(InvalidInput):
            formats.number(given, "h", bounds)


def test_three_measurements_are_kept_one_way() -> None:
    assert {formats.measurements(given, "m") for given in ("88/66/90", "88-66-90", "88，66，90cm", "88 66 90")} == {
        "88/66/90"
    }
    for given in ("88/66", "39/66/90", "88/66/201", "88/66/90/90", "薄"):
        with pytest.raises(InvalidInput):
            formats.measurements(given, "m")


def test_card_numbers() -> None:
    assert formats.card_number(" hb-00012 ", "card") == "HB-00012"
    for given in ("1", "卡12345", "A" * 41):
        with pytest.raises(InvalidInput):
            formats.card_number(given, "card")
