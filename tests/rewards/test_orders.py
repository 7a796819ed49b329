"""An order from the shelf into the member's hands and back: points, pieces, money and proof at every step."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries as till
from huiguan.checkout.inputs import OpenShiftInput
from huiguan.checkout.inputs.coupons import CodeInput, GiveInput
from huiguan.entitlements import queries as rights
from huiguan.identity import queries as identity
from huiguan.kernel.actors import POWERS, Actor
from huiguan.kernel.inputs import read
from huiguan.ledger import queries as ledger
from huiguan.ledger.proof import prove
from huiguan.rewards import operations, queries
from tests.checkout.world import moment
from tests.rewards.refusing import refused
from tests.rewards.world import NOON, Mall, merged

pytestmark = pytest.mark.django_db
ADDRESS = {"name": "李梅", "phone": "13800000001", "where": "白鹭街 1 号"}


@pytest.fixture
def mall() -> Mall:
    return Mall.made()


def sound(mall: Mall) -> bool:
    return prove(mall.actor.programme).findings == () and queries.stock_faults(mall.actor.programme) == ()


def test_points_leave_the_lots_and_a_piece_the_shelf(mall):
    mall.item(stock=3)
    li = mall.member(250)
    order = mall.order(li)
    assert (order.points, order.cash, order.state, order.balance) == (100, 0, "placed", {"points": 150})
    assert order.number.startswith("DH")
    assert (
        str(order.due_on) == "2026-06-23"
    )  # five workdays after Monday 15 June; Friday the 19th is the Dragon Boat Festival
    assert mall.left() == 2
    entry = ledger.entries(actor=mall.actor, membership=li.membership, unit="points")[0]
    assert (entry.delta, entry.cause, entry.clause) == (-100, ("order", order.number), "N4-01")
    assert sound(mall)


def test_every_step_says_who_when_and_why(mall):
    mall.item(stock=1)
    li = mall.member()
    herself = mall.herself(li)
    order = mall.do("place_order", NOON, actor=herself, item="CUP", way="delivery", address=ADDRESS)
    mall.do("prepare_order", "2026-06-16 09:00", order=order.number, why="已打包")
    mall.do("send_order", "2026-06-16 10:00", order=order.number, carrier="顺丰", tracking="SF1")
    got = mall.do("receive_order", "2026-06-18 18:00", actor=herself, order=order.number)
    assert [(step.state, step.at, step.actor, step.why) for step in got.history] == [
        ("placed", moment(NOON), li.name, ""),
        ("prepared", moment("2026-06-16 09:00"), "system", "已打包"),
        ("sent", moment("2026-06-16 10:00"), "system", ""),
        ("received", moment("2026-06-18 18:00"), li.name, ""),
    ]
    assert got.history[2].document == {"carrier": "顺丰", "tracking": "SF1"}
    assert queries.address_of(herself, order.number) == ADDRESS
    assert queries.order(mall.actor, order.number, moment("2026-06-25 23:59")).state == "received"
    assert queries.order(mall.actor, order.number, moment("2026-06-26 00:00")).state == "closed"


def test_it_is_handed_over_by_code_or_signature(mall):
    mall.item(stock=2)
    mall.do("transfer_stock", NOON, item="CUP", target="S1", pieces=2)
    li = mall.member()
    one, two = (mall.order(li, way="pickup", shop="S1") for _ in range(2))
    code = queries.collection_code(mall.herself(li), one.number)
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    refused("ReceiptUnproved", lambda: mall.do("receive_order", NOON, order=one.number, code=wrong), field="code")
    refused("ReceiptUnproved", lambda: mall.do("receive_order", NOON, order=one.number), field="signed")
    assert mall.do("receive_order", NOON, order=one.number, code=code).state == "received"
    mall.do("send_order", NOON, order=two.number)
    got = mall.do("receive_order", NOON, order=two.number, signed="李梅")
    assert got.history[-1].document == {"by": "signature", "signed": "李梅"}
    refused("OrderNotInState", lambda: mall.do("receive_order", NOON, order=two.number, signed="李梅"))


def test_a_cancelled_order_gives_points_back_to_their_lots(mall):
    mall.item(stock=1, points=150)
    li = mall.member(100, at="2026-01-05 12:00")
    mall.sell("2026-07-01 12:00", lines=[{"sku": "HUNDRED"}], member=li.number)  # lives a year longer
    order = mall.order(li, "2026-07-02 12:00")
    back = mall.do("cancel_order", "2026-07-02 13:00", actor=mall.herself(li), order=order.number, why="不要了")
    assert back.state == "cancelled"
    assert mall.left() == 1
    assert mall.points(li, "2026-07-02 13:00") == 200
    assert mall.points(li, "2027-01-01 00:00") == 100  # the older hundred still die with their own year
    assert sound(mall)
    refused("OrderNotInState", lambda: mall.do("cancel_order", "2026-07-02 14:00", order=order.number, why="再退"))


def test_a_member_cancels_before_it_is_prepared_and_staff_until_it_is_sent(mall):
    mall.item(stock=1)
    li = mall.member()
    order = mall.order(li)
    mall.do("prepare_order", NOON, order=order.number)
    refused(
        "OrderNotInState",
        lambda: mall.do("cancel_order", NOON, actor=mall.herself(li), order=order.number, why="不要了"),
    )
    assert mall.do("cancel_order", NOON, order=order.number, why="电话取消").state == "cancelled"


@pytest.mark.parametrize(("at", "done"), [("2026-06-22 23:59", True), ("2026-06-23 00:00", False)])
def test_what_was_received_comes_back_within_seven_days(mall, at, done):
    mall.item(stock=1)
    mall.do("transfer_stock", NOON, item="CUP", target="S1", pieces=1)
    li = mall.member(100)
    order = mall.order(li, way="pickup", shop="S1")
    mall.do("receive_order", NOON, order=order.number, signed="李梅")
    if not done:
        refused("ReturnTooLate", lambda: mall.do("return_order", at, order=order.number, why="裂了"), clause="N4-01")
        return
    assert mall.do("return_order", at, order=order.number, why="裂了").state == "returned"
    assert (mall.points(li, at), mall.left()) == (100, 1)
    assert sound(mall)


def test_points_and_money(mall):
    mall.item("POT", stock=2, sort="goods", points=0, worth="10.00", mixed=True)
    li = mall.member(900)
    # ten yuan at a fen a point: 300 points at least, 800 at most
    refused("WayNotOffered", lambda: mall.order(li, item="POT", points=299), field="points")
    refused("WayNotOffered", lambda: mall.order(li, item="POT", points=801), field="points")
    order = mall.order(li, item="POT", points=300)
    assert (order.points, order.cash, order.owed) == (300, 700, 700)
    tender = {"means": "wechat", "amount": "7.00", "reference": "WX1"}
    refused("CashOwed", lambda: mall.do("send_order", NOON, order=order.number), owed=700)
    wrong = {**tender, "amount": "6.99"}
    refused("PaymentDiffers", lambda: mall.do("pay_order", NOON, order=order.number, tender=wrong))
    assert mall.do("pay_order", NOON, order=order.number, tender=tender).owed == 0
    gone = mall.do("cancel_order", NOON, order=order.number, why="缺货")
    assert gone.history[-1].document["refund"] == 700
    assert mall.points(li, NOON) == 900


def test_what_is_not_paid_in_time_is_cancelled(mall):
    mall.item("POT", stock=1, sort="goods", points=0, worth="10.00", mixed=True)
    li = mall.member(500)
    order = mall.order(li, item="POT", points=400)
    assert queries.order(mall.actor, order.number, moment("2026-06-17 11:59")).state == "placed"
    assert queries.order(mall.actor, order.number, moment("2026-06-17 12:00")).state == "cancelled"
    late = {"means": "cash", "amount": "6.00"}
    refused("OrderNotInState", lambda: mall.do("pay_order", "2026-06-17 12:00", order=order.number, tender=late))
    assert operations.run_due(programme=mall.actor.programme, at=moment("2026-06-18 03:00")) == 1
    assert operations.run_due(programme=mall.actor.programme, at=moment("2026-06-18 03:00")) == 0
    assert mall.points(li, "2026-06-18 03:00") == 500
    assert mall.left("POT") == 1
    assert sound(mall)


def test_nothing_changes_where_it_is_refused(mall):
    mall.item(stock=1, points=1001)
    li = mall.member(1000)
    wrong = refused("BalanceTooLow", lambda: mall.order(li), clause="N4-01")
    assert wrong.values["short"] == 1
    mall.item("NONE")
    refused("SoldOut", lambda: mall.order(li, item="NONE"), left=0)
    refused("ItemUnknown", lambda: mall.order(li, item="GHOST"), field="item")
    mall.do("withdraw_item", NOON, item="CUP")
    refused("ItemWithdrawn", lambda: mall.order(li))
    refused("AddressNeeded", lambda: mall.do("place_order", NOON, actor=mall.herself(li), item="NONE", way="delivery"))
    assert (mall.points(li, NOON), mall.left()) == (1000, 1)


def test_a_key_orders_once(mall):
    mall.item(stock=5)
    li = mall.member()
    one = mall.order(li, key="A")
    assert mall.order(li, key="A") == one
    refused("KeyReused", lambda: mall.order(li, key="A", quantity=2))
    assert mall.left() == 4


def test_a_member_orders_for_herself_and_sees_only_her_own(mall):
    mall.item(stock=2)
    li, wang = mall.member(), mall.member()
    order = mall.order(li)
    refused("OrderUnknown", lambda: queries.order(mall.herself(wang), order.number, moment(NOON)))
    refused("Forbidden", lambda: mall.do("place_order", NOON, actor=mall.herself(wang), item="CUP", member=li.number))
    assert [each.number for each in queries.orders(mall.herself(li), moment(NOON))] == [order.number]
    assert queries.orders(mall.herself(wang), moment(NOON)) == ()


def test_a_voucher_is_a_coupon_at_once(mall):
    mall.item("V5", sort="voucher", points=500, voucher={"name": "five_off", "worth": "5.00", "days": 30})
    li = mall.member(600)
    order = mall.order(li, item="V5", way="instant")
    assert (order.state, order.due_on, len(order.given)) == ("received", None, 1)
    sale = mall.sell("2026-06-16 12:00", "HUNDRED", member=li.number, vouchers=[order.given[0]])
    assert sale.paid == 9500
    refused("RightUsed", lambda: mall.do("return_order", "2026-06-17 12:00", order=order.number, why="退券"))
    again = mall.member(500)
    kept = mall.order(again, item="V5", way="instant")
    mall.do("return_order", "2026-06-17 12:00", order=kept.number, why="退券")
    assert mall.points(again, "2026-06-17 12:00") == 500


def test_an_outside_code_is_handed_out_once(mall):
    mall.item("TEL", sort="code", points=10)
    mall.do("add_codes", NOON, item="TEL", codes=["AAAA-1", "BBBB-2", "AAAA-1"])
    assert mall.left("TEL") == 2
    li = mall.member()
    one, two = (mall.do("place_order", NOON, actor=mall.herself(li), item="TEL") for _ in range(2))
    assert (one.given, two.given) == (("AAAA-1",), ("BBBB-2",))
    assert queries.order(mall.actor, one.number, moment(NOON)).given == ("AA••••",)
    refused("SoldOut", lambda: mall.do("place_order", NOON, actor=mall.herself(li), item="TEL"))
    refused("CodeSeen", lambda: mall.do("return_order", NOON, order=one.number, why="退"))


def test_a_tier_pays_less_and_may_be_the_only_one(mall):
    mall.item(stock=9, tiers=["good", "old"])
    li = mall.member(1999)
    refused("NotForTier", lambda: mall.order(li), clause="N4-01")
    mall.sell("2026-06-15 10:00", lines=[{"sku": "PIN", "quantity": 100}], member=li.number)  # 2,000 within the year
    order = mall.order(li)
    assert order.points == 95
    assert any(each["say"] == "rate" for each in order.reasons)


def test_so_many_a_month_and_what_comes_back_does_not_count(mall):
    mall.item(stock=9, zone="everyday")
    li = mall.member()
    first = mall.order(li)
    mall.order(li)
    refused("LimitReached", lambda: mall.order(li), clause="N4-06")
    mall.do("cancel_order", NOON, order=first.number, why="不要了")
    mall.order(li)
    assert mall.order(li, "2026-07-01 00:00").state == "placed"
    mall.item("ONE", stock=9, most=1)
    mall.order(li, "2026-07-01 00:00", item="ONE")
    refused("LimitReached", lambda: mall.order(li, "2026-09-01 00:00", item="ONE"), clause="N4-01")


def test_another_thing_worth_as_much_where_it_ran_out(mall):
    mall.item(stock=1, worth="20.00")
    mall.item("LESS", stock=1, worth="19.99")
    mall.item("MORE", stock=1, worth="20.00")
    order = mall.order(mall.member())
    told = refused(
        "SubstituteWorthLess", lambda: mall.do("substitute_item", NOON, order=order.number, item="LESS"), clause="N4-01"
    )
    assert told.values == {"least": 2000, "worth": 1999}
    given = mall.do("substitute_item", NOON, order=order.number, item="MORE", why="杯子破了")
    assert (given.item, given.history[-1].document["instead_of"]) == ("MORE", "CUP")
    assert (mall.left(), mall.left("MORE")) == (1, 0)
    assert sound(mall)


def test_days_off_put_the_deadline_off(mall):
    mall.item(stock=3)
    li = mall.member()
    # Wednesday 30 September: 8, 9, 10 (worked for the National Day), 12, 13 October
    assert str(mall.order(li, "2026-09-30 12:00").due_on) == "2026-10-13"
    order = mall.order(li, "2026-09-30 12:00")
    assert not queries.order(mall.actor, order.number, moment("2026-10-13 23:59")).late
    assert queries.order(mall.actor, order.number, moment("2026-10-14 00:00")).late


def test_a_stocktake_writes_the_difference(mall):
    mall.item(stock=20)
    mall.do("transfer_stock", NOON, item="CUP", target="S1", pieces=20)
    mall.order(mall.member(), way="pickup", shop="S1")
    assert mall.do("count_stock", NOON, item="CUP", shop="S1", counted=18, why="盘点").left == 18
    assert next((m.shop, m.pieces, m.cause) for m in queries.stock_moves(mall.actor, "CUP")) == ("S1", -1, "count")
    refused("StockTooLow", lambda: mall.do("move_stock", NOON, item="CUP", shop="S1", pieces=-19, why="破损"))
    assert sound(mall)


def test_a_coupon_given_to_a_friend_does_not_come_back(mall):
    """500 points bought it and a friend has it: neither points nor coupon are there twice."""
    mall.item("C15", sort="voucher", points=500, voucher={"name": "fifteen", "worth": "15.00", "days": 14})
    li, mei = mall.member(500), mall.member(0)
    order = mall.order(li, item="C15", way="instant")
    at = moment("2026-06-16 12:00")
    given = read(GiveInput, {"member": li.number, "code": order.given[0]})
    gift = checkout.give_coupon(actor=mall.actor, at=at, given=given)
    checkout.accept_coupon(actor=mall.actor, at=at, given=read(CodeInput, {"member": mei.number, "code": gift.gift}))
    refused("RightUsed", lambda: mall.do("return_order", "2026-06-17 12:00", order=order.number, why="退券"))
    assert mall.points(li, "2026-06-17 12:00") == 0


def test_a_merged_members_coupon_comes_back(mall):
    mall.item("C15", sort="voucher", points=500, voucher={"name": "fifteen", "worth": "15.00", "days": 14})
    keep, absorb = mall.member(0), mall.member(500)
    order = mall.order(absorb, item="C15", way="instant")
    merged(mall, keep, absorb, "2026-06-16 12:00")
    mall.do("return_order", "2026-06-17 12:00", order=order.number, why="退券")
    assert mall.points(keep, "2026-06-17 12:00") == 500
    held = rights.held_rights(keep.membership, moment("2026-06-17 12:00"))
    assert [each.state for each in held] == ["used"]
    assert sound(mall)


def test_cash_that_lay_in_a_drawer_goes_back_out_of_one(mall):
    mall.item("POT", stock=2, sort="goods", points=0, worth="10.00", mixed=True)
    clerk = Actor("staff", 7, "小何", mall.actor.programme, frozenset(POWERS))
    opened = read(OpenShiftInput, {"shop": "S1", "till": "1", "opening": "100.00"})
    shift = checkout.open_shift(actor=clerk, at=moment("2026-06-15 09:00"), given=opened).id
    li, wang = mall.member(500), mall.member(500)
    orders = {who.number: mall.order(who, item="POT", points=300).number for who in (li, wang)}
    for number in orders.values():
        tender = {"means": "cash", "amount": "7.00", "shift": shift}
        mall.do("pay_order", NOON, actor=clerk, order=number, tender=tender)

    def drawer() -> int:
        return till.shift(clerk, shift, moment("2026-06-15 15:00")).sheet["tenders"]["cash"]["expected"]

    assert drawer() == 11400
    end = {"order": orders[li.number], "why": "不要了"}
    for who in (clerk, mall.herself(li)):
        refused("CashInDrawer", lambda who=who: mall.do("cancel_order", NOON, actor=who, **end), cash=700)
    assert drawer() == 11400
    mall.do("cancel_order", NOON, actor=clerk, **end, shift=shift)
    assert drawer() == 10700
    # At night nobody is there: it waits to be handed back, and the order says so.
    gone = mall.do("cancel_order", "2026-06-15 14:00", order=orders[wang.number], why="unpaid")
    assert (gone.history[-1].document["waits"], drawer()) == (700, 10700)


def test_whose_order_it_is_a_clerk_of_another_shop_reads_where_she_reads_members(mall):
    mall.item(stock=1)
    here, there = (shop.id for shop in identity.shops_by_code(mall.actor.programme, ["S1", "S2"]).values())
    mall.do("transfer_stock", NOON, item="CUP", pieces=1, target="S1")
    order = mall.order(mall.member(500), way="pickup", shop="S1").number
    clerk = Actor("staff", 7, "小何", mall.actor.programme, frozenset({"sell"}), frozenset({there}))
    refused("Forbidden", lambda: queries.order(clerk, order, moment(NOON)))
    assert queries.order(replace(clerk, shops=frozenset({here})), order, moment(NOON)).number == order
    assert (
        queries.order(replace(clerk, powers=frozenset({"sell", "read_members"})), order, moment(NOON)).number == order
    )
