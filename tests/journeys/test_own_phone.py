"""From the poster on the wall to points on the phone: she joins by herself, shows her code, and reads why."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from huiguan.cli.demo.house import PASSWORD
from huiguan.identity import queries as identity
from tests.browsing import browser, visit
from tests.console.world import set_clock
from tests.portal.world import Portal, found_portal
from tests.visits.world import AT

__all__ = ["browser"]
pytestmark = pytest.mark.journey


@pytest.fixture
def portal(transactional_db: None, settings: Any) -> Portal:
    settings.HUIGUAN_DEMO = True
    made = found_portal()
    set_clock(AT)
    return made


def test_she_joins_shows_her_code_and_reads_why(browser: Browser, live_server: LiveServer, portal: Portal) -> None:
    with (
        visit(browser, live_server.url, width=390, policy=False) as phone,
        visit(browser, live_server.url) as till,
    ):
        till.go("/sign-in")
        till.page.fill("#username", "qiaomai")
        till.page.fill("#password", PASSWORD)
        till.press("Enter")
        till.page.wait_for_url("**/")
        till.go("/members/poster")
        address = till.page.locator(".poster-code").get_attribute("aria-label") or ""
        phone.go(address.removeprefix(live_server.url))
        page = phone.page
        expect(page.locator("h1")).to_have_text("在桂雨巷店入会")
        assert phone.barriers() == []
        page.fill("#phone", "13800000009")
        phone.press("Enter")
        page.fill("#code", identity_code(page.locator(".digits").inner_text()))  # six digits go by themselves
        page.wait_for_url("**/join?shop=GY")
        page.fill("[name=name]", "沈禾")
        page.reload()
        expect(page.locator("[name=name]")).to_have_value("沈禾")  # a reload loses nothing
        page.get_by_role("button", name="入会").click()
        expect(page.locator(".refusal").first).to_contain_text("入会须先同意")
        expect(page.locator("[name=name]")).to_have_value("沈禾")
        page.check("#consent_terms")
        page.check("#consent_privacy")
        page.get_by_role("button", name="入会").click()
        expect(page.locator(".said-here")).to_contain_text("欢迎，沈禾")
        expect(page.locator(".face .nm")).to_have_text("沈禾")
        assert phone.sideways() == 0 and phone.barriers() == []
        page.locator(".face .qr").click()
        code = page.locator("[data-text]").inner_text()
        till.go("/till/")
        till.keys.type(code)
        till.press("Enter")
        expect(till.page.locator(".buyer-name")).to_contain_text("沈禾")
        for sku in ("RICE5", "BREAD"):
            till.keys.type(sku)
            till.press("Enter")
        expect(till.page.locator("#due")).to_have_text("¥85.90")
        till.page.wait_for_timeout(400)  # a scanner's own Enter is over by now
        till.press("Enter")
        till.press("1")
        till.press("Enter")
        expect(till.page.locator(".said")).to_contain_text("+85 分")
        phone.go("/m/ll/")
        expect(page.locator(".three .v").first).to_have_text("85")
        page.locator(".three a").first.click()
        page.locator(".entry summary").first.click()
        expect(page.locator(".opened").first).to_contain_text("实付 ¥85.90，满 ¥1.00 积 1 分：85 个整份，得 85 分。")
        assert [each for each in phone.complaints if "422" not in each] == [] and till.complaints == []


def identity_code(shown: str) -> str:
    """The digits the demonstration shows are those that were sent."""
    assert shown == identity.codes_to_send(datetime.now(UTC))[-1].code
    assert re.fullmatch(r"\d{6}", shown)
    return shown


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_fits_the_narrowest_phone_in_both_lights(
    browser: Browser, live_server: LiveServer, portal: Portal, theme: str
) -> None:
    client = portal.browser("13800000001", "en")
    with visit(browser, live_server.url, width=360, language="en", theme=theme, policy=False) as phone:
        token = client.cookies["huiguan_member"].value
        phone.page.context.add_cookies([{"name": "huiguan_member", "value": token, "url": f"{live_server.url}/m/ll/"}])
        for path in ("", "units/points/", "coupons/", f"sales/{portal.sale.id}/", "me/", "me/privacy", "rules/"):
            phone.go(f"/m/ll/{path}")
            assert (phone.sideways(), phone.barriers()) == (0, []), path
        assert phone.complaints == []


def test_a_code_fades_when_its_minute_is_over_and_the_line_is_gone(
    browser: Browser, live_server: LiveServer, portal: Portal
) -> None:
    client = portal.browser("13800000001")
    with visit(browser, live_server.url, width=390) as phone:
        token = client.cookies["huiguan_member"].value
        phone.page.context.add_cookies([{"name": "huiguan_member", "value": token, "url": f"{live_server.url}/m/ll/"}])
        phone.page.clock.install()
        phone.go("/m/ll/")
        before = phone.page.locator("[data-qr]").inner_html()
        phone.page.context.set_offline(True)
        phone.page.clock.run_for(49_000)
        expect(phone.page.locator(".face .qr")).not_to_have_class(re.compile("over"))
        phone.page.clock.run_for(13_000)
        expect(phone.page.locator(".face .qr")).to_have_class(re.compile("over"))
        expect(phone.page.locator("[data-code-says]")).to_have_text("离线，连网后刷新")
        phone.page.context.set_offline(False)
        expect(phone.page.locator(".face .qr")).not_to_have_class(re.compile("over"))
        assert phone.page.locator("[data-qr]").inner_html() != before
