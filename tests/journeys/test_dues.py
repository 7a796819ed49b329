"""From a fee for everybody to the bank's statement, a receipt and a write-off by two."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.billing.dues_world import do, with_dues
from tests.console.world import World
from tests.journeys.conftest import ComeIn

pytestmark = pytest.mark.journey


def test_charged_paid_by_bank_and_written_off(come_in: ComeIn, world: World) -> None:
    with_dues(world)
    wang = world.enrol("王芳", "13900000021", "DN7001").number
    with come_in("shenlingyi") as visitor:
        page = visitor.page
        visitor.go("/dues/runs/")
        page.select_option("#fee", "yearly")
        page.get_by_role("button", name="先看看").click()
        expect(page.locator("main")).to_contain_text("2 人，共 ¥1,833.33")  # 王芳 joined in March: 10 of 12 months
        page.get_by_role("button", name="给这 2 人开单").click()
        expect(page.locator("main")).to_contain_text("另 0 人不收")
        do(
            world, "bring_statement",
            lines=[{"reference": "B1", "day": "2026-12-11", "amount": "833.33", "payer": "王芳", "text": "会费"}],
        )  # fmt: skip
        visitor.go("/dues/statement/")
        expect(page.locator(".dues-line")).to_contain_text("户名相符、金额正好")
        page.get_by_role("button", name="确认入账").click()
        expect(page.locator("main")).to_contain_text("没有待认领的款项")
        visitor.go(f"/dues/members/{wang}/")
        expect(page.locator("main")).to_contain_text("已交清")
        page.get_by_role("link", name="银行转账").click()
        expect(page.locator(".dues-receipt")).to_contain_text("R2026-000001")
        visitor.go(f"/dues/members/{world.hero}/")
        page.get_by_text("收款", exact=True).click()
        page.fill("#receive-amount", "0")
        page.get_by_role("button", name="收下").click()
        expect(page.locator(".refusal")).to_contain_text("金额")
        page.fill("#receive-amount", "900")
        page.get_by_role("button", name="收下").click()
        expect(page.locator("main")).to_contain_text("部分已交")
        page.get_by_role("link", name="年度会费").click()
        page.get_by_text("提请核销").click()
        page.fill("#waive-reason", "减免")
        page.get_by_role("button", name="提请").click()
        visitor.go("/dues/waivers/")
        expect(page.locator("main")).to_contain_text("由另一个人决定")
        assert visitor.complaints == [] or all("422" in each or "Failed to load" in each for each in visitor.complaints)
    with come_in("shenlingyi", width=390, policy=False) as phone:
        for path in (
            "/dues/",
            f"/dues/members/{world.hero}/",
            "/dues/statement/",
            "/dues/waivers/",
            f"/members/{world.hero}/",
        ):
            phone.go(path)
            assert phone.sideways() == 0 and phone.barriers() == [], path
