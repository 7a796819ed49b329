"""Receipts, to the letter: what was decided is what is printed, in the printer's own columns."""

from __future__ import annotations

import pytest

from huiguan.checkout import queries
from huiguan.checkout.inputs import SaleInput
from huiguan.checkout.printing import receipt_text, width_of, wrapped
from huiguan.checkout.queries.receipts import ReturnUnknown
from huiguan.checkout.tendering import tenders_back
from huiguan.checkout.values import SaleView
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import InvalidInput
from tests.checkout.world import World

# 1,000 + 500 + 500, 50 points at ¥1, then 5 % off the 1,950 left: 97.50 off, 1,852.50 due, 18 full hundreds of 2 points.
# The scarf that comes back was 500 − 12.50 − 24.38, but restated without it: 1,500 − 50 = 1,450 × 95 % = 1,377.50; refund
# 475.00, of which 500 / 1,852.50 by WeChat: 128.205… and 346.794…, the larger rest to WeChat.
SALE = """\
              会员
               S1
            销售小票
--------------------------------
单号                     S1-0001
时间            2026-06-01 12:00
导购                        周禾
--------------------------------
COAT
1 x 1000.00              1000.00
  积分抵扣                -25.00
  积分卡会员 9.5 折       -48.75
SCARF
1 x 500.00                500.00
  积分抵扣                -12.50
  积分卡会员 9.5 折       -24.38
SCARF
1 x 500.00                500.00
  积分抵扣                -12.50
  积分卡会员 9.5 折       -24.37
--------------------------------
吊牌价合计               2000.00
优惠                     -147.50
实收                     1852.50
微信                      500.00
现金                     1352.50
收现金                   1400.00
找零                       47.50
--------------------------------
会员                    {number}
等级                    钻卡会员
本单用积分                   -50
本单得积分                   +36
积分余额                     174
本单所得有效至  2026-12-31 24:00
--------------------------------
再付 ￥47.50 可多得 2 分
晋级钻卡会员，下一单起
--------------------------------
退换货请带上这张小票。
退货时，扣回所退商品当初得到的积
分。
--------------------------------
            S1-0001
"""
BACK = """\
                      会员
                       S1
                    退货小票
------------------------------------------------
单号                                     S1-0001
时间                            2026-06-03 15:00
导购                                        周禾
原因                                    尺码不合
------------------------------------------------
SCARF                                        x 1
------------------------------------------------
留下的商品                               1377.50
已退                                      475.00
微信                                      128.21
现金                                      346.79
------------------------------------------------
会员                                    {number}
扣回积分                                     -10
积分余额                                     164
------------------------------------------------
按留下的实付重算，应得由 36 改为 26，扣回 10
分。
------------------------------------------------
                    S1-0001
"""
WALK_IN = """\
            Members
               S1
            Receipt
--------------------------------
Number                   S1-0002
Time            2026-06-01 13:00
Served by                 system
--------------------------------
PIN
3 x 0.01                    0.03
--------------------------------
List total                  0.03
Paid                        0.03
Cash                        0.03
--------------------------------
Please bring this receipt to
return or exchange.
When goods are returned, the
points they earned are taken
back.
--------------------------------
            S1-0002
"""


@pytest.fixture
def world(db: None) -> World:
    return World.found()


def slip(world: World, sale: str, back: int | None = None, columns: int = 32, lang: str = "zh") -> str:
    return receipt_text(queries.receipt(world.actor, sale, back), columns, lang)


def sold(world: World, number: str) -> SaleView:
    world.sell("2026-05-02 12:00", "ALMOST", member=number, presented="card")
    paid = [
        {"means": "wechat", "amount": "500.00"},
        {"means": "cash", "amount": "1352.50", "received": "1400.00"},
    ]
    return world.sell(
        "2026-06-01 12:00", "COAT", "SCARF", "SCARF", member=number, presented="card", clerk="周禾", points=50,
        number="S1-0001", tenders=paid,
    )  # fmt: skip


def test_a_sale_is_printed_as_it_was_decided(world: World) -> None:
    li = world.enrol()
    sale = sold(world, li.number)
    assert slip(world, sale.id) == SALE.format(number=li.number)
    assert {width_of(line) for line in slip(world, sale.id, columns=48).splitlines()} <= set(range(49))
    # what happened since changes nothing on it
    world.give_back("2026-06-03 15:00", sale.id, 2)
    assert slip(world, "S1-0001") == SALE.format(number=li.number)


def test_a_return_has_its_own_slip(world: World) -> None:
    li = world.enrol()
    sale = sold(world, li.number)
    world.give_back("2026-06-03 15:00", sale.id, 2, reason="尺码不合", clerk="周禾")
    assert slip(world, sale.id, 1, columns=48) == BACK.format(number=li.number)
    for wrong in (0, 2):
        with pytest.raises(ReturnUnknown):
            queries.receipt(world.actor, sale.id, wrong)


def test_a_walk_in_has_a_receipt_too(world: World) -> None:
    sale = world.sell("2026-06-01 13:00", number="S1-0002", lines=[{"sku": "PIN", "quantity": 3}])
    assert slip(world, sale.id, lang="en") == WALK_IN


def test_cash_handed_over_is_no_less_than_what_is_due() -> None:
    sale = {"lines": [{"sku": "PIN"}], "tenders": [{"means": "cash", "amount": "5.00", "received": "4.99"}]}
    for means, received in (("cash", "4.99"), ("card", "5.00")):
        sale["tenders"] = [{"means": means, "amount": "5.00", "received": received}]
        with pytest.raises(InvalidInput) as refused:
            read(SaleInput, sale)
        assert refused.value.field == "tenders.0"


def test_lines_are_broken_where_a_reader_would() -> None:
    assert wrapped("羊绒双面呢长大衣 Cashmere coat, black", 16) == ["羊绒双面呢长大衣", "Cashmere coat,", "black"]
    assert wrapped("一二三四，五", 8) == ["一二三", "四，五"]
    assert wrapped("ABCDEFGHIJ", 4) == ["ABCD", "EFGH", "IJ"]
    assert (width_of("中A"), width_of("￥1"), wrapped("", 8)) == (3, 3, [""])


def test_money_goes_back_the_way_it_came() -> None:
    paid = [["wechat", 500], ["cash", 500]]
    assert tenders_back(paid, [], 333) == [["wechat", 167], ["cash", 166]]
    # 333 + 334 have left 166 + 167; the last refund is all of it
    assert tenders_back(paid, [[["wechat", 167], ["cash", 166]]], 667) == [["wechat", 333], ["cash", 334]]
    assert tenders_back(paid, [], 333, "card") == [["card", 333]]
    # what went back in cash for a card's sale leaves no more of cash than there was
    assert tenders_back([["card", 500]], [[["cash", 200]]], 300) == [["card", 300]]
    assert tenders_back(paid, [], 0) == []
    assert tenders_back(paid, [], -25) == [["cash", -25]]
    assert tenders_back([["cash", 0]], [], 5) == [["cash", 5]]
