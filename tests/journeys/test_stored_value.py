"""Stored value at the counter: topped up, spent behind a PIN, refunded, and seen by the owner beside the law."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from huiguan.cli.demo.house import PASSWORD
from huiguan.cli.demo.neighbourhood.house import found
from huiguan.identity import queries as identity
from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members.inputs import EnrolMember
from huiguan.programme.values import Proof, digest_of
from huiguan.rules.shelf import source_of
from tests.browsing import Keys, browser, visit

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


def sign_in(page: Page, visiting: Any, name: str) -> None:
    visiting.go("/sign-in")
    page.fill("#username", name)
    page.fill("#password", PASSWORD)
    Keys(page).press("Enter")
    page.wait_for_url("**/")


def sheet(page: Page, name: str) -> None:
    """Open the asking sheet behind a link of the ledger."""
    page.locator("#book").get_by_role("link", name=name, exact=True).click()
    page.wait_for_selector("form [name=key]", state="attached")


def test_topped_up_spent_and_refunded(browser: Browser, live_server: LiveServer, number: str) -> None:
    with visit(browser, live_server.url) as visiting:
        page = visiting.page
        sign_in(page, visiting, "shantong")
        visiting.go(f"/members/{number}/?book=wallet")
        expect(page.locator("#book")).to_contain_text("还没有充值。")
        sheet(page, "充值")
        page.fill("[name=amount]", "500")
        page.select_option("[name=means]", "wechat")
        page.check("[name=shown_id]")
        page.get_by_role("button", name="收款充值").click()
        expect(page.locator(".said")).to_contain_text("已充 ¥500.00")
        slip = page.locator(".said").get_by_role("link", name="小票").get_attribute("href")
        expect(page.locator("#nums")).to_contain_text("储值")
        sheet(page, "支付密码")
        page.fill("[name=pin]", "480275")
        page.check("[name=shown_id]")
        page.get_by_role("button", name="设置").click()
        expect(page.locator(".said")).to_contain_text("支付密码已设置")
        visiting.go(f"/till/?member={number}&scan=WOK")
        page.locator("[name=means][value=wallet]").check(force=True)
        page.wait_for_selector("#pin")
        page.fill("#pin", "480276")
        page.click("#take")
        expect(page.locator(".scanned-box")).to_contain_text("还可试 4 次")
        page.get_by_role("button", name="发验证码").click()
        expect(page.locator("#code-says")).to_contain_text("138****0001")
        (sent,) = identity.codes_to_send(datetime.now(UTC))
        page.fill("#code", sent.code)
        page.click("#take")
        expect(page.locator(".said")).to_contain_text("已收 ¥269.00")
        visiting.go(f"/members/{number}/?book=wallet")
        expect(page.locator("#book")).to_contain_text("付货款")
        sheet(page, "退储值")
        expect(page.locator("[name=top_up] option")).to_contain_text("可退 ¥231.00")
        page.check("[name=shown_id]")
        page.get_by_role("button", name="退款").click()
        expect(page.locator(".said")).to_contain_text("已退 ¥231.00")
        visiting.go(str(slip))
        expect(page.locator(".receipt")).to_contain_text("储值小票")
        expect(page.locator(".receipt")).to_contain_text("500.00")
        assert visiting.sideways() <= 0
        assert visiting.complaints == []


def test_the_owner_sees_what_is_outstanding(browser: Browser, live_server: LiveServer, number: str) -> None:
    with visit(browser, live_server.url, width=390) as visiting:
        page = visiting.page
        sign_in(page, visiting, "linxia")
        visiting.go("/books/stored/")
        expect(page.locator("main")).to_contain_text("记名卡限额")
        page.fill("#balance", "800.005")
        page.get_by_role("button", name="登记").click()
        expect(page.locator(".side")).to_contain_text("至多两位小数")
        page.fill("#balance", "800.00")
        page.get_by_role("button", name="登记").click()
        expect(page.locator(".side")).to_contain_text("800.00")
        assert visiting.sideways() <= 0
        assert visiting.barriers() == []
        assert visiting.complaints == []
