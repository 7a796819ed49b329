"""Coupons given on an occasion, once, and used on a sale."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from huiguan.rules import vouchers
from huiguan.rules.effects import NOTHING, GrantRight, PriceLine, Refuse, UseRight
from huiguan.rules.exchange import Presence
from huiguan.rules.kinds import grant
from tests.rules.buying import AT, JOINED, bill, coupon, member, moment, says, told
from tests.rules.writing import compiled, designer_wear


def test_a_new_card_brings_the_welcome_voucher() -> None:
    decision = grant.on_card_issued(designer_wear(), member(), AT)
    assert decision.effects == (GrantRight("B55-10", "opening_voucher", 20000, AT, None, "card"),)
    assert told(designer_wear(), decision.reasons) == [
        ("赠开卡积分券一张，抵 ¥200.00。", "Welcome voucher given, worth ¥200.00.")
    ]


def test_an_incomplete_profile_keeps_it_back() -> None:
    decision = grant.on_card_issued(designer_wear(), replace(member(), profile_complete=False), AT)
    assert (decision.effects, says(decision)) == ((), [("B55-26", "incomplete")])


@pytest.mark.parametrize(
    ("day", "month", "start", "end", "occasion"),
    [
        (date(2026, 5, 31), 6, "2026-06-01 00:00", "2026-07-01 00:00", "2026-06"),
        (date(2026, 12, 31), 1, "2027-01-01 00:00", "2027-02-01 00:00", "2027-01"),
        (date(2028, 1, 31), 2, "2028-02-01 00:00", "2028-03-01 00:00", "2028-02"),
    ],
)
def test_the_month_s_end_gives_next_month_s_birthdays(
    day: date, month: int, start: str, end: str, occasion: str
) -> None:
    assert grant.on_month_end(designer_wear(), day) == [
        (month, GrantRight("B55-11", "birthday_voucher", 10000, moment(start), moment(end), occasion))
    ]


def test_other_days_give_nothing() -> None:
    for day in (date(2026, 5, 30), date(2026, 6, 1), date(2028, 2, 28)):
        assert grant.on_month_end(designer_wear(), day) == []


def test_a_coupon_pays_what_it_is_worth_and_is_used() -> None:
    decision = vouchers.use(designer_wear(), member(rights=(coupon(),)), bill(100000, vouchers=("V1",)))
    (price, used) = decision.effects
    assert isinstance(price, PriceLine) and (price.step.off, price.step.right) == (20000, 7)
    assert used == UseRight("B55-10", 7)
    assert told(designer_wear(), decision.reasons) == [("开卡积分券抵 ¥200.00。", "Welcome voucher pays ¥200.00.")]


def test_no_change_is_given() -> None:
    decision = vouchers.use(designer_wear(), member(rights=(coupon(),)), bill(5000, vouchers=("V1",)))
    assert [effect.step.off for effect in decision.effects if isinstance(effect, PriceLine)] == [5000]


@pytest.mark.parametrize(
    ("right", "sold", "code", "say"),
    [
        ({"code": "V2"}, {}, "RightNotHeld", "unknown"),
        ({"used_at": JOINED}, {}, "RightUsed", "spent"),
        ({"valid_until": AT}, {}, "OutsideWindow", "not_valid"),
        ({"valid_from": moment("2026-06-15 12:01")}, {}, "OutsideWindow", "not_valid"),
        ({}, {"opening": True}, "NotOnOpeningSale", "opening"),
    ],
)
def test_a_coupon_that_is_not_good_is_refused(right: dict[str, Any], sold: dict[str, Any], code: str, say: str) -> None:
    held = member(rights=(coupon(**right),))
    decision = vouchers.use(designer_wear(), held, bill(100000, vouchers=("V1",), **sold))
    refused = [effect for effect in decision.effects if isinstance(effect, Refuse)]
    assert [(effect.code, effect.field) for effect in refused] == [(code, "vouchers")]
    assert decision.reasons[0].say == say
    assert all(told(designer_wear(), decision.reasons[:1])[0])


def test_a_coupon_is_good_to_the_last_second_before_its_end() -> None:
    held = member(rights=(coupon(valid_until=moment("2026-06-15 12:00:01")),))
    decision = vouchers.use(designer_wear(), held, bill(100000, vouchers=("V1",)))
    assert says(decision) == [("B55-10", "used")]


def test_a_coupon_not_asked_for_is_offered() -> None:
    held = member(rights=(coupon(), coupon("V3", id=8, used_at=JOINED)))
    assert says(vouchers.use(designer_wear(), held, bill(100000))) == [("B55-10", "ready")]
    assert says(vouchers.use(designer_wear(), held, bill(100000, opening=True))) == [("B55-10", "opening")]


GIFT = compiled(("grant", "on: birthday, name: cake, gives: gift, in_person: true, shown: [card, id]"))
HERE = Presence(True, frozenset({"card", "id"}))


@pytest.mark.parametrize(
    ("born", "day", "say"),
    [
        (date(1990, 5, 5), date(2026, 5, 5), "handed_over"),
        (date(1990, 5, 5), date(2026, 5, 4), "not_today"),
        (date(1990, 5, 5), date(2026, 5, 6), "not_today"),
        (date(1992, 2, 29), date(2026, 2, 28), "handed_over"),
        (date(1992, 2, 29), date(2028, 2, 28), "not_today"),
        (None, date(2026, 5, 5), "no_birthday"),
    ],
)
def test_a_gift_on_the_birthday_itself(born: date | None, day: date, say: str) -> None:
    decision = grant.on_birthday(GIFT, member(birthday=born), "cake", at=AT, day=day, presence=HERE)
    assert says(decision) == [("T-01", say)]
    assert any(isinstance(effect, Refuse) for effect in decision.effects) == (say != "handed_over")


@pytest.mark.parametrize(
    ("presence", "say"),
    [
        (Presence(False, frozenset({"card", "id"})), "not_in_person"),
        (Presence(True, frozenset({"id"})), "no_card"),
        (Presence(True, frozenset({"card"})), "no_id"),
    ],
)
def test_who_comes_for_the_gift_with_what(presence: Presence, say: str) -> None:
    day = date(2026, 6, 15)
    assert says(grant.on_birthday(GIFT, member(), "cake", at=AT, day=day, presence=presence)) == [("T-01", say)]


def test_a_gift_is_handed_over_once_a_year() -> None:
    had = coupon(clause="T-01", name="cake", granted_at=moment("2026-06-15 09:00"))
    day = date(2026, 6, 15)
    assert says(grant.on_birthday(GIFT, member(rights=(had,)), "cake", at=AT, day=day, presence=HERE)) == [
        ("T-01", "had")
    ]
    old = coupon(clause="T-01", name="cake", granted_at=moment("2025-06-15 09:00"))
    again = grant.on_birthday(GIFT, member(rights=(old,)), "cake", at=AT, day=day, presence=HERE)
    assert says(again) == [("T-01", "handed_over")]


def test_a_gift_nobody_gives_is_nothing() -> None:
    assert grant.on_birthday(GIFT, member(), "pie", at=AT, day=date(2026, 6, 15), presence=HERE) is NOTHING
