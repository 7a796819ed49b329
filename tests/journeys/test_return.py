"""Goods come back: found by their receipt, previewed, settled, made."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from huiguan.checkout import operations as checkout
from huiguan.checkout.inputs import RedeemInput, SaleInput
from huiguan.kernel.inputs import read
from tests.console.world import COAT, OPENS, SCARF, SHIRT, World
from tests.journeys.conftest import ComeIn

pytestmark = pytest.mark.journey


@pytest.fixture
def bill(world: World) -> str:
    """The hero's coat, shirt and scarf; her points have since become a silk square."""
    given = {
        "member": {"number": world.hero}, "presented": "card", "shop": "HB", "clerk": "周禾", "number": "HB2-1212-0047",
        "lines": [{"sku": COAT}, {"sku": SHIRT}, {"sku": SCARF}],
    }  # fmt: skip
    checkout.commit_sale(actor=world.actor, at=OPENS, given=read(SaleInput, given), key="sold")
    gift = {"member": {"number": world.hero}, "points": 200, "gift": "真丝方巾", "shop": "HB"}
    checkout.redeem_points(actor=world.actor, at=OPENS, given=read(RedeemInput, gift))
    return "HB2-1212-0047"


def test_a_shortfall_is_seen_and_settled_before_the_money_goes(come_in: ComeIn, world: World, bill: str) -> None:
    with come_in("zhouhe") as visiting:
        visiting.go("/till/")
        page, keys = visiting.page, visiting.keys
        keys.press("F6")
        expect(page.locator("#q")).to_be_focused()
        keys.type(bill)
        keys.press("Enter")
        page.wait_for_url("**/return")
        plan = page.locator("#plan")
        expect(plan.locator(".take-bar button")).to_be_disabled()
        keys.press("ArrowUp")
        expect(plan).to_contain_text("¥3,116.00")
        page.get_by_role("button", name="全退").click()
        expect(plan).to_contain_text("应扣 96 分，现有 38 分，差 58 分：退回礼品，或补 ¥58.00。")
        expect(plan).to_contain_text("先选怎么补差的分。")
        expect(plan.locator(".take-bar button")).to_be_disabled()
        page.get_by_label("退回礼品：真丝方巾（200 分）").check()
        expect(plan).to_contain_text("¥4,883.00")
        page.get_by_label("补现金 ¥58.00，从退款里扣").check()
        expect(plan).to_contain_text("¥4,825.00")
        page.get_by_role("button", name="退货 ¥4,825.00").click()
        expect(page.locator(".said")).to_contain_text("已退 ¥4,825.00 · 扣回 38 分")
        expect(page.locator(".came-back")).to_contain_text("差的分按现金补 ¥58.00，已从退款里扣。")
        assert world.points() == 0
        assert visiting.complaints == []


def test_a_manager_voids_by_the_asking_sheet(come_in: ComeIn, world: World, bill: str) -> None:
    with come_in("hezhiwei") as visiting:
        visiting.go(f"/sales/{bill}/")
        page = visiting.page
        page.get_by_role("link", name="作废").click()
        expect(page.locator("#ask")).to_contain_text("整单撤回")
        visiting.press("Escape")
        expect(page.locator("#ask")).to_be_hidden()
        page.get_by_role("link", name="退货").click()
        page.wait_for_url("**/return")
