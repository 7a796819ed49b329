"""Shifts and closed days: what each drawer should hold, what differs, and that a closed day never changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import (
    CashMoveInput,
    CloseDayInput,
    HandOverInput,
    OpenShiftInput,
    ReturnInput,
    SaleInput,
    VoidInput,
)
from huiguan.checkout.shifts import days, refusals
from huiguan.checkout.values import DayView, SaleView, ShiftView
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Forbidden, InvalidInput, KeyReused
from tests.checkout.world import World, moment

CLERK = frozenset({"sell", "return", "read_members"})
MANAGER = CLERK | {"void", "close_day"}


@pytest.fixture
def world(db: None) -> World:
    return World.found()


class Shop:
    """S1 with two clerks and a manager."""

    def __init__(self, world: World, code: str = "S1") -> None:
        self.world, self.code = world, code
        shop = identity.shop(world.actor.programme, code)
        self.zhou, self.lu, self.he = (
            Actor("staff", key, name, world.actor.programme, powers, frozenset({shop.id}))
            for key, name, powers in ((901, "周禾", CLERK), (902, "陆小满", CLERK), (903, "贺知微", MANAGER))
        )

    def open(self, who: Actor, at: str, opening: str = "0", till: str = "1", **more: Any) -> ShiftView:
        given = {"shop": self.code, "till": till, "opening": opening, **more}
        return checkout.open_shift(actor=who, at=moment(at), given=read(OpenShiftInput, given))

    def sell(self, who: Actor, at: str, sku: str, key: str, now: str | None = None, **more: Any) -> SaleView:
        given = {"shop": self.code, "lines": [{"sku": sku}], **more, **({"at": at} if now else {})}
        return checkout.commit_sale(actor=who, at=moment(now or at), given=read(SaleInput, given), key=key)

    def back(self, who: Actor, at: str, sale: str, **more: Any) -> None:
        checkout.return_sale(actor=who, at=moment(at), given=read(ReturnInput, {"sale": sale, **more}))

    def move(self, who: Actor, at: str, shift: str, kind: str, amount: str) -> ShiftView:
        given = {"shift": shift, "kind": kind, "amount": amount, "reason": "存行"}
        return checkout.move_cash(actor=who, at=moment(at), given=read(CashMoveInput, given))

    def count(
        self, who: Actor, at: str, shift: str, reason: str = "", key: str | None = None, **counted: str
    ) -> ShiftView:
        told = [{"means": means, "amount": amount} for means, amount in counted.items()]
        given = {"shift": shift, "counted": told, "reason": reason}
        return checkout.hand_over(actor=who, at=moment(at), given=read(HandOverInput, given), key=key)

    def close(self, who: Actor, at: str, day: str | None = None, key: str | None = None) -> DayView:
        given = read(CloseDayInput, {"shop": self.code, "day": day})
        return checkout.close_day(actor=who, at=moment(at), given=given, key=key)


@pytest.fixture
def shop(world: World) -> Shop:
    return Shop(world)


WECHAT = [{"means": "wechat", "amount": "500.00"}]
MIXED = [{"means": "wechat", "amount": "400.00"}, {"means": "cash", "amount": "600.00"}]


def test_a_drawer_holds_float_and_sales_less_refunds_and_what_was_taken_out(shop: Shop) -> None:
    """300 + 600 + 100 sold − 100 voided − 600 of the mixed sale − 200 taken to the bank + 20 put in = 120."""
    shift = shop.open(shop.zhou, "2026-05-04 09:00", "300.00")
    mixed = shop.sell(shop.zhou, "2026-05-04 10:00", "COAT", "a", tenders=MIXED)
    shop.sell(shop.zhou, "2026-05-04 10:05", "SCARF", "b", tenders=WECHAT)
    wrong = shop.sell(shop.zhou, "2026-05-04 10:10", "HUNDRED", "c")
    void = read(VoidInput, {"sale": wrong.id, "reason": "扫错"})
    checkout.void_sale(actor=shop.he, at=moment("2026-05-04 10:12"), given=void)
    # another's sale is not hers
    shop.sell(shop.lu, "2026-05-04 10:20", "GOWN", "d")
    shop.move(shop.zhou, "2026-05-04 11:00", shift.id, "out", "200.00")
    shop.move(shop.zhou, "2026-05-04 11:05", shift.id, "in", "20.00")
    shop.back(shop.zhou, "2026-05-04 12:00", mixed.id)
    so_far = queries.shift(shop.zhou, shift.id, moment("2026-05-04 13:00")).sheet
    assert so_far["tenders"]["cash"] == {"sales": 70000, "refunds": 70000, "expected": 12000}
    assert so_far["tenders"]["wechat"] == {"sales": 90000, "refunds": 40000, "expected": 50000}
    assert (so_far["sales"], so_far["returns"], so_far["voids"], so_far["refunds"]) == (3, 1, 1, 110000)
    assert (so_far["in"], so_far["out"], so_far["overnight"]) == (2000, 20000, False)


def test_a_count_that_agrees_is_handed_over_and_never_changes(shop: Shop) -> None:
    shift = shop.open(shop.zhou, "2026-05-04 09:00", "300.00")
    shop.sell(shop.zhou, "2026-05-04 10:00", "COAT", "a", tenders=MIXED)
    with pytest.raises(refusals.CountMissing) as missing:
        shop.count(shop.zhou, "2026-05-04 18:00", shift.id, cash="900.00")
    assert missing.value.field == "counted.wechat"
    sheet = shop.count(shop.zhou, "2026-05-04 18:00", shift.id, key="k", cash="900.00", wechat="400.00").sheet
    assert sheet["tenders"]["cash"] == {
        "sales": 60000, "refunds": 0, "expected": 90000, "counted": 90000, "difference": 0,
    }  # fmt: skip
    again = shop.count(shop.zhou, "2026-05-04 18:01", shift.id, key="k", cash="900.00", wechat="400.00")
    assert again.closed_at == moment("2026-05-04 18:00")
    with pytest.raises(KeyReused):
        shop.count(shop.zhou, "2026-05-04 18:02", shift.id, key="k", cash="901.00", wechat="400.00")
    with pytest.raises(refusals.ShiftHandedOver):
        shop.count(shop.zhou, "2026-05-04 18:03", shift.id, cash="900.00", wechat="400.00")
    with pytest.raises(refusals.ShiftHandedOver):
        shop.move(shop.zhou, "2026-05-04 18:03", shift.id, "in", "1.00")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE checkout_shift SET opening = 1 WHERE id = %s", [int(shift.id)])
    assert queries.own_shift(shop.zhou, moment("2026-05-04 18:05")) is None


def test_a_difference_takes_a_reason(shop: Shop) -> None:
    shift = shop.open(shop.zhou, "2026-05-04 09:00", "300.00")
    shop.sell(shop.zhou, "2026-05-04 10:00", "SCARF", "a", tenders=WECHAT)
    with pytest.raises(refusals.DifferenceUnexplained) as refused:
        shop.count(shop.zhou, "2026-05-04 18:00", shift.id, cash="295.00", wechat="501.00", card="3.00")
    assert refused.value.values["differences"] == {"wechat": 100, "card": 300, "cash": -500}
    assert refused.value.say("zh") == "点数与应有不符：微信多 ¥1.00，刷卡多 ¥3.00，现金少 ¥5.00。请复点，或写明原因。"
    closed = shop.count(shop.zhou, "2026-05-04 18:00", shift.id, "找错零", cash="295.00", wechat="500.00")
    assert (closed.sheet["tenders"]["cash"]["difference"], closed.sheet["reason"]) == (-500, "找错零")


def test_one_shift_a_person_and_one_a_till(shop: Shop) -> None:
    first = shop.open(shop.zhou, "2026-05-04 09:00")
    with pytest.raises(refusals.TillTaken) as taken:
        shop.open(shop.lu, "2026-05-04 09:01")
    assert (taken.value.field, taken.value.values["clerk"]) == ("till", "周禾")
    with pytest.raises(refusals.ShiftAlreadyOpen):
        shop.open(shop.zhou, "2026-05-04 09:02", till="2")
    shop.open(shop.lu, "2026-05-04 09:03", till="2")
    # one clerk after the other on one till
    shop.count(shop.zhou, "2026-05-04 14:00", first.id, cash="0")
    assert shop.open(shop.zhou, "2026-05-04 14:01").mine
    with pytest.raises(InvalidInput):
        shop.open(replace(shop.he, id=904), "2026-05-04 15:00", till="3", clerk="周禾")


def test_anothers_shift_is_the_managers_to_close(shop: Shop) -> None:
    shift = shop.open(shop.zhou, "2026-05-04 21:00", "100.00")
    shop.sell(shop.zhou, "2026-05-04 21:30", "HUNDRED", "a")
    with pytest.raises(Forbidden):
        shop.count(shop.lu, "2026-05-05 09:00", shift.id, cash="200.00")
    with pytest.raises(Forbidden):
        queries.shift(shop.lu, shift.id, moment("2026-05-05 09:00"))
    # a shift left open over midnight holds the day before the close
    with pytest.raises(refusals.ShiftsStillOpen) as still:
        shop.close(shop.he, "2026-05-05 09:00", "2026-05-04")
    assert still.value.values["names"] == ["周禾（1）"]
    closed = shop.count(shop.he, "2026-05-05 09:05", shift.id, cash="200.00")
    assert (closed.closed_by, closed.sheet["overnight"], closed.mine) == ("贺知微", True, False)
    assert shop.close(shop.he, "2026-05-05 09:10", "2026-05-04").document["sales"]["paid"] == 10000


def test_cash_that_is_not_there_cannot_be_taken_out(shop: Shop) -> None:
    shift = shop.open(shop.zhou, "2026-05-04 09:00", "50.00")
    with pytest.raises(refusals.CashNotThere) as refused:
        shop.move(shop.zhou, "2026-05-04 09:30", shift.id, "out", "50.01")
    assert refused.value.values == {"has": 5000, "given": 5001}
    assert shop.move(shop.zhou, "2026-05-04 09:31", shift.id, "out", "50.00").sheet["tenders"]["cash"]["expected"] == 0
    with pytest.raises(InvalidInput):
        read(CashMoveInput, {"shift": "1", "kind": "in", "amount": "0", "reason": "x"})


def test_money_of_before_the_shift_is_told_and_not_expected(shop: Shop) -> None:
    shift = shop.open(shop.zhou, "2026-05-04 14:00")
    shop.sell(shop.zhou, "2026-05-04 11:00", "HUNDRED", "a", now="2026-05-04 15:00")
    sheet = queries.shift(shop.zhou, shift.id, moment("2026-05-04 16:00")).sheet
    assert (sheet["sales"], sheet["tenders"]["cash"]["expected"]) == (0, 0)
    assert sheet["late"] == {"sales": 1, "paid": 10000, "tenders": {"cash": 10000}}


def test_a_programs_shift_holds_the_sales_under_its_clerks_name(world: World) -> None:
    shop = Shop(world)
    till = Actor("client", 77, "POS", world.actor.programme, CLERK, shop.zhou.shops)
    with pytest.raises(InvalidInput) as refused:
        shop.open(till, "2026-05-04 09:00")
    assert refused.value.field == "clerk"
    first = shop.open(till, "2026-05-04 09:00", till="1", clerk="周禾")
    second = shop.open(till, "2026-05-04 09:00", till="2", clerk="陆小满")
    sale = shop.sell(till, "2026-05-04 10:00", "HUNDRED", "a", clerk="周禾")
    shop.sell(till, "2026-05-04 10:01", "SCARF", "b", clerk="陆小满")
    shop.back(till, "2026-05-04 10:30", sale.id, clerk="陆小满")
    now = moment("2026-05-04 11:00")
    expected = [queries.shift(till, each.id, now).sheet["tenders"]["cash"]["expected"] for each in (first, second)]
    assert expected == [10000, 40000]


def test_goods_back_in_another_shop_come_out_of_that_shops_drawer(world: World) -> None:
    one, two = Shop(world), Shop(world, "S2")
    sale = one.sell(one.zhou, "2026-05-04 10:00", "COAT", "a")
    both = replace(two.he, id=905, name="巡店", shops=one.he.shops | two.he.shops)
    shift = two.open(both, "2026-05-04 09:00", "2000.00")
    with pytest.raises(Forbidden):  # she may take returns in her own shop, not here
        one.back(one.he, "2026-05-04 11:00", sale.id, shop="S2")
    two.back(both, "2026-05-04 11:00", sale.id, shop="S2")
    assert queries.shift(both, shift.id, moment("2026-05-04 12:00")).sheet["tenders"]["cash"]["expected"] == 100000
    two.count(both, "2026-05-04 20:00", shift.id, cash="1000.00")
    day = one.close(one.he, "2026-05-04 22:00").document
    assert (day["net"], day["returns"]["count"]) == ({"cash": 100000}, 0)
    other = two.close(both, "2026-05-04 22:00").document
    assert (other["net"], other["returns"]) == (
        {"cash": -100000}, {"count": 1, "refund": 100000, "tenders": {"cash": 100000}},
    )  # fmt: skip


def test_a_day_is_closed_by_tender_clerk_and_unit(shop: Shop) -> None:
    li = shop.world.enrol()
    shift = shop.open(shop.zhou, "2026-05-04 09:00", "100.00")
    # 1,000 at 95 % is 950: 18 points; by card
    card = [{"means": "card", "amount": "950.00"}]
    asks = {"member": li.number, "presented": "card"}
    coat = shop.sell(shop.zhou, "2026-05-04 10:00", "COAT", "a", tenders=card, **asks)
    shop.sell(shop.zhou, "2026-05-04 10:05", "SCARF", "b", tenders=WECHAT)
    shop.sell(shop.lu, "2026-05-04 10:10", "HUNDRED", "c")
    shop.back(shop.zhou, "2026-05-04 12:00", coat.id)
    shop.count(shop.zhou, "2026-05-04 20:00", shift.id, "少找", cash="99.00", wechat="500.00", card="0")
    told = shop.close(shop.he, "2026-05-04 21:00", key="close").document
    assert told["sales"] == {
        "count": 3, "members": 1, "pieces": 3, "listed": 160000, "paid": 155000, "discounts": {"member": 5000},
        "tenders": {"wechat": 50000, "card": 95000, "cash": 10000},
    }  # fmt: skip
    assert told["returns"] == {"count": 1, "refund": 95000, "tenders": {"card": 95000}}
    assert told["voids"] == {"count": 0, "refund": 0, "tenders": {}}
    assert told["net"] == {"wechat": 50000, "card": 0, "cash": 10000}
    assert told["clerks"] == [
        {"clerk": "周禾", "sales": 2, "paid": 145000, "returns": 1, "refund": 95000},
        {"clerk": "陆小满", "sales": 1, "paid": 10000, "returns": 0, "refund": 0},
    ]
    assert told["units"] == {"points": {"earned": 18, "taken_back": 18}}
    assert [(row["clerk"], row["differences"], row["reason"]) for row in told["shifts"]] == [
        ("周禾", {"cash": -100}, "少找")
    ]
    assert (told["outside"], told["late"]) == ({"sales": 1, "paid": 10000}, [])


def test_a_day_is_closed_once_and_late_sales_are_told_by_the_next(shop: Shop) -> None:
    shop.sell(shop.zhou, "2026-05-04 10:00", "COAT", "a")
    first = shop.close(shop.he, "2026-05-04 20:00", key="k")
    assert (first.number, first.document["sales"]["paid"]) == (1, 100000)
    assert shop.close(shop.he, "2026-05-04 20:01", key="k") == first
    with pytest.raises(refusals.DayAlreadyClosed) as refused:
        shop.close(shop.he, "2026-05-04 20:02")
    assert refused.value.values["number"] == 1
    for day, why in (("2026-05-03", refusals.DayBeforeLastClose), ("2026-05-06", refusals.DayAhead)):
        with pytest.raises(why):
            shop.close(shop.he, "2026-05-05 20:00", day)
    # one after the close of its own day, one entered a day late, one of a day before any close
    evening = shop.sell(shop.zhou, "2026-05-04 20:30", "SCARF", "b")
    shop.sell(shop.zhou, "2026-05-04 11:00", "HUNDRED", "c", now="2026-05-05 09:00", tenders=[
        {"means": "card", "amount": "100.00"}])  # fmt: skip
    shop.sell(shop.zhou, "2026-05-02 11:00", "PIN", "d", now="2026-05-05 09:01")
    shop.sell(shop.zhou, "2026-05-05 10:00", "HUNDRED", "e")
    given = read(ReturnInput, {"sale": evening.id, "at": "2026-05-04 21:00"})
    checkout.return_sale(actor=shop.zhou, at=moment("2026-05-05 11:00"), given=given)
    second = shop.close(shop.he, "2026-05-05 20:00")
    assert second.document["sales"]["paid"] == 10000
    assert second.document["late"] == [
        {"day": "2026-05-02", "sales": 1, "paid": 1, "returns": 0, "refund": 0, "net": {"cash": 1}},
        {"day": "2026-05-04", "sales": 2, "paid": 60000, "returns": 1, "refund": 50000,
         "net": {"card": 10000, "cash": 0}},
    ]  # fmt: skip
    assert queries.day_close(shop.he, "S1", 1) == first
    assert [view.number for view in queries.day_closes(shop.he, "S1")] == [2, 1]
    third = shop.close(shop.he, "2026-05-06 20:00")
    assert (third.document["sales"]["count"], third.document["late"]) == (0, [])


def test_a_sale_of_after_midnight_is_the_next_days_whenever_the_first_is_closed(shop: Shop) -> None:
    shop.sell(shop.zhou, "2026-05-04 23:59:59", "HUNDRED", "a")
    shop.sell(shop.zhou, "2026-05-05 00:00:00", "SCARF", "b")
    first = shop.close(shop.he, "2026-05-05 00:30", "2026-05-04")
    second = shop.close(shop.he, "2026-05-05 21:00")
    assert [view.document["sales"]["paid"] for view in (first, second)] == [10000, 50000]
    assert second.document["late"] == []


def test_a_day_nobody_closed_is_told_by_the_next_close(shop: Shop) -> None:
    shop.close(shop.he, "2026-05-03 21:00")
    shop.sell(shop.zhou, "2026-05-04 10:00", "HUNDRED", "a")
    told = shop.close(shop.he, "2026-05-05 21:00").document
    assert [(row["day"], row["paid"]) for row in told["late"]] == [("2026-05-04", 10000)]


def test_a_sale_still_being_committed_while_the_day_is_closed_is_not_lost(shop: Shop) -> None:
    """It bears a moment before the close and is seen after it; what the close saw at its edge is not told twice."""
    shop.sell(shop.zhou, "2026-05-04 20:59:59", "SCARF", "seen")
    shop.close(shop.he, "2026-05-04 21:00:00")
    shop.sell(shop.zhou, "2026-05-04 20:59:59", "HUNDRED", "unseen")
    late = [
        shop.close(shop.he, at, day).document["late"]
        for at, day in (("2026-05-05 00:01", None), ("2026-05-06 09:00", None))
    ]
    assert [[(row["day"], row["paid"]) for row in each] for each in late] == [[("2026-05-04", 10000)], []]
    assert timedelta(minutes=10) == days.EDGE


def test_two_closes_within_the_edge_tell_nothing_twice(shop: Shop) -> None:
    shop.sell(shop.zhou, "2026-05-03 23:58", "SCARF", "a")
    shop.close(shop.he, "2026-05-03 23:59")
    shop.close(shop.he, "2026-05-04 00:05")
    assert shop.close(shop.he, "2026-05-05 09:00").document["late"] == []


def test_gifts_for_points_are_told_by_the_day_they_were_written(shop: Shop) -> None:
    li = shop.world.enrol()
    shop.sell(shop.zhou, "2026-05-04 09:00", "GOWN", "a", member=li.number)
    shop.close(shop.he, "2026-05-04 20:00")
    shop.world.redeem("2026-06-01 12:00", li, 100)
    told = shop.close(shop.he, "2026-06-01 21:00").document
    assert told["units"] == {"points": {"redeemed": 100}}


def test_only_who_may_close_or_audit_sees_a_day(shop: Shop) -> None:
    with pytest.raises(Forbidden):
        queries.day_so_far(shop.zhou, "S1", moment("2026-05-04 20:00"))
    with pytest.raises(Forbidden):
        shop.close(shop.zhou, "2026-05-04 20:00")
    with pytest.raises(refusals.DayCloseUnknown):
        queries.day_close(shop.he, "S1", 1)
    assert queries.day_so_far(shop.he, "S1", moment("2026-05-04 20:00")).document["sales"]["count"] == 0
