"""Coming in with more than a password: an authenticator, and a passkey of a virtual device."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from huiguan.cli.demo.house import PASSWORD
from huiguan.identity.models import Passkey
from tests.browsing import Keys, visit
from tests.console.world import World
from tests.journeys.conftest import ComeIn

pytestmark = pytest.mark.journey


def give_password(page: Page, username: str) -> None:
    page.fill("#username", username)
    page.fill("#password", PASSWORD)
    Keys(page).press("Enter")


def test_an_authenticator_is_set_up_and_asked_for(come_in: ComeIn) -> None:
    with come_in("zhouhe") as visiting:
        page, keys = visiting.page, visiting.keys
        visiting.go("/account/")
        page.get_by_role("button", name="设验证器").click()
        totp = pyotp.TOTP(page.locator("#secret").inner_text().replace(" ", ""))
        page.fill("#code", totp.now())
        keys.press("Enter")
        expect(page.locator(".codes li")).to_have_count(10)
        paper = page.locator(".codes li").first.inner_text()
        page.get_by_role("link", name="已收好").click()
        expect(page.locator("main")).to_contain_text("还剩 10 个")
        assert visiting.complaints == []
        page.locator(".who > summary").click()
        page.get_by_role("button", name="离开").click()
        give_password(page, "zhouhe")
        page.fill("#code", "000000")
        keys.press("Enter")
        expect(page.locator(".refusal")).to_contain_text("验证码不对，或已用过")
        page.fill("#code", totp.at(datetime.now(UTC) + timedelta(seconds=30)))  # a phone half a minute ahead
        keys.press("Enter")
        page.wait_for_url("**/")
        page.locator(".who > summary").click()
        page.get_by_role("button", name="离开").click()
        give_password(page, "zhouhe")
        page.fill("#code", paper)
        keys.press("Enter")
        page.wait_for_url("**/")


def virtual_device(page: Page) -> None:
    """A device that makes passkeys and always knows its user."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_registered_opens_alone_and_goes(browser: Browser, live_server: LiveServer, world: World) -> None:
    with visit(browser, live_server.url) as visiting:
        page = visiting.page
        virtual_device(page)
        visiting.go("/sign-in")
        give_password(page, "zhouhe")
        page.wait_for_url("**/")
        visiting.go("/account/")
        page.fill("#passkey-name", "柜台的电脑")
        page.get_by_role("button", name="登记这台设备").click()
        expect(page.locator(".keys-of")).to_contain_text("柜台的电脑")
        before = Passkey.objects.get().sign_count
        page.locator(".who > summary").click()
        page.get_by_role("button", name="离开").click()
        page.get_by_role("button", name="用通行密钥进来").click()
        page.wait_for_url("**/")
        expect(page.locator(".who")).to_contain_text("周禾")
        assert Passkey.objects.get().sign_count > before
        visiting.go("/account/")
        page.get_by_role("button", name="移除").click()
        expect(page.locator(".said")).to_contain_text("已移除 · 柜台的电脑")
        page.locator(".who > summary").click()
        page.get_by_role("button", name="离开").click()
        assert visiting.complaints == []
        page.get_by_role("button", name="用通行密钥进来").click()  # the device still has it, the house does not
        expect(page.locator(".refusal")).to_contain_text("这把通行密钥在这里打不开门")
        give_password(page, "zhouhe")
        page.wait_for_url("**/")
        visiting.go("/account/")
        page.get_by_role("button", name="登记这台设备").click()
        expect(page.locator(".keys-of")).to_contain_text("Chrome")


def test_anothers_passkey_is_no_second_step(browser: Browser, live_server: LiveServer, world: World) -> None:
    with visit(browser, live_server.url) as visiting:
        page = visiting.page
        virtual_device(page)
        for username in ("hezhiwei", "zhouhe"):
            visiting.go("/sign-in")
            give_password(page, username)
            page.wait_for_url("**/")
            visiting.go("/account/")
            page.get_by_role("button", name="登记这台设备").click()
            expect(page.locator(".keys-of li")).to_have_count(1)
            page.locator(".who > summary").click()
            page.get_by_role("button", name="离开").click()
        mine = Passkey.objects.get(staff__username="zhouhe")
        mine.credential_id, mine.public_key = b"gone", b""
        mine.save()  # her device is lost; the one at hand is somebody else's
        give_password(page, "zhouhe")
        page.wait_for_url("**/sign-in/second*")
        page.get_by_role("button", name="用通行密钥进来").click()
        expect(page.locator("[data-passkey-failed]")).to_be_visible()
