"""A new shop and a new product, as the owner makes them."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import ComeIn

pytestmark = pytest.mark.journey


def test_a_shop_opened_and_a_product_priced(come_in: ComeIn) -> None:
    with come_in("shenlingyi") as visiting:
        page, keys = visiting.page, visiting.keys
        visiting.go("/places/")
        page.fill("#code", "HZ9")
        page.fill("#zh", "运河店")
        keys.press("F8")
        expect(page.locator(".said")).to_contain_text("已开设 · 运河店")
        expect(page.locator("table")).to_contain_text("HZ9")
        visiting.go("/goods/")
        page.get_by_role("link", name="新商品").click()
        page.fill("#sku", "DN26W-9001")
        page.fill("#name", "羊绒披肩")
        page.fill("#list_price", "880")
        keys.press("F8")
        expect(page.locator(".said")).to_contain_text("已登记 · 羊绒披肩")
        expect(page.locator("table")).to_contain_text("880.00")
        assert visiting.complaints == []
