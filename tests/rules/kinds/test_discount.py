"""The conditions of a discount, each on both sides of its border."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from huiguan.rules.facts import MemberFacts, Sale
from huiguan.rules.kinds import discount
from tests.rules.buying import member, sale, told
from tests.rules.writing import compiled, designer_wear

RATES = ("benefit", "rates: {b: {any: 0.90}}, apply: {b: asked}")


def stopped(benefit: str, facts: MemberFacts, sold: Sale) -> tuple[str, str] | None:
    reason = discount.stop(designer_wear(), benefit, facts, sold)
    return (reason.clause, reason.say) if reason else None


def test_nothing_stands_against_a_birthday_in_person_with_the_card() -> None:
    assert stopped("birthday", member(), sale(100)) is None


@pytest.mark.parametrize(
    ("facts", "sold", "expected"),
    [
        ({}, {"by_member": False}, ("B55-05", "not_in_person")),
        ({"birthday": None}, {}, ("B55-05", "no_birthday")),
        ({}, {"day": date(2026, 5, 31)}, ("B55-05", "wrong_month")),
        ({}, {"day": date(2026, 6, 1)}, None),
        ({}, {"day": date(2026, 6, 30)}, None),
        ({}, {"day": date(2026, 7, 1)}, ("B55-05", "wrong_month")),
        ({"birthday": date(1992, 2, 29)}, {"day": date(2026, 2, 28)}, None),
        ({}, {"shown": "phone"}, ("B55-06", "not_shown")),
        ({}, {"shown": "none"}, ("B55-06", "not_shown")),
        ({}, {"opening": True}, ("B55-07", "opening")),
        ({"days": {date(2026, 1, 1): {"used:birthday": 1}}}, {}, ("B55-06", "used_year")),
        ({"days": {date(2025, 12, 31): {"used:birthday": 1}}}, {}, None),
        ({"days": {date(2026, 6, 2): {"used:birthday": 0}}}, {}, None),
    ],
)
def test_the_birthday_discount(facts: dict[str, Any], sold: dict[str, Any], expected: tuple[str, str] | None) -> None:
    assert stopped("birthday", member(**facts), sale(100, **sold)) == expected


def test_the_member_discount_asks_only_for_the_card_and_not_for_the_month() -> None:
    assert stopped("member", member(birthday=None), sale(100, day=date(2026, 1, 1))) is None
    assert stopped("member", member(), sale(100, shown="phone")) == ("B55-07", "not_shown")


def test_uses_are_counted_where_a_quota_says_so() -> None:
    assert discount.counted(designer_wear(), "birthday")
    assert not discount.counted(designer_wear(), "member")


def test_a_monthly_quota_begins_anew_with_the_month() -> None:
    programme = compiled(RATES, ("discount", "benefits: [b], quota: {times: 2, per: month}"))
    twice = member(days={date(2026, 6, 1): {"used:b": 1}, date(2026, 6, 30): {"used:b": 1}})
    reason = discount.stop(programme, "b", twice, sale(100))
    assert reason is not None and reason.values["on"] == "2026-06-30"
    assert told(programme, (reason,))[0][0] == "6 月 的 2 次已在 6 月 30 日 用过。"
    assert discount.stop(programme, "b", twice, sale(100, day=date(2026, 7, 1))) is None


def test_a_shop_that_is_not_named_gives_it_to_nobody() -> None:
    programme = compiled(RATES, ("discount", "benefits: [b], shops: [S1, S2]"))
    assert discount.stop(programme, "b", member(), sale(100, shop="S2")) is None
    reason = discount.stop(programme, "b", member(), sale(100, shop="S3"))
    assert reason is not None
    assert told(programme, (reason,)) == [("只在这些门店享受：S1、S2。", "Given at these shops only: S1, S2.")]


def test_the_year_s_use_is_told_with_its_day() -> None:
    used = member(days={date(2026, 6, 2): {"used:birthday": 1}})
    reason = discount.stop(designer_wear(), "birthday", used, sale(100))
    assert reason is not None
    assert told(designer_wear(), (reason,)) == [
        ("2026 年的 1 次已在 6 月 2 日 用过。", "All 1 of 2026 were used, last on 2 Jun.")
    ]


def test_every_reason_has_a_refusal_of_its_own() -> None:
    assert set(discount.REFUSALS) == set(discount.SAYS)


@pytest.mark.parametrize(
    ("born", "day", "say"),
    [
        (date(1990, 6, 15), date(2026, 6, 15), None),
        (date(1990, 6, 15), date(2026, 6, 14), "wrong_day"),
        (date(1990, 6, 15), date(2026, 7, 15), "wrong_day"),
        (date(1992, 2, 29), date(2026, 2, 28), None),
        (date(1992, 2, 29), date(2028, 2, 28), "wrong_day"),
        (None, date(2026, 6, 15), "no_birthday"),
    ],
)
def test_on_the_birthday_itself(born: date | None, day: date, say: str | None) -> None:
    book = compiled(RATES, ("discount", "benefits: [b], day: birthday"))
    reason = discount.stop(book, "b", member(birthday=born), sale(100, day=day, asks=("b",)))
    assert (reason.say if reason else None) == say
