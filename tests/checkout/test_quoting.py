"""Pricing a sale under the designer-wear rulebook, figures worked out by hand from its clauses."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiguan.checkout.quoting import judge, restate
from huiguan.rules.compiling import compile_rulebook
from huiguan.rules.facts import CardFact, Line, LotFact, MemberFacts, RightFact, Sale

SOURCE = Path(__file__).parents[2] / "rulebooks/designer-wear/rulebook.yaml"
BOOK = compile_rulebook(SOURCE.read_text(encoding="utf-8"))
NOON = datetime(2026, 6, 15, 4, tzinfo=UTC)  # 12:00 in Shanghai
JOINED = datetime(2025, 3, 1, 4, tzinfo=UTC)


def facts(**more) -> MemberFacts:
    known = {
        "membership": 1,
        "number": "DN000001",
        "standing": "active",
        "joined_at": JOINED,
        "tier": "points_card",
        "tier_since": JOINED,
        "birthday": date(1990, 6, 30),
        "card": CardFact("C1", "active", JOINED),
        "profile_complete": True,
        "lots": {"points": (LotFact((1, 0), 500, JOINED, datetime(2026, 12, 31, 16, tzinfo=UTC)),)},
        "opened_at": JOINED,
    }
    return MemberFacts(**{**known, **more})


def sale(*prices: int, **more) -> Sale:
    lines = tuple(Line(f"S{i}", "", 1, price, price) for i, price in enumerate(prices))
    known = {"at": NOON, "day": date(2026, 6, 15), "shop": "S1", "lines": lines, "shown": "card"}
    return Sale(**{**known, **more})


def says(judged, given):
    return {(reason.clause, reason.say) for reason in judged.reasons if reason.given is given}


@pytest.mark.parametrize(
    ("paid", "points"),
    # 2 points for every full 100 yuan, nothing for the rest; no card shown, so no discount
    [(9999, 0), (10000, 2), (10001, 2), (19999, 2), (20000, 4), (0, 0)],
)
def test_two_points_for_every_full_hundred(paid, points):
    judged = judge(BOOK, facts(), sale(paid, shown="none"))
    assert judged.bill.due == paid
    assert sum(effect.amount for effect in judged.earns) == points


def test_points_come_off_before_the_discount():
    judged = judge(BOOK, facts(), sale(100000, points=100))
    # (1,000 − 100) × 95 % = 855; 8 full hundreds give 16 points
    assert judged.bill.due == 85500
    assert [effect.amount for effect in judged.earns] == [16]
    assert [(effect.unit, effect.amount) for effect in judged.spends] == [("points", 100)]


def test_the_voucher_comes_off_before_the_birthday_discount():
    right = RightFact(7, "V1", "opening_voucher", "B55-10", 20000, JOINED, JOINED, None)
    judged = judge(BOOK, facts(rights=(right,)), sale(100000, vouchers=("V1",), asks=("birthday",)))
    # (1,000 − 200) × 80 % = 640; 6 full hundreds give 12 points
    assert judged.bill.due == 64000
    assert [effect.amount for effect in judged.earns] == [12]
    assert [effect.right for effect in judged.rights] == [7]


def test_the_bill_is_spread_to_the_fen():
    # The picture of a till: 3,280 + 1,280 + 580 (promotion), 100 points, 95 %.
    judged = judge(BOOK, facts(), sale(328000, 128000, 58000, points=100))
    assert judged.bill.step("points").offs == (6381, 2490, 1129)  # 100.00 over 5,140.00 by largest remainder
    assert judged.bill.due == 478800
    assert sum(effect.amount for effect in judged.earns) == 94


@pytest.mark.parametrize(
    ("more", "clause", "code"),
    [
        ({"asks": ("birthday",), "shown": "none"}, "B55-06", "CardNotShown"),
        ({"asks": ("birthday",), "by_member": False}, "B55-05", "NotInPerson"),
        ({"asks": ("birthday",), "day": date(2026, 7, 1)}, "B55-05", "OutsideWindow"),
        ({"points": 1, "day": date(2026, 7, 1)}, "B55-19", "OutsideWindow"),
        ({"points": 501}, "B55-20", "BalanceTooLow"),
        ({"vouchers": ("NONE",)}, "B55-10", "RightNotHeld"),
    ],
)
def test_what_was_asked_and_is_not_due_is_refused(more, clause, code):
    judged = judge(BOOK, facts(), sale(100000, **more))
    assert [(effect.clause, effect.code) for effect in judged.refuses] == [(clause, code)]


def test_used_once_this_year_means_no_second_birthday_discount():
    used = {date(2026, 6, 2): {"used:birthday": 1}}
    judged = judge(BOOK, facts(days=used), sale(100000, asks=("birthday",)))
    assert [(effect.clause, effect.code) for effect in judged.refuses] == [("B55-06", "LimitReached")]
    last_year = {date(2025, 6, 2): {"used:birthday": 1}}
    assert judge(BOOK, facts(days=last_year), sale(100000, asks=("birthday",))).bill.due == 80000


def test_the_opening_purchase_earns_but_gets_no_discount():
    judged = judge(BOOK, facts(), sale(100000, opening=True))
    assert judged.bill.due == 100000
    assert [effect.amount for effect in judged.earns] == [20]
    assert ("B55-07", "opening") in says(judged, False)


def test_points_for_more_than_is_due_are_refused():
    judged = judge(BOOK, facts(), sale(9950, points=100))
    assert [(effect.code, effect.values["reason"].values["most"]) for effect in judged.refuses] == [("MoreThanDue", 99)]


amounts = st.lists(st.integers(0, 10**9), min_size=1, max_size=6)


@settings(max_examples=150, deadline=None)
@given(amounts, st.integers(0, 500), st.booleans(), st.booleans())
def test_lines_always_add_up_and_are_never_negative(prices, points, birthday, voucher):
    right = RightFact(7, "V1", "opening_voucher", "B55-10", 20000, JOINED, JOINED, None)
    asked = sale(*prices, points=points, asks=("birthday",) if birthday else (), vouchers=("V1",) if voucher else ())
    judged = judge(BOOK, facts(rights=(right,)), asked)
    assert all(due >= 0 for due in judged.bill.due_lines)
    assert sum(judged.bill.due_lines) == sum(prices) - sum(step.off for step in judged.bill.steps)
    if not judged.refuses:
        again = restate(BOOK, asked, judged.bill.steps)
        assert again.bill.due_lines == judged.bill.due_lines
        assert again.points == points


@settings(max_examples=100, deadline=None)
@given(amounts, st.integers(0, 500))
def test_keeping_less_never_costs_more(prices, points):
    whole = sale(*prices, points=points)
    judged = judge(BOOK, facts(), whole)
    if judged.refuses:
        return
    before = restate(BOOK, whole, judged.bill.steps)
    kept = sale(*prices[:-1], points=points) if len(prices) > 1 else Sale(NOON, date(2026, 6, 15), "S1", ())
    after = restate(BOOK, kept, judged.bill.steps)
    assert 0 <= after.due <= before.due
    assert after.points <= points
    assert sum(after.earned.values()) <= sum(before.earned.values())
