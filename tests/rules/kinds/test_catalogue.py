"""The mall's clause: prices by tier, mixed prices, whom and when a thing is for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huiguan.rules.effects import Refuse, Spend
from huiguan.rules.kinds import catalogue
from huiguan.rules.mall import Offer, Price, Wish
from huiguan.rules.programme import Programme
from tests.rules.buying import AT, lot, member, moment, says, told
from tests.rules.writing import compiled, found

LADDER = (
    "tier_ladder",
    "rungs: [{tier: points_card, title: {zh: 普通, en: Ordinary}}, {tier: gold, title: {zh: 金卡, en: Gold}}]",
)
BOOK = compiled(
    LADDER,
    (
        "catalogue",
        "unit: points, worth: 0.02, least: 0.4, most: 0.9, rates: {gold: 0.9}, dispatch: {gift: 7}",
    ),
)
CUP = Offer("CUP", "home", "gift", 101)
POT = Offer("POT", "home", "goods", 0, worth=10000, mixed=True)


def asked(offer: Offer, wish: Wish = Wish(), *, has: int = 10000, tier: str = "points_card", book: Programme = BOOK):
    facts = member(tier=tier, lots={"points": (lot(has),)})
    return catalogue.decide(book, facts, offer, wish, at=AT)


def codes(decision) -> list[tuple[str, str, str]]:
    return [(e.clause, e.code, e.field) for e in decision.effects if isinstance(e, Refuse)]


def test_a_gold_member_pays_nine_tenths_rounded_up() -> None:
    assert asked(CUP)[0] == Price(101, 0)
    cost, decision = asked(CUP, Wish(2), tier="gold")
    assert cost == Price(182, 0)  # 101 × 0.9 = 90.9, up to 91, twice
    assert [e.amount for e in decision.effects if isinstance(e, Spend)] == [182]
    assert ("T-02", "rate") in says(decision, given=True)
    down = compiled(LADDER, ("catalogue", "unit: points, rates: {gold: 0.9}, round: down"))
    assert asked(CUP, tier="gold", book=down)[0] == Price(90, 0)


@pytest.mark.parametrize(("units", "cash"), [(2000, 6000), (4500, 1000)])
def test_of_a_mixed_price_points_pay_between_the_shares(units: int, cash: int) -> None:
    # 100 yuan at 0.02 a point: 40 % is 2,000 points, 90 % is 4,500
    cost, decision = asked(POT, Wish(units=units))
    assert cost == Price(units, cash)
    assert codes(decision) == []


@pytest.mark.parametrize("units", [0, 1999, 4501])
def test_outside_the_shares_it_is_refused(units: int) -> None:
    _, decision = asked(POT, Wish(units=units))
    assert codes(decision) == [("T-02", "WayNotOffered", "points")]


def test_where_nothing_is_named_the_fewest_points_pay() -> None:
    assert asked(POT)[0] == Price(2000, 6000)


def test_a_point_short_is_refused_and_said() -> None:
    _, decision = asked(CUP, has=100)
    assert codes(decision) == [("T-02", "BalanceTooLow", "item")]
    (zh, en), *_ = told(BOOK, decision.reasons)
    assert (zh, en) == ("余 100 分，要用 101 分，差 1 分。", "1 point short: the balance is 100, this takes 101.")
    assert codes(asked(CUP, has=101)[1]) == []


def test_it_is_for_some_tiers_only() -> None:
    only = replace(CUP, tiers=("gold",))
    assert codes(asked(only)[1]) == [("T-02", "NotForTier", "item")]
    assert codes(asked(only, tier="gold")[1]) == []


@pytest.mark.parametrize(("opens", "closes", "refused"), [
    ("2026-06-15 12:00", "2026-06-15 12:01", []),
    ("2026-06-15 12:01", None, ["OutsideWindow"]),
    ("2026-06-01 00:00", "2026-06-15 12:00", ["OutsideWindow"]),
])  # fmt: skip
def test_it_is_on_the_shelf_from_its_first_moment_until_just_before_its_last(opens, closes, refused) -> None:
    offer = replace(CUP, opens_at=moment(opens), closes_at=moment(closes) if closes else None)
    assert [code for _, code, _ in codes(asked(offer)[1])] == refused


def test_so_many_pieces_a_member() -> None:
    offer = replace(CUP, most=2, per="month", had=1)
    assert codes(asked(offer)[1]) == []
    assert codes(asked(offer, Wish(2))[1]) == [("T-02", "LimitReached", "quantity")]


def test_a_voucher_is_there_at_once_and_goods_never_are() -> None:
    voucher = replace(CUP, sort="voucher")
    assert codes(asked(voucher, Wish(way="instant"))[1]) == []
    assert codes(asked(voucher, Wish(way="pickup"))[1]) == [("T-02", "WayNotOffered", "way")]
    assert codes(asked(CUP, Wish(way="instant"))[1]) == [("T-02", "WayNotOffered", "way")]
    by_post = compiled(LADDER, ("catalogue", "unit: points, ways: [delivery]"))
    assert codes(asked(CUP, Wish(way="pickup"), book=by_post)[1]) == [("T-02", "WayNotOffered", "way")]


def test_what_the_lint_refuses() -> None:
    assert found(LADDER, ("catalogue", "unit: points, rates: {silver: 0.9}"))[0] == ("refuse", "unknown_tier", "T-02")
    assert ("refuse", "contradiction", "T-01") in found(
        ("catalogue", "unit: points, worth: 1.00, least: 0.9, most: 0.4")
    )
    assert ("refuse", "missing", "T-01") in found(("catalogue", "unit: points, most: 0.4"))
    assert ("refuse", "overlap", "T-02") in found(("catalogue", "unit: points"), ("catalogue", "unit: stamps"))
    two = (("catalogue", "unit: points, return_days: 0"), ("catalogue", "unit: points, return_days: 7"))
    assert ("refuse", "disagreement", "T-02") in found(*two)


BOOKED = compiled(
    ("earn", "unit: points, per: 1.00, give: 1"),
    ("catalogue", "unit: points"),
    ("catalogue", "unit: points, book_ahead: {units: 10000, days: 10}"),
    ("catalogue", "unit: points, finish_by: 12-31"),
)


def test_clauses_of_a_mall_are_read_together() -> None:
    whole = catalogue.rule(BOOKED)
    assert whole is not None and whole.id == "T-02"
    assert (catalogue.terms(whole).book_ahead is not None, catalogue.terms(whole).finish_by) == (True, (12, 31))
    assert (catalogue.who_says(BOOKED, "finish_by"), catalogue.who_says(BOOKED, "ways")) == ("T-04", "T-02")


@pytest.mark.parametrize(
    ("units", "ordered", "at", "said"),
    [
        (9999, "2026-06-01 20:00", "2026-06-01 20:00", None),
        (10000, "2026-06-01 20:00", "2026-06-10 23:59:59", "not_before"),
        (10000, "2026-06-01 20:00", "2026-06-11 00:00", None),
        (9999, "2026-06-01 20:00", "2026-12-31 23:59:59", None),
        (9999, "2026-06-01 20:00", "2027-01-01 00:00", "forfeited"),
        (9999, "2027-01-01 00:00", "2027-12-31 23:59:59", None),
    ],
)
def test_when_a_thing_is_handed_over(units: int, ordered: str, at: str, said: str | None) -> None:
    stop = catalogue.handing_over(BOOKED, units, moment(ordered), moment(at))
    assert (stop.say if stop else None) == said


@pytest.mark.parametrize(("at", "late"), [("2026-12-21 23:59:59", False), ("2026-12-22 00:00", True)])
def test_what_cannot_be_collected_in_time_is_not_booked(at: str, late: bool) -> None:
    offer = Offer("WOK", "", "gift", 10000)
    assert (catalogue.booked_late(BOOKED, offer, moment(at)) is not None) is late


def test_a_deposit_is_a_share_of_what_is_owed_up_to_the_fen() -> None:
    book = compiled(("catalogue", "unit: points, pay_within: 48, deposit: {part: 20%, days: 30}"))
    assert catalogue.deposit(book, 149901) == (29981, 30)
    assert catalogue.deposit(book, 0) == (0, 0)
    assert catalogue.deposit(compiled(("catalogue", "unit: points")), 149901) == (0, 0)
    for share in ("0%", "100%"):
        told = found(("catalogue", f"unit: points, deposit: {{part: {share}, days: 30}}"))
        assert ("refuse", "wrong_value", "T-01") in told
