"""A day at the till: a float, a sale and its receipt, a count that differs, the day closed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.console.world import SCARF, World
from tests.journeys.conftest import ComeIn

pytestmark = pytest.mark.journey


def test_from_the_float_to_the_days_close(come_in: ComeIn, world: World) -> None:
    with come_in("zhouhe") as visiting:
        visiting.go("/till/")
        page, keys = visiting.page, visiting.keys
        keys.press("F7")
        page.wait_for_url("**/till/shift/")
        page.fill("#opening", "200")
        keys.press("Enter")
        expect(page.locator(".band")).to_contain_text("周禾")
        visiting.go(f"/till/?scan={SCARF}")
        page.locator("input[name=means][value=cash]").check(force=True)
        page.locator("#take").click()
        said = page.locator(".said")
        expect(said).to_contain_text("已收")
        said.get_by_role("link", name="小票").click()
        page.wait_for_url("**/receipt")
        expect(page.locator("main.receipt")).to_contain_text("销售小票")
        paid = page.locator(".receipt .total dd").inner_text().replace("¥", "")
        visiting.go("/till/shift/")
        page.get_by_label("金额（元）").fill("50")
        page.get_by_label("做什么用").fill("买零钱")
        page.get_by_role("button", name="支取").click()
        expect(page.locator(".shift-moves")).to_contain_text("买零钱")
        # she counts before she sees what there should be
        expect(page.locator(".count")).not_to_contain_text("应有")
        page.locator("input[name=cash]").fill("1")
        page.get_by_role("button", name="交班", exact=True).click()
        expect(page.locator(".refusal")).to_contain_text("现金少")
        should = page.locator(".count tbody tr", has_text="现金").locator("td").nth(3).inner_text()
        assert should == paid_and(paid, 150)
        page.locator("input[name=cash]").fill(paid_and(paid, 149))
        page.fill("#reason", "找错零")
        page.get_by_role("button", name="交班", exact=True).click()
        expect(page.locator(".count")).to_contain_text("−1.00")
        assert visiting.complaints == []
    with come_in("hezhiwei") as visiting:
        visiting.go("/shops/day/")
        page = visiting.page
        expect(page.locator(".side")).to_contain_text("有差")
        page.get_by_role("button", name="日结").click()
        page.wait_for_url("**/shops/day/HB/1/")
        expect(page.locator(".band")).to_contain_text("已日结 · 第 1 号")
        visiting.go("/shops/day/")
        page.get_by_role("button", name="日结").click()
        expect(page.locator(".refusal")).to_contain_text("已经日结（第 1 号）")
        assert visiting.complaints == []


def paid_and(paid: str, yuan: int) -> str:
    """The drawer as it reads: what was paid and so many yuan more."""
    whole, _, cents = paid.replace(",", "").partition(".")
    return f"{int(whole) + yuan:,}.{cents}"
