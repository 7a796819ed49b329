"""A pass at the counter: sold, used, one use taken back, handed in for a larger one."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from huiguan.cli.demo.house import PASSWORD
from huiguan.cli.demo.neighbourhood.house import found
from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members.inputs import EnrolMember
from huiguan.programme.values import Proof, digest_of
from huiguan.rules.shelf import source_of
from tests.browsing import browser, visit

__all__ = ["browser"]
pytestmark = pytest.mark.journey
AT = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def number(transactional_db: None, settings: Any) -> str:
    """A member of the neighbourhood shop."""
    settings.HUIGUAN_DEMO = True
    source = source_of("neighbourhood").decode()
    house = found(AT, source, Proof(digest_of(source), 1, 1, AT))
    form = read(EnrolMember, {"name": "李梅", "phone": "13800000001", "shop": "GY"})
    return members.enrol_member(actor=house.actor, at=AT, given=form).number


def sheet(page: Page, name: str) -> None:
    """Open the asking sheet behind a link."""
    page.get_by_role("link", name=name, exact=True).first.click()
    page.wait_for_selector("form [name=key]", state="attached")


def test_sold_used_taken_back_and_handed_in(browser: Browser, live_server: LiveServer, number: str) -> None:
    with visit(browser, live_server.url) as visiting:
        page = visiting.page
        visiting.go("/sign-in")
        page.fill("#username", "shantong")
        page.fill("#password", PASSWORD)
        visiting.press("Enter")
        page.wait_for_url("**/")
        visiting.go(f"/members/{number}/?book=packages")
        expect(page.locator("#book")).to_contain_text("还没有套餐。")
        sheet(page, "办套餐")
        page.select_option("[name=sku]", "FAMILY-CARD")
        page.get_by_role("button", name="收款开通").click()
        expect(page.locator(".said")).to_contain_text("已办 · 收 ¥588.00")
        sheet(page, "衬衫洗熨")
        page.fill("[name=quantity]", "2")
        page.get_by_role("button", name="记一次").click()
        expect(page.locator(".said")).to_contain_text("衬衫洗熨用 2 次，还剩 3 次")
        sheet(page, "亲子烘焙课")
        page.get_by_role("button", name="记一次").click()
        expect(page.locator(".pack-left .shut")).to_contain_text("蛋糕课")
        page.locator(".pack-steps summary").click()
        sheet(page, "撤销")
        page.fill("[name=reason]", "记错了")
        page.get_by_role("button", name="撤销").click()
        expect(page.locator(".pack-left .shut")).to_have_count(0)
        sheet(page, "换大卡")
        page.get_by_role("button", name="收差价，换卡").click()
        expect(page.locator(".said")).to_contain_text("已换 · 补 ¥400.00")
        expect(page.locator(".pack").first).to_contain_text("余 10 / 12")
        assert visiting.sideways() <= 0
        assert visiting.complaints == []
