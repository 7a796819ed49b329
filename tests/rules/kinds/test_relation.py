"""Who else may buy in a member's name."""

from __future__ import annotations

from typing import Any

import pytest

from huiguan.rules import referring
from huiguan.rules.effects import Refuse
from huiguan.rules.kinds import relation
from tests.rules.buying import moment, says
from tests.rules.writing import compiled, found

PROGRAMME = compiled(
    ("relation", "role: authorised_user, who: [friend, relative]"),
    ("relation", "role: authorised_user, earns_for: holder"),
)


@pytest.mark.parametrize(("kin", "admitted"), [("friend", True), ("relative", True), ("colleague", False)])
def test_who_may_be_listed(kin: str, admitted: bool) -> None:
    decision = relation.admits(PROGRAMME, kin)
    assert (decision.effects == ()) == admitted
    assert says(decision) == ([] if admitted else [("T-01", "not_this")])


@pytest.mark.parametrize(
    ("buyer", "told"),
    [
        ("王芳", [("T-02", "for_holder")]),
        ("赵强", [("T-01", "not_listed")]),
        (None, [("T-01", "not_named")]),
    ],
)
def test_who_may_buy(buyer: str | None, told: list[tuple[str, str]]) -> None:
    decision = relation.buying(PROGRAMME, buyer, {"王芳"})
    assert says(decision) == told
    refused = [effect.code for effect in decision.effects if isinstance(effect, Refuse)]
    assert refused == ([] if buyer == "王芳" else ["BuyerNotListed"])


def test_a_rulebook_that_says_nothing_shares_nothing_and_asks_nothing() -> None:
    silent = compiled(("statement", ""))
    assert not relation.shared(silent)
    assert relation.shared(PROGRAMME)
    assert relation.buying(silent, None, ()).effects == ()


REFERRER = (
    "relation",
    "role: referrer, first_purchase: 50.00, within: 30, waits: 7, friend_points: 100, referrer_points: 200, most: 2",
)


def brought(paid: int, at: str, bought: str = "2026-06-15 12:00", rewarded: tuple[str, ...] = ()) -> referring.Outcome:
    programme = compiled(REFERRER)
    clause = referring.clause_of(programme)
    assert clause is not None
    first = referring.FirstPurchase(moment(bought), paid, "1-1")
    before = [moment(each) for each in rewarded]
    return referring.outcome(
        programme, clause, joined=moment("2026-06-01 10:00"), first=first, rewarded=before, at=moment(at)
    )


@pytest.mark.parametrize(
    ("paid", "at", "state"),
    [
        (5000, "2026-06-22 23:59:59", "waiting"),
        (5000, "2026-06-23 00:00", "rewarded"),
        (4999, "2026-06-22 23:59:59", "waiting"),
        (4999, "2026-06-23 00:00", "lapsed"),
    ],
)
def test_a_first_purchase_counts_once_it_cannot_come_back(paid: int, at: str, state: str) -> None:
    assert brought(paid, at).state == state


@pytest.mark.parametrize(("bought", "state"), [("2026-07-01 23:59:59", "rewarded"), ("2026-07-02 00:00", "lapsed")])
def test_within_so_many_days_of_joining(bought: str, state: str) -> None:
    assert brought(5000, "2026-08-01 00:00", bought).state == state


def test_the_referrer_gets_it_so_often_a_year() -> None:
    assert brought(5000, "2026-06-23 00:00", rewarded=("2026-01-01 00:00",)).capped is None
    assert brought(5000, "2026-06-23 00:00", rewarded=("2026-01-01 00:00", "2026-06-22 00:00")).capped is not None
    assert brought(5000, "2026-06-23 00:00", rewarded=("2025-12-31 23:59", "2026-06-22 00:00")).capped is None


@pytest.mark.parametrize(
    ("pair", "code"),
    [
        ({"same": "member"}, "SelfReferral"),
        ({"same": "phone"}, "SelfReferral"),
        ({"same": "id"}, "SelfReferral"),
        ({"same": "household", "field": "address"}, "SameHousehold"),
        ({"already": "M9"}, "AlreadyReferred"),
        ({"loop": True}, "ReferralLoop"),
        ({"bought": True}, "ReferralTooLate"),
        ({}, None),
    ],
)
def test_who_cannot_be_named(pair: dict[str, Any], code: str | None) -> None:
    programme = compiled(REFERRER)
    clause = referring.clause_of(programme)
    assert clause is not None
    decision = referring.naming(programme, clause, referring.Pair("M1", "M2", **pair))
    assert [effect.code for effect in decision.effects if isinstance(effect, Refuse)] == ([code] if code else [])


@pytest.mark.parametrize(
    ("clause", "code"),
    [
        ("role: referrer, who: [friend], friend_points: 1", "other_role"),
        ("role: authorised_user, waits: 7", "other_role"),
        ("role: referrer, first_purchase: 1.00", "gives_nothing"),
        ("role: referrer, friend_coupon: newcomer", "unknown_grant"),
    ],
)
def test_each_role_is_said_what_belongs_to_it(clause: str, code: str) -> None:
    assert ("refuse", code, "T-01") in found(("relation", clause))


@pytest.mark.parametrize(
    ("had", "asked", "say"),
    [
        ((40000, 0), (10000, 0), None),
        ((40000, 0), (10001, 0), "spend_over"),
        ((0, 1500), (1, 500), None),
        ((0, 1500), (1, 501), "points_over"),
        ((60000, 2500), (0, 0), None),
    ],
)
def test_how_much_a_user_may_do_in_a_day(had: tuple[int, int], asked: tuple[int, int], say: str | None) -> None:
    programme = compiled(("relation", "role: authorised_user, spend_a_day: 500.00, points_a_day: 2000"))
    decision = relation.limits(programme, "王芳", had, asked)
    assert says(decision) == ([("T-01", say)] if say else [])
