"""Money at the counter: change is told, a refund goes the way that was chosen, a shift left open is a duty."""

from __future__ import annotations

from datetime import timedelta

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import SaleInput
from huiguan.kernel.inputs import read
from tests.console.world import COAT, OPENS, SCARF, World, set_clock


def test_change_is_told_and_printed(world: World) -> None:
    clerk = world.client("zhouhe")
    sold = read(SaleInput, {"shop": "HB", "lines": [{"sku": SCARF}]})
    due = checkout.quote_sale(actor=world.actor, at=OPENS, given=sold).paid
    form = {"sku": SCARF, "quantity": "1", "means": "cash", "expected": str(due), "key": "k1"}
    short = clerk.post("/till/sale", {**form, "received": f"{due // 100 - 1}"}).content.decode()
    assert "只有现金写收了多少，且不少于应付" in short
    told = clerk.post("/till/sale", {**form, "received": f"{due // 100 + 20}"}, follow=True).content.decode()
    assert "找零 ¥20.00" in told
    (sale,) = [each for each in queries.sales(world.actor, limit=1) if each.document["received"]]
    assert "找零" in clerk.get(f"/sales/{sale.id}/receipt").content.decode()


def test_a_refund_goes_the_way_that_was_chosen(world: World) -> None:
    given = read(SaleInput, {"shop": "HB", "lines": [{"sku": COAT}], "tenders": []})
    sale = checkout.commit_sale(actor=world.actor, at=OPENS, given=given, key="sold")
    clerk = world.client("zhouhe")
    assert "原路退回" in clerk.get(f"/sales/{sale.id}/return").content.decode()
    clerk.post(f"/sales/{sale.id}/return", {"back": "1", "means": "wechat", "key": "b1"})
    (row,) = queries.returns_of(world.actor, sale.id)
    assert row.document["tenders"] == [["wechat", sale.paid]]
    slip = clerk.get(f"/sales/{sale.id}/receipt?return=1").content.decode()
    assert "退货小票" in slip and "微信" in slip
    assert clerk.get(f"/sales/{sale.id}/receipt?return=2").status_code == 404
    assert clerk.get(f"/sales/{sale.id}/receipt?return=x").status_code == 404


def test_a_shift_left_open_is_a_duty_of_the_next_day(world: World) -> None:
    clerk = world.client("zhouhe")
    wrong = clerk.post("/till/shift/", {"opening": "abc", "till": "1"}).content.decode()
    assert "备用金：金额写作 478.50" in wrong
    assert clerk.post("/till/shift/", {"opening": "¥1,200", "till": "1"}).status_code == 302
    assert "没交的班" not in clerk.get("/").content.decode()
    set_clock(OPENS + timedelta(days=1))
    assert "没交的班" in clerk.get("/").content.decode()
    assert "1,200" in clerk.get("/till/shift/").content.decode()
