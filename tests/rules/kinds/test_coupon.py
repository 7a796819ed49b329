"""Coupons with terms of their own: what they take off, for what, when, with what; and what a return leaves of them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from huiguan.rules import couponing, vouchers
from huiguan.rules.effects import PriceLine, Refuse
from huiguan.rules.facts import Bill, Line, RightFact, Step
from huiguan.rules.kinds import coupon
from huiguan.rules.programme import Programme
from tests.rules.buying import AT, bill, member, moment, told
from tests.rules.writing import compiled, found

SPRING = "name: spring, off: 30.00, minimum: 200.00"


def book(*terms: str) -> Programme:
    return compiled(*(("coupon", each) for each in terms))


def right(programme: Programme, at: str = "2026-06-01 10:00", **changed: Any) -> RightFact:
    """The coupon of the book's first clause, given at a moment."""
    clause = next(iter(programme.clauses.values()))
    begins, ends = coupon.life(programme, clause, moment(at))
    given = coupon.terms(clause)
    held = RightFact(7, "V1", given.name, clause.id, coupon.worth(clause), moment(at), begins, ends)
    return replace(held, **changed)


def used(programme: Programme, held: RightFact, *prices: int, **sold: Any) -> int | str:
    """What the coupon takes off, or the name of what refuses it."""
    tier = sold.pop("tier", "points_card")
    decision = vouchers.use(programme, member(rights=(held,), tier=tier), bill(*prices, vouchers=("V1",), **sold))
    refuse = next((each for each in decision.effects if isinstance(each, Refuse)), None)
    if refuse is not None:
        return f"{refuse.code}:{refuse.values['reason'].say}"
    return sum(each.step.off for each in decision.effects if isinstance(each, PriceLine))


@pytest.mark.parametrize(
    ("terms", "prices", "off"),
    [
        ("off: 30.00, minimum: 200.00", (20000,), 3000),
        ("off: 30.00, minimum: 200.00", (19999,), "MinimumNotMet:short"),
        ("off: 30.00", (2000,), 2000),  # no change is given
        ("rate: 0.85", (9999,), 1500),  # 9,999 × 0.85 = 8,499.15, paid 8,499
        ("rate: 0.85, most: 10.00", (9999,), 1000),
        ("free: cheapest", (3000, 1000, 2000), 1000),
        ("free: dearest", (3000, 1000, 2000), 3000),
        ("fixed: 9.90", (3000, 1000), 2010),
        ("fixed: 9.90", (500,), 0),
        ("off: 5.00, where: {category: category1}", (3000, 1000), 500),
        ("off: 50.00, where: {category: category1}", (3000, 1000), 1000),
        ("off: 5.00, where: {category: category9}", (3000, 1000), "CouponNotFor:not_these"),
        ("off: 5.00, minimum: 20.00, where: {category: category1}", (3000, 1999), "MinimumNotMet:short"),
        ("off: 5.00, shops: [S2]", (3000,), "CouponNotFor:shop"),
        ("off: 5.00, shops: [S1]", (3000,), 500),
        ("elsewhere: true", (3000,), "CouponNotFor:elsewhere"),
    ],
)
def test_what_it_takes_off(terms: str, prices: tuple[int, ...], off: int | str) -> None:
    programme = book(f"name: spring, {terms}")
    assert used(programme, right(programme), *prices) == off


def test_how_much_is_missing_is_said() -> None:
    programme = book(SPRING)
    decision = vouchers.use(programme, member(rights=(right(programme),)), bill(18150))
    assert told(programme, decision.reasons) == [
        ("标题满 ¥200.00 可用，差 ¥18.50。", "Title takes ¥200.00 of its goods; ¥18.50 more are needed.")
    ]


@pytest.mark.parametrize(
    ("terms", "given", "at", "expected"),
    [
        ("until: 2026-06-15", "2026-06-01 10:00", "2026-06-15 23:59:59", 3000),
        ("until: 2026-06-15", "2026-06-01 10:00", "2026-06-16 00:00:00", "OutsideWindow:over"),
        ("since: 2026-06-15", "2026-06-01 10:00", "2026-06-14 23:59:59", "OutsideWindow:not_yet"),
        ("since: 2026-06-15", "2026-06-01 10:00", "2026-06-15 00:00:00", 3000),
        ("days: 14", "2026-06-01 10:00", "2026-06-15 23:59:59", 3000),
        ("days: 14", "2026-06-01 10:00", "2026-06-16 00:00:00", "OutsideWindow:over"),
        ("days: 14, until: 2026-06-10", "2026-06-01 10:00", "2026-06-11 00:00:00", "OutsideWindow:over"),
    ],
)
def test_good_to_the_last_second(terms: str, given: str, at: str, expected: int | str) -> None:
    programme = book(f"{SPRING}, {terms}")
    assert used(programme, right(programme, given), 20000, at=moment(at), day=moment(at).date()) == expected


@pytest.mark.parametrize(
    ("marked", "hold", "expected"),
    [
        ({"mark": "locked", "mark_for": "A1", "mark_until": moment("2026-06-15 12:01")}, "", "RightNotFree:locked"),
        ({"mark": "locked", "mark_for": "A1", "mark_until": moment("2026-06-15 12:01")}, "A1", 3000),
        ({"mark": "locked", "mark_for": "A1", "mark_until": AT}, "", 3000),
        ({"mark": "given", "mark_until": moment("2026-06-16 00:00")}, "", "RightNotFree:giving"),
        ({"mark": "given", "mark_until": AT}, "", 3000),
        ({"mark": "taken"}, "", "RightNotFree:given_away"),
        ({"mark": "revoked"}, "", "RightNotFree:revoked"),
        ({"mark": "reserved", "mark_until": moment("2026-06-16 00:00")}, "", "RightNotFree:reserved"),
        ({"mark": "reserved", "mark_until": AT}, "", "RightNotFree:lapsed"),
        ({"mark": "released"}, "", 3000),
        ({"used_at": moment("2026-06-10 12:00")}, "", "RightUsed:spent"),
    ],
)
def test_marks_keep_it_and_end_by_themselves(marked: dict[str, Any], hold: str, expected: int | str) -> None:
    programme = book(SPRING)
    assert used(programme, right(programme, **marked), 20000, hold=hold) == expected


def test_tiers_and_limits() -> None:
    programme = book(f"{SPRING}, uses: {{times: 1, per: month}}")
    one = right(programme)
    for day, expected in (("2026-05-31 23:00", 3000), ("2026-06-01 00:00", "LimitReached:used_up")):
        earlier = replace(one, id=8, code="V2", used_at=moment(day))
        decision = vouchers.use(programme, member(rights=(one, earlier)), bill(20000, vouchers=("V1",)))
        refused = [f"{e.code}:{e.values['reason'].say}" for e in decision.effects if isinstance(e, Refuse)]
        assert (refused or [3000])[0] == expected


def test_company() -> None:
    """Of two coupons that do not go together the second is refused, whichever of them says so."""
    alone = "name: alone, off: 10.00, apart: [coupons]"
    programme = book(SPRING, alone)
    spring = right(programme)
    other = replace(spring, id=8, code="V2", name="alone", clause="T-02", worth=1000)
    for order in (("V1", "V2"), ("V2", "V1")):
        decision = vouchers.use(programme, member(rights=(spring, other)), bill(30000, vouchers=order))
        refused = [effect for effect in decision.effects if isinstance(effect, Refuse)]
        assert [(each.code, each.values["reason"].say) for each in refused] == [("NotTogether", "with_coupon")]
    programme = book(f"{SPRING}, apart: [points]")
    assert used(programme, right(programme), 30000, points=5) == "NotTogether:with_points"


def test_no_discount_beside_a_coupon_apart_from_it() -> None:
    rates = ("benefit", "rates: {card: {any: 0.90}}, apply: {card: always}")
    programme = compiled(("coupon", f"{SPRING}, apart: [discount]"), rates)
    assert used(programme, right(programme), 20000) == 3000
    both = compiled(("coupon", f"{SPRING}, apart: [discount]"), rates, ("stacking", "first: discount, then: [voucher]"))
    from_discount = bill(20000, vouchers=("V1",))
    step = Step("card", "T-02", (2000,), rate=Fraction(9, 10))
    decision = vouchers.use(both, member(rights=(right(both),)), from_discount.after(step))
    assert [e.values["reason"].say for e in decision.effects if isinstance(e, Refuse)] == ["with_discount"]


def test_the_minimum_is_measured_before_any_coupon() -> None:
    programme = book(SPRING)
    two = replace(right(programme), id=8, code="V2")
    decision = vouchers.use(programme, member(rights=(right(programme), two)), bill(20000, vouchers=("V1", "V2")))
    assert [e.step.off for e in decision.effects if isinstance(e, PriceLine)] == [3000, 3000]


@pytest.mark.parametrize(
    ("returns", "kept", "off"),
    [
        ("share", (15000, 5000), 3000),
        ("share", (15000,), 2250),  # 30 yuan spread 150 : 50
        ("unmet", (15000,), 0),  # 150 no longer comes to 200
        ("unmet", (15000, 5000), 3000),
    ],
)
def test_what_a_return_leaves(returns: str, kept: tuple[int, ...], off: int) -> None:
    programme = book(f"{SPRING}, returns: {returns}")
    given = coupon.terms(programme.clauses["T-01"])
    whole = couponing.step_of(bill(15000, 5000), "T-01", 7, given)
    assert whole.offs == (2250, 750)
    again = couponing.again(bill(*kept), replace(whole, offs=whole.offs[: len(kept)]), given)
    assert again.off == off


def test_one_item_of_a_line() -> None:
    """Three cups at 18: one of them is free."""
    lines = (Line("CUP", "tea", 3, 5400, 5400), Line("CAKE", "cake", 1, 2500, 2500))
    one = replace(bill(1).sale, lines=lines)
    given = coupon.terms(book("name: cup, free: cheapest").clauses["T-01"])
    assert couponing.taken_off(Bill(one), given) == (1800, 0)


@pytest.mark.parametrize(
    ("at", "had", "say"),
    [
        ("2026-05-31 23:59:59", 0, "not_open"),
        ("2026-06-01 00:00:00", 0, None),
        ("2026-06-30 23:59:59", 0, None),
        ("2026-07-01 00:00:00", 0, "closed"),
        ("2026-06-15 12:00:00", 1, None),
        ("2026-06-15 12:00:00", 2, "had"),
    ],
)
def test_claiming(at: str, had: int, say: str | None) -> None:
    programme = book(f"{SPRING}, since: 2026-06-01, until: 2026-06-30, claim: {{quota: 50, times: 2}}")
    held = tuple(replace(right(programme), id=n, claimed=True) for n in range(had))
    stop = coupon.claiming(programme, programme.clauses["T-01"], member(rights=held), moment(at))
    assert (stop.say if stop else None) == say


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ("name: c", "one_worth"),
        ("name: c, off: 1.00, rate: 0.9", "one_worth"),
        ("name: c, off: 1.00, since: 2026-02-01, until: 2026-01-31", "backwards"),
        ("name: c, off: 1.00, tiers: [nobody]", "unknown_tier"),
        ("name: c, off: 1.00, apart: [nothing]", "unknown_coupon"),
        ("name: c, off: 0.00", "worthless"),
        ("name: c, off: 20.00, minimum: 20.00", "gives_away"),
    ],
)
def test_what_the_lint_finds(terms: str, code: str) -> None:
    assert code in [each[1] for each in found(("coupon", terms))]
