"""The door: a wrong password, what is not hers, going out."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from huiguan.cli.demo.house import PASSWORD
from tests.browsing import visit
from tests.console.world import World
from tests.journeys.conftest import ComeIn

pytestmark = pytest.mark.journey


def test_a_wrong_password_then_the_right_one(browser: Browser, live_server: LiveServer, world: World) -> None:
    with visit(browser, live_server.url, policy=False) as visiting:
        visiting.go("/till/")
        page, keys = visiting.page, visiting.keys
        assert page.url.endswith("/sign-in?next=%2Ftill%2F")
        assert visiting.focused() == "username"
        assert visiting.barriers() == []
        keys.type("zhouhe")
        keys.press("Tab")
        keys.type("wrong")
        keys.press("Enter")
        expect(page.locator(".refusal")).to_contain_text("用户名或密码不对。")
        assert visiting.focused() == "password"
        assert visiting.barriers() == []
        keys.type(PASSWORD)
        keys.press("Enter")
        page.wait_for_url("**/till/")
        page.locator(".who > summary").click()
        page.get_by_role("button", name="离开").click()
        page.wait_for_url("**/sign-in")


def test_the_demo_lets_anybody_in_with_one_press(browser: Browser, live_server: LiveServer, world: World) -> None:
    with visit(browser, live_server.url, language="en", theme="dark", width=390) as visiting:
        visiting.go("/sign-in")
        visiting.page.get_by_role("button", name="沈令仪").click()
        visiting.page.wait_for_url("**/")
        visiting.go("/till/")
        visiting.page.get_by_role("button", name="Lakeside").click()
        visiting.page.wait_for_url("**/till/")
        expect(visiting.page.locator(".buyer")).to_contain_text("Walk-in")
        assert visiting.complaints == []


def test_what_is_not_hers_is_refused_with_its_name(come_in: ComeIn) -> None:
    with come_in("zhouhe", policy=False) as visiting:
        visiting.go("/members/DN000001/profile")
        expect(visiting.page.locator(".refusal")).to_contain_text("修改会员资料须另有权限。")
        assert visiting.barriers() == []
        visiting.go("/nothing-here")
        expect(visiting.page.locator("h1")).to_contain_text("没有这一页。")
