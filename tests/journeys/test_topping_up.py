"""From the wallet to the payment and back: a member tops up on her phone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from huiguan.billing import operations as billing
from huiguan.checkout import operations as checkout
from huiguan.portal.acting import COOKIE
from tests.browsing import browser, visit
from tests.console.world import set_clock
from tests.portal.world import BASE, Portal, found_portal
from tests.visits.world import AT, HERS, MINUTE

__all__ = ["browser"]
pytestmark = pytest.mark.journey


@pytest.fixture
def portal(transactional_db: None, settings: Any) -> Portal:
    settings.HUIGUAN_DEMO = True
    made = found_portal()
    set_clock(AT)
    return made


def test_she_tops_up_on_her_phone(browser: Browser, live_server: LiveServer, portal: Portal) -> None:
    token = portal.browser(HERS).cookies[COOKIE].value
    with visit(browser, live_server.url, width=390, policy=False) as phone:
        page = phone.page
        page.context.add_cookies([{"name": COOKIE, "value": token, "url": f"{live_server.url}{BASE}"}])
        phone.go(f"{BASE}wallet/")
        page.get_by_role("link", name="充值").click()
        page.fill("#amount", "99.99")
        page.get_by_role("button", name="看看送多少").click()
        expect(page.locator(".refusal")).to_contain_text("一次至少充")
        page.fill("#amount", "600")
        page.get_by_role("button", name="看看送多少").click()
        expect(page.locator("main")).to_contain_text("送 ¥50.00")
        assert phone.sideways() == 0 and phone.barriers() == []
        page.get_by_role("button", name="去付款").click()
        page.get_by_role("button", name="付款，通知丢失").click()
        page.get_by_role("link", name="返回会员页").click()
        expect(page.locator("main")).to_contain_text("付了会在一分钟内充入")
        billing.settle_payments(programme=portal.actor.programme, at=AT + MINUTE)
        checkout.store_paid(programme=portal.actor.programme, at=AT + MINUTE)
        set_clock(AT + MINUTE)
        page.reload()
        expect(page.locator("main")).to_contain_text("已充入储值")
        assert phone.sideways() == 0 and phone.barriers() == []
        page.get_by_role("link", name="回到储值").click()
        expect(page.locator("main")).to_contain_text("¥600.00")
