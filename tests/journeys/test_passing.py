"""Points passed on from the phone: refused by name at the field, then given."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from huiguan.portal.acting import COOKIE
from tests.browsing import browser, visit
from tests.console.world import set_clock
from tests.portal.test_passing import may_pass
from tests.portal.world import BASE, Portal, found_portal
from tests.visits.world import AT, HERS, LONG_GONE

__all__ = ["browser"]
pytestmark = pytest.mark.journey


@pytest.fixture
def portal(transactional_db: None, settings: Any) -> Portal:
    settings.HUIGUAN_DEMO = True
    made = found_portal()
    set_clock(AT)
    may_pass(made)
    return made


def test_she_gives_points_on_her_phone(browser: Browser, live_server: LiveServer, portal: Portal) -> None:
    token = portal.browser(HERS).cookies[COOKIE].value
    with visit(browser, live_server.url, width=390, policy=False) as phone:
        page = phone.page
        page.context.add_cookies([{"name": COOKIE, "value": token, "url": f"{live_server.url}{BASE}"}])
        phone.go(f"{BASE}me/")
        page.get_by_role("link", name="转赠积分").click()
        page.fill("#to", portal.su.number)
        page.fill("#tail", "0000")
        page.fill("#points", "200")
        page.get_by_role("button", name="转赠").click()
        expect(page.locator(".refusal")).to_contain_text(portal.su.number)
        assert phone.sideways() == 0 and phone.barriers() == []
        page.fill("#tail", LONG_GONE[-4:])
        page.get_by_role("button", name="转赠").click()
        expect(page.locator("main")).to_contain_text("300 分现在可以转赠")
        phone.go(f"{BASE}me/partners/inn")
        assert phone.sideways() == 0 and phone.barriers() == []
